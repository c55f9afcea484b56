// The service of a job, which may have been removed since the job was made.

import { InvalidInput } from '../../model/errors';
import type { Job } from '../../model/job';
import type { Service } from '../../model/service';

/** The service of a job, found by its address. Throws InvalidInput when it is gone; `sentence` says what that keeps from being done. */
export function serviceOfJob(job: Job, find: (address: string) => Service | undefined, sentence = goneSentence(job)): Service {
  const service = find(job.service.address);
  if (service) return service;
  throw new InvalidInput({ sentence, advice: 'Add it again, or start the sample service if it was that.' });
}

function goneSentence(job: Job): string {
  return `The service "${job.service.name}" is not there any more.`;
}
