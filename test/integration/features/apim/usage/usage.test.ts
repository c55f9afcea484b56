// Usage against Sample API Management over real sockets: what is counted is what was really called, and the refused are those who were.

import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApimInstance } from '../../../../../src/features/apim/instance';
import type { UsagePeriod } from '../../../../../src/features/apim/usage/period';
import { UsageSession } from '../../../../../src/features/apim/usage/session';
import { usageTable } from '../../../../../src/features/apim/usage/tables';
import type { UsageIds } from '../../../../../src/features/apim/usage/usageShape';
import { usageView } from '../../../../../src/features/apim/usage/usageView';
import type { Arm } from '../../../../../src/model/arm';
import { HumanError, messageOf } from '../../../../../src/model/errors';
import { callAt, noon, startRunning, token, type Running } from '../../../sample/apim/armClient';
import { clientAt, instanceAt } from '../publish/samplePublishing';

const hour = 3_600_000;
let running: Running;
let backend: Server;
let arm: Arm;
let close: () => void;
let time = noon;

/** What was called, by status, as the callers saw it. */
const seen: { readonly subscription: string; readonly status: number }[] = [];

beforeAll(async () => {
  running = await startRunning({ now: () => time });
  ({ arm, close } = clientAt({ endpoint: running.apim.place.endpoint, token }));
  backend = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(request.url?.includes('fails') ? 500 : request.url?.includes('lost') ? 404 : 200).end('{"a":1}'));
  });
  await new Promise<void>((done) => backend.listen(0, '127.0.0.1', done));
  const address = backend.address();
  const serviceUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  for (const api of ['weather', 'other']) {
    await running.put(`/apis/${api}`, { displayName: api === 'weather' ? 'Weather' : 'Other', path: api, protocols: ['http'], serviceUrl });
    await running.put(`/apis/${api}/operations/score`, { displayName: 'Score', method: 'POST', urlTemplate: '/{what}', templateParameters: [{ name: 'what', type: 'string', required: true }] });
    await running.call('PUT', `/products/starter/apis/${api}`);
    await running.call('PUT', `/products/unlimited/apis/${api}`);
  }
  await running.put('/subscriptions/team', { scope: '/products/starter', displayName: 'Team', state: 'active' });
  await running.put('/subscriptions/free', { scope: '/products/unlimited', displayName: 'Free', state: 'active' });
  const call = async (subscription: string, path: string): Promise<void> => {
    const key = String(running.apim.store.get(`/subscriptions/${subscription}`)?.properties['primaryKey'] ?? 'no-such-key');
    const { status } = await callAt(`${running.apim.gatewayUrl}${path}`, 'POST', { headers: { 'Ocp-Apim-Subscription-Key': key }, body: '{}' });
    seen.push({ subscription, status });
  };
  for (let times = 0; times < 8; times += 1) await call('team', '/weather/score');
  time = noon + 2 * hour;
  for (const path of ['/weather/score', '/weather/fails', '/other/lost', '/other/score']) await call('free', path);
  for (let times = 0; times < 3; times += 1) await call('nobody', '/weather/score');
  time = noon + 2 * hour + 60_000;
});
afterAll(async () => {
  close();
  await new Promise((done) => backend.close(done));
  await running.apim.stop();
});

const counted = (isMeant: (status: number) => boolean, subscription?: string): number =>
  seen.filter((each) => isMeant(each.status) && (subscription === undefined || each.subscription === subscription)).length;

function some(ids: UsageIds = {}, more: Partial<ApimInstance> = {}, chosen?: UsagePeriod): UsageSession {
  const instance = { ...instanceAt({ endpoint: running.apim.place.endpoint, gateway: running.apim.gatewayUrl }), ...more };
  return new UsageSession({
    arms: () => Promise.resolve(arm), now: () => time,
    describe: (error) => ({ sentence: messageOf(error), ...(error instanceof HumanError && error.actions ? { actions: error.actions } : {}) }),
  }, { instance, ids, titles: [] }, chosen);
}

async function loaded(ids?: UsageIds): Promise<UsageSession> {
  const session = some(ids);
  expect(await session.load()).toBe(true);
  return session;
}

