// The commands on keys of subscriptions: copy, make anew, use for a service. Keys go to the clipboard or the secret store and nowhere else.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { below } from '../../../arm/apimPaths';
import { Cancelled, InvalidInput } from '../../../model/errors';
import type { Service } from '../../../model/service';
import { askChoice, askWhich, type Choice } from '../../../ui/ask';
import { notify, tellBriefly, type Button } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { whoIsAffected } from '../access/affected';
import { isOfApis, serviceOfApi, servicesBehind } from '../access/gatewayServices';
import { allAccessUseQuestion, copyKeyDetail, listed, regenerateQuestion } from '../access/questions';
import { entriesAt, keysIfAllowed, orElse, readFresh, readKeys, type WhichKey } from '../access/reads';
import { productPath, regenerate, subscriptionPath } from '../access/writes';
import { isAllAccess, scopeOf, stateText } from '../entryWords';
import type { ApimInstance } from '../instance';
import type { Entry } from '../items';
import { instanceTitle } from '../nodes';
import type { ArmPlace } from '../publish/reading';
import { allServices, servicesUsing } from './accessSubscriptions';
import {
  changeAsked, confirm, during, instanceOf, mayDo, pickEntry, subscriptionLists, subscriptionOf, type AccessParts,
} from './accessTools';

/** Copies one of the two keys, on a person's word. */
export async function copyKey(parts: AccessParts, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  const subscription = await subscriptionOf(parts, instance, argument, l10n.t('Copy a Key of Which Subscription?'));
  const chosen = await askWhich(
    plain(l10n.t('Copy a key of the subscription "{0}" of {1}?', subscription.title, instanceTitle(instance))),
    plain(copyKeyDetail(isAllAccess(subscription))),
    [plain(l10n.t('Copy Primary Key')), plain(l10n.t('Copy Secondary Key'))],
  );
  await toClipboard(await keyNow(parts, instance, subscription, chosen === 0 ? 'primary' : 'secondary'));
}

/** Has a key made anew, after naming who is hit; what comes then is offered: to use the new one here, or to copy it. */
export async function regenerateKey(parts: AccessParts, which: WhichKey, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  const subscription = await subscriptionOf(parts, instance, argument, which === 'primary'
    ? l10n.t('Regenerate the Primary Key of Which Subscription?') : l10n.t('Regenerate the Secondary Key of Which Subscription?'));
  const path = subscriptionPath(subscription.name);
  let users: readonly Service[] = [];
  let before: string | undefined;
  await changeAsked(parts, instance, subscriptionLists, {
    read: l10n.t('Reading the subscription {0}', subscription.title), write: l10n.t('Making a new key of {0}', subscription.title),
  }, {
    mayWrite: (place) => mayDo(place, instance, which === 'primary'
      ? 'subscriptions/regeneratePrimaryKey/action' : 'subscriptions/regenerateSecondaryKey/action'),
    read: (place) => readFresh(place, 'subscription', path),
    matters: ({ entry: { state, scope, owner } }) => [state, scope?.toLowerCase(), owner],
    ask: async ({ entry }, again) => {
      const { affected, keys } = await during(parts, instance, l10n.t('Looking at who uses {0}', entry.title), async (place) => ({
        affected: await whoIsAffected(place, entry), keys: await keysIfAllowed(place, path),
      }));
      before = keys?.[which];
      users = keys ? await servicesUsing(parts, [before]) : [];
      const services = keys && users.map(({ name }) => name);
      await confirm(regenerateQuestion({ title: entry.title, instance: instanceTitle(instance), affected, services, again }, which));
    },
    write: (place) => regenerate(place, subscription.name, which, before).catch((error: unknown) => {
      if (error instanceof Cancelled) tellStopped(parts, instance, subscription, which);
      throw error;
    }),
  });
  offerNewKey(parts, instance, subscription, { which, users, before });
}

