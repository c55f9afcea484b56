// The heads of the columns, a line each: names and types, what they are sorted and filtered by, their menus and edges, and bands above
// neighbours of one group.

import type { Sort, ViewColumn } from '../../../src/model/view';
import { h } from '../../kit/elements';
import { icon } from '../../kit/icons';
import type { CellPlace } from './gridSpec';
import { shortTitle } from './cells';
import type { Columns, ColumnWindow } from './columns';
import type { Marking } from './marking';
import { endOf, shownName, type HeadFit } from './measure';

/** What the heads are drawn from. */
export interface HeadScene {
  readonly columns: Columns;
  readonly window: ColumnWindow;
  readonly marking: Marking;
  readonly active: CellPlace | undefined;
  readonly sort: Sort | undefined;
  readonly filtered: readonly number[];
  /** What there is room for of a column's head. */
  readonly fitOf: (column: number) => HeadFit;
}

/** The drawn heads. */
export interface Head {
  readonly element: HTMLElement;
  /** How many rows the heads are: two where there are bands. */
  readonly rows: number;
  draw(scene: HeadScene): void;
  /** The element of a column's head, if it is drawn. */
  find(column: number): HTMLElement | undefined;
  /** The column whose head, or a part of it, an element is. */
  columnOf(element: Element): number | undefined;
}

interface DrawnHead {
  readonly element: HTMLElement;
  readonly sorted: HTMLElement;
  readonly filter: HTMLElement;
}

/** Height of a band in pixels; the style sheet says the same. */
export const bandHeight = 22;

