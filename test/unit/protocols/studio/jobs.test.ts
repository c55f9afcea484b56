// What fails behind the sending of a call about a job leaves open what the service has done; what fails in front of it is thrown.

import { describe, expect, it } from 'vitest';
import { keptGuard } from '../../../../src/protocols/studio/guards';
import { deleteJob, jobResults, jobStatus, startJob, submitJob } from '../../../../src/protocols/studio/jobs';
import type { Transport, WireOutcome } from '../../../../src/model/wire';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import type { JobCall, JobTools } from '../../../../src/protocols/batch';
import { credentialOf } from '../../../../src/protocols/registry';
import { processorMs } from '../../processorTime';

const address = 'https://h/workspaces/w/services/s';
const secret = 'twelve-and-more-0815';
const never = new AbortController().signal;

function call(): JobCall {
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  const service = { name: 'Weather', address, endpoint: reading.endpoint, subscriptionKeyHeader: 'x-key' };
  return { service, credential: () => Promise.resolve(credentialOf(service, { serviceKey: secret })), timeoutMs: 1000 };
}

function tools(send: () => Promise<WireOutcome>, changes: Partial<JobTools> = {}): JobTools {
  const transport: Transport = { send, open: () => Promise.reject(new Error('Nothing is opened here.')), close: () => Promise.resolve() };
  return { transport, now: () => 0, log: () => undefined, ...changes };
}

const answer = { status: 200, statusText: '', headers: [], body: Buffer.from('"id1"') };
const bug = (): never => {
  throw new RangeError(`no end of ${secret}`);
};
const closed: WireOutcome = { ok: false, failure: { kind: 'cancelled', host: 'h', message: 'closed' } };

const faults: readonly [string, () => JobTools][] = [
  ['an answer that cannot be explained', () => tools(() => Promise.resolve({ ok: true, answer: { ...answer, get body(): Uint8Array { return bug(); } } }))],
  ['a transport that throws', () => tools(() => Promise.reject(new RangeError(secret)))],
  ['a log that throws', () => tools(() => Promise.resolve({ ok: true, answer }), { log: bug })],
];

describe.each(faults)('%s', (_what, made) => {
  it('leaves open what became of a submission, a start, and a deletion', async () => {
    const submitted = await submitJob(call(), '{}', made(), never);
    expect(submitted).toMatchObject({ kind: 'lost', problem: { sentence: expect.stringContaining('"Weather"'), advice: expect.stringContaining('may hold the job') } });
    const started = await startJob(call(), 'j', made(), never);
    expect(started).toMatchObject({ kind: 'failed', certain: false });
    const deleted = await deleteJob(call(), 'j', made(), never);
    expect(deleted).toMatchObject({ kind: 'failed', certain: false });
    expect(JSON.stringify([submitted, started, deleted])).not.toContain(secret);
  });

  it('is told as an answer that cannot be read to who asks for the status', async () => {
    expect(await jobStatus(call(), 'j', made(), never)).toMatchObject({ kind: 'unreadable' });
    expect(await jobResults(call(), 'j', made(), never)).toMatchObject({ outcome: { kind: 'unreadable' }, files: [] });
  });
});

describe('connections that are closed under a call', () => {
  it('leave open what became of it', async () => {
    const closing = () => tools(() => Promise.resolve(closed));
    expect(await submitJob(call(), '{}', closing(), never)).toMatchObject({ kind: 'lost' });
    expect(await startJob(call(), 'j', closing(), never)).toMatchObject({ kind: 'failed', certain: false });
    expect(await deleteJob(call(), 'j', closing(), never)).toMatchObject({ kind: 'failed', certain: false });
    await expect(jobStatus(call(), 'j', closing(), never)).rejects.toMatchObject({ name: 'Cancelled' });
  });
});

describe('what fails in front of the sending', () => {
  it('is thrown, and nothing is sent', async () => {
    let sent = 0;
    const counting = tools(() => Promise.resolve({ ok: true, answer: { ...answer, status: (sent += 1) } }));
    const locked: JobCall = { ...call(), credential: () => Promise.reject(new Error('The secret store is locked.')) };
    for (const trying of [submitJob(locked, '{}', counting, never), startJob(locked, 'j', counting, never), deleteJob(locked, 'j', counting, never), jobStatus(locked, 'j', counting, never)]) {
      await expect(trying).rejects.toThrow('locked');
    }
    expect(sent).toBe(0);
  });
});

describe('a deletion', () => {
  it.each([[400, true], [429, true], [500, false], [303, false]])('that is answered with %i was not carried out for certain: %s', async (status, certain) => {
    expect(await deleteJob(call(), 'j', tools(() => Promise.resolve({ ok: true, answer: { ...answer, status } })), never)).toMatchObject({ kind: 'failed', certain });
  });
});

describe('a submission with secret parameters without end', () => {
  const parameters = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`password ${index}`, `${index}-`.padEnd(80, 'aB3dE6gH9jK2')]));
  const refusal = (message: string) => tools(() => Promise.resolve({ ok: true, answer: { ...answer, status: 400, body: Buffer.from(JSON.stringify({ error: { code: 'BadArgument', message, details: [] } })) } }));
  const last = '19999-'.padEnd(80, 'aB3dE6gH9jK2');

  it('is refused without the words of the service, in no time', async () => {
    const body = JSON.stringify({ GlobalParameters: parameters(20_000) });
    const from = processorMs();
    const outcome = await submitJob(call(), body, refusal(`Not with ${last} and ${'word '.repeat(2000)}`), never);
    expect(processorMs() - from).toBeLessThan(4000);
    expect(outcome).toMatchObject({ kind: 'refused', problem: { detail: expect.stringContaining('left out') } });
    expect(JSON.stringify(outcome)).not.toContain(last);
  });

  it('has the words of the service where they are few, without the parameters', async () => {
    const outcome = await submitJob(call(), JSON.stringify({ GlobalParameters: parameters(3) }), refusal(`Not with ${'2-'.padEnd(80, 'aB3dE6gH9jK2')}`), never);
    expect(outcome).toMatchObject({ problem: { detail: expect.stringContaining('Not with ••••••••') } });
  });
});

describe('guards', () => {
  it('are made once for the same secrets, and the latest are kept', () => {
    const one = keptGuard(['secret-one', undefined]);
    expect(keptGuard(['secret-one', undefined])).toBe(one);
    expect(keptGuard(['secret-two'])).not.toBe(one);
    for (let index = 0; index < 20; index++) keptGuard([`secret-${index}`]);
    expect(keptGuard(['secret-one', undefined])).not.toBe(one);
    expect(keptGuard(['secret-one']).text('a secret-one b')).toBe('a •••••••• b');
  });
});
