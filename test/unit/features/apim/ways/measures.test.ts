// The numbers of a comparison of both ways, limits that are ahead, and headers beside each other.

import { describe, expect, it } from 'vitest';
import { allowed, ceilingsOf, remainingIn, usedUp } from '../../../../../src/features/apim/ways/ceilings';
import { HeaderDiff } from '../../../../../src/features/apim/ways/headerDiff';
import { added, likenessOf, percentile, summaryOf, wayOrder, type WayCall } from '../../../../../src/features/apim/ways/measures';
import { readFromWaysPage, readSavedWays } from '../../../../../src/features/apim/ways/messages';
import { aheadTexts, shownResult } from '../../../../../src/features/apim/ways/waysWords';
import { writtenCalls } from '../../../../../src/features/apim/ways/writtenCalls';

const call = (way: WayCall['way'], turn: number, ms: number, more: Partial<WayCall> = {}): WayCall =>
  ({ way, turn, ms, status: 200, bytes: 10, digest: 'a', refused: undefined, ...more });

describe('percentiles', () => {
  it.each([
    [[], 0.5, undefined], [[7], 0.5, 7], [[7], 0.95, 7], [[4, 1, 3, 2], 0.5, 2], [[1, 2, 3, 4, 5], 0.5, 3], [[1, 2, 3, 4, 5], 0.95, 5],
    [Array.from({ length: 20 }, (_, index) => index + 1), 0.95, 19], [Array.from({ length: 100 }, (_, index) => index + 1), 0.95, 95], [[3, 1, 2], 0, 1],
  ])('of %j at %d by nearest rank are %s', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  it('leave the first call and refused ones out, and tell them', () => {
    const calls = [call('direct', 0, 100), call('direct', 1, 10), call('direct', 2, 30), call('direct', 3, 1, { refused: 'No.', status: 429 }), call('gateway', 0, 1)];
    expect(summaryOf(calls, 'direct')).toEqual({ calls: 4, refused: 1, timed: 2, firstMs: 100, p50: 10, p95: 30, least: 10, most: 30, sizes: [10] });
    expect(summaryOf(calls, 'gateway')).toEqual({ calls: 1, refused: 0, timed: 0, firstMs: 1, p50: undefined, p95: undefined, least: undefined, most: undefined, sizes: [10] });
    expect(summaryOf([], 'direct')).toMatchObject({ calls: 0, refused: 0, sizes: [] });
    expect([added(10, 13), added(undefined, 1), added(1, undefined)]).toEqual([3, undefined, undefined]);
  });
});

it('calls go in turns, each way first as often as the other', () => {
  expect(wayOrder(4)).toEqual(['direct', 'gateway', 'gateway', 'direct', 'direct', 'gateway', 'gateway', 'direct']);
  expect(wayOrder(1)).toEqual(['direct', 'gateway']);
});

describe('answers', () => {
  it('are alike, differ by way, or differ among themselves', () => {
    expect(likenessOf([call('direct', 0, 1), call('gateway', 0, 1)])).toEqual({ answered: 2, same: 2, byWay: false });
    expect(likenessOf([call('direct', 0, 1), call('gateway', 0, 1, { digest: 'b' }), call('direct', 1, 1)])).toEqual({ answered: 3, same: 2, byWay: true });
    expect(likenessOf([call('direct', 0, 1), call('gateway', 0, 1, { digest: 'b' }), call('direct', 1, 1, { digest: 'c' })])).toMatchObject({ byWay: false });
    expect(likenessOf([call('direct', 0, 1, { refused: 'No.', digest: 'x' })])).toMatchObject({ answered: 0 });
  });

  it('are told in words', () => {
    const facts = (calls: readonly WayCall[]): readonly string[] => shownResult({ calls, headers: new HeaderDiff(), samples: {}, ending: { kind: 'done' } }, undefined, 2).facts.map(({ text }) => text);
    expect(facts([call('direct', 0, 1), call('gateway', 0, 1, { digest: 'b' })])[0]).toBe('Each way gives one answer, and the two differ.');
    expect(facts([call('direct', 0, 1), call('gateway', 0, 1, { digest: 'b' }), call('gateway', 1, 1, { digest: 'c' })])[0]).toBe('1 of 3 equal the first one.');
    expect(facts([call('direct', 0, 1, { refused: 'No.' })])).toEqual(['1 of 1 calls (100 %)']);
    expect(facts([call('direct', 0, 1), call('direct', 1, 10), call('gateway', 0, 1), call('gateway', 1, 7.5)])[1]).toBe('p50 −2.5 ms, largest −2.5 ms, of 1 call: too few for a 95th percentile');
  });
});

it.each([[19, 'largest'], [20, 'p95']])('of %d measured calls the upper mark is the %s', (timed, high) => {
  const calls = Array.from({ length: timed + 1 }, (_, turn) => [call('direct', turn, turn), call('gateway', turn, 2 * turn)]).flat();
  const shown = shownResult({ calls, headers: new HeaderDiff(), samples: {}, ending: { kind: 'done' } }, undefined, timed + 1);
  const added = shown.facts.find(({ name }) => name === 'Added latency')?.text;
  expect([added, shown.high, shown.lanes[0]?.high, shown.summary.rows.some(([name]) => name === 'p95')]).toEqual(timed < 20
    ? ['p50 10 ms, largest 19 ms, of 19 calls: too few for a 95th percentile', high, 19, false] : ['p50 10 ms, p95 19 ms', high, 19, true]);
});

const none = { made: [], now: 0 };
const policy = (inside: string): string => `<policies><inbound><base />${inside}</inbound></policies>`;

describe('limits ahead', () => {
  const both = ceilingsOf({
    own: { text: policy('<rate-limit-by-key calls="20" renewal-period="60" counter-key="@(context.Request.IpAddress)" />') },
    inherited: [{ from: { kind: 'product', name: 'Starter' }, text: policy('<rate-limit calls="5" renewal-period="60" /><quota calls="100" renewal-period="604800" />') }, { from: { kind: 'allApis' }, text: undefined }],
  });

  it('are counted, and one call is left to others', () => {
    expect(both.counted.map(({ kind, calls, seconds }) => [kind, calls, seconds])).toEqual([['rate', 20, 60], ['rate', 5, 60], ['quota', 100, 604_800]]);
    expect(allowed(both, 10, none)).toMatchObject({ calls: 4, by: { calls: 5 } });
    expect(allowed(both, 4, none)).toEqual({ calls: 4 });
    expect(allowed({ counted: [] }, 50, none)).toEqual({ calls: 50 });
  });

  it('are used up by calls of their period alone', () => {
    expect(usedUp(both, { made: [0, 0, 0], now: 1_000 })).toBeUndefined();
    expect(usedUp(both, { made: [0, 0, 0, 0], now: 1_000 })).toMatchObject({ calls: 5 });
    expect(usedUp(both, { made: [0, 0, 0, 0], now: 60_000 })).toBeUndefined();
    expect(usedUp({ counted: both.counted.slice(2) }, { made: Array.from({ length: 99 }, () => 0), now: 600_000 })).toMatchObject({ calls: 100 });
  });

  it('that never renew count all calls', () => {
    const { counted } = ceilingsOf({ own: { text: policy('<quota calls="3" renewal-period="0" />') }, inherited: [] });
    expect(usedUp({ counted }, { made: [0, 0], now: 1e9 })).toMatchObject({ calls: 3, seconds: 0 });
  });

  it.each([
    '<rate-limit calls="@(5)" renewal-period="60" />', '<rate-limit calls="{{n}}" renewal-period="60" />', '<choose><when condition="@(true)"><rate-limit calls="5" renewal-period="60" /></when></choose>',
    '<llm-token-limit tokens-per-minute="5" />',
  ])('that cannot be counted are told: %s', (inside) => {
    const found = ceilingsOf({ own: { text: policy(inside) }, inherited: [] });
    expect([found.counted, found.others.length]).toEqual([[], 1]);
    expect(aheadTexts(10, found, none).map(({ text }) => text)).toContain('There are limits that cannot be counted from here. A run ends with the first call that is refused for one.');
  });

  it('of bandwidth beside calls are counted in part, which is told', () => {
    const found = ceilingsOf({ own: { text: policy('<quota calls="100" bandwidth="40" renewal-period="3600" />') }, inherited: [] });
    expect([found.counted.map(({ calls }) => calls), found.others.length]).toEqual([[100], 1]);
    expect(aheadTexts(10, found, none).map(({ text }) => text)).toContain('There are limits that cannot be counted from here. A run ends with the first call that is refused for one.');
    const calls = ceilingsOf({ own: { text: policy('<quota calls="100" renewal-period="3600" />') }, inherited: [] });
    expect(calls.others).toEqual([]);
  });

  it('that were not read are not denied', () => {
    const told = aheadTexts(2, { counted: [], others: [], unread: true }, none).map(({ text }) => text);
    expect(told.slice(1)).toEqual(['There may be limits that could not be read. A run ends with the first call that is refused for one.']);
  });

  it('count calls of runs before, for as long as their period lasts', () => {
    const before = { made: [0, 0, 0], now: 1_000 };
    expect(allowed(both, 10, before)).toMatchObject({ calls: 1, by: { calls: 5 } });
    expect(allowed(both, 10, { ...before, now: 60_000 })).toMatchObject({ calls: 4, by: { calls: 5 } });
    const told = (now: number): readonly string[] => aheadTexts(10, both, { made: [0, 0, 0], now }).map(({ text }) => text);
    expect(told(1_000)).toContainEqual(expect.stringMatching(/Calls already made from here: 3\. After 10 more, 7 are left at most\.$/));
    expect(told(1_000)).toContainEqual(expect.stringMatching(/Calls already made from here: 3\. It is shared with other calls/));
    expect(told(1_000)).toContainEqual(expect.stringMatching(/^The run ends after 1 call through the gateway/));
    expect(told(60_000)).toContainEqual(expect.stringMatching(/^The run ends after 4 calls through the gateway/));
  });

  it('are told before', () => {
    expect(aheadTexts(1, undefined, none).map(({ text }) => text)).toEqual([
      '1 call each way: 2 calls, one after another. They do not go into the history.',
      'The limits of the gateway are not known here. A run ends with the first call that is refused for one.',
    ]);
    expect(aheadTexts(2, { counted: [], others: [], unread: false }, none).map(({ text }) => text)[1]).toBe('No limit is in force for these calls.');
    expect(aheadTexts(3, both, none).map(({ text }) => text)).toContainEqual(expect.stringMatching(/^Product Starter: .*100 calls .*7 days\. After 3 of them, 97 are left at most\.$/));
    const one = ceilingsOf({ own: { text: policy('<rate-limit calls="1" renewal-period="60" />') }, inherited: [] });
    expect(aheadTexts(3, one, none).at(-1)?.text).toMatch(/^No call is made through the gateway: one would use up/);
  });

  it('are told by headers as well', () => {
    const header = (name: string, value: string): { readonly name: string; readonly value: string } => ({ name, value });
    expect(remainingIn([header('X-RateLimit-Remaining', '3'), header('remaining-calls', ' 7 '), header('Date', '1')])).toBe(3);
    expect(remainingIn([header('X-Remaining', 'many'), header('Content-Length', '5')])).toBeUndefined();
  });
});

describe('headers', () => {
  it('differ, are on one side alone, or are another one each time', () => {
    const diff = new HeaderDiff();
    expect(diff.compared()).toEqual([]);
    diff.add('direct', [{ name: 'Server', value: 'a' }, { name: 'Date', value: '1' }, { name: 'Same', value: 's' }, { name: 'X-Turn', value: '1' }, { name: 'Only-D', value: 'd' }]);
    diff.add('direct', [{ name: 'X-Turn', value: '2' }]);
    diff.add('gateway', [{ name: 'SERVER', value: 'b' }, { name: 'date', value: '2' }, { name: 'same', value: 's' }, { name: 'x-turn', value: '3' }, { name: 'A', value: '1' }, { name: 'a', value: '2' }]);
    expect(diff.compared().map(({ name, verdict, direct, gateway }) => [name, verdict, direct, gateway])).toEqual([
      ['Server', 'differs', 'a', 'b'], ['Only-D', 'onlyDirect', 'd', undefined], ['A', 'onlyGateway', undefined, '1, 2'], ['Date', 'varies', '1', '2'],
      ['X-Turn', 'varies', '1', '3'], ['Same', 'same', 's', 's'],
    ]);
  });

  it('that stay within each way differ, and one answer of times and ids tells nothing', () => {
    const diff = new HeaderDiff();
    const add = (way: 'direct' | 'gateway', etag: string): void => diff.add(way, [{ name: 'ETag', value: etag }, { name: 'Date', value: way }]);
    add('direct', '"v1"');
    add('gateway', '"v2"');
    const verdicts = (): unknown => diff.compared().map(({ name, verdict }) => [name, verdict]);
    expect(verdicts()).toEqual([['Date', 'varies'], ['ETag', 'varies']]);
    add('direct', '"v1"');
    add('gateway', '"v2"');
    expect(verdicts()).toEqual([['ETag', 'differs'], ['Date', 'varies']]);
    add('gateway', '"v3"');
    expect(verdicts()).toEqual([['Date', 'varies'], ['ETag', 'varies']]);
  });

  it('of an answer without end are cut', () => {
    const diff = new HeaderDiff();
    const many = Array.from({ length: 10_000 }, (_, index) => ({ name: `h-${index}`, value: '__proto__' }));
    diff.add('direct', many);
    diff.add('gateway', many);
    expect(diff.compared().length).toBe(200);
  });
});

it('calls are exported as tables, and what a refusal says is no formula', () => {
  const calls = [call('direct', 0, 1.5), call('gateway', 0, 2, { refused: '=HYPERLINK("https://evil",\n"go")', status: undefined, bytes: 0 })];
  expect(writtenCalls(calls, { format: 'csv', guardFormulas: true })).toBe(
    'call,way,turn,ms,status,bytes,refused\r\n1,direct,1,1.5,200,10,\r\n2,gateway,1,2,,0,"\'=HYPERLINK(""https://evil"",\n""go"")"\r\n',
  );
  expect(JSON.parse(writtenCalls(calls, { format: 'json', guardFormulas: false }))).toMatchObject([{ call: 1, ms: 1.5 }, { status: null, refused: expect.stringMatching(/^=HYPER/) }]);
});

describe('messages of the page', () => {
  const actions = { has: (id: unknown): id is string => id === 'never' };
  it.each([
    [{ type: 'run', turns: 10 }, { type: 'run', turns: 10 }], [{ type: 'run', turns: 51 }, undefined], [{ type: 'run', turns: 0 }, undefined], [{ type: 'turns', turns: 1.5 }, undefined],
    [{ type: 'open', way: 'direct' }, { type: 'open', way: 'direct' }], [{ type: 'open', way: '__proto__' }, undefined], [{ type: 'stop' }, { type: 'stop' }], [null, undefined], [{ type: 'other' }, undefined],
  ])('%j', (message, expected) => {
    expect(readFromWaysPage(message, actions)).toEqual(expected);
  });

  it('what was saved is two addresses', () => {
    expect(readSavedWays({ direct: 'a', gateway: 'b', more: 1 })).toEqual({ direct: 'a', gateway: 'b' });
    for (const state of [undefined, {}, { direct: 'a' }, { direct: 'a', gateway: 5 }, { direct: 'a', gateway: 'x'.repeat(5_000) }]) expect(readSavedWays(state)).toBeUndefined();
  });
});
