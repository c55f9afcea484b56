// The commands on subscriptions but for their keys: create, suspend, activate, cancel, delete.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { below } from '../../../arm/apimPaths';
import type { Service } from '../../../model/service';
import { askChoice, askText, type Choice } from '../../../ui/ask';
import { command } from '../../../ui/ids';
import { notify, tellBriefly, type Button } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { servicesWith, whoIsAffected, type Affected } from '../access/affected';
import { checkName, longest } from '../access/names';
import {
  allAccessCreateQuestion, cancelQuestion, deleteSubscriptionQuestion, suspendQuestion, type Question, type SubscriptionFacts,
} from '../access/questions';
import { entriesAt, keysIfAllowed, readFresh, usersAt, type User } from '../access/reads';
import { createSubscription as create, deleteSubscription as remove, setState, subscriptionPath } from '../access/writes';
import { stateText } from '../entryWords';
import type { ApimInstance } from '../instance';
import type { Entry } from '../items';
import { instanceTitle } from '../nodes';
import { full, type ArmPlace } from '../publish/reading';
import {
  changeAsked, changing, confirm, during, entryChoice, entryMeant, instanceOf, lineOf, mayDo, productMeant, subscriptionLists,
  subscriptionOf, type AccessParts,
} from './accessTools';

/** What a new subscription opens. */
type NewScope = { readonly kind: 'entry'; readonly entry: Entry } | { readonly kind: 'all' };

/** Asks for a new subscription and makes it: for the product that the command was called on, or what is chosen, products first. */
export async function createSubscription(parts: AccessParts, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  const title = plain(l10n.t('Create Subscription in {0}', instanceTitle(instance)));
  const api = entryMeant(argument, 'api');
  const product = api ? undefined : productMeant(argument);
  const read = await during(parts, instance, l10n.t('Reading what is in {0}', instanceTitle(instance)), async (place) => {
    await mayDo(place, instance, 'subscriptions/write');
    return {
      products: product ? [] : await entriesAt(place, 'product', api ? `${below('', '/apis', api.name)}/products` : '/products'),
      apis: product ? [] : api ? [api] : await entriesAt(place, 'api', '/apis'),
      users: await usersAt(place),
    };
  });
  const scope: NewScope = product ? { kind: 'entry', entry: product } : await askChoice(
    title, plain(l10n.t('What do its keys give access to?')), scopeChoices(read.products, read.apis, api === undefined),
  );
  if (scope.kind === 'all') await confirm(allAccessCreateQuestion(instanceTitle(instance)));
  const displayName = (await askText({
    title, prompt: plain(namePrompt(scope)), placeHolder: plain(l10n.t('Who calls with it, such as a team or a program')),
    check: (text) => checkName(text, longest.subscription),
  })).trim();
  const owner = await askOwner(title, read.users ?? []);
  const id = await changing(parts, instance, subscriptionLists, l10n.t('Creating the subscription {0}', displayName), (place) =>
    create(place, { displayName, scope: scopePath(scope), owner }));
  const made: Entry = {
    kind: 'subscription', id: full({ instance }, subscriptionPath(id)), name: id, title: displayName, scope: scopePath(scope),
  };
  offerKey(parts, instance, made);
}

/** The first is what Enter takes: a product, where there is one; what opens everything is always the last. */
function scopeChoices(products: readonly Entry[], apis: readonly Entry[], withAll: boolean): readonly Choice<NewScope>[] {
  const choice = (entry: Entry, detail: string): Choice<NewScope> =>
    ({ ...entryChoice<NewScope>(entry, { kind: 'entry', entry }), detail: plain(detail) });
  return [
    ...products.map((each) => choice(each, l10n.t('Product: its APIs, within its limits'))),
    ...apis.map((each) => choice(each, l10n.t('API: this one alone, past the limits of all products'))),
    ...(withAll ? [{
      icon: 'warning', label: plain(l10n.t('All APIs')),
      detail: plain(l10n.t('Every API of the instance, past the limits of all products: for those who manage it')),
      value: { kind: 'all' as const },
    }] : []),
  ];
}

function scopePath(scope: NewScope): string {
  if (scope.kind === 'all') return '/apis';
  return scope.entry.kind === 'product' ? `/products/${scope.entry.name}` : `/apis/${scope.entry.name}`;
}

function namePrompt(scope: NewScope): string {
  if (scope.kind === 'all') return l10n.t('Name. Its keys open every API, and the limits of products do not apply to them.');
  const { kind, title } = scope.entry;
  return kind === 'product'
    ? l10n.t('Name. Its keys open the APIs of the product "{0}", within the limits of that.', title)
    : l10n.t('Name. Its keys open the API "{0}" alone, and the limits of products do not apply to them.', title);
}

/** Gives the user's name; undefined for none. */
async function askOwner(title: ReturnType<typeof plain>, users: readonly User[]): Promise<string | undefined> {
  if (users.length === 0) return undefined;
  const none: Choice<string | undefined> = {
    icon: 'dash', label: plain(l10n.t('No Owner')), detail: plain(l10n.t('You give the keys to whoever calls.')),
    value: undefined,
  };
  return askChoice(title, plain(l10n.t('Who owns it? The owner sees it in the developer portal')), [
    none,
    ...users.map(({ name, title: label, mail }): Choice<string | undefined> =>
      ({ icon: 'person', label: plain(label), description: plain(mail ?? ''), value: name })),
  ]);
}

