// Follows the jobs that run until they are over: asks for their status as often as is good for each host, in one window of all.

import type { Clock } from '../../../model/clock';
import { messageOf, type ErrorParts } from '../../../model/errors';
import type { Job, PollOutcome } from '../../../model/job';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../../model/lifetime';
import { afterAnswer, hostWait, newFollowing, nextPollMs, type PollPause, type PollState } from './follow';
import { MonotonicTimer } from '../../../base/monotonicTimer';
import type { Jobs } from './jobs';
import type { JobUpdate } from './jobsParts';
import { HostQueue, type Followed } from './hostQueue';
import { afterGone, afterStatus, isFollowed } from './progress';

/** A host that statuses are asked of. */
export interface PolledHost {
  /** Identity; jobs of the same host wait for each other. */
  readonly host: string;
  readonly gateway: boolean;
}

/** What the tracker needs. */
export interface TrackerParts {
  readonly jobs: Jobs;
  /** Asks for the status of a job. Throws Cancelled when `signal` is raised; has an end of its own. */
  readonly poll: (job: Job, signal: AbortSignal) => Promise<PollOutcome>;
  readonly clock: Clock;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
  /** Whether it is this window that asks for a job's status: of all that could, one has to. */
  readonly asks: (job: Job) => boolean;
  /** Raised when `asks` may say something else. */
  readonly onDidChangeAsking: Event<void>;
  readonly hostOf: (job: Job) => PolledHost;
  /** Gets a line for each failure that is lived with. */
  readonly log: (line: string) => void;
}

/** Asks for the status of every job that was started, and writes down what it learns. */
export class Tracker implements Disposable {
  private readonly followed = new Map<string, Followed>();
  private readonly queues = new Map<string, HostQueue>();
  /** Services that refuse the key, by address: nothing is asked of them until that changes. */
  private readonly refused = new Map<string, ErrorParts>();
  private readonly changed = new Emitter<readonly string[]>();
  private readonly ended = new Emitter<Job>();
  private readonly held = new DisposableStore();
  private readonly timer: MonotonicTimer;
  private stopped = false;

  /** Raised with the keys of jobs whose `stateOf` changed. */
  readonly onDidChange = this.changed.event;
  /** Raised when a job is over: once for each, in the window that noticed. */
  readonly onDidEnd = this.ended.event;

  constructor(private readonly parts: TrackerParts) {
    this.timer = new MonotonicTimer(parts.clock, () => this.next(), () => this.pump());
  }

  /** Begins to follow. `jobs` must have been started. */
  start(): void {
    const { jobs, onDidChangeAsking } = this.parts;
    this.held.add(jobs.onDidChange((keys) => this.fit(keys)));
    this.held.add(onDidChangeAsking(() => this.fitAll()));
    this.fitAll();
  }

  /** How asking for a job's status goes, as far as this window is the one that asks. */
  stateOf(key: string): PollState {
    const each = this.followed.get(key);
    if (!each) return { failures: 0 };
    const pause = this.pauseOf(each);
    const { nextAt, lastAt, unsaved, following: { failures } } = each;
    return {
      ...(nextAt === undefined || pause ? {} : { nextAt }), ...(lastAt === undefined ? {} : { lastAt }), failures,
      ...(pause ? { pause } : {}), ...(unsaved ? { unsaved } : {}),
    };
  }

  /**
   * Asks for a job's status as soon as the rate allows, also when asking had stopped. False when it may not be asked now, or not by this
   * window.
   */
  pollNow(key: string): boolean {
    const each = this.followed.get(key);
    if (!each) return false;
    if (each.asking) return true;
    const wait = each.queue.waitAt(this.timer.passed());
    // A computer that slept has not counted that time, though it has passed for the other side.
    if (wait && wait.kind !== 'offline' && this.parts.clock.now() < (wait.until ?? Infinity)) return false;
    each.queue.endWait();
    // Before all that are overdue.
    each.queue.put(each, 0);
    this.pump();
    return true;
  }

  /** Goes on with the jobs of a service whose keys have changed. */
  resume(address: string): void {
    if (this.refused.delete(address)) this.scheduleService(address);
  }

  dispose(): void {
    this.stopped = true;
    this.held.dispose();
    for (const key of [...this.followed.keys()]) this.drop(key);
    this.timer.dispose();
    this.changed.dispose();
    this.ended.dispose();
  }

  private fitAll(): void {
    const keys = [...new Set([...this.followed.keys(), ...this.parts.jobs.open().map((job) => job.key)])];
    this.fit(keys);
    this.changed.fire(keys);
  }

  /** Makes what is followed fit these jobs. */
  private fit(keys: readonly string[]): void {
    if (this.stopped) return;
    for (const key of keys) {
      const job = this.parts.jobs.openJob(key);
      if (!job || !isFollowed(job) || !this.parts.asks(job)) this.drop(key);
      else this.follow(job);
    }
    this.pump();
  }

  private follow(job: Job): void {
    const stage = `${job.step} ${job.stepAt}`;
    const known = this.followed.get(job.key);
    if (known?.stage === stage) return;
    const time = this.timer.latest();
    if (known) {
      known.stage = stage;
      known.began = time;
      // The job does something else now: what was found of it before is no reason to wait.
      known.following = { ...newFollowing, polls: 1 };
      if (known.due !== undefined) this.schedule(known);
      return;
    }
    const { host, gateway } = this.parts.hostOf(job);
    const queue = this.queues.get(`${gateway} ${host}`) ?? new HostQueue(gateway);
    this.queues.set(`${gateway} ${host}`, queue);
    // The only look at the clock: a wrong one makes the first waits shorter or longer than is usual, no more.
    const age = Math.max(0, this.parts.clock.now() - (job.step === 'started' ? job.startedAt ?? job.stepAt : job.stepAt));
    const each: Followed = {
      key: job.key, address: job.service.address, host, queue, due: undefined, stage, began: time - age, following: newFollowing,
      asking: undefined, nextAt: undefined, lastAt: undefined, unsaved: undefined,
    };
    this.followed.set(job.key, each);
    this.schedule(each);
  }

