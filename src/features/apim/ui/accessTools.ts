// What the commands on products and subscriptions share: work with its progress and waits shown, who may do what, which line is meant.

import * as l10n from '@vscode/l10n';
import { ArmFailed, Cancelled } from '../../../model/errors';
import { askChoice, askToConfirm, type Choice } from '../../../ui/ask';
import { notify } from '../../../ui/notices';
import type { Platform } from '../../../ui/platform';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import type { ServicesApi } from '../../services';
import { askedWrite, type AskedWrite } from '../access/askedWrite';
import type { Question } from '../access/questions';
import { entriesAt, type Fresh } from '../access/reads';
import { entryDescription } from '../entryWords';
import type { ApimInstance, ArmOf } from '../instance';
import type { Entry, EntryKind } from '../items';
import { instanceTitle, type EntryNode } from '../nodes';
import { requireMayWrite } from '../publish/mayWrite';
import { waitText } from '../publish/publishWords';
import type { ArmPlace } from '../publish/reading';
import { instanceMeant, readNode } from './meant';

/** True for a list of an instance that is meant, by its path below the instance. */
export type IsList = (path: string) => boolean;

/** What the commands need from outside. */
export interface AccessParts extends Pick<Platform, 'reporter'> {
  readonly services: Pick<ServicesApi, 'services' | 'keys' | 'health'>;
  readonly arms: ArmOf;
  /** Asks for an instance. Throws Cancelled. */
  readonly pickInstance: () => Promise<ApimInstance>;
  /** Lets lists of an instance be asked for anew. */
  readonly changed: (instance: ApimInstance, isList: IsList) => void;
}

/** Lists in which products stand, or what they have. */
export const productLists: IsList = (path) => path === '/products' || path.startsWith('/products/');

/** Lists in which subscriptions stand: of the instance, of products, of users. */
export const subscriptionLists: IsList = (path) => path.endsWith('/subscriptions');

/** What an action is called in roles. */
export function action(name: string): string {
  return `Microsoft.ApiManagement/service/${name}`;
}

/** Does work on an instance while a message shows it and what it waits for; the message cancels it. Throws ArmFailed and Cancelled. */
export async function during<T>(
  { arms }: Pick<AccessParts, 'arms'>, instance: ApimInstance, title: string, work: (place: ArmPlace) => Promise<T>,
): Promise<T> {
  return inMessage(plain(title), async (signal, report) => {
    const onWait = (wait: Parameters<typeof waitText>[0]): void => report({ message: plain(waitText(wait)) });
    return work({ arm: await arms(instance), instance, options: { signal, onWait } });
  });
}

/** The same for a change: whatever comes of it, the lists that it concerns are asked for anew. */
export async function changing<T>(
  parts: AccessParts, instance: ApimInstance, isList: IsList, title: string, work: (place: ArmPlace) => Promise<T>,
): Promise<T> {
  try {
    return await during(parts, instance, title, work);
  } finally {
    parts.changed(instance, isList);
  }
}

/** A change that a person agrees to on what they are told; its lists are asked for anew. Throws ArmFailed and Cancelled. */
export async function changeAsked<Read extends Fresh>(
  parts: AccessParts, instance: ApimInstance, isList: IsList, titles: { readonly read: string; readonly write: string },
  change: Omit<AskedWrite<Read>, 'during'>,
): Promise<void> {
  let begun = false;
  try {
    await askedWrite({
      ...change,
      during: (phase, work) => during(parts, instance, titles[phase], work),
      write: (place, fresh) => {
        begun = true;
        return change.write(place, fresh);
      },
    });
  } catch (error) {
    // What is not there, or is another than was thought, is shown so.
    begun ||= error instanceof ArmFailed;
    throw error;
  } finally {
    if (begun) parts.changed(instance, isList);
  }
}

/** Throws ArmFailed where the account certainly may not do it. */
export function mayDo({ arm, options }: ArmPlace, instance: ApimInstance, name: string): Promise<void> {
  return requireMayWrite(arm, instance, options.signal, action(name));
}

