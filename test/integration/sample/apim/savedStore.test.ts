// What Sample API Management keeps in its folder: all of it, sealed.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startApiManagement, type ApiManagement } from '../../../../src/sample/apim/start';
import { noon, propertiesOf, running, token } from './armClient';

let folder: string;
let file: string;
let told: string[];
const started: ApiManagement[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sample-apim-'));
  file = join(folder, 'api-management.json');
  told = [];
});
afterEach(async () => {
  for (const each of started.splice(0)) await each.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(own = token): Promise<ApiManagement> {
  const apim = await startApiManagement({
    arm: (begin) => begin(0), gateway: (begin) => begin(0), token: own, file, now: () => noon, tell: (line) => told.push(line),
  });
  started.push(apim);
  return apim;
}

it('is there again, ETags and keys too, and no secret can be read in it', async () => {
  const first = running(await start());
  await first.put('/namedValues/key', { displayName: 'service-key', value: 'a-very-secret-value', secret: true });
  await first.put('/subscriptions/one', { displayName: 'One', scope: '/apis', primaryKey: 'a-subscription-key' });
  // The answer comes when it is kept: what follows is a process that was killed.
  const text = readFileSync(file, 'utf8');
  for (const secret of ['a-very-secret-value', 'a-subscription-key', token]) expect(text).not.toContain(secret);
  for (const value of Object.values<unknown>(JSON.parse(text))) {
    const bytes = Buffer.from(String(value), 'base64').toString('latin1');
    for (const secret of ['a-very-secret-value', 'a-subscription-key', token]) expect(bytes).not.toContain(secret);
  }
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);

  const second = running(await start());
  expect((await second.call('POST', '/namedValues/key/listValue')).json).toEqual({ value: 'a-very-secret-value' });
  expect((await second.call('POST', '/subscriptions/one/listSecrets')).json).toMatchObject({ primaryKey: 'a-subscription-key' });
  const [before, after] = [await first.call('GET', '/subscriptions/one'), await second.call('GET', '/subscriptions/one')];
  expect([after.headers.etag, propertiesOf(after)]).toEqual([before.headers.etag, propertiesOf(before)]);
  expect(told).toEqual([]);
});

it('is begun anew with another token, and from a file that is none', async () => {
  await running(await start()).put('/products/mine', { displayName: 'Mine' });
  const other = await start('another-token');
  expect(other.store.get('/products/mine')).toBeUndefined();
  expect(other.store.get('/products/starter')).toBeDefined();
  expect(told).toEqual(['What Sample API Management had is sealed by another token, so it begins anew.']);
  for (const each of started.splice(0)) await each.stop();
  for (const text of ['', '{', '{"salt":"x"}', '[]', '{"salt":"AAAA","iv":"AAAA","tag":"AAAA","data":"AAAA"}']) {
    writeFileSync(file, text);
    expect((await start()).store.get('/products/starter')).toBeDefined();
    for (const each of started.splice(0)) await each.stop();
  }
});

it('has the calls of the gateway too, in a while or at the end', async () => {
  const first = await start();
  const call = {
    at: noon, apiId: 'demo', operationId: '', productId: '', subscriptionId: '', userId: '', status: 200, ms: 1, backendMs: 1,
    requestBytes: 0, responseBytes: 0, ip: '', requestId: '', method: 'GET', url: '',
  };
  first.store.count(call);
  first.flush();
  expect((await start()).store.calls).toEqual([call]);
  expect(readdirSync(folder)).toEqual(['api-management.json']);
});

it('is not written any more when the file is another\'s', async () => {
  const apim = await start();
  await running(apim).put('/products/mine', { displayName: 'Mine' });
  const before = readFileSync(file, 'utf8');
  apim.letGo();
  await running(apim).put('/products/mine', { displayName: 'Mine no more' });
  apim.store.put('/products/late', {});
  apim.flush();
  expect(readFileSync(file, 'utf8')).toBe(before);
});

it('is told of when it cannot be kept', async () => {
  const apim = running(await start());
  rmSync(folder, { recursive: true });
  expect((await apim.put('/products/mine', { displayName: 'Mine' })).status).toBe(201);
  expect((await apim.put('/products/mine', { displayName: 'Mine again' })).status).toBe(200);
  expect(told).toEqual([expect.stringContaining('could not be kept: ENOENT')]);
});
