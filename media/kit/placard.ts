// What stands in the place of data: a sign, what is so in a few words, what this will show, and the button that fills it.

import { h, type Child } from './elements';
import { icon, type IconName } from './icons';

/** Draws it; `level` is that of its heading on the page. */
export function drawPlacard(
  drawing: IconName | undefined,
  title: string,
  level: 'h1' | 'h2' | 'h3',
  ...children: readonly Child[]
): HTMLElement {
  return h('div', { class: 'placard' }, drawing && icon(drawing), h(level, {}, title), ...children);
}
