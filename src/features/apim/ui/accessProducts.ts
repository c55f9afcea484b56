// The commands on products: create, publish, add and remove APIs, delete.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatCount } from '../../../base/format';
import { askChoice, askSeveral, askText } from '../../../ui/ask';
import { command } from '../../../ui/ids';
import { notify, tellBriefly, type Button } from '../../../ui/notices';
import { plain, type PlainText } from '../../../ui/plain';
import { checkLength, checkNewProduct, longest } from '../access/names';
import { callersOf, holdersOf, keyUsersOf, type KeyHolder, type KeyUsers } from '../access/productUsers';
import { deleteProductQuestion, mostNames, removeApiQuestion } from '../access/questions';
import { entriesAt, readFresh } from '../access/reads';
import { addApi, createProduct as create, deleteProduct as remove, productPath, removeApi, setState } from '../access/writes';
import type { ApimInstance } from '../instance';
import type { Entry } from '../items';
import { instanceTitle } from '../nodes';
import { full } from '../publish/reading';
import { allServices } from './accessSubscriptions';
import {
  changeAsked, changing, confirm, during, entryChoice, entryMeant, instanceOf, lineOf, mayDo, nothingToDo, pickEntry, productLists,
  productOf, subscriptionLists, type AccessParts,
} from './accessTools';

/** Asks for a new product and makes it. */
export async function createProduct(parts: AccessParts, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  const where = instanceTitle(instance);
  const { apis, taken } = await during(parts, instance, l10n.t('Reading what is in {0}', where), async (place) => {
    await mayDo(place, instance, 'products/write');
    return {
      apis: await entriesAt(place, 'api', '/apis'), taken: (await entriesAt(place, 'product', '/products')).map(({ title }) => title),
    };
  });
  // As VS Code counts the steps of its own questions; the last one is not asked where there is no API.
  const steps = formatCount(apis.length === 0 ? 4 : 5);
  const title = (step: number): PlainText => plain(l10n.t('Create Product in {0} ({1}/{2})', where, formatCount(step), steps));
  const displayName = (await askText({
    title: title(1), prompt: plain(l10n.t('Name, as shown to callers')), check: (text) => checkNewProduct(text, taken, where),
  })).trim();
  const description = (await askText({
    title: title(2), prompt: plain(l10n.t('Description (optional)')), check: (text) => checkLength(text, longest.description),
  })).trim();
  const subscriptionRequired = await askChoice(title(3), plain(l10n.t('Who may call its APIs?')), [
    {
      icon: 'key', label: plain(l10n.t('Callers with a Subscription')),
      detail: plain(l10n.t('Each call carries a key; limits count for each subscription.')), value: true,
    },
    {
      icon: 'globe', label: plain(l10n.t('Everybody, Without a Key')),
      detail: plain(l10n.t('Whoever knows the address of the gateway can call its APIs.')), value: false,
    },
  ]);
  const published = await askChoice(title(4), plain(l10n.t('Show it in the developer portal?')), [
    {
      label: plain(l10n.t('Not Published')),
      detail: plain(l10n.t('Hidden in the developer portal. Keys for it work all the same.')), value: false,
    },
    {
      label: plain(l10n.t('Published')),
      detail: plain(l10n.t('Developers see it in the portal and can ask for keys there.')), value: true,
    },
  ]);
  const chosen = apis.length === 0
    ? [] : await askSeveral(title(5), plain(l10n.t('APIs in the product (optional)')), apis.map((api) => entryChoice(api, api)));
  const id = await changing(parts, instance, productLists, l10n.t('Creating the product {0}', displayName), (place) =>
    create(place, { displayName, description, subscriptionRequired, published }, chosen));
  const made: Entry = { kind: 'product', id: full({ instance }, productPath(id)), name: id, title: displayName };
  offerSubscription(parts, instance, made, subscriptionRequired);
}

