// The choices of a person: what stands there first, and what is wrong with them.

import * as l10n from '@vscode/l10n';
import { beginningOfText } from '../../../base/cutText';
import { withoutEnd } from '../../../base/ends';
import { formatCount } from '../../../base/format';
import type { Service } from '../../../model/service';
import type { ApiChoices, ProductChoice, Quota, RateLimit } from './definition';
import { idOf, isId, longestId } from './ids';

/** What of the choices can be wrong. */
export type ChoiceField =
  | 'apiId' | 'displayName' | 'path' | 'product' | 'subscription' | 'rateCalls' | 'rateSeconds'
  | 'quota' | 'quotaCalls' | 'quotaKilobytes' | 'quotaSeconds' | 'origins';

/** What is wrong, one sentence for a field; empty where all is well. */
export type ChoiceProblems = Readonly<Partial<Record<ChoiceField, string>>>;

/** What API Management takes. */
export const bounds = { name: 300, subscriptionName: 100, path: 400, seconds: 300, count: 2_147_483_647, origins: 100 } as const;

/** What is offered first: a product of its own with a key for callers, a limit that lets jobs be polled, the service's key added. */
export function defaultChoices({ name }: Pick<Service, 'name'>): ApiChoices {
  const displayName = beginningOfText(name.trim(), bounds.subscriptionName - 20).trim() || l10n.t('Scoring service');
  const apiId = apiIdOf(displayName);
  return {
    apiId,
    displayName,
    path: apiId,
    product: { kind: 'new', id: apiId, displayName },
    subscription: callersOf(apiId, displayName, callersNameOf(displayName)),
    rateLimit: { calls: 100, seconds: 60, by: 'subscription' },
    shortPaths: false,
    addsKey: true,
  };
}

/** The id that is made of an API's name. */
export function apiIdOf(displayName: string): string {
  return idOf(displayName, 'scoring-service');
}

/** The name that is made of an API's for the subscription of its callers. */
export function callersNameOf(displayName: string): string {
  return l10n.t('Callers of {0}', beginningOfText(displayName, bounds.subscriptionName - 20).trim());
}

/**
 * The subscription of an API's callers. Its id begins with that of the API: two APIs of one service that share a subscription would take it
 * from each other, and with it the calls of those who have its key.
 */
export function callersOf(apiId: string, displayName: string, callersName: string): NonNullable<ApiChoices['subscription']> {
  const own = isId(apiId) ? apiId : apiIdOf(apiId);
  const name = callersName === callersNameOf(displayName) ? 'callers' : idOf(callersName, 'callers');
  return { id: withoutEnd(`${own}-${name}`.slice(0, longestId), '-'), displayName: callersName };
}

/** Looks at each choice, and at what goes together. */
export function checkChoices(choices: ApiChoices): ChoiceProblems {
  const { apiId, displayName, path, product, subscription, rateLimit, quota, cors } = choices;
  return {
    ...problem('apiId', isId(apiId) ? undefined : idRule()),
    ...problem('displayName', nameProblem(displayName, bounds.name)),
    ...problem('path', pathProblem(path)),
    ...problem('product', productProblem(product)),
    ...problem('subscription', subscriptionProblem(subscription, product)),
    ...(rateLimit === undefined ? {} : rateProblems(rateLimit)),
    ...(quota === undefined || product.kind !== 'none' ? {} : homelessQuota()),
    ...(quota === undefined ? {} : quotaProblems(quota)),
    ...problem('origins', cors === undefined ? undefined : originsProblem(cors.origins)),
  };
}

function problem(field: ChoiceField, sentence: string | undefined): ChoiceProblems {
  return sentence === undefined ? {} : { [field]: sentence };
}

function idRule(): string {
  return l10n.t('An id has 1 to {0} letters, digits and hyphens, and neither begins nor ends with a hyphen.', longestId);
}

function nameProblem(name: string, most: number): string | undefined {
  if (name.trim() === '') return l10n.t('A name is needed.');
  if (/\p{Cc}/u.test(name)) return l10n.t('The name holds a character that cannot be seen, such as a line break.');
  return name.length > most ? l10n.t('A name has at most {0} characters.', formatCount(most)) : undefined;
}

