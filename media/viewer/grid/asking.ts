// Decides when blocks of rows are asked for: those that stay in sight, a few at a time, and again when nothing comes.

import type { BlockNumber } from './blocks';

/** So many questions are open at most. */
const mostOpen = 4;

/** While the table is scrolled a block has to be in sight for so long before it is asked for, in milliseconds. */
const steadyMs = 40;

/** What has not come after this time is asked for again, then after twice that time, and so on up to the longest. In milliseconds. */
const againMs = 2000;
const longestAgainMs = 16_000;

/** The questions for one order of the rows. Times are milliseconds of any clock. */
export class Asking {
  readonly #open = new Map<BlockNumber, { at: number; wait: number }>();
  #seen = new Map<BlockNumber, number>();
  readonly #ask: (block: BlockNumber) => void;

  constructor(ask: (block: BlockNumber) => void) {
    this.#ask = ask;
  }

  /**
   * Takes the blocks that are wanted and not there, the most urgent first, and asks for what it is time to ask for.
   * Answers with the time after which to come again, in milliseconds; undefined when nothing is wanted.
   */
  want(blocks: readonly BlockNumber[], now: number, scrolling: boolean): number | undefined {
    const wanted = new Set(blocks);
    for (const [block, { at, wait }] of this.#open) {
      if (!wanted.has(block) && now - at >= wait) this.#open.delete(block);
    }
    const before = this.#seen;
    this.#seen = new Map(blocks.map((block) => [block, before.get(block) ?? now]));
    let next = againMs;
    for (const block of blocks) {
      const open = this.#open.get(block);
      const age = now - (this.#seen.get(block) ?? now);
      if (open && now - open.at >= open.wait) {
        open.at = now;
        open.wait = Math.min(longestAgainMs, open.wait * 2);
        this.#ask(block);
      } else if (open) next = Math.min(next, open.wait - (now - open.at));
      else if (scrolling && age < steadyMs) next = Math.min(next, steadyMs - age);
      else if (this.#open.size < mostOpen) {
        this.#open.set(block, { at: now, wait: againMs });
        this.#ask(block);
      }
    }
    return blocks.length === 0 ? undefined : Math.max(1, next);
  }

  /** Something came for a block. */
  came(block: BlockNumber): void {
    this.#open.delete(block);
  }

  clear(): void {
    this.#open.clear();
    this.#seen.clear();
  }
}
