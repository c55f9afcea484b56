// Slices of work that are short enough to be unnoticed by whoever waits for the thread.

import { setImmediate } from 'node:timers/promises';
import { Cancelled } from '../model/errors';
import type { Slices } from './slices';

/** So long is a slice, in milliseconds. */
const sliceMs = 8;

/** Progress is told at most this often, in milliseconds. */
const progressMs = 50;

/** Slices of a few milliseconds; `pass` throws Cancelled once `signal` is raised. */
export class TimeSlices implements Slices {
  private until = performance.now() + sliceMs;

  constructor(private readonly signal: AbortSignal) {}

  due(): boolean {
    return performance.now() >= this.until;
  }

  async pass(): Promise<void> {
    if (this.signal.aborted) throw new Cancelled();
    await setImmediate();
    if (this.signal.aborted) throw new Cancelled();
    this.until = performance.now() + sliceMs;
  }
}

/** Tells progress on, from 0 to 1, at most 20 times a second. */
export function paced(tell: (done: number) => void): (done: number) => void {
  let next = 0;
  return (done) => {
    const now = performance.now();
    if (now < next) return;
    next = now + progressMs;
    tell(done);
  };
}
