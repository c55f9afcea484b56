// What becomes of a service's answer when the disk is full or another window has gone on, and what stops a job before there is an answer.

import { beforeEach, describe, expect, it } from 'vitest';
import { bodyRemarks, hashOfBody } from '../../../../src/features/jobs/submissionBody';
import { Cancelled, LocalFailure } from '../../../../src/model/errors';
import type { Job } from '../../../../src/model/job';
import { Bench, draft } from './runnerBench';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

/** Writing a job in this step fails so often. */
function fullDisk(step: Job['step'], times: number): void {
  let left = times;
  bench.onSave = (job) => {
    if (job.step === step && left-- > 0) throw new Error('ENOSPC: no space left on device');
  };
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(() => undefined, (error: unknown) => error);
}

describe('an answer on a full disk', () => {
  it('is written again after pauses', async () => {
    const { key } = await bench.runner.create(draft());
    fullDisk('submitted', 3);
    expect(await bench.runner.carryOn(key)).toMatchObject({ step: 'started', id: 'id1' });
    expect(bench.pauses).toEqual([200, 1000, 3000]);
    expect(bench.now(key).history.filter(({ text }) => text === 'Submitted')).toHaveLength(1);
  });

  it.each(['submitting', 'notKnown'] as const)('that stays full is told with the id; the job, left as %s, goes on with this id', async (left) => {
    const { key } = await bench.runner.create(draft());
    fullDisk('submitted', 5);
    const error = await failure(bench.runner.carryOn(key));
    expect(error).toBeInstanceOf(LocalFailure);
    expect(error).toMatchObject({ message: expect.stringContaining('under the id id1'), detail: expect.stringContaining('ENOSPC'), advice: expect.stringContaining('Make room on the disk') });
    expect(bench.released).toBe(1);
    bench.put({ ...bench.now(key), step: left });
    const job = left === 'notKnown' ? await bench.runner.submitAnew(key) : await bench.runner.carryOn(key);
    expect(job).toMatchObject({ step: 'started', id: 'id1' });
    expect(bench.bodies).toHaveLength(1);
  });

  it('that is a refusal is remembered as one: carrying on submits once more', async () => {
    const { key } = await bench.runner.create(draft());
    bench.submits.push({ kind: 'refused', problem: { sentence: 'Busy.' }, busy: true });
    let fails = false;
    bench.duringSubmit = () => void (fails = bench.bodies.length === 1);
    bench.onSave = () => {
      if (fails) throw new Error('ENOSPC');
    };
    await expect(bench.runner.carryOn(key)).rejects.toThrow('ENOSPC');
    expect(bench.now(key).step).toBe('submitting');
    fails = false;
    expect(await bench.runner.carryOn(key)).toMatchObject({ step: 'started', id: 'id2' });
  });

  it('gives way to what another window has done since', async () => {
    const { key } = await bench.runner.create(draft({ startsItself: false }));
    fullDisk('submitted', 5);
    await failure(bench.runner.carryOn(key));
    bench.put({ ...bench.now(key), step: 'submitted', id: 'of-the-other-window' });
    expect(await bench.runner.carryOn(key, { start: true })).toMatchObject({ step: 'started', id: 'of-the-other-window' });
    expect(bench.started).toEqual(['of-the-other-window']);
  });
});

describe('an answer that comes when another window has gone on', () => {
  async function overtaken(): Promise<{ key: string; error: unknown }> {
    const { key } = await bench.runner.create(draft());
    bench.duringSubmit = () => {
      bench.put({ ...bench.now(key), step: 'started', id: 'of-the-other-window' });
      bench.held.push(false);
    };
    return { key, error: await failure(bench.runner.carryOn(key)) };
  }

  it('goes over nothing, starts nothing, and tells the id', async () => {
    const { key, error } = await overtaken();
    expect(error).toMatchObject({ message: expect.stringContaining('under the id id1'), advice: expect.stringContaining('was not started') });
    expect(bench.now(key)).toMatchObject({ step: 'started', id: 'of-the-other-window' });
    expect(bench.started).toEqual([]);
  });

  it.each(['refused', 'lost'] as const)('as %s goes over nothing either', async (kind) => {
    bench.submits.push({ kind, problem: { sentence: 'No.' }, busy: false });
    const { key, error } = await overtaken();
    expect(error).toMatchObject({ message: expect.stringMatching(/^No\./) });
    expect(bench.now(key)).toMatchObject({ step: 'started', id: 'of-the-other-window' });
  });

  it('to a start goes over nothing either', async () => {
    const { key } = await bench.runner.create(draft());
    bench.put({ ...bench.now(key), step: 'submitted', id: 'the-id' });
    bench.held.push(true, false);
    await expect(bench.runner.carryOn(key)).rejects.toThrow('Another window has gone on with this job.');
    expect(bench.now(key).step).toBe('starting');
  });
});

