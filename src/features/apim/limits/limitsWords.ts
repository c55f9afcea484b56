// The words of the form: what counts beside, which limit wins, why something is only shown, and what polling a job costs.

import * as l10n from '@vscode/l10n';
import { formatCount, formatMinute, formatShortDay, formatWait } from '../../../base/format';
import { faultText } from '../policy/faultText';
import type { PolicyLimit } from '../policy/limit';
import type { PolicyFault } from '../policy/policyFault';
import type { PolicyScope } from '../policy/policyScope';
import { pollingCost, pollsPerMinute } from '../publish/inherited';
import { limitText } from '../publish/publishWords';
import type { LimitInForce, NotCompared, PolicyInForce, Verdict } from './inForce';
import { isRate, type WhyShown } from './ownLimits';

/**
 * What the form is about, as the title of its page. `title` is what people call the thing, empty where that is not known yet; `api` is what
 * the API of an operation is called. Publishing gives an API and its product the same name, so that the kind is always said.
 */
export function formTitle({ kind }: PolicyScope, title: string, api: string | undefined): string {
  if (kind === 'allApis') return l10n.t('Limit Calls of All APIs');
  if (title === '') return l10n.t('Limit Calls');
  switch (kind) {
    case 'api':
      return l10n.t('Limit Calls of API {0}', title);
    case 'product':
      return l10n.t('Limit Calls of Product {0}', title);
    case 'operation':
      return api === undefined ? l10n.t('Limit Calls of Operation {0}', title) : l10n.t('Limit Calls of Operation {0} of {1}', title, api);
    default:
      return kind satisfies never;
  }
}

/** Whose policy it is. */
export function sourceText(from: PolicyInForce['from']): string {
  switch (from.kind) {
    case 'own':
      return l10n.t('This policy');
    case 'allApis':
      return l10n.t('All APIs');
    case 'api':
      return l10n.t('API {0}', from.name);
    case 'product':
      return l10n.t('Product {0}', from.name);
    default:
      return from satisfies never;
  }
}

/** A limit in a few words, with the key that it is counted by where that is one of its own; what is not known as it stands. */
export function shownLimit({ limit, verdict, tag }: LimitInForce): string {
  if (!limit) return tag;
  return verdict === 'otherKey' && limit.counterKey !== undefined
    ? l10n.t('{0}: {1}', limitText(limit), limit.counterKey)
    : limitText(limit);
}

/** Which of several is the tightest; empty where there is nothing to say. */
export function verdictText(verdict: Verdict | NotCompared): string {
  switch (verdict) {
    case 'wins':
      return l10n.t('Wins');
    case 'ownCallers':
      return l10n.t('Wins for callers of this product');
    case 'otherCallers':
      return l10n.t('Wins for other callers');
    case 'loses':
    case 'alone':
      return '';
    case 'conditional':
    case 'inner':
    case 'expression':
    case 'namedValue':
    case 'otherKey':
    case 'section':
    case 'element':
    case 'fragment':
    case 'incomplete':
      return l10n.t('Not compared');
    default:
      return verdict satisfies never;
  }
}

/** What it means to win where limits of different periods were compared, in sentences; empty where none were. */
export function winsTexts(policies: readonly PolicyInForce[]): readonly string[] {
  const compared = policies.flatMap(({ limits }) => limits).flatMap(({ limit, verdict }) =>
    (limit && verdict !== 'alone' && notComparedText(verdict) === '' ? [limit] : []));
  const [rates, quotas] = [compared.filter(({ element }) => isRate(element)), compared.filter(({ element }) => !isRate(element))];
  const differ = (limits: readonly PolicyLimit[]): boolean => new Set(limits.map(({ seconds }) => seconds)).size > 1;
  return differ(rates) || differ(quotas)
    ? [l10n.t('Periods differ: the limit that allows the least per second wins. Another one may still stop a caller earlier.')]
    : [];
}

/** Why a limit is not compared, in a sentence; empty where it is. */
export function notComparedText(verdict: Verdict | NotCompared): string {
  switch (verdict) {
    case 'wins':
    case 'ownCallers':
    case 'otherCallers':
    case 'loses':
    case 'alone':
      return '';
    case 'conditional':
      return l10n.t('It counts on a condition, so it cannot be compared with the others.');
    case 'inner':
      return l10n.t('It counts for one API or operation alone, so it cannot be compared with the others.');
    case 'section':
      return l10n.t('It stands in another section of the policy, so it cannot be compared with the others.');
    case 'element':
      return l10n.t('It limits something else than calls, so it cannot be compared with the others.');
    case 'fragment':
      return l10n.t('What is in this fragment counts as well, and is not read here.');
    case 'expression':
      return l10n.t('It is reckoned for each call by an expression, so it cannot be compared with the others.');
    case 'namedValue':
      return l10n.t('It stands in a named value, so it cannot be compared with the others.');
    case 'otherKey':
      return l10n.t('It is counted by a key of its own, so it cannot be compared with the others.');
    case 'incomplete':
      return l10n.t('Its numbers are not all there, so it cannot be compared with the others.');
    default:
      return verdict satisfies never;
  }
}

