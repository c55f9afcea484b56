// Long work in one thread lets others run in between.

import { Cancelled } from '../model/errors';

/** Resolves when others have had their turn; rejects with Cancelled when `signal` was raised by then. */
export function yieldToOthers(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => setImmediate(() => (signal?.aborted ? reject(new Cancelled()) : resolve())));
}
