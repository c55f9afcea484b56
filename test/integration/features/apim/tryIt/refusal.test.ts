// Why the gateway of Sample API Management refused real calls: which key, limit or product it was, and where that is changed.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { readEntry } from '../../../../../src/features/apim/load/readers';
import type { Entry, EntryKind } from '../../../../../src/features/apim/items';
import type { ApimInstance } from '../../../../../src/features/apim/instance';
import { explainRefusal, type ExplainedRefusal, type RefusedCall } from '../../../../../src/features/apim/tryIt/refusal';
import { member } from '../../../../../src/base/shape';
import type { Arm } from '../../../../../src/model/arm';
import { callAt, startRunning, token, type Running } from '../../../sample/apim/armClient';
import { clientAt, instanceAt } from '../publish/samplePublishing';

let running: Running;
let arm: Arm;
let close: () => void;
let instance: ApimInstance;

beforeEach(async () => {
  running = await startRunning();
  ({ arm, close } = clientAt({ endpoint: running.apim.place.endpoint, token }));
  instance = instanceAt({ endpoint: running.apim.place.endpoint, gateway: running.apim.gatewayUrl });
  for (const [api, title] of [['weather', 'Weather'], ['other', 'Other']]) {
    await running.put(`/apis/${api}`, { displayName: title, path: api, protocols: ['https'], serviceUrl: 'http://127.0.0.1:9' });
    await running.put(`/apis/${api}/operations/score`, { displayName: 'Score', method: 'POST', urlTemplate: '/score' });
  }
  await running.call('PUT', '/products/starter/apis/weather');
  await running.put('/subscriptions/team', { scope: '/products/starter', displayName: 'Team', state: 'active' });
  await running.put('/subscriptions/other', { scope: '/apis/other', displayName: 'Only Other', state: 'active' });
});
afterEach(async () => {
  close();
  await running.apim.stop();
});

async function entry(kind: EntryKind, path: string): Promise<Entry> {
  const found = readEntry(kind, (await running.call('GET', path)).json);
  expect.assert(found !== undefined);
  return found;
}

