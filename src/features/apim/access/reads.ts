// What is read of an instance before its products and subscriptions are changed: lists to choose from, one resource with its ETag, keys.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import { filledText, member } from '../../../base/shape';
import { ArmFailed } from '../../../model/errors';
import type { Entry, EntryKind } from '../items';
import { ownEntry, readEntry } from '../load/readers';
import { full, type ArmPlace } from '../publish/reading';

/** More than these are in no list that a person reads. */
export const mostEntries = 1_000;

/** A resource as it is just now. */
export interface Fresh {
  readonly entry: Entry;
  /** The one that a change is based on; `*` where the service told none. */
  readonly etag: string;
}

/** Both keys of a subscription. They live in memory for one command and are never written or shown. */
export interface SubscriptionKeys {
  readonly primary: string | undefined;
  readonly secondary: string | undefined;
}

/** Which of the two keys. */
export type WhichKey = keyof SubscriptionKeys;

/** A user to choose from. */
export interface User {
  readonly name: string;
  readonly title: string;
  readonly mail: string | undefined;
}

/** The entries of a list, the first thousand of them. Throws ArmFailed and Cancelled. */
export async function entriesAt(place: ArmPlace, kind: EntryKind, path: string): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for await (const page of place.arm.pages(full(place, path), place.options)) {
    found.push(...page.flatMap((json) => ownEntry(place.instance, kind, json) ?? []));
    if (found.length >= mostEntries) break;
  }
  return found.slice(0, mostEntries);
}

/** A resource with its ETag. Throws ArmFailed (`notFound` where it is gone) and Cancelled. */
export async function readFresh(place: ArmPlace, kind: EntryKind, path: string): Promise<Fresh> {
  const { body, etag } = await place.arm.get(full(place, path), place.options);
  const entry = readEntry(kind, body);
  if (!entry) {
    const sentence = l10n.t('What API Management tells of {0} makes no sense.', path);
    throw new ArmFailed({ sentence, actions: ['retry', 'showLog'] }, 'other');
  }
  return { entry, etag: etag ?? '*' };
}

/** What a thing is called; its name where it is gone or may not be read. Throws Cancelled, and ArmFailed for all else. */
export async function titleAt(place: ArmPlace, kind: EntryKind, path: string, name: string): Promise<string> {
  return orElse(async () => (await readFresh(place, kind, path)).entry.title, name);
}

/** All users that can be owners; undefined where the instance has no such list, or the account may not read it. */
export async function usersAt(place: ArmPlace): Promise<readonly User[] | undefined> {
  return orElse(async () => {
    const found: User[] = [];
    for await (const page of place.arm.pages(full(place, '/users'), place.options)) {
      for (const json of page) {
        const entry = ownEntry(place.instance, 'user', json);
        if (entry) found.push({ name: entry.name, title: entry.title, mail: filledText(member(json['properties'], 'email')) });
      }
      if (found.length >= mostEntries) break;
    }
    return found;
  }, undefined);
}

/** What the owner of a subscription is called; the name where the user is gone or may not be read. Throws ArmFailed and Cancelled. */
export function ownerTitle(place: ArmPlace, owner: string): Promise<string> {
  return titleAt(place, 'user', below('', '/users', owner), owner);
}

/** Both keys. Throws ArmFailed and Cancelled. */
export async function readKeys(place: ArmPlace, path: string): Promise<SubscriptionKeys> {
  const { body } = await place.arm.post(full(place, `${path}/listSecrets`), undefined, place.options);
  return { primary: filledText(member(body, 'primaryKey')), secondary: filledText(member(body, 'secondaryKey')) };
}

/** Both keys; undefined where they may not be read: who may change a subscription may still not read its keys. Throws as `readKeys`. */
export function keysIfAllowed(place: ArmPlace, path: string): Promise<SubscriptionKeys | undefined> {
  return orElse(() => readKeys(place, path), undefined);
}

/** What is read beside the matter: what is not there, not offered by this instance or not allowed is no reason to stop. */
export async function orElse<T, U>(work: () => Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArmFailed && ['notFound', 'forbidden', 'invalid'].includes(error.reason)) return otherwise;
    throw error;
  }
}
