// Why the gateway has refused a call: which key, limit or product it was, read from the instance, and where that is changed.

import * as l10n from '@vscode/l10n';
import { formatWait } from '../../../base/format';
import type { ErrorParts } from '../../../model/errors';
import { entriesAt, orElse, readFresh, titleAt } from '../access/reads';
import { productPath, subscriptionPath } from '../access/writes';
import { scopeOf, stateText } from '../entryWords';
import type { Entry } from '../items';
import { limitsInForce, type LimitInForce } from '../limits/inForce';
import { shownLimit } from '../limits/limitsWords';
import { isRate } from '../limits/ownLimits';
import { readLimits, type LimitsPlaceAt } from '../limits/there';
import type { ApimNode } from '../nodes';
import { below } from '../../../arm/apimPaths';
import type { PolicyScope } from '../policy/policyScope';
import { nodeOfScope } from '../policyLines';

/** A call that the gateway itself has answered with 401, 403 or 429. */
export interface RefusedCall {
  readonly api: Entry;
  readonly operation: Entry;
  /** Whose key was sent; undefined where there was none, or it is not known whose it was. */
  readonly subscription: Entry | undefined;
  readonly status: number;
  /** The gateway's own words. */
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
  /** What is said where the instance tells no more. */
  readonly problem: ErrorParts;
}

/** What a person is told, and the line of the section that its buttons act on. */
export interface ExplainedRefusal {
  readonly problem: ErrorParts;
  readonly node?: ApimNode;
}

/** Explains it. What the account may not read is left out. Throws ArmFailed for all else, and Cancelled. */
export async function explainRefusal(place: LimitsPlaceAt, call: RefusedCall): Promise<ExplainedRefusal> {
  const explained = call.status === 401 ? await refusedKey(place, call)
    : call.status === 429 || /\bquota\b/i.test(call.message) ? await spentLimit(place, call)
      : call.status === 403 ? refusedByPolicy(place, call) : undefined;
  return explained ?? { problem: call.problem };
}

async function refusedKey(place: LimitsPlaceAt, call: RefusedCall): Promise<ExplainedRefusal | undefined> {
  const { api, subscription, message } = call;
  if (/\bmissing subscription key\b/i.test(message) && subscription === undefined) {
    return told(call, l10n.t('The API "{0}" asks for a subscription key, and none was sent.', api.title),
      l10n.t('Choose a subscription that opens it, then send again.'), ['retry']);
  }
  if (subscription === undefined || !/\binvalid subscription key\b/i.test(message)) return undefined;
  const now = await orElse(async () => (await readFresh(place, 'subscription', subscriptionPath(subscription.name))).entry, undefined);
  if (now === undefined) {
    return told(call, l10n.t('The subscription "{0}" is no longer there, so its keys are refused.', subscription.title),
      l10n.t('Choose another subscription, then send again.'), ['retry']);
  }
  const node: ApimNode = { kind: 'entry', instance: place.instance, entry: now, parent: undefined };
  const state = stateText(now);
  if (state !== '') {
    return { node, ...told(call, l10n.t('The keys of the subscription "{0}" are refused, as it is not active ({1}).', now.title, state),
      l10n.t('Activate it, or choose another subscription.'), ['activateSubscription', 'retry']) };
  }
  return (await outsideScope(place, call, now)) ?? {
    node,
    ...told(call, l10n.t('The gateway refuses the key of "{0}", though the subscription is active.', now.title),
      l10n.t('A key that was made anew takes a moment until it counts. Send it again.'), ['retry']),
  };
}

/** Told where the keys open something else than this API. */
async function outsideScope(place: LimitsPlaceAt, call: RefusedCall, subscription: Entry): Promise<ExplainedRefusal | undefined> {
  const { api } = call;
  const scope = scopeOf(subscription);
  if (scope?.kind === 'product') {
    const apis = await orElse(() => entriesAt(place, 'api', `${productPath(scope.name)}/apis`), undefined);
    if (apis === undefined || apis.some(({ name }) => sameApi(name, api.name))) return undefined;
    const product = await titleAt(place, 'product', productPath(scope.name), scope.name);
    return {
      node: nodeOfScope(place.instance, { kind: 'product', product: scope.name }, product),
      ...told(call,
        l10n.t('The key of "{0}" opens the product "{1}", and the API "{2}" is not in it.', subscription.title, product, api.title),
        l10n.t('Add the API to the product, or choose another subscription.'), ['addApiToProduct', 'retry']),
    };
  }
  if (scope?.kind !== 'api' || sameApi(scope.name, api.name)) return undefined;
  const title = await titleAt(place, 'api', below('', '/apis', scope.name), scope.name);
  return told(call, l10n.t('The key of "{0}" opens the API "{1}" alone, not "{2}".', subscription.title, title, api.title),
    l10n.t('Choose another subscription, then send again.'), ['retry']);
}

/** A limit with the scope of the policy in which it stands. */
interface FoundLimit {
  readonly limit: LimitInForce;
  readonly scope: PolicyScope;
  readonly title: string;
}

