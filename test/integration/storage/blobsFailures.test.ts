// What storage and the network refuse: in plain words, with what to do, and without a secret.

import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { blobInfo, checkAccess, listBlobs, uploadBlob } from '../../../src/storage/blobs';
import { Cancelled, HumanError, StorageFailed } from '../../../src/model/errors';
import type { StorageAccess } from '../../../src/model/storage';
import { accountAt, startStorage } from './blobsAzurite';
import { transport } from '../http/calls';
import { startProxy } from '../http/connectProxy';
import { freePort, identity, signalled, startHttp } from '../http/servers';

const never = new AbortController().signal;
const key = Buffer.from('a key that nobody may see in any text').toString('base64');
const signature = 'c2lnbmF0dXJlIHRoYXQgbm9ib2R5IG1heSBzZWU=';

function toolsFor(changes: Parameters<typeof transport>[0] = {}) {
  const lines: string[] = [];
  return { transport: transport(changes), log: (line: string) => void lines.push(line), lines };
}

function account(base: string): StorageAccess {
  return { kind: 'account', base, account: 'weather', key, connectionString: `DefaultEndpointsProtocol=https;AccountName=weather;AccountKey=${key}` };
}

function token(base: string): StorageAccess {
  return { kind: 'container', base, container: 'box', sas: `?sv=2025-01-05&sr=c&sp=rl&se=2099-01-01T00%3A00%3A00Z&sig=${encodeURIComponent(signature)}` };
}

/** The error of some work, which may hold no secret anywhere. */
async function failureOf(work: Promise<unknown>): Promise<HumanError> {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof HumanError)) throw new Error(`Not for people: ${String(error)}`);
  expectNoSecret(JSON.stringify({ ...error, message: error.message, stack: error.stack }));
  return error;
}

function expectNoSecret(text: string): void {
  for (const secret of [key, signature, encodeURIComponent(signature)]) expect(text).not.toContain(secret);
}

