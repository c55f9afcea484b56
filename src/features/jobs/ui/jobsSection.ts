// The jobs in the tree: below their services, and those whose service is not there at its end.

import type { TreeItem } from 'vscode';
import type { NewDay } from '../../../base/newDay';
import type { BadFileLine } from '../../../ui/badFiles';
import { jobTreeItem } from './jobItems';
import type { Job } from '../../../model/job';
import { DisposableStore, Emitter, type Disposable } from '../../../model/lifetime';
import type { Service } from '../../../model/service';
import type { BelowService, TreeChange, TreeNode, TreeSection } from '../../../ui/treeSections';
import { jobGroups, type JobNode, type JobsChange, type JobsInTree, type JobTreeNode } from '../jobNodes';

/** So many ended jobs of a service are shown, and so many more each time that more are asked for. */
const jobsAtOnce = 50;

/** However often something changes, jobs are drawn anew no more often than this, in milliseconds. */
const redrawMs = 250;

const kinds: Readonly<Record<JobTreeNode['kind'], true>> = { job: true, jobGroup: true, moreJobs: true, otherJobs: true };

/** What the lines of a service were drawn from. */
interface Drawn {
  /** What is told of its open jobs, but for their details. */
  readonly open: string;
  readonly any: boolean;
  /** Its ended jobs; undefined while nobody has asked for them. */
  readonly past?: string;
  /** True where they are in groups by day. */
  readonly namesDays?: boolean;
}

/** The lines about jobs. */
export class JobsSection implements TreeSection<JobTreeNode>, Disposable {
  readonly order = 10;
  private readonly lifetime = new DisposableStore();
  private readonly changed = this.lifetime.add(new Emitter<TreeChange>());
  /** How many ended jobs are shown of services of which more were asked for, by address. */
  private readonly shown = new Map<string, number>();
  private redraw: NodeJS.Timeout | undefined;
  private change: JobsChange = 'details';
  /** The nodes of open jobs as VS Code knows them, by key. */
  private nodes = new Map<string, JobNode>();
  /** By address. */
  private drawn = new Map<string, Drawn>();
  /** The group at the end as VS Code knows it, and the addresses of the services that are there; undefined while it is not drawn. */
  private others: { readonly node: JobTreeNode | undefined; readonly here: ReadonlySet<string>; keys: string } | undefined;
  private bad = '';

  /** Raised with no more than what has changed: a click on a button of the tree goes nowhere while all of it is drawn anew. */
  readonly onDidChange = this.changed.event;

  /** @param deleteJobs deletes these jobs, after asking. */
  constructor(
    private readonly jobs: JobsInTree,
    private readonly deleteJobs: (nodes: readonly JobNode[]) => Promise<void>,
    private readonly newDay: Pick<NewDay, 'drawn' | 'onNewDay'>,
  ) {}

  /** Begins to follow the jobs. */
  start(): void {
    this.lifetime.add(this.jobs.onDidChange((change) => {
      if (change === 'all') this.change = change;
      this.redraw ??= setTimeout(() => void this.draw(), redrawMs);
    }));
    this.lifetime.add(this.newDay.onNewDay(() => {
      const services = [...this.drawn].filter(([, { namesDays }]) => namesDays).map(([address]) => address);
      if (services.length > 0) this.changed.fire({ nodes: [], services });
    }));
  }

  owns(node: TreeNode): node is JobTreeNode {
    return Object.hasOwn(kinds, node.kind);
  }

