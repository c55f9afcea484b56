// The grid with all that opens from it: the menus of columns and of what is marked, the forms, the reader of cells.

import type { ToTable } from '../../src/ui/tables/messages';
import type { Filter, Marked, TableView, TextFormat } from '../../src/model/view';
import type { AnyPage } from '../kit/context';
import { h } from '../kit/elements';
import { formatCount } from '../../src/base/format';
import { copyText } from './clipboard';
import { openColumnList } from './columnList';
import { columnMenu, copyMenu, markedMenu, markedText } from './columnMenu';
import { openFilterForm } from './filterForm';
import { openGoTo } from './goTo';
import { drawGrid } from './grid/grid';
import type { CellPlace, Layout, ScrollPlace } from './grid/gridSpec';
import { drawInspector } from './inspector';
import { openMenu } from '../kit/menu';
import type { Anchor } from '../kit/popup';
import { isFiltered, nameOf, nextSort } from './query';
import type { ViewRequest } from './request';
import type { ViewerRest } from './viewerRest';

/** What the grid is drawn from, and whom it tells. `host` takes in what opens. */
export interface GridPartSpec {
  readonly page: AnyPage;
  readonly index: number;
  readonly view: TableView;
  readonly host: HTMLElement;
  readonly whole: 'body' | 'file';
  readonly request: ViewRequest;
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
  readonly onScroll: (place: ScrollPlace) => void;
  readonly onSummary: (column: number) => void;
  /** Hears what is marked, or where the keyboard is, in words. */
  readonly onPlace: (words: string) => void;
  /** What the place of a cell is called; undefined where it is by the number of its row and the name of its column. */
  readonly placeName: ViewerRest['placeName'] | undefined;
}

/** The grid and its surroundings on the page. */
export interface GridPart {
  readonly element: HTMLElement;
  readonly layout: Layout;
  /** Takes the table's news; its columns are the same. */
  update(view: TableView): void;
  take(news: Extract<ToTable, { type: 'rows' | 'cell' }>): void;
  /** The cell that the keyboard is on. */
  readonly active: CellPlace | undefined;
  scrollTo(place: ScrollPlace): void;
  /** Goes to a cell; the focus stays where it is. */
  goTo(cell: CellPlace): void;
  /** Goes to a cell and shows it whole, as soon as it has come. */
  openCell(cell: CellPlace): void;
  openColumns(anchor: HTMLElement): void;
  openGoTo(anchor: HTMLElement): void;
  /** Opens the filter of the column that the keyboard is on, or of the first one. */
  openFilter(anchor: HTMLElement): void;
  openCopy(anchor: HTMLElement): void;
  /** Writes what is marked to a file, or all where nothing is. */
  exportMarked(): void;
  focus(): void;
  close(): void;
}

/** The rows that the columns of a viewer were measured by when its grid was drawn for the first time. */
const samples = new WeakMap<HTMLElement, Pick<TableView, 'columns' | 'rows'>>();

/** Those rows again as long as the columns are the same: a grid that comes back, such as after the summary, is as wide as it was. */
function sampleOf(host: HTMLElement, { columns, rows }: TableView): TableView['rows'] {
  const before = samples.get(host);
  const isKnown = before && before.rows.length > 0 && before.columns.length === columns.length &&
    columns.every(({ name, group }, index) => before.columns[index]?.name === name && before.columns[index].group === group);
  if (isKnown) return before.rows;
  samples.set(host, { columns, rows });
  return rows;
}

/** All rows of the order and the columns that are shown, as they stand. */
export function markAll(view: TableView, layout: Layout): Marked {
  const pinned = layout.pinned.filter((column) => !layout.hidden.includes(column));
  const apart = new Set([...pinned, ...layout.hidden]);
  return {
    stamp: view.stamp,
    fromRow: 0,
    toRow: view.matchedRows - 1,
    columns: [...pinned, ...[...view.columns.keys()].filter((column) => !apart.has(column))],
    head: true,
  };
}

