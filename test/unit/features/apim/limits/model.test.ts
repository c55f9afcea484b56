// The model of the form: what a scope and a tier allow, what a policy has, what the fields ask for, and how the policy differs then.

import { describe, expect, it } from 'vitest';
import { currentLimits } from '../../../../../src/features/apim/policy/currentLimits';
import { diffLines } from '../../../../../src/features/apim/limits/diffLines';
import { draftOf, draftProblems, wantedOf, withTyped } from '../../../../../src/features/apim/limits/draft';
import type { LimitsDraft } from '../../../../../src/features/apim/limits/formShape';
import { notEditable } from '../../../../../src/features/apim/limits/limitsView';
import { maskedText } from '../../../../../src/features/apim/limits/maskedText';
import { readFromLimitsPage } from '../../../../../src/features/apim/limits/messages';
import { offeredLimits, whyNotOffered } from '../../../../../src/features/apim/limits/offered';
import { ownLimits, type OwnLimits } from '../../../../../src/features/apim/limits/ownLimits';
import { readSavedLimits } from '../../../../../src/features/apim/limits/place';
import { resultingPolicy } from '../../../../../src/features/apim/limits/resulting';
import { shownDiff, shownText, shownWords } from '../../../../../src/features/apim/limits/shownPart';
import type { PolicyScope } from '../../../../../src/features/apim/policy/policyScope';
import { policyPath, writeAction } from '../../../../../src/features/apim/policy/scopePaths';
import { nodeOfScope, scopeOfNode } from '../../../../../src/features/apim/policyLines';
import { instance, starterPolicy } from '../definitions';

const scopes: Readonly<Record<PolicyScope['kind'], PolicyScope>> = {
  allApis: { kind: 'allApis' }, api: { kind: 'api', api: 'demo;rev=2' }, operation: { kind: 'operation', api: 'demo', operation: 'rrs' },
  product: { kind: 'product', product: 'starter' },
};
const inbound = (inside: string): string => `<policies><inbound><base />${inside}</inbound></policies>`;
const own = (text: string): OwnLimits => ownLimits(currentLimits(text));
const all = offeredLimits(scopes.product, 'Developer');

describe('what is offered', () => {
  it.each([
    ['allApis', 'Developer', ['ip'], false], ['allApis', 'Consumption', [], false], ['allApis', undefined, ['ip'], false],
    ['api', 'Standard', ['subscription', 'ip'], false], ['api', 'consumption', ['subscription'], false],
    ['operation', 'PremiumV2', ['subscription', 'ip'], false], ['product', 'Basic', ['subscription', 'ip'], true],
    ['product', 'Consumption', ['subscription'], true],
  ] as const)('for %s in the tier %s', (scope, tier, by, quota) => {
    expect(offeredLimits(scopes[scope], tier)).toEqual({ by, quota });
  });

  it('says why something is not', () => {
    expect(whyNotOffered(scopes.product, 'Developer')).toEqual([]);
    expect(whyNotOffered(scopes.api, 'Developer')).toEqual(['Quotas can be set on products only.']);
    expect(whyNotOffered(scopes.product, 'Consumption')).toEqual(['The Consumption tier has no limit by IP address.']);
    expect(whyNotOffered(scopes.allApis, 'Consumption')[0]).toContain('the Consumption tier has no limit of calls');
    expect(whyNotOffered(scopes.allApis, 'Basic')).toEqual([
      'Limits on all APIs count by IP address only. To count by subscription, limit an API or a product.', 'Quotas can be set on products only.',
    ]);
  });
});