it('counts what was called, and tells zeros from nothing', async () => {
  expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429, 429, 200, 500, 404, 200, 401, 401, 401]);
  const session = await loaded();
  const { read } = session.now;
  expect(read?.total).toMatchObject({
    calls: seen.length, succeeded: counted((status) => status === 200), failed: counted((status) => status === 500), blocked: counted((status) => status === 429 || status === 401),
    other: counted((status) => status === 404),
  });
  expect(read?.total.time?.most).toBeGreaterThan(0);
  expect(read?.told).toBe('calls');
  const slots = read?.slots.numbers ?? [];
  expect([slots.length, slots.filter((each) => each !== undefined).map(({ calls }) => calls)]).toEqual([97, [8, 7]]);
  const rows = (kind: string): readonly unknown[] => (read?.breakdowns.find((each) => each.kind === kind)?.rows ?? []).map(({ name, numbers }) => [name, numbers.calls, numbers.blocked]);
  expect(rows('api')).toEqual([['Weather', 13, 6], ['Other', 2, 0]]);
  expect(rows('operation')).toEqual([['Score', 13, 6], ['Score', 2, 0]]);
  expect(rows('product')).toEqual([['Starter', 8, 3], ['Unlimited', 4, 0]]);
  expect(rows('subscription')).toEqual([['Team', 8, 3], ['Free', 4, 0], [expect.any(String), 0, 0]]);
  const content = usageView(session.now).content;
  expect.assert(content?.kind === 'usage');
  expect(content.breakdowns.find(({ kind }) => kind === 'operation')?.bars.map(({ title, detail }) => [title, detail])).toEqual([['Score', 'Weather'], ['Score', 'Other']]);
});

it('looks at the last hour first where all calls lie in it, unless a person has chosen', async () => {
  // The calls of this subscription were made a minute ago, those of the other two hours before.
  const session = await loaded({ subscription: 'free' });
  expect([session.now.settings.period, session.now.read?.total.calls, session.now.read?.slots.numbers.length])
    .toEqual([{ kind: 'last', span: 'hour' }, 4, 5]);
  expect((await loaded({ subscription: 'team' })).now.settings.period).toEqual({ kind: 'last', span: 'day' });
  const chosen = some({ subscription: 'free' }, {}, { kind: 'last', span: 'day' });
  await chosen.load();
  expect(chosen.now.settings.period).toEqual({ kind: 'last', span: 'day' });
  // It is so at first alone.
  await session.setPeriod({ kind: 'last', span: 'day' });
  expect([session.now.settings.period, session.now.read?.slots.numbers.length]).toEqual([{ kind: 'last', span: 'day' }, 97]);
  const stopped = some({ subscription: 'free' });
  const reading = stopped.load();
  await stopped.setPeriod({ kind: 'last', span: 'week' });
  expect([await reading, stopped.now.settings.period]).toEqual([false, { kind: 'last', span: 'week' }]);
});

it('says how many calls are of no product and no subscription', async () => {
  const session = await loaded();
  const content = usageView(session.now).content;
  expect.assert(content?.kind === 'usage');
  expect(content.breakdowns.map(({ kind, rest }) => [kind, rest])).toEqual([
    ['api', ''], ['operation', ''], ['product', '3 calls belong to no product.'], ['subscription', '3 calls belong to no subscription.'],
  ]);
  expect(usageTable('product', session.now, 'UTC')?.notes).toEqual(['3 calls belong to no product.']);
  expect(usageTable('api', session.now, 'UTC')?.notes).toEqual([]);
});

it('narrows to a time, an API, a product and a subscription, and says what no report tells', async () => {
  const session = await loaded();
  // What was called just at the end belongs to the next slot.
  await session.narrowTime(noon, noon + 2 * hour);
  expect([session.now.read?.total.calls, session.now.read?.slots.numbers.length]).toEqual([8, 8]);
  await session.narrowTime(noon + 2 * hour, noon + 3 * hour);
  expect(session.now.read?.total.calls).toBe(7);
  expect(session.goesOn).toBe(false);
  await session.narrow('api', '["weather","","",""]');
  expect([session.now.read?.total.calls, session.now.read?.breakdowns.map(({ kind }) => kind)]).toEqual([5, ['operation']]);
  expect(session.now.read?.notes).toEqual(['API Management does not report the calls of one API by product or subscription. The single requests tell them.']);
  expect(usageView(session.now).chips).toEqual([{ key: 'time', fromMs: noon + 2 * hour, toMs: noon + 3 * hour }, { key: 'api', title: 'Weather' }]);
  await session.narrow('operation', '["weather","score","",""]');
  expect(session.now.read?.total.calls).toBe(5);
  await session.widen('operation');
  await session.widen('api');
  await session.widen('time');
  await session.narrow('product', '["","","unlimited",""]');
  await session.narrow('subscription', '["","","","free"]');
  expect([session.now.read?.total.calls, session.now.read?.breakdowns.map(({ kind }) => kind)]).toEqual([4, ['api', 'operation']]);
  expect(await session.narrow('api', 'nothing')).toBe(false);
  for (const [ids, calls] of [[{ api: 'other' }, 2], [{ api: 'other', operation: 'score' }, 2], [{ product: 'starter' }, 8], [{ subscription: 'free' }, 4]] as const) {
    expect((await loaded(ids)).now.read?.total.calls).toBe(calls);
  }
});