/** Not awaited: the message may stay. */
function offerSubscription({ reporter }: AccessParts, instance: ApimInstance, product: Entry, needsKey: boolean): void {
  const told = plain(l10n.t('The product "{0}" was created in {1}.', product.title, instanceTitle(instance)));
  if (!needsKey) return tellBriefly(told);
  const go: Button = { title: plain(l10n.t('Create Subscription…')) };
  void reporter.run(async () => {
    if ((await notify('information', told, go)) !== go) return;
    await vscode.commands.executeCommand(command.apimCreateSubscription, lineOf(instance, product));
  });
}

/** Shows a product in the developer portal, or hides it there. */
export async function setPublished(parts: AccessParts, published: boolean, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  const title = published ? l10n.t('Publish Which Product?') : l10n.t('Unpublish Which Product?');
  const product = await productOf(parts, instance, argument, title);
  const path = productPath(product.name);
  const wanted = published ? 'published' : 'notPublished';
  let already = false;
  await changeAsked(parts, instance, productLists, {
    read: l10n.t('Reading the product {0}', product.title),
    write: published ? l10n.t('Publishing the product {0}', product.title) : l10n.t('Unpublishing the product {0}', product.title),
  }, {
    mayWrite: (place) => mayDo(place, instance, 'products/write'),
    read: (place) => readFresh(place, 'product', path),
    // It can be undone at any time, and hits nobody's calls.
    matters: () => [],
    ask: () => Promise.resolve(),
    write: async (place, { entry, etag }) => {
      already = entry.state === wanted;
      if (!already) await setState(place, path, wanted, etag);
    },
  });
  if (published) {
    return tellBriefly(plain(already
      ? l10n.t('The product "{0}" is published already.', product.title) : l10n.t('The product "{0}" is published.', product.title)));
  }
  void notify('information', plain(already
    ? l10n.t('The product "{0}" is not published.', product.title)
    : l10n.t(
      'The product "{0}" is hidden in the developer portal. Keys for it work all the same: suspend them to stop calls.', product.title,
    )));
}

/** Puts APIs into a product: called on the product, or on one API. */
export async function addApiToProduct(parts: AccessParts, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  // An API in a list of a product stands below that, and is meant to go into another one.
  const api = entryMeant(argument, 'api');
  const product = await productOf(parts, instance, api ? undefined : argument, l10n.t('Add to Which Product?'));
  const { inIt, all } = await during(parts, instance, l10n.t('Reading what is in {0}', product.title), async (place) => {
    await mayDo(place, instance, 'products/apis/write');
    return {
      inIt: await entriesAt(place, 'api', `${productPath(product.name)}/apis`), all: api ? [api] : await entriesAt(place, 'api', '/apis'),
    };
  });
  const names = new Set(inIt.map(({ name }) => name.toLowerCase()));
  const others = all.filter(({ name }) => !names.has(name.toLowerCase()));
  if (others.length === 0) {
    throw nothingToDo(api
      ? l10n.t('The API "{0}" is in the product "{1}" already.', api.title, product.title)
      : all.length === 0
        ? l10n.t('{0} has no API yet.', instanceTitle(instance)) : l10n.t('The product "{0}" has all APIs already.', product.title));
  }
  const chosen = api ? others : await askWhichToAdd(product, others);
  await changing(parts, instance, productLists, l10n.t('Adding to the product {0}', product.title), async (place) => {
    for (const each of chosen) await addApi(place, product.name, each.name);
  });
  const [only] = chosen;
  tellBriefly(plain(chosen.length === 1 && only
    ? l10n.t('The API "{0}" is in the product "{1}".', only.title, product.title)
    : l10n.t('{0} APIs were added to the product "{1}".', formatCount(chosen.length), product.title)));
}

/** Throws Cancelled where none is chosen. */
async function askWhichToAdd(product: Entry, apis: readonly Entry[]): Promise<readonly Entry[]> {
  const title = plain(l10n.t('Add to the Product {0}', product.title));
  const choices = apis.map((each) => entryChoice(each, each));
  // A list with boxes gives nothing for Enter until one is ticked, so that one API is offered without a box.
  if (apis.length === 1) {
    return [await askChoice(title, plain(l10n.t('Callers with keys for the product can call this API then')), choices)];
  }
  const place = plain(l10n.t('Tick APIs: callers with keys for the product can call them then'));
  const chosen = await askSeveral(title, place, choices);
  if (chosen.length === 0) throw nothingToDo(l10n.t('No API was ticked, so none was added to the product "{0}".', product.title));
  return chosen;
}

