// What every file of tests in a window does when a test fails, and when all are over.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach } from 'vitest';
import type { App } from './app';
import { seen } from './seen';

/** So long a window may take to tell what it shows, in milliseconds. */
const limitMs = 20_000;

/** More than this is not open over one another: a message, a menu, a box. */
const mostOpen = 3;

const pause = async (ms: number): Promise<string> => {
  await sleep(ms, undefined, { ref: false });
  return `nothing within ${ms} ms`;
};

/**
 * Takes a picture of the window when a test or the start fails and tells what it shows, and closes it after the last one; what the file
 * has started beside it is stopped then, one after the other. Call it once, outside of tests: each function gives what there is by then,
 * which is nothing when the start failed.
 */
export function tidyUp(app: () => App | undefined, ...stops: readonly (() => unknown)[]): void {
  const tell = async (what: string): Promise<void> => {
    const shown = app();
    if (shown === undefined) return;
    // A page that has crashed or hangs tells nothing, and the others are to be heard.
    const shot = await Promise.race([shown.shot(`failed ${what}`).then(() => '', String), pause(limitMs)]);
    const told = await Promise.all(shown.context.pages().map((page) => Promise.race([seen(page, shown.dataDir).catch(String), pause(limitMs)])));
    // What is open would stand in the way of the tests that follow.
    for (let presses = 0; presses < mostOpen; presses++) await Promise.race([shown.page.keyboard.press('Escape'), pause(limitMs)]);
    // An error beside the first one stands in the summary, where what was printed meanwhile may be far above or cut off.
    throw new Error([`What the window shows after "${what}":`, ...told, ...(shot ? [`There is no picture: ${shot}`] : [])].join('\n'));
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
