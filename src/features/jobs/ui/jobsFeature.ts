// Builds all that batch jobs are made of, and wires it: the journal, the tracker, the calls, the page, the status bar.

import { join } from 'node:path';
import * as vscode from 'vscode';
import { AtomicFiles } from '../../../base/atomicFiles';
import { ResultFile } from '../../../storage/resultFile';
import type { JobNode, JobsChange, JobsInTree } from '../jobNodes';
import type { JobAction } from '../messages';
import { systemClock } from '../../../model/clock';
import { messageOf } from '../../../model/errors';
import type { Job, PollOutcome } from '../../../model/job';
import { DisposableStore, Emitter, type Disposable } from '../../../model/lifetime';
import type { Service, Workspace } from '../../../model/service';
import { JobParameters } from '../store/jobParameters';
import { Jobs } from '../store/jobs';
import { runningByService } from '../store/jobCounts';
import { Journal } from '../store/journal';
import { newJobKey } from '../../../base/fileKeys';
import { rehome } from '../store/rehome';
import { Quotas } from '../store/quotas';
import { Tracker } from '../store/tracker';
import type { Windows } from '../store/windows';
import type { JobsFeatureParts } from './jobsFeatureParts';
import { badJobFiles } from './badJobFiles';
import { bodyAgain } from './submitBody';
import { thisWindow } from './thisWindow';
import { jobsUnderWayKey } from '../../services';
import { command } from '../../../ui/ids';
import { JobPanel } from './jobPanel';
import { savedName } from '../../../ui/savedNames';
import { callSettings, jobSettings } from '../../../ui/settings';
import { editorDialogs } from '../../../ui/tables/tableDialogs';
import { badFileLines } from '../../../ui/badFiles';
import type { PageInSight } from '../../../ui/unseen';
import { hostOf, jobBlobCalls, jobCalls, type CallParts, type JobBlobCalls, type JobCalls } from '../calls';
import { sourceOf } from './inputFiles';
import { commandOf } from '../jobButtons';
import { JobStandings } from '../jobStandings';
import { JobsStatusBar } from './jobsStatusBar';
import { tellOfEnd, tellOfFailure } from './notices';
import { recentJobs } from '../recent';
import { ResultAccess } from '../resultAccess';
import { JobRunner } from '../runner';
import { JobUpkeep, unknownToSample } from '../upkeep';
import { JobWaits } from '../waits';

/** Elapsed times and countdowns are drawn anew this often, in milliseconds. */
const tickMs = 5_000;

/** Everything about batch jobs in this window. */
export class JobsFeature implements Disposable {
  private readonly lifetime = new DisposableStore();
  /** Raised when any job has changed, or what is known of one. */
  private readonly changed = this.lifetime.add(new Emitter<JobsChange>());
  /** Raised when another window may have to ask for the status of jobs. */
  private readonly askingChanged = this.lifetime.add(new Emitter<void>());
  private readonly folder: string;
  private readonly quotas: Quotas;
  private readonly tellOfEnd = (job: Job): void => tellOfEnd(job, jobSettings().notify, this.panel.shownKey === job.key);
  /** This window among the others. */
  readonly windows: Windows;
  private readonly tracker: Tracker;
  private readonly statusBar: JobsStatusBar;
  readonly jobs: Jobs;
  readonly parameters: JobParameters;
  readonly runner: JobRunner;
  readonly upkeep: JobUpkeep;
  readonly results: ResultAccess;
  readonly calls: JobCalls;
  readonly blobs: JobBlobCalls;
  readonly panel: JobPanel;
  private readonly journal: Journal;
  readonly waits: JobWaits;
  private readonly standings: JobStandings;