/** Makes the heads of `columns`. `name` begins the names of their elements. */
export function makeHead(name: string, columns: readonly ViewColumn[]): Head {
  const banded = columns.some((column) => column.group !== undefined);
  const rows = banded ? 2 : 1;
  const heads = new Map<number, DrawnHead>();
  const sources = new WeakMap<Element, number>();
  const corner = h(
    'div',
    { class: 'head corner', role: 'columnheader', 'aria-colindex': 1, title: 'Mark all' },
    h('span', { class: 'unseen' }, 'Row'),
  );
  const stuckPart = h('div', { class: 'stuck' }, corner);
  const line = h('div', { class: 'head-row', role: 'row', 'aria-rowindex': rows }, stuckPart);
  const bandStuck = h('div', { class: 'stuck' });
  const bandLine = h('div', { class: 'band-row', role: 'row', 'aria-rowindex': 1 }, bandStuck);
  const element = h('div', { class: 'grid-head', role: 'rowgroup' }, ...(banded ? [bandLine] : []), line);
  let bandsDrawn = '';

  const make = (source: number): DrawnHead => {
    const column = columns[source] ?? { name: '', kind: 'text' };
    const shown =
      column.name === ''
        ? h('span', { class: 'special' }, shownName(column))
        : h('span', { class: 'column-name', 'data-end': endOf(column.name) }, h('span', {}, column.name));
    const sorted = h('span', { class: 'sorted', 'aria-hidden': 'true' });
    const filter = h('span', { class: 'filtered', hidden: true }, h('span', { class: 'unseen' }, 'filtered'));
    const menu = h(
      'button',
      {
        type: 'button',
        class: 'head-menu',
        tabindex: -1,
        'aria-haspopup': 'menu',
        'aria-label': `Menu of column ${shortTitle(shownName(column))}`,
        title: 'Column menu',
      },
      icon('more'),
    );
    const head = h('div', { class: column.kind === 'number' ? 'head right' : 'head', role: 'columnheader', id: `${name}-h${source}` },
      shown,
      column.type === undefined ? undefined : h('span', { class: 'column-type' }, column.type),
      filter, sorted, menu,
      h('div', { class: 'head-edge' }));
    sources.set(head, source);
    return { element: head, sorted, filter };
  };

  const drawBands = ({ columns: places, window }: HeadScene): void => {
    const bands: { group: string; from: number; to: number }[] = [];
    const group = (at: number): string | undefined => columns[places.shown[at] ?? -1]?.group;
    // Columns that were pinned have left their group.
    for (let at = Math.max(places.pinned, window.from); at < window.to; at++) {
      const name = group(at);
      const last = bands.at(-1);
      if (name === undefined) continue;
      if (last?.to === at && last.group === name) last.to = at + 1;
      else bands.push({ group: name, from: at, to: at + 1 });
    }
    // A band is drawn as long as it is, even where its columns are out of sight.
    for (const band of bands) {
      while (band.from > places.pinned && group(band.from - 1) === band.group) band.from--;
      while (group(band.to) === band.group) band.to++;
    }
    const key = JSON.stringify([
      bands,
      places.numberWidth,
      places.stuckWidth,
      bands.map(({ from, to }) => [places.left(from), places.left(to)]),
    ]);
    if (key === bandsDrawn) return;
    bandsDrawn = key;
    bandLine.replaceChildren(bandStuck, ...bands.map((band) => {
      const drawn = h(
        'div',
        {
          class: 'band',
          role: 'columnheader',
          'aria-colindex': band.from + 2,
          'aria-colspan': band.to - band.from,
        },
        h('span', {}, band.group),
      );
      drawn.title = lines(band.group, columns[places.shown[band.from] ?? -1]?.detail);
      drawn.style.left = `${places.numberWidth + places.left(band.from)}px`;
      drawn.style.width = `${places.left(band.to) - places.left(band.from)}px`;
      return drawn;
    }));
  };

  return {
    element,
    rows,
    draw: (scene) => {
      const { columns: places, window, marking, active, sort, filtered, fitOf } = scene;
      const wanted = places.shown.filter((_, at) => at < places.stuck || (at >= window.from && at < window.to));
      for (const source of wanted) {
        let head = heads.get(source);
        if (!head) heads.set(source, (head = make(source)));
        const at = places.placeOf(source) ?? 0;
        const column = columns[source];
        const { element: drawn } = head;
        drawn.style.left = `${places.numberWidth + places.left(at)}px`;
        drawn.style.width = `${places.width(at)}px`;
        drawn.setAttribute('aria-colindex', String(at + 2));
        const title = `${column?.name === '' ? 'A column without a name' : column?.name ?? ''}${column?.type ? ` (${column.type})` : ''}`;
        const group = at < places.pinned ? column?.group : undefined;
        drawn.title = lines(title, group, column?.detail);
        const fit = fitOf(source);
        drawn.classList.toggle('ends', fit === 'ends');
        drawn.classList.toggle('touched', marking.hasColumn(source));
        drawn.classList.toggle('active', active?.row === -1 && active.column === source);
        const order = sort?.column !== source ? undefined : sort.descending ? 'descending' : 'ascending';
        if (order === undefined) drawn.removeAttribute('aria-sort');
        else drawn.setAttribute('aria-sort', order);
        head.sorted.textContent = order === undefined ? '' : order === 'descending' ? '↓' : '↑';
        head.filter.hidden = !filtered.includes(source);
        // The signs of an order and a filter need the type's room.
        drawn.classList.toggle('no-type', fit !== 'whole' || order !== undefined || !head.filter.hidden);
      }
      const drawnNow = (parent: HTMLElement, first: HTMLElement, sources: readonly number[]): void => {
        const elements = [first, ...sources.flatMap((source) => heads.get(source)?.element ?? [])];
        if (elements.length !== parent.children.length || elements.some((each, index) => parent.children[index] !== each))
          parent.replaceChildren(...elements);
      };
      drawnNow(stuckPart, corner, wanted.slice(0, places.stuck));
      drawnNow(line, stuckPart, wanted.slice(places.stuck));
      const kept = new Set(wanted);
      for (const source of heads.keys()) if (!kept.has(source)) heads.delete(source);
      if (banded) drawBands(scene);
    },
    find: (column) => heads.get(column)?.element,
    columnOf: (part) => {
      const head = part.closest('.head');
      return head ? sources.get(head) : undefined;
    },
  };
}

/** A tooltip of these lines, as far as they are there. */
function lines(...texts: readonly (string | undefined)[]): string {
  return texts.flatMap((text) => (text === undefined ? [] : shortTitle(text))).join('\n');
}
