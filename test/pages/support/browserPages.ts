// The pages of a browser that tests are given one after the other: to make one costs more than what most tests do with it.

import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../host/browser.mjs';

/** What a test needs of a page. */
interface PageNeeds {
  readonly width: number;
  readonly height: number;
  readonly reducedMotion?: boolean | undefined;
  /** Pixels of the screen to one of the page. A page of another scale than 1 is made anew. */
  readonly scale?: number | undefined;
  /** For a test that changes what stays with a page when another one is loaded: its clock, or functions that it calls. */
  readonly own?: boolean | undefined;
}

/** What is listened to on a page, and ends with the test. */
const events = ['request', 'pageerror', 'dialog'] as const;

/** A browser and the pages of it that nobody uses just now. */
interface Shared {
  readonly browser: Browser;
  readonly idle: Page[];
}

/** One for all files of tests that run in this process one after the other. It ends with the process. */
let shared: Promise<Shared> | undefined;

/** Pages of the browser that there is; of a new one where it has ended, which a test may have brought about. */
export async function sharedPages(): Promise<BrowserPages> {
  const now = (shared ??= launchBrowser().then((browser) => ({ browser, idle: [] })));
  const started = await now.catch((error: unknown) => {
    // The next file tries anew.
    if (shared === now) shared = undefined;
    throw error;
  });
  if (started.browser.isConnected()) return new BrowserPages(started.browser, started.idle);
  if (shared === now) shared = undefined;
  return sharedPages();
}

/** The pages that a file of tests has of a browser. */
export class BrowserPages {
  /** Those that were taken, with whether they may be given to another test. */
  private readonly taken = new Map<Page, boolean>();

  constructor(private readonly browser: Browser, private readonly idle: Page[]) {}

  /** An empty page, on which nothing of an earlier test is left. */
  async take({ width, height, reducedMotion = false, scale = 1, own = false }: PageNeeds): Promise<Page> {
    const motion = reducedMotion ? 'reduce' : 'no-preference';
    const isForAll = scale === 1 && !own;
    const used = isForAll ? this.idle.pop() : undefined;
    const context = { viewport: { width, height }, deviceScaleFactor: scale, reducedMotion: motion } as const;
    const page = used ?? (await (await this.browser.newContext(context)).newPage());
    this.taken.set(page, isForAll);
    if (used) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ reducedMotion: motion });
    }
    return page;
  }

  /** Takes it back. */
  async giveBack(page: Page): Promise<void> {
    const isForAll = this.taken.get(page);
    if (!this.taken.delete(page) || page.isClosed()) return;
    if (!isForAll) return page.context().close();
    for (const event of events) page.removeAllListeners(event);
    // What the test has left does nothing more, and the mouse is over nothing of what comes next.
    await page.goto('about:blank');
    await page.mouse.move(-1, -1);
    await page.context().clearPermissions();
    this.idle.push(page);
  }

  /** Takes back all that were taken. */
  async giveBackAll(): Promise<void> {
    for (const page of [...this.taken.keys()]) await this.giveBack(page);
  }
}