  constructor(private readonly parts: JobsFeatureParts, saveResult: (job: Job, name: string, whole: string | undefined) => Promise<void>) {
    const { context, reporter, services, keys, treeView } = parts;
    const log = (line: string): void => parts.log.info(line);
    const own = <T extends Disposable>(item: T): T => this.lifetime.add(item);
    this.folder = vscode.Uri.joinPath(context.globalStorageUri, savedName.jobs).fsPath;
    const files = new AtomicFiles(this.folder);
    this.journal = new Journal(files);
    this.windows = own(thisWindow(files, context.storageUri, log));
    this.jobs = own(new Jobs({ files, windows: this.windows, clock: systemClock, log }));
    this.parameters = new JobParameters(context.secrets);

    const callParts: CallParts = {
      secrets: (service) => keys.of(service),
      parameters: this.parameters,
      access: (storage) => parts.storages.access(storage),
      transport: parts.transport,
      timeoutMs: () => callSettings().timeoutMs,
      now: () => Date.now(),
      log,
      source: sourceOf,
    };
    this.calls = jobCalls(callParts);
    this.blobs = jobBlobCalls(parts.blobs, sourceOf);
    this.quotas = new Quotas(files, () => Date.now(), log);
    const service = (address: string): Service | undefined => services.find(address);
    this.tracker = own(new Tracker({
      jobs: this.jobs,
      poll: (job, signal) => this.quotas.ask(hostOf(job, undefined).host, () => this.poll(job, signal)),
      clock: systemClock,
      random: Math.random,
      asks: (job) => this.asks(job),
      onDidChangeAsking: this.askingChanged.event,
      hostOf: (job) => hostOf(job, service(job.service.address)),
      log,
    }));
    this.upkeep = new JobUpkeep({
      jobs: this.jobs,
      tracker: this.tracker,
      calls: this.calls,
      services,
      asks: (job) => this.asks(job),
      tellOfEnd: this.tellOfEnd,
    });
    this.results = new ResultAccess({
      calls: this.calls,
      service,
      access: (storage) => parts.storages.access(storage),
      sign: this.blobs.sign,
      transport: parts.transport,
      log,
    });
    this.runner = own(new JobRunner({
      newKey: () => newJobKey(Date.now(), Math.random),
      find: (key) => this.jobs.openJob(key),
      save: (job) => this.jobs.save(job),
      claim: (key) => this.jobs.claim(key),
      isOwn: (key) => this.windows.isOwn(key),
      access: (storage) => parts.storages.access(storage),
      parameters: this.parameters,
      service,
      calls: this.calls,
      blobs: this.blobs,
      readBody: (agreed) => bodyAgain({ faults: parts.faults }, agreed),
      now: () => Date.now(),
    }));
    this.waits = own(new JobWaits(systemClock));
    this.standings = new JobStandings({ jobs: this.jobs, tracker: this.tracker, runner: this.runner, waits: this.waits });
    this.panel = own(
      new JobPanel({
        extensionUri: context.extensionUri, reporter,
        // One whose file cannot be read is told of in the tree, and not each time that the page is drawn.
        find: (key) => this.jobs.find(key).catch(() => undefined),
        onDidChange: this.changed.event, context: (job) => this.standings.contextOf(job), act: (action, key) => this.act(action, key),
        results: {
          open: async (job, name, format) =>
            new ResultFile({
              path: await parts.cache.newFile(format),
              open: this.results.parts(job, name),
              describe: (error) => reporter.describe(error),
            }),
          opener: parts.opener, remove: (path) => parts.cache.remove(path),
        },
        dialogs: editorDialogs, saveResult,
        actionContext: (job) => ({
          service: service(job.service.address), file: job.bodyFile, job: job.key,
          retry: async () =>
            void (await vscode.commands.executeCommand(
              job.step === 'started' || job.step === 'cancelling' ? command.checkJob : command.carryOnJob,
              job.key,
            )),
        }),
      }),
    );
    this.statusBar = own(
      new JobsStatusBar({
        items: parts.statusItems, now: () => this.standings.now(), node: (job) => this.node(job), onDidChange: this.changed.event, treeView,
      }),
    );
  }

  /** Begins to read the journal and to follow the jobs. What the disk throws goes to the log: everything else works without jobs. */
  async start(): Promise<void> {
    const tell = (): void => this.changed.fire('details');
    const own = (item: Disposable): Disposable => this.lifetime.add(item);
    own(this.jobs.onDidChange((keys) => {
      // Without keys it is about ended jobs, or about who works on which.
      this.changed.fire(keys.length > 0 && keys.every((key) => this.jobs.openJob(key)) ? 'details' : 'all');
      // Bodies may hold tokens: those of jobs that are over, or were deleted in whatever window, are let go.
      for (const key of keys) if (!this.jobs.openJob(key)) this.runner.forget(key);
      this.noteUnderWay();
      this.seeShown().catch((error: unknown) => this.parts.log.warn(`A job could not be marked as seen: ${messageOf(error)}`));
    }));
    own(this.tracker.onDidChange(tell));
    own(this.runner.onDidProgress(tell));
    own(this.waits.onDidChange(tell));
    own(this.tracker.onDidEnd(this.tellOfEnd));
    // A key that was set, or a service that was added, may be what a paused job waits for.
    own(this.parts.keys.onDidChange(({ concerns }) => this.upkeep.resume(concerns)));
    own(this.parts.services.onDidChange(() => this.askingChanged.fire()));
    own(this.parts.services.onDidChange(() => this.upkeep.resume()));
    own(this.windows.onDidChange(() => this.askingChanged.fire()));
    const ticking = setInterval(() => {
      if (this.jobs.open().length > 0) tell();
    }, tickMs);
    own({ dispose: () => clearInterval(ticking) });
    this.panel.start();
    this.statusBar.start();
    // Each goes on without the others: what the disk does not let them do is told of in the tree.
    for (const begin of [() => this.windows.start(), () => this.jobs.start(), async () => this.tracker.start()]) {
      try {
        await begin();
      } catch (error) {
        this.parts.log.error(`The journal of batch jobs cannot be used: ${messageOf(error)}`);
      }
    }
    this.noteUnderWay();
    // Most windows have no jobs: there the tree is left alone, as a click on it goes nowhere while it is drawn anew.
    if (this.jobs.open().length + this.jobs.problems().length > 0) this.changed.fire('all');
  }

