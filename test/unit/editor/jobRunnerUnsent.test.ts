// Calls of which it is not plain what came of them: a submission that fails before anything is sent, a start whose answer is lost.

import { describe, expect, it } from 'vitest';
import { JobFailed, LocalFailure } from '../../../src/model/errors';
import { Bench, draft } from './runnerBench';

it('a submission that could not be sent is as if it had not begun', async () => {
  const bench = new Bench();
  const { key } = await bench.runner.create(draft());
  bench.throwsAtSubmit = new LocalFailure({ sentence: 'The secret store does not answer.' });
  await expect(bench.runner.carryOn(key)).rejects.toThrow('The secret store does not answer.');
  expect(bench.now(key)).toMatchObject({ step: 'uploaded', problem: { sentence: 'The secret store does not answer.' } });
  bench.throwsAtSubmit = undefined;
  expect(await bench.runner.carryOn(key)).toMatchObject({ step: 'started' });
  expect(bench.bodies).toHaveLength(1);
});

describe('a start whose answer is lost', () => {
  const lost = { kind: 'failed', problem: { sentence: 'Cut.' }, certain: false } as const;
  const told = (status: 'notStarted' | 'running') => ({ kind: 'status', reading: { status, text: status, results: [] } }) as const;

  it('was a start when the status says so', async () => {
    const bench = new Bench();
    const { key } = await bench.runner.create(draft());
    bench.starts.push(lost);
    bench.statuses.push(told('running'));
    expect(await bench.runner.carryOn(key)).toMatchObject({ step: 'started' });
    expect(bench.started).toHaveLength(1);
  });

  it('was none when the status says so, and can be tried again', async () => {
    const bench = new Bench();
    const { key } = await bench.runner.create(draft());
    bench.starts.push(lost);
    bench.statuses.push(told('notStarted'));
    await expect(bench.runner.carryOn(key)).rejects.toThrow(JobFailed);
    expect(bench.now(key)).toMatchObject({ step: 'submitted', problem: { sentence: 'Cut.' } });
    expect(await bench.runner.carryOn(key)).toMatchObject({ step: 'started' });
    expect(bench.bodies).toHaveLength(1);
  });

  it('stays open when the status cannot be told either', async () => {
    const bench = new Bench();
    const { key } = await bench.runner.create(draft());
    bench.starts.push(lost);
    await expect(bench.runner.carryOn(key)).rejects.toThrow('Cut.');
    expect(bench.now(key)).toMatchObject({ step: 'starting', problem: { sentence: 'Cut.' } });
  });
});

describe('a submission that a busy service refused', () => {
  it.each([[{ retryAfterMs: 7000 }, 7000], [{}, 5000]])('is worth another try after the wait it asks for (%o)', async (told, busyForMs) => {
    const bench = new Bench();
    const { key } = await bench.runner.create(draft());
    bench.submits.push({ kind: 'refused', problem: { sentence: 'Busy.' }, busy: true, ...told });
    await expect(bench.runner.carryOn(key)).rejects.toMatchObject({ message: 'Busy.', busyForMs });
  });

  it('for another reason is not', async () => {
    const bench = new Bench();
    const { key } = await bench.runner.create(draft());
    bench.submits.push({ kind: 'refused', problem: { sentence: 'No.' }, busy: false });
    await expect(bench.runner.carryOn(key)).rejects.toMatchObject({ message: 'No.', busyForMs: undefined });
  });
});
