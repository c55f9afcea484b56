// What is said of an API, a product, a subscription, ... of an instance: its state, what its keys open, whose it is.

import * as l10n from '@vscode/l10n';
import type { Entry, EntryKind } from './items';

/** The name that people know a thing of the same instance by, as far as a list has told it. */
export type TitleOf = (kind: EntryKind, name: string) => string | undefined;

/** What the keys of a subscription open. */
export type Scope =
  | { readonly kind: 'product' | 'api'; readonly name: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'unknown'; readonly text: string };

/** Reads the scope of an entry, a path below its instance; undefined where it tells of none. */
export function scopeOf({ scope }: Pick<Entry, 'scope'>): Scope | undefined {
  if (scope === undefined) return undefined;
  const [, collection = '', name, ...more] = scope.split('/');
  const kind = collection.toLowerCase();
  if (name !== undefined && name !== '' && more.length === 0) {
    if (kind === 'products') return { kind: 'product', name };
    if (kind === 'apis') return { kind: 'api', name };
  }
  return name === undefined && (kind === '' || kind === 'apis') ? { kind: 'all' } : { kind: 'unknown', text: scope };
}

/** True where a subscription's keys open all APIs of the instance. */
export function isAllAccess(entry: Pick<Entry, 'scope'>): boolean {
  return scopeOf(entry)?.kind === 'all';
}

/** The line behind a name. `within` leaves out what the line above says already. */
export function entryDescription(entry: Entry, titleOf: TitleOf, within?: 'product' | 'user'): string {
  const { kind, path, method, revision, secret, open, owner } = entry;
  const state = stateText(entry);
  switch (kind) {
    case 'api':
      return joined(`/${path ?? ''}`, revision === undefined ? '' : l10n.t('revision {0}', revision));
    case 'operation':
      return [method, path].filter((part) => part !== undefined).join(' ');
    case 'product':
      return joined(state, open === undefined ? '' : l10n.t('no key needed'));
    case 'subscription':
      return joined(
        // Narrow sidebars cut the end of a line: what a caller is refused for stands first.
        state, within === 'product' ? '' : scopeText(entry, titleOf),
        within === 'user' || owner === undefined ? '' : titleOf('user', owner) ?? '',
      );
    case 'namedValue':
      return secret === undefined ? '' : l10n.t('secret');
    case 'user':
      return state;
    default:
      return kind satisfies never;
  }
}

/** What the keys of a subscription open, in a word or two. */
export function scopeText(entry: Pick<Entry, 'scope'>, titleOf: TitleOf): string {
  const scope = scopeOf(entry);
  switch (scope?.kind) {
    case undefined:
      return '';
    case 'product':
      return titleOf('product', scope.name) ?? l10n.t('product {0}', scope.name);
    case 'api':
      return l10n.t('API {0}', titleOf('api', scope.name) ?? scope.name);
    case 'all':
      return l10n.t('all APIs');
    case 'unknown':
      return scope.text;
    default:
      return scope satisfies never;
  }
}

/** A state as a word; empty where it is as it should be, and as it came where nobody knows it. */
export function stateText({ kind, state }: Pick<Entry, 'kind' | 'state'>): string {
  switch (state) {
    case undefined:
      return '';
    case 'active':
    case 'published':
      return '';
    case 'notPublished':
      return l10n.t('not published');
    case 'suspended':
      return l10n.t('suspended');
    case 'submitted':
      return l10n.t('waits for approval');
    case 'rejected':
      return l10n.t('rejected');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'expired':
      return l10n.t('expired');
    case 'blocked':
      return l10n.t('blocked');
    case 'pending':
      return kind === 'user' ? l10n.t('not confirmed') : state;
    case 'deleted':
      return l10n.t('deleted');
    default:
      return state;
  }
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
