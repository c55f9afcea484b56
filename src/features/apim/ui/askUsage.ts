// Asks whose usage is meant: that of the whole instance, of an API or one of its operations, of a product, or of a subscription.

import * as l10n from '@vscode/l10n';
import { askChoice, type Choice } from '../../../ui/ask';
import { plain, type PlainText } from '../../../ui/plain';
import { entryDescription } from '../entryWords';
import type { ApimInstance, ArmOf } from '../instance';
import type { Entry } from '../items';
import { instanceTitle } from '../nodes';
import type { UsageTarget } from '../usage/session';
import { askOperation, choiceOf, cutText, firstEntries } from './askScope';
import { whenLong } from './whenLong';

/** Asks; for an API, then whether all of it or an operation is meant. Throws ArmFailed, and Cancelled. */
export async function askUsage(arms: ArmOf, instance: ApimInstance, title: PlainText): Promise<Omit<UsageTarget, 'instance'>> {
  const [apis, products, subscriptions] = await whenLong(
    plain(l10n.t('Reading what is in {0}', instanceTitle(instance))),
    (options) => Promise.all([
      firstEntries(arms, instance, 'api', '/apis', options), firstEntries(arms, instance, 'product', '/products', options),
      firstEntries(arms, instance, 'subscription', '/subscriptions', options),
    ]),
  );
  const whole = { label: plain(instanceTitle(instance)), description: plain(l10n.t('all of it')), value: 'all' as const };
  const choices: readonly Choice<Entry | 'all'>[] = [
    { icon: instance.sample ? 'beaker' : 'cloud', ...whole },
    ...products.entries.map((entry) => choiceOf('gift', entry, l10n.t('product'))),
    ...apis.entries.map((entry) => choiceOf('symbol-interface', entry, `/${entry.path ?? ''}`)),
    ...subscriptions.entries.map((entry) => choiceOf('key', entry, entryDescription(entry, () => undefined))),
  ];
  const isCut = apis.isCut || products.isCut || subscriptions.isCut;
  const place = isCut ? cutText() : l10n.t('The instance, an API, a product, or a subscription');
  const chosen = await askChoice(title, plain(place), choices);
  if (chosen === 'all') return { ids: {}, titles: [] };
  if (chosen.kind === 'product') return { ids: { product: chosen.name }, titles: [chosen.title] };
  if (chosen.kind === 'subscription') return { ids: { subscription: chosen.name }, titles: [chosen.title] };
  const { scope, titles } = await askOperation(arms, instance, chosen, title);
  return { ids: { api: chosen.name, ...(scope.kind === 'operation' ? { operation: scope.operation } : {}) }, titles };
}
