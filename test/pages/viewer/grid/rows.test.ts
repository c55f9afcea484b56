// The grid with more rows and columns than a page can hold: what is drawn, what is asked for, what is kept.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { columns, startGrids, type GridPage, type Setup } from '../../support/gridHostPage';

let grids: Awaited<ReturnType<typeof startGrids>>;
let grid: GridPage | undefined;
beforeAll(async () => {
  grids = await startGrids();
});
afterAll(() => grids.close());
afterEach(async () => {
  expect(await grid?.harm()).toEqual([]);
  await grid?.close();
  grid = undefined;
});

const open = async (setup: Setup, size: { width?: number; height?: number } = {}): Promise<GridPage> => {
  grid = await grids.open(setup, size);
  return grid;
};
const scrollTop = (page: GridPage, top: number | string): Promise<unknown> => page.page.evaluate(`document.querySelector('.grid').scrollTop = ${top}`);
const numberOf = (text: string | undefined): number => Number(text?.replaceAll(',', ''));

/** The cells of a row in sight are those of that row, and rows follow each other. */
const expectRowsInOrder = async (page: GridPage, first: number): Promise<void> => {
  const seen = await page.rowsInSight();
  expect(seen.length).toBeGreaterThan(15);
  expect(seen.map(numberOf)).toEqual(seen.map((_, index) => first + index));
  expect(await page.text(first, 1)).toBe(`row ${first} column 1`);
};

describe('a million rows', () => {
  test('are drawn a screenful at a time, wherever one scrolls', async () => {
    const page = await open({ rows: 1_000_000, columns: columns(10) });
    await page.settle();
    await expectRowsInOrder(page, 1);
    for (const part of ['0.5', '0.25', '0.999']) {
      await scrollTop(page, `${part} * document.querySelector('.grid').scrollHeight`);
      await page.settle();
      const first = numberOf((await page.rowsInSight())[0]);
      expect(Math.abs(first / 1_000_000 - Number(part))).toBeLessThan(part === '0.999' ? 0.05 : 0.13);
      await expectRowsInOrder(page, first);
    }
    const drawn = await page.page.locator('.row').count();
    expect(drawn).toBeLessThan(60);
  });

  test('end with the last row, which is reached by scroll bar and by key', async () => {
    const page = await open({ rows: 1_000_000, columns: columns(3) });
    await scrollTop(page, 1e9);
    await page.settle();
    expect((await page.rowsInSight()).at(-1)).toBe('1,000,000');
    await page.call('focus');
    await page.page.keyboard.press('Control+Home');
    await page.settle();
    expect((await page.rowsInSight())[0]).toBe('1');
    await page.page.keyboard.press('Control+End');
    await page.settle();
    expect((await page.rowsInSight()).at(-1)).toBe('1,000,000');
    expect(await page.active()).toEqual({ row: 999_999, column: 2 });
  });
});

describe('twenty million rows, more than a page can be tall for', () => {
  test('move by single rows under the wheel and the keys, and none is left out', async () => {
    const page = await open({ rows: 20_000_000, columns: columns(4) });
    await page.call('goTo', { row: 9_999_999, column: 1 });
    await page.settle();
    let first = numberOf((await page.rowsInSight())[0]);
    await expectRowsInOrder(page, first);
    for (let step = 0; step < 3; step++) {
      await page.page.mouse.move(400, 300);
      await page.page.mouse.wheel(0, 250);
      await expect.poll(async () => numberOf((await page.rowsInSight())[0])).toBe(first + 10);
      first += 10;
    }
    // When it stands still, the scroll bar is put where the rows are; they must not move.
    await expect.poll(async () => (await page.place()).row).toBe(first - 1);
    await page.settle();
    await expectRowsInOrder(page, first);
    await page.page.keyboard.press('Control+Home');
    await page.call('goTo', { row: 19_999_999, column: 1 });
    await page.settle();
    expect((await page.rowsInSight()).at(-1)).toBe('20,000,000');
    expect(await page.page.evaluate('(() => { const each = document.querySelector(".grid"); return each.scrollHeight - each.scrollTop - each.clientHeight; })()')).toBeLessThanOrEqual(1);
  });

  test('lead back to the first row by wheel, without a jump', async () => {
    const page = await open({ rows: 20_000_000, columns: columns(4) });
    await page.call('goTo', { row: 60_000, column: 1 });
    await page.settle();
    await page.call('scrollTo', { row: 40, left: 0 });
    await page.page.mouse.move(400, 300);
    await page.page.mouse.wheel(0, -900);
    await expect.poll(async () => (await page.rowsInSight())[0]).toBe('5');
    await page.page.mouse.wheel(0, -900);
    await expect.poll(async () => (await page.rowsInSight())[0]).toBe('1');
    expect((await page.place()).top).toBe(0);
  });
});

