// The answer's body as the text that came, drawn in blocks so that a long one does not hold the page up.

import type { BodyView } from '../../src/features/scoring/messages';
import type { PageContext } from '../kit/context';
import { button, copyButton, h } from '../kit/elements';
import { formatBytes, formatCount } from '../../src/base/format';
import { drawNotes } from '../kit/problem';
import { setOut } from '../viewer/jsonText';
import { visibleLines } from '../kit/visible';

/** More than this many UTF-16 units are never drawn, whatever the editor sends. */
export const drawnLimit = 512 * 1024;

/** A block holds whole lines of about this many UTF-16 units. A longer line is a block of its own. */
const blockLength = 4096;

/** Draws the body with its toolbar, or says that there is none. */
export function drawBody(page: PageContext, body: BodyView): HTMLElement {
  if (body.kind === 'empty') {
    return h('p', { class: 'empty' }, 'The answer has no body.');
  }
  const notes = [kindNote(body), sizeNote(body)].filter((note) => note !== undefined);
  const pre = h('pre', { class: 'body-text', tabindex: 0, role: 'region', 'aria-label': 'Body of the answer', 'data-focus': 'body' });
  const came = body.text.slice(0, drawnLimit);
  const laidOut = body.kind === 'json' ? setOut(came) : undefined;
  const show = (asItCame: boolean): void => {
    pre.replaceChildren(...blocks(asItCame ? came : laidOut ?? came));
    pre.scrollTop = 0;
  };
  const form = h(
    'button',
    {
      type: 'button',
      class: 'tool',
      'aria-pressed': 'false',
      'data-focus': 'as-it-came',
      title: 'Show the text exactly as it came, not set out over lines',
    },
    h('span', {}, 'As It Came'),
  );
  form.addEventListener('click', () => {
    const asItCame = form.getAttribute('aria-pressed') !== 'true';
    form.setAttribute('aria-pressed', String(asItCame));
    show(asItCame);
  });
  show(false);
  return h('div', { class: 'body' },
    h('div', { class: 'toolbar' },
      button({ label: 'Open in Editor', icon: 'open', focusKey: 'open-body', run: () => page.send({ type: 'openBody' }) }),
      button({ label: 'Save As…', icon: 'save', focusKey: 'save-body', run: () => page.send({ type: 'saveBody' }) }),
      copyButton(page, { label: 'Copy', focusKey: 'copy-body' }, { type: 'copy', what: 'body' }),
      laidOut === undefined || laidOut === came ? undefined : form),
    drawNotes(notes),
    pre);
}

function kindNote(body: BodyView): string | undefined {
  switch (body.kind) {
    case 'html':
      return 'The answer is an HTML page, shown as text.';
    case 'binary':
      return 'The answer is not text. What follows is the bytes read as text; save it as a file to use it.';
    case 'json':
    case 'xml':
    case 'text':
    case 'empty':
      return undefined;
    default:
      return body.kind satisfies never;
  }
}

function sizeNote(body: BodyView): string | undefined {
  if (body.text.length > drawnLimit) {
    return `Showing the first ${formatCount(drawnLimit)} characters; the whole answer has ${formatBytes(body.totalBytes)}.`;
  }
  return body.shownBytes < body.totalBytes
    ? `Showing the first ${formatBytes(body.shownBytes)} of ${formatBytes(body.totalBytes)}.`
    : undefined;
}

function blocks(text: string): HTMLElement[] {
  const made: HTMLElement[] = [];
  let start = 0;
  while (start < text.length) {
    const full = start + blockLength >= text.length;
    const lineEnd = full ? -1 : text.indexOf('\n', start + blockLength);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const block = text.slice(start, end);
    const element = h('div', { class: 'block' }, document.createTextNode(visibleLines(block)));
    // The height that the block is given until it is scrolled to.
    element.style.containIntrinsicBlockSize = `auto ${block.split('\n').length}lh`;
    made.push(element);
    start = end + 1;
  }
  return made;
}
