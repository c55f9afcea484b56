// A comparison of both ways in words: what a run will do, how it ended, and what was found.

import * as l10n from '@vscode/l10n';
import { formatBytes, formatCount, formatFineDuration, formatShare } from '../../../base/format';
import type { Comparison } from '../../history';
import { shownLimit, sourceText } from '../limits/limitsWords';
import { allowed, madeWithin, type CallsMade, type Ceiling, type Ceilings } from './ceilings';
import type { ComparedHeader } from './headerDiff';
import type { Caller } from './limitsAhead';
import { added, fewestFor95, likenessOf, summaryOf, timedCalls, ways, type Way, type WayCall, type WaySummary } from './measures';
import type { ShownFact, ShownHeader, ShownLane, ShownResult, ShownTable, ToWaysPage } from './messages';
import type { Ending, WaysResult } from './runWays';

/** What a way is called. */
export function wayName(way: Way): string {
  return way === 'direct' ? l10n.t('Direct') : l10n.t('Through the gateway');
}

/** What a run of so many turns will do, behind the calls made before. `ceilings` is undefined where the limits could not be read. */
export function aheadTexts(
  turns: number, ceilings: Ceilings | undefined, before: CallsMade, caller?: Caller,
): ToWaysPage['ahead'] {
  const calls = turns === 1
    ? l10n.t('1 call each way: 2 calls, one after another. They do not go into the history.')
    : l10n.t('{0} calls each way, in turns: {1} calls, one after another. They do not go into the history.',
      formatCount(turns), formatCount(turns * 2));
  if (!ceilings) {
    return [{ tone: 'plain', text: calls }, {
      tone: 'warn', text: l10n.t('The limits of the gateway are not known here. A run ends with the first call that is refused for one.'),
    }];
  }
  const { counted, others, unread } = ceilings;
  const { calls: most, by } = allowed(ceilings, turns, before);
  return [
    { tone: 'plain', text: calls },
    ...(caller === undefined ? [] : [{ tone: 'plain' as const, text: callerText(caller) }]),
    ...counted.map((each) => ({ tone: 'plain' as const, text: leftText(each, turns, madeWithin(each, before)) })),
    ...(counted.length === 0 && others.length === 0 && !unread
      ? [{ tone: 'plain' as const, text: l10n.t('No limit is in force for these calls.') }] : []),
    ...(by === undefined ? [] : [{ tone: 'warn' as const, text: endsText(by, most) }]),
    ...(others.length > 0 ? [{
      tone: 'warn' as const,
      text: l10n.t('There are limits that cannot be counted from here. A run ends with the first call that is refused for one.'),
    }] : []),
    ...(others.length === 0 && unread ? [{
      tone: 'warn' as const,
      text: l10n.t('There may be limits that could not be read. A run ends with the first call that is refused for one.'),
    }] : []),
  ];
}

function callerText(caller: Caller): string {
  if (caller.kind === 'subscription') return l10n.t('With the key of "{0}".', caller.label);
  return caller.kind === 'none'
    ? l10n.t('No subscription key is set for the way through the gateway, so the limits of all products are counted.')
    : l10n.t('It is not known whose key goes through the gateway, so the limits of all products are counted.');
}

function limitName({ found }: Ceiling): string {
  return `${found.from.kind === 'own' ? l10n.t('The operation') : sourceText(found.from)}: ${shownLimit(found)}`;
}

function leftText(ceiling: Ceiling, turns: number, made: number): string {
  const left = ceiling.calls - turns - made;
  if (made > 0) {
    return left < 0
      ? l10n.t('{0}. Calls already made from here: {1}. It is shared with other calls of the same callers.',
        limitName(ceiling), formatCount(made))
      : l10n.t('{0}. Calls already made from here: {1}. After {2} more, {3} are left at most.',
        limitName(ceiling), formatCount(made), formatCount(turns), formatCount(left));
  }
  if (left < 0) return l10n.t('{0}. It is shared with other calls of the same callers.', limitName(ceiling));
  return l10n.t('{0}. After {1} of them, {2} are left at most.', limitName(ceiling), formatCount(turns), formatCount(left));
}

function endsText(by: Ceiling, most: number): string {
  const [calls, limit] = [formatCount(most), limitName(by)];
  if (most === 0) return l10n.t('No call is made through the gateway: one would use up "{0}".', limit);
  if (most === 1) return l10n.t('The run ends after 1 call through the gateway unless the limit is renewed meanwhile: "{0}".', limit);
  return l10n.t('The run ends after {0} calls through the gateway unless the limit is renewed meanwhile: "{1}".', calls, limit);
}

