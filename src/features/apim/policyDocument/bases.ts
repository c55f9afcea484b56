// Which version of a policy each document is based on, kept over a reload of the window: ETags, and nothing of the policies.

import { isArray } from '../../../base/shape';
import type { Memory } from '../../../base/ports';

/** Where they are kept in the memory of the workspace. */
export const policyBasesKey = 'apimPolicyBases';

/** So many documents are remembered, those that were read last. */
const most = 100;

/** Keeps them. */
export class PolicyBases {
  constructor(private readonly memory: Memory) {}

  /** The ETag that a document is based on: empty where there was no policy, undefined where nothing is known. */
  get(key: string): string | undefined {
    return this.all().find(([known]) => known === key)?.[1];
  }

  /** Notes it; undefined forgets it. */
  async set(key: string, etag: string | undefined): Promise<void> {
    const others = this.all().filter(([known]) => known !== key);
    await this.memory.update(policyBasesKey, [...others, ...(etag === undefined ? [] : [[key, etag]])].slice(-most));
  }

  private all(): readonly (readonly [key: string, etag: string])[] {
    const kept = this.memory.get(policyBasesKey);
    return (isArray(kept) ? kept : []).flatMap((each): (readonly [string, string])[] => {
      const [key, etag] = isArray(each) ? each : [];
      return typeof key === 'string' && typeof etag === 'string' ? [[key, etag]] : [];
    });
  }
}
