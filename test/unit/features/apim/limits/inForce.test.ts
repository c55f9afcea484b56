// What counts for the same callers: which limit stops one first, what cannot be compared, and what polling a job costs.

import { describe, expect, it } from 'vitest';
import { limitsInForce, type LimitInForce } from '../../../../../src/features/apim/limits/inForce';
import { notComparedText, pollingText, shownLimit, verdictText } from '../../../../../src/features/apim/limits/limitsWords';
import type { InheritedPolicy } from '../../../../../src/features/apim/limits/there';

const policy = (inside: string): string => `<policies><inbound>${inside}</inbound></policies>`;
const rate = (calls: number, seconds: number): string => policy(`<rate-limit calls="${calls}" renewal-period="${seconds}" />`);
const allApis = (text?: string): InheritedPolicy => ({ from: { kind: 'allApis' }, text });
const product = (name: string, text: string): InheritedPolicy => ({ from: { kind: 'product', name }, text });
const verdicts = (own: string, ...inherited: readonly InheritedPolicy[]): unknown =>
  limitsInForce(own, inherited).map(({ limits }) => limits.map(({ verdict }) => verdict));

describe('which limit wins', () => {
  it('is the one that lets fewer calls through in a second, then fewer at once', () => {
    expect(verdicts(rate(20, 60), allApis(rate(20, 300)))).toEqual([['loses'], ['wins']]);
    expect(verdicts(rate(20, 60), allApis(rate(100, 300)))).toEqual([['wins'], ['loses']]);
    expect(verdicts(rate(20, 60), allApis(rate(20, 60)))).toEqual([['wins'], ['wins']]);
    expect(verdicts(rate(20, 60), allApis())).toEqual([['alone'], []]);
  });

  it('is told for callers of each product, as a call comes with the key of one', () => {
    expect(verdicts(rate(20, 60), allApis(), product('Starter', rate(5, 60)), product('Gold', rate(99, 60)))).toEqual([['otherCallers'], [], ['ownCallers'], ['loses']]);
    expect(verdicts('', allApis(), product('Starter', rate(5, 60)), product('Gold', rate(99, 60)))).toEqual([[], [], ['alone'], ['alone']]);
    expect(verdicts(rate(1, 60), allApis(), product('Starter', rate(5, 60)))).toEqual([['wins'], [], ['loses']]);
  });

  it('of quotas is told apart by calls and by kilobytes; what is never filled again is tightest', () => {
    const quota = (attributes: string): string => policy(`<quota ${attributes} />`);
    expect(verdicts(quota('calls="100" renewal-period="3600"'), allApis(rate(1, 1)))).toEqual([['alone'], ['alone']]);
    expect(verdicts(quota('calls="100" renewal-period="3600"'), product('P', quota('calls="9000" renewal-period="0"')))).toEqual([['otherCallers'], ['ownCallers']]);
    expect(verdicts(quota('bandwidth="5" renewal-period="60"'), allApis(quota('calls="1" bandwidth="4" renewal-period="60"')))).toEqual([['loses'], ['wins']]);
  });

  it('is not told of what cannot be compared, and why is', () => {
    const odd = policy(
      '<choose><when condition="@(true)"><rate-limit calls="1" renewal-period="60" /></when></choose>' +
      '<rate-limit-by-key calls="2" renewal-period="60" counter-key="@(context.User.Id)" /><llm-token-limit tokens-per-minute="5" />' +
      '<rate-limit calls="{{most}}" renewal-period="60" /><quota calls="50" renewal-period="60"><api name="A" calls="5" renewal-period="60" /></quota>',
    );
    const [own, all] = limitsInForce(rate(20, 60), [allApis(odd)]);
    expect(own?.limits.map(({ verdict }) => verdict)).toEqual(['alone']);
    const shown = Object.fromEntries((all?.limits ?? []).map((limit) => [limit.verdict, shownLimit(limit)]));
    expect(shown).toMatchObject({
      conditional: '1 calls in 60 seconds (on a condition)', otherKey: '2 calls in 60 seconds by key: @(context.User.Id)',
      element: '<llm-token-limit tokens-per-minute="5" />', namedValue: '{{most}} calls in 60 seconds', inner: expect.stringContaining('for A alone'),
    });
    for (const { verdict } of all?.limits ?? []) {
      expect([verdict, verdictText(verdict) === 'Not compared', notComparedText(verdict) !== '']).toEqual([verdict, verdict !== 'alone', verdict !== 'alone']);
    }
  });

  it('of a policy that cannot be read says so', () => {
    const [, all] = limitsInForce('', [allApis('<policies><inbound><rate-limit calls="5></inbound></policies>')]);
    expect([all?.fault !== undefined, all?.limits]).toEqual([true, []]);
    expect(limitsInForce('', [allApis('')])[1]?.fault).toBeUndefined();
  });
});

describe('polling a job', () => {
  const noon = new Date(2026, 10, 30, 14, 0).getTime();
  const first = (text: string, from: 'own' | 'product' = 'own'): LimitInForce => {
    const found = from === 'own' ? limitsInForce(text, [])[0] : limitsInForce('', [product('Starter', text)])[1];
    const [limit] = found?.limits ?? [];
    expect.assert(limit);
    return limit;
  };
  const week = '<quota calls="100" renewal-period="604800" />';

  it('uses a quota up, and when', () => {
    expect(pollingText(first(policy(week)), noon)).toBe(
      'The status requests of one batch job use up these 100 calls in 25 minutes (by 14:25 if it starts now). The quota is renewed every 7 days.');
    expect(pollingText(first(policy(week), 'product'), noon)).toBe(
      'The status requests of one batch job use up the 100 calls of the product "Starter" in 25 minutes (by 14:25 if it starts now). The quota is renewed every 7 days.');
    expect(pollingText(first(policy('<quota calls="10000" renewal-period="0" />')), noon)).toBe(
      'The status requests of one batch job use up these 10,000 calls in 42 hours (by 2 Dec 2026, 07:40 if it starts now). The quota is not renewed.');
  });

  it('is refused where the rate is below it', () => {
    expect(pollingText(first(rate(3, 60)), noon)).toContain('4 times a minute, more often than this limit allows');
    expect(pollingText(first(rate(1, 60), 'product'), noon)).toContain('more often than the limit of the product "Starter" allows');
  });

  it('costs nothing worth telling else', () => {
    expect(pollingText(first(rate(4, 60)), noon)).toBe('');
    // A quota that lasts as long as its period is not used up before it is renewed.
    expect(pollingText(first(policy('<quota calls="240" renewal-period="3600" />')), noon)).toBe('');
    expect(pollingText(first(policy('<quota calls="239" renewal-period="3600" />')), noon)).toContain('renewed every 60 minutes');
    expect(pollingText(first(policy('<quota calls="300" renewal-period="3600" />')), noon)).toBe('');
    expect(pollingText(first(policy('<quota bandwidth="3" renewal-period="3600" />')), noon)).toBe('');
    expect(pollingText(first(policy('<llm-token-limit tokens-per-minute="5" />')), noon)).toBe('');
  });
});
