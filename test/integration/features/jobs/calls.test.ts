// The calls of jobs as the editor binds them: what of a job's parameters comes back, and how often results are asked for.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { jobCalls, type CallParts } from '../../../../src/features/jobs/calls';
import { ResultAccess } from '../../../../src/features/jobs/resultAccess';
import { InvalidInput, JobFailed, StorageFailed } from '../../../../src/model/errors';
import type { Job } from '../../../../src/model/job';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { shownParameters } from '../../../../src/protocols/jobParameters';
import { toService } from '../../../../src/protocols/newService';
import { transport } from '../../http/calls';
import { startHttp } from '../../http/servers';

const never = new AbortController().signal;
const password = 'hunter2-and-more';
const json = JSON.stringify({ 'Database password': password, 'seed': 'twelve-and-more' });

/** A service, and a job that it has. `parameters` is what is kept of the job's parameters. */
async function serve(listener: RequestListener, parameters: () => Promise<string> = () => Promise.resolve(json), access: CallParts['access'] = () => Promise.reject(new InvalidInput({ sentence: 'There is no storage.' }))) {
  const { port } = await startHttp(listener);
  const reading = parseEndpoint(`http://127.0.0.1:${port}/workspaces/w/services/s`);
  if (!reading.ok) throw new Error(reading.reason);
  const service = toService({ name: 'Weather', endpoint: reading.endpoint });
  const wire = transport();
  const unread: CallParts['source'] = () => Promise.reject(new Error('No file is read here.'));
  const log = (): void => undefined;
  const calls = jobCalls({ secrets: () => Promise.resolve({ serviceKey: 'the-key-of-the-service' }), parameters: { of: parameters }, access, transport: () => Promise.resolve(wire), timeoutMs: () => 5000, now: Date.now, log, source: unread });
  const results = new ResultAccess({ calls, service: () => service, access: () => Promise.reject(new InvalidInput({ sentence: 'There is no storage.' })), sign: () => Promise.resolve(''), transport: () => Promise.resolve(wire), log });
  const job: Job & { readonly id: string } = {
    key: 'k1', id: 'j1', service: { name: 'Weather', address: service.address }, title: 'days.csv', createdAt: 0, inputs: [], outputs: [], parameters: shownParameters(json),
    startsItself: true, connectionStrings: false, step: 'started', stepAt: 0, history: [],
  };
  return { calls, results, service, job };
}

const failed: RequestListener = (_request, response) => void response.end(JSON.stringify({ StatusCode: 2, Results: null, Details: `Login with ${password} failed, seed twelve-and-more` }));
const refusing: RequestListener = (_request, response) => void response.writeHead(400).end(JSON.stringify({ error: { code: 'BadArgument', message: `Not with ${password}`, details: [] } }));