/** Nobody is to believe that nothing happened. Not awaited: the message may stay. */
function tellStopped(parts: AccessParts, instance: ApimInstance, subscription: Entry, which: WhichKey): void {
  const copy: Button = { title: plain(l10n.t('Copy Key')) };
  const told = plain(which === 'primary'
    ? l10n.t('Stopped while the primary key of "{0}" was made anew. It may be new already: callers with the old one get 401 then.',
      subscription.title)
    : l10n.t('Stopped while the secondary key of "{0}" was made anew. It may be new already: callers with the old one get 401 then.',
      subscription.title));
  void parts.reporter.run(async () => {
    const work = async (): Promise<void> => toClipboard(await keyNow(parts, instance, subscription, which));
    if ((await notify('warning', told, copy)) !== undefined) await parts.reporter.run(work, { retry: work });
  });
}

/** A key that was made anew: the services that used the one before. */
interface Renewed {
  readonly which: WhichKey;
  readonly users: readonly Service[];
  readonly before: string | undefined;
}

/** Not awaited: the message may stay. */
function offerNewKey(parts: AccessParts, instance: ApimInstance, subscription: Entry, renewed: Renewed): void {
  const { which, users } = renewed;
  const use: Button = { title: plain(l10n.t('Use the New Key Here')) };
  const copy: Button = { title: plain(l10n.t('Copy Key')) };
  const told = plain(which === 'primary'
    ? l10n.t('The primary key of "{0}" is new: callers with the old one get 401.', subscription.title)
    : l10n.t('The secondary key of "{0}" is new: callers with the old one get 401.', subscription.title));
  const follow = async (): Promise<void> => {
    const chosen = await notify('information', told, ...(users.length === 0 ? [] : [use]), copy);
    // Should the key not be had, the button under the error asks for it once more, and makes no other one.
    const work = async (): Promise<void> => {
      const key = await keyNow(parts, instance, subscription, which);
      await (chosen === use ? useHere(parts, subscription, renewed, key) : toClipboard(key));
    };
    if (chosen !== undefined) await parts.reporter.run(work, { retry: work });
  };
  void parts.reporter.run(follow);
}

/** Straight into the secret store, for those services that are still there and were given no other key since. */
async function useHere(parts: AccessParts, { title }: Entry, { users, before }: Renewed, key: string): Promise<void> {
  const addresses = new Set(users.map(({ address }) => address));
  const there = (await servicesUsing(parts, [before])).filter(({ address }) => addresses.has(address));
  for (const service of there) await give(parts, service, key);
  const names = listed(there.map(({ name }) => name));
  tellBriefly(plain(there.length === 0
    ? l10n.t('No service in the sidebar uses the old key any more.')
    : l10n.t('The new key of "{0}" is set for {1}.', title, names)));
}

/** Makes a key of a subscription the subscription key of a service that is called through this gateway. */
export async function useForService(parts: AccessParts, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  const subscription = await subscriptionOf(parts, instance, argument, l10n.t('Use a Key of Which Subscription?'));
  const reading = l10n.t('Reading what {0} opens', subscription.title);
  const { entry, apis } = await during(parts, instance, reading, async (place) => {
    const fresh = await readFresh(place, 'subscription', subscriptionPath(subscription.name));
    return { entry: fresh.entry, apis: await openedApis(place, fresh.entry) };
  });
  const service = await pickGatewayService(parts, instance, entry, apis);
  if (isAllAccess(entry)) await confirm(allAccessUseQuestion(entry.title, service.name));
  await give(parts, service, await keyNow(parts, instance, entry, 'primary'));
  const state = stateText(entry);
  if (state === '') return tellBriefly(plain(l10n.t('The key of "{0}" is set for {1}.', entry.title, service.name)));
  void notify('warning', plain(l10n.t(
    'The key of "{0}" is set for {1}, but calls get 401 until the subscription is activated ({2}).', entry.title, service.name, state,
  )));
}

