// The operations of batch jobs over real sockets: what is certain, what is lost, and what is shown of it.

import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deleteJob, jobResults, jobStatus, startJob, submitJob } from '../../../../src/protocols/studio/jobs';
import { Cancelled, type ErrorParts } from '../../../../src/model/errors';
import type { PollOutcome } from '../../../../src/model/job';
import type { Secrets } from '../../../../src/model/service';
import type { JobCall } from '../../../../src/protocols/batch';
import { jobCallTo } from '../../features/jobs/jobCallTo';
import { transport } from '../../http/calls';
import { startProxy } from '../../http/connectProxy';
import { freePort, identity, signalled, startHttp, startTcp } from '../../http/servers';

const never = new AbortController().signal;
const serviceKey = 'c2VydmljZSBrZXkgdGhhdCBub2JvZHkgbWF5IHNlZQ==';
const subscriptionKey = '0123456789abcdef0123456789abcdef';
const accountKey = 'U3RvcmFnZTogMDgxNS00NzExLCB1bmxpa2Ugb3RoZXJz';
const signature = 'Ky9zaWduZWQgZm9yIG9uZSBob3VyIG9ubHkvKw==';
const parameter = 'hunter2-and-more';
const secrets: Secrets = { serviceKey, subscriptionKey };
const base = '/workspaces/0a1b/services/2c3d';
const body = JSON.stringify({ Input: { ConnectionString: `AccountName=weather;AccountKey=${accountKey}`, RelativeLocation: 'in/días.csv' }, GlobalParameters: { 'Database password': parameter, 'seed': 'twelve-and-more' } });

const samples = join(import.meta.dirname, '../../../data/samples');

function sample(name: string): string {
  return readFileSync(join(samples, name), 'utf8');
}

function callTo(origin: string, changes: Partial<JobCall> = {}): JobCall {
  return jobCallTo(origin, base, secrets, changes);
}

function toolsFor(changes: Parameters<typeof transport>[0] = {}) {
  const lines: string[] = [];
  return { transport: transport(changes), now: () => Date.UTC(2026, 0, 1), log: (line: string) => void lines.push(line), lines };
}

async function serve(listener: RequestListener) {
  const server = await startHttp(listener);
  return { ...server, call: callTo(`http://127.0.0.1:${server.port}`) };
}

/** A service that gives every request the same answer. */
const answering = (status: number, text = '', headers: Record<string, string> = {}) => serve((_request, response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text));

function fault(code: string, detail?: string, message = 'No.'): string {
  return JSON.stringify({ error: { code, message, details: detail === undefined ? [] : [{ code: detail, message }] } });
}

const gateway = (status: number, message: string) => JSON.stringify({ statusCode: status, message });
const page = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>';

/** Nothing that is handed back holds a secret. */
function withoutSecrets<T>(value: T): T {
  for (const secret of [serviceKey, subscriptionKey, accountKey, signature, parameter]) expect(JSON.stringify(value)).not.toContain(secret);
  return value;
}

