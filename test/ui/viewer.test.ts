// An answer of several rows as a person works with it: beside its input, sorted, filtered, searched, marked, copied, counted, exported; pictures of scripts; what stays.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openApp, type App } from './person/app';
import { requestOf, startOwnService, type OwnService } from './person/ownService';
import { soon } from './person/patience';
import { tidyUp } from './person/tidy';

const texts = ['This is a good day', 'rain', 'rain, and wind', 'a day without rain is a day', 'snow on the hills', 'the sun is out'];
const many = Array.from({ length: 300 }, (_, row) => `day ${row + 1} of the year`);
const first = 'Col2 - Hashing feature 1';
/** 31 × 17 pixels. */
const plot = 'iVBORw0KGgoAAAANSUhEUgAAAB8AAAARCAYAAAAlpHdJAAAAOElEQVR4AezSwQkAAAhC0Wil9t+gnerkCnr5QXgUHvbOXOq7gkd5BB922K0CDM7KrTLYJWHNKPsDAAD//ylI+98AAAAGSURBVAMABZlEEhTS42oAAAAASUVORK5CYII=';

let app: App;
let mine: OwnService;
let scores: string[][];
beforeAll(async () => {
  mine = await startOwnService('viewer-key-0123456789');
  scores = await Promise.all(texts.map((text) => mine.score(text)));
  app = await openApp({
    files: { 'days.json': JSON.stringify(requestOf(...texts), undefined, 2), 'one.json': JSON.stringify(requestOf('one')), 'year.json': JSON.stringify(requestOf(...many)), 'notes.txt': 'Notes\n' },
    settings: { 'breadcrumbs.enabled': false, 'editor.minimap.enabled': false, 'azuremlWebServices.services': [{ name: 'My service', address: mine.address, workspace: 'At home' }] },
  });
  await app.giveKey('My service', mine.key);
});
tidyUp(() => app, () => mine?.stop());

/** Sends a file, and waits for its answer; the first time its service is asked for. */
async function send(file: string, isNew = true): Promise<void> {
  await app.editors.open(file);
  await app.editors.send();
  if (isNew) {
    await app.ask.asks(`Send ${file} to`);
    await app.ask.choose('My service');
  }
  await app.answer.answers(file);
  await app.answer.shows('200 OK');
}

const size = (words: string) => app.answer.table.size.filter({ hasText: words }).waitFor();

test('what was sent stands beside what came back, until it is taken away', async () => {
  await send('days.json');
  await app.editors.drag(350, 260);
  await app.editors.drag(await app.editors.leftOf(1), 480);
  const { table } = app.answer;
  await soon(() => app.answer.cells()).toEqual(scores);
  await soon(() => table.sent()).toEqual(texts.map((text) => [text]));
  await soon(() => table.size.innerText()).toBe('6 rows × 9 columns');
  await soon(() => app.answer.frame.locator('.band').allInnerTexts()).toEqual(['Sent', 'Came back']);
  await app.shots('beside its input', 'answer-beside-input');
  await table.use('With Input');
  await size('6 rows × 8 columns');
  expect([await app.answer.cells(), await table.heads.first().innerText()]).toEqual([scores, first]);
  expect(await app.answer.frame.locator('.band').count()).toBe(0);
  await table.use('With Input');
  await size('6 rows × 9 columns');
});

test('a click on a head sorts, another turns it round, a third lets it be', async () => {
  const { table } = app.answer;
  const head = app.answer.frame.getByRole('columnheader').filter({ hasText: first });
  const order = async (): Promise<unknown> => [await head.getAttribute('aria-sort'), await table.sent()];
  const sorted = texts.map((text, row) => ({ text, score: Number(scores[row]?.[0]) }));
  await table.sortBy(first);
  await soon(order).toEqual(['ascending', [...sorted].sort((one, other) => one.score - other.score).map(({ text }) => [text])]);
  await table.sortBy(first);
  await soon(order).toEqual(['descending', [...sorted].sort((one, other) => other.score - one.score).map(({ text }) => [text])]);
  await table.sortBy(first);
  await soon(order).toEqual([null, texts.map((text) => [text])]);
});