it('cuts ninety days into quarters of an hour, and finds nothing long before', async () => {
  const session = await loaded();
  await session.setPeriod({ kind: 'last', span: 'quarter' });
  expect(session.now.read?.intervalMs).toBe(12 * hour);
  await session.setInterval(hour / 4);
  expect([session.now.read?.slots.numbers.length, session.now.read?.total.calls]).toEqual([8_641, seen.length]);
  await session.setPeriod({ kind: 'between', fromMs: noon - 48 * hour, toMs: noon - 24 * hour });
  // Rows of zeros are told of what nobody called.
  expect([session.now.read?.told, session.now.read?.total.calls]).toEqual(['zeros', 0]);
});

it('tells who is refused, with which status and by which limit', async () => {
  const session = some();
  await session.look('throttled', true);
  await session.load();
  expect(session.now.throttled).toMatchObject({
    rows: [
      {
        title: 'Team', blocked: 3, calls: 8, byStatus: { 429: 3, 403: 0, 401: 0 },
        limits: [
          { scope: { kind: 'product', product: 'starter' }, state: 'read', title: 'Starter', limits: ['5 calls in 60 seconds', 'a quota of 100 calls in 7 days'] },
          { scope: { kind: 'api', api: 'weather' }, state: 'read', title: 'Weather', limits: [] },
        ],
      },
      { title: 'Callers without a valid key', blocked: 3, byStatus: { 429: 0, 403: 0, 401: 3 }, limits: [] },
    ],
    notes: [],
  });
  // No report by subscription tells of one API: single requests do, and names are asked for.
  const ofApi = await loaded({ api: 'weather' });
  await ofApi.look('throttled');
  expect(ofApi.now.throttled?.rows.map(({ title, blocked, calls }) => [title, blocked, calls])).toEqual([['Team', 3, undefined], ['Callers without a valid key', 3, undefined]]);
  await ofApi.narrow('subscription', ofApi.now.throttled?.rows[0]?.key ?? '');
  expect(ofApi.now.read?.total.calls).toBe(8);
});

it('has its numbers as tables, and single requests without keys', async () => {
  const session = await loaded();
  const zone = 'Europe/Berlin';
  const overTime = usageTable('time', session.now, zone);
  const names = overTime?.columns.map(({ name }) => name) ?? [];
  expect(names.slice(0, 4)).toEqual(['Start (Europe/Berlin)', 'Start (UTC)', 'Calls', 'Succeeded']);
  // Noon, two hours before now: a slot of which nothing is told ends behind its time.
  const rows = overTime?.rows ?? [];
  expect(rows.slice(-9, -7).map((row) => row.slice(0, 4))).toEqual([['2026-11-30 13:00', '2026-11-30T12:00Z', '8', '5'], ['2026-11-30 13:15', '2026-11-30T12:15Z']]);
  // Where the zone is universal time, it is not told twice.
  expect(usageTable('time', session.now, 'UTC')?.columns.map(({ name }) => name).slice(0, 2)).toEqual(['Start (UTC)', 'Calls']);
  expect(usageTable('subscription', session.now, zone)?.rows[0]?.slice(0, 6)).toEqual(['Team', 'team', 'Starter', expect.any(String), '8', '5']);
  expect(usageTable('requests', session.now, zone)).toBeUndefined();
  await session.look('requests');
  const requests = usageTable('requests', session.now, zone);
  const refused = requests?.rows.find(([, status]) => status === '401');
  // Short at the front, and whole at the end.
  expect([requests?.columns[0]?.name, refused?.[0], refused?.at(-1)])
    .toEqual(['Time (Europe/Berlin)', '15:00:00', '2026-11-30T14:00:00.000Z']);
  expect([requests?.totalRows, refused?.slice(1, 8)]).toEqual([15, ['401', 'POST', `${running.apim.gatewayUrl}/weather/score`, 'Weather', 'Score', '', '']]);
  // The latest first.
  expect(requests?.rows.map(([at]) => at)).toEqual(requests?.rows.map(([at]) => at).toSorted().toReversed());
  expect(usageView(session.now).requests).toEqual({ kept: true, rows: 15, count: 15, more: false });
  for (const table of [overTime, requests]) expect(JSON.stringify(table)).not.toMatch(/[\da-f]{32}/);
});

