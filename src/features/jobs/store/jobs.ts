// All batch jobs of this computer, as this window knows them: what the journal holds, kept up with what other windows do.

import { Cancelled, messageOf } from '../../../model/errors';
import type { Job } from '../../../model/job';
import { DisposableStore, Emitter, type Disposable } from '../../../model/lifetime';
import type { Claim } from './claims';
import type { JobUpdate, JobsParts } from './jobsParts';
import { Journal, openPath } from './journal';
import { OpenJobs } from './openJobs';
import { PastJobs, type PastPage } from './pastJobs';
import { afterLostSubmission, isUnderWay } from './progress';
import { Troubles, unreadableJob, type UnreadableFile } from '../../../base/troubles';
import { KeyedMutex } from '../../../base/keyedMutex';
import { Unseen } from './unseen';

/** So often the journal is looked at without being told that it changed, in milliseconds. */
const rescanMs = 3000;

/**
 * What is told in quick succession is looked at once, after so many milliseconds and some more for each job: looking at many costs more.
 */
const gatherMs = 500;
const gatherMsPerJob = 2;

/**
 * The store of jobs. A job's file is written by who holds its claim and by nobody else: `save` is for whoever has claimed it (or has just
 * made it), `update` claims it for the moment.
 */
export class Jobs implements Disposable {
  private readonly journal: Journal;
  private readonly openJobs: OpenJobs;
  private readonly pastJobs: PastJobs;
  private readonly changed = new Emitter<readonly string[]>((error) => this.parts.log(`Telling of jobs failed: ${messageOf(error)}`));
  private readonly held = new DisposableStore();
  private readonly stopped = new AbortController();
  private readonly troubles: Troubles;
  /** Names of the files of ended jobs that were told of. */
  private toldPast = '';
  /** What else could not be used at the last look. */
  private lastingProblems: string;
  private readonly marks: Unseen;
  /** Cuts the wait for the next look short. */
  private wake = new AbortController();
  private readonly turns = new KeyedMutex();
  private looking: Promise<void> = Promise.resolve();
  private windowsChanged = true;

  /**
   * Raised with the keys of jobs that changed, in this window or in another; with none when something else did: past jobs, claims,
   * problems.
   */
  readonly onDidChange = this.changed.event;

  constructor(private readonly parts: JobsParts) {
    this.journal = new Journal(parts.files);
    this.troubles = new Troubles(parts.log);
    this.openJobs = new OpenJobs(this.journal, this.troubles);
    this.pastJobs = new PastJobs(this.journal, this.troubles);
    this.marks = new Unseen(this.journal, this.troubles);
    this.lastingProblems = this.lasting();
  }

  /** Reads the journal and begins to watch it. `windows` must have been started. What cannot be read is told by `problems`. */
  async start(): Promise<void> {
    await this.rescan();
    this.held.add(this.parts.files.watch(() => this.lookSoon()));
    this.held.add(this.parts.windows.onDidChange(() => {
      // A window that died may have left a job half moved, and claims.
      this.windowsChanged = true;
      this.lookSoon();
    }));
    void this.run();
  }

  /** Jobs that are not over, newest first. */
  open(): readonly Job[] {
    return this.openJobs.all();
  }

  /** The job with this key when it is not over. */
  openJob(key: string): Job | undefined {
    return this.openJobs.get(key);
  }

  /** The newest `count` ended jobs of a service, newest first; `more`: there are older ones. What cannot be read is told by `problems`. */
  async past(serviceAddress: string, count: number): Promise<PastPage> {
    const page = await this.pastJobs.page(serviceAddress, count);
    const names = [...this.pastJobs.problems(), ...this.troubles.all()].map(({ name }) => name).filter((name) => name.startsWith('past/'));
    const before = this.toldPast;
    this.toldPast = names.sort().join('\n');
    // Who draws the page has asked for the problems before.
    if (this.toldPast !== before) this.changed.fire([]);
    return page;
  }

  /** The job with this key, over or not. Throws what the disk throws, and LocalFailure when its file holds none. */
  async find(key: string): Promise<Job | undefined> {
    const open = this.openJobs.get(key);
    if (open) return open;
    const entry = await this.journal.findPast(key);
    if (entry.kind === 'unreadable') throw unreadableJob(entry);
    return entry.kind === 'job' ? entry.job : undefined;
  }

  /**
   * Writes a job; one whose step is `ended` moves to the past ones. Call it for a job whose claim you hold. Throws what the disk throws.
   */
  async save(job: Job): Promise<void> {
    await this.turns.inTurn(job.key, () => this.write(job));
  }

  /**
   * Changes a job that is not over: claims it (unless `claim` is handed in), reads what its file holds now, and writes what `change` makes
   * of it; undefined leaves it as it is. Throws as `save` does.
   */
  update(key: string, change: (job: Job) => Job | undefined, claim?: Claim): Promise<JobUpdate> {
    return this.turns.inTurn(key, async () => {
      const own = claim ? undefined : await this.parts.windows.claim(key);
      if (!claim && !own) return { kind: 'claimed' };
      try {
        const entry = await this.journal.readOpen(key);
        if (entry.kind === 'unreadable' && entry.passing) throw unreadableJob(entry);
        if (entry.kind !== 'job') return { kind: 'gone' };
        const job = change(entry.job);
        if (!job) {
          this.keep(entry.job);
          return { kind: 'unchanged', job: entry.job };
        }
        return { kind: 'saved', job, endedHere: await this.write(job) };
      } finally {
        await own?.release();
      }
    });
  }

