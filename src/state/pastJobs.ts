// The jobs that are over: a page at a time, read when it is shown, so that thousands of them cost little.

import type { Job } from '../model/job';
import type { Journal, UnreadableFile } from './journal';

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
  readonly stamp: string;
  readonly job: Job | undefined;
  readonly problem: UnreadableFile | undefined;
}

/** Ended jobs, by service. */
export class PastJobs {
  /** By address and key; the one that was used longest ago comes first. */
  private readonly kept = new Map<string, Kept>();
  /** Folders that were shown, by address, as they were at the last look. */
  private readonly shown = new Map<string, string | undefined>();

  constructor(private readonly journal: Journal) {}

  /** The newest `count` of a service. Files that cannot be read are left out and told by `problems`. */
  async page(address: string, count: number): Promise<PastPage> {
    this.shown.set(address, await this.journal.pastStamp(address));
    const keys = await this.journal.pastKeys(address);
    const jobs: Job[] = [];
    const wanted = keys.slice(0, count);
    for (let start = 0; start < wanted.length; start += atOnce) {
      const some = await Promise.all(wanted.slice(start, start + atOnce).map((key) => this.read(address, key)));
      jobs.push(...some.flatMap((job) => job ?? []));
    }
    return { jobs, more: keys.length > wanted.length };
  }

  problems(): readonly UnreadableFile[] {
    return [...this.kept.values()].flatMap(({ problem }) => problem ?? []);
  }

  /** True when something changed in what was shown. */
  async look(): Promise<boolean> {
    let changed = false;
    for (const [address, before] of this.shown) {
      const stamp = await this.journal.pastStamp(address);
      if (stamp === before) continue;
      this.shown.set(address, stamp);
      changed = true;
    }
    return changed;
  }

  private async read(address: string, key: string): Promise<Job | undefined> {
    const name = `${address} ${key}`;
    const stamp = await this.journal.pastJobStamp(address, key);
    const before = this.kept.get(name);
    this.kept.delete(name);
    if (stamp === undefined) return undefined;
    const kept = before?.stamp === stamp ? before : await this.readAnew(address, key, stamp);
    this.kept.set(name, kept);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostKept) break;
      this.kept.delete(oldest);
    }
    return kept.job;
  }

  private async readAnew(address: string, key: string, stamp: string): Promise<Kept> {
    const entry = await this.journal.readPast(address, key);
    switch (entry.kind) {
      case 'job':
        return { stamp, job: entry.job, problem: undefined };
      case 'unreadable':
        return { stamp, job: undefined, problem: { name: entry.name, reason: entry.reason } };
      case 'gone':
        return { stamp, job: undefined, problem: undefined };
      default:
        return entry satisfies never;
    }
  }
}
