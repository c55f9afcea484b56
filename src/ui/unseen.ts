// Shows how a job goes on only while the page that tells of it is out of sight.

import type { Event } from '../model/lifetime';
import { placeOf } from './whereTold';

/** The page of the thing that goes on. */
export interface PageInSight {
  readonly visible: () => boolean;
  /** Raised when `visible` may give something else. */
  readonly onDidChange: Event<unknown>;
}

/**
 * Waits for work, and calls `show` whenever its page is out of sight meanwhile. What is shown is to stay until the promise that it is given
 * resolves: then the page can be seen, or the work is over. Throws what the work throws.
 */
export async function whileUnseen(
  work: Promise<unknown>,
  page: PageInSight,
  show: (until: Promise<unknown>) => PromiseLike<unknown>,
): Promise<void> {
  let over = false;
  const end = (): void => {
    over = true;
  };
  const ended = work.then(end, end);
  while (!over) {
    const unseen = placeOf('jobUnderWay', page.visible()) !== 'page';
    const { turned, stop } = turning(page, unseen);
    const until = Promise.race([ended, turned]);
    try {
      if (unseen) await show(until);
      // What is shown may be taken away earlier by the person.
      await until;
    } finally {
      stop();
    }
  }
  await work;
}

/** Resolves when the page is in sight, or out of it. */
function turning({ visible, onDidChange }: PageInSight, wanted: boolean): { readonly turned: Promise<void>; readonly stop: () => void } {
  let stop = (): void => undefined;
  const turned = new Promise<void>((resolve) => {
    const listening = onDidChange(() => {
      if (visible() === wanted) resolve();
    });
    stop = () => listening.dispose();
  });
  return { turned, stop };
}
