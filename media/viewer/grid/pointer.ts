// The grid by mouse: marking by click and drag, sorting, resizing, menus, tooltips.

import type { CellPlace } from './gridSpec';
import { changeTitle, titleOf } from './cells';
import type { MarkShape } from './marking';
import { rowHeight } from './rowScroll';
import type { Steering } from './steering';

/** While marking, the table scrolls when the mouse is so near to its edges, in pixels. */
const scrollingEdge = 20;
const fastest = 60;

/** A button that is down is a drag once the mouse has moved so far, in pixels. */
const dragBegins = 3;

/** What is under the mouse; `at` is a column as it stands on the page. */
interface Hit {
  readonly part: 'corner' | 'head' | 'number' | 'cell' | 'nothing';
  readonly row: number;
  readonly at: number;
}

interface Point {
  readonly clientX: number;
  readonly clientY: number;
}

/** What stands at a point of the page, or nearest to it. */
function hit({ element, columns, scroll, rows, headHeight }: Steering, { clientX, clientY }: Point): Hit {
  const box = element.getBoundingClientRect();
  const x = clientX - box.left - element.clientLeft;
  const y = clientY - box.top - element.clientTop;
  const inStuck = x < columns.stuckWidth;
  const inside = x - columns.numberWidth + (inStuck ? 0 : element.scrollLeft);
  const at = inside < 0 ? 0 : Math.max(inStuck ? 0 : columns.stuck, columns.at(inside));
  const row = Math.floor((scroll.full + y - headHeight) / rowHeight);
  const none = y >= element.clientHeight || x >= element.clientWidth || inside >= columns.left(columns.shown.length) || row >= rows;
  const part = none
    ? 'nothing'
    : y < headHeight
      ? x < columns.numberWidth
        ? 'corner'
        : 'head'
      : x < columns.numberWidth
        ? 'number'
        : 'cell';
  return { part, row: Math.max(0, Math.min(rows - 1, row)), at };
}

