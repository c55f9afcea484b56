// What rows were looked for by comes back with the page: in files, answers and results of jobs; not where it does not fit, and never what looks like a secret.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ToAnyPage } from '../support/harness';
import { startHarness, type AnswerPage, type Harness } from '../support/harness';
import { about, finished, heads } from '../support/jobSamples';
import { answered, grid } from '../support/samples';
import type { TableQuery, TableView } from '../../../src/model/view';

const reading = { readBytes: 1, totalBytes: 9, state: 'reading' } as const;
const whole = grid(9000, 3);
const query: TableQuery = { sort: { column: 1, descending: true }, filters: [{ kind: 'contains', column: 0, text: '7.1' }], search: '77' };
const arranged = (requested: TableQuery, parts: Partial<TableView> = {}): TableView => ({ ...whole, stamp: 2, query: requested, matchedRows: 6000, ...parts });
const news = (view: TableView): ToAnyPage => ({ type: 'table', table: 0, view });
const asked = async (shown: AnswerPage): Promise<unknown[]> => (await shown.sent()).flatMap((each) => (each.type === 'arrange' ? [each.query] : []));
const chips = (shown: AnswerPage): Promise<string[]> => shown.page.locator('.chip-words').allInnerTexts();
const searched = (shown: AnswerPage): Promise<string> => shown.page.locator('.search-text').inputValue();
const row = (shown: AnswerPage): Promise<number> => shown.page.evaluate('Math.round(document.querySelector(".grid").scrollTop / 25)');
const scrollTo = (shown: AnswerPage, place: number): Promise<void> => shown.page.evaluate(`document.querySelector('.grid').scrollTop = ${place * 25}`);
const kept = async (shown: AnswerPage): Promise<string> => JSON.stringify(await shown.saved());

/** Looks for rows as a person does, and has the editor find them. */
async function look(shown: AnswerPage): Promise<void> {
  await shown.page.locator('.head-menu').first().click();
  await shown.page.getByRole('menuitem', { name: 'Filter…' }).click();
  await shown.page.getByRole('textbox', { name: 'Text' }).fill('7.1');
  await shown.page.getByRole('button', { name: 'Apply' }).click();
  await shown.page.locator('.search-text').fill('77');
  await shown.page.locator('.search-text').press('Enter');
  await shown.page.locator('.head-menu').nth(1).click();
  await shown.page.getByRole('menuitemradio', { name: 'Sort Descending' }).click();
  expect((await asked(shown)).at(-1)).toEqual(query);
}

const pages: readonly [name: 'file' | 'answer' | 'job', what: string, show: (view: TableView) => ToAnyPage[]][] = [
  ['file', 'a file', (view) => [{ type: 'file', name: 'iris.csv', place: 'data/iris.csv', view }]],
  ['answer', 'an answer', (view) => [{ type: 'state', state: answered({ tables: [view] }), run: [], current: 0 }]],
  ['answer', 'an answer of the history', (view) => [{ type: 'state', state: answered({ key: 'old', past: true, tables: [view] }), run: [], current: 0 }]],
  ['job', 'a result of a job', (view) => [about(finished(), heads, { open: 0 }), { type: 'result', index: 0, result: { kind: 'table', view } }]],
];

describe.each(pages)('%s page: what rows were looked for by in %s', (name, _what, show) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness(name);
  });
  afterAll(() => harness.close());

  test('comes back, asked for once, and only then is the place', async () => {
    const first = await harness.open();
    await first.tell(...show(whole));
    await look(first);
    expect(await kept(first)).not.toMatch(/77|7\.1/);
    await first.tell(news(arranged(query)));
    await scrollTo(first, 5000);
    await expect.poll(() => kept(first)).toContain('5000');
    const saved = await first.saved();
    expect(JSON.stringify(saved)).not.toContain('column 1');
    await first.close();

    const again = await harness.open({ saved });
    await again.tell(...show(whole));
    expect([await asked(again), await chips(again), await searched(again), await row(again)]).toEqual([[query], ['column 1 contains “7.1”'], '77', 0]);
    await again.tell(news({ ...whole, working: 0.5 }));
    expect([await row(again), await again.saved()]).toEqual([0, saved]);
    await again.tell(news(arranged(query)));
    await expect.poll(() => row(again)).toBe(5000);
    await again.tell(news(arranged(query, { notes: ['News.'] })));
    expect([await asked(again), await chips(again), await searched(again), await again.saved()]).toEqual([[query], ['column 1 contains “7.1”'], '77', saved]);
    expect(await again.harm()).toEqual([]);
    await again.close();
  });
});

