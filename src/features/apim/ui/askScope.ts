// Asks whose policy is meant: that of all APIs, of an API, of one of its operations, or of a product.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import type { Arm } from '../../../model/arm';
import { askChoice, type Choice } from '../../../ui/ask';
import { plain, type PlainText } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import type { ApimInstance, ArmOf } from '../instance';
import type { Entry, EntryKind } from '../items';
import type { LimitScope } from '../limits/place';
import { readEntry } from '../load/readers';
import { instanceTitle } from '../nodes';

/** A scope that was chosen, with what people call it; empty for all APIs. */
export interface ChosenScope {
  readonly scope: LimitScope;
  readonly title: string;
}

/** Asks; for an API, then whether all of it or an operation is meant. Throws ArmFailed, and Cancelled. */
export async function askScope(arms: ArmOf, instance: ApimInstance, title: PlainText): Promise<ChosenScope> {
  const arm = await arms(instance);
  const name = instanceTitle(instance);
  const [apis, products] = await inMessage(plain(l10n.t('Reading the APIs and products of {0}', name)), (signal) => Promise.all([
    entriesAt(arm, 'api', below(instance.id, '/apis'), signal), entriesAt(arm, 'product', below(instance.id, '/products'), signal),
  ]));
  const choices: readonly Choice<Entry | 'allApis'>[] = [
    { icon: 'symbol-interface', label: plain(l10n.t('All APIs')), value: 'allApis' },
    ...products.map((entry) => choiceOf('gift', entry, l10n.t('product'))),
    ...apis.map((entry) => choiceOf('symbol-interface', entry, `/${entry.path ?? ''}`)),
  ];
  const chosen = await askChoice(title, plain(l10n.t('An API, a product, or all APIs')), choices);
  if (chosen === 'allApis') return { scope: { kind: 'allApis' }, title: '' };
  if (chosen.kind === 'product') return { scope: { kind: 'product', product: chosen.name }, title: chosen.title };
  return askOperation(arm, instance, chosen, title);
}

async function askOperation(arm: Arm, instance: ApimInstance, api: Entry, title: PlainText): Promise<ChosenScope> {
  const operations = await inMessage(plain(l10n.t('Reading the operations of {0}', api.title)), (signal) =>
    entriesAt(arm, 'operation', `${below(instance.id, '/apis', api.name)}/operations`, signal));
  const choices: readonly Choice<Entry | undefined>[] = [
    { icon: 'symbol-interface', label: plain(l10n.t('All operations of {0}', api.title)), value: undefined },
    ...operations.map((entry) =>
      choiceOf('symbol-method', entry, [entry.method, entry.path].filter((part) => part !== undefined).join(' '))),
  ];
  const chosen = operations.length === 0 ? undefined : await askChoice(title, plain(l10n.t('All of the API, or one operation')), choices);
  return chosen === undefined
    ? { scope: { kind: 'api', api: api.name }, title: api.title }
    : { scope: { kind: 'operation', api: api.name, operation: chosen.name }, title: chosen.title };
}

function choiceOf(icon: string, entry: Entry, description: string): Choice<Entry> {
  return { icon, label: plain(entry.title), description: plain(description), value: entry };
}

/** More than these nobody looks through. */
const most = 1_000;

async function entriesAt(arm: Arm, kind: EntryKind, path: string, signal: AbortSignal): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for await (const page of arm.pages(path, { signal })) {
    found.push(...page.flatMap((json) => readEntry(kind, json) ?? []));
    if (found.length >= most) break;
  }
  return found.slice(0, most);
}