/** The APIs that the keys open. */
async function openedApis(place: ArmPlace, entry: Entry): Promise<readonly Entry[]> {
  const scope = scopeOf(entry);
  switch (scope?.kind) {
    case 'product':
      return orElse(() => entriesAt(place, 'api', `${productPath(scope.name)}/apis`), []);
    case 'api':
      return orElse(async () => [(await readFresh(place, 'api', below('', '/apis', scope.name))).entry], []);
    case 'all':
      return entriesAt(place, 'api', '/apis');
    case 'unknown':
    case undefined:
      return [];
    default:
      return scope satisfies never;
  }
}

/** Asks for one of those behind this gateway, or to add the service that an API of it is. */
async function pickGatewayService(
  parts: AccessParts, instance: ApimInstance, subscription: Entry, apis: readonly Entry[],
): Promise<Service> {
  const behind = servicesBehind(instance, allServices(parts));
  const opened = behind.filter((service) => isOfApis(instance, service, apis));
  const choices: Choice<Service | 'add'>[] = [
    ...opened.map((service): Choice<Service | 'add'> => ({
      icon: 'server-process', label: plain(service.name), detail: plain(service.address), value: service,
    })),
    ...behind.filter((service) => !opened.includes(service)).map((service): Choice<Service | 'add'> => ({
      icon: 'server-process', label: plain(service.name), description: plain(l10n.t('the key does not open it')),
      detail: plain(service.address), value: service,
    })),
  ];
  if (apis.length > 0) choices.push({ icon: 'add', label: plain(l10n.t('Add the Service of an API…')), alwaysShow: true, value: 'add' });
  if (choices.length === 0) {
    throw new InvalidInput({
      sentence: l10n.t(
        'No service in the sidebar is called through {0}, and the subscription "{1}" opens no API.',
        instanceTitle(instance), subscription.title,
      ),
      advice: l10n.t('Add an API to its product, or add the service by its address behind the gateway.'),
    });
  }
  const chosen = await askChoice(
    plain(l10n.t('Use the Key of {0} for', subscription.title)),
    plain(behind.length === 0
      ? l10n.t('No service in the sidebar is called through this gateway yet') : l10n.t('Services that are called through this gateway')),
    choices,
  );
  return chosen === 'add' ? addServiceOf(parts, instance, apis) : chosen;
}

async function addServiceOf(parts: AccessParts, instance: ApimInstance, apis: readonly Entry[]): Promise<Service> {
  const api = await pickEntry(apis, {
    title: l10n.t('Add the Service of Which API?'), placeHolder: l10n.t('It is called through the gateway then'),
    none: l10n.t('{0} has no API yet.', instanceTitle(instance)),
  });
  const path = below('', '/apis', api.name);
  const made = await during(parts, instance, l10n.t('Reading the operations of {0}', api.title), async (place) =>
    serviceOfApi(instance, (await readFresh(place, 'api', path)).entry, await entriesAt(place, 'operation', `${path}/operations`)));
  if (!made.ok) {
    throw new InvalidInput({
      sentence: made.reason, advice: l10n.t('Add the service by its address with Add Service, then use the key for it.'),
    });
  }
  return parts.services.services.add(made.service);
}

async function give({ services: { keys, health } }: AccessParts, service: Service, key: string): Promise<void> {
  // What an earlier key showed says nothing of this one.
  health.clear(service.address);
  await keys.set('subscriptionKey', service, key);
}

async function keyNow(parts: AccessParts, instance: ApimInstance, { name, title }: Entry, which: WhichKey): Promise<string> {
  const keys = await during(parts, instance, l10n.t('Reading the key…'), (place) => readKeys(place, subscriptionPath(name)));
  const key = keys[which];
  if (key === undefined) throw new InvalidInput({ sentence: l10n.t('{0} gave no key of "{1}".', instanceTitle(instance), title) });
  return key;
}

async function toClipboard(key: string): Promise<void> {
  await vscode.env.clipboard.writeText(key);
  tellBriefly(plain(l10n.t('The key was copied.')));
}