describe('the words of a service about a job', () => {
  it('come without the parameters that look secret, in a status and in a refusal', async () => {
    const one = await serve(failed);
    expect(await one.calls.status(one.job, one.service, never)).toMatchObject({ kind: 'status', reading: { status: 'failed', details: 'Login with •••••••• failed, seed twelve-and-more' } });
    const other = await serve(refusing);
    for (const outcome of [await other.calls.status(other.job, other.service, never), (await other.calls.results(other.job, other.service, never)).outcome]) {
      expect(outcome).toMatchObject({ problem: { detail: expect.stringContaining('Not with ••••••••') } });
    }
  });

  it('come without them in a refused submission, whatever the body calls them, and not at all where they are not known', async () => {
    const body = `{"settings":{"Database password":"${password}"}}`;
    const one = await serve(refusing);
    expect(await one.calls.submit(one.job, one.service, body)).toMatchObject({ kind: 'refused', problem: { detail: expect.stringContaining('Not with ••••••••') } });
    const other = await serve(refusing, () => Promise.resolve('{}'));
    expect(await other.calls.submit(other.job, other.service, body)).toMatchObject({ kind: 'refused', problem: { detail: expect.stringContaining('left out') } });
  });

  it('come without the keys of the storages that the job has, in other spellings too', async () => {
    const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==';
    const at = { base: 'https://a/', container: 'c', name: 'b.csv' };
    const details = `tried ${Buffer.from(key).toString('hex')} and ${key.slice(0, 30)} and ${[...key].join('\u200b')}`;
    const one = await serve((_request, response) => void response.end(JSON.stringify({ StatusCode: 2, Details: details })), undefined, () => Promise.resolve({ kind: 'account', base: 'https://a/', account: 'a', key, connectionString: `AccountName=a;AccountKey=${key}` }));
    const job = { ...one.job, inputs: [{ storage: 's1', blob: at, overwrite: false }] };
    expect(await one.calls.status(job, one.service, never)).toMatchObject({ reading: { details: 'tried •••••••• and •••••••• and ••••••••' } });
  });

  it.each<[string, () => Promise<string>]>([
    ['are gone', () => Promise.resolve('{}')],
    ['cannot be read', () => Promise.reject(new Error('The secret store is locked.'))],
  ])('are left out where the parameters %s, and how the job stands is told all the same', async (_how, parameters) => {
    const one = await serve(failed, parameters);
    const outcome = await one.calls.status(one.job, one.service, never);
    expect(outcome).toMatchObject({ kind: 'status', reading: { status: 'failed', details: expect.stringContaining('left out') } });
    const other = await serve(refusing, parameters);
    expect(JSON.stringify([outcome, await other.calls.status(other.job, other.service, never), await other.calls.results(other.job, other.service, never)])).not.toContain(password);
  });

  it('are whole for a job without parameters, of which none are looked for', async () => {
    const one = await serve(failed, () => Promise.reject(new Error('Nobody asks for them.')));
    expect(await one.calls.status({ ...one.job, parameters: [] }, one.service, never)).toMatchObject({ reading: { details: expect.stringContaining('seed twelve') } });
  });
});

describe('results that are downloaded together', () => {
  const names = ['one', 'two', 'three', 'four'];

  /** A finished job with four outputs. Tokens of status calls before the one numbered `from` are refused by its storage. */
  async function outputs(from = 1) {
    const asked: string[] = [];
    let statuses = 0;
    const served = await serve((request, response) => {
      const url = request.url ?? '';
      if (!url.startsWith('/workspaces')) {
        asked.push(url);
        if (Number(/sig=token(\d+)/.exec(url)?.[1]) >= from) response.end(url);
        else response.writeHead(403, { 'x-ms-error-code': 'AuthenticationFailed' }).end();
        return;
      }
      statuses += 1;
      const base = `http://${request.headers.host ?? ''}/`;
      response.end(JSON.stringify({ StatusCode: 4, Results: Object.fromEntries(names.map((name) => [name, { BaseLocation: base, RelativeLocation: `box/${name}.csv`, SasBlobToken: `?sv=1&sig=token${statuses}` }])) }));
    });
    const folder = await mkdtemp(join(tmpdir(), 'results-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const fetchAll = async (wanted: readonly string[]): Promise<string[]> => {
      const fresh = {};
      for (const name of wanted) await served.results.download(served.job, name, join(folder, name), { overwrite: false, onProgress: () => undefined }, never, fresh);
      return Promise.all(wanted.map((name) => readFile(join(folder, name), 'utf8')));
    };
    return { ...served, asked, fetchAll, statuses: () => statuses };
  }

  it('are asked for once', async () => {
    const { fetchAll, statuses } = await outputs();
    expect(await fetchAll(names)).toEqual(names.map((name) => `/box/${name}.csv?sv=1&sig=token1`));
    expect(statuses()).toBe(1);
  });

  it('are asked for anew when storage refuses the tokens, and then all go on with the new ones', async () => {
    const { fetchAll, statuses, asked } = await outputs(2);
    expect(await fetchAll(names)).toEqual(names.map((name) => `/box/${name}.csv?sv=1&sig=token2`));
    expect([statuses(), asked.length]).toEqual([2, 5]);
  });

  it('end with the first that cannot be had', async () => {
    const refused = await outputs(9);
    await expect(refused.fetchAll(names)).rejects.toThrow(StorageFailed);
    expect([refused.statuses(), refused.asked.length]).toEqual([2, 2]);
    await expect((await outputs()).fetchAll(['five', ...names])).rejects.toThrow(JobFailed);
  });
});
