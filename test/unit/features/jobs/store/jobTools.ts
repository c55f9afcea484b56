// What tests of the journal share: files in memory, a clock that is moved by hand, jobs.

import type { Clock } from '../../../../../src/model/clock';
import { Cancelled } from '../../../../../src/model/errors';
import type { Job, JobStatus, StatusReading } from '../../../../../src/model/job';
import { Emitter } from '../../../../../src/model/lifetime';
import { Jobs } from '../../../../../src/features/jobs/store/jobs';
import type { JobFiles } from '../../../../../src/base/ports';
import { Windows } from '../../../../../src/features/jobs/store/windows';

/** Lets everything run that waits for nothing but its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Time that passes when it is told to. */
export class HandClock implements Clock {
  private slept = 0;
  private sleepers: { readonly end: number; readonly wake: () => void }[] = [];
  /** Added to the time of day: a clock that somebody sets. */
  jump = 0;

  now(): number {
    return 1_700_000_000_000 + this.slept + this.jump;
  }

  get asleep(): number {
    return this.sleepers.length;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new Cancelled());
      const stop = (): void => {
        this.sleepers = this.sleepers.filter((each) => each !== sleeper);
        reject(new Cancelled());
      };
      const wake = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const sleeper = { end: this.slept + ms, wake };
      this.sleepers.push(sleeper);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  /** Lets so much time pass, each sleeper woken at its own time. */
  async pass(ms: number): Promise<void> {
    const end = this.slept + ms;
    await settle();
    for (;;) {
      const next = Math.min(...this.sleepers.map((each) => each.end));
      if (next > end) break;
      this.slept = Math.max(this.slept, next);
      const due = this.sleepers.filter((each) => each.end <= next);
      this.sleepers = this.sleepers.filter((each) => each.end > next);
      for (const each of due) each.wake();
      await settle();
    }
    this.slept = end;
  }
}

/** Files in memory. `onWrite` runs before each change and may throw, as a disk does. */
export class MemoryFiles implements JobFiles {
  readonly texts = new Map<string, string>();
  private readonly stamps = new Map<string, number>();
  private readonly changed = new Emitter<void>();
  private counter = 0;
  reads: string[] = [];
  /**
   * Files and folders that are broken, with the code of the error that the disk gives: a folder in a file's place is EISDIR, one without
   * permission EACCES.
   */
  readonly broken = new Map<string, string>();
  onWrite: (path: string) => void = () => undefined;

  async list(folder: string): Promise<readonly string[]> {
    await this.touchDisk(folder);
    return [...new Set(
      [...this.texts.keys(), ...this.broken.keys()].filter((path) => path.startsWith(`${folder}/`)).map(
        (path) => path.slice(folder.length + 1).split('/')[0] ?? '',
      ),
    )];
  }

  async stamp(path: string): Promise<string | undefined> {
    await Promise.resolve();
    return this.stamps.get(path)?.toString();
  }

  async read(path: string): Promise<string | undefined> {
    await this.touchDisk(path);
    this.reads.push(path);
    return this.texts.get(path);
  }

  async write(path: string, text: string): Promise<void> {
    await this.touchDisk(path);
    this.onWrite(path);
    this.texts.set(path, text);
    this.touch(path);
  }

  async create(path: string, text: string): Promise<boolean> {
    await Promise.resolve();
    this.onWrite(path);
    if (this.texts.has(path) || this.broken.has(path)) return false;
    this.texts.set(path, text);
    this.touch(path);
    return true;
  }

  async remove(path: string): Promise<void> {
    await this.touchDisk(path);
    this.onWrite(path);
    if (!this.texts.delete(path)) return;
    this.touch(path);
    this.stamps.delete(path);
  }

  watch(listener: () => void): { dispose(): void } {
    return this.changed.event(listener);
  }

  /** Somebody edits a file as it is: the file's stamp changes, the folder's does not, and nobody is told. */
  mendInPlace(path: string, text: string): void {
    this.counter += 1;
    this.texts.set(path, text);
    this.stamps.set(path, this.counter);
  }

  /** Names below a folder. */
  names(folder: string): string[] {
    return [...this.texts.keys()].filter((path) => path.startsWith(`${folder}/`)).sort();
  }

  private async touchDisk(path: string): Promise<void> {
    await Promise.resolve();
    const code = this.broken.get(path);
    if (code !== undefined) throw Object.assign(new Error(`${code}: ${path}`), { code });
  }

  private touch(path: string): void {
    this.counter += 1;
    this.stamps.set(path, this.counter);
    this.stamps.set(path.slice(0, path.lastIndexOf('/')), this.counter);
    this.changed.fire();
  }
}

/** Numbers between 0 and 1 that are the same in each run. */
export function chance(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

export const address = 'https://region.example/workspaces/w/services/s';

/** A job that was started just now. */
export function someJob(key: string, more: Partial<Job> = {}): Job {
  return {
    key, service: { name: 'Weather', address }, title: 'days.csv', createdAt: 1_700_000_000_000,
    inputs: [], outputs: [], parameters: [], startsItself: true, connectionStrings: false,
    step: 'started', stepAt: 1_700_000_000_000, id: `id-${key}`, startedAt: 1_700_000_000_000, history: [], ...more,
  };
}

/** A key for a test's n-th job. */
export function key(n: number): string {
  return `${String(n).padStart(9, '0')}-a`;
}

export function reading(status: JobStatus | undefined, text = String(status), more: Partial<StatusReading> = {}): StatusReading {
  return { status, text, results: [], ...more };
}

/** A computer with a folder that its windows share. */
export class Computer {
  readonly files = new MemoryFiles();
  readonly clock = new HandClock();
  readonly log: string[] = [];
  private readonly processes = new Set<number>();
  private pids = 100;

  /** Opens a window. It is named so that windows sort by their opening. */
  async open(host = 'here', workspace?: string): Promise<Window> {
    this.pids += 1;
    const pid = this.pids;
    this.processes.add(pid);
    const parts = { ...(workspace === undefined ? {} : { workspace }), files: this.files, clock: this.clock, log: (line: string) => void this.log.push(line) };
    const mine = { frozen: false, seen: true };
    // What belongs to a window stops with it: its sleeps never end.
    const clock: Clock = { now: () => this.clock.now(), sleep: (ms, signal) => this.clock.sleep(ms, signal).then(() => (mine.frozen ? new Promise(() => undefined) : undefined)) };
    let answerNow: () => void = () => undefined;
    const answer = (): Promise<void> => (mine.seen ? Promise.resolve() : new Promise((resolve) => (answerNow = resolve)));
    const windows = new Windows({
      ...parts, clock, host, pid, answer, isAlive: (other) => this.processes.has(other), random: chance(pid),
    });
    await windows.start();
    this.clock.jump += 1;
    const jobs = new Jobs({ ...parts, clock, windows });
    const lose = (): void => void (mine.seen = false);
    const find = (): void => {
      mine.seen = true;
      answerNow();
    };
    return { windows, jobs, clock, lose, find, freeze: () => void (mine.frozen = true), kill: () => {
      mine.frozen = true;
      this.processes.delete(pid);
    } };
  }
}

/** A window of a computer. */
export interface Window {
  readonly windows: Windows;
  readonly jobs: Jobs;
  readonly clock: Clock;
  /** Its page goes: it runs on, and nobody answers it. */
  readonly lose: () => void;
  /** Its page is back, and gives the answers that it owes. */
  readonly find: () => void;
  /** It does nothing any more, but its process is there. */
  readonly freeze: () => void;
  /** Its process ends without a word. */
  readonly kill: () => void;
}