  private drop(key: string): void {
    const each = this.followed.get(key);
    if (!each) return;
    this.followed.delete(key);
    each.queue.take(each);
    each.asking?.abort();
  }

  /** Gives a job its next time, unless something stops the asking. */
  private schedule(each: Followed): void {
    each.queue.take(each);
    each.nextAt = undefined;
    if (each.following.stopped || this.refused.has(each.address)) return;
    const { polls, unreadable, unknown } = each.following;
    const time = this.timer.latest();
    const wait = nextPollMs(
      { elapsedMs: time - each.began, gateway: each.queue.gateway, polls, failures: unreadable + unknown },
      this.parts.random,
    );
    each.queue.put(each, time + wait);
    each.nextAt = this.parts.clock.now() + wait;
  }

  private scheduleService(address: string): void {
    const keys: string[] = [];
    for (const each of this.followed.values()) {
      if (each.address !== address) continue;
      keys.push(each.key);
      if (!each.asking) this.schedule(each);
    }
    this.pump();
    this.changed.fire(keys);
  }

  /** Makes the calls that are due. */
  private pump(): void {
    if (!this.stopped) {
      const start = (queue: HostQueue): Followed | undefined => queue.start(this.timer.passed(), this.timer.latest());
      for (const queue of this.queues.values()) {
        for (let each = start(queue); each; each = start(queue)) void this.ask(each);
      }
    }
    this.timer.kick();
  }

  /** When the next call can be made; `soon` while an answer is awaited that may lead to one. */
  private next(): number | 'soon' | undefined {
    if (this.stopped) return undefined;
    let next: number | undefined;
    for (const queue of this.queues.values()) {
      if (queue.isBusy) return 'soon';
      const time = queue.nextTime();
      if (time !== undefined && (next === undefined || time < next)) next = time;
    }
    return next;
  }

  private async ask(each: Followed): Promise<void> {
    const job = this.parts.jobs.openJob(each.key);
    const asking = new AbortController();
    each.asking = asking;
    each.nextAt = undefined;
    let outcome: PollOutcome | undefined;
    try {
      outcome = job && (await this.parts.poll(job, asking.signal));
    } catch (error) {
      if (!asking.signal.aborted)
        outcome = { kind: 'unreadable', problem: { sentence: 'The status of the job could not be asked for.', advice: messageOf(error) } };
    }
    each.queue.end();
    try {
      if (job && outcome && !asking.signal.aborted) await this.take(each, job, outcome);
    } catch (error) {
      this.parts.log(`Following a job failed: ${messageOf(error)}`);
    } finally {
      each.asking = undefined;
      if (this.followed.get(each.key) === each && each.due === undefined) this.schedule(each);
      if (!this.stopped) this.pump();
    }
  }

  private async take(each: Followed, job: Job, outcome: PollOutcome): Promise<void> {
    const { queue } = each;
    const time = this.timer.latest();
    each.lastAt = this.parts.clock.now();
    each.following = afterAnswer(each.following, outcome);
    const wait = hostWait(outcome, { failures: queue.failures, gateway: queue.gateway }, this.parts.random);
    if (wait) {
      const { kind, waitMs, problem } = wait;
      queue.hold({ kind, until: this.parts.clock.now() + waitMs, problem }, time + waitMs);
      // Its turn was taken from it, so it is the first when the wait is over.
      if (this.followed.get(each.key) === each) queue.put(each, time);
    }
    // All jobs of the host show that it makes them wait, or no longer does.
    const wholeHost = wait ? true : queue.succeed(this.timer.passed());
    if (outcome.kind === 'refused') {
      this.refused.set(each.address, outcome.problem);
      this.scheduleService(each.address);
    } else if (!wait && this.refused.delete(each.address)) this.scheduleService(each.address);
    if (outcome.kind === 'status' || outcome.kind === 'gone') await this.write(each, job, outcome);
    const told = wholeHost ? [...this.followed.values()].filter((other) => other.queue === queue) : [each];
    this.changed.fire(told.map(({ key }) => key));
  }

  private async write(each: Followed, job: Job, outcome: PollOutcome & { kind: 'status' | 'gone' }): Promise<void> {
    const change = (current: Job): Job | undefined => {
      if (!isFollowed(current)) return undefined;
      const now = this.parts.clock.now();
      return outcome.kind === 'gone' ? afterGone(current, outcome.problem, now) : afterStatus(current, outcome.reading, now);
    };
    // Most answers tell nothing new: those cost no file.
    if (!each.unsaved && !change(this.parts.jobs.openJob(each.key) ?? job)) return;
    let update: JobUpdate | undefined;
    try {
      update = await this.parts.jobs.update(each.key, change);
      each.unsaved = undefined;
    } catch (error) {
      this.parts.log(`What was learned of a job could not be written down: ${messageOf(error)}`);
      each.unsaved = {
        sentence: 'What was learned of the job could not be saved on this computer. It is asked for again.',
        advice: messageOf(error),
      };
    }
    if (update?.kind === 'saved' && update.endedHere) this.ended.fire(update.job);
  }

  private pauseOf(each: Followed): PollPause | undefined {
    const refused = this.refused.get(each.address);
    if (refused) return { kind: 'refused', problem: refused };
    if (each.following.stopped) return each.following.stopped;
    return each.queue.waitAt(this.timer.passed());
  }
}
