// How far something is: a bar that says it in percent, or that something goes on for as long as nobody knows how far it is.

import { h } from './elements';
import { visible } from './visible';

/** A bar on the page. */
export interface Progress {
  readonly element: HTMLElement;
  /** `done` goes from 0 to 1; `words` say it with its numbers. */
  readonly update: (done: number, words: string) => void;
}

/** `line` is as thin as an edge, for a place between two parts; `inline` stands among the words of a line. */
export type ProgressLook = 'line' | 'inline';

/** Draws it, without a number until there is one. A screen reader reads it when it is asked to: it is not announced at every step. */
export function drawProgress(label: string, look?: ProgressLook): Progress {
  const bit = h('div', { class: 'progress-bit' });
  const element = h('div', { class: ['progress', look ?? ''].join(' ').trim(), role: 'progressbar', 'aria-label': label }, bit);
  return {
    element,
    update: (done, words) => {
      const percent = Math.max(0, Math.min(100, Math.floor(done * 100)));
      element.classList.add('counted');
      bit.style.width = `${percent}%`;
      element.setAttribute('aria-valuemin', '0');
      element.setAttribute('aria-valuemax', '100');
      element.setAttribute('aria-valuenow', String(percent));
      element.setAttribute('aria-valuetext', visible(words));
    },
  };
}
