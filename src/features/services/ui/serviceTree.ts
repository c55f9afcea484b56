// Feeds the sidebar's tree: asks the stores, keeps the filter, tells VS Code what has changed.

import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Service, Workspace } from '../../../model/service';
import type { Health } from '../health';
import type { KeyStore } from '../keyStore';
import type { ServiceStore } from '../serviceStore';
import type { TreeNode, TreeSections } from '../../../ui/treeSections';
import { contextKey } from '../../../ui/ids';
import { treeItem } from './serviceItems';
import { isOwn, keyState, rootNodes, type Node } from '../nodes';

/** The stores that the tree shows, and where it shows them. */
export interface TreeParts {
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly health: Health;
  /** What other features add. */
  readonly sections: TreeSections;
  readonly treeView: vscode.TreeView<TreeNode>;
  /** Fired when the tree has to be drawn anew, or these nodes of it. */
  readonly treeChanged: vscode.EventEmitter<TreeNode[] | undefined>;
}

/** The tree of workspaces and services, and of what other features add to it. */
export class ServiceTree implements Disposable {
  private readonly lifetime = new DisposableStore();
  private filter = '';
  /** The nodes of services, by address. */
  private serviceNodes = new Map<string, Node>();

  constructor(private readonly parts: TreeParts) {}

  /** Begins to follow the stores. */
  start(): void {
    const refresh = (): void => this.parts.treeChanged.fire(undefined);
    const { services, keys, health, sections } = this.parts;
    for (const event of [services.onDidChange, keys.onDidChange]) this.lifetime.add(event(refresh));
    this.lifetime.add(sections.onDidChange((nodes) => this.parts.treeChanged.fire(nodes && [...nodes])));
    this.lifetime.add(health.onDidChange((address) => {
      const node = this.serviceNodes.get(address);
      // One that is not drawn yet is drawn as it is then.
      if (node) this.parts.treeChanged.fire([node]);
    }));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    if (!isOwn(node)) return this.parts.sections.item(node) ?? new vscode.TreeItem('');
    // Drawn by itself a line is to show how things stand by now.
    return treeItem(node.kind === 'service' ? { ...node, health: this.parts.health.of(node.service.address) } : node);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) {
      this.serviceNodes = new Map();
      this.parts.sections.redrawn();
      return this.roots();
    }
    if (!isOwn(node)) return [...this.parts.sections.childrenOf(node)];
    switch (node.kind) {
      case 'workspace':
        return Promise.all(node.services.map((service) => this.serviceNode(node.workspace, service)));
      case 'service':
        return [...await this.parts.sections.childrenOfService(node.service)];
      case 'problem':
      case 'badFile':
        return [];
      default:
        return node satisfies never;
    }
  }

  /** The node that the keyboard is on, or undefined. */
  get selected(): TreeNode | undefined {
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
    this.parts.treeChanged.fire(undefined);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private async roots(): Promise<TreeNode[]> {
    const { services, sections } = this.parts;
    const known = services.workspaces();
    const nodes = rootNodes(known, services.problems(), this.filter);
    if (this.filter !== '') return nodes;
    const added = await sections.roots(known.flatMap((workspace) => workspace.services));
    return [...nodes, ...added.problems.map((line): Node => ({ kind: 'badFile', ...line })), ...added.nodes];
  }

  private async serviceNode(workspace: Workspace, service: Service): Promise<Node> {
    const { keys, health, sections } = this.parts;
    // Should the tree be drawn anew meanwhile, this node is none of its.
    const nodes = this.serviceNodes;
    const node: Node = {
      kind: 'service',
      workspace,
      service,
      keys: await keys.of(service).then(keyState, () => ({ serviceKey: false, subscriptionKey: false, notKnown: true as const })),
      health: health.of(service.address),
      below: await sections.belowService(service),
    };
    nodes.set(service.address, node);
    return node;
  }
}