describe('scopes', () => {
  it('have paths, actions and lines', () => {
    expect(Object.values(scopes).map(policyPath)).toEqual([
      '/policies/policy', '/apis/demo%3Brev%3D2/policies/policy', '/apis/demo/operations/rrs/policies/policy', '/products/starter/policies/policy',
    ]);
    expect(writeAction(scopes.operation)).toBe('Microsoft.ApiManagement/service/apis/operations/policies/write');
    for (const scope of Object.values(scopes)) expect(scopeOfNode(nodeOfScope(instance, scope, 'X'))).toEqual(scope);
    expect(scopeOfNode({ kind: 'list', list: 'products', instance, parent: undefined })).toBeUndefined();
    expect(scopeOfNode(undefined)).toBeUndefined();
  });

  it('are found again after a reload by ids alone', () => {
    for (const scope of Object.values(scopes)) {
      expect(readSavedLimits({ instance: '/i', scope, more: 1 })).toEqual({ instance: '/i', scope });
    }
    for (const scope of [{ kind: 'api' }, { kind: 'operation', api: 'a' }, { kind: 'product', product: 7 }, { kind: 'x' }, 'allApis', undefined]) {
      expect(readSavedLimits({ instance: '/i', scope })).toBeUndefined();
    }
    expect(readSavedLimits({ scope: scopes.allApis })).toBeUndefined();
    expect(readSavedLimits({ instance: 'x'.repeat(1001), scope: scopes.allApis })).toBeUndefined();
  });
});

describe('what a policy has', () => {
  it('stands in fields where it is a number', () => {
    const { rate, quota, others } = own(starterPolicy);
    expect(rate).toMatchObject({ kind: 'set', value: { calls: 5, seconds: 60, by: 'subscription' } });
    expect(quota).toMatchObject({ kind: 'set', value: { calls: 100, seconds: 604_800 } });
    expect(others).toEqual([]);
    expect(own('')).toMatchObject({ rate: { kind: 'none' }, quota: { kind: 'none' } });
  });

  it.each([
    ['<rate-limit-by-key calls="@(context.Product.Id == "a" ? 1 : 2)" renewal-period="60" counter-key="@(context.Request.IpAddress)" />', 'rate', 'expression'],
    ['<rate-limit calls="{{most}}" renewal-period="60" />', 'rate', 'namedValue'],
    ['<rate-limit renewal-period="60" />', 'rate', 'incomplete'],
    ['<rate-limit calls="5" renewal-period="60" /><rate-limit calls="6" renewal-period="60" />', 'rate', 'several'],
    ['<quota calls="{{most}}" renewal-period="3600" />', 'quota', 'namedValue'],
    ['<quota renewal-period="3600" />', 'quota', 'incomplete'],
  ] as const)('is shown and not edited: %s', (text, group, why) => {
    const limits = own(inbound(text));
    expect(limits[group]).toMatchObject({ kind: 'shown', why });
    // Whatever stands in the fields, nothing is asked for.
    const draft = { ...draftOf(limits, all), limited: true, quota: true, calls: '7' };
    expect(wantedOf(draft, limits, all)[group === 'rate' ? 'rateLimit' : 'quota']).toBeUndefined();
  });

  it('is listed where the form does not know it', () => {
    const { rate, others } = own(inbound(
      '<choose><when condition="@(true)"><rate-limit calls="1" renewal-period="1" /></when></choose>' +
      '<llm-token-limit counter-key="x" tokens-per-minute="5" /><rate-limit-by-key calls="9" renewal-period="60" counter-key="@(context.User.Id)" />',
    ));
    expect(rate.kind).toBe('none');
    expect(others.map(({ why }) => why)).toEqual(['conditional', 'element', 'otherKey']);
  });

  it('is no form where it cannot be read safely', () => {
    expect(notEditable('<policies>\n<inbound>\n<set-header name="x />\n</inbound></policies>')).toMatch(/^It cannot be read safely\. A value .* line 3, column 1 /);
    expect(notEditable('<policies>\n<inbound>\n@("never ends')).toContain('line 3');
    expect(notEditable(starterPolicy)).toBeUndefined();
    expect(notEditable(' \n')).toBeUndefined();
  });
});

