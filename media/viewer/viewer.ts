// A table with all there is to look at it with: tools, filters, the grid or a list, pictures of its columns, and what it is doing.

import type { ToTable } from '../../src/ui/tables/messages';
import type { Filter, TableView, ViewColumn } from '../../src/model/view';
import type { AnyPage } from '../kit/context';
import { button, h } from '../kit/elements';
import { drawNotes } from '../kit/notes';
import { actionLabels, drawBriefProblem, withoutRetry } from '../kit/problem';
import { redraw } from '../kit/redraw';
import { slot } from '../kit/slot';
import { drawChips } from './chips';
import { copyMenu } from './columnMenu';
import { drawGridPart, markAll, type GridPart } from './gridPart';
import type { CellPlace, Layout, ScrollPlace } from './grid/gridSpec';
import { keptRows, stillRequested } from './keptRows';
import { keptLayout, keptSort, layoutOf, type TableLook } from './looks';
import { openMenu } from '../kit/menu';
import { drawPictures, type Pictures } from './pictures';
import { isFiltered, sizeText } from './query';
import { restoring } from './restoring';
import { drawRowList, listedColumns, type RowList } from './rowList';
import { drawScripts } from './scripts';
import { drawSearch } from './search';
import { drawStatusLine, orderSentence } from './statusLine';
import { drawToolbar } from '../kit/toolbar';
import { givesWay } from '../kit/oneLine';
import { toolsOf, type Way } from './tools';
import { viewRequests } from './request';
import type { ViewerRest } from './viewerRest';

/** How long scrolling rests before its place is kept, in milliseconds. */
const restMs = 150;

/** No page has more rows in sight. */
const rowsInSight = 200;

/** The contract's blocks of columns; the model's own number is not for the pages to import. */
const listBlock = 64;

/** A table on the page. */
export interface Viewer {
  readonly element: HTMLElement;
  /** Its search and tools, for the line above it. */
  readonly tools: HTMLElement;
  /** Where somebody is, and the columns that they see, in their order. */
  place(): { readonly from?: CellPlace; readonly columns: readonly number[] };
  /** Whether the rows stand in the order that they are to have: one that was looked at before may have to come back. */
  inOrder(): boolean;
  /** Brings a cell into view; the focus stays where it is. */
  goTo(cell: CellPlace): void;
  /** Takes the table as it is now. What somebody looks at stays where it can. */
  update(view: TableView): void;
  /** Takes any news of this table. */
  take(news: ToTable): void;
}

