// Jobs that wait for a busy service, which is tried again by itself: until when, and the way to stop waiting.

import type { Clock } from '../../model/clock';
import { Emitter, type Disposable } from '../../model/lifetime';

/** The waits of this window. */
export class JobWaits implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly waits = new Map<string, { readonly end: number; readonly stopping: AbortController }>();

  /** Raised when a wait begins or is over. */
  readonly onDidChange = this.changed.event;

  /** @param ticks Milliseconds of a clock that nobody sets. */
  constructor(private readonly clock: Clock, private readonly ticks: () => number = () => performance.now()) {}

  /** When the service is tried again for a job, in milliseconds since 1970; undefined when the job waits for nothing. */
  until(key: string): number | undefined {
    return this.waits.has(key) ? this.clock.now() + this.leftMs(key) : undefined;
  }

  /** How much of a job's wait is left, in milliseconds; 0 when it waits for nothing. */
  leftMs(key: string): number {
    return Math.max(0, (this.waits.get(key)?.end ?? 0) - this.ticks());
  }

  /** Waits with a job. Throws Cancelled when the wait is stopped; the job can be carried on then. */
  async wait(key: string, ms: number): Promise<void> {
    const wait = { end: this.ticks() + ms, stopping: new AbortController() };
    this.waits.set(key, wait);
    this.changed.fire();
    try {
      await this.clock.sleep(ms, wait.stopping.signal);
    } finally {
      this.waits.delete(key);
      this.changed.fire();
    }
  }

  /** Stops waiting with a job. */
  stop(key: string): void {
    this.waits.get(key)?.stopping.abort();
  }

  dispose(): void {
    for (const { stopping } of this.waits.values()) stopping.abort();
    this.changed.dispose();
  }
}