/** Draws the grid. */
export function drawGridPart(spec: GridPartSpec): GridPart {
  const { page, index, host, request } = spec;
  const life = new AbortController();
  const { signal } = life;
  page.signal.addEventListener('abort', () => life.abort(), { signal });
  let { view, layout } = spec;
  let awaited: CellPlace | undefined;
  const { columns } = view;

  const back = (): void => grid.focus();
  const popup = (anchor: Anchor, giveBack = back): { host: HTMLElement; anchor: Anchor; back: () => void; signal: AbortSignal } => ({
    host,
    anchor,
    back: giveBack,
    signal,
  });
  const setLayout = (next: Layout): void => {
    layout = next;
    grid.setLayout(next);
    spec.onLayout(next);
  };
  const setFilters = (column: number, filters: readonly Filter[]): void =>
    request.ask({ filters: [...request.query.filters.filter((each) => each.column !== column), ...filters] });
  const only = (filter: Filter): void =>
    request.ask({
      filters: [...request.query.filters.filter((each) => each.column !== filter.column || each.kind !== filter.kind), filter],
    });
  const copy = (marked: Marked, format: TextFormat): void => page.send({ type: 'copyMarked', table: index, marked, format });

  let inspected: Marked | undefined;
  const inspector = drawInspector({
    page, index, whole: spec.whole, back,
    onAsk: (row, column) => page.send({ type: 'cell', table: index, row, column }),
    onCopy: () => inspected && copy(inspected, 'tsv'),
  });
  const inspect = (place: CellPlace, say: boolean): void => {
    const head = columns[place.column];
    const cell = place.row < 0 ? undefined : grid.cell(place);
    awaited = cell || place.row < 0 ? undefined : place;
    if (!head || !cell) return;
    inspected = { stamp: view.stamp, fromRow: place.row, toRow: place.row, columns: [place.column], head: false };
    inspector.show({ row: cell.number, column: place.column, head, value: cell.value }, say);
  };
  const openFilter = (column: number, anchor: Anchor): void => {
    const head = columns[column];
    if (head)
      openFilterForm(
        popup(anchor),
        head,
        column,
        request.query.filters.filter((each) => each.column === column),
        (filters) => setFilters(column, filters),
      );
  };

  const grid = drawGrid({
    name: view.name, columns, sample: sampleOf(spec.host, view), layout, whole: spec.whole, signal,
    announce: page.announce,
    onWant: (stamp, from, columnFrom) => page.send({ type: 'rows', table: index, stamp, from, columnFrom }),
    onSort: (column) => request.ask({ sort: nextSort(request.query.sort, column) }),
    onColumnMenu: (column, anchor) => openMenu(popup(anchor), nameOf(columns[column]), columnMenu({
      column, sort: request.query.sort, layout,
      last: columns.length - layout.hidden.length <= 1,
      onSort: (sort) => request.ask({ sort }),
      onFilter: () => openFilter(column, anchor),
      onLayout: setLayout,
      onFit: () => grid.fit(column),
      onSummary: () => spec.onSummary(column),
      onCopyName: () => copyText(page, columns[column]?.name ?? ''),
    })),
    onMarkedMenu: (at) => {
      const { active } = grid;
      const marked =
        grid.marked ??
        (active && active.row >= 0
          ? { stamp: view.stamp, fromRow: active.row, toRow: active.row, columns: [active.column], head: false }
          : undefined);
      if (!marked) return;
      openMenu(popup(at), 'Marked cells', markedMenu({
        marked,
        value: active && active.row >= 0 ? grid.cell(active)?.value : undefined,
        onCopy: copy,
        onExport: (each) => page.send({ type: 'export', table: index, marked: each }),
        onShow: () => active && inspect(active, true),
        onOnly: (text) => active && only({ kind: 'is', column: active.column, text }),
        onOnlyEmpty: () => active && only({ kind: 'empty', column: active.column, empty: true }),
      }));
    },
    onActive: (cell) => {
      sayPlace();
      if (cell && inspector.isOpen) inspect(cell, false);
    },
    onOpenCell: (cell) => inspect(cell, true),
    onMarked: () => sayPlace(),
    onCopy: (marked) => copy(marked, 'tsv'),
    onLayout: (next) => {
      layout = next;
      spec.onLayout(next);
    },
    onScroll: spec.onScroll,
  });
  const sayPlace = (): void => {
    const { active, marked } = grid;
    const many = marked && (marked.fromRow !== marked.toRow || marked.columns.length > 1);
    const number = active && active.row >= 0 ? grid.cell(active)?.number : undefined;
    spec.onPlace(
      many
        ? `${markedText(marked)} marked`
        : active && number !== undefined
          ? spec.placeName?.(active.column, (column) => grid.cell({ row: active.row, column })?.value) ??
            `Row ${formatCount(number + 1)}, ${nameOf(columns[active.column])}`
          : '',
    );
  };
  const update = (news: TableView): void => {
    view = news;
    grid.setOrder(news.stamp, news.matchedRows, news.query.sort, [...new Set(news.query.filters.map(({ column }) => column))]);
    if (news.rows.length > 0) grid.put(news.stamp, 0, 0, news.rows);
    // Another row may stand where the keyboard is.
    sayPlace();
  };
  update(view);
  const place = h('div', { class: 'grid-place' }, grid.element);
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !inspector.isOpen) return;
    // The cell is closed first; what is marked is let go by the next one.
    event.preventDefault();
    event.stopPropagation();
    inspector.close();
  }, { capture: true });
  return {
    element: h('div', { class: 'grid-part' }, place, inspector.element),
    get layout() {
      return layout;
    },
    update,
    take: (news) => {
      if (news.type === 'cell') {
        inspector.take(news.row, news.column, news.text, news.length);
        return;
      }
      grid.put(news.stamp, news.from, news.columnFrom, news.rows);
      sayPlace();
      if (awaited) inspect(awaited, true);
    },
    get active() {
      return grid.active;
    },
    scrollTo: (place) => grid.scrollTo(place),
    goTo: (cell) => grid.goTo(cell),
    openCell: (cell) => {
      grid.goTo(cell);
      grid.focus();
      inspect(cell, true);
    },
    openColumns: (anchor) => openColumnList(popup(anchor, () => anchor.focus()), columns, layout, setLayout),
    openGoTo: (anchor) => openGoTo(popup(anchor, () => anchor.focus()), {
      rows: view.matchedRows,
      arranged: view.query.sort !== undefined || isFiltered(view.query),
      columns: markAll(view, layout).columns.map((column) => ({ name: columns[column]?.name ?? '', column })),
      first: grid.active,
      onGo: (cell) => {
        grid.goTo(cell);
        grid.focus();
      },
    }),
    openFilter: (anchor) => openFilter(grid.active?.column ?? markAll(view, layout).columns[0] ?? 0, anchor),
    openCopy: (anchor) => openMenu(popup(anchor, () => anchor.focus()), 'Copy', copyMenu(grid.marked, markAll(view, layout), copy)),
    exportMarked: () => page.send({ type: 'export', table: index, ...(grid.marked && { marked: grid.marked }) }),
    focus: back,
    close: () => life.abort(),
  };
}