describe('what comes back', () => {
  let harness: Harness;
  let shown: AnswerPage;
  let saved: unknown;
  const file = (view: TableView): ToAnyPage => ({ type: 'file', name: 'iris.csv', place: 'data/iris.csv', view });
  const open = async (...messages: ToAnyPage[]): Promise<void> => {
    shown = await harness.open({ saved });
    await shown.tell(...messages);
  };
  /** What is saved once the editor has found rows and somebody has scrolled down to some of them. */
  const save = async (view: TableView): Promise<void> => {
    saved = undefined;
    await open(file(whole), news(view));
    await scrollTo(shown, 5000);
    await expect.poll(() => kept(shown)).toContain('5000');
    saved = await shown.saved();
    await shown.close();
  };
  beforeAll(async () => {
    harness = await startHarness('file');
  });
  afterAll(() => harness.close());
  afterEach(async () => {
    expect(await shown.harm()).toEqual([]);
    await shown.close();
  });

  test('is not what was taken away a moment before the page went', async () => {
    await save(arranged(query));
    await open(file(arranged(query)));
    await shown.page.getByRole('button', { name: /^Take away the filter/ }).click();
    saved = await shown.saved();
    expect(JSON.stringify(saved)).not.toContain('7.1');
    await shown.page.locator('.search-text').fill('');
    await shown.page.locator('.search-text').press('Enter');
    saved = await shown.saved();
    expect(JSON.stringify(saved)).not.toContain('"search"');
    await shown.close();
    await open(file(whole));
    expect(await asked(shown)).toEqual([{ sort: query.sort, filters: [] }]);
  });

  test('is not told of another table that comes in its place', async () => {
    await save(arranged(query, { joined: true }));
    await open(file({ ...whole, joined: true }), news({ ...whole, joined: true, working: 0.1 }));
    expect([await chips(shown), await searched(shown)]).toEqual([['column 1 contains “7.1”'], '77']);
    await shown.page.getByRole('button', { name: 'With Input', exact: true }).click();
    await shown.tell(news({ ...whole, joined: false, stamp: 5 }));
    expect([await chips(shown), await searched(shown)]).toEqual([[], '']);
    await shown.page.locator('.search-text').fill('5');
    await shown.page.locator('.search-text').press('Enter');
    expect((await asked(shown)).at(-1)).toEqual({ filters: [], search: '5' });
  });

  test('is not asked for once more by a page that is shown while the editor is at it', async () => {
    await save(arranged(query));
    await open(file({ ...whole, working: 0.5 }));
    await shown.tell(news({ ...whole, working: 0.7 }));
    expect(await asked(shown)).toEqual([]);
    await shown.tell(news(arranged(query)));
    await expect.poll(() => row(shown)).toBe(5000);
    expect(await asked(shown)).toEqual([]);
  });

  test('is asked for when what the editor was at has not come to it', async () => {
    await save(arranged(query));
    await open(file({ ...whole, working: 0.5 }));
    await shown.tell(news(whole));
    expect(await asked(shown)).toEqual([query]);
  });

  test('waits for all rows of a file that is read', async () => {
    await save(arranged(query));
    await open(file({ ...grid(0, 0), reading }), news({ ...whole, reading }));
    expect([await asked(shown), await row(shown), await shown.saved()]).toEqual([[], 0, saved]);
    await shown.tell(news(whole));
    expect([await asked(shown), await row(shown)]).toEqual([[query], 0]);
    await shown.tell(news(arranged(query)));
    await expect.poll(() => row(shown)).toBe(5000);
  });

  test('is asked for by nobody when the editor has had the table all the time', async () => {
    await save(arranged(query));
    await open(file(arranged(query)));
    await expect.poll(() => row(shown)).toBe(5000);
    expect([await asked(shown), await chips(shown)]).toEqual([[], ['column 1 contains “7.1”']]);
    await shown.close();
    // It was found only when the page was away.
    saved = undefined;
    await open(file(arranged(query)));
    expect(await kept(shown)).toMatch(/7\.1.*77/);
  });

  test('leaves out the filters of columns that are others by now, and the place with them', async () => {
    await save(arranged({ ...query, filters: [...query.filters, { kind: 'range', column: 2, least: 5 }] }));
    const other = { ...whole, columns: whole.columns.map((column, at) => (at === 0 ? { ...column, name: 'another' } : column)) };
    await open(file(other));
    const left = { ...query, filters: [{ kind: 'range', column: 2, least: 5 }] } as const;
    expect([await asked(shown), await chips(shown)]).toEqual([[left], ['column 3 is 5 or more']]);
    await shown.tell(news({ ...other, stamp: 2, query: left }));
    expect([await row(shown), await shown.page.locator('.problem').count(), (await kept(shown)).includes('7.1')]).toEqual([0, 0, false]);
  });

  test('keeps the filter of a column that has moved while the editor is at the order still', async () => {
    await save(arranged(query));
    await open(file({ ...whole, columns: [{ name: 'before', kind: 'number' }, ...whole.columns] }));
    expect((await asked(shown)).at(-1)).toMatchObject({ filters: [{ column: 1, text: '7.1' }] });
    expect(await kept(shown)).toMatch(/7\.1/);
  });

  test('holds nothing that looks like a secret, and no place among rows that a secret found', async () => {
    const { sort, filters, search } = query;
    await save(arranged({ ...query, search: 'hush' }, { keepable: { ...(sort ? { sort } : {}), filters } }));
    expect(JSON.stringify(saved)).not.toContain('hush');
    await open(file(whole));
    expect([await asked(shown), await searched(shown)]).toEqual([[{ sort, filters }], '']);
    await shown.tell(news(arranged({ ...(sort ? { sort } : {}), filters })));
    expect(await row(shown)).toBe(0);
    await shown.close();
    // The editor still has the order: there the place is.
    await open(file(arranged({ ...query, search: 'hush' }, { keepable: { filters } })));
    await expect.poll(() => row(shown)).toBe(5000);
    expect([await searched(shown), search]).toEqual(['hush', '77']);
  });

  test('is what was found last: what was taken away stays away', async () => {
    await save(arranged(query));
    await open(file(arranged(query)));
    await shown.page.getByRole('button', { name: 'Take away the filter: column 1 contains “7.1”' }).click();
    await shown.tell(news({ ...arranged({ filters: [], search: '77' }), stamp: 3 }));
    expect([(await kept(shown)).includes('7.1'), (await kept(shown)).includes('77')]).toEqual([false, true]);
  });

  test('is not asked for again when it could not be made, and the rows stay at their top', async () => {
    await save(arranged(query));
    await open(file(whole), news({ ...whole, problem: { sentence: 'The file has changed since it was opened.' } }));
    expect([await asked(shown), await chips(shown), await searched(shown), await row(shown)]).toEqual([[query], [], '', 0]);
    expect(await kept(shown)).not.toMatch(/77|7\.1|5000/);
  });

  test('gives way to what somebody does meanwhile', async () => {
    await save(arranged(query));
    await open(file({ ...whole, reading }));
    await shown.page.locator('.search-text').fill('5');
    await shown.page.locator('.search-text').press('Enter');
    const own = { filters: [], search: '5' };
    await shown.tell(news(whole), news(arranged(own)));
    expect([await asked(shown), await searched(shown), await row(shown)]).toEqual([[own], '5', 0]);
    expect(await kept(shown)).not.toMatch(/77|7\.1/);
  });

  test('is the place too where what was sent was taken away from beside it', async () => {
    const beside = { ...whole, joined: true, columns: [...whole.columns, { name: 'sent', kind: 'text', group: 'Sent' } as const] };
    saved = { place: 'data/iris.csv', looks: [{ key: 'data/iris.csv', tables: { 0: { joined: false, scroll: { row: 5000, left: 0 } } } }] };
    await open(file(beside));
    expect([await shown.sent(), await row(shown)]).toEqual([[{ type: 'join', table: 0, on: false }], 0]);
    await shown.tell(news({ ...beside, notes: ['News.'] }));
    expect(await row(shown)).toBe(0);
    await shown.tell(news({ ...whole, joined: false, stamp: 2 }));
    await expect.poll(() => row(shown)).toBe(5000);
  });
});