function pathProblem(path: string): string | undefined {
  if (path === '') return undefined;
  if (path.length > bounds.path) return l10n.t('A path has at most {0} characters.', formatCount(bounds.path));
  if (path.startsWith('/') || path.endsWith('/')) return l10n.t('The path neither begins nor ends with a slash.');
  if (!/^[\w.~/-]+$/.test(path)) return l10n.t('A path is made of letters, digits and - . _ ~, with slashes in between.');
  return path.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')
    ? l10n.t('The path holds an empty part, or one that is a step such as “..”.')
    : undefined;
}

function productProblem(product: ProductChoice): string | undefined {
  switch (product.kind) {
    case 'none':
      return undefined;
    case 'new':
      return isId(product.id) ? nameProblem(product.displayName, bounds.name) : idRule();
    case 'existing':
      // Ids of what is there may be made of more characters than those that we make.
      return product.id === '' || product.id.length > 256 || /[*#&+:<>?/\\\p{Cc}]/u.test(product.id)
        ? l10n.t('Choose a product.')
        : undefined;
    default:
      return product satisfies never;
  }
}

function subscriptionProblem(subscription: ApiChoices['subscription'], product: ProductChoice): string | undefined {
  if (subscription === undefined) return undefined;
  if (product.kind === 'none') return l10n.t('A key for callers belongs to a product. Choose one, or leave the key out.');
  return isId(subscription.id) ? nameProblem(subscription.displayName, bounds.subscriptionName) : idRule();
}

/** What is wrong with a limit of the rate. */
export function rateProblems({ calls, seconds }: RateLimit): ChoiceProblems {
  return {
    ...problem('rateCalls', isWhole(calls, 1) ? undefined : countRule(1)),
    ...problem('rateSeconds', isWhole(seconds, 1, bounds.seconds)
      ? undefined
      : l10n.t('A rate limit counts over 1 to {0} seconds. Longer spans are for quotas.', bounds.seconds)),
  };
}

function homelessQuota(): ChoiceProblems {
  return { quota: l10n.t('A quota belongs to a product. Choose one, or leave the quota out.') };
}

/** What is wrong with a quota, wherever it belongs. */
export function quotaProblems({ calls, kilobytes, seconds }: Quota): ChoiceProblems {
  return {
    ...problem('quotaCalls', calls === undefined && kilobytes === undefined
      ? l10n.t('A quota needs a number of calls, of kilobytes, or both.')
      : calls === undefined || isWhole(calls, 1) ? undefined : countRule(1)),
    ...problem('quotaKilobytes', kilobytes === undefined || isWhole(kilobytes, 1) ? undefined : countRule(1)),
    ...problem('quotaSeconds', isWhole(seconds, 0) ? undefined : countRule(0)),
  };
}

function isWhole(value: number, least: number, most: number = bounds.count): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function countRule(least: number): string {
  return l10n.t('Enter a whole number from {0} to {1}.', formatCount(least), formatCount(bounds.count));
}

function originsProblem(origins: readonly string[]): string | undefined {
  if (origins.length === 0) return l10n.t('Name at least one origin, such as https://app.contoso.com.');
  if (origins.length > bounds.origins) return l10n.t('There are at most {0} origins.', formatCount(bounds.origins));
  if (origins.includes('*')) return origins.length === 1 ? undefined : l10n.t('The origin * stands alone: it lets all others in.');
  const wrong = origins.find((origin) => !isOrigin(origin));
  return wrong === undefined
    ? undefined
    : l10n.t('"{0}" is no origin. An origin is a scheme, a host and perhaps a port, such as https://app.contoso.com.', wrong.slice(0, 100));
}

function isOrigin(text: string): boolean {
  if (!/^https?:\/\//i.test(text)) return false;
  try {
    return new URL(text).origin === text.toLowerCase();
  } catch {
    return false;
  }
}