test('five thousand columns are drawn as far as they are in sight, and come from blocks of their own', async () => {
  const page = await open({ rows: 1000, columns: columns(5000) });
  await page.settle();
  expect(await page.page.locator('.grid-body .cell').count()).toBeLessThan(1000);
  await page.call('goTo', { row: 500, column: 4999 });
  await page.settle();
  expect(await page.text(500, 4999)).toBe('row 500 column 4999');
  expect(await page.page.locator('.head').last().getAttribute('aria-colindex')).toBe('5001');
  expect(await page.told('want')).toContainEqual([1, 500, 4992]);
  // In between nothing was asked for.
  expect((await page.told('want')).filter(([, , column]) => Number(column) > 128 && Number(column) < 4800)).toEqual([]);
});

describe('blocks', () => {
  test('are asked for once each, and only those in sight or next to it', async () => {
    const page = await open({ rows: 1_000_000, columns: columns(5), given: 100 });
    await page.settle();
    await page.call('goTo', { row: 500_050, column: 0 });
    await page.settle();
    const wanted = await page.told('want');
    expect(wanted).toContainEqual([1, 500_000, 0]);
    expect(new Set(wanted.map(String)).size).toBe(wanted.length);
    expect(wanted.filter(([, from]) => Number(from) > 200 && Math.abs(Number(from) - 500_000) > 200)).toEqual([]);
  });

  test('are asked for ahead of the rows that somebody scrolls to, not around a place that was jumped to', async () => {
    const page = await open({ rows: 1000, columns: columns(3), given: 100 });
    await scrollTop(page, 100);
    await page.settle();
    expect(await page.told('want')).toEqual([]);
    await scrollTop(page, 300);
    await expect.poll(() => page.told('want')).toEqual([[1, 100, 0]]);
  });

  test('that do not come are asked for again, and are never blank for good', async () => {
    const page = await open({ rows: 50, columns: columns(3), unanswered: 2 });
    expect(await page.text(0, 1)).toBe('…');
    await page.settle();
    expect(await page.text(0, 1)).toBe('row 0 column 1');
    expect(await page.told('want')).toEqual([[1, 0, 0], [1, 0, 0], [1, 0, 0]]);
  });

  test('that are far away are let go and come again', async () => {
    const page = await open({ rows: 1_000_000, columns: columns(3) });
    await page.settle();
    expect(await page.call('cell', { row: 3, column: 1 })).toEqual({ number: 3, value: 'row 3 column 1' });
    const many = Array.from({ length: 250 }, (_, index) => index);
    await page.call('goTo', { row: 900_000, column: 0 });
    await page.page.evaluate(`for (const block of ${JSON.stringify(many)}) grid.put(1, 880_000 + block * 100, 0, Array.from({ length: 100 }, (_, row) => ({ number: 880_000 + block * 100 + row, cells: ['1', '2', '3'] })))`);
    expect(await page.call('cell', { row: 3, column: 1 })).toBeUndefined();
    await page.call('goTo', { row: 0, column: 0 });
    await page.settle();
    expect(await page.text(3, 1)).toBe('row 3 column 1');
    expect((await page.told('want')).filter(([, from, column]) => from === 0 && column === 0).length).toBe(2);
  });

  test('that are passed at speed are not asked for', async () => {
    const page = await open({ rows: 1_000_000, columns: columns(3), given: 100, delayMs: 5 });
    await page.page.evaluate(`new Promise((done) => {
      let turn = 0;
      const step = () => {
        document.querySelector('.grid').scrollTop += 90_000;
        if (++turn < 40) requestAnimationFrame(step);
        else done();
      };
      requestAnimationFrame(step);
    })`);
    await page.settle();
    expect((await page.told('want')).length).toBeLessThan(15);
    const first = numberOf((await page.rowsInSight())[0]);
    expect(await page.text(first, 1)).toBe(`row ${first} column 1`);
  });

  test('of another order are not taken', async () => {
    const page = await open({ rows: 20, columns: columns(2), given: 20 });
    await page.call('put', 7, 0, 0, [{ number: 0, cells: ['wrong', 'wrong'] }]);
    expect(await page.text(0, 1)).toBe('row 0 column 1');
  });
});