describe('what the fields ask for', () => {
  const there = own(starterPolicy);
  const draft = draftOf(there, all);
  const asked = (changed: Partial<LimitsDraft>): unknown => wantedOf({ ...draft, ...changed }, there, all);

  it('is only what differs', () => {
    expect(asked({})).toEqual({});
    expect(asked({ calls: '20' })).toEqual({ rateLimit: { calls: 20, seconds: 60, by: 'subscription' } });
    expect(asked({ by: 'ip', quota: false })).toEqual({ rateLimit: { calls: 5, seconds: 60, by: 'ip' }, quota: 'none' });
    expect(asked({ limited: false, quotaCalls: '', quotaKilobytes: ' 40 ', quotaSpan: '0' })).toEqual({ rateLimit: 'none', quota: { kilobytes: 40, seconds: 0 } });
  });

  it('is nothing that the scope does not allow', () => {
    const none = own('');
    const on = { ...draftOf(none, all), limited: true, quota: true };
    expect(wantedOf(on, none, offeredLimits(scopes.api, 'Basic'))).toEqual({ rateLimit: { calls: 100, seconds: 60, by: 'subscription' } });
    expect(wantedOf(on, none, offeredLimits(scopes.allApis, 'Consumption'))).toEqual({});
    expect(draftOf(none, offeredLimits(scopes.allApis, 'Basic')).by).toBe('ip');
  });

  it('is told where it is wrong', () => {
    expect(draftProblems(wantedOf({ ...draft, seconds: '301', calls: '0', quotaCalls: '', quotaSpan: 'x' }, there, all))).toEqual({
      rateCalls: expect.stringContaining('from 1 to'), rateSeconds: expect.stringContaining('1 to 300 seconds'),
      quotaCalls: expect.stringContaining('of kilobytes, or both'), quotaSeconds: expect.stringContaining('from 0 to'),
    });
    expect(draftProblems({ rateLimit: 'none', quota: 'none' })).toEqual({});
  });

  it('keeps what was typed when a document is read anew', () => {
    const fresh = { ...draft, calls: '9', seconds: '30' };
    expect(withTyped(fresh, { ...draft, calls: '20' }, draft)).toEqual({ ...draft, calls: '20', seconds: '30' });
  });
});

