// A line of the section "API Management" -> how it looks: label, icon, tooltip, words for screen readers.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatCount, formatWait } from '../../../base/format';
import type { ArmWait } from '../../../model/arm';
import { command } from '../../../ui/ids';
import { code, markdown, md, type Markup } from '../../../ui/markdown';
import { plain } from '../../../ui/plain';
import { entryDescription, isAllAccess, type TitleOf } from '../entryWords';
import type { ApimInstance } from '../instance';
import { sentenceOf, standing } from '../create/createWords';
import { isOver } from '../create/work';
import type { WorkNow } from '../create/works';
import type { Entry, EntryKind } from '../items';
import {
  fixedBelow, instanceTitle, isOwner, nodeId, type ApimNode, type EntryNode, type InstanceNode, type ListKind, type ListNode,
  type StateNode,
} from '../nodes';

const icons: Readonly<Record<EntryKind | ListKind, string>> = {
  api: 'symbol-interface', apis: 'symbol-interface', operation: 'symbol-method', product: 'gift', products: 'gift', subscription: 'key',
  subscriptions: 'key', namedValue: 'symbol-constant', namedValues: 'symbol-constant', user: 'person', users: 'person',
};

const stateIcons: Readonly<Record<string, string>> = {
  suspended: 'debug-pause', submitted: 'clock', rejected: 'circle-slash', cancelled: 'circle-slash', expired: 'circle-slash',
};

/** What lists have told of names, without asking anybody. */
export interface KnownNames {
  readonly titleOf: (instance: ApimInstance, kind: EntryKind, name: string) => string | undefined;
  /** How many items a list has; undefined where not all of them are known. */
  readonly countOf: (list: ListNode) => number | undefined;
}

/**
 * The item of a line, as it is `now`, in milliseconds since 1970. `age` tells how old what stands below it is, or is empty. `open` lets all
 * that has lines below it be open: where a filter has found something there, or a person had opened it.
 * The item of a line, as it is `now`, in milliseconds since 1970. `age` tells how old what stands below it is, or is empty. `open` lets
 * all that has lines below it be open: where a
 * filter has found something there, or a person had opened it.
 */
export function apimItem(
  node: ApimNode, now: number, age: string, open: 'filtered' | 'opened' | undefined, known: KnownNames,
): vscode.TreeItem {
  const { label, description = '', icon, tooltip, contextValue = node.kind, spoken } = lookOf(node, now, known);
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  // Names come from outside: no icons, no links, no line breaks.
  const isParent = isOwner(node) || fixedBelow(node) !== undefined;
  const item = new vscode.TreeItem(oneLine(label), !isParent ? None : open !== undefined || node.kind === 'group' ? Expanded : Collapsed);
  item.id = `${nodeId(node)}${open === 'filtered' ? '?filtered' : ''}`;
  item.contextValue = `apim.${contextValue}`;
  item.description = oneLine([description, age].filter((part) => part !== '').join(' · '));
  item.iconPath = icon;
  item.tooltip = markdown(md`**${label}**`, ...(tooltip ?? []), age === '' ? undefined : md`${age}`);
  item.accessibilityInformation = { label: [spoken ?? label, description, age].filter((part) => part !== '').join(', ') };
  const click = clickOf(node);
  if (click) item.command = { ...click, arguments: [node] };
  return item;
}

interface Look {
  readonly label: string;
  readonly description?: string;
  readonly icon: vscode.ThemeIcon;
  readonly tooltip?: readonly (Markup | undefined)[];
  readonly contextValue?: string;
  readonly spoken?: string;
}

