// The storage accounts in the tree.

import * as vscode from 'vscode';
import { formatCount } from '../../../base/format';
import { code, markdown, md } from '../../../ui/markdown';
import type { BadFileLine } from '../../../ui/badFiles';
import type { Event } from '../../../model/lifetime';
import type { Storage } from '../../../model/storage';
import type { Storages } from '../../../storage/storages';
import type { TreeChange, TreeNode, TreeSection } from '../../../ui/treeSections';

/** A line about storage accounts. */
export type StorageNode =
  | { readonly kind: 'storages' }
  | { readonly kind: 'storage'; readonly storage: Storage };

const unread = 'The storage accounts cannot be read from the secret store of this computer. '
  + 'On Linux a keyring such as gnome-keyring has to run.';

/** The group of storage accounts at the end of the tree. */
export class StorageSection implements TreeSection<StorageNode> {
  readonly order = 20;
  private bad: readonly BadFileLine[] = [];
  private kept: readonly Storage[] = [];
  /** The group as VS Code knows it. */
  private group: StorageNode | undefined;
  readonly onDidChange: Event<TreeChange>;

  constructor(private readonly storages: Pick<Storages, 'list' | 'onDidChange'>) {
    this.onDidChange = (listener) => storages.onDidChange(() => void this.change().then(listener));
  }

  owns(node: TreeNode): node is StorageNode {
    return node.kind === 'storages' || node.kind === 'storage';
  }

  item(node: StorageNode): vscode.TreeItem {
    return node.kind === 'storages' ? storagesItem(this.kept.length) : storageItem(node.storage);
  }

  childrenOf(node: StorageNode): readonly StorageNode[] {
    return node.kind === 'storages' ? this.kept.map((storage) => ({ kind: 'storage', storage })) : [];
  }

  /** A secret store that fails takes nothing away but what is in it. */
  async roots(): Promise<readonly StorageNode[]> {
    await this.read();
    this.group = this.kept.length > 0 ? { kind: 'storages' } : undefined;
    return this.group ? [this.group] : [];
  }

  problems(): readonly BadFileLine[] {
    return this.bad;
  }

  private async read(): Promise<void> {
    const kept = await this.storages.list().catch(() => undefined);
    this.kept = kept ?? [];
    this.bad = kept ? [] : [{ text: unread }];
  }

  /** The group alone, unless it comes or goes, or the line that says that it cannot be read. */
  private async change(): Promise<TreeChange> {
    const bad = this.bad.length;
    await this.read();
    const same = this.bad.length === bad && this.kept.length > 0;
    return this.group && same ? { nodes: [this.group], services: [] } : undefined;
  }
}

/** The group of storages. */
function storagesItem(count: number): vscode.TreeItem {
  const item = new vscode.TreeItem('Storage Accounts', vscode.TreeItemCollapsibleState.Collapsed);
  item.id = 'storages';
  item.contextValue = 'storages';
  item.iconPath = new vscode.ThemeIcon('database');
  item.description = formatCount(count);
  item.tooltip = 'Where the input of batch jobs is uploaded to';
  item.accessibilityInformation = { label: `Storage Accounts, ${formatCount(count)}` };
  return item;
}

/** One storage. */
function storageItem(storage: Storage): vscode.TreeItem {
  const item = new vscode.TreeItem(storage.name);
  item.id = `storage ${storage.id}`;
  item.contextValue = storage.local ? 'storage.local' : 'storage';
  item.iconPath = new vscode.ThemeIcon(storage.local ? 'beaker' : storage.container === undefined ? 'database' : 'package');
  item.description = storage.local ? 'runs with the sample service' : new URL(storage.base).host;
  item.accessibilityInformation = { label: `Storage ${storage.name}` };
  item.tooltip = markdown(
    md`**${storage.name}**`,
    md`Address: ${code(storage.base)}`,
    storage.container === undefined ? md`All containers of the account` : md`Container: ${code(storage.container)}`,
    storage.local ? md`Azurite, with its public development account` : md`Its key or token is in the secret store.`,
  );
  return item;
}
