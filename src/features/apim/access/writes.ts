// What is changed of products and subscriptions at ARM. Answers to writes hold keys: nothing of them is read.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import { ArmFailed } from '../../../model/errors';
import type { Entry } from '../items';
import { full, type ArmPlace } from '../publish/reading';
import { freeId } from './names';
import { readKeys, type WhichKey } from './reads';

/** A product that is to be made. */
export interface NewProduct {
  readonly displayName: string;
  /** Empty for none. */
  readonly description: string;
  readonly subscriptionRequired: boolean;
  readonly published: boolean;
}

/** A subscription that is to be made. */
export interface NewSubscription {
  readonly displayName: string;
  /** A path below the instance: `/products/x`, `/apis/x`, or `/apis` for all of them. */
  readonly scope: string;
  /** Name of a user. */
  readonly owner: string | undefined;
}

/** The path of a product below its instance. Throws InvalidInput for a name that no path can hold. */
export function productPath(name: string): string {
  return below('', '/products', name);
}

/** The path of a subscription below its instance. Throws InvalidInput for a name that no path can hold. */
export function subscriptionPath(name: string): string {
  return below('', '/subscriptions', name);
}

/** Makes a product, puts APIs into it, and gives its id. Throws ArmFailed, which says what is there all the same, and Cancelled. */
export async function createProduct(place: ArmPlace, product: NewProduct, apis: readonly Entry[]): Promise<string> {
  const { displayName, description, subscriptionRequired, published } = product;
  const properties = {
    displayName, ...(description === '' ? {} : { description }), subscriptionRequired, state: published ? 'published' : 'notPublished',
  };
  const id = await make(place, productPath, { name: displayName, otherwise: 'product' }, properties);
  for (const api of apis) {
    await addApi(place, id, api.name).catch((error: unknown) => {
      throw error instanceof ArmFailed ? halfDone(error, displayName, api.title) : error;
    });
  }
  return id;
}

/**
 * Makes a thing that is not there yet. Its id is looked for just before: a PUT would change what somebody else has made meanwhile. Where
 * the answer is lost, what is there tells that it was taken.
 */
async function make(
  place: ArmPlace, pathOf: (id: string) => string, { name, otherwise }: { readonly name: string; readonly otherwise: string },
  properties: Readonly<Record<string, unknown>>,
): Promise<string> {
  const isThere = async (id: string): Promise<boolean> =>
    (await place.arm.find(full(place, pathOf(id)), place.options)) !== undefined;
  const id = await freeId(name, otherwise, isThere);
  try {
    await place.arm.put(full(place, pathOf(id)), { properties }, place.options);
  } catch (error) {
    if (!isLost(error) || !(await isThere(id).catch(() => false))) throw error;
  }
  return id;
}

/** True where nobody knows whether the write was taken. */
function isLost(error: unknown): boolean {
  return error instanceof ArmFailed && (error.reason === 'network' || error.reason === 'server');
}

/** Doing it once more would make another product. */
function halfDone(error: ArmFailed, product: string, api: string): ArmFailed {
  const { message, detail, actions, reason, status, code } = error;
  return new ArmFailed({
    sentence: l10n.t('The product "{0}" was made, but the API "{1}" is not in it. {2}', product, api, message),
    advice: l10n.t('Put what is missing into it by Add API to Product.'),
    detail, actions: actions.filter((action) => action !== 'retry'),
  }, reason, status, code);
}

/** Puts an API into a product; one that is in it already stays. Throws ArmFailed and Cancelled. */
export async function addApi(place: ArmPlace, product: string, api: string): Promise<void> {
  await place.arm.put(full(place, below(`${productPath(product)}/apis`, '', api)), undefined, place.options);
}

/** Takes an API out of a product. Throws ArmFailed and Cancelled. */
export async function removeApi(place: ArmPlace, product: string, api: string): Promise<void> {
  await place.arm.delete(full(place, below(`${productPath(product)}/apis`, '', api)), place.options);
}

/** Deletes a product with its subscriptions. Throws ArmFailed (`changed` where it is another by now) and Cancelled. */
export async function deleteProduct(place: ArmPlace, name: string, ifMatch: string): Promise<void> {
  const options = { ...place.options, ifMatch, query: { deleteSubscriptions: 'true' } };
  await place.arm.delete(full(place, productPath(name)), options);
}

/**
 * Makes a subscription and gives its id. What it is without a state depends on who asks, so that is always sent. Throws ArmFailed and
 * Cancelled.
 */
export async function createSubscription(place: ArmPlace, { displayName, scope, owner }: NewSubscription): Promise<string> {
  const properties = { displayName, scope, state: 'active', ...(owner === undefined ? {} : { ownerId: `/users/${owner}` }) };
  return make(place, subscriptionPath, { name: displayName, otherwise: 'subscription' }, properties);
}

/** Gives a product or a subscription another state. Throws ArmFailed (`changed` where it is another by now) and Cancelled. */
export async function setState(place: ArmPlace, path: string, state: string, ifMatch: string): Promise<void> {
  await place.arm.patch(full(place, path), { properties: { state } }, { ...place.options, ifMatch });
}

/** Deletes a subscription. Throws ArmFailed (`changed` where it is another by now) and Cancelled. */
export async function deleteSubscription(place: ArmPlace, name: string, ifMatch: string): Promise<void> {
  await place.arm.delete(full(place, subscriptionPath(name)), { ...place.options, ifMatch });
}

/**
 * Has the service make a new key. Where the answer is lost, the key that is there tells whether it was made: `before` is the one until
 * now, where that is known. Throws ArmFailed and Cancelled.
 */
export async function regenerate(place: ArmPlace, name: string, which: WhichKey, before: string | undefined): Promise<void> {
  const action = which === 'primary' ? 'regeneratePrimaryKey' : 'regenerateSecondaryKey';
  try {
    await place.arm.post(full(place, `${subscriptionPath(name)}/${action}`), undefined, place.options);
  } catch (error) {
    if (!isLost(error) || before === undefined) throw error;
    const now = await readKeys(place, subscriptionPath(name)).catch(() => undefined);
    if (now?.[which] === undefined || now[which] === before) throw error;
  }
}