function lookOf(node: ApimNode, now: number, known: KnownNames): Look {
  switch (node.kind) {
    case 'directory': {
      const { name, account, tenantId } = node.directory;
      return {
        label: name, description: name === account ? '' : account, icon: new vscode.ThemeIcon('organization'),
        tooltip: [md`${account}`, tenantId === undefined ? undefined : md`${l10n.t('Directory: {0}', tenantId)}`],
        spoken: l10n.t('Directory {0}', name),
      };
    }
    case 'azureSubscription': {
      const { name, id, state } = node.subscription;
      return {
        label: name, description: state === undefined || state === 'Enabled' ? '' : state, icon: new vscode.ThemeIcon('azure'),
        tooltip: [md`${l10n.t('Azure subscription: {0}', id)}`], spoken: l10n.t('Azure subscription {0}', name),
      };
    }
    case 'group':
      return { label: node.name, icon: new vscode.ThemeIcon('symbol-namespace'), spoken: l10n.t('Resource group {0}', node.name) };
    case 'instance':
      return instanceLook(node, now);
    case 'list':
      return listLook(node, known);
    case 'entry':
      return entryLook(node, known);
    case 'signIn':
      return { label: l10n.t('Sign In to Azure…'), icon: new vscode.ThemeIcon('sign-in') };
    case 'loading':
    case 'more':
    case 'problem':
    case 'empty':
      return stateLook(node);
    default:
      return node satisfies never;
  }
}

function instanceLook({ instance, from, work }: InstanceNode, now: number): Look {
  const { name, sample, state, sku, location, resourceGroup, id, gatewayUrls } = instance;
  const stands = work ? standing(work, now) : state === undefined || state === 'Succeeded' ? '' : state;
  const facts = work?.waits ? [] : sample ? [l10n.t('runs on this computer')] : [sku ?? '', from === 'added' ? resourceGroup : ''];
  const label = instanceTitle(instance);
  return {
    label,
    description: [stands, ...facts].filter((part) => part !== '').join(' · '),
    icon: work ? workIcon(work) : new vscode.ThemeIcon(sample ? 'beaker' : 'cloud'),
    tooltip: [
      work ? md`${sentenceOf(work)}` : undefined,
      work?.work.problem?.detail === undefined ? undefined : md`${work.work.problem.detail}`,
      work?.trouble === undefined ? undefined : md`${work.trouble.sentence}`,
      sample && label !== name
        ? md`${l10n.t('It plays an instance of Azure API Management, for trying: it runs with the sample service and needs no account.')}`
        : undefined,
      [sku, location, state].some((part) => part !== undefined)
        ? md`${[sku, location, state].filter((part) => part !== undefined).join(' · ')}` : undefined,
      ...gatewayUrls.map((url) => md`${l10n.t('Gateway: {0}', url)}`),
      code(id),
    ],
    contextValue: [
      `instance.${from}`, ...(gatewayUrls.length > 0 ? ['gateway'] : []), ...(sample ? [] : ['portal']),
      ...(sample && label !== name ? ['builtIn'] : []), ...(work ? [isOver(work.work) ? 'ended' : 'underWay'] : []),
      ...(work?.waits ? ['waits'] : []),
    ].join(' '),
    spoken: sample && label !== name ? label : l10n.t('API Management instance {0}', name),
  };
}

/** In a product it says how many there are. */
function listLook(node: ListNode, { countOf }: KnownNames): Look {
  const { list, product } = node;
  const count = product && countOf(node);
  return {
    label: listLabel(list), description: count === undefined ? '' : formatCount(count), icon: new vscode.ThemeIcon(icons[list]),
    contextValue: [`list.${list}`, ...(product ? ['inProduct'] : [])].join(' '),
  };
}

function workIcon({ work, trouble, waits }: WorkNow): vscode.ThemeIcon {
  if (isOver(work)) return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  return new vscode.ThemeIcon(trouble === undefined && !waits ? 'loading~spin' : 'watch');
}

function listLabel(list: ListKind): string {
  switch (list) {
    case 'apis':
      return l10n.t('APIs');
    case 'products':
      return l10n.t('Products');
    case 'subscriptions':
      return l10n.t('Subscriptions');
    case 'namedValues':
      return l10n.t('Named Values');
    case 'users':
      return l10n.t('Users');
    default:
      return list satisfies never;
  }
}

