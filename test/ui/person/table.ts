// A table on a page as a person reads it: a grid, of which only what is in sight is drawn, or a list when it has one row.

import type { FrameLocator, Locator, Page } from 'playwright-core';
import { soon } from './patience';

/** A table that is looked at. */
export interface TableOnPage {
  /** The grid, which scrolls. */
  readonly grid: Locator;
  /** What the table holds in words, such as `2 rows × 8 columns`. */
  readonly size: Locator;
  /** The names over the columns in sight. */
  readonly heads: Locator;
  /** What came back, row by row, as far as the rows are drawn; all columns, also those that have to be scrolled to. */
  cells(): Promise<string[][]>;
  /** What was sent and stands beside, in the same way. */
  sent(): Promise<string[][]>;
  /** Waits until rows are drawn, none of whose cells is still to come. */
  drawn(): Promise<void>;
  /** Clicks the head of a column. */
  sortBy(column: string): Promise<void>;
  /** Opens the menu of a column and chooses from it. */
  column(column: string, entry: string): Promise<void>;
  /** Types into the search over the table. */
  search(text: string): Promise<void>;
  /** A tool over the table, where there is room for all of them. */
  tool(name: string): Locator;
  /** Uses a tool: its button, or its line in the menu where there is little room. */
  use(name: string): Promise<void>;
  /** A cell that holds just this text. */
  cell(text: string): Locator;
}

/** The table of a page; the first one where there are several. */
export function tableOnPage(page: Page, frame: FrameLocator): TableOnPage {
  const viewer = frame.locator('.viewer').first();
  const grid = viewer.locator('.grid');
  const head = (column: string): Locator => viewer.getByRole('columnheader', { name: column, exact: true }).or(viewer.locator('.head').filter({ has: frame.locator('.column-name').getByText(column, { exact: true }) })).first();
  const tool = (name: string): Locator => frame.locator('.tool-set').filter({ visible: true }).getByRole('button', { name, exact: true });
  const drawn = async (): Promise<void> => {
    await viewer.locator('.row-list, .grid .row').first().waitFor();
    await soon(() => viewer.locator('.cell.waiting').count()).toBe(0);
  };
  return {
    grid, drawn,
    size: viewer.locator('.output-size'),
    heads: viewer.locator('.column-name'),
    cells: () => read(viewer, 'Came back'),
    sent: () => read(viewer, 'Sent'),
    sortBy: async (column) => head(column).locator('.column-name').click(),
    column: async (column, entry) => {
      await head(column).hover();
      await head(column).getByRole('button').click();
      await frame.locator('.menu-item').filter({ hasText: entry }).first().click();
    },
    search: async (text) => {
      await frame.locator('.search-text').filter({ visible: true }).fill(text);
      await page.keyboard.press('Enter');
    },
    tool,
    use: async (name) => {
      const [wide, others] = [tool(name), tool('More Tools')];
      await wide.or(others).filter({ visible: true }).first().waitFor();
      if (await wide.isVisible()) return wide.click();
      await others.click();
      await frame.locator('.menu-item').filter({ hasText: name }).click();
    },
    cell: (text) => viewer.locator('.cell').filter({ hasText: new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) }).first(),
  };
}

/** Reads the columns of a group, or all of them where there are no groups; nothing where there is no table. Scrolls a grid to its right end and back. */
async function read(viewer: Locator, group: string): Promise<string[][]> {
  if ((await viewer.count()) === 0) return [];
  const frame = await (await viewer.elementHandle())?.ownerFrame();
  return (await frame?.evaluate<string[][]>(`(${script})(${JSON.stringify(group)})`)) ?? [];
}

/** It runs in the page, so that it is text here. */
const script = `async (group) => {
  const viewer = document.querySelector('.viewer');
  const drawnAgain = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const texts = (within, cells) => [...within.querySelectorAll(cells)].map((cell) => cell.innerText);
  const lists = [...viewer.querySelectorAll('.row-list')];
  if (lists.length > 0) {
    const list = lists.find((each) => each.getAttribute('aria-label') === group) ?? (viewer.querySelector('.row-lists h3') ? undefined : lists[0]);
    return list ? [texts(list, 'td')] : [];
  }
  const grid = viewer.querySelector('.grid');
  if (!grid) return [];
  const numberOf = (element, name) => Number(element.getAttribute(name));
  const rows = new Map();
  let [from, to] = [0, 0];
  const before = grid.scrollLeft;
  for (let left = 0; ; left += grid.clientWidth / 2) {
    grid.scrollLeft = left;
    await drawnAgain();
    const bands = [...grid.querySelectorAll('.band')];
    const band = bands.find((each) => each.innerText === group);
    if (band) [from, to] = [numberOf(band, 'aria-colindex'), numberOf(band, 'aria-colindex') + numberOf(band, 'aria-colspan')];
    else if (bands.length === 0) [from, to] = [2, Infinity];
    for (const row of grid.querySelectorAll('.row')) {
      const place = numberOf(row, 'aria-rowindex');
      if (!rows.has(place)) rows.set(place, new Map());
      for (const cell of row.querySelectorAll('.cell:not(.waiting)')) rows.get(place).set(numberOf(cell, 'aria-colindex'), cell.innerText);
    }
    if (grid.clientWidth === 0 || grid.scrollLeft + grid.clientWidth >= grid.scrollWidth - 1) break;
  }
  grid.scrollLeft = before;
  await drawnAgain();
  const inOrder = (map) => [...map].sort(([one], [other]) => one - other);
  return inOrder(rows).map(([, cells]) => inOrder(cells).filter(([at]) => at >= from && at < to).map(([, text]) => text));
}`;
