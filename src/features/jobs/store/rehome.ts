// Lets the jobs of a service follow it to another address.

import type { Job } from '../../../model/job';
import type { Jobs } from './jobs';
import type { Journal } from './journal';

type OpenJobs = Pick<Jobs, 'open' | 'rescan' | 'update' | 'tellPast'>;

/** Moves the jobs of a service from one address to another. One that somebody is at work on stays behind. Throws what the disk throws. */
export async function rehome(jobs: OpenJobs, journal: Pick<Journal, 'movePast'>, from: string, to: string): Promise<void> {
  await jobs.rescan();
  const moved = (job: Job): Job | undefined =>
    job.service.address === from ? { ...job, service: { ...job.service, address: to } } : undefined;
  for (const { key } of jobs.open().filter(moved)) await jobs.update(key, moved);
  const count = await journal.movePast(from, to);
  await jobs.rescan();
  // Who has looked for one of them meanwhile may not have found it, wherever it is.
  if (count > 0) jobs.tellPast();
}