/** All that was found. */
export function shownResult(
  { calls, headers, samples, ending }: WaysResult, comparison: Comparison | undefined, turns: number, otherForm = false,
): ShownResult {
  const summaries = { direct: summaryOf(calls, 'direct'), gateway: summaryOf(calls, 'gateway') };
  const few = isFew(summaries);
  const compared = headers.compared();
  const most = Math.max(1, ...calls.map(({ ms }) => ms));
  const same = compared.filter(({ verdict }) => verdict === 'same').length;
  return {
    ...(ending === undefined ? {} : { ending: endingText(ending, calls, turns) }),
    ...(otherForm ? { warning: otherFormText() } : {}),
    facts: [...(ending?.kind === 'otherForm' ? [] : likenessFacts(calls, comparison)), ...factsOf(summaries)],
    lanes: ways.map((way) => laneOf(calls, way, summaries[way], few)), high: few ? l10n.t('largest') : l10n.t('p95'),
    scale: { ms: most, words: formatFineDuration(most) },
    summary: summaryTable(summaries),
    about: l10n.t('Percentiles are by nearest rank, of calls that succeeded. The first call of each way connects and is left out.'),
    headers: compared.filter(({ verdict }) => verdict !== 'same').map(shownHeader),
    sameHeaders: compared.length === 0 ? '' : same === 1
      ? l10n.t('1 header is the same both ways.') : l10n.t('{0} headers are the same both ways.', formatCount(same)),
    calls: callTable(calls),
    samples: ways.filter((way) => samples[way] !== undefined),
  };
}

function endingText(ending: Ending, calls: readonly WayCall[], turns: number): NonNullable<ShownResult['ending']> {
  const made = l10n.t('{0} of {1} calls were made.', formatCount(calls.length), formatCount(turns * 2));
  const withMade = (tone: 'good' | 'warn' | 'bad', text: string): NonNullable<ShownResult['ending']> => ({ tone, text: `${text} ${made}` });
  switch (ending.kind) {
    case 'done':
      return { tone: 'good', text: l10n.t('All {0} calls were made.', formatCount(calls.length)) };
    case 'otherForm':
      return withMade('warn',
        l10n.t('The gateway takes the request in another form alone. It holds a key, so that form cannot be sent directly as well.'));
    case 'stopped':
      return withMade('warn', l10n.t('Stopped.'));
    case 'limit':
      return withMade('warn', l10n.t('Stopped before a limit was used up: {0}.', limitName(ending.ceiling)));
    case 'remaining':
      return withMade('warn', remainingText(ending.left));
    case 'refused':
      return withMade('warn', refusedText(ending));
    case 'failing':
      return withMade('bad', ending.way === 'direct'
        ? l10n.t('The direct way failed several times one after another.')
        : l10n.t('The way through the gateway failed several times one after another.'));
    default:
      return ending satisfies never;
  }
}

function remainingText(left: number): string {
  return left === 1
    ? l10n.t('Stopped before a limit was used up: the gateway says that 1 call is left.')
    : l10n.t('Stopped before a limit was used up: the gateway says that {0} calls are left.', formatCount(left));
}

function refusedText({ way, status, retryAfter }: Extract<Ending, { readonly kind: 'refused' }>): string {
  if (way === 'direct') return l10n.t('The service refused a call with {0}.', String(status));
  return retryAfter === undefined || !/^\d{1,9}$/.test(retryAfter)
    ? l10n.t('The gateway refused a call with {0}.', String(status))
    : l10n.t('The gateway refused a call with {0} and says to wait {1} seconds.', String(status), retryAfter);
}

function otherFormText(): string {
  const form = l10n.t('The gateway took the request in another form alone, so that form was sent both ways, the same to the byte.');
  return `${form} ${l10n.t('Calls that were made before this was known are not among these.')}`;
}

function likenessFacts(calls: readonly WayCall[], comparison: Comparison | undefined): readonly ShownFact[] {
  return [...bytesFact(calls), ...tablesFact(comparison)];
}

type Summaries = Readonly<Record<Way, WaySummary>>;

function isFew({ direct, gateway }: Summaries): boolean {
  return Math.min(direct.timed, gateway.timed) < fewestFor95;
}

function addedText({ direct, gateway }: Summaries): string | undefined {
  const [half, high, largest] = [added(direct.p50, gateway.p50), added(direct.p95, gateway.p95), added(direct.most, gateway.most)];
  if (half === undefined || high === undefined || largest === undefined) return undefined;
  if (!isFew({ direct, gateway })) return l10n.t('p50 {0}, p95 {1}', formatFineDuration(half), formatFineDuration(high));
  const timed = Math.min(direct.timed, gateway.timed);
  const [one, other] = [formatFineDuration(half), formatFineDuration(largest)];
  return timed === 1
    ? l10n.t('p50 {0}, largest {1}, of 1 call: too few for a 95th percentile', one, other)
    : l10n.t('p50 {0}, largest {1}, of {2} calls: too few for a 95th percentile', one, other, formatCount(timed));
}