function entryLook({ entry, instance, parent }: EntryNode, { titleOf }: KnownNames): Look {
  const { kind, title, id, keyHeader, keyQuery, owner } = entry;
  const product = parent?.kind === 'list' ? parent.product : undefined;
  const names: TitleOf = (each, name) => titleOf(instance, each, name);
  const description = entryDescription(entry, names, parent?.kind === 'entry' ? 'user' : product && 'product');
  return {
    label: title,
    description,
    icon: new vscode.ThemeIcon(stateIcon(entry) ?? icons[kind]),
    tooltip: [
      description === '' ? undefined : md`${description}`,
      keyHeader === undefined || keyQuery === undefined
        ? undefined
        : md`${l10n.t('The key goes into the header {0} or the query argument {1}.', keyHeader, keyQuery)}`,
      kind === 'subscription' && isAllAccess(entry)
        ? md`${l10n.t('Its keys open every API of the instance, and the limits of products do not apply to them.')}` : undefined,
      owner === undefined ? undefined : md`${l10n.t('Owner: {0}', names('user', owner) ?? owner)}`,
      code(id),
    ],
    contextValue: [`entry.${kind}`, ...flagsOf(entry, product), ...(instance.sample ? [] : ['portal'])].join(' '),
  };
}

/** What menus go by: words of ours alone, whatever the other side says. */
function flagsOf(entry: Entry, product: Entry | undefined): readonly string[] {
  const { kind, state } = entry;
  if (kind === 'api') return product ? ['inProduct'] : [];
  if (kind === 'product') return [state === 'published' ? 'published' : 'notPublished'];
  if (kind !== 'subscription') return [];
  return [state === undefined || state === 'active' ? 'active' : state === 'cancelled' ? 'cancelled' : 'inactive'];
}

/** Of what does not open anything just now. */
function stateIcon({ kind, state }: Entry): string | undefined {
  return kind === 'subscription' && state !== undefined && Object.hasOwn(stateIcons, state) ? stateIcons[state] : undefined;
}

function stateLook({ kind, state, owner }: StateNode): Look {
  switch (kind) {
    case 'loading':
      // The line is short: while something is waited for it tells of that alone.
      return { label: waitText(state.wait) ?? l10n.t('Loading…'), icon: new vscode.ThemeIcon('loading~spin') };
    case 'more':
      return { label: l10n.t('Load More…'), icon: new vscode.ThemeIcon('ellipsis') };
    case 'empty':
      return { label: emptyText(owner?.kind), icon: new vscode.ThemeIcon('dash') };
    case 'problem': {
      const { problem } = state;
      if (problem === undefined || problem === 'stopped') {
        return { label: l10n.t('Loading was cancelled.'), icon: new vscode.ThemeIcon('warning'), contextValue: 'problem' };
      }
      const { sentence, advice, detail, actions = [] } = problem;
      return {
        label: sentence, icon: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
        tooltip: [advice === undefined ? undefined : md`${advice}`, detail === undefined ? undefined : md`${detail}`],
        contextValue: ['problem', ...actions].join(' '), spoken: [sentence, advice ?? ''].filter((part) => part !== '').join(' '),
      };
    }
    default:
      return kind satisfies never;
  }
}

function emptyText(owner: string | undefined): string {
  if (owner === 'azureSubscription') return l10n.t('No API Management instance');
  return owner === 'directory' ? l10n.t('No Azure subscription') : l10n.t('None');
}

/** What is told while something is waited for. */
export function waitText(wait: ArmWait | undefined): string | undefined {
  if (wait === undefined) return undefined;
  const span = formatWait(wait.seconds * 1000);
  switch (wait.reason) {
    case 'throttled':
      return l10n.t('Again in {0}: Azure limits the rate', span);
    case 'busy':
      return l10n.t('Again in {0}: something else is under way', span);
    case 'activating':
      return l10n.t('Again in {0}: the instance is being activated', span);
    case 'running':
      return l10n.t('Asked again in {0}: it is under way', span);
    default:
      return wait.reason satisfies never;
  }
}

function clickOf(node: ApimNode): { readonly command: string; readonly title: string } | undefined {
  const { kind } = node;
  if (kind === 'instance' && node.work && isOver(node.work.work)) {
    return { command: command.apimShowWorkError, title: l10n.t('Show Error') };
  }
  if (kind === 'more') return { command: command.apimLoadMore, title: l10n.t('Load More') };
  if (kind === 'problem') return { command: command.apimRetry, title: l10n.t('Try Again') };
  return kind === 'signIn' ? { command: command.apimSignIn, title: l10n.t('Sign In') } : undefined;
}

/** On one line; signs that turn the direction of what stands behind them are shown as what they are. */
function oneLine(text: string): string {
  return plain(text.replace(/\s+/g, ' ').trim());
}
