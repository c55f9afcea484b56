// One cell whole, below the table: where it is, all of its text, set out over lines where it is JSON.

import type { CellView, ViewColumn } from '../../src/model/view';
import type { AnyPage } from '../kit/context';
import { button, h } from '../kit/elements';
import { formatCount } from '../../src/base/format';
import { plural } from '../kit/format';
import { visibleLines } from '../kit/visible';
import { copyText } from './clipboard';
import { isJson, setOut } from './jsonText';
import { nameOf } from './query';

/** More of a cell's text than this, in UTF-16 units, is not drawn. */
const shownLimit = 256 * 1024;

/** As much of it is said, in UTF-16 units. */
const spokenLimit = 300;

/** A cell that is looked at: its row by the place in the source, its column with the number that it has there, and what is known of it. */
export interface InspectedCell {
  readonly row: number;
  readonly column: number;
  readonly head: ViewColumn;
  /** Undefined when it has not come yet. */
  readonly value: CellView | undefined;
}

/** The reader of cells on the page. */
export interface Inspector {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  /** Shows a cell; `say` also has it said. */
  show(cell: InspectedCell, say: boolean): void;
  /** Takes the text of a cell that was asked for, perhaps its beginning only; `length` is the whole. */
  take(row: number, column: number, text: string, length: number): void;
  close(): void;
}

/**
 * What it needs. `onAsk` fetches a cell whole; `onCopy` copies one that is too long for the page; `back` gets the focus when it is closed.
 */
export interface InspectorSpec {
  readonly page: AnyPage;
  readonly index: number;
  readonly whole: 'body' | 'file';
  readonly onAsk: (row: number, column: number) => void;
  readonly onCopy: () => void;
  readonly back: () => void;
}

/** Draws it, closed. */
export function drawInspector({ page, index, whole, onAsk, onCopy, back }: InspectorSpec): Inspector {
  const where = h('span', { class: 'inspector-where' });
  const text = h('div', {
    class: 'inspector-text',
    tabindex: 0,
    role: 'region',
    'aria-label': 'Text of the cell',
    'data-focus': `inspector-${index}`,
  });
  let asCame = false;
  let cell: InspectedCell | undefined;
  let held: string | undefined;
  /** Whether what is held is not all, and whether more of it will come. */
  let isCut = false;
  let asked: { readonly row: number; readonly column: number; readonly say: boolean } | undefined;

  const form = h('button', { type: 'button', class: 'tool', 'aria-pressed': 'false' }, h('span', {}, 'As It Came'));
  form.addEventListener('click', () => {
    asCame = !asCame;
    form.setAttribute('aria-pressed', String(asCame));
    drawText();
  });
  const copy = button({
    label: 'Copy',
    icon: 'copy',
    look: 'plain',
    title: 'Copy the text of this cell',
    run: () => (isCut ? onCopy() : copyText(page, held ?? '')),
  });
  const close = (): void => {
    cell = held = undefined;
    element.hidden = true;
  };
  const element = h(
    'div',
    { class: 'inspector', role: 'group', 'aria-label': 'Cell', hidden: true },
    h(
      'div',
      { class: 'inspector-head' },
      where,
      h(
        'div',
        { class: 'inspector-tools' },
        form,
        copy,
        button({
          label: 'Close',
          icon: 'close',
          look: 'plain',
          run: () => {
            close();
            back();
          },
        }),
      ),
    ),
    text,
  );
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
    back();
  });

  const drawText = (): void => {
    const laidOut = held !== undefined && isJson(held) ? setOut(held) : undefined;
    form.hidden = laidOut === undefined || laidOut === held;
    const shown = (asCame ? undefined : laidOut) ?? held ?? '';
    text.replaceChildren(document.createTextNode(visibleLines(shown.slice(0, shownLimit))));
    text.hidden = shown === '';
    text.scrollTop = 0;
  };
  const draw = (note: string | undefined, say: boolean): void => {
    if (!cell) return;
    const { head, row: place } = cell;
    const cut =
      held !== undefined && held.length > shownLimit
        ? ` The first ${formatCount(shownLimit)} of its ${formatCount(held.length)} characters are shown.`
        : '';
    const after = `${head.type === undefined ? '' : ` (${head.type})`}${note === undefined ? '' : `: ${note}`}${cut}`;
    const row = `Row ${formatCount(place + 1)}, `;
    element.hidden = false;
    copy.hidden = !held;
    // Half a cell on the clipboard would be taken for the whole.
    copy.disabled = asked !== undefined;
    where.replaceChildren(h('span', {}, row), h('bdi', {}, nameOf(head)), h('span', {}, after));
    drawText();
    if (say) page.announce(`${row}${nameOf(head)}${after}. ${(held ?? '').slice(0, spokenLimit)}`);
  };
  return {
    element,
    get isOpen() {
      return !element.hidden;
    },
    show: (next, say) => {
      cell = next;
      asked = undefined;
      isCut = false;
      const { value } = next;
      held = typeof value === 'string' ? value : undefined;
      if (value === null) draw('null', say);
      else if (value === '') draw(whole === 'file' ? 'Empty.' : 'Empty text.', say);
      else if (typeof value === 'string')
        draw(held !== undefined && held.length > 80 ? `${plural(held.length, 'character')}.` : undefined, say);
      else if (value !== undefined && 'missing' in value) draw('Missing: the row ends before this column.', say);
      else {
        held = value?.cut;
        asked = { row: next.row, column: next.column, say };
        draw(value === undefined ? 'Fetching…' : `Fetching all of its ${plural(value.length, 'character')}…`, false);
        onAsk(next.row, next.column);
      }
    },
    take: (row, column, all, length) => {
      if (!cell || asked?.row !== row || asked.column !== column) return;
      const { say } = asked;
      asked = undefined;
      held = all;
      isCut = all.length < length;
      draw(
        isCut
          ? `The first ${formatCount(all.length)} of ${plural(length, 'character')}; the ${whole} has them all.`
          : `${plural(length, 'character')}.`,
        say,
      );
    },
    close,
  };
}