/** What is said of a policy beside that cannot be read. */
export function notReadText(): string {
  return l10n.t('It cannot be read safely, so its limits are not told here.');
}

/** Why a document is shown as text and not edited, in sentences. */
export function notEditedText(rawxml: string, fault: PolicyFault): string {
  const why = faultText(rawxml, fault);
  return fault.reason === 'empty' ? why : l10n.t('It cannot be read safely. {0}', why);
}

/** Why limits are shown and not edited, in a sentence. */
export function whyShownText(why: WhyShown): string {
  switch (why) {
    case 'expression':
      return l10n.t('It is reckoned by an expression, so it is not edited as a number here.');
    case 'namedValue':
      return l10n.t('It stands in a named value, so it is not edited as a number here.');
    case 'several':
      return l10n.t('There are several, and all of them count, so they are not edited here.');
    case 'incomplete':
      return l10n.t('Its numbers are not all there, so it is not edited here.');
    default:
      return why satisfies never;
  }
}

/** What a limit means for a batch job that is followed, in a sentence; empty where the job fits in. `nowMs` is the time of day. */
export function pollingText({ from, limit }: LimitInForce, nowMs: number): string {
  if (!limit) return '';
  const cost = pollingCost(limit);
  switch (cost.kind) {
    case 'fits':
      return '';
    case 'tooOften':
      return from.kind === 'own'
        ? l10n.t('One batch job asks for its status {0} times a minute, more often than this limit allows.', pollsPerMinute)
        : l10n.t(
          'One batch job asks for its status {0} times a minute, more often than the limit of {1} allows.',
          pollsPerMinute, inSentence(from));
    case 'usedUp':
      return usedUpText(from, limit, cost.minutes, nowMs);
    default:
      return cost satisfies never;
  }
}

function usedUpText(
  from: LimitInForce['from'], { calls, seconds }: PolicyLimit, minutes: number, nowMs: number,
): string {
  const [count, span] = [formatCount(Number(calls)), formatWait(minutes * 60_000)];
  const at = timeText(nowMs + minutes * 60_000, nowMs);
  const again = formatWait(Number(seconds) * 1000);
  if (from.kind === 'own') {
    return seconds === 0
      ? l10n.t(
        'The status requests of one batch job use up these {0} calls in {1} (by {2} if it starts now). The quota is not renewed.',
        count, span, at)
      : l10n.t(
        'The status requests of one batch job use up these {0} calls in {1} (by {2} if it starts now). The quota is renewed every {3}.',
        count, span, at, again);
  }
  return seconds === 0
    ? l10n.t(
      'The status requests of one batch job use up the {0} calls of {1} in {2} (by {3} if it starts now). The quota is not renewed.',
      count, inSentence(from), span, at)
    : l10n.t(
      'The status requests of one batch job use up the {0} calls of {1} in {2} (by {3} if it starts now). The quota is renewed every {4}.',
      count, inSentence(from), span, at, again);
}

function inSentence(from: Exclude<LimitInForce['from'], { kind: 'own' }>): string {
  switch (from.kind) {
    case 'allApis':
      return l10n.t('all APIs');
    case 'api':
      return l10n.t('the API "{0}"', from.name);
    case 'product':
      return l10n.t('the product "{0}"', from.name);
    default:
      return from satisfies never;
  }
}

/** The time of day to the minute, with the day where it is another one. */
function timeText(timeMs: number, nowMs: number): string {
  const [then, now] = [new Date(timeMs), new Date(nowMs)];
  return then.toDateString() === now.toDateString() ? formatMinute(timeMs)
    : l10n.t('{0}, {1}', formatShortDay(timeMs), formatMinute(timeMs));
}

/** What else is to be known of what counts for these callers, in sentences. */
export function besideTexts({ kind }: PolicyScope, apis: readonly string[], hasProducts: boolean): readonly string[] {
  switch (kind) {
    case 'allApis':
      return [l10n.t('The limits of products, APIs and operations count as well.')];
    case 'product':
      if (apis.length === 0) return [l10n.t('The product has no API yet.')];
      return [
        l10n.t('It counts for calls of: {0}. The limits of these APIs count as well.', apis.join(', ')),
        l10n.t('Keys for one API or for all APIs bypass it.'),
      ];
    case 'api':
    case 'operation':
      return hasProducts
        ? [l10n.t('All of them are in force at once. Keys for one API or for all APIs bypass the limits of products.')]
        : [l10n.t('The API is in no product.')];
    default:
      return kind satisfies never;
  }
}
