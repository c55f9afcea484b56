// A node -> how it looks: label, icon with state, tooltip, words for screen readers.

import * as vscode from 'vscode';
import type { HealthState } from '../../../model/health';
import type { Service, Workspace } from '../../../model/service';
import { badFileItem } from '../../../ui/badFileItem';
import { factsOf } from '../../../protocols/registry';
import { command } from '../../../ui/ids';
import { code, markdown, md, type Markup } from '../../../ui/markdown';
import { lacksKey, missingSecret, type KeyState, type Node, type ServiceNode, type ServiceState } from '../nodes';

/** The tree item of a node, but for services. */
export function treeItem(node: Exclude<Node, ServiceNode>): vscode.TreeItem {
  switch (node.kind) {
    case 'workspace':
      return workspaceItem(node.workspace, node.services.length);
    case 'sampleEnded':
      return sampleEndedItem();
    case 'problem':
      return problemItem(node.text);
    case 'badFile':
      return badFileItem(node);
    default:
      return node satisfies never;
  }
}

function workspaceItem(workspace: Workspace, services: number): vscode.TreeItem {
  const item = new vscode.TreeItem(workspace.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `workspace ${workspace.address}`;
  item.contextValue = workspace.sample ? 'workspace.sample' : 'workspace';
  item.iconPath = new vscode.ThemeIcon(workspace.sample ? 'beaker' : 'folder-library');
  item.description = workspace.sample ? 'runs on this computer' : nameTellsId(workspace) ? '' : workspace.id;
  item.tooltip = markdown(md`**${workspace.name}**`, md`Workspace: ${code(workspace.id)}`, md`Address: ${code(workspace.address)}`);
  item.accessibilityInformation = { label: `Workspace ${workspace.name}, ${services} service${services === 1 ? '' : 's'}` };
  return item;
}

/** True where the name is the id, or begins as the id does, as where several of one host are told apart. */
function nameTellsId({ name, id }: Workspace): boolean {
  return name === id || name.startsWith(`${id} `) || (name.includes('…') && id.startsWith(name.slice(0, name.indexOf('…'))));
}

/** The tree item of a service. */
export function serviceItem({ service, workspace, hasLines }: ServiceNode, { keys, health, below }: ServiceState): vscode.TreeItem {
  const noKey = !workspace.sample && lacksKey(service, keys);
  const wanted = health.kind === 'refusing' ? health.secret : noKey ? missingSecret(service, keys) : undefined;
  const look = serviceLook(health, noKey, keys);
  const item = new vscode.TreeItem(
    service.name,
    hasLines ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
  );
  // Another identity with its first job: VS Code would leave the line closed that had nothing below it.
  item.id = `service ${service.address}${hasLines ? ' and jobs' : ''}`;
  const kind = workspace.sample ? 'service.sample' : `service${wanted === undefined ? '' : `.wants.${wanted}`}${keysInMenu(keys)}`;
  item.contextValue = hasLines ? `${kind} hasLines` : kind;
  item.iconPath =
    look.color === undefined ? new vscode.ThemeIcon(look.icon) : new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color));
  item.description = [look.description, below.text].filter((part) => part !== '').join(' · ');
  item.tooltip = markdown(
    md`**${service.name}**`,
    md`Address: ${code(service.address)}`,
    md`Service ID: ${code(factsOf(service).id)}`,
    keysText(service, workspace, keys),
    look.sentence === '' ? undefined : md`${look.sentence}`,
  );
  // The sentence says what the words on the line do, and more.
  const state = look === missingKey || look.sentence === '' ? look.description : look.sentence;
  item.accessibilityInformation = { label: [`Service ${service.name}`, state, below.text].filter((part) => part !== '').join(', ') };
  return item;
}

/** Which keys can be forgotten: the menu has no entry for one that is not there. A store that did not say may hold both. */
function keysInMenu(keys: KeyState): string {
  return `${keys.serviceKey || keys.notKnown ? ' hasServiceKey' : ''}${keys.subscriptionKey || keys.notKnown ? ' hasSubscriptionKey' : ''}`;
}

/** Stands where the sample stood, until it is started again. */
function sampleEndedItem(): vscode.TreeItem {
  const item = new vscode.TreeItem('Sample');
  item.id = 'sampleEnded';
  item.contextValue = 'sampleEnded';
  item.iconPath = new vscode.ThemeIcon('beaker');
  item.description = 'not running';
  item.tooltip = 'The sample service is not running. Start it to use it again.';
  item.accessibilityInformation = { label: 'Sample, not running' };
  return item;
}

/** What the tooltip says of the service's keys. */
function keysText(service: Service, workspace: Workspace, keys: KeyState): Markup {
  if (workspace.sample) return md`Keys: made by the sample itself`;
  if (keys.notKnown) return md`The keys cannot be read from the secret store of this computer.`;
  const subscription = keys.subscriptionKey ? md`set (header ${code(service.subscriptionKeyHeader)})` : 'not set';
  return md`API key: ${keys.serviceKey ? 'set' : 'not set'} · Subscription key: ${subscription}`;
}

interface Look {
  readonly icon: string;
  readonly color?: string;
  readonly description: string;
  readonly sentence: string;
}

function serviceLook(health: HealthState, noKey: boolean, keys: KeyState): Look {
  switch (health.kind) {
    case 'running':
      return { icon: 'loading~spin', description: '', sentence: 'A request is under way.' };
    case 'unreachable':
      return { icon: 'debug-disconnect', color: 'list.errorForeground', description: 'unreachable', sentence: health.text };
    case 'failing':
      return { icon: 'warning', color: 'list.warningForeground', description: 'failing', sentence: health.text };
    case 'refusing':
      // What was not sent was not refused either.
      return !keys[health.secret]
        ? { ...missingKey, sentence: health.text }
        : { icon: 'key', color: 'list.warningForeground', description: 'key refused', sentence: health.text };
    case 'answering':
      return noKey ? missingKey : { icon: 'pass', color: 'testing.iconPassed', description: '', sentence: health.text };
    case 'unknown':
      return noKey ? missingKey : { icon: 'server-process', description: '', sentence: '' };
    default:
      return health satisfies never;
  }
}

const missingKey: Look = {
  icon: 'key',
  color: 'list.warningForeground',
  description: 'no key',
  sentence: 'No key is set for this service.',
};

function problemItem(text: string): vscode.TreeItem {
  const item = new vscode.TreeItem(text);
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = text;
  item.contextValue = 'problem';
  item.command = { command: command.openSettings, title: 'Open Settings' };
  return item;
}
