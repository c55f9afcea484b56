// What things of an instance are called, as far as their lists were told: subscriptions tell by names what they open and whose they are.

import type { ApimInstance } from '../instance';
import type { EntryKind, ListItem } from '../items';
import type { ListKind, ListNode } from '../nodes';

/** The lists that tell the names. */
const namedBy: Readonly<Partial<Record<EntryKind, ListKind>>> = { product: 'products', api: 'apis', user: 'users' };

/** Titles by names. `itemsOf` gives what a list has told. */
export class KnownTitles {
  private readonly titles = new WeakMap<readonly ListItem[], ReadonlyMap<string, string>>();

  constructor(private readonly itemsOf: (list: ListNode) => readonly ListItem[] | undefined) {}

  /** What a thing is called; undefined where its list was not told. Names are compared without case. */
  of(instance: ApimInstance, kind: EntryKind, name: string): string | undefined {
    const list = namedBy[kind];
    const items = list && this.itemsOf({ kind: 'list', instance, list, parent: undefined });
    if (items === undefined) return undefined;
    const known = this.titles.get(items)
      ?? new Map(items.flatMap((item) => (item.kind === kind ? [[item.name.toLowerCase(), item.title]] : [])));
    this.titles.set(items, known);
    return known.get(name.toLowerCase());
  }
}

/** The key of the list of subscriptions whose lines tell names of the list with this key, if there is one. */
export function namedFrom(key: string): string | undefined {
  const slash = key.lastIndexOf('/');
  return Object.values(namedBy).some((list) => list === key.slice(slash + 1)) ? `${key.slice(0, slash)}/subscriptions` : undefined;
}
