// Looks again each minute while a page is in sight; not while a read is under way, and not after one that failed.

import type { Disposable } from '../../../model/lifetime';

/** What it needs from outside. */
export interface RefresherParts {
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly setTimer: (work: () => void, ms: number) => Disposable;
  /** True while the page can be seen and what it shows goes on. */
  readonly isWanted: () => boolean;
  readonly refresh: () => void;
}

/** So long after a read comes the next, in milliseconds. */
const pauseMs = 60_000;

/** The timer of a page. */
export class Refresher implements Disposable {
  private timer: Disposable | undefined;
  private readAt: number | undefined;

  constructor(private readonly parts: RefresherParts) {}

  /** A read has come to its end, or was stopped: the minute begins anew. */
  read(): void {
    this.readAt = this.parts.now();
    this.plan();
  }

  /** The page has come into sight or gone, or something else is shown. */
  plan(): void {
    this.timer?.dispose();
    this.timer = undefined;
    if (this.readAt === undefined || !this.parts.isWanted()) return;
    const rest = Math.max(0, this.readAt + pauseMs - this.parts.now());
    this.timer = this.parts.setTimer(() => {
      this.timer = undefined;
      // Meanwhile a read may have begun, or failed.
      if (this.parts.isWanted()) this.parts.refresh();
    }, rest);
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
  }
}
