// Feeds the sidebar's tree: asks the stores, keeps the filter, tells VS Code what has changed.

import * as vscode from 'vscode';
import type { Job } from '../../../model/job';
import { DisposableStore, type Disposable, type Event } from '../../../model/lifetime';
import type { Service, Workspace } from '../../../model/service';
import type { Health } from '../health';
import type { Keys } from '../keyStore';
import type { Services } from '../serviceStore';
import type { Storages } from '../../../storage/storages';
import { contextKey } from '../../../ui/ids';
import type { BadFileLine } from '../../../ui/badFiles';
import { treeItem } from './items';
import { jobGroups, keyState, rootNodes, type Node } from '../nodes';

/** So many ended jobs of a service are shown, and so many more each time that more are asked for. */
const jobsAtOnce = 50;

/** However often something changes, the tree is drawn anew no more often than this, in milliseconds. */
const redrawMs = 250;

const storagesUnread = 'The storage accounts cannot be read from the secret store of this computer. '
  + 'On Linux a keyring such as gnome-keyring has to run.';

/** What the tree shows of jobs. */
export interface JobsInTree {
  /** Jobs that are not over, newest first. */
  open(): readonly Job[];
  /** How many jobs of a service are at work. */
  running(address: string): number;
  past(address: string, count: number): Promise<{ readonly jobs: readonly Job[]; readonly more: boolean }>;
  /** A job as a node. */
  node(job: Job): Extract<Node, { kind: 'job' }>;
  /** Files and folders of the journal that cannot be used. */
  badFiles(): readonly BadFileLine[];
  /** `details` when nothing but what is told of open jobs has changed. */
  readonly onDidChange: Event<JobsChange>;
}

/** How much of what is known of jobs has changed. */
export type JobsChange = 'all' | 'details';

/** The stores that the tree shows, and where it shows them. */
export interface TreeParts {
  readonly services: Services;
  readonly keys: Keys;
  readonly health: Health;
  readonly storages: Storages;
  readonly jobs: JobsInTree;
  readonly treeView: vscode.TreeView<Node>;
  /** Fired when the tree has to be drawn anew, or these nodes of it. */
  readonly treeChanged: vscode.EventEmitter<Node[] | undefined>;
}

/** The tree of workspaces, services and their jobs, and of storages. */
export class ServiceTree implements Disposable {
  private readonly lifetime = new DisposableStore();
  private filter = '';
  /** How many ended jobs are shown of services of which more were asked for, by address. */
  private readonly shown = new Map<string, number>();
  private redraw: NodeJS.Timeout | undefined;
  private change: JobsChange = 'details';
  /** The nodes of open jobs as VS Code knows them, by key. */
  private jobNodes = new Map<string, Node>();
  /** The nodes of services, by address. */
  private serviceNodes = new Map<string, Node>();

  constructor(private readonly parts: TreeParts) {}

