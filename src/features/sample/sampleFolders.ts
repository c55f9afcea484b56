// The folders of samples: one for each sample that runs at a time, and which of them a workspace has had.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Memory } from '../../base/ports';

/** Where a workspace notes which folders its samples have had, as `1` or `2 3`, the first one first. */
export const sampleFolderKey = 'sampleFolder';

/** A sample has a folder to itself, so the samples of several windows have one each. Further ones keep all in memory. */
export const sampleFolderNames = ['1', '2', '3', '4'];

/** One of them. */
export interface SampleFolder {
  readonly name: string;
  /** Its path. */
  readonly path: string;
  /** True when this workspace has had it. */
  readonly own: boolean;
}

/** The folders as one workspace sees them. */
export class SampleFolders {
  /** `root` is the path that they are in, `memory` the workspace's own. */
  constructor(
    private readonly root: string,
    private readonly memory: Memory,
  ) {}

  /**
   * All, in the order to be tried: this workspace's, those that are nobody's yet, those of other workspaces. A fifth workspace shares one
   * with another, jobs and all.
   */
  ranked(): readonly SampleFolder[] {
    const noted = this.noted();
    const others = sampleFolderNames.filter((name) => !noted.includes(name));
    const taken = (name: string): number => Number(existsSync(join(this.root, name)));
    others.sort((one, other) => taken(one) - taken(other));
    return [...noted, ...others].map((name) => ({ name, path: join(this.root, name), own: noted.includes(name) }));
  }

  /** Notes that this workspace has had one. Throws what the memory throws. */
  async note({ name, own }: SampleFolder): Promise<void> {
    if (!own) await this.memory.update(sampleFolderKey, [...this.noted(), name].join(' '));
  }

  private noted(): readonly string[] {
    const noted = this.memory.get(sampleFolderKey);
    return typeof noted === 'string' ? noted.split(' ').filter((name) => sampleFolderNames.includes(name)) : [];
  }
}
