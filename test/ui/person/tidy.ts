// What every file of tests in a window does when a test fails, and when all are over.

import { afterAll, afterEach } from 'vitest';
import type { App } from './app';

/**
 * Takes a picture of the window when a test fails, and closes it after the last one; what the file has started beside it is stopped
 * then, one after the other. Call it once, outside of tests: each function gives what there is by then, which is nothing when the start failed.
 */
export function tidyUp(app: () => App | undefined, ...stops: readonly (() => unknown)[]): void {
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await app()?.shot(`failed ${task.name}`);
  });
  afterAll(async () => {
    await app()?.close();
    for (const stop of stops) await stop();
  });
}
