// The fields of the form -> choices, and choices -> fields.

import { withoutEnds } from '../../../base/ends';
import { callersNameOf, callersOf } from '../definition/choices';
import type { ApiChoices, ProductChoice } from '../definition/definition';
import { idOf } from '../definition/ids';
import type { ChoicesDraft, OfferedProduct } from './messages';

/** What stands before the id of a product that is there. */
const existing = 'existing:';

/** What stands in the fields of what was not chosen. */
const unchosen = { calls: 100, seconds: 60, quotaCalls: 10_000, quotaSpan: 604_800 };

/** The fields that show these choices. */
export function draftOf(choices: ApiChoices): ChoicesDraft {
  const { apiId, displayName, path, product, subscription, rateLimit, quota, cors, shortPaths, addsKey } = choices;
  return {
    displayName,
    apiId,
    path,
    product: product.kind === 'existing' ? `${existing}${product.id}` : product.kind,
    productName: product.kind === 'new' ? product.displayName : displayName,
    callers: subscription !== undefined,
    callersName: subscription?.displayName ?? callersNameOf(displayName),
    limited: rateLimit !== undefined,
    calls: String(rateLimit?.calls ?? unchosen.calls),
    seconds: String(rateLimit?.seconds ?? unchosen.seconds),
    by: rateLimit?.by ?? 'subscription',
    quota: quota !== undefined,
    quotaCalls: quota === undefined ? String(unchosen.quotaCalls) : textOf(quota.calls),
    quotaKilobytes: textOf(quota?.kilobytes),
    quotaSpan: String(quota?.seconds ?? unchosen.quotaSpan),
    cors: cors !== undefined,
    origins: cors?.origins.join('\n') ?? '',
    shortPaths,
    addsKey,
  };
}

function textOf(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

/** What the fields say; a number that is none is NaN, for `checkChoices` to find. What hangs on a product is not chosen without one. */
export function choicesOf(draft: ChoicesDraft, products: readonly OfferedProduct[]): ApiChoices {
  const apiId = draft.apiId.trim();
  const product = productOf(draft, apiId, products);
  const hasProduct = product.kind !== 'none';
  const displayName = draft.displayName.trim();
  return {
    apiId,
    displayName,
    // Addresses are often copied with their slashes.
    path: withoutEnds(draft.path.trim(), '/'),
    product,
    ...(hasProduct && draft.callers
      ? { subscription: callersOf(apiId, displayName, draft.callersName.trim()) }
      : {}),
    ...(draft.limited
      ? { rateLimit: { calls: numberOf(draft.calls), seconds: numberOf(draft.seconds), by: draft.by === 'ip' ? 'ip' : 'subscription' } }
      : {}),
    ...(hasProduct && draft.quota ? { quota: quotaOf(draft) } : {}),
    ...(draft.cors ? { cors: { origins: originsOf(draft.origins) } } : {}),
    shortPaths: draft.shortPaths,
    addsKey: draft.addsKey,
  };
}

function productOf({ product, productName }: ChoicesDraft, apiId: string, products: readonly OfferedProduct[]): ProductChoice {
  if (product === 'none') return { kind: 'none' };
  const displayName = productName.trim();
  if (!product.startsWith(existing)) return { kind: 'new', id: idOf(displayName, apiId), displayName };
  const id = product.slice(existing.length);
  return { kind: 'existing', id, displayName: products.find((each) => each.id === id)?.displayName ?? id };
}

/** The quota that three fields say. */
export function quotaOf(
  { quotaCalls, quotaKilobytes, quotaSpan }: Pick<ChoicesDraft, 'quotaCalls' | 'quotaKilobytes' | 'quotaSpan'>,
): NonNullable<ApiChoices['quota']> {
  return {
    ...(quotaCalls.trim() === '' ? {} : { calls: numberOf(quotaCalls) }),
    ...(quotaKilobytes.trim() === '' ? {} : { kilobytes: numberOf(quotaKilobytes) }),
    seconds: numberOf(quotaSpan),
  };
}

function originsOf(text: string): readonly string[] {
  const lines = text.split(/[\r\n,]+/).map((line) => line.trim()).filter((line) => line !== '');
  // An origin that was copied out of a browser's address bar ends with a slash.
  return [...new Set(lines.map((line) => (/^https?:\/\/[^/]+\/$/i.test(line) ? line.slice(0, -1) : line)))];
}

/** The whole number that a field says, NaN where it says none. */
export function numberOf(text: string): number {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
}
