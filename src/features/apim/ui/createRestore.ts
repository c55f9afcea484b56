// "Restore Deleted Instance": whose subscription, which instance, the confirmation.

import * as l10n from '@vscode/l10n';
import { formatDateTime } from '../../../base/format';
import { InvalidInput } from '../../../model/errors';
import { askChoice } from '../../../ui/ask';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import { sampleSubscription } from '../create/draft';
import type { PayingSubscription, PayingSubscriptions } from '../create/form';
import { readDeleted } from '../create/reads';
import { restore, type CreateCommandParts } from './createCommands';
import { readNode } from './meant';

/** The sample's subscription, which costs nothing, and those of Azure. Never throws. */
export async function payingSubscriptions({ places }: Pick<CreateCommandParts, 'places'>, anew: boolean): Promise<PayingSubscriptions> {
  const { items, signedIn, problem } = await (await places()).subscriptions(anew);
  const sample = { id: sampleSubscription, name: l10n.t('Sample (runs on this computer, costs nothing)'), owner: {} };
  const azure = items.map(({ id, name, accountId, tenantId }): PayingSubscription => ({ id, name, owner: { accountId, tenantId } }));
  return { items: [sample, ...azure.sort((one, other) => one.name.localeCompare(other.name))], signedIn, problem };
}

/** Throws Cancelled, and InvalidInput where nothing can be restored. */
export async function pickRestore(parts: CreateCommandParts, argument: unknown): Promise<void> {
  const subscription = subscriptionMeant(argument) ?? (await pickSubscription(parts));
  const { arm, subscriptionId } = await parts.armFor(subscription);
  const all = await inMessage(plain(l10n.t('Looking for deleted instances…')), (signal) => readDeleted(arm, subscriptionId, signal));
  if (all.length === 0) {
    throw new InvalidInput({
      sentence: l10n.t('No deleted API Management instance of this subscription can be restored.'),
      advice: l10n.t('Deleted instances are kept for 48 hours.'),
    });
  }
  const deleted = await askChoice(
    plain(l10n.t('Restore Deleted Instance')), plain(l10n.t('It comes back with all that it held')),
    all.map((each) => ({
      icon: 'cloud', label: plain(each.name), description: plain(each.resourceGroup),
      ...(each.purgedAt === undefined ? {} : { detail: plain(l10n.t('It can be restored until {0}.', formatDateTime(each.purgedAt))) }),
      value: each,
    })),
  );
  await restore(parts, subscription, deleted, { organisation: '', email: '' });
}

function subscriptionMeant(argument: unknown): string | undefined {
  const node = readNode(argument);
  if (node?.kind === 'azureSubscription') return node.subscription.id;
  return node?.kind === 'instance' && node.instance.sample ? sampleSubscription : undefined;
}

async function pickSubscription(parts: CreateCommandParts): Promise<string> {
  const { items } = await payingSubscriptions(parts, false);
  return askChoice(
    plain(l10n.t('Restore a Deleted Instance of Which Subscription?')), plain(l10n.t('Those of Azure are here after the sign-in')),
    items.map(({ id, name }) => (id === sampleSubscription
      ? { icon: 'beaker', label: plain(name), value: id } : { icon: 'azure', label: plain(name), description: plain(id), value: id })),
  );
}
