// Feeds the sidebar's tree: asks the stores, keeps the filter, tells VS Code what has changed.

import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/lifetime';
import type { Health } from '../../state/health';
import type { Keys } from '../../state/keys';
import type { Services } from '../../state/services';
import { contextKey, view } from '../ids';
import { treeItem } from './items';
import { keyState, rootNodes, type Node } from './nodes';

/** The stores that the tree shows. */
export interface TreeParts {
  readonly services: Services;
  readonly keys: Keys;
  readonly health: Health;
}

/** The tree of workspaces and services. */
export class ServiceTree implements Disposable, vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly lifetime = new DisposableStore();
  private treeView: vscode.TreeView<Node> | undefined;
  private filter = '';

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly parts: TreeParts) {}

  /** Shows the tree and begins to follow the stores. */
  start(): void {
    const refresh = (): void => this.changed.fire();
    const { services, keys, health } = this.parts;
    for (const event of [services.onDidChange, keys.onDidChange, health.onDidChange]) this.lifetime.add(event(refresh));
    this.treeView = this.lifetime.add(vscode.window.createTreeView(view.services, { treeDataProvider: this, showCollapseAll: false }));
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
    return this.treeView?.selection[0];
  }

  /** What the filter is now; empty when there is none. */
  get filterText(): string {
    return this.filter;
  }

  /** Shows only what holds this text in its name, id or address; an empty text shows all. */
  setFilter(text: string): void {
    this.filter = text.trim();
    // A description takes no room from the tree, unlike a message above it.
    if (this.treeView) this.treeView.description = this.filter === '' ? '' : `filter: ${this.filter}`;
    void vscode.commands.executeCommand('setContext', contextKey.filtered, this.filter !== '');
    this.changed.fire();
  }

  dispose(): void {
    this.lifetime.dispose();
    this.changed.dispose();
  }
}
