// Starts a submitted job. A job runs once: where it is not known whether it was started, its status tells.

import { JobFailed, LocalFailure, type ErrorParts } from '../../model/errors';
import type { Job } from '../../model/job';
import type { Service } from '../../model/service';
import type { JobCalls } from './calls';
import { problemMember, recorded, stillHeld, type JobSteps, type RunnerClaim } from './jobSteps';

/** What starting needs. */
export interface StartParts {
  readonly calls: Pick<JobCalls, 'start' | 'status'>;
  readonly steps: JobSteps;
  readonly now: () => number;
}

/** Starts a job. Throws JobFailed after what stopped it was written down, and InvalidInput when another window has gone on with it. */
export async function startAtService(before: Job, claim: RunnerClaim, service: Service, parts: StartParts): Promise<Job> {
  const { calls, steps, now } = parts;
  const { id } = before;
  if (id === undefined)
    throw new LocalFailure({ sentence: 'The id of this job is not known, so it cannot be started.', advice: 'Run it again.' });
  await stillHeld(claim);
  const job = await steps.take(before, { step: 'starting' }, 'Start begins');
  const outcome = await calls.start(service, id).catch(async (error: unknown) => {
    // Whatever fails once something is sent is an outcome: what is thrown, as by a secret store that fails, came before that.
    await steps.record(job, claim, { step: 'submitted', ...problemMember(error) }, 'The start could not be sent');
    throw error;
  });
  switch (outcome.kind) {
    case 'started':
      return recorded(await steps.record(job, claim, { step: 'started', startedAt: now() }, 'Started'));
    case 'already':
      // It was started before, and that answer was lost: nothing is started twice.
      return recorded(await steps.record(job, claim, { step: 'started', startedAt: job.startedAt ?? now() }, 'Had been started already'));
    case 'gone':
      return notStarted(job, claim, outcome.problem, parts);
    case 'failed':
      return outcome.certain ? notStarted(job, claim, outcome.problem, parts) : perhapsStarted(job, claim, service, outcome.problem, parts);
    default:
      return outcome satisfies never;
  }
}

async function notStarted(job: Job, claim: RunnerClaim, problem: ErrorParts, { steps }: StartParts): Promise<never> {
  await steps.record(job, claim, { step: 'submitted', problem }, 'The start failed');
  throw new JobFailed(problem);
}

/** The answer to the start was lost. */
async function perhapsStarted(job: Job, claim: RunnerClaim, service: Service, problem: ErrorParts, parts: StartParts): Promise<Job> {
  const told = await parts.calls.status(job, service, new AbortController().signal).catch(() => undefined);
  if (told?.kind !== 'status') {
    await parts.steps.record(job, claim, { step: 'starting', problem }, 'Whether the job was started is not known');
    throw new JobFailed(problem);
  }
  if (told.reading.status === 'notStarted') return notStarted(job, claim, problem, parts);
  return recorded(await parts.steps.record(job, claim, { step: 'started', startedAt: parts.now() }, 'Started; the answer was lost'));
}
