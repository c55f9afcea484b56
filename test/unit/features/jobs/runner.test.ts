// A job on its way to its start: what is written down before what is done, and what happens when it goes wrong or is taken up again.

import { beforeEach, describe, expect, it } from 'vitest';
import { Cancelled, InvalidInput, JobFailed, StorageFailed } from '../../../../src/model/errors';
import type { Job } from '../../../../src/model/job';
import { localStorageId } from '../../../../src/storage/storages';
import { account, base, Bench, draft, file, input, secrets, service } from './runnerBench';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

/** A job that was made, and as `more` says. */
async function made(more: Partial<Job> = {}, of: Parameters<typeof draft>[0] = {}): Promise<Job> {
  const job = { ...(await bench.runner.create(draft(of))), ...more };
  bench.put(job);
  bench.restart();
  return job;
}

function lines(job: Job): string[] {
  return job.history.map(({ text }) => text);
}

describe('from the file to the start', () => {
  it('writes each step down before it is taken', async () => {
    const { key } = await bench.runner.create(draft());
    const job = await bench.runner.carryOn(key);
    expect(bench.events).toEqual([
      'save prepared',
      'save uploading', 'call container in', 'call upload in/days.csv', 'save uploading', 'save uploaded',
      'save submitting', 'call submit', 'save submitted',
      'save starting', 'call start id1', 'save started',
    ]);
    expect(job).toMatchObject({ step: 'started', id: 'id1' });
    expect(job).toBe(bench.now(key));
    expect(lines(job)).toEqual(['Upload begins', 'Uploaded', 'Submission begins', 'Submitted', 'Start begins', 'Started']);
    const { createdAt, uploadedAt = 0, submittedAt = 0, startedAt = 0 } = job;
    expect([createdAt, uploadedAt, submittedAt, startedAt]).toEqual([createdAt, uploadedAt, submittedAt, startedAt].sort());
    expect(bench.released).toBe(1);
  });

  it('submits only, and starts when it is told to', async () => {
    const { key } = await bench.runner.create(draft({ startsItself: false }));
    expect((await bench.runner.carryOn(key)).step).toBe('submitted');
    expect((await bench.runner.carryOn(key)).step).toBe('submitted');
    expect(bench.started).toEqual([]);
    expect((await bench.runner.carryOn(key, { start: true })).step).toBe('started');
    expect(bench.started).toEqual(['id1']);
    expect(bench.bodies).toHaveLength(1);
  });

  it('sends references with tokens, and parameters as they were written', async () => {
    const parametersJson = '{"2":1.10,"1":12345678901234567890}';
    const { key } = await bench.runner.create(draft({ parametersJson, outputs: [{ port: 'output1', storage: base, blob: { base, container: 'out', name: 'result.csv' } }] }));
    await bench.runner.carryOn(key);
    expect(bench.bodies).toEqual([
      `{"Input":{"BaseLocation":"${base}","RelativeLocation":"in/days.csv","SasBlobToken":"?sp=r&sr=days.csv&sig=${secrets.signature}"},`
      + `"Outputs":{"output1":{"BaseLocation":"${base}","RelativeLocation":"out/result.csv","SasBlobToken":"?sp=w&sr=result.csv&sig=${secrets.signature}"}},`
      + `"GlobalParameters":${parametersJson}}`,
    ]);
    expect(bench.events).toContain('call container out');
  });

  it('hands a connection string over only when it is told to', async () => {
    for (const connectionStrings of [true, false]) await bench.runner.carryOn((await bench.runner.create(draft({ connectionStrings, inputs: [input(`${String(connectionStrings)}.csv`)] }))).key);
    expect(JSON.parse(bench.bodies[0] ?? '')).toMatchObject({ Input: { ConnectionString: account.kind === 'account' ? account.connectionString : '', RelativeLocation: 'in/true.csv' } });
    expect(bench.bodies[1]).not.toContain(secrets.account);
  });

  it('submits a written body as it is; in a new process as its file is now', async () => {
    const body = { json: `{"Input":{"ConnectionString":"AccountKey=${secrets.account}"}}`, file: 'file:///body.json' };
    const first = await bench.runner.create(draft({ inputs: [], body }));
    await bench.runner.carryOn(first.key);
    const second = await bench.runner.create(draft({ inputs: [], body }));
    bench.restart();
    await bench.runner.carryOn(second.key);
    expect(bench.bodies).toEqual([body.json, '{"read":"file:///body.json"}']);
    expect(lines(bench.now(second.key))[0]).toBe('Submission begins');
  });

  it('writes no secret down', async () => {
    const secretParameter = { parametersJson: JSON.stringify({ Password: secrets.parameter, place: 'Town' }) };
    const body = { json: `{"Input":{"ConnectionString":"AccountKey=${secrets.account}","SasBlobToken":"?sig=${secrets.signature}"}}`, file: 'file:///body.json' };
    for (const of of [draft(secretParameter), draft({ ...secretParameter, connectionStrings: true, inputs: [input('b.csv')] }), draft({ inputs: [], body })]) await bench.runner.carryOn((await bench.runner.create(of)).key);
    const sent = bench.bodies.join();
    const saved = JSON.stringify(bench.saved);
    for (const secret of Object.values(secrets)) {
      expect(sent).toContain(secret);
      expect(saved).not.toContain(secret);
    }
    expect(saved).not.toMatch(/sig=|AccountKey=/);
    expect(bench.saved[0]?.parameters).toEqual([{ name: 'Password', value: '••••••••' }, { name: 'place', value: 'Town' }]);
  });

  it('writes the address at which the local storage is now', async () => {
    const { key } = await made({}, { inputs: [input('days.csv', { storage: localStorageId, blob: { base: 'http://127.0.0.1:1/a/', container: 'in', name: 'days.csv' } })] });
    await bench.runner.carryOn(key);
    expect(bench.now(key).inputs[0]?.blob.base).toBe(base);
    expect(bench.bodies[0]).toContain(base);
  });

  it('makes no container with a token for one', async () => {
    bench.access = { kind: 'container', base, container: 'in', sas: `?sig=${secrets.signature}` };
    await bench.runner.carryOn((await bench.runner.create(draft())).key);
    expect(bench.events.filter((event) => event.startsWith('call container'))).toEqual([]);
  });
});

