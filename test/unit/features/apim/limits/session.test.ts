// The form of a scope in a window: what is read, saved, refused, and changed by somebody else meanwhile.

import { beforeEach, describe, expect, it } from 'vitest';
import type { FormContent, LimitsDraft, ToLimitsPage } from '../../../../../src/features/apim/limits/messages';
import { LimitsSession } from '../../../../../src/features/apim/limits/session';
import type { PolicyScope } from '../../../../../src/features/apim/policy/policyScope';
import { ArmFailed, HumanError, messageOf } from '../../../../../src/model/errors';
import { instance, starterPolicy } from '../definitions';
import { armFailure, FakeArm } from '../fakeArm';

const starter: PolicyScope = { kind: 'product', product: 'starter' };
const path = '/products/starter/policies/policy';
const policy = (inside: string): Readonly<Record<string, string>> => ({ format: 'rawxml', value: `<policies><inbound><base />${inside}</inbound></policies>` });
let arm: FakeArm;
let written: string[];

function some(scope: PolicyScope = starter, sku = 'Developer'): LimitsSession {
  return new LimitsSession({
    arms: () => Promise.resolve(arm), now: () => new Date(2026, 10, 30, 14, 0).getTime(), changed: (_, at) => void written.push(at),
    describe: (error) => (error instanceof HumanError
      ? { sentence: error.message, detail: error.detail, actions: error.actions } : { sentence: messageOf(error), detail: 'fault' }),
  }, { instance: { ...instance, sku }, scope, titles: ['Starter'] });
}

async function loaded(scope?: PolicyScope, sku?: string): Promise<LimitsSession> {
  const session = some(scope, sku);
  await session.load();
  return session;
}

function formOf(session: LimitsSession): FormContent {
  const { content, problem } = session.view();
  expect(problem).toBeUndefined();
  expect.assert(content?.kind === 'form');
  return content;
}

/** The person types. */
function type(session: LimitsSession, changed: Partial<LimitsDraft>): FormContent {
  const { draft, turn } = formOf(session);
  session.change({ ...draft, ...changed }, turn + 1);
  return formOf(session);
}

const text = (): unknown => arm.there(path)?.['value'];

beforeEach(() => {
  arm = new FakeArm();
  written = [];
  arm.set('/apis/demo', { displayName: 'Demo API', path: 'demo' });
  arm.set('/apis/demo/operations/rrs', { displayName: 'RRS Execute' });
  arm.set('/products/starter', { displayName: 'Starter' });
  arm.set('/products/starter/apis/demo', { displayName: 'Demo API' });
  arm.set(path, { format: 'rawxml', value: starterPolicy });
});