test('a filter and a search leave the rows that fit, and say how many', async () => {
  const { table, frame, button } = app.answer;
  await table.search('RAIN');
  await size('3 of 6 rows');
  await soon(() => table.sent()).toEqual([['rain'], ['rain, and wind'], ['a day without rain is a day']]);
  await table.column('Col2', 'Filter…');
  await frame.getByRole('textbox', { name: 'Text' }).fill('wind');
  await button('Apply').click();
  await size('1 of 6 rows');
  await soon(() => table.sent()).toEqual([['rain, and wind']]);
  await soon(() => frame.locator('.chip').allInnerTexts()).toEqual([expect.stringContaining('Col2 contains “wind”')]);
  await app.shots('filtered');
  await button('Take away the filter: Col2 contains “wind”').click();
  await size('3 of 6 rows');
  await table.search('');
  await soon(() => table.sent()).toEqual(texts.map((text) => [text]));
});

test('cells are marked with the keyboard and copied for a spreadsheet', async () => {
  const { table, frame } = app.answer;
  await table.cell('rain').click();
  for (const key of ['Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight']) await app.page.keyboard.press(key);
  await frame.locator('.status-place').filter({ hasText: '2 rows × 3 columns marked' }).waitFor();
  await app.page.keyboard.press('Control+c');
  await soon(() => app.clipboard()).toBe([1, 2].map((row) => [texts[row], scores[row]?.[0], scores[row]?.[1]].join('\t')).join('\n') + '\n');
  await app.editors.status('Copied 2 rows.').waitFor();
  await app.shots('marked');
});

test('a cell is read whole, in its own part below the table', async () => {
  const { table, frame } = app.answer;
  await table.cell('rain, and wind').dblclick();
  await frame.locator('.inspector-where').filter({ hasText: 'Row 3, Col2' }).waitFor();
  await soon(() => frame.locator('.inspector-text').innerText()).toBe('rain, and wind');
  await app.shots('a cell');
  await table.cell('rain').click();
  await frame.locator('.inspector-where').filter({ hasText: 'Row 2, Col2' }).waitFor();
  await app.page.keyboard.press('Escape');
  await frame.locator('.inspector').waitFor({ state: 'hidden' });
});

test('the summary draws the numbers of each column, and tells them as a table', async () => {
  const { table, frame } = app.answer;
  await table.use('Summary');
  const card = frame.locator('.card').filter({ has: frame.getByRole('heading', { name: first }) });
  await card.locator('svg.histogram .bar').first().waitFor();
  await app.shots('summary', 'summary');
  const numbers = scores.map(([score]) => Number(score));
  const facts = await card.locator('.card-facts').innerText();
  expect(facts.replaceAll(/\s+/g, ' ')).toContain(`Minimum ${Math.min(...numbers)}`);
  await card.getByRole('button', { name: `As Table: ${first}` }).click();
  const counts = await card.locator('tbody tr td:nth-child(3)').allInnerTexts();
  expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(texts.length);
  await app.shot('summary as a table');
  await card.getByRole('button', { name: `As Table: ${first}` }).click();
  // The last bar stands for the largest number.
  await card.locator('.bar').last().click();
  await size(`${numbers.filter((each) => each === Math.max(...numbers)).length} of 6 rows`);
  await frame.locator('.chip button').first().click();
  await size('6 rows × 9 columns');
});