describe('an upload', () => {
  it('that is stopped leaves the job as it was made, without a problem', async () => {
    const { key } = await bench.runner.create(draft());
    const seen: unknown[] = [];
    bench.runner.onDidProgress(() => seen.push(bench.runner.upload(key)?.doneBytes));
    bench.duringUpload = () => Promise.resolve(bench.runner.stopUpload(key));
    await expect(bench.runner.carryOn(key)).rejects.toThrow(Cancelled);
    const job = bench.now(key);
    expect(job.step).toBe('prepared');
    expect(job).not.toHaveProperty('problem');
    expect(lines(job)).toEqual(['Upload begins', 'Upload stopped']);
    expect(seen).toEqual([0, 50, undefined]);
    expect(bench.bodies).toEqual([]);
    expect(bench.released).toBe(1);

    bench.duringUpload = () => Promise.resolve();
    expect((await bench.runner.carryOn(key)).step).toBe('started');
  });

  it('that fails says why, and is done again', async () => {
    const { key } = await bench.runner.create(draft());
    bench.duringUpload = () => Promise.reject(new StorageFailed({ sentence: 'Storage is away.', advice: 'Wait.' }));
    await expect(bench.runner.carryOn(key)).rejects.toThrow('Storage is away.');
    expect(bench.now(key)).toMatchObject({ step: 'prepared', problem: { sentence: 'Storage is away.', advice: 'Wait.', actions: [] } });
    bench.duringUpload = () => Promise.resolve();
    const job = await bench.runner.carryOn(key);
    expect(job.step).toBe('started');
    expect(job).not.toHaveProperty('problem');
  });

  it('that fails by a fault of ours tells no inner words', async () => {
    const { key } = await bench.runner.create(draft());
    bench.duringUpload = () => Promise.reject(new TypeError(`sig=${secrets.signature}`));
    await expect(bench.runner.carryOn(key)).rejects.toThrow(TypeError);
    expect(bench.now(key).problem?.sentence).toMatch(/fault of its own/);
    expect(JSON.stringify(bench.saved)).not.toContain(secrets.signature);
  });

  it('that was killed goes over its own blob, and over nobody else’s', async () => {
    const own = await made({ step: 'uploading' }, { inputs: [input('own.csv')] });
    const other = await made({ step: 'uploading' }, { inputs: [input('other.csv')] });
    bench.blobs.set('in/own.csv', own.key).set('in/other.csv', 'another-job');
    expect((await bench.runner.carryOn(own.key)).step).toBe('started');
    await expect(bench.runner.carryOn(other.key)).rejects.toThrow('There is in/other.csv already.');
    expect(bench.now(other.key).step).toBe('prepared');
    expect(bench.blobs.get('in/other.csv')).toBe('another-job');
    const meant = await made({}, { inputs: [input('other.csv', { overwrite: true })] });
    await bench.runner.carryOn(meant.key);
    expect(bench.blobs.get('in/other.csv')).toBe(meant.key);
  });

  it('of several files goes on with those that are missing', async () => {
    const inputs = [input('a.csv', { port: 'input1' }), input('b.csv', { port: 'input2' }), { port: 'input3', storage: base, blob: { base, container: 'in', name: 'there.csv' }, overwrite: false }];
    const { key } = await bench.runner.create(draft({ inputs }));
    bench.duringUpload = ({ name }) => (name === 'b.csv' ? Promise.reject(new StorageFailed({ sentence: 'Cut.' })) : Promise.resolve());
    await expect(bench.runner.carryOn(key)).rejects.toThrow('Cut.');
    const [a, b] = bench.now(key).inputs;
    expect(a?.uploadedAt).toBeGreaterThan(0);
    expect(b).not.toHaveProperty('uploadedAt');
    bench.duringUpload = () => Promise.resolve();
    bench.restart();
    const job = await bench.runner.carryOn(key);
    expect(bench.events.filter((event) => event.startsWith('call upload'))).toEqual(['call upload in/b.csv']);
    expect(job.inputs[2]).not.toHaveProperty('uploadedAt');
    expect(Object.keys(JSON.parse(bench.bodies[0] ?? '').Inputs)).toEqual(['input1', 'input2', 'input3']);
  });

  it('has no service to be for: nothing is uploaded', async () => {
    const { key } = await made();
    bench.services = [];
    await expect(bench.runner.carryOn(key)).rejects.toThrow(`The service "${service.name}" is not there any more.`);
    expect(bench.events).toEqual([]);
  });
});

