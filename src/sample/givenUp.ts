// How the start of the sample is given up, and how a part of it is started at a port.

import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../model/errorCode';

/** So often, and so far apart in milliseconds, a port of last time is asked for again: its last owner may be about to end. */
const portTries = 4;
const portWaitMs = 250;

/**
 * Stops with a sentence for the person; `exitCode` is 2 for what was asked wrongly, 3 for a folder that another sample has, 1 for what did
 * not work.
 */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';

  constructor(sentence: string, readonly exitCode: 1 | 2 | 3) {
    super(sentence);
  }
}

/** Starts at the port that was asked for; where any will do, at the one of last time, if that can be had. */
export async function atPort<T>(asked: number, last: number | undefined, begin: (port: number) => Promise<T>): Promise<T> {
  if (asked !== 0 || last === undefined) return begin(asked);
  for (let left = portTries; left > 0; left--) {
    try {
      return await begin(last);
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
      await sleep(portWaitMs);
    }
  }
  return begin(0);
}

/** The code of an error of Node, for a sentence. */
export function codeOf(error: unknown): string {
  return errorCode(error) ?? 'unknown cause';
}