const policy = (inbound: string): object => ({
  format: 'rawxml',
  value: `<policies><inbound><base />${inbound}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
});

/** Calls the API with the key of a subscription until it is refused, at most so often, and explains that. */
async function refused(name: string | undefined, { api = 'weather', times = 1, status = 401 } = {}): Promise<ExplainedRefusal> {
  const key = name === undefined ? undefined : String(running.apim.store.get(`/subscriptions/${name}`)?.properties['primaryKey']);
  let answer = await once(api, key);
  for (let made = 1; made < times && answer.status !== status; made += 1) answer = await once(api, key);
  expect(answer.status).toBe(status);
  const call: RefusedCall = {
    api: await entry('api', `/apis/${api}`), operation: await entry('operation', `/apis/${api}/operations/score`),
    subscription: name === undefined ? undefined : await entry('subscription', `/subscriptions/${name}`), status,
    message: answer.message, problem: { sentence: 'No.', detail: answer.message },
    retryAfterMs: answer.retryAfter === undefined ? undefined : Number(answer.retryAfter) * 1000,
  };
  const explained = await explainRefusal({ arm, instance, options: { signal: new AbortController().signal } }, call);
  expect(JSON.stringify(explained)).not.toContain(key ?? 'no key');
  return explained;
}

async function once(api: string, key: string | undefined): Promise<{ readonly status: number; readonly message: string; readonly retryAfter: string | undefined }> {
  const headers = key === undefined ? undefined : { 'Ocp-Apim-Subscription-Key': key };
  const { status, json, headers: heads } = await callAt(`${running.apim.gatewayUrl}/${api}/score`, 'POST', { ...(headers ? { headers } : {}), body: '{}' });
  return { status, message: String(member(json, 'message')), retryAfter: typeof heads['retry-after'] === 'string' ? heads['retry-after'] : undefined };
}

it('a key that was not sent', async () => {
  const { problem } = await refused(undefined);
  expect(problem).toMatchObject({ sentence: 'The API "Weather" asks for a subscription key, and none was sent.', actions: ['retry'] });
  expect(problem.detail).toContain('missing subscription key');
});

it('a subscription that was suspended, with the line that is activated', async () => {
  await running.call('PATCH', '/subscriptions/team', { body: { properties: { state: 'suspended' } }, headers: { 'If-Match': '*' } });
  expect(await refused('team')).toMatchObject({
    problem: { sentence: 'The keys of the subscription "Team" are refused, as it is not active (suspended).', actions: ['activateSubscription', 'retry'] },
    node: { kind: 'entry', entry: { kind: 'subscription', name: 'team' } },
  });
});

it('a product that does not hold the API, with the product', async () => {
  expect(await refused('team', { api: 'other' })).toMatchObject({
    problem: { sentence: 'The key of "Team" opens the product "Starter", and the API "Other" is not in it.', actions: ['addApiToProduct', 'retry'] },
    node: { entry: { kind: 'product', name: 'starter' } },
  });
});

it('a key for another API', async () => {
  expect((await refused('other')).problem.sentence).toBe('The key of "Only Other" opens the API "Other" alone, not "Weather".');
});

it('a key that was made anew while it was sent', async () => {
  const entryNow = await entry('subscription', '/subscriptions/team');
  const call: RefusedCall = {
    api: await entry('api', '/apis/weather'), operation: await entry('operation', '/apis/weather/operations/score'), subscription: entryNow,
    status: 401, message: 'Access denied due to invalid subscription key. Make sure …', problem: { sentence: 'No.' },
  };
  const place = { arm, instance, options: { signal: new AbortController().signal } };
  expect((await explainRefusal(place, call)).problem.sentence).toBe('The gateway refuses the key of "Team", though the subscription is active.');
  await running.call('DELETE', '/subscriptions/team', { headers: { 'If-Match': '*' } });
  expect((await explainRefusal(place, call)).problem.sentence).toBe('The subscription "Team" is no longer there, so its keys are refused.');
});

it('the limit of a product, with its numbers and the line of Limit Calls', async () => {
  expect(await refused('team', { times: 6, status: 429 })).toMatchObject({
    problem: { sentence: expect.stringMatching(/^A limit of calls is reached, that of the product "Starter": 5 calls in (?:1 minute|60 s)/), actions: ['limitCalls', 'retry'] },
    node: { entry: { kind: 'product', name: 'starter' } },
  });
});

it('of several limits the tightest is named, and the others', async () => {
  await running.put('/apis/weather/policies/policy', policy('<rate-limit calls="50" renewal-period="60" />'));
  await running.put('/apis/weather/operations/score/policies/policy', policy('<rate-limit calls="3" renewal-period="60" />'));
  const { problem, node } = await refused('team', { times: 6, status: 429 });
  expect(problem.sentence).toMatch(/^A limit of calls is reached, most likely that of the operation "Score": 3 calls in /);
  expect(problem.advice).toMatch(/^Others that count: .*the API "Weather": 50 calls in .*; .*the product "Starter": 5 calls in|the product "Starter": 5 calls in .*; the API "Weather"/);
  expect(node).toMatchObject({ entry: { kind: 'operation', name: 'score' } });
});

it('a quota, which is not a matter of permissions', async () => {
  await running.put('/products/starter/policies/policy', policy('<quota calls="2" renewal-period="604800" />'));
  const { problem, node } = await refused('team', { times: 3, status: 403 });
  expect(problem.sentence).toMatch(/^A quota is used up, that of the product "Starter": a quota of 2 calls in 7 days/);
  expect(problem.advice).toMatch(/^Send again in .* or change it with Limit Calls\.$/);
  expect(node).toMatchObject({ entry: { kind: 'product', name: 'starter' } });
});

it('a key that passes over products is not told of their limits', async () => {
  await running.put('/apis/weather/policies/policy', policy('<rate-limit calls="1" renewal-period="60" />'));
  expect((await refused('master', { times: 2, status: 429 })).problem.sentence).toMatch(/that of the API "Weather": 1 call/);
});

it('a policy that forbids, and what may not be read', async () => {
  const call: RefusedCall = {
    api: await entry('api', '/apis/weather'), operation: await entry('operation', '/apis/weather/operations/score'), subscription: undefined,
    status: 403, message: 'Forbidden', problem: { sentence: 'No.' },
  };
  const place = { arm, instance, options: { signal: new AbortController().signal } };
  expect(await explainRefusal(place, call)).toMatchObject({
    problem: { sentence: 'A policy of the gateway forbids this call of "Score".', actions: ['editPolicy', 'retry'] }, node: { entry: { name: 'weather' } },
  });
  await running.fault({ fault: 'forbidden', match: '/policies/policy', method: 'GET' });
  expect((await explainRefusal(place, { ...call, status: 429, message: 'Rate limit is exceeded.' })).problem.sentence).toBe('No.');
});
