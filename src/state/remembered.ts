// Which service a file was last sent to, for this folder.

import { isObject } from '../protocol/shape';
import type { Memory } from './ports';

const memoryKey = 'serviceOfFile';

/** So many files are remembered; the ones that were used longest ago go first. */
const mostFiles = 500;

/** What stands for the sample service, whose address changes with each start. */
export const sampleChoice = 'sample';

/** Remembers for each file the address of its service, or `sampleChoice`. */
export class ServiceOfFile {
  constructor(private readonly memory: Memory) {}

  /** The address that was chosen for this file (a URI), or undefined. */
  get(file: string): string | undefined {
    const found = this.all().find(([name]) => name === file);
    return found?.[1];
  }

  /** Remembers the choice for these files. */
  async set(files: readonly string[], choice: string): Promise<void> {
    const rest = this.all().filter(([name]) => !files.includes(name));
    const all = [...rest, ...files.map((file): readonly [string, string] => [file, choice])];
    await this.memory.update(memoryKey, Object.fromEntries(all.slice(-mostFiles)));
  }

  private all(): (readonly [string, string])[] {
    const value = this.memory.get(memoryKey);
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([file, address]) => (typeof address === 'string' ? [[file, address] as const] : []));
  }
}