  /** Begins to follow the stores. */
  start(): void {
    const refresh = (): void => this.parts.treeChanged.fire(undefined);
    const { services, keys, health, storages, jobs } = this.parts;
    for (const event of [services.onDidChange, keys.onDidChange, storages.onDidChange]) this.lifetime.add(event(refresh));
    this.lifetime.add(health.onDidChange((address) => {
      const node = this.serviceNodes.get(address);
      // One that is not drawn yet is drawn as it is then.
      if (node) this.parts.treeChanged.fire([node]);
    }));
    this.lifetime.add(jobs.onDidChange((change) => {
      if (change === 'all') this.change = change;
      this.redraw ??= setTimeout(() => this.drawJobs(), redrawMs);
    }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    // Drawn by itself a line is to show how things stand by now.
    if (node.kind === 'service') return treeItem({ ...node, health: this.parts.health.of(node.service.address) });
    if (node.kind !== 'job') return treeItem(node);
    const job = this.parts.jobs.open().find(({ key }) => key === node.job.key);
    return treeItem(job ? this.parts.jobs.node(job) : node);
  }

  /** Draws no more than what has changed: a click on a button of the tree goes nowhere while all of it is drawn anew. */
  private drawJobs(): void {
    this.redraw = undefined;
    const open = this.parts.jobs.open();
    const all = this.change === 'all' || open.some(({ key }) => !this.jobNodes.has(key));
    this.change = 'details';
    const nodes = open.flatMap(({ key }) => this.jobNodes.get(key) ?? []);
    if (all) this.parts.treeChanged.fire(undefined);
    else if (nodes.length > 0) this.parts.treeChanged.fire(nodes);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) {
      this.jobNodes = new Map();
      this.serviceNodes = new Map();
      return this.roots();
    }
    switch (node.kind) {
      case 'workspace':
        return Promise.all(node.services.map((service) => this.serviceNode(node.workspace, service)));
      case 'service':
        return this.jobsOf(node.service);
      case 'jobGroup':
        return node.jobs.map((job) => this.parts.jobs.node(job));
      case 'otherJobs':
        return this.openNodes(node.jobs);
      case 'storages':
        return node.storages.map((storage): Node => ({ kind: 'storage', storage }));
      case 'job':
      case 'moreJobs':
      case 'storage':
      case 'problem':
      case 'badFile':
        return [];
      default:
        return node satisfies never;
    }
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
    this.parts.treeChanged.fire(undefined);
  }

  /** Shows more of the ended jobs of a service. */
  showMoreJobs(address: string): void {
    this.shown.set(address, (this.shown.get(address) ?? jobsAtOnce) + jobsAtOnce * 4);
    this.parts.treeChanged.fire(undefined);
  }

  dispose(): void {
    clearTimeout(this.redraw);
    this.lifetime.dispose();
  }

  private async roots(): Promise<Node[]> {
    const { services, jobs, storages } = this.parts;
    const known = services.workspaces();
    const nodes = rootNodes(known, services.problems(), this.filter);
    if (this.filter !== '') return nodes;
    const badFiles = jobs.badFiles().map((line): Node => ({ kind: 'badFile', ...line }));
    const here = new Set(known.flatMap((workspace) => workspace.services).map((service) => service.address));
    const others = jobs.open().filter((job) => !here.has(job.service.address));
    // A secret store that fails takes nothing away but what is in it.
    const kept = await storages.list().catch(() => undefined);
    if (!kept) badFiles.push({ kind: 'badFile', text: storagesUnread });
    const extra: Node[] = [
      ...(others.length === 0 ? [] : [{ kind: 'otherJobs' as const, jobs: others }]),
      ...(kept && kept.length > 0 ? [{ kind: 'storages' as const, storages: kept }] : []),
    ];
    return [...nodes, ...badFiles, ...extra];
  }

  private openNodes(jobs: readonly Job[]): Node[] {
    return jobs.map((job) => {
      const node = this.parts.jobs.node(job);
      this.jobNodes.set(job.key, node);
      return node;
    });
  }

  private async serviceNode(workspace: Workspace, service: Service): Promise<Node> {
    const { keys, health, jobs } = this.parts;
    // Should the tree be drawn anew meanwhile, this node is none of its.
    const nodes = this.serviceNodes;
    const any = jobs.open().some((job) => job.service.address === service.address);
    const node: Node = {
      kind: 'service',
      workspace,
      service,
      keys: await keys.of(service).then(keyState, () => ({ serviceKey: false, subscriptionKey: false, notKnown: true as const })),
      health: health.of(service.address),
      jobs: { underWay: jobs.running(service.address), any: any || (await this.past(service.address, 1)).jobs.length > 0 },
    };
    nodes.set(service.address, node);
    return node;
  }

  /** A service is shown also where its ended jobs cannot be. */
  private past(address: string, count: number): ReturnType<JobsInTree['past']> {
    return this.parts.jobs.past(address, count).catch(() => ({ jobs: [], more: false }));
  }

  private async jobsOf({ address }: Service): Promise<Node[]> {
    const { jobs } = this.parts;
    const open = jobs.open().filter((job) => job.service.address === address);
    const past = await this.past(address, this.shown.get(address) ?? jobsAtOnce);
    return [...this.openNodes(open), ...jobGroups(address, past.jobs, Date.now()), ...(past.more ? [{ kind: 'moreJobs' as const, address }] : [])];
  }
}
