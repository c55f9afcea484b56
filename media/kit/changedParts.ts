// Parts of a page that are drawn anew only where they would show something else.

import type { PageOf } from './context';
import type { Frame } from './frame';
import { redraw } from './redraw';

/** What draws the parts of a page. */
export interface ChangedParts<Message> {
  /**
   * Draws what `make` gives into the part, unless it was drawn of the same before, as JSON; true where it was drawn. The signal of what
   * stood there is raised.
   */
  draw(part: HTMLElement, of: unknown, make: (page: PageOf<Message>) => readonly (HTMLElement | undefined)[]): boolean;
  /** Forgets what was drawn: all is drawn anew the next time. */
  clear(): void;
}

/** The parts of the page with this frame. */
export function changedParts<Message>(
  { stage, send, announce }: Pick<Frame<Message, never>, 'stage' | 'send' | 'announce'>,
): ChangedParts<Message> {
  const drawn = new Map<HTMLElement, string>();
  const controllers = new Map<HTMLElement, AbortController>();
  return {
    draw: (part, of, make) => {
      const key = JSON.stringify(of);
      if (drawn.get(part) === key) return false;
      drawn.set(part, key);
      controllers.get(part)?.abort();
      const controller = new AbortController();
      controllers.set(part, controller);
      const page = { send, announce, signal: controller.signal };
      redraw(part, stage, () => part.replaceChildren(...make(page).filter((each) => each !== undefined)));
      return true;
    },
    clear: () => drawn.clear(),
  };
}