/** Listens to the mouse until the grid's signal is raised. */
export function listenToPointer(grid: Steering): void {
  const { element, spec, columns } = grid;
  const { signal } = spec;
  const placeOf = ({ row, at }: Hit): CellPlace => ({ row, column: columns.shown[at] ?? 0 });
  let moving: ((event: PointerEvent) => void) | undefined;
  let ending: (() => void) | undefined;
  let scrolling = 0;
  let touched = false;

  const end = (): void => {
    cancelAnimationFrame(scrolling);
    scrolling = 0;
    const atEnd = ending;
    moving = ending = undefined;
    atEnd?.();
  };
  const drag = (from: PointerEvent, onMove: (event: PointerEvent) => void, onEnd: () => void): void => {
    let begun = false;
    moving = (event) => {
      if (!begun && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < dragBegins) return;
      // No earlier: a click goes to what has the pointer.
      if (!begun) element.setPointerCapture(from.pointerId);
      begun = true;
      onMove(event);
    };
    ending = onEnd;
  };

  /** Marks from where the button went down to where the mouse is, and scrolls where it is near an edge. */
  const dragMark = (event: PointerEvent, shape: MarkShape): void => {
    let point: Point = event;
    const mark = (): void => grid.move(placeOf(hit(grid, point)), { mark: 'extend', shape });
    const step = (): void => {
      const box = element.getBoundingClientRect();
      const left = box.left + columns.stuckWidth;
      const right = box.left + element.clientWidth;
      const top = box.top + grid.headHeight;
      const bottom = box.top + element.clientHeight;
      const speed = (before: number, after: number): number =>
        Math.max(-fastest, Math.min(fastest, after > 0 ? after : before > 0 ? -before : 0));
      const x = shape === 'rows' ? 0 : speed(left + scrollingEdge - point.clientX, point.clientX - right + scrollingEdge);
      const y = speed(top + scrollingEdge - point.clientY, point.clientY - bottom + scrollingEdge);
      if (x !== 0 || y !== 0) {
        grid.scrollBy(x, y);
        mark();
      }
      scrolling = requestAnimationFrame(step);
    };
    drag(event, (now) => {
      if (scrolling === 0) scrolling = requestAnimationFrame(step);
      point = now;
      mark();
    }, () => {
      grid.sayMarked();
    });
  };

  const dragEdge = (event: PointerEvent, column: number): void => {
    const width = columns.width(columns.placeOf(column) ?? 0);
    let now = width;
    element.classList.add('resizing');
    drag(event, (at) => {
      now = width + at.clientX - event.clientX;
      grid.resize(column, now, false);
    }, () => {
      element.classList.remove('resizing');
      if (now !== width) grid.resize(column, now, true);
    });
  };

  /** A click, or the begin of a drag. */
  const down = (event: PointerEvent, at: Hit): void => {
    const place = placeOf(at);
    const mark = event.shiftKey ? 'extend' : 'anew';
    if (at.part === 'corner') {
      grid.markAll();
    } else if (at.part === 'number') {
      grid.move(place, { mark, shape: 'rows' });
      if (!touched) dragMark(event, 'rows');
    } else if (at.part === 'cell') {
      grid.move(place, { mark, ...(event.shiftKey ? {} : { shape: 'cells' }) });
      if (!touched) dragMark(event, 'cells');
    }
  };

  element.addEventListener('pointerdown', (event) => {
    touched = event.pointerType === 'touch';
    const target = event.target instanceof Element ? event.target : element;
    document.getSelection()?.removeAllRanges();
    const head = grid.headOf(target);
    if (target.closest('.head-menu')) return;
    if (event.button === 0 && head !== undefined && target.closest('.head-edge')) {
      dragEdge(event, head);
    } else if (event.button === 0 && !touched) down(event, hit(grid, event));
  }, { signal });
  element.addEventListener('mousedown', (event) => {
    // The focus stays with the grid, whose heads come and go.
    if (!(event.target instanceof Element) || !event.target.closest('.head-menu')) return;
    event.preventDefault();
    element.focus({ preventScroll: true });
  }, { signal });
  element.addEventListener('pointermove', (event) => moving?.(event), { signal });
  element.addEventListener('pointerup', end, { signal });
  element.addEventListener('pointercancel', end, { signal });
  signal.addEventListener('abort', end);

  element.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : element;
    const column = grid.headOf(target);
    if (column === undefined) {
      // A finger that scrolls clicks nothing.
      if (touched && event instanceof PointerEvent) down(event, hit(grid, event));
      return;
    }
    if (target.closest('.head-menu')) grid.openColumnMenu(column);
    else if (target.closest('.head-edge')) return;
    else if (event.shiftKey || event.ctrlKey || event.metaKey) {
      grid.move({ row: 0, column }, { mark: event.shiftKey ? 'extend' : 'anew', shape: 'columns' });
      grid.sayMarked();
    } else {
      grid.move({ row: -1, column }, {});
      spec.onSort(column);
    }
  }, { signal });

  element.addEventListener('dblclick', (event) => {
    const target = event.target instanceof Element ? event.target : element;
    const column = grid.headOf(target);
    const at = hit(grid, event);
    if (column !== undefined && target.closest('.head-edge')) grid.fit(column);
    else if (at.part === 'cell') spec.onOpenCell(placeOf(at));
  }, { signal });

  element.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    // By key it comes from the grid itself, after the key has been dealt with.
    const target = event.target instanceof Element ? event.target : element;
    if (target === element) return;
    const column = grid.headOf(target);
    const at = hit(grid, event);
    if (column !== undefined) {
      grid.move({ row: -1, column }, {});
      grid.openColumnMenu(column);
      return;
    }
    if (at.part !== 'cell' && at.part !== 'number') return;
    const place = placeOf(at);
    const marked = at.part === 'number' ? grid.marking.hasRow(at.row) : grid.marking.has(place.row, place.column);
    if (!marked) grid.move(place, { mark: 'anew', shape: at.part === 'number' ? 'rows' : 'cells' });
    spec.onMarkedMenu({ x: event.clientX, y: event.clientY });
  }, { signal });

  // Tooltips are made when they are about to be seen: most cells never have one.
  element.addEventListener('pointerover', (event) => {
    const target = event.target instanceof Element ? event.target.closest('.cell') : null;
    if (!(target instanceof HTMLElement)) return;
    const place = placeOf(hit(grid, event));
    const [value, change] = [grid.value(place), grid.change(place)];
    const plain = typeof value === 'string' && value !== '' && target.scrollWidth <= target.clientWidth && target.textContent === value;
    const lines = [...(plain ? [] : [titleOf(value, spec.whole)]), ...(change ? [changeTitle(change)] : [])];
    if (lines.length > 0) target.title = lines.join('\n');
  }, { signal });
}