it('a job that is stopped with the last byte of its upload is not submitted, and can be carried on', async () => {
  const { key } = await bench.runner.create(draft());
  bench.onSave = ({ step }) => {
    if (step === 'uploaded') bench.runner.stopUpload(key);
  };
  await expect(bench.runner.carryOn(key)).rejects.toThrow(Cancelled);
  expect(bench.bodies).toEqual([]);
  expect(bench.now(key).step).toBe('uploaded');
  expect(bench.now(key).history.at(-1)?.text).toBe('Stopped before the submission');
  bench.onSave = () => undefined;
  expect((await bench.runner.carryOn(key)).step).toBe('started');
  expect(bench.events.filter((event) => event.startsWith('call upload'))).toHaveLength(1);
});

describe('parameters that are gone from the secret store', () => {
  it.each(['prepared', 'uploaded'] as const)('stop a job that is %s before anything is sent', async (step) => {
    const { key } = await bench.runner.create(draft({ parametersJson: '{"Database query":"select 1"}' }));
    bench.put({ ...bench.now(key), step });
    bench.parameters.clear();
    bench.restart();
    await expect(bench.runner.carryOn(key)).rejects.toMatchObject({ message: expect.stringContaining('The parameters of this job (Database query)'), advice: expect.stringContaining('Run a new job') });
    expect(bench.events).toEqual([]);
  });
});

describe('a body that is read anew', () => {
  const body = { json: '{"Input":{}}', file: 'file:///body.json' };

  it('is held against the one that the person has agreed to', async () => {
    const { key, bodyHash } = await bench.runner.create(draft({ inputs: [], body }));
    expect(bodyHash).toMatch(/^[\da-f]{64}$/);
    bench.submits.push({ kind: 'refused', problem: { sentence: 'Busy.' }, busy: true });
    bench.restart();
    await expect(bench.runner.carryOn(key)).rejects.toThrow('Busy.');
    await bench.runner.carryOn(key);
    // The one that was agreed to the first time is not asked about again.
    expect(bench.readHashes).toEqual([hashOfBody(body.json), hashOfBody('{"read":"file:///body.json"}')]);
  });

  it('is read for the service of the job, and its parameters are kept before it is sent', async () => {
    const { key, service } = await bench.runner.create(draft({ inputs: [], body, parametersJson: '{"old":"one"}' }));
    bench.restart();
    bench.readParameters = '{"Database password":"hunter2-and-more","seed":"12"}';
    let kept: string | undefined;
    bench.duringSubmit = () => void (kept = bench.parameters.get(key));
    const { parameters } = await bench.runner.carryOn(key);
    expect(bench.readFor).toEqual([service]);
    expect(kept).toBe(bench.readParameters);
    expect(parameters.map(({ name }) => name)).toEqual(['Database password', 'seed']);
    expect(JSON.stringify(bench.saved)).not.toContain('hunter2');
  });

  it('is asked about when it is another one, and when something looks wrong with it', () => {
    const hash = hashOfBody(body.json);
    expect(bodyRemarks(body.json, hash, [])).toEqual([]);
    expect(bodyRemarks(`${body.json} `, hash, [])).toEqual(['The file is not as it was when this job was made.']);
    expect(bodyRemarks(body.json, undefined, [])).toHaveLength(1);
    expect(bodyRemarks(body.json, hash, ['The token has expired.'])).toEqual(['The token has expired.']);
  });

  it('and not agreed to is not submitted', async () => {
    const { key } = await bench.runner.create(draft({ inputs: [], body }));
    bench.restart();
    bench.refusesBody = true;
    await expect(bench.runner.carryOn(key)).rejects.toThrow(Cancelled);
    expect(bench.bodies).toEqual([]);
    expect(bench.now(key).step).toBe('uploaded');
  });
});
