// The jobs that are over: a page at a time, read when it is shown, so that thousands of them cost little.

import type { Job } from '../../../model/job';
import { pastFolder, type Journal } from './journal';
import type { Troubles, UnreadableFile } from '../../../base/troubles';

/** So many jobs are kept in memory, so that showing a page again reads no file. */
const mostKept = 500;

/** So many files are asked for at once. */
const atOnce = 32;

/** Some of a service's ended jobs. */
export interface PastPage {
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** True when there are older ones. */
  readonly more: boolean;
}

interface Kept {
  readonly address: string;
  readonly key: string;
  /** Undefined: it cannot be looked at, or could not be read just now, and is read again. */
  readonly stamp: string | undefined;
  readonly job: Job | undefined;
  readonly problem: UnreadableFile | undefined;
}

/** Ended jobs, by service. */
export class PastJobs {
  /** By address and key; the one that was used longest ago comes first. */
  private readonly kept = new Map<string, Kept>();
  /** Folders that were shown, by address, as they were at the last look. */
  private readonly shown = new Map<string, string | undefined>();

  /** @param troubles takes what the disk says of the folders. */
  constructor(private readonly journal: Journal, private readonly troubles: Troubles) {}

  /**
   * The newest `count` of a service. Files that cannot be read are left out and told by `problems`; a folder that cannot be read holds
   * none.
   */
  async page(address: string, count: number): Promise<PastPage> {
    this.shown.set(address, await this.stamp(address));
    const listed = await this.troubles.attempt(pastFolder(address), () => this.journal.pastKeys(address), undefined);
    if (listed) this.forgetOthers(address, listed);
    const keys = listed ?? [];
    const jobs: Job[] = [];
    let next = 0;
    // A file that cannot be read takes no other job's place: a service whose newest one is broken still has jobs to show.
    while (next < keys.length && jobs.length < count) {
      const some = keys.slice(next, next + Math.min(atOnce, count - jobs.length));
      next += some.length;
      jobs.push(...(await Promise.all(some.map((key) => this.read(address, key)))).flatMap((job) => job ?? []));
    }
    return { jobs, more: next < keys.length };
  }

  problems(): readonly UnreadableFile[] {
    return [...this.kept.values()].flatMap(({ problem }) => problem ?? []);
  }

  /** True when something changed in what was shown, or a file that could not be read can be now, or is gone. */
  async look(): Promise<boolean> {
    let changed = false;
    for (const [address, before] of this.shown) {
      const stamp = await this.stamp(address);
      if (stamp === before) continue;
      this.shown.set(address, stamp);
      changed = true;
    }
    // A file that somebody mends in its place changes nothing in its folder.
    for (const { address, key, problem } of [...this.kept.values()].filter(isBad)) {
      await this.read(address, key);
      if (this.kept.get(nameOf(address, key))?.problem?.reason !== problem?.reason) changed = true;
    }
    return changed;
  }

  /** Forgets those of a service that are not there any more. */
  private forgetOthers(address: string, keys: readonly string[]): void {
    const there = new Set(keys);
    for (const [name, kept] of this.kept) if (kept.address === address && !there.has(kept.key)) this.kept.delete(name);
  }

  private stamp(address: string): Promise<string | undefined> {
    return this.journal.pastStamp(address).catch(() => undefined);
  }

  private async read(address: string, key: string): Promise<Job | undefined> {
    const name = nameOf(address, key);
    // What cannot be looked at, such as a link that leads nowhere, is read to learn why.
    const stamp = await this.journal.pastJobStamp(address, key).catch(() => undefined);
    const before = this.kept.get(name);
    this.kept.delete(name);
    const kept = before?.stamp !== undefined && before.stamp === stamp ? before : await this.readAnew(address, key, stamp);
    if (!kept) return undefined;
    this.kept.set(name, kept);
    for (const [oldest, entry] of this.kept) {
      if (this.kept.size <= mostKept) break;
      // What is told of stays until it is mended, wherever it is looked for.
      if (!isBad(entry)) this.kept.delete(oldest);
    }
    return kept.job;
  }

  /** Undefined: it is gone. */
  private async readAnew(address: string, key: string, stamp: string | undefined): Promise<Kept | undefined> {
    const entry = await this.journal.readPast(address, key);
    switch (entry.kind) {
      case 'job':
        return { address, key, stamp, job: entry.job, problem: undefined };
      case 'unreadable':
        return {
          address, key, stamp: entry.passing ? undefined : stamp, job: undefined,
          problem: { name: entry.name, reason: entry.reason, advice: entry.advice },
        };
      case 'gone':
        return undefined;
      default:
        return entry satisfies never;
    }
  }
}

function isBad({ problem }: Kept): boolean {
  return problem !== undefined;
}

function nameOf(address: string, key: string): string {
  return `${address} ${key}`;
}
