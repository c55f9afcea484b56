// What time it is at storage accounts, by the dates of their answers: tokens count by that clock, and this computer's may be wrong by
// hours.

/** The computer's own time. */
export interface OwnTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds of a clock that nobody sets. */
  ticks(): number;
}

const ownTime: OwnTime = { now: () => Date.now(), ticks: () => performance.now() };

interface Seen {
  readonly theirs: number;
  readonly own: number;
  readonly ticks: number;
}

/**
 * When the two clocks of this computer have come so far apart since an answer, one was set or it slept: what was seen is no longer trusted,
 * in milliseconds.
 */
const mostDriftMs = 60_000;

/** The clocks of storage accounts, by the addresses of their blob services. */
export class StorageClocks {
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly own: OwnTime = ownTime) {}

  /** Takes note of the date of an answer; one that is none is passed over. */
  note(base: string, date: string | undefined): void {
    const theirs = Date.parse(date ?? '');
    if (!Number.isNaN(theirs)) this.seen.set(base, { theirs, own: this.own.now(), ticks: this.own.ticks() });
  }

  /** Milliseconds since 1970 by the account's clock; undefined where no answer tells it. */
  now(base: string): number | undefined {
    const seen = this.seen.get(base);
    if (!seen) return undefined;
    const passedMs = this.own.ticks() - seen.ticks;
    return Math.abs(this.own.now() - seen.own - passedMs) > mostDriftMs ? undefined : seen.theirs + passedMs;
  }

  /** By how much the account's clock is ahead of this computer's, in milliseconds; 0 where that is not known or of no account. */
  aheadMs(base: string): number {
    const theirs = this.now(base);
    const ahead = theirs === undefined ? 0 : theirs - this.own.now();
    // A date has whole seconds, and an answer takes its time.
    return Math.abs(ahead) < mostDriftMs ? 0 : ahead;
  }
}
