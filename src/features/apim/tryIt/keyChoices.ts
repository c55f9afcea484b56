// Whose keys open an API: subscriptions of its products, of itself and of all APIs, and what the secret store has; and whose a key is.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import { formatCount } from '../../../base/format';
import type { Service } from '../../../model/service';
import type { KeyChoice } from '../../tryIt';
import { entriesAt, keysIfAllowed, mostEntries, orElse } from '../access/reads';
import { subscriptionPath } from '../access/writes';
import { scopeOf, scopeText, stateText, type TitleOf } from '../entryWords';
import type { Entry } from '../items';
import type { ArmPlace } from '../publish/reading';

/** The key that is in the secret store, for a service of the sidebar. */
export const storedKey = 'stored';
/** No key at all. */
export const noKey = 'none';

/** Keys to choose from. */
export interface KeyChoices {
  readonly choices: readonly KeyChoice[];
  /** The one that is chosen first. */
  readonly first: string;
  /** The subscriptions by the ids of their choices. */
  readonly subscriptions: ReadonlyMap<string, Entry>;
  /** Their names, with what they open, by the same ids. */
  readonly names: ReadonlyMap<string, string>;
  /** What a reader is to know, in sentences. */
  readonly notes: readonly string[];
}

/** The id of the choice of a subscription. */
function idOf({ name }: Pick<Entry, 'name'>): string {
  return `subscription:${name}`;
}

/** A service of the sidebar whose key the secret store has. */
export interface StoredKey {
  readonly service: Service;
  /** True where the address that stands on the page first is that of the service: its key is for no other. */
  readonly isFirst: boolean;
}

/** Reads who may call the API. Throws ArmFailed and Cancelled. */
export async function readKeyChoices(
  place: ArmPlace, api: string, keyNeeded: boolean, stored: StoredKey | undefined,
): Promise<KeyChoices> {
  const name = api.replace(/;rev=\d{1,9}$/, '');
  const [all, products] = await Promise.all([
    orElse(() => entriesAt(place, 'subscription', '/subscriptions'), undefined),
    orElse(() => entriesAt(place, 'product', `${below('', '/apis', name)}/products`), undefined),
  ]);
  return keyChoices({ subscriptions: all, products, api: name, keyNeeded, stored });
}

/** So many keys are read to find out whose one is, and so many at once. */
const mostCompared = 20;
const comparedAtOnce = 5;

/** The subscription that a key is of, compared in memory, and what the choices call it; undefined where it is none that opens the API. */
export async function ownerOfKey(
  place: ArmPlace, { choices, subscriptions }: Pick<KeyChoices, 'choices' | 'subscriptions'>, key: string,
): Promise<{ readonly label: string; readonly entry: Entry } | undefined> {
  const compared = [...subscriptions].slice(0, mostCompared);
  for (let at = 0; at < compared.length; at += comparedAtOnce) {
    const some = compared.slice(at, at + comparedAtOnce);
    const read = await Promise.all(some.map(([, { name }]) => keysIfAllowed(place, subscriptionPath(name))));
    const [id, entry] = some[read.findIndex((each) => each?.primary === key || each?.secondary === key)] ?? [];
    if (entry) return { label: choices.find((each) => each.id === id)?.label ?? entry.title, entry };
  }
  return undefined;
}

/** What was read of an instance. `subscriptions` and `products` are undefined where they may not be read. */
export interface KeysRead {
  readonly subscriptions: readonly Entry[] | undefined;
  readonly products: readonly Entry[] | undefined;
  readonly api: string;
  readonly keyNeeded: boolean;
  readonly stored: StoredKey | undefined;
}

