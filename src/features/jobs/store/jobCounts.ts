// Batch jobs in numbers, for the status bar and the tree.

import type { Job } from '../../../model/job';

/** What there is to say of all jobs in one word; the first that is true of any job, in this order. */
export type WorstState = 'failed' | 'interrupted' | 'paused' | 'running';

/** How jobs stand that are not over. */
export interface JobsNow {
  /** Jobs that are not over. */
  readonly open: readonly Job[];
  /** Keys of failed jobs that nobody has looked at. */
  readonly unseen: ReadonlySet<string>;
  readonly interrupted: (job: Job) => boolean;
  /** True for a job whose status is not asked for, until something happens. */
  readonly paused: (job: Job) => boolean;
}

/** The worst that is true of any job; undefined when there is nothing to say. */
export function worstState(now: JobsNow): WorstState | undefined {
  if (now.unseen.size > 0) return 'failed';
  if (now.open.some((job) => job.step === 'notKnown' || now.interrupted(job))) return 'interrupted';
  if (now.open.some(now.paused)) return 'paused';
  return now.open.some((job) => isAtWork(job)) ? 'running' : undefined;
}

/** How many jobs are at work, by the address of their service; services with none are left out. */
export function runningByService({ open, interrupted }: Pick<JobsNow, 'open' | 'interrupted'>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const {
    service: { address },
  } of open.filter((job) => isAtWork(job) && !interrupted(job)))
    counts.set(address, (counts.get(address) ?? 0) + 1);
  return counts;
}

/** True unless the job waits for a person: one that is only submitted until it is started, one that got lost until it is looked into. */
function isAtWork(job: Job): boolean {
  return job.step !== 'notKnown' && job.step !== 'ended' && (job.step !== 'submitted' || job.startsItself);
}