/** Not awaited: the message may stay. */
function offerKey({ reporter }: AccessParts, instance: ApimInstance, subscription: Entry): void {
  const copy: Button = { title: plain(l10n.t('Copy Key…')) };
  const use: Button = { title: plain(l10n.t('Use for Service…')) };
  const told = plain(l10n.t('The subscription "{0}" was created in {1}.', subscription.title, instanceTitle(instance)));
  void reporter.run(async () => {
    const chosen = await notify('information', told, use, copy);
    if (chosen === undefined) return;
    const id = chosen === copy ? command.apimCopyKey : command.apimUseForService;
    await vscode.commands.executeCommand(id, lineOf(instance, subscription));
  });
}

/** What is to become of a subscription. */
export type Change = 'suspend' | 'activate' | 'cancel' | 'delete';

const states = { suspend: 'suspended', activate: 'active', cancel: 'cancelled' } as const;

/** Gives a subscription another state, or deletes it, after naming whose calls are refused then. */
export async function changeSubscription(parts: AccessParts, change: Change, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  const subscription = await subscriptionOf(parts, instance, argument, pickTitle(change));
  const path = subscriptionPath(subscription.name);
  let already = false;
  await changeAsked(parts, instance, subscriptionLists, {
    read: l10n.t('Reading the subscription {0}', subscription.title), write: progressTitle(change, subscription.title),
  }, {
    mayWrite: (place) => mayDo(place, instance, change === 'delete' ? 'subscriptions/delete' : 'subscriptions/write'),
    read: (place) => readFresh(place, 'subscription', path),
    // Activating hits nobody, whatever it was before.
    matters: ({ entry: { state, scope, owner } }) => (change === 'activate' ? [] : [state, scope?.toLowerCase(), owner]),
    ask: async ({ entry }, again) => {
      already = change !== 'delete' && entry.state === states[change];
      if (already || change === 'activate') return;
      await confirm(questionOf(change, await factsOf(parts, instance, entry, again)));
    },
    write: async (place, { entry, etag }) => {
      // Activating asks nothing, so that it counts what it is now.
      if (change === 'activate') already = entry.state === states.activate;
      if (already) return;
      await (change === 'delete' ? remove(place, subscription.name, etag) : setState(place, path, states[change], etag));
    },
  });
  tellBriefly(plain(already ? alreadyText(subscription.title, change) : doneText(subscription.title, change)));
}

/** Reads who is hit, for a question. Throws ArmFailed and Cancelled. */
export async function factsOf(
  parts: AccessParts, instance: ApimInstance, entry: Entry, again: boolean,
): Promise<SubscriptionFacts> {
  const { affected, services } = await during(parts, instance, l10n.t('Looking at who uses {0}', entry.title), async (place) =>
    hit(parts, place, entry));
  return { title: entry.title, instance: instanceTitle(instance), affected, services: services?.map(({ name }) => name), again };
}

async function hit(
  parts: AccessParts, place: ArmPlace, entry: Entry,
): Promise<{ readonly affected: Affected; readonly services: readonly Service[] | undefined }> {
  const affected = await whoIsAffected(place, entry);
  const keys = await keysIfAllowed(place, subscriptionPath(entry.name));
  const services = keys && await servicesUsing(parts, [keys.primary, keys.secondary]);
  return { affected, services };
}

/** The services of the sidebar that one of these is the subscription key of. */
export function servicesUsing(parts: AccessParts, keys: readonly (string | undefined)[]): Promise<readonly Service[]> {
  return servicesWith(keys, allServices(parts), (service) => parts.services.keys.of(service));
}

/** All services of the sidebar. */
export function allServices({ services: { services } }: Pick<AccessParts, 'services'>): readonly Service[] {
  return services.workspaces().flatMap((workspace) => workspace.services);
}

function questionOf(change: Exclude<Change, 'activate'>, facts: SubscriptionFacts): Question {
  switch (change) {
    case 'suspend':
      return suspendQuestion(facts);
    case 'cancel':
      return cancelQuestion(facts);
    case 'delete':
      return deleteSubscriptionQuestion(facts);
    default:
      return change satisfies never;
  }
}

function pickTitle(change: Change): string {
  switch (change) {
    case 'suspend':
      return l10n.t('Suspend Which Subscription?');
    case 'activate':
      return l10n.t('Activate Which Subscription?');
    case 'cancel':
      return l10n.t('Cancel Which Subscription?');
    case 'delete':
      return l10n.t('Delete Which Subscription?');
    default:
      return change satisfies never;
  }
}

function progressTitle(change: Change, title: string): string {
  switch (change) {
    case 'suspend':
      return l10n.t('Suspending the subscription {0}', title);
    case 'activate':
      return l10n.t('Activating the subscription {0}', title);
    case 'cancel':
      return l10n.t('Cancelling the subscription {0}', title);
    case 'delete':
      return l10n.t('Deleting the subscription {0}', title);
    default:
      return change satisfies never;
  }
}

function doneText(title: string, change: Change): string {
  switch (change) {
    case 'suspend':
      return l10n.t('The subscription "{0}" is suspended: callers with its keys get 401.', title);
    case 'activate':
      return l10n.t('The subscription "{0}" is active: its keys work.', title);
    case 'cancel':
      return l10n.t('The subscription "{0}" is cancelled: callers with its keys get 401.', title);
    case 'delete':
      return l10n.t('The subscription "{0}" was deleted.', title);
    default:
      return change satisfies never;
  }
}

function alreadyText(title: string, change: Change): string {
  const state = change === 'delete' || change === 'activate' ? '' : stateText({ kind: 'subscription', state: states[change] });
  return state === ''
    ? l10n.t('The subscription "{0}" is active already.', title) : l10n.t('The subscription "{0}" is so already: {1}.', title, state);
}