/** Asks a question that has one button. Throws Cancelled. */
export async function confirm({ question, detail, yes }: Question): Promise<void> {
  await askToConfirm(plain(question), plain(detail), plain(yes));
}

/** The instance that a command was called on, or that a person picks. Throws Cancelled. */
export async function instanceOf({ pickInstance }: Pick<AccessParts, 'pickInstance'>, argument: unknown): Promise<ApimInstance> {
  return instanceMeant(argument) ?? pickInstance();
}

/** The line of a kind that a command was called on: itself, or one above it. */
export function entryMeant(argument: unknown, kind: EntryKind): Entry | undefined {
  for (let node = readNode(argument); node !== undefined; node = node.parent) {
    if (node.kind === 'entry' && node.entry.kind === kind) return node.entry;
  }
  return undefined;
}

/** The product that a command was called on: its line, or one of what is in it. */
export function productMeant(argument: unknown): Entry | undefined {
  const node = readNode(argument);
  return node?.kind === 'list' ? node.product : entryMeant(argument, 'product');
}

/** The argument of a command that goes on with a thing of an instance. */
export function lineOf(instance: ApimInstance, entry: Entry): EntryNode {
  return { kind: 'entry', instance, entry, parent: undefined };
}

/** What a question for one of several things says. */
export interface PickWords {
  readonly title: string;
  readonly placeHolder: string;
  /** Said where there is none. */
  readonly none: string;
}

/** Tells why a command ends without having done anything, which is no error, and gives what ends it. */
export function nothingToDo(why: string): Cancelled {
  void notify('information', plain(why));
  return new Cancelled();
}

/** Asks for one of these. Throws Cancelled, also where there is none. */
export async function pickEntry(entries: readonly Entry[], { title, placeHolder, none }: PickWords): Promise<Entry> {
  if (entries.length === 0) throw nothingToDo(none);
  return askChoice(plain(title), plain(placeHolder), entries.map((entry) => entryChoice(entry, entry)));
}

/** A line in a list of choices. */
export function entryChoice<T>(entry: Entry, value: T): Choice<T> {
  const description = plain(entryDescription(entry, () => undefined));
  const label = plain(entry.title);
  switch (entry.kind) {
    case 'product':
      return { icon: 'gift', label, description, value };
    case 'subscription':
      return { icon: 'key', label, description, value };
    case 'user':
      return { icon: 'person', label, description, value };
    case 'api':
    case 'operation':
    case 'namedValue':
      return { icon: 'symbol-interface', label, description, value };
    default:
      return entry.kind satisfies never;
  }
}

/** The product that a command was called on, or that a person picks. Throws ArmFailed, and Cancelled, also where there is none. */
export async function productOf(parts: AccessParts, instance: ApimInstance, argument: unknown, title: string): Promise<Entry> {
  const product = productMeant(argument);
  if (product) return product;
  const all = await during(parts, instance, l10n.t('Reading the products of {0}', instanceTitle(instance)), (place) =>
    entriesAt(place, 'product', '/products'));
  return pickEntry(all, {
    title, placeHolder: l10n.t('Choose a product'), none: l10n.t('{0} has no product yet.', instanceTitle(instance)),
  });
}

/** The subscription that a command was called on, or that a person picks. Throws ArmFailed, and Cancelled, also where there is none. */
export async function subscriptionOf(parts: AccessParts, instance: ApimInstance, argument: unknown, title: string): Promise<Entry> {
  const subscription = entryMeant(argument, 'subscription');
  if (subscription) return subscription;
  const reading = l10n.t('Reading the subscriptions of {0}', instanceTitle(instance));
  const all = await during(parts, instance, reading, (place) => entriesAt(place, 'subscription', '/subscriptions'));
  return pickEntry(all, {
    title, placeHolder: l10n.t('Choose a subscription'), none: l10n.t('{0} has no subscription yet.', instanceTitle(instance)),
  });
}