/** The choices: what was set by the person first, then the narrowest scope, then those that are refused just now. */
export function keyChoices({ subscriptions, products, api, keyNeeded, stored }: KeysRead): KeyChoices {
  const opening = (subscriptions ?? []).filter((entry) => opens(entry, api, products ?? [])).sort((one, other) => rank(one) - rank(other));
  const titleOf: TitleOf = (kind, name) =>
    (kind === 'product' ? products?.find((each) => each.name.toLowerCase() === name.toLowerCase())?.title : undefined);
  const choices: KeyChoice[] = [
    ...(stored ? [{ id: storedKey, label: l10n.t('Key of {0}, from the secret store', stored.service.name) }] : []),
    ...opening.map((entry): KeyChoice => {
      const remark = remarkOf(entry);
      return {
        id: idOf(entry), label: labelOf(entry, titleOf), ...(remark === undefined ? {} : { remark }),
      };
    }),
    {
      id: noKey, label: l10n.t('No key'),
      ...(keyNeeded ? { remark: l10n.t('The API asks for a key: without one the gateway answers with 401.') } : {}),
    },
  ];
  const active = opening.find((entry) => stateText(entry) === '');
  return {
    choices, first: !keyNeeded ? noKey : stored?.isFirst === true ? storedKey : active ? idOf(active) : noKey,
    subscriptions: new Map(opening.map((entry) => [idOf(entry), entry])),
    names: new Map(opening.map((entry) => [idOf(entry), nameOf(entry, titleOf)])),
    notes: notesOf({ subscriptions, products }, keyNeeded && active === undefined && stored === undefined),
  };
}

/** Says what was not read; what may be in that is not said to be missing. `none` is true where a key is needed and none is known. */
function notesOf({ subscriptions, products }: Pick<KeysRead, 'subscriptions' | 'products'>, none: boolean): readonly string[] {
  if (subscriptions === undefined) return [l10n.t('The subscriptions of the instance cannot be read, so none of them is offered.')];
  const unread = [
    ...(products === undefined
      ? [l10n.t('The products of this API cannot be read, so no subscription of a product is offered.')] : []),
    ...(subscriptions.length >= mostEntries
      ? [l10n.t('Only the first {0} subscriptions of the instance are looked at: others may open this API, too.', formatCount(mostEntries))]
      : []),
  ];
  if (unread.length > 0 || !none) return unread;
  return [l10n.t('No active subscription opens this API. Create one in the menu of a product that holds it.')];
}

function opens(entry: Entry, api: string, products: readonly Entry[]): boolean {
  const scope = scopeOf(entry);
  switch (scope?.kind) {
    case 'all':
      return true;
    case 'api':
      return decoded(scope.name).replace(/;rev=\d{1,9}$/, '').toLowerCase() === api.toLowerCase();
    case 'product':
      return products.some(({ name }) => isOfProduct(entry, name));
    case 'unknown':
    case undefined:
      return false;
    default:
      return scope satisfies never;
  }
}

/** True for a subscription of this product. */
export function isOfProduct(entry: Pick<Entry, 'scope'>, product: string): boolean {
  const scope = scopeOf(entry);
  return scope?.kind === 'product' && decoded(scope.name).toLowerCase() === product.toLowerCase();
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function rank(entry: Entry): number {
  const kinds = ['product', 'api', 'all'];
  return (stateText(entry) === '' ? 0 : kinds.length) + kinds.indexOf(scopeOf(entry)?.kind ?? '');
}

/** What opens what, and whether it does so just now. */
function labelOf(entry: Entry, titleOf: TitleOf): string {
  const [name, state] = [nameOf(entry, titleOf), stateText(entry)];
  return state === '' ? name : l10n.t('{0} ({1})', name, state);
}

function nameOf(entry: Entry, titleOf: TitleOf): string {
  return [scopeText(entry, titleOf), entry.title].join(' / ');
}

function remarkOf(entry: Entry): string | undefined {
  const state = stateText(entry);
  if (state !== '') return l10n.t('The subscription is not active ({0}): the gateway answers with 401 until it is.', state);
  return scopeOf(entry)?.kind === 'all' ? l10n.t('Its key opens all APIs of the instance, and no product limits it.') : undefined;
}
