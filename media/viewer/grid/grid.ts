// A table of any size: draws the rows and columns in sight, asks for those that are not there, and tells what is done with them.

import type { Sort } from '../../../src/model/view';
import { h } from '../../kit/elements';
import type { CellPlace, Grid, GridSpec } from './gridSpec';
import { makeBody } from './body';
import type { ColumnWindow } from './columns';
import { makeHead } from './head';
import { listenToKeys } from './keys';
import { describeMarked, Marking } from './marking';
import { makePlaces } from './places';
import { listenToPointer } from './pointer';
import { rowHeight, RowScroll } from './rowScroll';
import type { Steering } from './steering';
import { Supply } from './supply';

/** The table stands still when it has not been scrolled for so long, in milliseconds. */
const stillMs = 120;
/** What is marked is said when it has not changed for so long, in milliseconds. */
const sayMs = 300;

/** When columns come into sight, so many beside them are drawn along. */
const spareColumns = 3;

let made = 0;

/** Draws a grid without rows: `setOrder` says how many there are, and `put` brings them. A new order is shown from its first row on. */
export function drawGrid(spec: GridSpec): Grid {
  const { signal } = spec;
  const name = `grid-${made++}`;
  const head = makeHead(name, spec.columns);
  const body = makeBody(name);
  const canvas = h('div', { class: 'grid-canvas' }, head.element, body.element);
  const element = h('div', { class: 'grid', role: 'grid', tabindex: 0, 'aria-label': spec.name, 'aria-multiselectable': 'true' }, canvas);
  const places = makePlaces(spec, head.rows);
  const { columns } = places;
  const scroll = new RowScroll();
  const marking = new Marking();
  const isNumber = (column: number): boolean => spec.columns[column]?.kind === 'number';

  let sort: Sort | undefined;
  let filtered: readonly number[] = [];
  let active: CellPlace | undefined;
  let left = 0;
  let window: ColumnWindow = { from: 0, to: 0 };
  let stale = true;
  let frame = 0;
  let scrolledAt = -Infinity;
  let stillTimer = 0;
  let sayTimer = 0;

  const hidden = (): boolean => element.clientHeight === 0 || signal.aborted;
  const supply = new Supply(spec.columns.length, {
    columns, scroll, signal,
    seen: () => (hidden() ? undefined : window),
    scrolling: () => performance.now() - scrolledAt < stillMs,
  }, spec.onWant);

  /** Gives the page the size of the rows and columns. */
  const measure = (): void => {
    places.makeRoom(supply.rows);
    places.fitInto(element.clientWidth);
    scroll.resize(supply.rows, element.clientHeight - places.headHeight);
    canvas.style.width = `${columns.total}px`;
    canvas.style.height = `${places.headHeight + scroll.height}px`;
    canvas.style.setProperty('--stuck', `${columns.stuckWidth}px`);
    canvas.style.setProperty('--numbers', `${columns.numberWidth}px`);
    element.setAttribute('aria-rowcount', String(supply.rows + head.rows));
    element.setAttribute('aria-colcount', String(columns.shown.length + 1));
  };
  /** Has the browser scroll to where the table stands. */
  const follow = (): void => {
    if (hidden()) return;
    if (Math.abs(element.scrollTop - scroll.target) >= 1) element.scrollTop = scroll.target;
    if (Math.abs(element.scrollLeft - left) >= 1) element.scrollLeft = left;
    left = element.scrollLeft;
    scroll.landed(element.scrollTop);
  };
  const read = (): void => {
    // What is out of sight stands at the top for the browser, whatever it was scrolled to.
    if (hidden()) return;
    left = element.scrollLeft;
    scroll.scrolled(element.scrollTop);
  };
  const find = (cell: CellPlace): HTMLElement | undefined => {
    const at = columns.placeOf(cell.column);
    return cell.row < 0 ? head.find(cell.column) : at === undefined ? undefined : body.find(cell.row, at);
  };

  const draw = (): void => {
    cancelAnimationFrame(frame);
    frame = 0;
    if (hidden()) return;
    const seen = columns.inSight(left, element.clientWidth);
    // Columns are drawn anew only when others come into sight: until then scrolling is the browser's business.
    if (stale || seen.from < window.from || seen.to > window.to) {
      window = { from: Math.max(columns.stuck, seen.from - spareColumns), to: Math.min(columns.shown.length, seen.to + spareColumns) };
      stale = true;
    }
    body.draw({ rows: supply.rows, full: scroll.full, view: scroll.view, offset: scroll.offset, window, columns, blocks: supply.blocks, marking, active, headRows: head.rows, whole: spec.whole, isNumber }, stale);
    if (stale) head.draw({ window, columns, marking, active, sort, filtered, fitOf: places.headOf });
    stale = false;
    const id = active && find(active)?.id;
    if (id === undefined) element.removeAttribute('aria-activedescendant');
    else if (element.getAttribute('aria-activedescendant') !== id) element.setAttribute('aria-activedescendant', id);
    supply.look();
  };
  const schedule = (): void => {
    if (frame === 0 && !signal.aborted) frame = requestAnimationFrame(draw);
  };
  const redraw = (): void => {
    stale = true;
    schedule();
  };
  const goOn = (): void => {
    scrolledAt = performance.now();
    clearTimeout(stillTimer);
    stillTimer = setTimeout(() => {
      if (hidden()) return;
      // What has just been scrolled may not have been told yet.
      read();
      follow();
      draw();
      body.tidy();
      spec.onScroll({ row: Math.floor(scroll.full / rowHeight), left });
    }, stillMs);
    schedule();
  };

  /** Scrolls no further than it takes to see a cell; `far` puts a row that is out of sight into the middle. */
  const reveal = (cell: CellPlace, far: boolean): void => {
    const top = cell.row * rowHeight;
    const { full, view } = scroll;
    if (cell.row >= 0 && (top < full || top + rowHeight > full + view)) {
      scroll.moveTo(far ? top - Math.max(0, (view - rowHeight) / 2) : top < full ? top : top + rowHeight - view);
    }
    left = columns.revealed(columns.placeOf(cell.column) ?? 0, left, element.clientWidth);
    follow();
    goOn();
  };
  const setActive = (cell: CellPlace | undefined): void => {
    if (cell?.row === active?.row && cell?.column === active?.column) return;
    active = cell;
    redraw();
    spec.onActive(active);
  };
  const told = (): void => {
    redraw();
    spec.onMarked(marking.marked);
  };
  const said = (): void => {
    clearTimeout(sayTimer);
    sayTimer = setTimeout(() => spec.announce(describeMarked(marking.marked)), sayMs);
  };
  const markable = (): { stamp: number; rows: number; shown: readonly number[] } => ({ stamp: supply.stamp, rows: supply.rows, shown: columns.shown });

  const steering: Steering = {
    spec, element, columns, marking, scroll, find,
    get rows() {
      return supply.rows;
    },
    get active() {
      return active;
    },
    get headHeight() {
      return places.headHeight;
    },
    one: ({ row, column }) => ({ stamp: supply.stamp, fromRow: row, toRow: row, columns: [column], head: false }),
    value: ({ row, column }) => supply.blocks.cell(row, column),
    change: ({ row, column }) => supply.blocks.change(row, column),
    move: (to, { mark, shape, scroll: follows }) => {
      if (columns.shown.length === 0) return;
      const before = marking.marked;
      if (mark === 'extend' && active && active.row >= 0) marking.begin(active);
      if (mark === 'extend' && shape === undefined) marking.extend(to, markable());
      else if (mark !== undefined) marking.mark(shape ?? 'cells', to, mark === 'anew', markable());
      if (follows) reveal(to, false);
      setActive(to);
      if (marking.marked !== before) told();
    },
    markAll: () => {
      const [column] = columns.shown;
      if (column === undefined || supply.rows === 0) return;
      marking.mark('all', { row: 0, column }, true, markable());
      told();
      said();
    },
    letGo: () => {
      marking.letGo();
      told();
      said();
    },
    sayMarked: said,
    headOf: head.columnOf,
    resize: (column, width, done) => {
      places.arrange(places.withWidth(column, width));
      measure();
      redraw();
      if (done) spec.onLayout(places.layout);
    },
    fit: (column) => {
      const first = Math.floor(scroll.full / rowHeight);
      const cells = Array.from({ length: Math.ceil(scroll.view / rowHeight) + 1 }, (_, index) => supply.blocks.cell(first + index, column));
      steering.resize(column, places.fit(column, cells.filter((value) => value !== undefined)), true);
    },
    openColumnMenu: (column) => {
      const drawn = head.find(column);
      if (drawn) spec.onColumnMenu(column, drawn.querySelector<HTMLElement>('.head-menu') ?? drawn);
    },
    scrollBy: (x, y) => {
      left = Math.max(0, left + x);
      scroll.moveTo(scroll.full + y);
      follow();
      goOn();
    },
  };
  listenToKeys(steering);
  listenToPointer(steering);
  element.addEventListener('scroll', () => {
    read();
    goOn();
  }, { signal });
  element.addEventListener('focus', () => {
    const [column] = columns.shown;
    if (!active && column !== undefined) setActive({ row: Math.min(supply.rows - 1, Math.ceil(scroll.full / rowHeight)), column });
  }, { signal });
  const sized = new ResizeObserver(() => {
    if (hidden()) return;
    measure();
    follow();
    stale = true;
    draw();
  });
  sized.observe(element);
  signal.addEventListener('abort', () => {
    sized.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(stillTimer);
    clearTimeout(sayTimer);
  });
  places.arrange(spec.layout);
  measure();

  return {
    element,
    get marked() {
      return marking.marked;
    },
    get active() {
      return active;
    },
    setOrder: (stamp, rows, newSort, newFiltered) => {
      const another = supply.stamp >= 0;
      [sort, filtered] = [newSort, newFiltered];
      const other = supply.order(stamp, rows) && another;
      measure();
      if (other) {
        scroll.moveTo(0);
        follow();
        if (active && active.row >= 0) setActive({ row: Math.min(rows - 1, 0), column: active.column });
        if (marking.marked) steering.letGo();
      }
      redraw();
    },
    put: (stamp, from, columnFrom, rows) => {
      if (stamp !== supply.stamp) return;
      supply.put(from, columnFrom, rows);
      if (places.makeRoomFor(rows, columnFrom)) measure();
      redraw();
    },
    setLayout: (layout) => {
      const before = marking.marked;
      places.arrange(layout);
      marking.arrange(columns.shown);
      measure();
      const [column] = columns.shown;
      if (active && columns.placeOf(active.column) === undefined) setActive(column === undefined ? undefined : { row: active.row, column });
      follow();
      redraw();
      if (marking.marked !== before) told();
    },
    goTo: (cell) => {
      const column = columns.placeOf(cell.column) === undefined ? columns.shown[0] : cell.column;
      if (column === undefined) return;
      const to = { row: Math.max(-1, Math.min(supply.rows - 1, cell.row)), column };
      reveal(to, true);
      setActive(to);
    },
    scrollTo: (place) => {
      scroll.moveTo(place.row * rowHeight);
      ({ left } = place);
      follow();
      redraw();
    },
    cell: ({ row, column }) => supply.blocks.numbered(row, column),
    fit: (column) => steering.fit(column),
    focus: () => element.focus({ preventScroll: true }),
  };
}
