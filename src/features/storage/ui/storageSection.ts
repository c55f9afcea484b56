// The storage accounts in the tree.

import * as vscode from 'vscode';
import { code, markdown, md } from '../../../ui/markdown';
import type { BadFileLine } from '../../../ui/badFiles';
import type { Event } from '../../../model/lifetime';
import type { Storage } from '../../../model/storage';
import type { Storages } from '../../../storage/storages';
import type { TreeNode, TreeSection } from '../../../ui/treeSections';

/** A line about storage accounts. */
export type StorageNode =
  | { readonly kind: 'storages'; readonly storages: readonly Storage[] }
  | { readonly kind: 'storage'; readonly storage: Storage };

const unread = 'The storage accounts cannot be read from the secret store of this computer. '
  + 'On Linux a keyring such as gnome-keyring has to run.';

/** The group of storage accounts at the end of the tree. */
export class StorageSection implements TreeSection<StorageNode> {
  readonly order = 20;
  private bad: readonly BadFileLine[] = [];
  readonly onDidChange: Event<undefined>;

  constructor(private readonly storages: Pick<Storages, 'list' | 'onDidChange'>) {
    this.onDidChange = (listener) => storages.onDidChange(() => listener(undefined));
  }

  owns(node: TreeNode): node is StorageNode {
    return node.kind === 'storages' || node.kind === 'storage';
  }

  item(node: StorageNode): vscode.TreeItem {
    return node.kind === 'storages' ? storagesItem(node) : storageItem(node.storage);
  }

  childrenOf(node: StorageNode): readonly StorageNode[] {
    return node.kind === 'storages' ? node.storages.map((storage) => ({ kind: 'storage', storage })) : [];
  }

  /** A secret store that fails takes nothing away but what is in it. */
  async roots(): Promise<readonly StorageNode[]> {
    const kept = await this.storages.list().catch(() => undefined);
    this.bad = kept ? [] : [{ text: unread }];
    return kept && kept.length > 0 ? [{ kind: 'storages', storages: kept }] : [];
  }

  problems(): readonly BadFileLine[] {
    return this.bad;
  }
}

/** The group of storages. */
function storagesItem({ storages }: Extract<StorageNode, { kind: 'storages' }>): vscode.TreeItem {
  const item = new vscode.TreeItem('Storage Accounts', vscode.TreeItemCollapsibleState.Collapsed);
  item.id = 'storages';
  item.contextValue = 'storages';
  item.iconPath = new vscode.ThemeIcon('database');
  item.description = String(storages.length);
  item.tooltip = 'Where the input of batch jobs is uploaded to';
  item.accessibilityInformation = { label: `Storage Accounts, ${storages.length}` };
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
