// Which service a file was last sent to, for this folder.

import { isObject } from '../../base/shape';
import type { Memory } from '../../base/ports';

/** Where it is remembered, for each folder: an object with a choice for each URI. */
export const serviceOfFileKey = 'serviceOfFile';

/** So many files are remembered; the ones that were used longest ago go first. */
const mostFiles = 500;

/** What stands for the sample service, whose address changes with each start. */
export const sampleChoice = 'sample';

/** Remembers for each file the address of its service, or `sampleChoice`. */
export class ServiceOfFile {
  /** Choices that held for one time, by file and address. They end with the window. */
  private readonly once = new Map<string, Map<string, string>>();

  constructor(private readonly memory: Memory) {}

  /** The address that was chosen for this file (a URI), or undefined. */
  get(file: string): string | undefined {
    const found = this.all().find(([name]) => name === file);
    return found?.[1];
  }

  /** Notes that a file went to a service at this address just once, in spite of what is remembered for it. */
  setOnce(file: string, address: string, choice: string): void {
    this.once.set(file, new Map(this.once.get(file)).set(address, choice));
  }

  /** The choice for which a file went to this address just once; undefined when it did not, or when a service was chosen for it since. */
  getOnce(file: string, address: string): string | undefined {
    return this.once.get(file)?.get(address);
  }

  /** The files (URIs) that this choice is remembered for. */
  filesOf(choice: string): readonly string[] {
    return this.all().flatMap(([file, each]) => (each === choice ? [file] : []));
  }

  /** The files (URIs) that a choice is remembered for. */
  files(): readonly string[] {
    return this.all().map(([file]) => file);
  }

  /** Forgets what was chosen for these files (URIs). */
  async forget(files: readonly string[]): Promise<void> {
    for (const file of files) this.once.delete(file);
    const rest = this.all().filter(([file]) => !files.includes(file));
    if (rest.length < this.all().length) await this.memory.update(serviceOfFileKey, Object.fromEntries(rest));
  }

  /** Gives the files of one choice another one. Which of them were used longest ago stays as it is. */
  async move(from: string, to: string): Promise<void> {
    if (this.filesOf(from).length === 0) return;
    await this.memory.update(serviceOfFileKey, Object.fromEntries(this.all().map(([file, each]) => [file, each === from ? to : each])));
  }

  /** Remembers the choice for these files. */
  async set(files: readonly string[], choice: string): Promise<void> {
    for (const file of files) this.once.delete(file);
    const rest = this.all().filter(([name]) => !files.includes(name));
    const all = [...rest, ...files.map((file): readonly [string, string] => [file, choice])];
    await this.memory.update(serviceOfFileKey, Object.fromEntries(all.slice(-mostFiles)));
  }

  /**
   * Remembers the choice for those of these files that have none yet, or one of a service that is gone; `exists` tells which addresses are
   * there.
   */
  async setFirst(files: readonly string[], choice: string, exists: (address: string) => boolean): Promise<void> {
    const free = files.filter((file) => {
      const now = this.get(file);
      return now === undefined || (now !== sampleChoice && !exists(now));
    });
    if (free.length > 0) await this.set(free, choice);
  }

  private all(): (readonly [string, string])[] {
    const value = this.memory.get(serviceOfFileKey);
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([file, address]) => (typeof address === 'string' ? [[file, address] as const] : []));
  }
}
