// What the tree shows of jobs, as plain data.

import type { BadFileLine } from '../../ui/badFiles';
import type { Standing } from './jobLook';
import type { Job } from '../../model/job';
import type { Event } from '../../model/lifetime';
import type { JobAction } from './messages';

/** A line about one job. */
export interface JobNode {
  readonly kind: 'job';
  readonly job: Job;
  readonly standing: Standing;
  readonly actions: readonly JobAction[];
  readonly detail: string;
  readonly wait: string;
}

export type JobTreeNode =
  | JobNode
  | { readonly kind: 'jobGroup'; readonly name: string; readonly address: string; readonly jobs: readonly Job[]; readonly open: boolean }
  | { readonly kind: 'moreJobs'; readonly address: string }
  | { readonly kind: 'otherJobs'; readonly jobs: readonly Job[] };

/** What the tree shows of jobs. */
export interface JobsInTree {
  /** Jobs that are not over, newest first. */
  open(): readonly Job[];
  /** How many jobs of a service are at work. */
  running(address: string): number;
  past(address: string, count: number): Promise<{ readonly jobs: readonly Job[]; readonly more: boolean }>;
  /** A job as a node. */
  node(job: Job): JobNode;
  /** Files and folders of the journal that cannot be used. */
  badFiles(): readonly BadFileLine[];
  /** `details` when nothing but what is told of open jobs has changed. */
  readonly onDidChange: Event<JobsChange>;
}

/** How much of what is known of jobs has changed. */
export type JobsChange = 'all' | 'details';

const dayMs = 24 * 60 * 60 * 1000;

/** Ended jobs by the day on which they were made, newest first; those of today stand open. `now` is milliseconds since 1970. */
export function jobGroups(address: string, jobs: readonly Job[], now: number): JobTreeNode[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  // Noon of the day before is in it also where the clocks change.
  const yesterday = new Date(today - dayMs / 2).setHours(0, 0, 0, 0);
  const week = new Date(today - 6.5 * dayMs).setHours(0, 0, 0, 0);
  const spans: readonly (readonly [name: string, from: number])[] = [
    ['Today', today],
    ['Yesterday', yesterday],
    ['Last 7 Days', week],
    ['Older', -Infinity],
  ];
  let rest = jobs;
  return spans.flatMap(([name, from]): JobTreeNode[] => {
    const inside = rest.filter((job) => job.createdAt >= from);
    rest = rest.filter((job) => job.createdAt < from);
    return inside.length === 0 ? [] : [{ kind: 'jobGroup', name, address, jobs: inside, open: name === 'Today' }];
  });
}