  item(node: JobTreeNode): TreeItem {
    if (node.kind === 'otherJobs') return jobTreeItem({ ...node, jobs: this.otherJobs() });
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
        return this.openNodes(this.otherJobs());
      case 'job':
      case 'moreJobs':
        return [];
      default:
        return node satisfies never;
    }
  }

  async remove(nodes: readonly JobTreeNode[]): Promise<void> {
    const jobs = nodes.filter((node) => node.kind === 'job');
    if (jobs.length > 0) await this.deleteJobs(jobs);
  }

  redrawn(): void {
    this.nodes = new Map();
    this.drawn = new Map();
    this.others = undefined;
  }

  roots(known: readonly Service[]): readonly JobTreeNode[] {
    const here = new Set(known.map(({ address }) => address));
    const jobs = this.jobs.open().filter((job) => !here.has(job.service.address));
    const node: JobTreeNode | undefined = jobs.length === 0 ? undefined : { kind: 'otherJobs', jobs };
    this.others = { node, here, keys: keysOf(jobs) };
    return node ? [node] : [];
  }

  problems(): readonly BadFileLine[] {
    const bad = this.jobs.badFiles();
    this.bad = JSON.stringify(bad);
    return bad;
  }

  async belowService({ address }: Service): Promise<BelowService> {
    const running = this.jobs.running(address);
    const open = this.openOf(address);
    const any = open.length > 0 || (await this.past(address, 1)).jobs.length > 0;
    this.drawn.set(address, { ...this.drawn.get(address), open: lineOf(open, running), any });
    return { any, text: running === 0 ? '' : `${running} ${running === 1 ? 'job' : 'jobs'} under way` };
  }

  async childrenOfService({ address }: Service): Promise<readonly JobTreeNode[]> {
    const open = this.openOf(address);
    const past = await this.past(address, this.shownOf(address));
    const line = lineOf(open, this.jobs.running(address));
    const namesDays = past.jobs.length > 0;
    this.drawn.set(address, { open: line, any: open.length > 0 || namesDays, past: JSON.stringify(past), namesDays });
    if (namesDays) this.newDay.drawn();
    return [
      ...this.openNodes(open),
      ...jobGroups(address, past.jobs, Date.now()),
      ...(past.more ? [{ kind: 'moreJobs' as const, address }] : []),
    ];
  }

  /** Shows more of the ended jobs of a service. */
  showMore(address: string): void {
    this.shown.set(address, this.shownOf(address) + jobsAtOnce * 4);
    this.changed.fire({ nodes: [], services: [address] });
  }

  dispose(): void {
    clearTimeout(this.redraw);
    this.lifetime.dispose();
  }

  private async draw(): Promise<void> {
    this.redraw = undefined;
    const all = this.change === 'all';
    this.change = 'details';
    const others = this.otherJobs();
    const came = this.others && (others.length > 0) !== (this.others.node !== undefined);
    if (came || (this.others && this.bad !== JSON.stringify(this.jobs.badFiles()))) return this.changed.fire(undefined);
    const services: string[] = [];
    for (const address of [...this.drawn.keys()]) if (await this.differs(address, all)) services.push(address);
    const nodes: TreeNode[] = [];
    if (this.others?.node && this.others.keys !== keysOf(others)) {
      nodes.push(this.others.node);
      this.others.keys = keysOf(others);
    }
    // Those below a line that is drawn come with it.
    const apart = (job: Job): boolean => !services.includes(job.service.address);
    nodes.push(...this.jobs.open().filter(apart).flatMap(({ key }) => this.nodes.get(key) ?? []));
    if (nodes.length + services.length > 0) this.changed.fire({ nodes, services });
  }

  /** True where the lines of a service are not as they were drawn; ended jobs are looked at where `all` may have changed. */
  private async differs(address: string, all: boolean): Promise<boolean> {
    const drawn = this.drawn.get(address);
    const open = this.openOf(address);
    if (!drawn || drawn.open !== lineOf(open, this.jobs.running(address))) return drawn !== undefined;
    if (!all) return false;
    if (drawn.past !== undefined) return drawn.past !== JSON.stringify(await this.past(address, this.shownOf(address)));
    return drawn.any !== (open.length > 0 || (await this.past(address, 1)).jobs.length > 0);
  }

  private openOf(address: string): readonly Job[] {
    return this.jobs.open().filter((job) => job.service.address === address);
  }

  /** Open jobs of services that are not there; none while nobody has asked for them. */
  private otherJobs(): readonly Job[] {
    const { others } = this;
    return others ? this.jobs.open().filter((job) => !others.here.has(job.service.address)) : [];
  }

  private shownOf(address: string): number {
    return this.shown.get(address) ?? jobsAtOnce;
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

function keysOf(jobs: readonly Job[]): string {
  return jobs.map(({ key }) => key).join(' ');
}

function lineOf(open: readonly Job[], running: number): string {
  return `${running} of ${keysOf(open)}`;
}
