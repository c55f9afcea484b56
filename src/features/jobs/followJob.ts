// Follows a job that was submitted by something else than the runner, such as a call by hand: what is known of it is its id.

import * as l10n from '@vscode/l10n';
import { InvalidInput, JobFailed } from '../../model/errors';
import type { Job } from '../../model/job';
import type { Service } from '../../model/service';
import type { JobCalls } from './calls';
import type { RunnerParts } from './runnerParts';
import { afterSeen } from './store/progress';

/** A job at a service, as whoever has submitted it knows it. */
export interface SubmittedJob {
  readonly service: Service;
  /** The service's id of it. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** True where it was started, too: that counts where its status cannot be had just now. */
  readonly started: boolean;
}

/** What following needs from outside. */
export interface FollowParts extends Pick<RunnerParts, 'newKey' | 'save' | 'now'> {
  readonly calls: Pick<JobCalls, 'status' | 'startsLater'>;
  /** The jobs of a service that this computer knows, by its address: those that are not over, and the last ones that are. */
  readonly known: (address: string) => Promise<readonly Job[]>;
}

/**
 * Writes the job down, so that its status is asked for from now on; one that is known already is given as it is. Throws InvalidInput where
 * the service does not know the id, JobFailed where it refuses the key, Cancelled, and what the disk throws.
 */
export async function followJob(parts: FollowParts, { service, id, title, started }: SubmittedJob, signal: AbortSignal): Promise<Job> {
  const known = (await parts.known(service.address)).find((job) => job.id === id);
  if (known) return known;
  const now = parts.now();
  const runs = started || !parts.calls.startsLater(service);
  const job: Job = {
    key: parts.newKey(), service: { name: service.name, address: service.address }, title, createdAt: now, submittedElsewhere: true,
    inputs: [], outputs: [], parameters: [], startsItself: false, connectionStrings: false,
    step: runs ? 'started' : 'submitted', stepAt: now, id, submittedAt: now, ...(runs ? { startedAt: now } : {}),
    history: [],
  };
  const outcome = await parts.calls.status(job, service, signal);
  switch (outcome.kind) {
    case 'status': {
      const seen = afterSeen(job, outcome.reading);
      await parts.save(seen);
      return seen;
    }
    case 'gone':
      throw new InvalidInput({
        sentence: l10n.t('"{0}" knows no job with the id {1}.', service.name, id),
        advice: l10n.t('It may have been deleted meanwhile, or belong to another service. Submit it again, then follow it.'),
      });
    case 'refused':
    case 'unreadable':
      throw new JobFailed(outcome.problem);
    case 'busy':
    case 'quota':
    case 'offline':
      // The tracker asks again when it may.
      await parts.save(job);
      return job;
    default:
      return outcome satisfies never;
  }
}
