// A file of a million rows as a table: opened from the Explorer, gone through, sorted, filtered, without ever standing whole in the page or in the way of typing.

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { soon } from './person/patience';
import { tableOnPage, type TableOnPage } from './person/table';
import { tidyUp } from './person/tidy';

const rowCount = 1_000_000;
const columns = ['Id', 'Town', 'Temperature', 'Rain', 'Wind', 'Humidity', 'Pressure', 'Sun', 'Snow', 'Note'];
const towns = ['Bern', 'Oslo', 'Lima', 'Kyiv', 'Accra', 'Quito', 'Hanoi'];

/** A number of a row that looks random and is known: every number below a million comes once. */
const mixed = (row: number): number => (row * 637_459) % rowCount;

/** Writes the file a part at a time. */
async function writeRows(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${columns.join(',')}\n`);
  for (let from = 0; from < rowCount; from += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, index) => {
      const row = from + index;
      const number = mixed(row);
      const numbers = [(number / 10_000 - 40).toFixed(4), number % 50, number % 31, number % 101, 950 + (number % 90), number % 15, number % 4];
      return `${row + 1},${towns[number % towns.length]},${numbers.join(',')},"note ${row + 1}, ok"`;
    });
    if (!file.write(`${lines.join('\n')}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

let app: App;
let table: TableOnPage;
beforeAll(async () => {
  app = await openApp({
    files: { 'notes.txt': 'Notes\n' },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false },
    // Before the window opens: an Explorer that does not watch yet hears of no file that comes.
    before: ({ folder }) => writeRows(join(folder, 'weather.csv')),
  });
  const frame = app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  table = tableOnPage(app.page, frame);
});
tidyUp(() => app);

const longMs = 60_000;
const frame = () => app.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
const size = (words: string) => table.size.filter({ hasText: words }).waitFor({ timeout: longMs });
/** How many rows the page holds, whatever the table does. */
const held = () => table.grid.locator('.row').count();

test('is opened from the Explorer, and its rows are there', async () => {
  await app.editors.openExplorer();
  await app.ask.menu(() => app.editors.file('weather.csv').click({ button: 'right' }), 'Open as Table');
  await table.drawn();
  expect((await table.cells())[0]).toEqual(['1', 'Bern', '-40.0000', '0', '0', '0', '950', '0', '0', 'note 1, ok']);
  await size('1,000,000 rows × 10 columns');
  await frame().getByText('Reading').waitFor({ state: 'hidden', timeout: longMs });
  expect(await held()).toBeLessThan(100);
  await app.shots('large file', 'large-file');
});

test('its last row is one key away', async () => {
  await table.cell('Bern').click();
  await app.page.keyboard.press('Control+End');
  await table.cell('note 1000000, ok').waitFor();
  expect(await held()).toBeLessThan(100);
  await app.page.keyboard.press('Control+Home');
  await table.cell('note 1, ok').waitFor({ state: 'attached' });
});

test('it is sorted by a number while a person types beside it', async () => {
  await app.ask.menu(() => app.editors.file('notes.txt').click({ button: 'right' }), 'Open to the Side');
  const editor = app.page.locator('.editor-group-container.active .monaco-editor.focused');
  await editor.waitFor();
  await app.page.locator('.editor-group-container .tab').filter({ hasText: 'weather.csv' }).waitFor();
  await table.sortBy('Temperature');
  await table.sortBy('Temperature');
  await app.page.locator('.editor-group-container').filter({ has: app.page.locator('.tab[data-resource-name="notes.txt"]') }).locator('.view-lines').click();
  await editor.waitFor();
  await app.page.keyboard.press('Control+End');
  await app.page.keyboard.type('typed while it sorts');
  await editor.locator('.view-lines').filter({ hasText: /typed.while.it.sorts/ }).waitFor();
  await frame().locator('[aria-sort=descending]').waitFor({ timeout: longMs });
  await table.cell('59.9999').waitFor({ timeout: longMs });
  await app.shot('large file, beside an editor');
  await app.page.keyboard.press('Control+s');
  await app.page.locator('.tab.dirty').waitFor({ state: 'hidden' });
  const shown = (await table.cells()).map((cells) => Number(cells[2]));
  expect(shown.slice(0, 3)).toEqual([59.9999, 59.9998, 59.9997]);
  expect(await held()).toBeLessThan(100);
});

test('a filter and a search find what is there, and only that', async () => {
  await table.column('Town', 'Filter…');
  await frame().getByRole('textbox', { name: 'Text' }).fill('kyiv');
  await frame().getByRole('button', { name: 'Apply', exact: true }).click();
  const ofKyiv = Array.from({ length: rowCount }, (_, row) => mixed(row) % towns.length).filter((town) => towns[town] === 'Kyiv').length;
  await size(`${ofKyiv.toLocaleString('en-US')} of 1,000,000 rows`);
  await soon(async () => new Set((await table.cells()).map((cells) => cells[1]))).toEqual(new Set(['Kyiv']));
  const wanted = Array.from({ length: rowCount }, (_, row) => row).find((row) => row > 500_000 && towns[mixed(row) % towns.length] === 'Kyiv') ?? 0;
  await table.search(`note ${wanted + 1},`);
  await size('1 of 1,000,000 rows');
  await soon(async () => (await table.cells()).map((cells) => cells[0])).toEqual([String(wanted + 1)]);
});

test('its summary counts all rows', async () => {
  await app.editors.close('notes.txt');
  await table.use('Summary');
  const card = frame().locator('.card').filter({ has: frame().getByRole('heading', { name: 'Temperature' }) });
  await card.scrollIntoViewIfNeeded();
  await card.locator('svg.histogram .bar').first().waitFor({ timeout: longMs });
  expect((await card.locator('.card-facts').innerText()).replaceAll(/\s+/g, ' ')).toMatch(/Rows 1,000,000 Empty 0 .*Minimum -40 Maximum 59\.9999/);
  await app.shots('large file, summary');
});

test('a reload of the window opens it again, sorted, filtered and searched as it was', async () => {
  await table.use('Summary');
  await table.sortBy('Wind');
  await app.reload(/sort[\\"]*:\{[\\"]*column[\\"]*:4/);
  await frame().locator('[aria-sort=ascending]').waitFor({ timeout: longMs });
  await size('1 of 1,000,000 rows');
  await frame().locator('.chip').filter({ hasText: 'kyiv' }).waitFor();
  await soon(() => frame().locator('.search-text').inputValue()).toMatch(/^note \d+,$/);
  await frame().getByRole('button', { name: 'Clear All', exact: true }).click();
  await frame().locator('.chip').waitFor({ state: 'hidden' });
  await table.search('');
  await size('1,000,000 rows × 10 columns');
  await soon(async () => new Set((await table.cells()).map((cells) => cells[4]))).toEqual(new Set(['0']));
});
