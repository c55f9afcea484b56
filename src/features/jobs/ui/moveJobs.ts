// What jobs know of a service goes along to its other address.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import { isObject } from '../../../base/shape';
import type { Memory } from '../../../base/ports';
import { LocalFailure } from '../../../model/errors';
import { memoryKey } from '../../../ui/savedNames';
import type { Job } from '../../../model/job';
import { isUnderWay } from '../store/progress';
import type { JobsFeature } from './jobsFeature';

/** True while somebody takes steps with a job of this service, or one is to be tried again by itself. */
export function isAtWork({ jobs, waits }: Pick<JobsFeature, 'jobs' | 'waits'>, address: string): boolean {
  // A job that is being cancelled is only asked for its status.
  const isTaken = (job: Job): boolean => isUnderWay(job) && job.step !== 'cancelling' && !jobs.interrupted(job);
  return jobs.open().some((job) => job.service.address === address && (isTaken(job) || waits.until(job.key) !== undefined));
}

/**
 * Moves the storage that was chosen last for a service, and its jobs where they are to go along. That it may be given connection strings
 * stays behind: that was said of the former address. Throws LocalFailure where jobs stayed behind, and what the disk throws.
 */
export async function moveJobs(
  rehome: (from: string, to: string) => Promise<number>,
  memory: Memory,
  from: string,
  to: string,
  withJobs: boolean,
): Promise<void> {
  const kept = memory.get(memoryKey.storageOfService);
  if (isObject(kept) && kept[from] !== undefined) {
    const { [from]: storage, ...rest } = kept;
    await memory.update(memoryKey.storageOfService, { ...rest, [to]: storage });
  }
  const left = withJobs ? await rehome(from, to) : 0;
  if (left === 0) return;
  throw new LocalFailure({
    sentence: left === 1
      ? l10n.t('1 batch job stayed with the former address, since another window is at work on it.')
      : l10n.t('{0} batch jobs stayed with the former address, since another window is at work on them.', formatCount(left)),
    advice: l10n.t('They are shown with their service again when a service with that address is added.'),
  });
}
