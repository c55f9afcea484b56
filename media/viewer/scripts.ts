// What the script modules of a model have drawn and said, above the table that they came in.

import type { ScriptOutput } from '../../src/model/view';
import { h } from '../kit/elements';
import { icon } from '../kit/icons';
import { visibleLines } from '../kit/visible';

/** More of a text than this, in UTF-16 units, is not drawn. */
const shownText = 64 * 1024;

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Draws it; undefined when there is nothing. */
export function drawScripts(scripts: readonly ScriptOutput[], index: number): HTMLElement | undefined {
  if (scripts.length === 0) return undefined;
  return h(
    'details',
    { class: 'scripts', open: true },
    h(
      'summary',
      { 'data-focus': `scripts-${index}` },
      scripts.length === 1 ? 'Output of the script' : `${scripts.length} outputs of the script`,
    ),
    h('div', { class: 'script-outputs' }, ...scripts.map(drawOutput)),
  );
}

function drawOutput(output: ScriptOutput): HTMLElement {
  switch (output.kind) {
    case 'text': {
      const shown = visibleLines(output.text.slice(0, shownText));
      return figure(
        output.title,
        h(
          'pre',
          { class: 'script-text quoted', tabindex: 0, role: 'region', 'aria-label': output.title },
          document.createTextNode(output.text.length > shownText ? `${shown}…` : shown),
        ),
      );
    }
    case 'image':
      return figure(output.title, drawImage(output));
    case 'refused':
      return figure(output.title, h('p', { class: 'script-refused' }, icon('info'), h('span', {}, output.reason)));
    default:
      return output satisfies never;
  }
}

function figure(title: string, content: HTMLElement): HTMLElement {
  return h('figure', {}, h('figcaption', {}, title), content);
}

function drawImage({ title, mime, data, width, height }: Extract<ScriptOutput, { kind: 'image' }>): HTMLElement {
  // The editor has looked at it; a page that draws an address still checks what it makes it of.
  if (!base64.test(data) || !/^image\/(png|jpeg|gif)$/.test(mime))
    return h('p', { class: 'script-refused' }, icon('info'), h('span', {}, 'The image is not shown: its data is no base64.'));
  const image = h('img', { alt: `${title}, ${width} × ${height} pixels`, draggable: 'false' });
  image.width = width;
  image.height = height;
  image.style.setProperty('--ratio', String(width / Math.max(1, height)));
  image.src = `data:${mime};base64,${data}`;
  const button = h(
    'button',
    { type: 'button', class: 'script-image', 'aria-pressed': 'false', title: `${width} × ${height} pixels. Click for its real size.` },
    image,
  );
  button.addEventListener('click', () => button.setAttribute('aria-pressed', String(button.classList.toggle('real'))));
  return button;
}
