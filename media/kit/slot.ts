// A place on the page whose content is drawn anew only when what it shows has changed, so that news leave the reader where they are.

import { h, type Child } from './elements';
import { redraw } from './redraw';

/** Such a place. */
export interface Slot<T> {
  readonly element: HTMLElement;
  readonly update: (value: T) => void;
}

/** Makes one. An empty one takes no room. `stage` gets the focus when the element that had it is gone. */
export function slot<T>({ stage }: { readonly stage: HTMLElement }, className: string, draw: (value: T) => readonly Child[]): Slot<T> {
  const element = h('div', { class: className });
  let shown: string | undefined;
  return {
    element,
    update: (value) => {
      const now = JSON.stringify(value) ?? '';
      if (now === shown) return;
      shown = now;
      redraw(element, stage, () => element.replaceChildren(...draw(value).filter((child) => child !== undefined)));
      element.hidden = element.childNodes.length === 0;
    },
  };
}
