// The pages of a browser that tests are given one after the other: to make one costs more than what most tests do with it.

import type { Browser, Page } from 'playwright-core';

/** What a test needs of a page. */
export interface PageNeeds {
  readonly width: number;
  readonly height: number;
  readonly reducedMotion?: boolean | undefined;
  /** Pixels of the screen to one of the page. A page of another scale than 1 is made anew. */
  readonly scale?: number | undefined;
  /** For a test that changes what stays with the page: its clock, or functions that it calls. */
  readonly own?: boolean | undefined;
}

/** What is listened to on a page, and ends with the test. */
const events = ['request', 'pageerror', 'dialog'] as const;

/** The pages of one browser. */
export class BrowserPages {
  private readonly idle: Page[] = [];
  /** Those that were taken, with whether they may be given to another test. */
  private readonly taken = new Map<Page, boolean>();

  constructor(private readonly browser: Browser) {}

  /** A page on which nothing of an earlier test is left once something was loaded in it. */
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
    for (const event of events) page.removeAllListeners(event);
    if (!isForAll) return page.context().close();
    // Over nothing of what is loaded next.
    await page.mouse.move(-1, -1);
    this.idle.push(page);
  }

  /** Takes back all that were taken. */
  async giveBackAll(): Promise<void> {
    for (const page of [...this.taken.keys()]) await this.giveBack(page);
  }
}