describe('submitting', () => {
  it('sends the body with the keys, and reads the id', async () => {
    const seen: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
    const server = await serve((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      request.on('end', () => {
        seen.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.headers, body: text });
        response.end('"539d0bc2fde945b6ac986b851d0000f0"');
      });
    });
    const tools = toolsFor();
    expect(await submitJob(server.call, body, tools, never)).toEqual({ kind: 'submitted', id: '539d0bc2fde945b6ac986b851d0000f0' });
    expect(seen).toMatchObject([{ line: `POST ${base}/jobs?api-version=2.0`, body, headers: { 'authorization': `Bearer ${serviceKey}`, 'ocp-apim-subscription-key': subscriptionKey, 'content-type': 'application/json; charset=utf-8' } }]);
    expect(tools.lines.map((line) => line.replace(/\d+ ms$/, 'N ms'))).toEqual([`POST 127.0.0.1:${server.port}${base}/jobs 200 N ms`]);
  });

  it.each<[string, number, string, Record<string, string>, boolean, number | undefined]>([
    ['a wrong body', 400, fault('BadArgument', 'InvalidBlobExtension'), {}, false, undefined],
    ['a wrong key', 401, fault('Unauthorized', 'ScoreRequestUnauthorized'), {}, false, undefined],
    ['a page that forbids', 403, page, {}, false, undefined],
    ['no operation', 404, gateway(404, 'Resource not found'), {}, false, undefined],
    ['a rate', 429, gateway(429, 'Rate limit is exceeded. Try again in 60 seconds.'), { 'retry-after': '60' }, true, 60_000],
    ['a service that is busy', 503, fault('ServiceUnavailable', 'RequestThrottled'), { 'retry-after': '7' }, true, 7_000],
    ['a gateway whose service is away', 503, gateway(503, 'Service unavailable'), {}, true, undefined],
  ])('is refused for certain by %s', async (_what, status, text, headers, busy, retryAfterMs) => {
    const outcome = withoutSecrets(await submitJob((await answering(status, text, headers)).call, body, toolsFor(), never));
    expect(outcome).toMatchObject({ kind: 'refused', busy, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['is cut', (response) => response.destroy()], ['is cut within', (response) => response.writeHead(200, { 'content-length': 34 }).write('"539d', () => response.destroy())],
    ['does not come', () => undefined], ['is a failure', (response) => response.writeHead(500).end(fault('InternalError'))],
    ['is that of a gateway without an answer', (response) => response.writeHead(504).end(gateway(504, 'Timeout'))],
    ['says that it was given up', (response) => response.writeHead(408).end(fault('RequestTimeout', 'RequestCanceled'))],
    ['is busy without saying who', (response) => response.writeHead(503).end()],
    ['is a page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page)],
    ['holds no id', (response) => response.end('{}')],
    ...[302, 303, 308].map((status): [string, (response: ServerResponse) => unknown] => [`is a redirect (${status})`, (response) => response.writeHead(status, { location: '/jobs/539d0bc2' }).end()]),
    ['is too large for an id', (response) => response.writeHead(200, { 'content-length': 20_000_000 }).write('"539d')],
    ['is not what its headers say', (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip')],
  ])('is lost when the answer %s', async (_how, answer) => {
    let calls = 0;
    const server = await serve((request, response) => {
      calls += 1;
      request.resume().on('end', () => void answer(response));
    });
    const outcome = withoutSecrets(await submitJob({ ...server.call, timeoutMs: 300 }, body, toolsFor(), never));
    expect(outcome).toMatchObject({ kind: 'lost', problem: { advice: expect.stringContaining('a second submission would be a second job') } });
    expect(outcome.kind === 'lost' && outcome.problem.actions).not.toContain('retry');
    expect(calls).toBe(1);
  });

  it('is refused for certain when nothing was sent', async () => {
    const refused = async (call: JobCall, changes: Parameters<typeof transport>[0] = {}) => {
      const outcome = await submitJob(call, body, toolsFor(changes), never);
      return outcome.kind === 'refused' ? outcome.problem.sentence : outcome.kind;
    };
    expect(await refused(callTo(`http://127.0.0.1:${await freePort()}`))).toContain('refused the connection');
    const other = await startHttp((_request, response) => void response.end(), identity('other-name'));
    expect(await refused(callTo(`https://127.0.0.1:${other.port}`))).toContain('belongs to another name');
    const silent = await startTcp(() => undefined);
    expect(await refused({ ...callTo(`https://127.0.0.1:${silent.port}`), timeoutMs: 200 }, { strictSsl: false })).toContain('No connection to');
    const closing = await startTcp((socket) => socket.destroy());
    expect(await refused(callTo(`https://127.0.0.1:${closing.port}`))).toContain('closed');
    const proxy = await startProxy({ refusal: 'HTTP/1.1 403 Forbidden' });
    expect(await refused(callTo('https://scoring.example.test'), { proxy: `http://127.0.0.1:${proxy.port}` })).toContain('refused to connect');
    expect(await refused(callTo('https://weather.azure-api.net/score'))).toContain('no place for batch jobs');
    expect(await refused(jobCallTo(`http://127.0.0.1:${silent.port}`, base, { serviceKey: 'two\nlines' }))).toContain('headers is not allowed');
  });

  it('that is cancelled closes the connection', async () => {
    const asked = signalled();
    const server = await serve(asked.happen);
    const control = new AbortController();
    const submitting = submitJob(server.call, body, toolsFor(), control.signal).catch((error: unknown) => error);
    await asked.happened;
    control.abort();
    expect(await submitting).toBeInstanceOf(Cancelled);
    await server.closed(0);
    expect(await submitJob(server.call, body, toolsFor(), control.signal).catch((error: unknown) => error)).toBeInstanceOf(Cancelled);
    expect(server.sockets).toHaveLength(1);
  });

  it('explains causes that only jobs have, and shows no secret that comes back', async () => {
    const echo = `Value '${parameter}' of parameter 'Database password', seed twelve-and-more: cannot use AccountName=weather;AccountKey=${accountKey} with ${accountKey}, ${serviceKey} and ?sv=1&sig=${encodeURIComponent(signature)}`;
    const outcome = withoutSecrets(await submitJob((await answering(400, fault('BadArgument', 'InvalidBlobConnectionString', echo))).call, body, toolsFor(), never));
    expect(outcome).toMatchObject({ kind: 'refused', problem: { sentence: 'The service cannot use the connection string of a blob.', detail: expect.stringMatching(/InvalidBlobConnectionString: Value '•+' of parameter 'Database password', seed twelve-and-more: cannot use/) } });
  });

  it('does not advise on rows', async () => {
    const outcome = await submitJob((await answering(413, fault('MemoryQuotaViolation', 'OutOfMemoryLimit'))).call, body, toolsFor(), never);
    expect(outcome.kind === 'refused' && outcome.problem.advice).toBeUndefined();
  });
});

describe('starting', () => {
  it.each([200, 202, 204])('is done by any yes (%i)', async (status) => {
    const seen: string[] = [];
    const server = await serve((request, response) => {
      seen.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers['content-length'] ?? ''}`);
      response.writeHead(status).end();
    });
    expect(await startJob(server.call, 'j 1', toolsFor(), never)).toEqual({ kind: 'started' });
    expect(seen).toEqual([`POST ${base}/jobs/j%201/start?api-version=2.0 0`]);
  });

  it.each<[string, number, string, object]>([
    ['a job that runs', 400, sample('derived/error-400-cannot-start-job.json'), { kind: 'already', state: 'Running' }],
    ['a job in a state that is not named', 400, fault('InvalidOperation', 'CannotStartJob'), { kind: 'already' }],
    ['another refusal', 400, fault('BadArgument', 'BadVersionCall'), { kind: 'failed', certain: true }],
    ['a job that nobody knows', 404, fault('NotFound'), { kind: 'gone' }],
    ['a gateway without the operation', 404, gateway(404, 'Resource not found'), { kind: 'failed', certain: true }],
    ['a service that is not there', 404, fault('NotFound', 'WebServiceNotFound'), { kind: 'failed', certain: true }],
    ['a rate', 429, gateway(429, 'Rate limit is exceeded. Try again in 9 seconds.'), { kind: 'failed', certain: true, retryAfterMs: 9_000 }],
    ['a failure', 500, fault('InternalError'), { kind: 'failed', certain: false }],
    ['a redirect', 303, '', { kind: 'failed', certain: false }],
    ['a page', 200, page, { kind: 'failed', certain: false }],
  ])('tells of %s', async (_what, status, text, expected) => {
    const outcome = await startJob((await answering(status, text)).call, 'j1', toolsFor(), never);
    expect(outcome).toMatchObject(expected);
    if (outcome.kind === 'already') expect(outcome).toEqual(expected);
  });

  it('is not certain to have failed once it was sent', async () => {
    const cut = await serve((_request, response) => response.destroy());
    expect(await startJob(cut.call, 'j1', toolsFor(), never)).toMatchObject({ kind: 'failed', certain: false });
    expect(await startJob(callTo(`http://127.0.0.1:${await freePort()}`), 'j1', toolsFor(), never)).toMatchObject({ kind: 'failed', certain: true });
    expect(await startJob(callTo('https://weather.azure-api.net/score'), 'j1', toolsFor(), never)).toMatchObject({ kind: 'failed', certain: true });
  });
});

const finished = sample('derived/bes-status-finished-numeric.json');

describe('asking for a status', () => {
  it('reads it, and gives files apart from what is kept', async () => {
    const seen: string[] = [];
    const server = await serve((request, response) => {
      seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.end(finished);
    });
    const { outcome, files } = await jobResults(server.call, 'j1', toolsFor(), never);
    expect(outcome).toMatchObject({ kind: 'status', reading: { status: 'finished', results: [{ name: files[0]?.name }] } });
    expect(files[0]?.urls[0]).toMatch(/^https:[^?]*\?.*sig=/);
    expect(JSON.stringify(outcome)).not.toContain('sig=');
    expect(await jobStatus(server.call, 'j1', toolsFor(), never)).toEqual(outcome);
    expect(seen).toEqual([`GET ${base}/jobs/j1?api-version=2.0`, `GET ${base}/jobs/j1?api-version=2.0`]);
  });

  it('shows no secret that comes back', async () => {
    const server = await answering(200, JSON.stringify({ StatusCode: 2, Results: null, Details: `Blob ?sig=${signature} with ${serviceKey} failed for ${parameter}, AccountKey=${accountKey}` }));
    expect(withoutSecrets(await jobStatus({ ...server.call, hidden: [parameter] }, 'j1', toolsFor(), never))).toMatchObject({ kind: 'status', reading: { status: 'failed', details: expect.stringContaining('failed') } });
  });

  it.each<[string, number, string, Record<string, string>, Partial<PollOutcome>]>([
    ['a rate', 429, gateway(429, 'Rate limit is exceeded. Try again in 60 seconds.'), { 'retry-after': '61' }, { kind: 'busy', retryAfterMs: 61_000 }],
    ['a service that is busy', 503, '', {}, { kind: 'busy' }],
    ['a quota', 403, sample('derived/error-apim-403-quota.json'), {}, { kind: 'quota', retryAfterMs: ((5 * 24 + 3) * 3600 + 23 * 60 + 11) * 1000 }],
    ['a gateway that does not allow it', 403, gateway(403, 'Forbidden'), {}, { kind: 'refused' }],
    ['a page that forbids', 403, page, {}, { kind: 'unreadable' }],
    ['a wrong key', 401, sample('error-01-unauthorized.json'), {}, { kind: 'refused' }],
    ['a wrong subscription key', 401, sample('error-09-apim-401-invalid-key.json'), {}, { kind: 'refused' }],
    ['a job that nobody knows', 404, fault('NotFound', 'JobNotFound'), {}, { kind: 'gone' }],
    ['a service that is not there', 404, fault('NotFound', 'WorkspaceNotFound'), {}, { kind: 'unreadable' }],
    ['a gateway without the operation', 404, gateway(404, 'Resource not found'), {}, { kind: 'unreadable' }],
    ['a page that is not there', 404, page, {}, { kind: 'unreadable' }],
    ...[500, 502, 504].map((status): [string, number, string, Record<string, string>, Partial<PollOutcome>] => ['a failure', status, fault('InternalError'), {}, { kind: 'unreadable', passing: true }]),
    ['a page', 200, page, { 'content-type': 'text/html' }, { kind: 'unreadable' }],
    ['other JSON', 200, '{"status":"ok"}', {}, { kind: 'unreadable' }],
    ['what its headers do not say', 200, 'not gzip', { 'content-encoding': 'gzip' }, { kind: 'unreadable' }],
  ])('tells of %s', async (_what, status, text, headers, expected) => {
    const { outcome, files } = await jobResults((await answering(status, text, headers)).call, 'j1', toolsFor(), never);
    expect(outcome).toMatchObject(expected);
    expect({ files, passing: 'passing' in outcome }).toEqual({ files: [], passing: 'passing' in expected });
    expect(problemOf(outcome).sentence).toMatch(/\.$/);
  });

  it('names what is wrong with a 404', async () => {
    const sentence = async (text: string) => problemOf(await jobStatus((await answering(404, text)).call, 'j1', toolsFor(), never)).sentence;
    expect(await sentence(fault('NotFound'))).toBe('"Weather" does not know the job any more.');
    expect(await sentence(gateway(404, 'Resource not found'))).toBe('The gateway has no operation at this address.');
  });

  it('without an answer tells that it is offline', async () => {
    const cut = await serve((_request, response) => response.destroy());
    expect(await jobStatus(cut.call, 'j1', toolsFor(), never)).toMatchObject({ kind: 'offline' });
    expect(await jobStatus(callTo(`http://127.0.0.1:${await freePort()}`), 'j1', toolsFor(), never)).toMatchObject({ kind: 'offline' });
  });

  it('that is cancelled throws', async () => {
    const asked = signalled();
    const server = await serve(asked.happen);
    const control = new AbortController();
    const asking = jobStatus(server.call, 'j1', toolsFor(), control.signal).catch((error: unknown) => error);
    await asked.happened;
    control.abort();
    expect(await asking).toBeInstanceOf(Cancelled);
    await server.closed(0);
  });

  it('ends when the keys cannot be read', async () => {
    const server = await answering(200, finished);
    await expect(jobStatus({ ...server.call, credential: () => Promise.reject(new Error('locked')) }, 'j1', toolsFor(), never)).rejects.toThrow('locked');
    expect(server.sockets).toHaveLength(0);
  });
});

function problemOf(outcome: PollOutcome): ErrorParts {
  if (outcome.kind === 'status') throw new Error('It is a status.');
  return outcome.problem;
}

describe('deleting', () => {
  it.each<[number, string, object]>([
    [200, '', { kind: 'done' }],
    [204, '', { kind: 'done' }],
    [200, page, { kind: 'failed' }],
    [404, fault('NotFound'), { kind: 'gone' }],
    [404, page, { kind: 'failed' }],
    [500, fault('InternalError'), { kind: 'failed' }],
  ])('%i %s', async (status, text, expected) => {
    const seen: string[] = [];
    const server = await serve((request, response) => {
      seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(status).end(status === 204 ? undefined : text);
    });
    expect(await deleteJob(server.call, 'j1', toolsFor(), never)).toMatchObject(expected);
    expect(seen).toEqual([`DELETE ${base}/jobs/j1?api-version=2.0`]);
  });

  it('without an answer has failed', async () => {
    const cut = await serve((_request, response) => response.destroy());
    expect(await deleteJob(cut.call, 'j1', toolsFor(), never)).toMatchObject({ kind: 'failed' });
  });
});
