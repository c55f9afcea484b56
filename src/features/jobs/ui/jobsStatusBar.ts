// The status bar's item for batch jobs, and the badge on the view: how many are under way, and the worst that is true of any.

import * as vscode from 'vscode';
import type { Job } from '../../../model/job';
import { DisposableStore, type Disposable, type Event } from '../../../model/lifetime';
import { runningByService, worstState, type JobsNow, type WorstState } from '../store/jobCounts';
import type { JobNode } from '../jobNodes';
import type { StatusItems } from '../../../ui/statusItems';
import { command, statusItem } from '../../../ui/ids';
import { plain } from '../../../ui/plain';
import type { StatusItem } from '../../../ui/statusItem';
import { markdown, md, table } from '../../../ui/markdown';

/** What the item shows. */
export interface JobsStatusParts {
  readonly items: Pick<StatusItems, 'add'>;
  readonly now: () => JobsNow;
  readonly node: (job: Job) => JobNode;
  readonly onDidChange: Event<unknown>;
  readonly treeView: Pick<vscode.TreeView<unknown>, 'badge'>;
}

/** However often jobs change, the item is drawn no more often than this, in milliseconds. */
const redrawMs = 500;

/** So many jobs stand in the tooltip. */
const listed = 15;

const icons: Readonly<Record<WorstState, string>> = {
  failed: 'error',
  interrupted: 'warning',
  paused: 'watch',
  running: 'loading~spin',
};

/** Shows the jobs under way. */
export class JobsStatusBar implements Disposable {
  private readonly lifetime = new DisposableStore();
  private readonly item: StatusItem;
  private redraw: NodeJS.Timeout | undefined;

  constructor(private readonly parts: JobsStatusParts) {
    this.item = this.lifetime.add(parts.items.add({ id: statusItem.jobs, name: plain`Azure ML: Batch Jobs`, side: 'left', priority: 9 }));
  }

  /** Begins to follow the jobs. */
  start(): void {
    this.lifetime.add(this.parts.onDidChange(() => {
      this.redraw ??= setTimeout(() => {
        this.redraw = undefined;
        this.draw();
      }, redrawMs);
    }));
    this.draw();
  }

  dispose(): void {
    clearTimeout(this.redraw);
    this.lifetime.dispose();
  }

  private draw(): void {
    const now = this.parts.now();
    const worst = worstState(now);
    const many = now.open.length;
    const running = [...runningByService(now).values()].reduce((sum, each) => sum + each, 0);
    // Jobs that wait for the person: to be started, carried on, or looked into.
    const waiting = many - running;
    const failed = now.unseen.size;
    const text = [
      running === 0 ? '' : count(running),
      waiting === 0 ? '' : `${waiting} waiting for you`,
      failed === 0 ? '' : `${failed} failed`,
    ]
      .filter((part) => part !== '')
      .join(', ');
    this.parts.treeView.badge = many + failed === 0 ? undefined : { value: many + failed, tooltip: `Batch jobs: ${text}` };
    if (text === '') return this.item.hide();
    this.item.show({
      icon: worst === undefined ? 'clock' : icons[worst],
      text: plain(text),
      tooltip: this.tooltip(now.open),
      command: command.showJobs,
      background:
        worst === 'failed'
          ? new vscode.ThemeColor('statusBarItem.errorBackground')
          : worst === 'interrupted'
            ? new vscode.ThemeColor('statusBarItem.warningBackground')
            : undefined,
      spoken: `Batch jobs: ${text}. ${worst === undefined ? '' : words[worst]}`,
    });
  }

  private tooltip(open: readonly Job[]): vscode.MarkdownString {
    const rows = open.slice(0, listed).map((job) => {
      const { standing, detail, wait } = this.parts.node(job);
      return [job.title, job.service.name, standing.state, [detail, wait].filter((part) => part !== '').join(' · ')];
    });
    return markdown(
      open.length === 0 ? md`No batch job is under way.` : table(['Job', 'Service', 'State', ''], rows),
      open.length > listed ? md`${open.length - listed} more` : undefined,
      md`Click to see all jobs.`,
    );
  }
}

const words: Readonly<Record<WorstState, string>> = {
  failed: 'A job has failed.',
  interrupted: 'A job was interrupted.',
  paused: 'A job is not looked at for now.',
  running: 'All is going on.',
};

function count(jobs: number): string {
  return `${jobs} ${jobs === 1 ? 'job' : 'jobs'}`;
}
