// The jobs that a list of all of them shows.

import type { Job } from '../../model/job';
import type { Jobs } from './store/jobs';
import type { ServiceStore } from '../services';

/** So many jobs of each service that are over. */
const pastOfEach = 20;

/**
 * All jobs that are not over, and the last ones of each service that are, newest first. Those whose files cannot be read are left out: the
 * tree names them.
 */
export async function recentJobs(
  jobs: Pick<Jobs, 'open' | 'past' | 'unseen' | 'find'>,
  services: Pick<ServiceStore, 'workspaces'>,
): Promise<readonly Job[]> {
  const known = services.workspaces().flatMap((workspace) => workspace.services);
  const past = (await Promise.all(known.map(async ({ address }) => (await jobs.past(address, pastOfEach)).jobs))).flat();
  // Failures that nobody has looked at yet are counted in the status bar, so they are listed too where their service is gone.
  const listed = new Set(past.map(({ key }) => key));
  const unseen = await Promise.all(
    [...jobs.unseen()].filter((key) => !listed.has(key)).map((key) => jobs.find(key).catch(() => undefined)),
  );
  const over = [...past, ...unseen.flatMap((job) => job ?? [])];
  return [...jobs.open(), ...over.sort((one, other) => other.createdAt - one.createdAt)];
}