function factsOf({ direct, gateway }: Summaries): readonly ShownFact[] {
  const text = addedText({ direct, gateway });
  const refused = (name: string, { refused: no, calls: all }: WaySummary): readonly ShownFact[] => (all === 0 ? [] : [{
    name, tone: no === 0 ? 'good' : 'warn',
    text: l10n.t('{0} of {1} calls ({2})', formatCount(no), formatCount(all), formatShare(no, all)),
  }]);
  return [
    ...(text === undefined ? [] : [{ name: l10n.t('Added latency'), tone: 'plain' as const, text }]),
    ...refused(l10n.t('Refused direct'), direct), ...refused(l10n.t('Refused through the gateway'), gateway),
  ];
}

function bytesFact(calls: readonly WayCall[]): readonly ShownFact[] {
  const { answered, same, byWay } = likenessOf(calls);
  if (answered < 2) return [];
  const name = l10n.t('Answers, byte for byte');
  if (same === answered) return [{ name, tone: 'good', text: l10n.t('All {0} are equal.', formatCount(answered)) }];
  return [{
    name, tone: 'warn', text: byWay
      ? l10n.t('Each way gives one answer, and the two differ.')
      : l10n.t('{0} of {1} equal the first one.', formatCount(same), formatCount(answered)),
  }];
}

function tablesFact(comparison: Comparison | undefined): readonly ShownFact[] {
  if (!comparison || comparison.outputs.length === 0) return [];
  const name = l10n.t('Answers, as tables');
  if (comparison.same) return [{ name, tone: 'good', text: l10n.t('No cell differs.') }];
  const said = [...comparison.outputs.flatMap((each) => (each.same ? [] : [`${each.name}: ${each.facts.join(' ')}`])), ...comparison.notes];
  return [{ name, tone: 'warn', text: said.join(' ') }];
}

function laneOf(calls: readonly WayCall[], way: Way, { p50, p95, most }: WaySummary, few: boolean): ShownLane {
  const high = few ? most : p95;
  const timed = new Set(timedCalls(calls, way));
  return {
    way, name: wayName(way),
    dots: calls.filter((call) => call.way === way).map((call) => ({ ms: call.ms, words: callWords(call), counts: timed.has(call) })),
    ...(p50 === undefined ? {} : { p50 }), ...(high === undefined ? {} : { high }),
  };
}

function callWords({ turn, ms, refused, way }: WayCall): string {
  const [number, took] = [formatCount(turn + 1), formatFineDuration(ms)];
  if (refused !== undefined) return l10n.t('{0}, call {1}: {2}, refused: {3}', wayName(way), number, took, refused);
  return turn === 0
    ? l10n.t('{0}, call {1}: {2}, makes the connection', wayName(way), number, took)
    : l10n.t('{0}, call {1}: {2}', wayName(way), number, took);
}

function summaryTable({ direct, gateway }: Summaries): ShownTable {
  const time = (ms: number | undefined): string => (ms === undefined ? '–' : formatFineDuration(ms));
  const times = (name: string, of: (summary: WaySummary) => number | undefined): readonly string[] =>
    [name, time(of(direct)), time(of(gateway)), time(added(of(direct), of(gateway)))];
  return {
    heads: ['', wayName('direct'), wayName('gateway'), l10n.t('Added')],
    rows: [
      times(l10n.t('p50'), ({ p50 }) => p50),
      ...(isFew({ direct, gateway }) ? [] : [times(l10n.t('p95'), ({ p95 }) => p95)]),
      times(l10n.t('Smallest'), ({ least }) => least), times(l10n.t('Largest'), ({ most }) => most),
      times(l10n.t('First call'), ({ firstMs }) => firstMs),
      [l10n.t('Refused'), formatCount(direct.refused), formatCount(gateway.refused), ''],
      [l10n.t('Size'), sizesText(direct.sizes), sizesText(gateway.sizes), ''],
    ],
  };
}

function sizesText(sizes: readonly number[]): string {
  const [least, most] = [sizes[0], sizes.at(-1)];
  if (least === undefined || most === undefined) return '–';
  return least === most ? formatBytes(least) : l10n.t('{0} to {1}', formatBytes(least), formatBytes(most));
}

function shownHeader({ name, verdict, direct = '', gateway = '' }: ComparedHeader): ShownHeader {
  const words = { differs: l10n.t('Differs'), onlyDirect: l10n.t('Only direct'), onlyGateway: l10n.t('Only through the gateway'),
    varies: l10n.t('Another one each time'), same: l10n.t('Same') };
  return { name, verdict: words[verdict], tone: verdict === 'varies' || verdict === 'same' ? 'plain' : 'warn', direct, gateway };
}

function callTable(calls: readonly WayCall[]): ShownTable {
  return {
    heads: [l10n.t('Call'), l10n.t('Way'), l10n.t('Time'), l10n.t('Status'), l10n.t('Size'), l10n.t('Remark')],
    rows: calls.map((call, index) => [
      formatCount(index + 1), wayName(call.way), formatFineDuration(call.ms), call.status === undefined ? '–' : String(call.status),
      formatBytes(call.bytes), call.refused ?? (call.turn === 0 ? l10n.t('Makes the connection') : ''),
    ]),
  };
}
