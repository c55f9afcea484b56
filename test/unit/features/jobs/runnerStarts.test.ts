// A service that starts what is submitted: nothing is started once more, whatever was asked for.

import { describe, expect, it } from 'vitest';
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

it('that it runs is written down with its id, in one step', async () => {
  const bench = new Bench();
  bench.startsLater = false;
  const { key } = await bench.runner.create(draft({ inputs: [] }));
  bench.events.length = 0;
  await bench.runner.carryOn(key);
  expect(bench.events).toEqual(['save uploaded', 'save submitting', 'call submit', 'save started']);
  expect(bench.now(key)).toMatchObject({ id: 'id1', submittedAt: expect.any(Number), startedAt: expect.any(Number) });
});

describe.each(['its submission', 'what was left of it'])('on a disk that fails at first, after %s', (what) => {
  /** A job that is submitted by the next `carryOn`, or that another process has left behind when it was. */
  async function made(bench: Bench): Promise<string> {
    bench.startsLater = false;
    const job = await bench.runner.create(draft({ inputs: [] }));
    if (what !== 'its submission') bench.put({ ...job, step: 'submitted', id: 'id1' });
    return job.key;
  }

  it('it is written again', async () => {
    const bench = new Bench();
    const key = await made(bench);
    let left = 3;
    bench.onSave = ({ step }) => {
      if (step === 'started' && left-- > 0) throw new Error('ENOSPC: no space left on device');
    };
    expect(await bench.runner.carryOn(key)).toMatchObject({ step: 'started', id: 'id1' });
    expect(bench.pauses).toEqual([200, 1000, 3000]);
    expect(bench.bodies.length).toBe(what === 'its submission' ? 1 : 0);
  });
});

it('what another window has written of a job that was left behind stays', async () => {
  const bench = new Bench();
  bench.startsLater = false;
  const job = await bench.runner.create(draft({ inputs: [] }));
  bench.put({ ...job, step: 'submitted', id: 'id1' });
  bench.held.push(false);
  await expect(bench.runner.carryOn(job.key)).rejects.toThrow('Another window has gone on with this job.');
  expect(bench.now(job.key).step).toBe('submitted');
});

it('a second job that another window knows nothing of is told as one that runs', async () => {
  const bench = new Bench();
  bench.startsLater = false;
  const { key } = await bench.runner.create(draft({ inputs: [] }));
  bench.duringSubmit = () => void bench.held.push(false);
  const advice = 'That second job runs as well. Note its id if it is to be deleted at the service.';
  await expect(bench.runner.carryOn(key)).rejects.toMatchObject({ message: expect.stringContaining('under the id id1'), advice });
});