describe('a submission', () => {
  it('that was refused made no job, and is made again when it is carried on', async () => {
    const { key } = await bench.runner.create(draft());
    bench.submits.push({ kind: 'refused', problem: { sentence: 'Busy.', advice: 'Wait.' }, busy: true });
    await expect(bench.runner.carryOn(key)).rejects.toThrow(JobFailed);
    expect(bench.now(key)).toMatchObject({ step: 'uploaded', problem: { sentence: 'Busy.' } });
    bench.restart();
    expect(await bench.runner.carryOn(key)).toMatchObject({ step: 'started', id: 'id2' });
    expect(bench.events).not.toContain('call upload in/days.csv');
    expect(bench.now(key)).not.toHaveProperty('problem');
  });

  it('whose answer was lost is not repeated by itself; anew it is made once', async () => {
    const { key } = await bench.runner.create(draft());
    bench.submits.push({ kind: 'lost', problem: { sentence: 'Cut.' } });
    await expect(bench.runner.carryOn(key)).rejects.toMatchObject({ message: 'Cut. It is not known whether the service has taken the job.', actions: ['openJob'] });
    expect(bench.now(key)).toMatchObject({ step: 'notKnown', problem: { sentence: 'Cut.' } });
    for (const start of [false, true]) await expect(bench.runner.carryOn(key, { start })).rejects.toThrow(InvalidInput);
    expect(bench.bodies).toHaveLength(1);
    expect(bench.now(key).step).toBe('notKnown');

    bench.restart();
    await bench.runner.submitAnew(key);
    await expect(bench.runner.submitAnew(key)).rejects.toThrow(InvalidInput);
    expect(bench.now(key)).toMatchObject({ step: 'started', id: 'id2' });
    expect(bench.bodies).toHaveLength(2);
  });

  it('that was killed is not made again by carrying on', async () => {
    const { key } = await made({ step: 'submitting' });
    await expect(bench.runner.carryOn(key)).rejects.toThrow('It is not known whether the service has taken this job.');
    expect(bench.events).toEqual([]);
    expect(bench.released).toBe(1);
  });
});

