// Draws at most once a frame, however often something changes: the first time at once, and the last time for certain.

import type { Disposable } from '../model/lifetime';

/** A frame, in milliseconds: what changes faster nobody sees. */
const frameMs = 50;

/** Spreads the calls of one piece of work. */
export class Frames implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private doneAt = -frameMs;

  constructor(private readonly work: () => void) {}

  /** Does the work now, or when the frame is over in which it was done last. */
  ask(): void {
    const left = this.doneAt + frameMs - performance.now();
    if (left <= 0) this.now();
    else this.timer ??= setTimeout(() => this.now(), left);
  }

  /** Does the work that was asked for and is still to come. */
  flush(): void {
    if (this.timer !== undefined) this.now();
  }

  /** Does the work at once. */
  now(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.doneAt = performance.now();
    this.work();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