/** Draws the table at `index`, which is the number that the editor knows it by. */
export function drawViewer(page: AnyPage, first: TableView, index: number, rest: ViewerRest): Viewer {
  let view = first;
  let { look } = rest;
  let way: Way | undefined;
  let shownColumns: readonly ViewColumn[] | undefined;
  let grid: GridPart | undefined;
  let list: RowList | undefined;
  let pictures: Pictures | undefined;
  let scrollTimer: ReturnType<typeof setTimeout> | undefined;
  /** What is scrolled to as soon as its rows have been read. */
  let awaited: ScrollPlace | undefined;
  page.signal.addEventListener('abort', () => clearTimeout(scrollTimer));
  const keep = (changed: { readonly [Name in keyof TableLook]: TableLook[Name] | undefined }): void => {
    look = Object.fromEntries(Object.entries({ ...look, ...changed }).filter(([, value]) => value !== undefined));
    rest.onLook(look);
  };

  const element = h('section', { class: 'output viewer', 'aria-label': view.name });
  const request = viewRequests(page, index, first, (query) => {
    order.giveWay();
    keep({ sort: keptSort(query.sort, view.columns), ...stillRequested(look, query, view.columns) });
    refresh();
  });
  const order = restoring({
    first, request, look: () => look,
    join: (on) => page.send({ type: 'join', table: index, on }),
    onLost: () => {
      awaited = undefined;
      keep({ scroll: undefined });
    },
  });
  const name = h('h2', { class: 'output-name unseen', tabindex: -1 }, view.name);
  const size = h('span', { class: 'output-size' });
  const search = drawSearch(view.name, `search-${index}`, view.query.search ?? '', page.signal, (text) => request.ask({ search: text === '' ? undefined : text }));
  search.element.setAttribute(givesWay, '40');
  const toolbar = drawToolbar(element, view.name, index, page.signal);
  const clear = (): void => request.ask({ filters: [], search: undefined });
  const chips = drawChips(index, (filters) => (filters.length === 0 && request.query.filters.length > 1 ? clear() : request.ask({ filters })), () => (grid ? grid.focus() : name.focus()));
  const status = drawStatusLine(index, size, request, () => page.send({ type: 'readOn', table: index }));
  const stage = h('div', { class: 'viewer-stage' });
  const focusPlace = { stage: name };
  const notes = slot<readonly string[]>(focusPlace, 'output-notes', (each) => [drawNotes(each)]);
  const scripts = slot<TableView['scripts']>(focusPlace, 'viewer-scripts', (each) => [drawScripts(each, index)]);
  const orderProblem = slot<TableView['problem'] | null>(focusPlace, 'viewer-problem', (each) => [
    each ? drawBriefProblem(page, withoutRetry(each), actionLabels()) : undefined,
  ]);
  const again = button({ label: 'Try Again', icon: 'again', focusKey: `try-${index}`, run: () => page.send({ type: 'readOn', table: index }) });
  const readProblem = slot<TableView['problem'] | null>(focusPlace, 'viewer-problem', (each) => [
    each ? drawBriefProblem(page, withoutRetry(each), actionLabels(), again) : undefined,
  ]);
  const none = slot<string | null>(focusPlace, 'empty', (words) => (words === null ? [] : [
    h('p', {}, words),
    view.totalRows === 0 ? undefined : button({ label: 'Clear Search and Filters', focusKey: `clear-${index}`, run: clear }),
  ]));

  const layoutNow = (): Layout => grid?.layout ?? layoutOf(look, view.columns, view.joined === true);
  const canBeList = (): boolean => view.totalRows === 1 && view.reading === undefined && !isFiltered(view.query) && view.columns.length <= listedColumns;
  const wayOf = (): Way => {
    if (view.columns.length === 0) return 'nothing';
    if (look.pictures) return 'pictures';
    return canBeList() && look.list !== false ? 'list' : 'grid';
  };
  const filterBy = (filter: Filter): void => {
    keep({ pictures: undefined, list: false });
    draw();
    request.ask({ filters: [...request.query.filters.filter((each) => each.column !== filter.column), filter] });
    grid?.focus();
  };
  const scrollBack = (): void => {
    awaited = look.scroll;
    scrollOn();
  };
  const scrollOn = (): void => {
    // Rows in another order are not scrolled: the place is not theirs.
    if (!grid || !awaited || order.pending) return;
    const isRead = view.reading === undefined;
    if (isRead || awaited.row < view.matchedRows) grid.scrollTo(awaited);
    if (isRead || awaited.row + rowsInSight <= view.matchedRows) awaited = undefined;
  };
  const showPictures = (on: boolean): void => {
    keep({ pictures: on ? true : undefined });
    draw();
  };
  const openCopy = (anchor: HTMLElement): void => {
    if (grid) grid.openCopy(anchor);
    else openMenu({ host: element, anchor, back: () => anchor.focus(), signal: page.signal }, 'Copy', copyMenu(undefined, markAll(view, layoutNow()), (marked, format) => page.send({ type: 'copyMarked', table: index, marked, format })));
  };

  const onScroll = (scroll: ScrollPlace): void => {
    clearTimeout(scrollTimer);
    if (!awaited) scrollTimer = setTimeout(() => keep({ scroll }), restMs);
  };
  const drawTheGrid = (): HTMLElement => {
    grid = drawGridPart({
      page, index, view, host: element, whole: rest.whole, request, layout: layoutNow(), onScroll, placeName: rest.placeName,
      onLayout: (layout) => {
        keep(keptLayout(layout, view.columns, view.joined === true));
        refresh();
      },
      onSummary: (column) => {
        showPictures(true);
        pictures?.goTo(column);
      },
      onPlace: status.say,
    });
    return grid.element;
  };
  const drawTheList = (): HTMLElement => {
    list = drawRowList(view.name, index, view.columns, rest.whole, (column) => {
      keep({ list: false });
      draw();
      grid?.openCell({ row: 0, column });
    });
    const [row] = view.rows;
    if (row) list.put(0, row);
    for (let from = row ? listBlock : 0; from < view.columns.length; from += listBlock) {
      page.send({ type: 'rows', table: index, stamp: view.stamp, from: 0, columnFrom: from });
    }
    return list.element;
  };

  /** Draws what fills the viewer when it is something else than before, and all around it. */
  const draw = (): void => {
    const now = wayOf();
    const { columns } = view;
    const others = shownColumns !== undefined && JSON.stringify(columns) !== JSON.stringify(shownColumns);
    if (now !== way || others) {
      const more = shownColumns?.every(({ name: called, group }, at) => columns[at]?.name === called && columns[at].group === group) ?? true;
      way = now;
      grid?.close();
      grid = undefined;
      list = undefined;
      if (others) pictures = undefined;
      status.say('');
      redraw(stage, name, () => stage.replaceChildren(...(now === 'nothing' ? [] : [now === 'list' ? drawTheList() : now === 'grid' ? drawTheGrid() : (pictures ??= drawPictures(page, index, view, filterBy)).element])));
      if (more) scrollBack();
    } else {
      grid?.update(view);
      scrollOn();
      pictures?.update(view);
      const [row] = view.rows;
      if (row) list?.put(0, row);
    }
    shownColumns = columns;
    refresh();
  };
  const refresh = (): void => {
    size.textContent = sizeText(view, way === 'grid' ? layoutNow().hidden.length : 0);
    search.element.hidden = way !== 'grid';
    search.update(request.query.search ?? '');
    // After the search: they look how much room is left.
    toolbar.update([...toolsOf({
      way: way ?? 'nothing', view, canBeList: canBeList(),
      onColumns: (anchor) => grid?.openColumns(anchor),
      onGoTo: (anchor) => grid?.openGoTo(anchor),
      onCopy: openCopy,
      onExport: () => (grid ? grid.exportMarked() : page.send({ type: 'export', table: index })),
      onPictures: showPictures,
      onJoin: (on) => {
        keep({ joined: on });
        page.send({ type: 'join', table: index, on });
      },
      onList: (on) => {
        keep({ list: on });
        draw();
      },
      onFilter: (anchor) => grid?.openFilter(anchor),
    }), ...(rest.tools ?? [])]);
    chips.update(request.query.filters, view.columns);
    status.update(view);
    notes.update(view.notes);
    scripts.update(view.scripts);
    orderProblem.update(view.problem ?? null);
    readProblem.update(view.reading?.state === 'failed' ? view.reading.problem ?? { sentence: 'The file could not be read.' } : null);
    const waits = view.reading !== undefined && view.totalRows === 0;
    none.update(way === 'pictures' || view.matchedRows > 0 || waits || (view.totalRows > 0 && !isFiltered(view.query)) ? null : view.totalRows === 0 ? rest.empty : 'No row holds all that is looked for.');
  };

  element.append(
    name, h('div', { class: 'viewer-middle' }, status.bar, stage), none.element,
    scripts.element, chips.element, notes.element, orderProblem.element, readProblem.element, status.element);
  // Whoever does something meanwhile stays where they are.
  for (const event of ['wheel', 'pointerdown', 'keydown'])
    element.addEventListener(event, () => (awaited = undefined), { capture: true, passive: true, signal: page.signal });
  const settle = (): void => {
    scrollOn();
    if (order.pending) return;
    // Texts are kept only when the editor has seen that they are no secrets, and an order that could not be made is not asked for again.
    const { sort, filters, search, partly } = look;
    const now = { sort: keptSort(request.query.sort, view.columns), ...keptRows(view) };
    if (JSON.stringify(now) !== JSON.stringify({ sort, filters, search, partly })) keep(now);
  };
  draw();
  order.begin();
  settle();
  const update = (news: TableView): void => {
    const other = news.stamp !== view.stamp;
    const wasWorking = view.working !== undefined || JSON.stringify(news.query) !== JSON.stringify(view.query);
    view = news;
    request.take(news);
    draw();
    if (other && wasWorking) page.announce(orderSentence(news));
    order.take(news);
    settle();
  };
  return {
    element,
    tools: h('div', { class: 'tool-set' }, search.element, toolbar.element),
    update,
    inOrder: () => !order.pending && view.working === undefined,
    place: () => {
      const from = grid?.active ?? (list?.at === undefined ? undefined : { row: 0, column: list.at });
      return { columns: markAll(view, layoutNow()).columns, ...(from ? { from } : {}) };
    },
    goTo: (cell) => {
      if (way === 'pictures') showPictures(false);
      list?.goTo(cell.column);
      grid?.goTo(cell);
    },
    take: (news) => {
      switch (news.type) {
        case 'table':
          update(news.view);
          break;
        case 'rows': {
          grid?.take(news);
          const [row] = news.rows;
          if (row && news.from === 0 && news.stamp === view.stamp) list?.put(news.columnFrom, row);
          break;
        }
        case 'cell':
          grid?.take(news);
          break;
        case 'summary':
          pictures?.take(news);
          break;
        default:
          news satisfies never;
      }
    },
  };
}
