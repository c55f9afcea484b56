// The jobs in the tree: below their services, and those whose service is not there at its end.

import type { TreeItem } from 'vscode';
import type { BadFileLine } from '../../../ui/badFiles';
import { jobTreeItem } from './jobItems';
import type { Job } from '../../../model/job';
import { DisposableStore, Emitter, type Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { BelowService, TreeNode, TreeSection } from '../../../ui/treeSections';
import { jobGroups, type JobNode, type JobsChange, type JobsInTree, type JobTreeNode } from '../jobNodes';

/** So many ended jobs of a service are shown, and so many more each time that more are asked for. */
const jobsAtOnce = 50;

/** However often something changes, jobs are drawn anew no more often than this, in milliseconds. */
const redrawMs = 250;

const kinds: Readonly<Record<JobTreeNode['kind'], true>> = { job: true, jobGroup: true, moreJobs: true, otherJobs: true };

/** The lines about jobs. */
export class JobsSection implements TreeSection<JobTreeNode>, Disposable {
  readonly order = 10;
  private readonly lifetime = new DisposableStore();
  private readonly changed = this.lifetime.add(new Emitter<readonly TreeNode[] | undefined>());
  /** How many ended jobs are shown of services of which more were asked for, by address. */
  private readonly shown = new Map<string, number>();
  private redraw: NodeJS.Timeout | undefined;
  private change: JobsChange = 'details';
  /** The nodes of open jobs as VS Code knows them, by key. */
  private nodes = new Map<string, JobNode>();

  /** Raised with no more than what has changed: a click on a button of the tree goes nowhere while all of it is drawn anew. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly jobs: JobsInTree) {}

  /** Begins to follow the jobs. */
  start(): void {
    this.lifetime.add(this.jobs.onDidChange((change) => {
      if (change === 'all') this.change = change;
      this.redraw ??= setTimeout(() => this.draw(), redrawMs);
    }));
  }

  owns(node: TreeNode): node is JobTreeNode {
    return Object.hasOwn(kinds, node.kind);
  }

  item(node: JobTreeNode): TreeItem {
    if (node.kind !== 'job') return jobTreeItem(node);
    // Drawn by itself a line is to show how things stand by now.
    const job = this.jobs.open().find(({ key }) => key === node.job.key);
    return jobTreeItem(job ? this.jobs.node(job) : node);
  }

  childrenOf(node: JobTreeNode): readonly JobTreeNode[] {
    switch (node.kind) {
      case 'jobGroup':
        return node.jobs.map((job) => this.jobs.node(job));
      case 'otherJobs':
        return this.openNodes(node.jobs);
      case 'job':
      case 'moreJobs':
        return [];
      default:
        return node satisfies never;
    }
  }

  redrawn(): void {
    this.nodes = new Map();
  }

  roots(known: readonly Service[]): readonly JobTreeNode[] {
    const here = new Set(known.map(({ address }) => address));
    const others = this.jobs.open().filter((job) => !here.has(job.service.address));
    return others.length === 0 ? [] : [{ kind: 'otherJobs', jobs: others }];
  }

  problems(): readonly BadFileLine[] {
    return this.jobs.badFiles();
  }

  async belowService({ address }: Service): Promise<BelowService> {
    const running = this.jobs.running(address);
    const any = this.jobs.open().some((job) => job.service.address === address) || (await this.past(address, 1)).jobs.length > 0;
    return { any, text: running === 0 ? '' : `${running} ${running === 1 ? 'job' : 'jobs'} under way` };
  }

  async childrenOfService({ address }: Service): Promise<readonly JobTreeNode[]> {
    const open = this.jobs.open().filter((job) => job.service.address === address);
    const past = await this.past(address, this.shown.get(address) ?? jobsAtOnce);
    return [
      ...this.openNodes(open),
      ...jobGroups(address, past.jobs, Date.now()),
      ...(past.more ? [{ kind: 'moreJobs' as const, address }] : []),
    ];
  }

  /** Shows more of the ended jobs of a service. */
  showMore(address: string): void {
    this.shown.set(address, (this.shown.get(address) ?? jobsAtOnce) + jobsAtOnce * 4);
    this.changed.fire(undefined);
  }

  dispose(): void {
    clearTimeout(this.redraw);
    this.lifetime.dispose();
  }

  private draw(): void {
    this.redraw = undefined;
    const open = this.jobs.open();
    const all = this.change === 'all' || open.some(({ key }) => !this.nodes.has(key));
    this.change = 'details';
    const nodes = open.flatMap(({ key }) => this.nodes.get(key) ?? []);
    if (all) this.changed.fire(undefined);
    else if (nodes.length > 0) this.changed.fire(nodes);
  }

  /** A service is shown also where its ended jobs cannot be. */
  private past(address: string, count: number): ReturnType<JobsInTree['past']> {
    return this.jobs.past(address, count).catch(() => ({ jobs: [], more: false }));
  }

  private openNodes(jobs: readonly Job[]): readonly JobNode[] {
    return jobs.map((job) => {
      const node = this.jobs.node(job);
      this.nodes.set(job.key, node);
      return node;
    });
  }
}
