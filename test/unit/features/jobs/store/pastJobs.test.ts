// Pages of ended jobs: what cannot be read takes no other job's place.

import { expect, it } from 'vitest';
import { pastFolder } from '../../../../../src/features/jobs/store/journal';
import { address, Computer, key, someJob } from './jobTools';

it('a page holds the newest that can be read, and tells of older ones', async () => {
  const computer = new Computer();
  const window = await computer.open();
  const path = (n: number): string => `${pastFolder(address)}/${key(n)}.json`;
  for (const n of [6, 7, 8, 9]) await window.jobs.save(someJob(key(n), { step: 'ended' }));
  computer.files.texts.set(path(9), 'half a fi');
  computer.files.broken.set(path(8), 'EISDIR');
  const page = async (count: number): Promise<readonly [string[], boolean]> => {
    const { jobs, more } = await window.jobs.past(address, count);
    return [jobs.map((job) => job.key), more];
  };
  expect(await page(1)).toEqual([[key(7)], true]);
  expect(await page(2)).toEqual([[key(7), key(6)], false]);
  expect(window.jobs.problems().map(({ name }) => name).sort()).toEqual([path(8), path(9)]);
});