describe('a start', () => {
  it('that was killed is asked for again; a job that runs already is fine', async () => {
    for (const outcome of [{ kind: 'started' }, { kind: 'already', state: 'Running' }] as const) {
      const { key } = await made({ step: 'starting', id: 'the-id' });
      bench.starts.push(outcome);
      const job = await bench.runner.carryOn(key);
      expect(bench.events).toEqual(['save starting', 'call start the-id', 'save started']);
      expect(job.startedAt).toBeGreaterThan(0);
    }
    expect(bench.bodies).toEqual([]);
  });

  it.each(['gone', 'failed'] as const)('that is %s leaves the job submitted, with the reason', async (kind) => {
    const { key } = await bench.runner.create(draft());
    bench.starts.push({ kind, problem: { sentence: 'No start.' }, certain: true });
    await expect(bench.runner.carryOn(key)).rejects.toThrow('No start.');
    expect(bench.now(key)).toMatchObject({ step: 'submitted', id: 'id1', problem: { sentence: 'No start.' } });
    expect((await bench.runner.carryOn(key)).step).toBe('started');
    expect(bench.bodies).toHaveLength(1);
  });

  it('needs an id', async () => {
    const { key } = await made({ step: 'starting' });
    await expect(bench.runner.carryOn(key)).rejects.toThrow('The id of this job is not known');
    expect(bench.started).toEqual([]);
  });
});

describe('the right to work on a job', () => {
  it.each(['carryOn', 'submitAnew'] as const)('that another window has stops %s before anything is written or sent', async (method) => {
    const { key } = await made({ step: method === 'carryOn' ? 'prepared' : 'notKnown' });
    bench.claimed = 'taken';
    await expect(bench.runner[method](key)).rejects.toThrow('Another window is at work on this job.');
    expect(bench.events).toEqual([]);
  });

  it.each([['uploaded', 'call submit'], ['submitted', 'call start the-id']] as const)('that was lost in the step %s stops it before the next one', async (step, call) => {
    const { key } = await made({ step, id: 'the-id' });
    bench.held.push(false);
    await expect(bench.runner.carryOn(key)).rejects.toThrow('Another window has gone on with this job.');
    expect(bench.events).toEqual([]);
    await bench.runner.carryOn(key);
    expect(bench.events).toContain(call);
  });

  it.each(['succeeds', 'fails'] as const)('that was lost while the upload %s leaves what the other window has written', async (way) => {
    const { key } = await made();
    bench.held.push(false, false);
    bench.duringUpload = async () => {
      bench.put({ ...bench.now(key), step: 'submitted', id: 'of-the-other-window' });
      if (way === 'fails') throw new StorageFailed({ sentence: 'Cut.' });
      await Promise.resolve();
    };
    await expect(bench.runner.carryOn(key)).rejects.toThrow(way === 'fails' ? 'Cut.' : 'Another window has gone on with this job.');
    expect(bench.now(key)).toMatchObject({ step: 'submitted', id: 'of-the-other-window' });
    expect(bench.bodies).toEqual([]);
  });
});

it('says so when the job is gone', async () => {
  for (const run of [bench.runner.carryOn('000000009-z'), bench.runner.submitAnew('000000009-z')]) await expect(run).rejects.toThrow('This job is no longer there.');
});

it('gives uploads up when the window is closed', async () => {
  const { key } = await bench.runner.create(draft({ inputs: [{ ...input(), file: file() }] }));
  bench.duringUpload = () => Promise.resolve(bench.runner.dispose());
  await expect(bench.runner.carryOn(key)).rejects.toThrow(Cancelled);
  expect(bench.bodies).toEqual([]);
});
