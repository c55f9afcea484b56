// Whose keys open an API: subscriptions of its products, of itself and of all APIs, and what the secret store has; and whose a key is.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import type { Service } from '../../../model/service';
import type { KeyChoice } from '../../tryIt';
import { entriesAt, keysIfAllowed, orElse } from '../access/reads';
import { subscriptionPath } from '../access/writes';
import { scopeOf, scopeText, stateText } from '../entryWords';
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
  /** What a reader is to know, in sentences. */
  readonly notes: readonly string[];
}

/** The id of the choice of a subscription. */
function idOf({ name }: Pick<Entry, 'name'>): string {
  return `subscription:${name}`;
}

/** Reads who may call the API. `stored` is the service of the sidebar whose key the secret store has. Throws ArmFailed and Cancelled. */
export async function readKeyChoices(
  place: ArmPlace, api: string, keyNeeded: boolean, stored: Service | undefined,
): Promise<KeyChoices> {
  const name = api.replace(/;rev=\d{1,9}$/, '');
  const [all, products] = await Promise.all([
    orElse(() => entriesAt(place, 'subscription', '/subscriptions'), undefined),
    orElse(() => entriesAt(place, 'product', `${below('', '/apis', name)}/products`), []),
  ]);
  return keyChoices({ subscriptions: all, products, api: name, keyNeeded, stored });
}

/** So many keys are read to find out whose one is. */
const mostCompared = 20;

/** The subscription that a key is of, compared in memory, and what the choices call it; undefined where it is none that opens the API. */
export async function ownerOfKey(
  place: ArmPlace, { choices, subscriptions }: Pick<KeyChoices, 'choices' | 'subscriptions'>, key: string,
): Promise<{ readonly label: string; readonly entry: Entry } | undefined> {
  for (const [id, entry] of [...subscriptions].slice(0, mostCompared)) {
    const read = await keysIfAllowed(place, subscriptionPath(entry.name));
    if (read?.primary === key || read?.secondary === key) {
      return { label: choices.find((each) => each.id === id)?.label ?? entry.title, entry };
    }
  }
  return undefined;
}

/** What was read of an instance. `subscriptions` is undefined where they may not be read. */
export interface KeysRead {
  readonly subscriptions: readonly Entry[] | undefined;
  readonly products: readonly Entry[];
  readonly api: string;
  readonly keyNeeded: boolean;
  readonly stored: Service | undefined;
}

/** The choices: what was set by the person first, then the narrowest scope, then those that are refused just now. */
export function keyChoices({ subscriptions, products, api, keyNeeded, stored }: KeysRead): KeyChoices {
  const opening = (subscriptions ?? []).filter((entry) => opens(entry, api, products)).sort((one, other) => rank(one) - rank(other));
  const titleOf = (kind: string, name: string): string | undefined =>
    (kind === 'product' ? products.find((each) => each.name.toLowerCase() === name.toLowerCase())?.title : undefined);
  const choices: KeyChoice[] = [
    ...(stored ? [{ id: storedKey, label: l10n.t('Key of {0}, from the secret store', stored.name) }] : []),
    ...opening.map((entry): KeyChoice => {
      const remark = remarkOf(entry);
      return {
        id: idOf(entry), label: [scopeText(entry, titleOf), entry.title].join(' / '), ...(remark === undefined ? {} : { remark }),
      };
    }),
    {
      id: noKey, label: l10n.t('No key'),
      ...(keyNeeded ? { remark: l10n.t('The API asks for a key: without one the gateway answers with 401.') } : {}),
    },
  ];
  const active = opening.find((entry) => stateText(entry) === '');
  const none = !keyNeeded || (stored === undefined && active === undefined);
  return {
    choices, first: none ? noKey : stored ? storedKey : active ? idOf(active) : noKey,
    subscriptions: new Map(opening.map((entry) => [idOf(entry), entry])),
    notes: [
      ...(subscriptions === undefined ? [l10n.t('The subscriptions of the instance cannot be read, so none of them is offered.')] : []),
      ...(keyNeeded && subscriptions !== undefined && active === undefined && stored === undefined
        ? [l10n.t('No active subscription opens this API. Create one in the menu of a product that holds it.')] : []),
    ],
  };
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

function remarkOf(entry: Entry): string | undefined {
  const state = stateText(entry);
  if (state !== '') return l10n.t('The subscription is not active ({0}): the gateway answers with 401 until it is.', state);
  return scopeOf(entry)?.kind === 'all' ? l10n.t('Its key opens all APIs of the instance, and no product limits it.') : undefined;
}
