// Waits for what happens by itself, and notes what has to be put back after a test.

import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 20;
/** Generous: it is only ever waited for in full where a test fails. */
const longestMs = 20_000;

/** Looks again and again until there is something, and gives it. Throws an error that names `what` after 20 seconds. */
export async function until<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + longestMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await sleep(pollMs);
  }
}

const undo: (() => Promise<void> | void)[] = [];

/** Has something done when the test is over. */
export function afterwards(work: () => Promise<void> | void): void {
  undo.push(work);
}

/** Does what `afterwards` has collected, the latest first. */
export async function undoAll(): Promise<void> {
  for (let work = undo.pop(); work; work = undo.pop()) await work();
}
