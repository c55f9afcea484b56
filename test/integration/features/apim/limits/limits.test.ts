// The form that limits calls against Sample API Management over real sockets: read, save, somebody else's change, the service's refusal.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { FormContent, LimitsDraft } from '../../../../../src/features/apim/limits/messages';
import { LimitsSession } from '../../../../../src/features/apim/limits/session';
import type { PolicyScope } from '../../../../../src/features/apim/policy/policyScope';
import { HumanError, messageOf } from '../../../../../src/model/errors';
import type { Arm } from '../../../../../src/model/arm';
import { propertiesOf, startRunning, token, type Running } from '../../../sample/apim/armClient';
import { clientAt, instanceAt } from '../publish/samplePublishing';

const starter: PolicyScope = { kind: 'product', product: 'starter' };
const policyPath = '/products/starter/policies/policy';
let running: Running;
let arm: Arm;
let close: () => void;
let first: string;

beforeAll(async () => {
  running = await startRunning();
  ({ arm, close } = clientAt({ endpoint: running.apim.place.endpoint, token }));
  first = await text();
});
afterAll(async () => {
  close();
  await running.apim.stop();
});
beforeEach(() => running.put(policyPath, { format: 'rawxml', value: first }));

async function text(path = policyPath): Promise<string> {
  return String(propertiesOf(await running.call('GET', `${path}?format=rawxml`))['value']);
}

async function loaded(scope: PolicyScope): Promise<LimitsSession> {
  const instance = instanceAt({ endpoint: running.apim.place.endpoint, gateway: running.apim.gatewayUrl });
  const session = new LimitsSession({
    arms: () => Promise.resolve(arm), now: () => 0, changed: () => undefined,
    describe: (error) => ({ sentence: messageOf(error), ...(error instanceof HumanError ? { detail: error.detail, actions: error.actions } : {}) }),
  }, { instance, scope, titles: [] });
  await session.load();
  return session;
}

function formOf(session: LimitsSession): FormContent {
  const { content } = session.view();
  expect.assert(content?.kind === 'form', session.view().problem?.sentence);
  return content;
}

function type(session: LimitsSession, changed: Partial<LimitsDraft>): void {
  session.change({ ...formOf(session).draft, ...changed }, 1);
}

it('reads a product with its tier, changes its limits, and leaves all else', async () => {
  const session = await loaded(starter);
  expect(session.view()).toMatchObject({ title: 'Limit Calls of Product Starter', sample: true, beside: [{ source: 'All APIs', limits: [] }] });
  expect(formOf(session)).toMatchObject({ by: ['subscription', 'ip'], draft: { calls: '5', seconds: '60', quotaCalls: '100', quotaSpan: '604800' } });
  type(session, { calls: '20', by: 'ip', quotaCalls: '', quotaKilobytes: '4000' });
  await session.save();
  expect(session.view()).toMatchObject({ notice: 'saved', content: { diff: [], draft: { calls: '20', by: 'ip', quotaKilobytes: '4000' } } });
  expect(await text()).toBe(first.replace('<rate-limit calls="5" renewal-period="60" />',
    '<rate-limit-by-key calls="20" renewal-period="60" counter-key="@(context.Request.IpAddress)" />')
    .replace('<quota calls="100" renewal-period="604800" />', '<quota renewal-period="604800" bandwidth="4000" />'));
  type(session, { limited: false, quota: false });
  await session.save();
  expect(formOf(session)).toMatchObject({ draft: { limited: false, quota: false }, warnings: [] });
  expect(await text()).not.toMatch(/rate-limit|quota/);
});

it('makes the policy of an API that has none, with what it inherits from its product', async () => {
  await running.put('/apis/demo', { displayName: 'Demo API', path: 'demo', protocols: ['https'], serviceUrl: 'https://region.example' });
  await running.call('PUT', '/products/starter/apis/demo');
  const session = await loaded({ kind: 'api', api: 'demo' });
  expect(formOf(session)).toMatchObject({ isNew: true, hasQuota: false, draft: { limited: false } });
  type(session, { limited: true, calls: '50' });
  expect(session.view().beside).toMatchObject([{ source: 'All APIs' }, { source: 'Product Starter', limits: [{ wins: true }, {}] }]);
  await session.save();
  expect(session.view()).toMatchObject({ notice: 'saved', content: { isNew: false, rateVerdict: 'Wins for other callers' } });
  expect(await text('/apis/demo/policies/policy')).toContain('<rate-limit calls="50" renewal-period="60" />');
});

it('writes over no change of somebody else', async () => {
  const session = await loaded(starter);
  type(session, { calls: '20' });
  const theirs = first.replace('renewal-period="60"', 'renewal-period="30"');
  await running.put(policyPath, { format: 'rawxml', value: theirs });
  await session.save();
  expect([session.view().notice, await text()]).toEqual(['changed', theirs]);
  expect(session.conflict()).toMatchObject({ before: theirs, after: first.replace('calls="5"', 'calls="20"') });
  await session.save();
  expect(await text()).toBe(theirs.replace('calls="5"', 'calls="20"'));
});

it('tells the line and column that the service refuses, and nothing is changed', async () => {
  await running.put('/namedValues/most', { displayName: 'most', value: '9' });
  await running.put(policyPath, { format: 'rawxml', value: first.replace('<base />', '<base />\r\n\t\t<set-header name="{{most}}" exists-action="delete" />') });
  const before = await text();
  const session = await loaded(starter);
  type(session, { calls: '20' });
  // What the policy names has another name since.
  await running.put('/namedValues/most', { displayName: 'other', value: '9' }, { 'If-Match': '*' });
  await session.save();
  const { problem, content } = session.view();
  expect(problem).toMatchObject({
    sentence: 'API Management refused the policy: something is wrong at line 6, column 4 of it.', detail: expect.stringContaining("Cannot find a property 'most'"),
  });
  expect(content).toMatchObject({ wrongLine: 6, draft: { calls: '20' } });
  expect(await text()).toBe(before);
});