describe('reading', () => {
  it('shows a product with its limits, what they cost, and the policy of all APIs', async () => {
    arm.set('/policies/policy', policy('<rate-limit-by-key calls="2" renewal-period="60" counter-key="@(context.Request.IpAddress)" />'));
    const session = some();
    const reading = session.load();
    expect(session.view()).toMatchObject({ busy: 'reading', title: 'Limit Calls of Product Starter', beside: [] });
    await reading;
    const view = session.view();
    expect(view).toMatchObject({ title: 'Limit Calls of Product Starter', instance: 'contoso', place: { instance: instance.id, scope: starter } });
    expect(view.besideNotes).toEqual(['It counts for calls of: Demo API. The limits of these APIs count as well.', 'Keys for one API or for all APIs bypass it.']);
    expect(view.beside).toMatchObject([{ source: 'All APIs', limits: [{ text: '2 calls in 60 seconds by key', verdict: 'Wins', wins: true }] }]);
    expect(formOf(session)).toMatchObject({
      draft: { limited: true, calls: '5', seconds: '60', by: 'subscription', quota: true, quotaCalls: '100', quotaSpan: '604800' },
      by: ['subscription', 'ip'], hasQuota: true, why: [], diff: [], changes: false, isNew: false,
      warnings: [
        'The status requests of one batch job use up these 100 calls in 25 minutes (by 14:25 if it starts now). The quota is renewed every 7 days.',
        'One batch job asks for its status 4 times a minute, more often than the limit of all APIs allows.',
      ],
    });
  });

  it('says by what one wins where periods differ, and bounds what it sends', async () => {
    const periods = 'Periods differ: the limit that allows the least per second wins. Another one may still stop a caller earlier.';
    arm.set('/policies/policy', policy('<rate-limit calls="2" renewal-period="60" />'));
    expect((await loaded()).view().besideNotes).not.toContain(periods);
    arm.set('/policies/policy', policy('<quota calls="20" renewal-period="3600" />'));
    expect((await loaded()).view().besideNotes).toContain(periods);
    arm.set('/policies/policy', policy('<quota calls="@(n)" renewal-period="3600" />'));
    expect((await loaded()).view().besideNotes).not.toContain(periods);
    const long = 'a. '.repeat(40_000);
    arm.set(path, policy(`<!-- ${long} --><quota bandwidth="@(${long})" renewal-period="9" /><rate-limit calls="5" renewal-period="9" />`));
    const session = await loaded();
    expect(type(session, { calls: '6' })).toMatchObject({ changes: true, diffCut: true });
    expect(JSON.stringify(session.view()).length).toBeLessThan(20_000);
    arm.set(path, policy(`<!-- ${long} --><quota`));
    const broken = (await loaded()).view();
    expect(broken.content).toMatchObject({ kind: 'text', cut: true });
    expect(JSON.stringify(broken).length).toBeLessThan(20_000);
  });

  it('shows an operation with what it inherits from its API, products and all APIs', async () => {
    arm.set('/apis/demo/policies/policy', policy('<rate-limit calls="50" renewal-period="60" />'));
    const view = (await loaded({ kind: 'operation', api: 'demo', operation: 'rrs' })).view();
    expect(view).toMatchObject({ title: 'Limit Calls of Operation RRS Execute of Demo API' });
    expect(view.beside.map(({ source, limits }) => [source, limits.map(({ text: shown, verdict }) => `${shown} ${verdict}`)])).toEqual([
      ['All APIs', []], ['API Demo API', ['50 calls in 60 seconds Wins for other callers']],
      ['Product Starter', ['5 calls in 60 seconds Wins for callers of this product', 'a quota of 100 calls in 7 days ']],
    ]);
    expect(view.content).toMatchObject({ kind: 'form', isNew: true, hasQuota: false, draft: { limited: false }, why: ['Quotas can be set on products only.'] });
  });

  it('of an API, of a revision and of all APIs asks for what counts there, as rawxml', async () => {
    await loaded({ kind: 'api', api: 'demo' });
    expect([...arm.calls].sort()).toEqual(['GET /apis/demo', 'GET /apis/demo/policies/policy', 'GET /policies/policy', `GET ${path}`, 'LIST /apis/demo/products']);
    arm.set('/apis/demo%3Brev%3D2', { displayName: 'Demo API' });
    expect((await loaded({ kind: 'api', api: 'demo;rev=2' })).view().beside.map(({ source }) => source)).toEqual(['All APIs', 'Product Starter']);
    arm.calls.length = 0;
    const all = await loaded({ kind: 'allApis' }, 'Consumption');
    expect(arm.calls).toEqual(['GET /policies/policy']);
    expect(all.view()).toMatchObject({ title: 'Limit Calls of All APIs', beside: [] });
    expect(formOf(all)).toMatchObject({ by: [], hasQuota: false });
  });

  it('tells what is not there, and tries again', async () => {
    arm.take('/products/starter');
    const session = await loaded();
    expect(session.view()).toMatchObject({ problem: { sentence: 'It says notFound.' } });
    expect(session.view().content).toBeUndefined();
    arm.set('/products/starter', { displayName: 'Starter again' });
    await session.retry();
    expect(session.view()).toMatchObject({ title: 'Limit Calls of Product Starter again' });
    expect(session.view().problem).toBeUndefined();
  });

  it('shows a policy that cannot be read safely as text, masks keys in it, and saves nothing', async () => {
    arm.set(path, { format: 'rawxml', value: '<policies><inbound>\n<a b="0123456789abcdef0123456789abcdef>\n</inbound></policies>' });
    const session = await loaded();
    const { content } = session.view();
    expect(content).toMatchObject({ kind: 'text', reason: expect.stringContaining('cannot be read safely') });
    expect(JSON.stringify(content)).not.toContain('0123456789abcdef');
    await session.save();
    expect([session.result(), arm.calls.filter((call) => call.startsWith('PUT'))]).toEqual([undefined, []]);
  });
});

