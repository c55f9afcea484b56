// Calls of which it is not plain what came of them: a submission that fails before anything is sent, a start whose answer is lost.

import { describe, expect, it } from 'vitest';
import { JobFailed, LocalFailure } from '../../../../src/model/errors';
import { JobRunner } from '../../../../src/features/jobs/runner';
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

it('a start that could not be sent is as if it had not begun', async () => {
  const bench = new Bench();
  const { key } = await bench.runner.create(draft());
  bench.throwsAtStart = new LocalFailure({ sentence: 'The secret store does not answer.' });
  await expect(bench.runner.carryOn(key)).rejects.toThrow('The secret store does not answer.');
  expect(bench.now(key)).toMatchObject({ step: 'submitted', problem: { sentence: 'The secret store does not answer.' } });
  bench.throwsAtStart = undefined;
  expect(await bench.runner.carryOn(key)).toMatchObject({ step: 'started' });
  expect(bench.bodies).toHaveLength(1);
});

it('a job that this window is at work on is not said to be another window\'s', async () => {
  const bench = new Bench();
  const { key } = await bench.runner.create(draft());
  bench.claimed = 'taken';
  await expect(bench.runner.carryOn(key)).rejects.toThrow('Another window is at work on this job.');
  bench.isOwn = true;
  await expect(bench.runner.carryOn(key)).rejects.toThrow('This window is at work on this job already.');
  await expect(bench.runner.submitAnew(key)).rejects.toThrow('This window is at work on this job already.');
});

describe('a body that is kept in memory', () => {
  const body = { json: '{"kept":1}', file: 'file:///body.json' };

  it('goes with its job', async () => {
    const bench = new Bench();
    const { key } = await bench.runner.create(draft({ inputs: [], body }));
    bench.runner.forget(key);
    await bench.runner.carryOn(key);
    expect(bench.bodies).toEqual(['{"read":"file:///body.json"}']);
  });

  it('and its parameters go when the job cannot be made', async () => {
    const bench = new Bench();
    bench.onSave = () => {
      throw new Error('ENOSPC');
    };
    const job = bench.runner.create(draft({ inputs: [], parametersJson: '{"a":1}', body }));
    await expect(job).rejects.toThrow('ENOSPC');
    expect(bench.parameters.size).toBe(0);
    bench.onSave = () => undefined;
    bench.put({ ...(await bench.runner.create(draft({ inputs: [] }))), key: '000000001-a', bodyFile: body.file });
    await bench.runner.carryOn('000000001-a');
    expect(bench.bodies).toEqual(['{"read":"file:///body.json"}']);
  });
});

it('how fast an upload is does not change with the time of day', async () => {
  const bench = new Bench();
  let ticks = 0;
  const runner = new JobRunner({ ...bench.parts, now: () => 1_700_000_000_000 - ticks }, undefined, () => ticks);
  const { key } = await runner.create(draft());
  bench.duringUpload = () => {
    ticks = 2000;
    expect(runner.upload(key)).toMatchObject({ doneBytes: 50, bytesPerSecond: 25, remainingMs: 2000 });
    return Promise.resolve();
  };
  await runner.carryOn(key);
  expect.assertions(1);
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

  it('stays open, with its reason, when the status could not even be asked for', async () => {
    const bench = new Bench();
    const { key } = await bench.runner.create(draft());
    bench.starts.push(lost);
    bench.throwsAtStatus = new Error('The secret store does not answer.');
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
