// What is said about usage: titles, notes, why there is nothing to see.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import type { UsageIdKind, UsageIds } from './usageShape';

/** The title of the page. `titles` are what people call the API and the operation, the product or the subscription. */
export function usageTitle({ api, operation, product, subscription }: UsageIds, titles: readonly string[], instance: string): string {
  const own = titles.at(-1);
  if (operation !== undefined) return l10n.t('Usage of {0} of API {1}', own ?? operation, titles.at(-2) ?? api ?? '');
  if (api !== undefined) return l10n.t('Usage of API {0}', own ?? api);
  if (product !== undefined) return l10n.t('Usage of Product {0}', own ?? product);
  if (subscription !== undefined) return l10n.t('Usage of Subscription {0}', own ?? subscription);
  return l10n.t('Usage of {0}', instance);
}

/** Rows of reports that make no sense. */
export function strangeText(rows: number): string {
  return rows === 1
    ? l10n.t('One row of the reports made no sense, so it is not counted here.')
    : l10n.t('{0} rows of the reports made no sense, so they are not counted here.', formatCount(rows));
}

/** Rows of the report over time that lie elsewhere. */
export function outsideText(rows: number): string {
  return rows === 1
    ? l10n.t('One row of the report over time lies outside of this time, so it is not counted here.')
    : l10n.t('{0} rows of the report over time lie outside of this time, so they are not counted here.', formatCount(rows));
}

/** A slot that begins before the time that was chosen. `from` is a time in words. */
export function firstSlotText(from: string): string {
  return l10n.t('The first slot is counted from {0} on.', from);
}

/** A report that is longer than what is read of it. */
export function cutText(): string {
  return l10n.t('A report is longer than what is read of it. Narrow the time, or look at one API.');
}

/** What no report tells of an API. */
export function notOfApiText(): string {
  return l10n.t('API Management does not report the calls of one API by product or subscription. The single requests tell them.');
}

/** A report that this instance does not give. */
export function leftOutText(kind: UsageIdKind): string {
  switch (kind) {
    case 'api':
      return l10n.t('The instance gives no report by API.');
    case 'operation':
      return l10n.t('The instance gives no report by operation.');
    case 'product':
      return l10n.t('The instance gives no report by product.');
    case 'subscription':
      return l10n.t('The instance gives no report by subscription.');
    default:
      return kind satisfies never;
  }
}

/** Calls that are of no API, operation, product or subscription. */
export function ofNoneText(kind: UsageIdKind, calls: number): string {
  const count = formatCount(calls);
  switch (kind) {
    case 'api':
      return calls === 1 ? l10n.t('One call belongs to no API.') : l10n.t('{0} calls belong to no API.', count);
    case 'operation':
      return calls === 1 ? l10n.t('One call belongs to no operation.') : l10n.t('{0} calls belong to no operation.', count);
    case 'product':
      return calls === 1 ? l10n.t('One call belongs to no product.') : l10n.t('{0} calls belong to no product.', count);
    case 'subscription':
      return calls === 1 ? l10n.t('One call belongs to no subscription.') : l10n.t('{0} calls belong to no subscription.', count);
    default:
      return kind satisfies never;
  }
}

/** Why a tier has no usage to show, and what to do. */
export function noReportsText(tier: string | undefined): { readonly sentence: string; readonly advice: string } {
  return {
    sentence: tier === undefined
      ? l10n.t('This instance keeps no reports.')
      : l10n.t('The {0} tier of API Management keeps no reports.', tier),
    advice: l10n.t('Calls can be counted by Application Insights or Azure Monitor there: see Monitoring of the instance in the portal.'),
  };
}

/** A table of requests that is not kept. */
export function requestsNotKeptText(): string {
  return l10n.t('The instance keeps no single requests, so it is not known with which status they were refused.');
}

/** Requests of which only some were read. */
export function requestsCutText(read: number): string {
  return l10n.t('Only the first {0} requests of this time were looked through. Narrow the time to see all.', formatCount(read));
}

/** Blocked calls whose requests are not told yet. */
export function laterText(missing: number): string {
  return missing === 1
    ? l10n.t('One more call was blocked of which no single request is told.')
    : l10n.t('{0} more calls were blocked of which no single request is told.', formatCount(missing));
}

/** Callers without a subscription. `isKey` where their key did not count, or they had none that was needed. */
export function noSubscriptionText(isKey: boolean): string {
  return isKey ? l10n.t('Callers without a valid key') : l10n.t('Callers without a subscription');
}

/** Calls that the service behind the gateway has refused. */
export function byServiceText(calls: number): string {
  return calls === 1
    ? l10n.t('One more call was refused by the service behind the gateway, so it is not counted here.')
    : l10n.t('{0} more calls were refused by the service behind the gateway, so they are not counted here.', formatCount(calls));
}

/** Callers whose names were not looked up. */
export function untitledText(callers: number): string {
  return callers === 1
    ? l10n.t('The name of one caller was not looked up: its ID stands here.')
    : l10n.t('The names of {0} callers were not looked up: their IDs stand here.', formatCount(callers));
}

/** An element of a policy that limits in its own way, or that what limits may be in. */
export function otherElementText(element: string): string {
  return l10n.t('{0}, which is not read here', element);
}
