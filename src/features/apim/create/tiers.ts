// The tiers of API Management, and what each can and cannot do for scoring services. Facts that are not sure are said carefully.

import * as l10n from '@vscode/l10n';

/** A tier that can be chosen, as Azure Resource Manager names it. */
export type Tier = 'Consumption' | 'Developer' | 'Basic' | 'Standard' | 'Premium' | 'BasicV2' | 'StandardV2';

/** All of them, in the order in which they are offered. */
export const tiers: readonly Tier[] = ['Consumption', 'Developer', 'Basic', 'Standard', 'Premium', 'BasicV2', 'StandardV2'];

/** The one that a form begins with: it has all features and is made for trying. */
export const firstTier: Tier = 'Developer';

/** What is true of a tier, as far as it matters here. */
interface TierFacts {
  /** Units that are asked for; that of Consumption must be 0. */
  readonly capacity: 0 | 1;
  /** It has a service level agreement. */
  readonly production: boolean;
  /** `rate-limit-by-key` and `quota-by-key`. */
  readonly limitsByKey: boolean;
  readonly users: boolean;
  /** The reports that the usage page shows. */
  readonly reports: 'yes' | 'no' | 'unsure';
  readonly billedByCall: boolean;
  readonly slow: boolean;
}

const classic: TierFacts = {
  capacity: 1, production: true, limitsByKey: true, users: true, reports: 'yes', billedByCall: false, slow: true,
};
const second: TierFacts = { ...classic, reports: 'unsure', slow: false };

const facts: Readonly<Record<Tier, TierFacts>> = {
  Consumption: {
    capacity: 0, production: true, limitsByKey: false, users: false, reports: 'no', billedByCall: true, slow: false,
  },
  Developer: { ...classic, production: false },
  Basic: classic,
  Standard: classic,
  Premium: classic,
  BasicV2: second,
  StandardV2: second,
};

/** How a cell of the comparison is to be taken. */
export type Verdict = 'yes' | 'no' | 'note';

/** What a tier does about one thing. */
export interface TierCell {
  readonly verdict: Verdict;
  readonly text: string;
}

/** The comparison: a row for each tier, its cells in the order of the columns. */
export interface TierTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly tier: Tier; readonly use: string; readonly cells: readonly TierCell[] }[];
}

/** True for the name of a tier. */
export function isTier(name: string): name is Tier {
  return tiers.some((tier) => tier === name);
}

/** What is asked for of a tier. */
export function skuOf(tier: Tier): { readonly name: Tier; readonly capacity: number } {
  return { name: tier, capacity: facts[tier].capacity };
}

/** How long making an instance of the tier takes, in words. */
export function timeOf(tier: Tier): string {
  if (tier === 'Consumption') return l10n.t('a few minutes');
  return facts[tier].slow ? l10n.t('30 to 45 minutes') : l10n.t('usually a few minutes');
}

/** The comparison for people. */
export function tierTable(): TierTable {
  return {
    columns: [
      l10n.t('Production'), l10n.t('Limits by key'), l10n.t('Quota'), l10n.t('Users and portal'), l10n.t('Usage reports'),
      l10n.t('Batch jobs'), l10n.t('Created in'),
    ],
    rows: tiers.map((tier) => ({ tier, use: useOf(tier), cells: cellsOf(tier) })),
  };
}

function cellsOf(tier: Tier): readonly TierCell[] {
  const { production, limitsByKey, users, reports, billedByCall, slow } = facts[tier];
  const yesOrNo = (is: boolean): TierCell => ({ verdict: is ? 'yes' : 'no', text: is ? l10n.t('yes') : l10n.t('no') });
  return [
    production ? { verdict: 'yes', text: l10n.t('yes, with an SLA') } : { verdict: 'no', text: l10n.t('no SLA') },
    limitsByKey ? yesOrNo(true) : { verdict: 'no', text: l10n.t('by subscription only') },
    { verdict: 'yes', text: limitsByKey ? l10n.t('yes') : l10n.t('of products only') },
    yesOrNo(users),
    reports === 'unsure' ? { verdict: 'note', text: l10n.t('perhaps not; see Azure Monitor') } : yesOrNo(reports === 'yes'),
    billedByCall ? { verdict: 'note', text: l10n.t('each status request is billed') } : yesOrNo(true),
    { verdict: slow ? 'note' : 'yes', text: timeOf(tier) },
  ];
}

function useOf(tier: Tier): string {
  switch (tier) {
    case 'Consumption':
      return l10n.t('Billed by call; nothing runs while nobody calls, so the first call after a pause takes longer');
    case 'Developer':
      return l10n.t('For evaluation and development, with all features');
    case 'Basic':
      return l10n.t('The smallest one for production');
    case 'Standard':
      return l10n.t('Production with more calls than Basic');
    case 'Premium':
      return l10n.t('Several regions, virtual networks, and the most calls');
    case 'BasicV2':
      return l10n.t('The newer platform, the smallest one');
    case 'StandardV2':
      return l10n.t('The newer platform, with virtual networks for what is behind it');
    default:
      return tier satisfies never;
  }
}
