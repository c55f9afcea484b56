// Feeds the sidebar's tree: asks the stores, keeps the filter, tells VS Code what has changed.

import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/lifetime';
import type { Health } from '../../state/health';
import type { Keys } from '../../state/keys';
import type { Services } from '../../state/services';
import { contextKey } from '../ids';
import { treeItem } from './items';
import { keyState, rootNodes, type Node } from './nodes';

/** The stores that the tree shows, and where it shows them. */
export interface TreeParts {
  readonly services: Services;
  readonly keys: Keys;
  readonly health: Health;
  readonly treeView: vscode.TreeView<Node>;
  /** Fired when the tree has to be drawn anew. */
  readonly treeChanged: vscode.EventEmitter<void>;
}

/** The tree of workspaces and services. */
export class ServiceTree implements Disposable {
  private readonly lifetime = new DisposableStore();
  private filter = '';

  constructor(private readonly parts: TreeParts) {}

  /** Begins to follow the stores. */
  start(): void {
    const refresh = (): void => this.parts.treeChanged.fire();
    const { services, keys, health } = this.parts;
    for (const event of [services.onDidChange, keys.onDidChange, health.onDidChange]) this.lifetime.add(event(refresh));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return rootNodes(this.parts.services.workspaces(), this.parts.services.problems(), this.filter);
    if (node.kind !== 'workspace') return [];
    return Promise.all(node.services.map(async (service): Promise<Node> => ({
      kind: 'service',
      workspace: node.workspace,
      service,
      keys: keyState(await this.parts.keys.of(service)),
      health: this.parts.health.of(service.address),
    })));
  }

  /** The node that the keyboard is on, or undefined. */
  get selected(): Node | undefined {
    return this.parts.treeView.selection[0];
  }

  /** What the filter is now; empty when there is none. */
  get filterText(): string {
    return this.filter;
  }

  /** Shows only what holds this text in its name, id or address; an empty text shows all. */
  setFilter(text: string): void {
    this.filter = text.trim();
    // A description takes no room from the tree, unlike a message above it.
    this.parts.treeView.description = this.filter === '' ? '' : `filter: ${this.filter}`;
    void vscode.commands.executeCommand('setContext', contextKey.filtered, this.filter !== '');
    this.parts.treeChanged.fire();
  }

  dispose(): void {
    this.lifetime.dispose();
  }
}
