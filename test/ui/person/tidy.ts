// What every file of tests in a window does when a test fails, and when all are over.

import { afterAll, afterEach, beforeEach } from 'vitest';
import type { App } from './app';
import { seen } from './seen';

/**
 * Takes a picture of the window when a test or the start fails and tells what it shows, and closes it after the last one; what the file
 * has started beside it is stopped then, one after the other. Call it once, outside of tests: each function gives what there is by then,
 * which is nothing when the start failed.
 */
export function tidyUp(app: () => App | undefined, ...stops: readonly (() => unknown)[]): void {
  const tell = async (what: string): Promise<void> => {
    const shown = app();
    if (shown === undefined) return;
    await shown.shot(`failed ${what}`);
    // An error beside the first one stands in the summary, where what was printed meanwhile may be far above or cut off.
    throw new Error(`What the window shows after "${what}":\n${await seen(shown.page, shown.dataDir)}`);
  };
  let started = false;
  beforeEach(() => {
    started = true;
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await tell(task.name);
  });
  afterAll(async () => {
    try {
      if (!started) await tell('start');
    } finally {
      await app()?.close();
      for (const stop of stops) await stop();
    }
  });
}
