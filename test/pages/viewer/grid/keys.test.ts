// The grid by keyboard, and by the commands that the editor makes of keys.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { columns, startGrids, type GridPage } from '../../support/gridHostPage';

let grids: Awaited<ReturnType<typeof startGrids>>;
let grid: GridPage;
beforeAll(async () => {
  grids = await startGrids();
});
afterAll(() => grids.close());
beforeEach(async () => {
  grid = await grids.open({ rows: 1000, columns: columns(20), given: 300, layout: { pinned: [3], hidden: [1] } });
  await grid.call('focus');
});
afterEach(async () => {
  expect(await grid.harm()).toEqual([]);
  await grid.close();
});

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await grid.page.keyboard.press(key);
};
const marked = (): Promise<unknown> => grid.page.evaluate('grid.marked ?? null');
const last = async (name: string): Promise<unknown> => (await grid.told(name)).at(-1);
const onPage = [3, 0, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];

test('is one stop for the Tab key', async () => {
  await grid.page.evaluate(`(() => { for (const [where, name] of [['before', 'one'], ['after', 'two']]) { const each = document.createElement('button'); each.id = name; each.textContent = name; grid.element[where](each); } })()`);
  await grid.page.locator('#one').focus();
  const stops: unknown[] = [];
  for (let turn = 0; turn < 2; turn++) {
    await press('Tab');
    stops.push(await grid.page.evaluate('document.activeElement.id || document.activeElement.className'));
  }
  expect(stops).toEqual(['grid', 'two']);
});

describe('walks', () => {
  test.each<[string, readonly string[], { row: number; column: number }]>([
    ['to the right past hidden columns', ['ArrowRight', 'ArrowRight'], { row: 0, column: 2 }],
    ['no further left than the first', ['ArrowRight', 'ArrowLeft', 'ArrowLeft'], { row: 0, column: 3 }],
    ['down and up', ['ArrowDown', 'ArrowDown', 'ArrowUp'], { row: 1, column: 3 }],
    ['from the first row to the head, and back', ['ArrowUp'], { row: -1, column: 3 }],
    ['to the ends of the row', ['ArrowDown', 'End'], { row: 1, column: 19 }],
    ['to the first of the row', ['End', 'Home'], { row: 0, column: 3 }],
    ['to the ends of the table', ['Control+End'], { row: 999, column: 19 }],
    ['to its begin', ['Control+End', 'Control+Home'], { row: 0, column: 3 }],
    ['to the ends of a column', ['ArrowRight', 'Control+ArrowDown'], { row: 999, column: 0 }],
    ['no further down than the last row', ['Control+End', 'ArrowDown', 'PageDown'], { row: 999, column: 19 }],
  ])('%s', async (_, keys, place) => {
    await press(...keys);
    expect(await grid.active()).toEqual(place);
    expect(await last('active')).toEqual([place]);
  });

  test('by pages, no further than what was in sight', async () => {
    await press('PageDown');
    const down = (await grid.active())?.row ?? 0;
    expect(down).toBeGreaterThan(15);
    expect(down).toBeLessThan(25);
    await press('PageDown', 'PageUp');
    expect(await grid.active()).toEqual({ row: down, column: 3 });
  });

  test('with the cell in sight and named to a screen reader, and the focus never lost', async () => {
    for (let turn = 0; turn < 60; turn++) await press('ArrowDown');
    await press('End');
    await grid.settle();
    const state: unknown = await grid.page.evaluate(`(() => {
      const grid = document.querySelector('.grid');
      const cell = document.getElementById(grid.getAttribute('aria-activedescendant'));
      const box = cell.getBoundingClientRect();
      const around = grid.getBoundingClientRect();
      return { focused: document.activeElement === grid, row: cell.parentElement.getAttribute('aria-rowindex'), column: cell.getAttribute('aria-colindex'), look: cell.classList.contains('active'),
        inside: box.top >= document.querySelector('.grid-head').getBoundingClientRect().bottom - 1 && box.bottom <= around.bottom && box.right <= around.right && box.left >= document.querySelector('.stuck').getBoundingClientRect().right - 1 };
    })()`);
    expect(state).toEqual({ focused: true, row: '62', column: '20', look: true, inside: true });
  });
});