/** A storage that answers everything alike, and says back whatever it was sent. */
async function refusing(status: number, code: string | undefined, headers: Record<string, string> = {}) {
  const server = await startHttp((request, response) => {
    const said = `${request.url ?? ''} ${request.headers.authorization ?? ''} AccountKey=${key};`.replace(/&/g, '&amp;');
    const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code ?? ''}</Code><Message>No. ${said}\nRequestId:r-1\nTime:2026-01-01T00:00:00Z</Message></Error>`;
    response.writeHead(status, { 'content-type': 'application/xml', ...(code === undefined ? {} : { 'x-ms-error-code': code }), ...headers }).end(request.method === 'HEAD' ? undefined : body);
  });
  return `http://127.0.0.1:${server.port}/weather/`;
}

describe('an answer that says no', () => {
  it.each([
    [403, 'AuthenticationFailed', 'does not accept the account key', 'Copy the connection string again'],
    [403, 'AuthorizationFailure', 'does not let this call in', 'network rules'],
    [403, 'AuthorizationPermissionMismatch', 'does not permit this', 'permissions'],
    [403, 'KeyBasedAuthenticationNotPermitted', 'does not allow account keys', 'by a token'],
    [404, 'ContainerNotFound', 'There is no container "box"', 'Check its name'],
    [409, 'ContainerBeingDeleted', 'is being deleted', 'Wait'],
    [403, 'AccountIsDisabled', 'is disabled', 'owner'],
    [400, 'InvalidResourceName', 'does not accept the name', '3 to 63'],
    [400, 'SomethingNew', 'refused the call (400)', 'own words'],
  ])('%i %s is explained', async (status, code, sentence, advice) => {
    const failure = await failureOf(listBlobs(account(await refusing(status, code)), 'box', '', 10, toolsFor(), never));
    expect(failure).toBeInstanceOf(StorageFailed);
    expect(failure).toMatchObject({ code, message: expect.stringContaining(sentence), advice: expect.stringContaining(advice), detail: expect.stringMatching(new RegExp(`^${code}: No\\. .*RequestId:r-1$`, 's')) });
  });

  it('of a token is explained as such', async () => {
    expect(await failureOf(listBlobs(token(await refusing(403, 'AuthenticationFailed')), 'box', '', 10, toolsFor(), never))).toMatchObject({ message: expect.stringContaining('does not accept the token') });
    expect(await failureOf(checkAccess(token(await refusing(403, 'AuthorizationFailure')), toolsFor(), never))).toMatchObject({ code: 'AuthorizationFailure' });
  });

  it('to HEAD has its code in a header', async () => {
    const base = await refusing(409, 'AccountIsDisabled');
    expect(await failureOf(blobInfo(account(base), { base, container: 'box', name: 'x.csv' }, toolsFor(), never))).toMatchObject({ code: 'AccountIsDisabled' });
  });

  it('tells of a clock that is wrong', async () => {
    const base = await refusing(403, 'AuthenticationFailed', { date: new Date(Date.now() + 45 * 60_000).toUTCString() });
    expect((await failureOf(checkAccess(account(base), toolsFor(), never))).message).toMatch(/: the clock of this computer is 4[45] minutes slow\.$/);
  });

  it('by a redirect is not followed', async () => {
    const asked: string[] = [];
    const server = await startHttp((request, response) => {
      asked.push((request.url ?? '').replace(/\?.*/, ''));
      response.writeHead(307, { location: `http://127.0.0.1:${server.port}/elsewhere` }).end();
    });
    expect((await failureOf(checkAccess(token(`http://127.0.0.1:${server.port}/weather/`), toolsFor(), never))).message).toContain('redirect');
    expect(asked).toEqual(['/weather/box']);
  });

  it('because it is busy is asked again, some times', async () => {
    let calls = 0;
    const server = await startHttp((_request, response) => {
      calls += 1;
      response.writeHead(503).end();
    });
    expect((await failureOf(checkAccess(account(`http://127.0.0.1:${server.port}/weather/`), toolsFor(), never))).message).toContain('is busy');
    expect(calls).toBe(4);
  });

  it('from a real storage with another key', async () => {
    const storage = await startStorage();
    onTestFinished(() => storage.stop());
    expect(await failureOf(checkAccess({ ...storage.access, key, connectionString: '' }, toolsFor(), never))).toMatchObject({ code: expect.stringMatching(/^Auth/) });
  });
});

describe('a network that fails', () => {
  it('is told as such', async () => {
    const { access } = accountAt(await freePort());
    expect(await failureOf(checkAccess(access, toolsFor(), never))).toMatchObject({ name: 'StorageFailed', message: expect.stringMatching(/^The storage on this computer .* is not running\.$/), actions: expect.arrayContaining(['startSample']) });
    expect((await failureOf(checkAccess(account('http://weather.blob.example.test/'), toolsFor(), never))).message).toContain('is not called');
    const tls = await startHttp((_request, response) => void response.end(), identity('other-name'));
    expect((await failureOf(checkAccess(account(`https://127.0.0.1:${tls.port}/`), toolsFor(), never))).message).toContain('belongs to another name');
  });

  it('is asked for by the proxy that is set', async () => {
    const answering = await startHttp((_request, response) => void response.writeHead(403, { 'x-ms-error-code': 'AccountIsDisabled', 'content-encoding': 'gzip' }).end(gzipSync('<Error><Message>Off.</Message></Error>')), identity('server'));
    const proxy = await startProxy({ routes: { 'scoring.example.test:443': answering.port } });
    const failure = await failureOf(checkAccess(account('https://scoring.example.test/'), toolsFor({ proxy: `http://127.0.0.1:${proxy.port}` }), never));
    expect(failure).toMatchObject({ code: 'AccountIsDisabled', detail: 'AccountIsDisabled: Off.' });
    expect(proxy.asked).toEqual(['scoring.example.test:443']);
    const refused = await startProxy({ refusal: 'HTTP/1.1 403 Forbidden' });
    expect((await failureOf(checkAccess(account('https://scoring.example.test/'), toolsFor({ proxy: `http://127.0.0.1:${refused.port}` }), never))).message).toContain('refused to connect');
  });
});

it('tells storage nothing of this computer', async () => {
  const seen: string[] = [];
  const server = await startHttp((request, response) => {
    seen.push(...Object.keys(request.headers));
    response.writeHead(404).end();
  });
  const base = `http://127.0.0.1:${server.port}/weather/`;
  await failureOf(listBlobs(account(base), 'box', '', 10, toolsFor(), never));
  expect(seen.filter((name) => !name.startsWith('x-ms-')).sort()).toEqual(['accept', 'authorization', 'connection', 'host']);
});

it('is cancelled while it waits for the next try', async () => {
  const control = new AbortController();
  const asked = signalled();
  let calls = 0;
  const server = await startHttp((_request, response) => {
    calls += 1;
    if (calls === 2) asked.happen();
    response.writeHead(500).end();
  });
  const base = `http://127.0.0.1:${server.port}/weather/`;
  const tools = toolsFor();
  const working = uploadBlob(account(base), { base, container: 'box', name: 'x.csv' }, { data: Buffer.from('x') }, { overwrite: true, metadata: {}, onProgress: () => undefined }, tools, control.signal).catch((error: unknown) => error);
  await asked.happened;
  control.abort();
  expect(await working).toBeInstanceOf(Cancelled);
  expectNoSecret(tools.lines.join('\n'));
  expect(calls).toBe(2);
});