  /**
   * Claims a job for work of several steps, and reads it as it is now; undefined when somebody alive works on it, in this window or
   * another.
   */
  async claim(key: string): Promise<Claim | undefined> {
    const claim = await this.parts.windows.claim(key);
    if (!claim) return undefined;
    try {
      // Another window may have taken steps of which this one has not heard yet.
      if (await this.openJobs.read(key)) this.changed.fire([key]);
    } catch (error) {
      await claim.release();
      throw error;
    }
    return claim;
  }

  /** Forgets a job. What it has put anywhere stays there. Throws what the disk throws. */
  async remove(key: string): Promise<void> {
    await this.turns.inTurn(key, async () => {
      const job = await this.find(key);
      if (!job) return;
      await this.journal.remove(job);
      this.openJobs.forget(key);
      this.marks.forget(key);
    });
    this.changed.fire([key]);
  }

  /** True for a job in the middle of something that nobody alive is working at. */
  interrupted(job: Job): boolean {
    return isUnderWay(job) && !this.parts.windows.isClaimed(job.key);
  }

  /** Keys of jobs that failed and that nobody has looked at. */
  unseen(): ReadonlySet<string> {
    return this.marks.keys;
  }

  /** Remembers that somebody has looked at a job. */
  async see(key: string): Promise<void> {
    if (!this.marks.keys.has(key)) return;
    await this.marks.see(key);
    this.changed.fire([]);
  }

  /** Files and folders that cannot be used, as far as they were looked at. */
  problems(): readonly UnreadableFile[] {
    const all = [...this.openJobs.problems(), ...this.pastJobs.problems(), ...this.troubles.all(), ...this.parts.windows.problems()];
    return [...new Map(all.map((each) => [each.name, each])).values()];
  }

  /** Tells that ended jobs have changed, also those that were not shown. */
  tellPast(): void {
    this.changed.fire([]);
  }

  /** Looks at the journal now. */
  rescan(): Promise<void> {
    const look = this.looking.then(() => this.look());
    // A failed look is its caller's business and does not stop the next one.
    this.looking = look.catch(() => undefined);
    return look;
  }

  dispose(): void {
    this.stopped.abort();
    this.wake.abort();
    this.held.dispose();
    this.changed.dispose();
  }

  private lasting(): string {
    return JSON.stringify([this.openJobs.problems(), this.troubles.all(), this.parts.windows.problems()]);
  }

  private async look(): Promise<void> {
    const windowsChanged = this.windowsChanged;
    this.windowsChanged = false;
    const changedKeys = new Set<string>();
    try {
      const before = this.claimedOnes();
      for (const key of await this.openJobs.look(windowsChanged)) changedKeys.add(key);
      let other = await this.marks.read();
      if (await this.pastJobs.look()) other = true;
      // Claims after jobs: who works on a job claims it before it writes it.
      await this.parts.windows.lookAtClaims();
      for (const key of await this.settleInterrupted()) changedKeys.add(key);
      if (windowsChanged) await this.parts.windows.sweepClaims((key) => this.openJobs.get(key) !== undefined);
      if (this.claimedOnes() !== before) other = true;
      // Those of ended jobs come and go with what is shown, and are told of when they are met.
      const lasting = this.lasting();
      if (lasting !== this.lastingProblems) other = true;
      this.lastingProblems = lasting;
      if (changedKeys.size === 0 && !other) return;
    } catch (error) {
      this.windowsChanged ||= windowsChanged;
      throw error;
    }
    this.changed.fire([...changedKeys]);
  }

  /** Reads those again that seem to be interrupted: their claim may have been released after a change that was not read yet. */
  private async settleInterrupted(): Promise<string[]> {
    const changedKeys: string[] = [];
    for (const job of this.openJobs.all().filter((each) => this.interrupted(each))) {
      if (await this.openJobs.read(job.key)) changedKeys.push(job.key);
      const fresh = this.openJobs.get(job.key);
      if (fresh?.step !== 'submitting') continue;
      const lost = (each: Job) => (each.step === 'submitting' ? afterLostSubmission(each, this.parts.clock.now()) : undefined);
      const update = await this.troubles.attempt(openPath(job.key), () => this.update(job.key, lost), undefined);
      if (update?.kind === 'saved') changedKeys.push(job.key);
    }
    return changedKeys;
  }

  private claimedOnes(): string {
    return this.openJobs.all().flatMap((job) => (isUnderWay(job) && !this.interrupted(job) ? job.key : [])).join();
  }

  /** True when the job ended by this. */
  private async write(job: Job): Promise<boolean> {
    if (job.step !== 'ended') {
      await this.journal.write(job);
      this.keep(job);
      return false;
    }
    const isOpen = (await this.journal.readOpen(job.key)).kind !== 'gone';
    const again = !isOpen && (await this.journal.readPast(job.service.address, job.key)).kind !== 'gone';
    if (again) await this.journal.rewritePast(job);
    const endedHere = !again && (await this.journal.end(job));
    this.openJobs.forget(job.key);
    await this.marks.endedAgain(job.key);
    this.changed.fire([job.key]);
    return endedHere;
  }

  private keep(job: Job): void {
    if (this.openJobs.keep(job)) this.changed.fire([job.key]);
  }

  private lookSoon(): void {
    this.wake.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      try {
        await this.parts.clock.sleep(rescanMs, this.wake.signal).catch(ignoreCancelled);
        if (this.wake.signal.aborted)
          await this.parts.clock.sleep(Math.min(rescanMs, gatherMs + gatherMsPerJob * this.open().length), signal);
        this.wake = new AbortController();
        await this.rescan();
      } catch (error) {
        if (!(error instanceof Cancelled)) this.parts.log(`The journal of jobs could not be read: ${messageOf(error)}`);
      }
    }
  }
}

function ignoreCancelled(error: unknown): void {
  if (!(error instanceof Cancelled)) throw error;
}
