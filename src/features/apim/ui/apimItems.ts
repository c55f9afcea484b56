// A line of the section "API Management" -> how it looks: label, icon, tooltip, words for screen readers.

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatWait } from '../../../base/format';
import type { ArmWait } from '../../../model/arm';
import { command } from '../../../ui/ids';
import { code, markdown, md, type Markup } from '../../../ui/markdown';
import { plain } from '../../../ui/plain';
import { sentenceOf, standing } from '../create/createWords';
import { isOver } from '../create/work';
import type { WorkNow } from '../create/works';
import type { Entry, EntryKind } from '../items';
import { instanceTitle, isOwner, nodeId, type ApimNode, type EntryNode, type InstanceNode, type ListKind, type StateNode } from '../nodes';

const icons: Readonly<Record<EntryKind | ListKind, string>> = {
  api: 'symbol-interface', apis: 'symbol-interface', operation: 'symbol-method', product: 'gift', products: 'gift', subscription: 'key',
  subscriptions: 'key', namedValue: 'symbol-constant', namedValues: 'symbol-constant', user: 'person', users: 'person',
};

/**
 * The item of a line, as it is `now`, in milliseconds since 1970. `age` tells how old what stands below it is, or is empty. `open` lets
 * all that has lines below it be open: where a
 * filter has found something there, or a person had opened it.
 */
export function apimItem(node: ApimNode, now: number, age: string, open: 'filtered' | 'opened' | undefined): vscode.TreeItem {
  const { label, description = '', icon, tooltip, contextValue = node.kind, spoken } = lookOf(node, now);
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  // Names come from outside: no icons, no links, no line breaks.
  const isParent = isOwner(node) || node.kind === 'group';
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

function lookOf(node: ApimNode, now: number): Look {
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
      return { label: listLabel(node.list), icon: new vscode.ThemeIcon(icons[node.list]), contextValue: `list.${node.list}` };
    case 'entry':
      return entryLook(node);
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
  const facts = sample ? [l10n.t('runs on this computer')] : [sku ?? '', from === 'added' ? resourceGroup : ''];
  const label = instanceTitle(instance);
  return {
    label,
    description: [stands, ...facts].filter((part) => part !== '').join(' · '),
    icon: work ? workIcon(work) : new vscode.ThemeIcon(sample ? 'beaker' : 'cloud'),
    tooltip: [
      work ? md`${sentenceOf(work.work)}` : undefined,
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
    ].join(' '),
    spoken: sample && label !== name ? label : l10n.t('API Management instance {0}', name),
  };
}

function workIcon({ work, trouble }: WorkNow): vscode.ThemeIcon {
  if (isOver(work)) return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  return new vscode.ThemeIcon(trouble === undefined ? 'loading~spin' : 'watch');
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

function entryLook({ entry, instance }: EntryNode): Look {
  const { kind, title, id, keyHeader, keyQuery } = entry;
  return {
    label: title,
    description: entryDescription(entry),
    icon: new vscode.ThemeIcon(icons[kind]),
    tooltip: [
      entryDescription(entry) === '' ? undefined : md`${entryDescription(entry)}`,
      keyHeader === undefined || keyQuery === undefined
        ? undefined
        : md`${l10n.t('The key goes into the header {0} or the query argument {1}.', keyHeader, keyQuery)}`,
      code(id),
    ],
    contextValue: [`entry.${kind}`, ...(instance.sample ? [] : ['portal'])].join(' '),
  };
}

function entryDescription(entry: Entry): string {
  const { kind, state, path, method, revision, scope, secret } = entry;
  switch (kind) {
    case 'api':
      return [`/${path ?? ''}`, revision === undefined ? '' : l10n.t('revision {0}', revision)].filter((part) => part !== '').join(' · ');
    case 'operation':
      return [method, path].filter((part) => part !== undefined).join(' ');
    case 'product':
      return state === 'notPublished' ? l10n.t('not published') : state === 'published' ? '' : state ?? '';
    case 'subscription':
      return [scopeText(scope), state === undefined || state === 'active' ? '' : state].filter((part) => part !== '').join(' · ');
    case 'namedValue':
      return secret === undefined ? '' : l10n.t('secret');
    case 'user':
      return state === undefined || state === 'active' ? '' : state;
    default:
      return kind satisfies never;
  }
}

/** What the keys of a subscription open. */
function scopeText(scope: string | undefined): string {
  if (scope === undefined) return '';
  const [, kind = '', name] = scope.split('/');
  if (kind === 'products' && name !== undefined) return l10n.t('product {0}', name);
  if (kind === 'apis' && name !== undefined) return l10n.t('API {0}', name);
  return kind === '' || kind === 'apis' ? l10n.t('all APIs') : scope;
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

function waitText(wait: ArmWait | undefined): string | undefined {
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
