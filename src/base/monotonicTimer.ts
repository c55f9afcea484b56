// A time of our own that only grows while we wait: clocks that jump and computers that sleep do not touch it.

import type { Clock } from '../model/clock';
import { Cancelled } from '../model/errors';
import type { Disposable } from '../model/lifetime';

/** How finely time is counted while something may happen at any moment, in milliseconds. */
const fineMs = 250;
/** The same while nothing is to happen soon. */
const coarseMs = 1000;

/**
 * Counts the time that was slept, in one sleep after another, and calls back after each; sleeps not at all while there is nothing to wait
 * for.
 */
export class MonotonicTimer implements Disposable {
  private counted = 0;
  private sleeping = 0;
  private running = false;
  private readonly stopped = new AbortController();

  /**
   * @param next when something is to happen next, in the time that is counted here; `soon` when that depends on an answer, undefined when
   * nothing is awaited.
   * @param beat called after each sleep.
   */
  constructor(private readonly clock: Clock, private readonly next: () => number | 'soon' | undefined, private readonly beat: () => void) {}

  /** So much time has passed at least: to tell whether a wait is over. */
  passed(): number {
    return this.counted;
  }

  /** So much time has passed at most, the sleep that is under way included: waits that are counted from it are never too short. */
  latest(): number {
    return this.counted + this.sleeping;
  }

  /** Goes on when there is something to wait for. Call it whenever `next` may give something else. */
  kick(): void {
    if (!this.running && !this.stopped.signal.aborted && this.next() !== undefined) void this.run();
  }

  dispose(): void {
    this.stopped.abort();
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      for (let next = this.next(); next !== undefined; next = this.next()) {
        const left = next === 'soon' ? fineMs : Math.max(1, next - this.counted);
        this.sleeping = Math.min(left, left > 2 * coarseMs ? coarseMs : fineMs);
        await this.clock.sleep(this.sleeping, this.stopped.signal);
        this.counted += this.sleeping;
        this.sleeping = 0;
        this.beat();
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    } finally {
      this.running = false;
      this.sleeping = 0;
    }
  }
}
