// A service that starts what is submitted: nothing is started once more, whatever was asked for.

import { expect, it } from 'vitest';
import { Bench, draft } from './runnerBench';

it.each([true, false])('a job runs when it is submitted (asked for: %s)', async (startsItself) => {
  const bench = new Bench();
  bench.startsLater = false;
  const { key } = await bench.runner.create(draft({ startsItself }));
  const job = await bench.runner.carryOn(key);
  expect(job.step).toBe('started');
  expect(job.startedAt).toBeGreaterThanOrEqual(job.submittedAt ?? Infinity);
  expect(job.history.map(({ text }) => text).slice(-2)).toEqual(['Submitted', 'Started by its submission']);
  expect(bench.started).toEqual([]);
});

it.each(['submitted', 'starting'] as const)('a job that was left as %s runs already', async (step) => {
  const bench = new Bench();
  const job = { ...(await bench.runner.create(draft({ startsItself: false }))), step, id: 'id1' };
  bench.put(job);
  bench.restart();
  bench.startsLater = false;
  expect(await bench.runner.carryOn(job.key)).toMatchObject({ step: 'started', id: 'id1' });
  expect(bench.started).toEqual([]);
});