describe('saving', () => {
  it('writes over what was read and nothing else, and tells it', async () => {
    const session = await loaded();
    expect(type(session, { calls: '20' })).toMatchObject({ turn: 1, changes: true });
    expect(session.result()).toEqual({ name: 'Starter', before: starterPolicy, after: starterPolicy.replace('calls="5"', 'calls="20"') });
    await session.save();
    expect(text()).toBe(starterPolicy.replace('calls="5"', 'calls="20"'));
    expect(session.view()).toMatchObject({ notice: 'saved' });
    expect([written, formOf(session).diff, formOf(session).draft.calls]).toEqual([[path], [], '20']);
    // Read anew: the next save goes over that.
    type(session, { calls: '21' });
    expect(session.view().notice).toBeUndefined();
    await session.save();
    expect(text()).toContain('calls="21"');
  });

  it('does nothing where nothing is changed, or something is wrong', async () => {
    const session = await loaded();
    await session.save();
    expect(type(session, { seconds: '301' })).toMatchObject({ problems: { rateSeconds: expect.stringContaining('300') }, diff: [], changes: false });
    await session.save();
    expect(arm.calls.filter((call) => call.startsWith('PUT'))).toEqual([]);
    session.discard();
    expect(formOf(session)).toMatchObject({ draft: { seconds: '60' }, problems: {}, filled: 2 });
  });

  it('makes a policy where there is none, unless somebody has made one meanwhile', async () => {
    const scope: PolicyScope = { kind: 'api', api: 'demo' };
    const session = await loaded(scope);
    type(session, { limited: true, calls: '7' });
    await session.save();
    expect(arm.there('/apis/demo/policies/policy')?.['value']).toContain('<rate-limit calls="7" renewal-period="60" />');
    arm.take('/apis/demo/policies');
    const other = await loaded(scope);
    type(other, { limited: true, calls: '8' });
    arm.set('/apis/demo/policies/policy', policy('<!-- theirs -->'));
    await other.save();
    expect(other.view().notice).toBe('changed');
    expect(arm.there('/apis/demo/policies/policy')?.['value']).not.toContain('rate-limit');
    expect(formOf(other)).toMatchObject({ isNew: false, draft: { limited: true, calls: '8' } });
  });

  it('tells where a policy that was made elsewhere at that very moment was replaced', async () => {
    const at = '/apis/demo/policies/policy';
    const session = await loaded({ kind: 'api', api: 'demo' });
    type(session, { limited: true, calls: '7' });
    arm.around = ({ verb, when }) => {
      if (verb === 'PUT' && when === 'before') arm.set(at, policy('<!-- theirs -->'));
    };
    await session.save();
    expect(arm.there(at)?.['value']).toContain('calls="7"');
    expect([session.view().notice, written]).toEqual(['replaced', [at]]);
    arm.around = () => undefined;
    // The next one goes over what was read: 200 says nothing there.
    type(session, { calls: '8' });
    await session.save();
    expect(session.view().notice).toBe('saved');
  });

  it('refuses to write over a policy that came without a version', async () => {
    const { find } = arm;
    arm.find = async (...args) => {
      const { etag, ...rest } = (await find.apply(arm, args)) ?? { status: 200, body: {} };
      return etag === undefined ? undefined : rest;
    };
    const session = await loaded();
    type(session, { calls: '20' });
    await session.save();
    expect(session.view().problem?.sentence).toBe('contoso tells of no version (ETag) of this policy.');
    expect([text(), arm.calls.filter((call) => call.startsWith('PUT'))]).toEqual([starterPolicy, []]);
  });

  it('writes over nobody’s change: shows what is there, keeps what was typed, and saves on it', async () => {
    const session = await loaded();
    type(session, { calls: '20' });
    const theirs = starterPolicy.replace('calls="5" renewal-period="60"', 'calls="6" renewal-period="30"').replace('<base />', '<base /><!-- theirs -->');
    arm.set(path, { format: 'rawxml', value: theirs });
    await session.save();
    expect(text()).toBe(theirs);
    expect([session.view().notice, session.view().problem, written]).toEqual(['changed', undefined, []]);
    expect(session.conflict()).toEqual({ name: 'Starter', before: theirs, after: starterPolicy.replace('calls="5"', 'calls="20"') });
    expect(formOf(session).draft).toMatchObject({ calls: '20', seconds: '30' });
    await session.save();
    expect(text()).toBe(theirs.replace('calls="6"', 'calls="20"'));
    expect([session.view().notice, session.conflict()]).toEqual(['saved', undefined]);
  });

  it('tells the line that the service refuses, until the fields change', async () => {
    const session = await loaded();
    type(session, { calls: '20' });
    arm.around = ({ verb, when }) => {
      const detail = "ValidationError\nrate-limit: Error in element 'rate-limit' on line 3, column 4: no";
      if (verb === 'PUT' && when === 'before') throw new ArmFailed({ sentence: 'It is refused.', detail, actions: ['retry', 'showLog'] }, 'invalid', 400);
    };
    await session.save();
    const { problem, content } = session.view();
    expect(problem).toEqual({
      sentence: 'API Management refused the policy: something is wrong at line 3, column 4 of it.', detail: expect.stringContaining('on line 3'), actions: ['showLog'],
    });
    expect(content).toMatchObject({ wrongLine: 3, draft: { calls: '20' }, changes: true });
    arm.around = () => undefined;
    session.change({ ...(content?.kind === 'form' ? content.draft : expect.fail()), calls: '21' }, 5);
    expect(session.view().content).not.toHaveProperty('wrongLine');
    await session.retry();
    expect(text()).toContain('calls="21"');
  });

  it.each([['before', false], ['after', true]] as const)('looks up whether it was written where the answer is lost %s the write', async (moment, saved) => {
    const session = await loaded();
    type(session, { calls: '20' });
    arm.around = ({ verb, when }) => {
      if (verb === 'PUT' && when === moment) throw armFailure('network');
    };
    await session.save();
    expect([session.view().notice === 'saved', session.view().problem?.sentence]).toEqual([saved, saved ? undefined : 'It says network.']);
    expect(String(text()).includes('calls="20"')).toBe(saved);
  });

  it('asks first whether the account may', async () => {
    const session = await loaded();
    type(session, { calls: '20' });
    arm.set('/providers/Microsoft.Authorization/permissions', {});
    const { find } = arm;
    arm.find = async (at, options) => (at.endsWith('/permissions')
      ? { status: 200, body: { value: [{ actions: ['*/read', 'Microsoft.ApiManagement/service/apis/*'] }] } } : find.call(arm, at, options));
    await session.save();
    expect(session.view().problem?.sentence).toContain('may only read contoso');
    expect(text()).toBe(starterPolicy);
  });

  it('keeps what is typed while it is saved', async () => {
    const session = await loaded();
    type(session, { calls: '20' });
    arm.around = ({ verb, when }) => {
      if (verb === 'PUT' && when === 'before') session.change({ ...formOf(session).draft, quotaCalls: '500' }, 9);
    };
    await session.save();
    arm.around = () => undefined;
    expect(text()).toContain('<quota calls="100"');
    expect(formOf(session)).toMatchObject({ turn: 9, draft: { calls: '20', quotaCalls: '500' }, changes: true });
  });

  it('is stopped, and does one thing at a time', async () => {
    const session = some();
    const views: ToLimitsPage['busy'][] = [];
    session.onDidChange(() => views.push(session.view().busy));
    const reading = session.load();
    await session.load();
    session.stop();
    await reading;
    expect(views).toEqual(['reading', undefined]);
    expect([session.view().content, session.view().problem]).toEqual([undefined, undefined]);
    session.dispose();
  });
});
