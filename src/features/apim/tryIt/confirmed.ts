// Calls that may change something at an API that is not ours are asked about once: for which APIs that was done is remembered.

import type { Memory } from '../../../base/ports';
import { filledText, isArray } from '../../../base/shape';

/** Name in the memory of a workspace. */
export const confirmedName = 'confirmedApis';

/** So many are remembered, the last ones. */
const most = 200;

/** The APIs that a person has agreed to call, by what `apiKey` gives. */
export class ConfirmedApis {
  /** Also where the memory keeps nothing. */
  private readonly here = new Set<string>();

  constructor(private readonly memory: Memory) {}

  has(key: string): boolean {
    return this.here.has(key) || this.kept().includes(key);
  }

  async add(key: string): Promise<void> {
    this.here.add(key);
    await this.memory.update(confirmedName, [...this.kept().filter((each) => each !== key), key].slice(-most));
  }

  private kept(): readonly string[] {
    const kept = this.memory.get(confirmedName);
    return isArray(kept) ? kept.flatMap((each) => filledText(each) ?? []) : [];
  }
}