test('rows are exported, and what a spreadsheet would run is guarded', async () => {
  await mine.plan({ status: 200, body: { Results: { output1: { type: 'table', value: { ColumnNames: ['word', 'count'], ColumnTypes: ['String', 'Int32'], Values: [['=1+1', '-5'], ['plain, "quoted"', '7']] } } } } });
  await send('days.json', false);
  await size('2 rows × 2 columns');
  // Six rows were sent and two came back: nothing can stand beside.
  expect(await app.answer.table.tool('With Input').count()).toBe(0);
  const file = join(app.folder, 'rows.csv');
  await app.answer.table.use('Export…');
  await app.ask.asks('Choose a format');
  await app.ask.choose('CSV');
  await app.ask.asks('run as formulas by spreadsheets');
  await app.shot('export');
  await app.ask.choose('Guard them');
  await app.ask.saveAs(file, 'Export 2 rows');
  await soon(() => statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(0);
  expect(readFileSync(file, 'utf8').trim().split(/\r?\n/)).toEqual(['word,count', `'=1+1,-5`, '"plain, ""quoted""",7']);
});

test('a single row is a list, and a table for who wants one', async () => {
  await send('one.json');
  const { table, frame } = app.answer;
  await frame.locator('.row-list').first().waitFor();
  expect([await table.sent(), await table.cells()]).toEqual([[['one']], [await mine.score('one')]]);
  await app.shots('one row');
  await table.use('As Table');
  await table.grid.waitFor();
  expect([await table.sent(), await table.cells()]).toEqual([[['one']], [await mine.score('one')]]);
  await table.use('As List');
  await frame.locator('.row-list').first().waitFor();
});

test('what an R module has drawn and said is shown', async () => {
  const cell = JSON.stringify({ 'Standard Output': 'RWorker pushed "port1"\n', 'Standard Error': 'R reported no errors.', visualizationType: 'rOutput', 'Graphics Device': [plot] });
  await mine.plan({ status: 200, body: { Results: { output2: { type: 'table', value: { ColumnNames: ['R Output JSON'], ColumnTypes: ['String'], Values: [[cell]] } } } } });
  await send('one.json', false);
  const { frame } = app.answer;
  const image = frame.locator('img');
  await image.waitFor();
  await soon(() => image.evaluate((each) => ('naturalWidth' in each ? [each.naturalWidth, 'naturalHeight' in each && each.naturalHeight] : []))).toEqual([31, 17]);
  await soon(() => frame.locator('.script-text').allInnerTexts()).toEqual([expect.stringContaining('RWorker pushed'), 'R reported no errors.']);
  await app.shots('R output');
});

test('sort and place stay when another editor covers the table, and after a reload of the window', async () => {
  await send('year.json');
  const { table, frame } = app.answer;
  await size('300 rows × 9 columns');
  await table.sortBy('Col2');
  await frame.locator('[aria-sort=ascending]').waitFor();
  await table.cell('day 1 of the year').hover();
  await app.page.mouse.wheel(0, 3000);
  const top = async (): Promise<string | undefined> => (await table.drawn(), (await table.grid.evaluate((grid) => `${Math.round(grid.scrollTop)}`)));
  await soon(top).toBe('3000');
  const rows = await table.sent();
  expect(rows).not.toContainEqual(['day 1 of the year']);
  const looked = async (): Promise<unknown> => [await frame.locator('[aria-sort]').getAttribute('aria-sort'), await top(), await table.sent()];

  await app.runCommand('View: Unlock Editor Group');
  await app.page.keyboard.press('Control+2');
  await app.editors.open('notes.txt');
  await frame.locator('#root').waitFor({ state: 'detached' });
  await app.answer.editorTabs.click();
  await soon(looked).toEqual(['ascending', '3000', rows]);

  await app.answer.tab('Headers');
  await app.answer.tab('Result');
  await soon(looked).toEqual(['ascending', '3000', rows]);

  // The last thing that is done tells that all before it is kept as well.
  await app.answer.tab('Headers');
  await app.reload(/tab[\\"]*:[\\"]*headers/);
  await frame.getByText('From the history: what you see is what came back then.').waitFor();
  await app.answer.tab('Result');
  // The line that tells of the history takes room from the rows.
  await soon(async () => [await frame.locator('[aria-sort]').getAttribute('aria-sort'), await top(), (await table.sent()).slice(0, 20)]).toEqual(['ascending', '3000', rows.slice(0, 20)]);
  await app.shots('after a reload');
});