async function spentLimit(place: LimitsPlaceAt, call: RefusedCall): Promise<ExplainedRefusal | undefined> {
  const rates = call.status === 429;
  const found = await orElse(() => countingLimits(place, call, rates), []);
  // The tightest is the likeliest; what is not compared, such as limits by keys of their own, may have been it as well.
  const [first, ...others] = [...found].sort((one, other) => rank(one) - rank(other));
  const wait = call.retryAfterMs === undefined ? undefined : formatWait(call.retryAfterMs);
  if (first === undefined) return undefined;
  const { title, limit, scope } = first;
  const text = shownLimit(limit);
  return {
    node: nodeOfScope(place.instance, scope, title),
    ...told(call, others.length > 0 ? severalText(rates, whose(first), text) : oneText(rates, whose(first), text),
      [
        ...(others.length === 0 ? []
          : [l10n.t('Others that count: {0}.', others.map((each) => l10n.t('{0}: {1}', whose(each), shownLimit(each.limit))).join('; '))]),
        wait === undefined ? l10n.t('Limit Calls changes it.') : l10n.t('Send again in {0}, or change it with Limit Calls.', wait),
      ].join(' '), ['limitCalls', 'retry']),
  };
}

function oneText(rates: boolean, where: string, text: string): string {
  return rates ? l10n.t('A limit of calls is reached, that of {0}: {1}.', where, text)
    : l10n.t('A quota is used up, that of {0}: {1}.', where, text);
}

function severalText(rates: boolean, where: string, text: string): string {
  return rates ? l10n.t('A limit of calls is reached, most likely that of {0}: {1}.', where, text)
    : l10n.t('A quota is used up, most likely that of {0}: {1}.', where, text);
}

/** The limits that count for this caller. */
async function countingLimits(place: LimitsPlaceAt, call: RefusedCall, rates: boolean): Promise<readonly FoundLimit[]> {
  const { api, operation, subscription } = call;
  const scope: PolicyScope = { kind: 'operation', api: api.name, operation: operation.name };
  const { own, inherited } = await readLimits(place, scope);
  const key = subscription && scopeOf(subscription);
  // A key for one API or all of them passes over products; whose key it was is not always known.
  const product = key?.kind === 'product' ? await titleAt(place, 'product', productPath(key.name), key.name) : undefined;
  const counts = inherited.filter(({ from }) =>
    from.kind !== 'product' || (key?.kind === 'product' ? from.name === product : subscription === undefined));
  return limitsInForce(own?.text ?? '', counts).flatMap(({ from, limits }) => limits.flatMap((limit): FoundLimit[] => {
    if (limit.limit === undefined || isRate(limit.limit.element) !== rates || !mayHaveRefused(limit, call)) return [];
    switch (from.kind) {
      case 'own':
        return [{ limit, scope, title: operation.title }];
      case 'allApis':
        return [{ limit, scope: { kind: 'allApis' }, title: '' }];
      case 'api':
        return [{ limit, scope: { kind: 'api', api: api.name }, title: api.title }];
      case 'product':
        return key?.kind === 'product' ? [{ limit, scope: { kind: 'product', product: key.name }, title: from.name }] : [];
      default:
        return from satisfies never;
    }
  }));
}

/** A limit makes nobody wait for longer than its period, and one of another API or operation is not this one's. */
function mayHaveRefused({ limit, verdict }: LimitInForce, { retryAfterMs }: RefusedCall): boolean {
  if (verdict === 'inner') return false;
  const seconds = limit?.seconds;
  return retryAfterMs === undefined || typeof seconds !== 'number' || seconds === 0 || retryAfterMs <= seconds * 1000 + 1000;
}

/** Those that win come first; what cannot be compared comes last. */
const likeliest: readonly LimitInForce['verdict'][] = ['wins', 'ownCallers', 'alone', 'otherCallers', 'loses'];

function rank({ limit: { verdict } }: FoundLimit): number {
  const at = likeliest.indexOf(verdict);
  return at < 0 ? likeliest.length : at;
}

function whose({ scope, title }: FoundLimit): string {
  switch (scope.kind) {
    case 'allApis':
      return l10n.t('all APIs');
    case 'api':
      return l10n.t('the API "{0}"', title);
    case 'operation':
      return l10n.t('the operation "{0}"', title);
    case 'product':
      return l10n.t('the product "{0}"', title);
    default:
      return scope satisfies never;
  }
}

/** No quota, and no key: what is left are policies such as a filter of addresses. */
function refusedByPolicy(place: LimitsPlaceAt, call: RefusedCall): ExplainedRefusal {
  const { api, operation } = call;
  return {
    node: nodeOfScope(place.instance, { kind: 'api', api: api.name }, api.title),
    ...told(call, l10n.t('A policy of the gateway forbids this call of "{0}".', operation.title),
      l10n.t('It may check addresses, tokens or content. Look at the policies of the operation, the API "{0}", its product and all APIs.',
        api.title), ['editPolicy', 'retry']),
  };
}

function told(
  { problem }: RefusedCall, sentence: string, advice: string, actions: readonly string[],
): { readonly problem: ErrorParts } {
  return { problem: { sentence, advice, actions, ...(problem.detail === undefined ? {} : { detail: problem.detail }) } };
}

function sameApi(one: string, other: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/;rev=\d{1,9}$/, '');
  return plain(one) === plain(other);
}
