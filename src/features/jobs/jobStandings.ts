// How jobs stand now: what is known of each by the store, the tracker, the runner and the waits, brought together.

import type { Job } from '../../model/job';
import type { JobsNow } from './store/jobCounts';
import type { Jobs } from './store/jobs';
import type { Tracker } from './store/tracker';
import { jobActions, jobLook, type JobContext } from './jobLook';
import type { JobNode } from './jobNodes';
import { jobDetail, jobWait } from './jobText';
import type { JobRunner } from './runner';
import type { JobWaits } from './waits';

/** Whom the standings are asked of. */
export interface JobStandingsParts {
  readonly jobs: Pick<Jobs, 'open' | 'unseen' | 'interrupted'>;
  readonly tracker: Pick<Tracker, 'stateOf'>;
  readonly runner: Pick<JobRunner, 'upload'>;
  readonly waits: Pick<JobWaits, 'until'>;
}

/** Tells of jobs as they are at the moment of the call. */
export class JobStandings {
  constructor(private readonly parts: JobStandingsParts) {}

  /** What is known of a job beside what its file holds. */
  contextOf(job: Job): JobContext {
    const { tracker, runner, waits } = this.parts;
    return {
      now: Date.now(),
      poll: tracker.stateOf(job.key),
      upload: runner.upload(job.key),
      nextTryAt: waits.until(job.key),
      interrupted: this.interrupted(job),
    };
  }

  /** A job as a node of the tree. */
  node(job: Job): JobNode {
    const context = this.contextOf(job);
    return {
      kind: 'job',
      job,
      standing: jobLook(job, context),
      actions: jobActions(job, context),
      detail: jobDetail(job, context),
      wait: jobWait(context),
    };
  }

  /** The jobs to be counted. */
  now(): JobsNow {
    const { jobs, tracker } = this.parts;
    return {
      open: jobs.open(),
      unseen: jobs.unseen(),
      interrupted: (job) => this.interrupted(job),
      paused: (job) => tracker.stateOf(job.key)?.pause !== undefined,
    };
  }

  /** A job that waits for a busy service goes on by itself. */
  private interrupted(job: Job): boolean {
    const { jobs, waits } = this.parts;
    return waits.until(job.key) === undefined && jobs.interrupted(job);
  }
}