describe('marks', () => {
  test('what Shift and the arrows reach, back and forth', async () => {
    await press('ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight');
    expect(await marked()).toEqual({ stamp: 1, fromRow: 1, toRow: 2, columns: [3, 0, 2], head: false });
    await press('Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowLeft');
    expect(await marked()).toEqual({ stamp: 1, fromRow: 0, toRow: 1, columns: [3, 0], head: false });
    expect(await grid.page.locator('.cell[aria-selected=true]').count()).toBe(4);
    await press('Control+Shift+End');
    expect(await marked()).toEqual({ stamp: 1, fromRow: 1, toRow: 999, columns: onPage, head: false });
  });

  test('rows, columns and all of it, and lets go', async () => {
    await press('ArrowDown', 'Shift+Space');
    expect(await marked()).toEqual({ stamp: 1, fromRow: 1, toRow: 1, columns: onPage, head: false });
    await press('Shift+ArrowDown');
    expect(await marked()).toEqual({ stamp: 1, fromRow: 1, toRow: 2, columns: onPage, head: false });
    await press('Control+Space');
    expect(await marked()).toEqual({ stamp: 1, fromRow: 0, toRow: 999, columns: [3], head: true });
    await press('Control+a');
    expect(await marked()).toEqual({ stamp: 1, fromRow: 0, toRow: 999, columns: onPage, head: true });
    await grid.tells('announce', '1,000 rows by 19 columns marked.');
    await press('Escape');
    expect(await marked()).toBeNull();
    expect(await last('marked')).toEqual([null]);
    await grid.tells('announce', 'Nothing is marked.');
  });

  test('keeps what is marked out of sight', async () => {
    await press('Shift+ArrowDown');
    await grid.page.mouse.move(400, 300);
    await grid.page.mouse.wheel(0, 20_000);
    await expect.poll(() => grid.page.locator('.cell.marked').count()).toBe(0);
    expect(await marked()).toMatchObject({ fromRow: 0, toRow: 1, columns: [3] });
    await press('Shift+ArrowDown');
    expect(await marked()).toMatchObject({ fromRow: 0, toRow: 2, columns: [3] });
  });

  test('leaves a column out that is hidden afterwards', async () => {
    await press('Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight');
    await grid.call('setLayout', { widths: {}, pinned: [], hidden: [0] });
    expect(await marked()).toMatchObject({ columns: [2, 3] });
    expect(await last('marked')).toMatchObject([{ columns: [2, 3] }]);
  });
});

describe('opens', () => {
  test.each(['Enter', ' '])('a cell with %j', async (key) => {
    await press('ArrowDown', key);
    expect(await last('open')).toEqual([{ row: 1, column: 3 }]);
  });

  test.each(['Enter', ' '])('sorts on a head with %j', async (key) => {
    await press('ArrowRight', 'ArrowUp', key);
    expect(await last('sort')).toEqual([0]);
    expect(await grid.told('open')).toEqual([]);
  });

  test.each(['Alt+ArrowDown', 'Shift+F10', 'ContextMenu'])('the menu of a column with %s', async (key) => {
    await press('ArrowUp', key);
    expect(await grid.told('columnMenu')).toEqual([[3, 'head-menu']]);
  });

  test.each(['Shift+F10', 'ContextMenu'])('the menu of what is marked with %s, below the cell', async (key) => {
    await press('ArrowDown', key);
    expect(await grid.told('markedMenu')).toHaveLength(1);
    const box = await grid.page.locator('.cell.active').boundingBox();
    expect(await last('markedMenu')).toEqual([{ x: (box?.x ?? 0) + 8, y: (box?.y ?? 0) + 25 }]);
    expect(await marked()).toMatchObject({ fromRow: 1, toRow: 1, columns: [3] });
  });
});

test('makes a column wider and narrower, down to what can still be seen', async () => {
  await press('ArrowRight', 'ArrowUp');
  const before = (await grid.page.locator('.head.active').boundingBox())?.width ?? 0;
  await press('Alt+ArrowRight', 'Alt+ArrowRight', 'Alt+ArrowLeft');
  expect(await last('layout')).toEqual([{ widths: { 0: before + 10 }, pinned: [3], hidden: [1] }]);
  await expect.poll(async () => (await grid.page.locator('.head.active').boundingBox())?.width).toBe(before + 10);
  for (let turn = 0; turn < 20; turn++) await press('Alt+ArrowLeft');
  expect(await last('layout')).toMatchObject([{ widths: { 0: 48 } }]);
});

describe('the editor’s commands', () => {
  test('copy what is marked, or the cell that one is on', async () => {
    await grid.page.evaluate("document.execCommand('copy')");
    expect(await last('copy')).toEqual([{ stamp: 1, fromRow: 0, toRow: 0, columns: [3], head: false }]);
    await press('ArrowDown', 'Shift+ArrowRight', 'Control+c');
    expect(await last('copy')).toEqual([{ stamp: 1, fromRow: 1, toRow: 1, columns: [3, 0], head: false }]);
  });

  test('leave what is copied elsewhere on the page alone', async () => {
    await grid.page.evaluate(`(() => { const input = document.createElement('input'); input.value = 'text'; grid.element.after(input); input.focus(); input.select(); document.execCommand('copy'); })()`);
    expect(await grid.told('copy')).toEqual([]);
  });

  test('mark all instead of selecting the page’s text', async () => {
    await grid.page.evaluate("(() => { const text = document.createElement('p'); text.textContent = 'Other text.'; grid.element.before(text); document.execCommand('selectAll'); })()");
    await expect.poll(marked).toMatchObject({ fromRow: 0, toRow: 999, head: true });
    expect(await grid.page.evaluate('document.getSelection().toString()')).toBe('');
  });

  test('do not hear of keys that the grid has used', async () => {
    await grid.page.evaluate("window.heard = []; window.addEventListener('keydown', (event) => window.heard.push(event.key))");
    await press('ArrowUp', 'Alt+ArrowRight', 'ArrowDown', 'PageDown', 'Escape', 'Escape');
    // The second Escape has nothing to let go of.
    expect(await grid.page.evaluate("window.heard.filter((key) => key !== 'Alt')")).toEqual(['Escape']);
  });

  test.each(['Control+f', 'Control+g', 'Control+p', 'F1', 'F6', 'Alt+ArrowUp'])('take %s, which is not the grid’s', async (key) => {
    await grid.page.evaluate("window.kept = []; document.addEventListener('keydown', (event) => { if (event.defaultPrevented) window.kept.push(event.key); event.preventDefault(); })");
    await press(key);
    expect(await grid.page.evaluate('window.kept')).toEqual([]);
  });
});
