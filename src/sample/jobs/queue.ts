// Lets few jobs run at once, first come first served; a job may be told to wait before it takes its turn.

/** How many jobs run at once. */
export const jobsAtOnce = 2;

interface Entry {
  readonly id: string;
  readonly work: () => Promise<void>;
  /** Milliseconds of a clock that only goes on. */
  readonly notBefore: number;
}

/** Jobs that wait for their turn. */
export class JobQueue {
  private waiting: Entry[] = [];
  private running = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Adds behind what waits already. `work` begins after `waitMs` at the earliest and must not reject. */
  add(id: string, waitMs: number, work: () => Promise<void>): void {
    this.waiting.push({ id, work, notBefore: performance.now() + waitMs });
    this.advance();
  }

  /** Takes out what waits; what runs already runs on. */
  remove(id: string): void {
    this.waiting = this.waiting.filter((entry) => entry.id !== id);
    this.advance();
  }

  private advance(): void {
    clearTimeout(this.timer);
    const now = performance.now();
    // Who was told to wait lets others pass.
    for (const entry of this.waiting.filter(({ notBefore }) => notBefore <= now).slice(0, jobsAtOnce - this.running)) {
      this.waiting.splice(this.waiting.indexOf(entry), 1);
      this.running++;
      void entry.work().finally(() => {
        this.running--;
        this.advance();
      });
    }
    const next = Math.min(...this.waiting.map(({ notBefore }) => notBefore).filter((at) => at > now));
    if (next < Infinity) this.timer = setTimeout(() => this.advance(), next - now);
  }
}
