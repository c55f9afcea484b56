// The answer's body as the text that came, drawn in blocks so that a long one does not hold the page up.

import * as l10n from '@vscode/l10n';
import type { BodyView } from '../../src/features/scoring/messages';
import type { PageContext } from '../kit/context';
import { h } from '../kit/elements';
import { formatBytes, formatCount } from '../../src/base/format';
import { drawNotes } from '../kit/notes';
import type { Panel } from '../kit/tabs';
import { drawToolbar, type Tool } from '../kit/toolbar';
import { setOut } from '../viewer/jsonText';
import { visibleLines } from '../kit/visible';

/** More than this many UTF-16 units are never drawn, whatever the editor sends. */
export const drawnLimit = 512 * 1024;

/** A block holds whole lines of about this many UTF-16 units. A longer line is a block of its own. */
const blockLength = 4096;

/** Draws the body with its tools, or says that there is none. */
export function drawBody(page: PageContext, body: BodyView): Node | Panel {
  if (body.kind === 'empty') return h('p', { class: 'empty' }, l10n.t('The answer has no body.'));
  const notes = [kindNote(body), sizeNote(body)].filter((note) => note !== undefined);
  const label = l10n.t('Body of the answer');
  const pre = h('pre', { class: 'body-text', tabindex: 0, role: 'region', 'aria-label': label, 'data-focus': 'body' });
  const came = body.text.slice(0, drawnLimit);
  const laidOut = body.kind === 'json' ? setOut(came) : undefined;
  let asItCame = false;
  let wraps = true;
  const show = (): void => {
    pre.replaceChildren(...blocks(asItCame ? came : laidOut ?? came));
    pre.scrollTop = 0;
  };
  show();
  const element = h('div', { class: 'body' }, drawNotes(notes), pre);
  const toolbar = drawToolbar(element, label, 'body', page.signal);
  const asItIs = (): Tool => ({
    id: 'as-it-came', label: l10n.t('As It Came'), icon: 'file', pressed: asItCame,
    title: l10n.t('Show the text exactly as it came, not set out over lines'),
    run: () => {
      asItCame = !asItCame;
      show();
      update();
    },
  });
  const update = (): void => toolbar.update([
    {
      id: 'open', label: l10n.t('Open in Editor'), icon: 'open',
      title: l10n.t('Open the whole body in an editor, with colours and folding'), run: () => page.send({ type: 'openBody' }),
    },
    {
      id: 'wrap', label: l10n.t('Wrap Lines'), icon: 'wrap', title: l10n.t('Break long lines where the page ends'), pressed: wraps,
      run: () => {
        wraps = !wraps;
        pre.classList.toggle('unwrapped', !wraps);
        update();
      },
    },
    {
      id: 'copy', label: l10n.t('Copy'), icon: 'copy', title: l10n.t('Copy the whole body'),
      run: () => {
        page.send({ type: 'copy', what: 'body' });
        page.announce(l10n.t('Copied.'));
      },
    },
    {
      id: 'save', label: l10n.t('Save As…'), icon: 'save', title: l10n.t('Write the whole body to a file'),
      run: () => page.send({ type: 'saveBody' }),
    },
    ...(laidOut === undefined || laidOut === came ? [] : [asItIs()]),
  ]);
  update();
  return { content: element, tools: h('div', { class: 'tool-set' }, toolbar.element) };
}

function kindNote(body: BodyView): string | undefined {
  switch (body.kind) {
    case 'html':
      return l10n.t('The answer is an HTML page, shown as text.');
    case 'binary':
      return l10n.t('The answer is not text. What follows is the bytes read as text; save it as a file to use it.');
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
    return l10n.t(
      'Showing the first {0} characters; the whole answer has {1}.',
      formatCount(drawnLimit),
      formatBytes(body.totalBytes),
    );
  }
  return body.shownBytes < body.totalBytes
    ? l10n.t('Showing the first {0} of {1}.', formatBytes(body.shownBytes), formatBytes(body.totalBytes))
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
    element.style.setProperty('--lines', String(block.split('\n').length));
    made.push(element);
    start = end + 1;
  }
  return made;
}
