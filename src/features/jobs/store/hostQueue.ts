// The calls to one host: which job is next, and when the next call may be made.

import type { ErrorParts } from '../../../model/errors';
import { directPace, gatewayPace, type Following, type Pace, type PollPause } from './follow';

/** A job whose status is asked for. */
export interface Followed {
  readonly key: string;
  readonly address: string;
  readonly host: string;
  readonly queue: HostQueue;
  /** When it is to be asked for, in the tracker's own time; undefined while it is not in its queue. */
  due: number | undefined;
  /** Step and its time: with another one, waits begin anew. */
  stage: string;
  /** The tracker's time at which the present step began; before its beginning, for steps that are older. */
  began: number;
  following: Following;
  asking: AbortController | undefined;
  nextAt: number | undefined;
  lastAt: number | undefined;
  unsaved: ErrorParts | undefined;
}

const minuteMs = 60_000;

/** One host's calls. All times are the tracker's own. */
export class HostQueue {
  readonly pace: Pace;
  /** Sorted by `due`. */
  private readonly jobs: Followed[] = [];
  private underWay = 0;
  /** Calls keep this distance: that spreads them evenly and keeps to the rate. */
  private nextStart = 0;
  private waitEnd = 0;
  private wait: PollPause | undefined;
  private failed = 0;

  constructor(readonly gateway: boolean) {
    this.pace = gateway ? gatewayPace : directPace;
  }

  /** Answers in a row that made the whole host wait. */
  get failures(): number {
    return this.failed;
  }

  /** True while calls wait for an answer. */
  get isBusy(): boolean {
    return this.underWay > 0;
  }

  /** The wait that holds for all jobs of this host at `time`. */
  waitAt(time: number): PollPause | undefined {
    return time < this.waitEnd ? this.wait : undefined;
  }

  /** Puts a job in its place; one that is in the queue already moves. */
  put(item: Followed, due: number): void {
    this.take(item);
    item.due = due;
    this.jobs.splice(this.placeOf(due), 0, item);
  }

  /** Takes a job out, if it is in the queue. */
  take(item: Followed): void {
    if (item.due === undefined) return;
    // Several can be due at the same time.
    for (let index = this.placeOf(item.due) - 1; index >= 0; index -= 1) {
      if (this.jobs[index] !== item) continue;
      this.jobs.splice(index, 1);
      break;
    }
    item.due = undefined;
  }

  /** When the next call may be made; undefined when there is none to make before an answer comes. */
  nextTime(): number | undefined {
    const due = this.jobs[0]?.due;
    // After a failure one call tries whether it is over.
    if (due === undefined || this.underWay >= (this.failed > 0 ? 1 : this.pace.atOnce)) return undefined;
    return Math.max(due, this.nextStart, this.waitEnd);
  }

  /**
   * The job to call for at `time`, which then counts as called; undefined when there is none yet. Distance is kept from `latest`, which
   * `time` may be by now.
   */
  start(time: number, latest: number): Followed | undefined {
    const next = this.nextTime();
    const [item] = this.jobs;
    if (next === undefined || next > time || !item) return undefined;
    this.take(item);
    this.underWay += 1;
    this.nextStart = latest + minuteMs / this.pace.perMinute;
    return item;
  }

  /** A call has ended, with whatever. */
  end(): void {
    this.underWay -= 1;
  }

  /** The host answered as it should. True when that ends a row of failures. */
  succeed(time: number): boolean {
    // An answer to a call that was under way before does not take back what the host said meanwhile.
    if (this.waitAt(time) && this.wait?.kind !== 'offline') return false;
    const changed = this.failed > 0;
    this.failed = 0;
    this.endWait();
    return changed;
  }

  /** The whole host is to wait until `end`. */
  hold(pause: PollPause, end: number): void {
    this.failed += 1;
    // Of several answers to calls that were under way together, the longest wait holds.
    if (end <= this.waitEnd) return;
    this.wait = pause;
    this.waitEnd = end;
  }

  /** Ends the wait, so that the next call tries. */
  endWait(): void {
    this.wait = undefined;
    this.waitEnd = 0;
  }

  /** The first place behind all that are due at `due` or before. */
  private placeOf(due: number): number {
    let low = 0;
    let high = this.jobs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.jobs[middle]?.due ?? Infinity) <= due) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