/** Takes an API out of a product, after naming whose keys lose it. */
export async function removeFromProduct(parts: AccessParts, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  const product = await productOf(parts, instance, argument, l10n.t('Remove From Which Product?'));
  const path = productPath(product.name);
  const { keys, apis } = await during(parts, instance, l10n.t('Reading what is in {0}', product.title), async (place) => {
    await mayDo(place, instance, 'products/apis/delete');
    const meant = entryMeant(argument, 'api');
    return {
      keys: await entriesAt(place, 'subscription', `${path}/subscriptions`),
      apis: meant ? [meant] : await entriesAt(place, 'api', `${path}/apis`),
    };
  });
  const api = entryMeant(argument, 'api') ?? await pickEntry(apis, {
    title: l10n.t('Remove From the Product {0}', product.title), placeHolder: l10n.t('Choose an API'),
    none: l10n.t('The product "{0}" has no API.', product.title),
  });
  const { holders, services, isAll } = await usersOf(parts, instance, product, keys);
  const { calling, perhaps } = callersOf(instance, api, services);
  await confirm(removeApiQuestion(api.title, product.title, {
    holders, calling: calling.map(({ name }) => name), perhaps: perhaps.map(({ name }) => name), isAll, open: product.open === 'yes',
  }));
  await changing(parts, instance, productLists, l10n.t('Removing {0} from the product {1}', api.title, product.title), (place) =>
    removeApi(place, product.name, api.name));
  tellBriefly(plain(l10n.t('The API "{0}" was removed from the product "{1}".', api.title, product.title)));
}

/** Deletes a product with its subscriptions, after naming them. */
export async function deleteProduct(parts: AccessParts, argument: unknown): Promise<void> {
  const instance = await instanceOf(parts, argument);
  const product = await productOf(parts, instance, argument, l10n.t('Delete Which Product?'));
  const path = productPath(product.name);
  await changeAsked(parts, instance, (list) => productLists(list) || subscriptionLists(list), {
    read: l10n.t('Reading what is in {0}', product.title), write: l10n.t('Deleting the product {0}', product.title),
  }, {
    mayWrite: (place) => mayDo(place, instance, 'products/delete'),
    read: async (place) => ({
      ...await readFresh(place, 'product', path),
      keys: await entriesAt(place, 'subscription', `${path}/subscriptions`),
      apis: await entriesAt(place, 'api', `${path}/apis`),
    }),
    // Others may have got keys since: nobody loses one whom the person has not read of.
    matters: ({ keys }) => keys.map(({ name, owner = '' }) => `${name}/${owner}`).sort(),
    ask: async ({ entry, keys, apis }, again) => {
      const { holders, services, isAll } = await usersOf(parts, instance, entry, keys);
      await confirm(deleteProductQuestion(entry.title, instanceTitle(instance), {
        apis: apis.map(({ title }) => title), holders, services: services.map(({ name }) => name), isAll, again, open: entry.open === 'yes',
      }));
    },
    write: (place, { etag }) => remove(place, product.name, etag),
  });
  tellBriefly(plain(l10n.t('The product "{0}" was deleted.', product.title)));
}

/** Reads who has keys of a product, and which services of the sidebar use them. */
function usersOf(
  parts: AccessParts, instance: ApimInstance, { title }: Entry, subscriptions: readonly Entry[],
): Promise<KeyUsers & { readonly holders: readonly KeyHolder[] }> {
  return during(parts, instance, l10n.t('Looking at who uses {0}', title), async (place) => ({
    holders: await holdersOf(place, subscriptions, mostNames),
    ...await keyUsersOf(place, subscriptions, allServices(parts), (service) => parts.services.keys.of(service)),
  }));
}
