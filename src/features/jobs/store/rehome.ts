// Lets the jobs of a service follow it to another address.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../../model/job';
import type { Jobs } from './jobs';
import type { Journal } from './journal';

type OpenJobs = Pick<Jobs, 'open' | 'rescan' | 'update' | 'tellPast'>;

/** So often is a job asked for that somebody is at work on, with a pause of so many milliseconds before each further time. */
const tries = 3;
const pauseMs = 200;

/**
 * Moves the jobs of a service from one address to another, and gives how many stayed behind, since somebody is at work on them. That they
 * may be given connection strings was said of the former address, and stays there. Throws what the disk throws.
 */
export async function rehome(jobs: OpenJobs, journal: Pick<Journal, 'movePast'>, from: string, to: string): Promise<number> {
  await jobs.rescan();
  const moved = (job: Job): Job | undefined =>
    job.service.address === from ? { ...job, service: { ...job.service, address: to }, connectionStrings: false } : undefined;
  let waiting = jobs.open().filter(moved).map(({ key }) => key);
  for (let round = 1; waiting.length > 0 && round <= tries; round++) {
    if (round > 1) await sleep(pauseMs);
    const taken: string[] = [];
    for (const key of waiting) if ((await jobs.update(key, moved)).kind === 'claimed') taken.push(key);
    waiting = taken;
  }
  const count = await journal.movePast(from, to);
  await jobs.rescan();
  // Who has looked for one of them meanwhile may not have found it, wherever it is.
  if (count > 0) jobs.tellPast();
  return waiting.length;
}
