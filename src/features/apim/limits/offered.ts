// Which limits a scope and a tier allow, and why not the others.

import * as l10n from '@vscode/l10n';
import type { RateLimit } from '../definition/definition';
import type { PolicyScope } from '../policy/policyScope';

/** What the form offers. */
export interface OfferedLimits {
  /** By what callers can be told apart; empty where the rate of calls cannot be limited. */
  readonly by: readonly RateLimit['by'][];
  readonly quota: boolean;
}

/** True for the tier that knows no limits by key. */
function isConsumption(tier: string | undefined): boolean {
  return tier?.toLowerCase() === 'consumption';
}

/**
 * What API Management takes: `rate-limit` (by subscription) anywhere but in the policy of all APIs, `rate-limit-by-key` (by IP address)
 * anywhere but in the Consumption tier, `quota` in products alone. A tier that is not known is taken for one that has all.
 */
export function offeredLimits({ kind }: PolicyScope, tier: string | undefined): OfferedLimits {
  return {
    by: [...(kind === 'allApis' ? [] : ['subscription' as const]), ...(isConsumption(tier) ? [] : ['ip' as const])],
    quota: kind === 'product',
  };
}

/** Why something is not offered, in sentences; empty where all is. */
export function whyNotOffered({ kind }: PolicyScope, tier: string | undefined): readonly string[] {
  const consumption = isConsumption(tier);
  const reasons: string[] = [];
  if (kind === 'allApis' && consumption) {
    reasons.push(l10n.t('For all APIs together, the Consumption tier has no limit of calls: set one for an API or a product.'));
  } else if (kind === 'allApis') {
    reasons.push(l10n.t('Limits on all APIs count by IP address only. To count by subscription, limit an API or a product.'));
  } else if (consumption) {
    reasons.push(l10n.t('The Consumption tier has no limit by IP address.'));
  }
  if (kind !== 'product') reasons.push(l10n.t('Quotas can be set on products only.'));
  return reasons;
}