describe('the policy that results', () => {
  const policy = { text: starterPolicy };

  it('differs in the values alone', () => {
    const { text, left } = resultingPolicy(policy, { rateLimit: { calls: 20, seconds: 60, by: 'subscription' } });
    expect(text).toBe(starterPolicy.replace('calls="5"', 'calls="20"'));
    expect(left).toEqual([]);
    expect(resultingPolicy(policy, {}).text).toBe(starterPolicy);
  });

  it('tells callers apart otherwise in the place of the limit, loses what goes, and takes no more', () => {
    expect(own(resultingPolicy(policy, { rateLimit: { calls: 20, seconds: 60, by: 'ip' } }).text)).toMatchObject({
      rate: { kind: 'set', value: { calls: 20, seconds: 60, by: 'ip' } }, quota: { kind: 'set' }, others: [],
    });
    const both = { text: starterPolicy.replace('<quota calls="100"', '<quota calls="100" bandwidth="5"') };
    expect(own(resultingPolicy(both, { quota: { kilobytes: 5, seconds: 0 } }).text).quota).toMatchObject({ value: { kilobytes: 5, seconds: 0 } });
    expect(resultingPolicy(policy, { rateLimit: 'none', quota: 'none' }).text).toBe(starterPolicy.replace(/\r\n\t\t<rate-limit[^]*604800" \/>/, ''));
  });

  it('is a new one where there was none', () => {
    const { text } = resultingPolicy(undefined, { rateLimit: { calls: 7, seconds: 10, by: 'subscription' } });
    expect(text).toContain('<rate-limit calls="7" renewal-period="10" />');
    expect(text.match(/<base \/>/g)).toHaveLength(4);
    expect(resultingPolicy({ text: '' }, {}).text).toBe('');
  });
});

describe('how it differs', () => {
  it('is told by lines, with few around them, whatever their ends', () => {
    expect(diffLines('a\r\nb\r\n', 'a\nb\n')).toEqual([]);
    const before = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`);
    const after = before.with(5, 'other').toSpliced(6, 0, 'more');
    expect(diffLines(before.join('\r\n'), after.join('\n'))).toEqual([
      { kind: 'gap', lines: 3 }, { kind: 'same', text: 'line 4', line: 4 }, { kind: 'same', text: 'line 5', line: 5 },
      { kind: 'out', text: 'line 6', line: 6 }, { kind: 'in', text: 'other', line: 6 }, { kind: 'in', text: 'more', line: 7 },
      { kind: 'same', text: 'line 7', line: 8 }, { kind: 'same', text: 'line 8', line: 9 }, { kind: 'gap', lines: 4 },
    ]);
  });

  it('keeps lines between two changes, and shows a part that is too long as replaced', () => {
    expect(diffLines('a\nx\nb\ny', 'A\nx\nB\ny').map((line) => `${line.kind} ${'text' in line ? line.text : ''}`)).toEqual([
      'out a', 'in A', 'same x', 'out b', 'in B', 'same y',
    ]);
    expect(diffLines('', 'a\nb').map(({ kind }) => kind)).toEqual(['in', 'in']);
    const many = (mark: string): string => Array.from({ length: 1_200 }, (_, index) => `${mark}${index}`).join('\n');
    expect(diffLines(many('a'), many('b'))).toHaveLength(2_400);
  });
});

describe('what the page gets', () => {
  it('of differences are some lines, each cut behind a length, with keys masked before', () => {
    const key = '0123456789abcdef0123456789abcdef';
    const long = `${'x '.repeat(490)}${key}${' y'.repeat(500_000)}`;
    const { shown, cut } = shownDiff(diffLines(long, long.replace('y', 'z')));
    expect([shown.length, cut]).toEqual([2, true]);
    for (const line of shown) {
      expect.assert(line.kind !== 'gap');
      expect(line.text).toHaveLength(1_001);
      expect(line.text).not.toContain('0123456');
    }
    const far = Array.from({ length: 6_000 }, (_, index) => `line ${index}`);
    const other = far.map((line, index) => (index % 10 === 0 ? `${line} is another` : line));
    expect(shownDiff(diffLines(far.join('\n'), other.join('\n')))).toMatchObject({ shown: { length: 500 }, cut: true });
    expect(shownDiff(diffLines('a\nb', `a\n${'c'.repeat(1_000)}`))).toMatchObject({ shown: { length: 3 }, cut: false });
  });

  it('of a text are its first lines, and of words their beginning', () => {
    expect(shownText('a\r\nb')).toEqual({ shown: 'a\nb', cut: false });
    expect(shownText(`a\n${'b '.repeat(600)}\nc`)).toEqual({ shown: `a\n${'b '.repeat(500)}…\nc`, cut: true });
    expect(shownText('some line\n'.repeat(20_000))).toEqual({ shown: 'some line\n'.repeat(10_000), cut: true });
    expect(shownWords('w '.repeat(1_000))).toBe(`${'w '.repeat(150)}…`);
  });
});

describe('texts', () => {
  it('mask what looks like a key, and nothing else of a policy', () => {
    expect(maskedText(starterPolicy)).toBe(starterPolicy);
    const usual = '<rate-limit-by-key counter-key="@(context.Request.IpAddress)" /><value>{{azureml-demo-key-0123456789}}</value>';
    expect(maskedText(usual)).toBe(usual);
    expect(maskedText('<value>0123456789abcdef0123456789abcdef</value>')).toBe('<value>••••••••</value>');
    expect(maskedText('<value>Bearer eyJhbGciOiJIUzI1NiJ9.e30.abcdefghijkl</value>')).not.toContain('eyJ');
  });
});

describe('what a page sends', () => {
  const draft = draftOf(own(starterPolicy), all);
  const read = (message: unknown): unknown => readFromLimitsPage(message, { has: (id): id is string => id === 'retry' });

  it('is checked before it is used', () => {
    for (const type of ['ready', 'refresh', 'discard', 'stop', 'diff', 'compare', 'editPolicy']) expect(read({ type, more: 1 })).toEqual({ type });
    expect(read({ type: 'save', turn: 3, draft: { ...draft, more: 1 } })).toEqual({ type: 'save', turn: 3, draft });
    expect(read({ type: 'action', action: 'retry' })).toEqual({ type: 'action', action: 'retry' });
    for (const wrong of [
      { type: 'x' }, { type: 'action', action: 'x' }, { type: 'change', draft }, { type: 'change', turn: 1, draft: { ...draft, calls: 5 } },
      { type: 'change', turn: 1, draft: { ...draft, calls: '5'.repeat(1001) } }, { type: 'save', turn: 1, draft: { ...draft, quota: 'yes' } }, 'save', undefined,
    ]) expect(read(wrong)).toBeUndefined();
  });
});
