// Asks whose policy is meant: that of all APIs, of an API, of one of its operations, or of a product.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import { formatCount } from '../../../base/format';
import type { ArmOptions } from '../../../model/arm';
import { askChoice, type Choice } from '../../../ui/ask';
import { plain, type PlainText } from '../../../ui/plain';
import type { ApimInstance, ArmOf } from '../instance';
import type { Entry, EntryKind } from '../items';
import { readEntry } from '../load/readers';
import { instanceTitle } from '../nodes';
import type { PolicyScope } from '../policy/policyScope';
import { whenLong } from './whenLong';

/** A scope, with what people call its product, its API, or its API and operation; nothing for all APIs. */
export interface NamedScope {
  readonly scope: PolicyScope;
  readonly titles: readonly string[];
}

/** Asks; for an API, then whether all of it or an operation is meant. Throws ArmFailed, and Cancelled. */
export async function askScope(arms: ArmOf, instance: ApimInstance, title: PlainText): Promise<NamedScope> {
  const [apis, products] = await whenLong(
    plain(l10n.t('Reading the APIs and products of {0}', instanceTitle(instance))),
    (options) => Promise.all([
      firstEntries(arms, instance, 'api', '/apis', options), firstEntries(arms, instance, 'product', '/products', options),
    ]),
  );
  const choices: readonly Choice<Entry | 'allApis'>[] = [
    { icon: 'symbol-interface', label: plain(l10n.t('All APIs')), value: 'allApis' },
    ...products.entries.map((entry) => choiceOf('gift', entry, l10n.t('product'))),
    ...apis.entries.map((entry) => choiceOf('symbol-interface', entry, `/${entry.path ?? ''}`)),
  ];
  const place = apis.isCut || products.isCut ? cutText() : l10n.t('An API, a product, or all APIs');
  const chosen = await askChoice(title, plain(place), choices);
  if (chosen === 'allApis') return { scope: { kind: 'allApis' }, titles: [] };
  if (chosen.kind === 'product') return { scope: { kind: 'product', product: chosen.name }, titles: [chosen.title] };
  return askOperation(arms, instance, chosen, title);
}

/** Asks whether all of an API is meant, or one of its operations. Throws ArmFailed, and Cancelled. */
export async function askOperation(arms: ArmOf, instance: ApimInstance, api: Entry, title: PlainText): Promise<NamedScope> {
  const { entries: operations, isCut } = await whenLong(plain(l10n.t('Reading the operations of {0}', api.title)), (options) =>
    firstEntries(arms, instance, 'operation', below('', '/apis', api.name, 'operations'), options));
  const choices: readonly Choice<Entry | undefined>[] = [
    { icon: 'symbol-interface', label: plain(l10n.t('All operations of {0}', api.title)), value: undefined },
    ...operations.map((entry) =>
      choiceOf('symbol-method', entry, [entry.method, entry.path].filter((part) => part !== undefined).join(' '))),
  ];
  const place = isCut ? cutText() : l10n.t('All of the API, or one operation');
  const chosen = operations.length === 0 ? undefined : await askChoice(title, plain(place), choices);
  return chosen === undefined
    ? { scope: { kind: 'api', api: api.name }, titles: [api.title] }
    : { scope: { kind: 'operation', api: api.name, operation: chosen.name }, titles: [api.title, chosen.title] };
}

/** A line of the list. */
export function choiceOf(icon: string, entry: Entry, description: string): Choice<Entry> {
  return { icon, label: plain(entry.title), description: plain(description), value: entry };
}

/** More than these of a list nobody looks through. */
const most = 1_000;

/** Said where a list is longer than what is shown of it. */
export function cutText(): string {
  return l10n.t('Only the first {0} are listed; the sidebar has all of them', formatCount(most));
}

/** The first of a list; `isCut` where there are more. Throws ArmFailed, and Cancelled. */
export async function firstEntries(
  arms: ArmOf, instance: ApimInstance, kind: EntryKind, path: string, options: ArmOptions,
): Promise<{ readonly entries: readonly Entry[]; readonly isCut: boolean }> {
  const arm = await arms(instance);
  const found: Entry[] = [];
  for await (const page of arm.pages(`${instance.id}${path}`, options)) {
    found.push(...page.flatMap((json) => readEntry(kind, json) ?? []));
    if (found.length > most) break;
  }
  return { entries: found.slice(0, most), isCut: found.length > most };
}