test('more rows of the same order change nothing that is there', async () => {
  const page = await open({ rows: 150, columns: columns(3) });
  await page.settle();
  await page.call('goTo', { row: 120, column: 1 });
  await page.settle();
  await page.page.locator('.cell.active').click();
  const before = await page.rowsInSight();
  await page.page.evaluate('setup.rows = 158');
  await page.call('setOrder', 1, 158, undefined, []);
  await page.settle();
  expect((await page.rowsInSight()).slice(0, before.length)).toEqual(before);
  expect(await page.active()).toEqual({ row: 120, column: 1 });
  expect(await page.page.evaluate('grid.marked')).toMatchObject({ fromRow: 120, toRow: 120, columns: [1] });
  // The block that had only begun is filled up, though its first rows in sight are there.
  await page.call('goTo', { row: 157, column: 1 });
  await page.settle();
  expect(await page.text(157, 1)).toBe('row 157 column 1');
});

test('another order shows its own rows from the first on, and lets go of what was marked', async () => {
  const page = await open({ rows: 500, columns: columns(3) });
  await page.settle();
  await page.call('goTo', { row: 300, column: 1 });
  await page.page.locator('.cell.active').click();
  await page.page.evaluate('setup.backwards = true');
  await page.call('setOrder', 2, 500, { column: 0, descending: true }, []);
  await page.settle();
  expect((await page.rowsInSight())[0]).toBe('500');
  expect(await page.text(0, 1)).toBe('row 499 column 1');
  await page.tells('marked', null);
  expect(await page.active()).toEqual({ row: 0, column: 1 });
});

test('a page that was hidden stands where it stood, and one that is restored where it was', async () => {
  const page = await open({ rows: 1_000_000, columns: columns(30) });
  await page.call('scrollTo', { row: 700_000, left: 420 });
  await page.settle();
  expect((await page.rowsInSight())[0]).toBe('700,001');
  // Hidden in the middle of a scroll, which is told only afterwards.
  await page.page.evaluate('document.querySelector(".grid").scrollTop += 100; document.getElementById("root").hidden = true');
  await page.call('focus');
  // It may be told while the page is still hidden, and news may come in the moment in which it is shown.
  await page.page.evaluate('document.querySelector(".grid").dispatchEvent(new Event("scroll"))');
  await page.page.evaluate('document.getElementById("root").hidden = false; grid.setLayout({ widths: {}, pinned: [], hidden: [] })');
  await expect.poll(async () => (await page.rowsInSight())[0]).toMatch(/^700,00\d$/);
  await page.page.evaluate('document.getElementById("root").hidden = true');
  await page.call('scrollTo', { row: 300_000, left: 210 });
  await page.page.evaluate('document.getElementById("root").hidden = false');
  await expect.poll(async () => (await page.rowsInSight())[0]).toBe('300,001');
  await expect.poll(async () => (await page.place()).left).toBe(210);
  await expect.poll(async () => (await page.told('scroll')).at(-1)).toEqual([{ row: 300_000, left: 210 }]);
});

test('a grid whose signal is raised asks and tells nothing any more', async () => {
  const page = await open({ rows: 1_000_000, columns: columns(3) });
  await page.settle();
  await page.page.evaluate('ended.abort(); calls.length = 0');
  await scrollTop(page, 900_000);
  await page.page.locator('.cell').first().click({ force: true });
  await page.page.waitForTimeout(400);
  expect(await page.page.evaluate('calls')).toEqual([]);
});