it('says of a tier without reports that it has none', async () => {
  for (const sku of ['Consumption', 'StandardV2']) {
    const { path } = await running.create(`without-${sku.toLowerCase()}`, sku);
    const session = some({}, { id: path, sku });
    expect(await session.load()).toBe(false);
    expect(usageView(session.now)).toMatchObject({ content: { kind: 'none', sentence: `The ${sku} tier of API Management keeps no reports.` }, tables: [] });
    expect(usageView(session.now).problem).toBeUndefined();
  }
});

it('waits where Azure lets nothing through, and says so', async () => {
  const session = some();
  const waits: (string | undefined)[] = [];
  session.onDidChange(() => void waits.push(session.now.wait));
  await running.fault({ fault: 'throttle', match: '/reports/bytime' });
  expect(await session.load()).toBe(true);
  expect(waits).toContainEqual(expect.stringMatching(/^too many calls: waits/));
  expect(session.now.wait).toBeUndefined();
});

it('does without a report that the instance does not give', async () => {
  await running.fault({ fault: 'empty404', match: '/reports/byproduct' });
  await running.fault({ fault: 'empty404', match: '/reports/byrequest', count: 2 });
  const session = await loaded();
  expect(session.now.read?.breakdowns.map(({ kind }) => kind)).toEqual(['api', 'operation', 'subscription']);
  expect(session.now.read?.notes).toEqual(['The instance gives no report by product.']);
  await session.look('requests');
  expect(usageView(session.now).requests).toEqual({ kept: false, rows: 0, more: false });
  // Then the report by subscription tells how many, and nobody with which status.
  await session.look('throttled');
  expect(session.now.throttled?.rows.map(({ title, blocked, calls, byStatus }) => [title, blocked, calls, byStatus])).toEqual([
    ['Team', 3, 8, undefined], ['Callers without a subscription', 3, undefined, undefined],
  ]);
  expect(session.now.throttled?.notes).toEqual(['The instance keeps no single requests, so it is not known with which status they were refused.']);
});

it('keeps what was read where the next read comes to nothing, and tries the same again', async () => {
  const session = await loaded();
  await running.fault({ fault: 'forbidden', match: '/reports/bytime' });
  expect(await session.setPeriod({ kind: 'last', span: 'month' })).toBe(false);
  expect(session.now.problem?.sentence).toContain('the role "Reader" is missing there.');
  // What is shown is of the day still, and nothing is asked for again without a person.
  expect([session.now.settings.period, session.now.read?.intervalMs, session.goesOn]).toEqual([{ kind: 'last', span: 'day' }, hour / 4, false]);
  expect(await session.load()).toBe(true);
  expect([session.now.settings.period, session.now.problem]).toEqual([{ kind: 'last', span: 'month' }, undefined]);
  await session.setPeriod({ kind: 'last', span: 'day' });
  const broken = some({}, { id: `${session.target.instance.id}-gone` });
  expect(await broken.load()).toBe(false);
  expect(broken.now.problem?.sentence).toContain('is not there');
  expect(broken.goesOn).toBe(false);
  const reading = session.setPeriod({ kind: 'last', span: 'hour' });
  session.stop();
  expect(await reading).toBe(false);
  expect([session.now.settings.period, session.now.problem, session.now.busy]).toEqual([{ kind: 'last', span: 'day' }, undefined, false]);
  // Another wish ends the one before, and holds.
  const [first, second] = await Promise.all([session.setPeriod({ kind: 'last', span: 'hour' }), session.setPeriod({ kind: 'last', span: 'week' })]);
  expect([first, second, session.now.settings.period, session.now.read?.intervalMs]).toEqual([false, true, { kind: 'last', span: 'week' }, hour]);
});

it('has thousands of single requests page by page, and as many of them after the next read', async () => {
  const [call] = running.apim.store.calls;
  expect.assert(call !== undefined);
  for (let times = 0; times < 1_500; times += 1) {
    // What the gateway refuses does not reach the service.
    const outcome = times % 3 === 0 ? { status: 429, backendMs: 0 } : { status: 200 };
    running.apim.store.count({ ...call, ...outcome, requestId: `more-${times}` });
  }
  const session = await loaded();
  await session.look('requests');
  expect(usageView(session.now).requests).toEqual({ kept: true, rows: 1_000, count: 1_515, more: true });
  await session.moreRequests();
  expect(usageView(session.now).requests).toEqual({ kept: true, rows: 1_515, count: 1_515, more: false });
  await session.load();
  expect(usageView(session.now).requests?.rows).toBe(1_515);
  await session.setPeriod({ kind: 'last', span: 'week' });
  expect(usageView(session.now).requests?.rows).toBe(1_000);
  await session.look('throttled');
  expect(session.now.throttled?.rows[0]).toMatchObject({ title: 'Team', blocked: 503, byStatus: { 429: 503 } });
});