  /** What the tree shows. */
  get tree(): JobsInTree {
    return {
      open: () => this.jobs.open(),
      running: (address) => runningByService(this.standings.now()).get(address) ?? 0,
      past: (address, count) => this.jobs.past(address, count),
      node: (job) => this.node(job),
      badFiles: () => badFileLines([...this.jobs.problems(), ...this.quotas.problems()], badJobFiles, (name) => join(this.folder, name)),
      onDidChange: this.changed.event,
    };
  }

  /** A job as a node of the tree. */
  node(job: Job): JobNode {
    return this.standings.node(job);
  }

  /** All jobs that are not over, and the last ones of each service that are, newest first. */
  recent(): Promise<readonly Job[]> {
    return recentJobs(this.jobs, this.parts.services);
  }

  /** The page of a job, as far as it can be seen. */
  pageOf(key: string): PageInSight {
    return { visible: () => this.panel.shownKey === key, onDidChange: this.panel.onDidChangeSight };
  }

  /** Shows what has stopped a job, with buttons that go on with this job, unless its page does. */
  tellFailure(error: unknown, key: string): void {
    const job = this.jobs.openJob(key);
    tellOfFailure(error, key, job, job && this.parts.services.find(job.service.address), this.parts.reporter, this.panel.shownKey === key);
  }

  /** The sample is known to the window that it runs in; all other services to all windows, of which one asks. */
  private asks(job: Job): boolean {
    const workspace = this.workspaceOf(job);
    return workspace !== undefined && (workspace.sample || this.windows.isLeader);
  }

  private workspaceOf(job: Job): Workspace | undefined {
    return this.parts.services.workspaceOf(job.service.address);
  }

  private async poll(job: Job, signal: AbortSignal): Promise<PollOutcome> {
    const outcome = await this.calls.status(job, this.parts.services.find(job.service.address), signal);
    return outcome.kind === 'gone' && this.workspaceOf(job)?.sample ? { kind: 'gone', problem: unknownToSample } : outcome;
  }

  /** Lets the jobs of a service follow it from one address to another. Throws what the disk throws. */
  rehome(from: string, to: string): Promise<number> {
    return rehome(this.jobs, this.journal, from, to);
  }

  /** Shows a job's page: beside what one works on, which keeps the focus, when it is not asked for by itself. */
  async show(key: string, how: { readonly result?: number; readonly beside?: boolean } = {}): Promise<void> {
    await this.panel.show(key, how);
    await this.seeShown();
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private async act(action: JobAction, key: string): Promise<void> {
    const id = commandOf[action];
    if (id !== undefined) return void (await vscode.commands.executeCommand(id, key));
    if (action === 'stopWaiting') return this.waits.stop(key);
    const bodyFile = (await this.jobs.find(key))?.bodyFile;
    if (bodyFile !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(bodyFile), { preview: false });
  }

  /** A failure that is looked at is no news any more. */
  private async seeShown(): Promise<void> {
    const key = this.panel.shownKey;
    if (key !== undefined && this.jobs.unseen().has(key)) await this.jobs.see(key);
  }

  /** A window that is opened later looks after jobs that are not over. */
  private noteUnderWay(): void {
    const any = this.jobs.open().length > 0;
    const memory = this.parts.context.globalState;
    if (memory.get(jobsUnderWayKey, false) !== any) void memory.update(jobsUnderWayKey, any);
  }
}
