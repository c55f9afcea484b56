// The limits that callers inherit: from the product, and from the policy of all APIs.

import type { ApiDefinition } from '../definition/definition';
import type { PolicyLimit } from '../policy/limit';
import { limitsOf } from '../policy/limits';
import type { LimitSource, PlanItem, PlanWarning } from './items';
import { readPolicyAt, type ArmPlace } from './reading';

/** Calls a minute that follow one job while it runs. */
export const pollsPerMinute = 4;

/** What callers are limited by beyond what was chosen. Throws ArmFailed, and Cancelled. */
export async function inheritedLimits(
  place: ArmPlace, { choices }: ApiDefinition, items: readonly PlanItem[],
): Promise<readonly PlanWarning[]> {
  const warnings: PlanWarning[] = [];
  const { product } = choices;
  if (product.kind === 'existing') {
    const from: LimitSource = { kind: 'product', name: product.displayName };
    const planned = items.find(({ kind }) => kind === 'productPolicy');
    const path = `/products/${encodeURIComponent(product.id)}/policies/policy`;
    const body = planned?.after ?? planned?.before ?? (await readPolicyAt(place, path))?.body;
    const all = body?.kind === 'policy' ? warningsOf(body.text, from) : [];
    warnings.push(...all.filter((each) => each.code !== 'inherited' || !isChosen(each.limit, choices)));
  }
  const all = await readPolicyAt(place, '/policies/policy');
  if (all?.body.kind === 'policy') warnings.push(...warningsOf(all.body.text, { kind: 'allApis' }));
  return warnings;
}

function warningsOf(text: string, from: LimitSource): readonly PlanWarning[] {
  const { limits, understood } = limitsOf(text);
  const inherited = limits.map((limit) => ({ code: 'inherited' as const, from, limit }));
  return understood ? inherited : [...inherited, { code: 'notUnderstood', from }];
}

/** True for what the person has asked for. */
function isChosen(limit: PolicyLimit, { rateLimit, quota }: ApiDefinition['choices']): boolean {
  const { element, calls, kilobytes, seconds, conditional } = limit;
  if (conditional) return false;
  if (element === 'quota')
    return quota !== undefined && calls === quota.calls && kilobytes === quota.kilobytes && seconds === quota.seconds;
  return element !== 'quota-by-key' && rateLimit !== undefined && calls === rateLimit.calls && seconds === rateLimit.seconds;
}

/** What a limit means for a job that is followed. */
export type PollingCost =
  /** One job uses it up in so many minutes, before it is filled up again. */
  | { readonly kind: 'usedUp'; readonly minutes: number }
  /** One job alone calls more often than it allows. */
  | { readonly kind: 'tooOften' }
  | { readonly kind: 'fits' };

/** Reckons it; what is not a number is not reckoned. */
export function pollingCost({ element, calls, seconds }: PolicyLimit): PollingCost {
  if (typeof calls !== 'number' || typeof seconds !== 'number') return { kind: 'fits' };
  const minutes = calls / pollsPerMinute;
  if (element === 'quota' || element === 'quota-by-key')
    return seconds === 0 || minutes * 60 < seconds ? { kind: 'usedUp', minutes } : { kind: 'fits' };
  return calls < (pollsPerMinute * seconds) / 60 ? { kind: 'tooOften' } : { kind: 'fits' };
}
