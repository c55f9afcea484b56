// Feeds the sidebar's tree: asks the stores, keeps the filter, tells VS Code what has changed.

import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../model/lifetime';
import type { Service, Workspace } from '../../../model/service';
import type { Health } from '../health';
import type { KeyStore } from '../keyStore';
import type { ServiceStore } from '../serviceStore';
import type { TreeChange, TreeNode, TreeSections } from '../../../ui/treeSections';
import { contextKey } from '../../../ui/ids';
import { serviceItem, treeItem } from './serviceItems';
import { changedLines, isOwn, keyState, rootNodes, type Node, type ServiceNode, type ServiceState, type WorkspaceNode } from '../nodes';

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
  /** The services' own lines at the top, as they were when they were last told to be drawn. */
  private top: readonly Node[] = [];
  /** The lines as VS Code knows them, by the addresses of workspaces and of services. */
  private workspaceNodes = new Map<string, Node>();
  private serviceNodes = new Map<string, ServiceNode>();

  constructor(private readonly parts: TreeParts) {}

  /** Begins to follow the stores. As little as has changed is drawn anew. */
  start(): void {
    const { services, keys, health, sections } = this.parts;
    this.lifetime.add(services.onDidChange(() => this.drawServices()));
    // Drawn for whatever reason, a line shows its first job; then it is drawn as it is with one.
    const drawLines = (addresses: readonly string[]): void => void this.drawSections({ nodes: [], services: addresses });
    this.lifetime.add(keys.onDidChange(({ concerns }) =>
      drawLines([...this.serviceNodes.values()].flatMap(({ service }) => (concerns(service) ? [service.address] : []))),
    ));
    this.lifetime.add(health.onDidChange((address) => drawLines([address])));
    this.lifetime.add(sections.onDidChange((change) => void this.drawSections(change)));
  }

  /** Drawn by itself a line shows how things stand by now. */
  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    if (!isOwn(node)) return this.parts.sections.item(node) ?? new vscode.TreeItem('');
    if (node.kind === 'workspace') return treeItem(this.asNow(node));
    if (node.kind !== 'service') return treeItem(node);
    const service = this.parts.services.find(node.service.address) ?? node.service;
    return serviceItem({ ...node, service }, await this.stateOf(service));
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) {
      this.workspaceNodes = new Map();
      this.serviceNodes = new Map();
      this.parts.sections.redrawn();
      return this.roots();
    }
    if (!isOwn(node)) return [...this.parts.sections.childrenOf(node)];
    switch (node.kind) {
      case 'workspace':
        return Promise.all(this.asNow(node).services.map((service) => this.serviceNode(node.workspace, service)));
      case 'service':
        return [...await this.parts.sections.childrenOfService(node.service)];
      case 'sampleEnded':
      case 'problem':
      case 'badFile':
        return [];
      default:
        return node satisfies never;
    }
  }

  /** The lines that the keyboard is on or that are selected with it; none where nothing is. */
  get selection(): readonly TreeNode[] {
    return this.parts.treeView.selection;
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
    this.draw(undefined);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private async roots(): Promise<TreeNode[]> {
    const { services, sections } = this.parts;
    const known = services.workspaces();
    const nodes = this.ownRoots();
    this.top = nodes;
    for (const node of nodes) if (node.kind === 'workspace') this.workspaceNodes.set(node.workspace.address, node);
    if (this.filter !== '') return [...nodes];
    const added = await sections.roots(known.flatMap((workspace) => workspace.services));
    return [...nodes, ...added.problems.map((line): Node => ({ kind: 'badFile', ...line })), ...added.nodes];
  }

  private ownRoots(): readonly Node[] {
    const { services } = this.parts;
    return rootNodes(services.workspaces(), services.problems(), this.filter, services.sampleHasEnded);
  }

  private asNow(node: WorkspaceNode): WorkspaceNode {
    const now = this.ownRoots().find((each) => each.kind === 'workspace' && each.workspace.address === node.workspace.address);
    return now?.kind === 'workspace' ? now : node;
  }

  private async serviceNode(workspace: Workspace, service: Service): Promise<ServiceNode> {
    // Should the tree be drawn anew meanwhile, this node is none of its.
    const nodes = this.serviceNodes;
    const { any } = await this.parts.sections.belowService(service);
    const node: ServiceNode = { kind: 'service', workspace, service, hasLines: any };
    nodes.set(service.address, node);
    return node;
  }

  private async stateOf(service: Service): Promise<ServiceState> {
    const { keys, health, sections } = this.parts;
    const notKnown = { serviceKey: false, subscriptionKey: false, notKnown: true as const };
    const [known, below] = await Promise.all([keys.of(service).then(keyState, () => notKnown), sections.belowService(service)]);
    return { keys: known, health: health.of(service.address), below };
  }

  /** Where lines came or went all is drawn: what other features show at the end depends on the services that there are. */
  private drawServices(): void {
    const now = this.ownRoots();
    const changed = changedLines(this.top, now);
    this.top = now;
    this.draw(changed && [
      ...changed.workspaces.flatMap((address) => this.workspaceNodes.get(address) ?? []),
      ...this.linesOf(changed.services),
    ]);
  }

  private async drawSections(change: TreeChange): Promise<void> {
    if (!change) return this.draw(undefined);
    const lines = await Promise.all(this.linesOf(change.services).map(async (node) => {
      const { any } = await this.parts.sections.belowService(node.service);
      // With its first job, and without its last one, a line gets another identity. VS Code mixes up lines where one does by itself.
      return any === node.hasLines ? node : this.workspaceNodes.get(node.workspace.address) ?? node;
    }));
    this.draw([...change.nodes, ...new Set<TreeNode>(lines)]);
  }

  private linesOf(addresses: readonly string[]): readonly ServiceNode[] {
    // One that is not drawn yet is drawn as it is then.
    return addresses.flatMap((address) => this.serviceNodes.get(address) ?? []);
  }

  private draw(nodes: readonly TreeNode[] | undefined): void {
    if (nodes === undefined || nodes.length > 0) this.parts.treeChanged.fire(nodes && [...nodes]);
  }
}
