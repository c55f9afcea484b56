// The jobs that are not over, in memory: of their files, only those are read that changed.

import type { Job } from '../../../model/job';
import { openPath, pastFolder, type Journal } from './journal';
import type { Troubles, UnreadableFile } from '../../../base/troubles';

/** A look that finds nothing changed is made thorough every so many looks, for file systems that do not tell of changes. */
const thoroughEvery = 20;

/** So many files are asked for at once. */
const atOnce = 64;

interface Known {
  /** Undefined: the file holds no job that can be read. One that cannot be read just now is as it was read last. */
  readonly job: Job | undefined;
  readonly problem: UnreadableFile | undefined;
  /** Of the file that this was read from; undefined after a write of our own. */
  readonly stamp: string | undefined;
}

/** Open jobs by key. */
export class OpenJobs {
  private readonly known = new Map<string, Known>();
  private sorted: readonly Job[] | undefined;
  private strange: readonly UnreadableFile[] = [];
  private folderStamp: string | undefined;
  /** Two times of change can look the same when they are close, so what was seen changing is looked at once more. */
  private settled = false;
  private looks = 0;

  /** @param troubles takes what the disk says of the folders. */
  constructor(private readonly journal: Journal, private readonly troubles: Troubles) {}

  get(key: string): Job | undefined {
    return this.known.get(key)?.job;
  }

  /** Newest first. */
  all(): readonly Job[] {
    this.sorted ??= [...this.known.values()].flatMap(({ job }) => job ?? []).sort((left, right) => (left.key < right.key ? 1 : -1));
    return this.sorted;
  }

  problems(): readonly UnreadableFile[] {
    return [...this.strange, ...[...this.known.values()].flatMap(({ problem }) => problem ?? [])];
  }

  /** Takes a job as it was just written or read. True when that is something new. */
  keep(job: Job): boolean {
    const before = this.known.get(job.key)?.job;
    this.set(job.key, { job, problem: undefined, stamp: undefined });
    return JSON.stringify(before) !== JSON.stringify(job);
  }

  forget(key: string): void {
    this.known.delete(key);
    this.sorted = undefined;
  }

  /**
   * Looks at the folder again; gives the keys of what changed. `lookForEnded` finds jobs as well that had ended, but were not yet removed
   * from the open ones when their window died.
   */
  async look(lookForEnded: boolean): Promise<readonly string[]> {
    this.looks += 1;
    const stamp = await this.journal.openStamp().catch(() => undefined);
    const same = stamp === this.folderStamp;
    if (same && this.settled && !lookForEnded && this.looks % thoroughEvery !== 0) return [];
    this.folderStamp = stamp;
    this.settled = same;
    const before = new Map(this.known);
    const listed = await this.troubles.attempt('open', () => this.journal.openKeys(), undefined);
    if (!listed) {
      // What is known stays, and the next look tries again, whatever the folder's stamp says.
      this.folderStamp = undefined;
      this.settled = false;
      return [];
    }
    const { keys, strange } = listed;
    this.strange = strange;
    this.troubles.keepOnly('open', keys.map((key) => openPath(key).slice('open/'.length)));
    const changed: string[] = [];
    const there = new Set(keys);
    for (const [key, known] of before) {
      // What was written by this window while the folder was being read is not in the list.
      if (there.has(key) || this.known.get(key) !== known) continue;
      this.forget(key);
      changed.push(key);
    }
    for (let start = 0; start < keys.length; start += atOnce) {
      const some = keys.slice(start, start + atOnce);
      const news = await Promise.all(some.map((key) => this.read(key)));
      changed.push(...some.filter((_, index) => news[index]));
    }
    if (lookForEnded) changed.push(...(await this.finishEnds()));
    return changed;
  }

  /** Reads a job's file when it changed. True when it holds something new. */
  async read(key: string): Promise<boolean> {
    const before = this.known.get(key);
    const stamp = await this.journal.jobStamp(key).catch(() => undefined);
    if (stamp !== undefined && stamp === before?.stamp) return false;
    const entry = await this.journal.readOpen(key);
    // Written by this window meanwhile: what was read may be older.
    if (this.known.get(key) !== before) return false;
    switch (entry.kind) {
      case 'gone':
        this.forget(key);
        return before !== undefined;
      case 'unreadable': {
        const { name, reason, advice, passing } = entry;
        this.set(key, { job: passing ? before?.job : undefined, problem: { name, reason, advice }, stamp: passing ? undefined : stamp });
        return before?.problem?.reason !== reason;
      }
      case 'job':
        this.set(key, { job: entry.job, problem: undefined, stamp });
        return before?.problem !== undefined || JSON.stringify(before?.job) !== JSON.stringify(entry.job);
      default:
        return entry satisfies never;
    }
  }

  private async finishEnds(): Promise<string[]> {
    const finished: string[] = [];
    const addresses = new Set(this.all().map((job) => job.service.address));
    for (const address of addresses) {
      const past = new Set(await this.troubles.attempt(pastFolder(address), () => this.journal.pastKeys(address), []));
      for (const job of this.all().filter((each) => each.service.address === address && past.has(each.key))) {
        const entry = await this.journal.readPast(address, job.key);
        if (entry.kind !== 'job') continue;
        if (!(await this.troubles.attempt(openPath(job.key), () => this.journal.finishEnd(entry.job).then(() => true), false))) continue;
        this.forget(job.key);
        finished.push(job.key);
      }
    }
    return finished;
  }

  private set(key: string, known: Known): void {
    this.known.set(key, known);
    this.sorted = undefined;
  }
}
