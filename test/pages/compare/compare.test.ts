// The page that compares two exchanges: what it says, what it asks for, how it looks, and that hostile names do it no harm.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ComparedHead, ComparedTable, ToComparePage } from '../../../src/features/history/messages';
import type { CellView, TableView } from '../../../src/model/view';
import { startHarness, type Harness } from '../support/harness';
import type { ThemeName } from '../support/themes';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness('compare');
});
afterAll(() => harness.close());

type Compare = Extract<ToComparePage, { type: 'compare' }>;

const before: ComparedHead = { service: 'Iris, two classes', source: 'iris.json', startedAt: Date.UTC(2026, 4, 12, 8, 3, 59), durationMs: 143, status: 200 };
const after: ComparedHead = { ...before, startedAt: before.startedAt + 86_400_000, durationMs: 2412 };

function view(parts: Partial<TableView> = {}): TableView {
  const columns = [{ name: 'Row' }, { name: 'Change' }, { name: 'species' }, { name: 'before', group: 'Scored Probabilities' }, { name: 'after', group: 'Scored Probabilities' }, { name: 'difference', group: 'Scored Probabilities' }];
  const rows: readonly CellView[][] = [['1', 'changed', 'setosa', '0.1', '0.3', '0.2'], ['7', 'changed', 'virginica', '0.5', '0.25', '-0.25'], ['9', 'only before', 'virginica', '0.5', { missing: true }, { missing: true }]];
  return {
    name: 'output1', columns: columns.map((column, index) => ({ ...column, kind: index === 1 || index === 2 ? 'text' : 'number' })), totalRows: rows.length, stamp: 1, query: { filters: [] },
    matchedRows: rows.length, rows: rows.map((cells, number) => ({ number, cells })), notes: [], scripts: [], ...parts,
  };
}

const differs: ComparedTable = {
  name: 'output1', same: false, hasChanges: true, facts: ['2 rows of 8 are different.', '9 rows before, 8 rows after: 1 row is only in the answer before.'],
  columns: [{ name: 'Scored Probabilities', rows: '2', most: '0.25', mean: '0.225' }, { name: 'remark', rows: '1', most: '', mean: '' }],
  sides: {},
};
const alike: ComparedTable = { name: 'output1', same: true, hasChanges: false, facts: ['No row is different, of 8 rows compared.'], columns: [], sides: {} };

function compare(parts: Partial<Compare> = {}): Compare {
  return { type: 'compare', key: 'one two', comparison: 1, first: 1, before, after, compared: [differs], views: [view()], notes: [], same: false, allRows: false, tolerance: '0', ...parts };
}

const nothing = view({ rows: [], totalRows: 0, matchedRows: 0 });
const failed: ComparedHead = { ...after, status: 401 };
const silent: ComparedHead = { service: after.service, source: after.source, startedAt: after.startedAt, durationMs: 30_000 };
const long = 'An exceptionally long name of a service that somebody chose to give it, with_no_blanks_in_some_of_its_very_long_words_at_all_so_that_it_cannot_be_broken';

const states: Readonly<Record<string, ToComparePage>> = {
  comparing: { type: 'comparing', key: 'one two' },
  gone: { type: 'comparing', key: 'one two', problem: { sentence: 'This exchange is no longer in the history.', advice: 'It was deleted, here or in another window, or had to make room for others.' } },
  differs: compare({ notes: ['The status was 200 and is now 201.'] }),
  same: compare({ compared: [alike], views: [nothing], same: true }),
  failed: compare({ compared: [], views: [], after: failed, notes: ['The status was 200 and is now 401.', 'The exchange after failed: The key was refused.', 'The bodies of the two answers differ. Compare them as text to see where.'] }),
  silent: compare({ compared: [], views: [], after: silent, notes: ['No answer came to the request after.'] }),
  unknown: compare({ compared: [], views: [], unknown: true, notes: ['The answer after was too large to be kept, so the answers cannot be compared.'] }),
  outputs: compare({ compared: [differs, { ...alike, name: 'scored dataset' }], views: [view(), nothing] }),
  wordy: compare({ before: { ...before, service: long, source: `${long}.json` }, compared: [{ ...differs, name: long, facts: [long], columns: Array.from({ length: 40 }, (_, index) => ({ name: `${long} ${index}`, rows: '1,000,000', most: '0.123456789012345678', mean: '1e-7' })) }], views: [view({ name: long })] }),
};

const looks: readonly { readonly name: string; readonly theme: ThemeName; readonly width: number; readonly height: number }[] = [
  { name: 'dark', theme: 'dark', width: 900, height: 760 },
  { name: 'light', theme: 'light', width: 1400, height: 800 },
  { name: 'contrast', theme: 'contrast', width: 700, height: 760 },
  { name: 'contrast-light', theme: 'contrast-light', width: 700, height: 760 },
  { name: 'narrow', theme: 'dark', width: 320, height: 760 },
];

describe.each(looks)('$name', ({ name, theme, width, height }) => {
  test.each(Object.entries(states))('%s', async (key, message) => {
    const compared = await harness.open({ theme, width, height, reducedMotion: true });
    await compared.tell(message);
    await compared.picture(`compare-${key}-${name}`);
    expect(await compared.axe()).toEqual([]);
    expect(await compared.page.evaluate(`[document.documentElement, document.body, document.getElementById('root')].map((each) => each.scrollWidth - each.clientWidth)`)).toEqual([0, 0, 0]);
    expect(await compared.harm()).toEqual([]);
    await compared.close();
  });
});

describe('the page', () => {
  test('tells both heads, what differs, the figures of each column, and the rows', async () => {
    const { page, tell, close } = await harness.open();
    await tell(compare());
    expect(await page.locator('.header .badge').innerText()).toBe('2 rows of 8 are different.');
    await expect.poll(() => page.locator('.viewer').innerText()).toContain('only before');
    expect(await page.locator('.viewer').innerText()).toContain('-0.25');
    await page.getByRole('tab', { name: 'Summary' }).click();
    for (const [side, duration] of [['Before', '143 ms'], ['After', '2.4 s']] as const) {
      const text = await page.getByRole('region', { name: side, exact: true }).innerText();
      expect(text).toContain('iris.json');
      expect(text).toContain('200');
      expect(text).toContain(duration);
    }
    expect(await page.locator('.compare-facts').innerText()).toBe('2 rows of 8 are different.\n9 rows before, 8 rows after: 1 row is only in the answer before.');
    const cells = await page.locator('.compare-columns tbody tr').allInnerTexts();
    expect(cells.map((row) => row.split('\t').map((cell) => cell.trim()))).toEqual([['Scored Probabilities', '2', '0.25', '0.225'], ['remark', '1', 'text', 'text']]);
    await close();
  });

  test('says when everything is the same, and shows no table unless all rows are requested', async () => {
    const { page, tell, sent, close } = await harness.open();
    await tell(states['same'] ?? compare());
    expect(await page.getByRole('heading', { name: 'Everything is the same' }).count()).toBe(1);
    expect(await page.locator('.viewer').count()).toBe(0);
    const toggle = page.getByRole('button', { name: 'Only Changes' });
    expect(await toggle.getAttribute('aria-pressed')).toBe('true');
    await toggle.click();
    expect(await sent()).toEqual([{ type: 'allRows', comparison: 1, on: true }]);
    await tell(compare({ compared: [alike], views: [view()], same: true, allRows: true }));
    expect(await page.locator('.viewer').count()).toBe(1);
    // The focus stays where it was, so that one can go back with the same key.
    expect(await page.evaluate(`document.activeElement.getAttribute('data-focus')`)).toBe('all-rows');
    await page.keyboard.press('Enter');
    expect((await sent()).at(-1)).toEqual({ type: 'allRows', comparison: 1, on: false });
    await close();
  });

  test('passes on what is requested', async () => {
    const { page, tell, sent, close } = await harness.open();
    await tell(compare());
    await page.getByRole('button', { name: 'Swap' }).click();
    for (const name of ['Compare Answers as Text', 'Compare Requests as Text']) {
      await page.getByRole('button', { name: 'More Actions' }).click();
      await page.getByRole('menuitem', { name }).click();
    }
    expect(await sent()).toEqual([{ type: 'swap', comparison: 1 }, { type: 'diffAnswers' }, { type: 'diffRequests' }]);
    await close();
  });

  test('offers no text of an answer that never came, and still that of the requests', async () => {
    const { page, tell, close } = await harness.open();
    await tell(states['silent'] ?? compare());
    await page.getByRole('button', { name: 'More Actions' }).click();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Compare Requests as Text']);
    expect(await page.getByRole('region', { name: 'After', exact: true }).innerText()).toContain('No answer');
    await close();
  });

  test('says of answers that were not kept neither that they are the same nor that they differ', async () => {
    const { page, tell, close } = await harness.open();
    await tell(states['unknown'] ?? compare());
    expect(await page.getByRole('heading', { name: 'The answers cannot be compared' }).count()).toBe(1);
    expect(await page.getByRole('status').innerText()).toBe('The answers cannot be compared.');
    expect(await page.locator('#root').innerText()).not.toMatch(/the same|differ/i);
    await page.getByRole('button', { name: 'More Actions' }).click();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Compare Requests as Text']);
    await close();
  });

  test('hands news to the output that they are for, also to one that nobody has looked at yet', async () => {
    const { page, tell, close } = await harness.open();
    await tell(compare({ compared: [differs, { ...differs, name: 'second' }], views: [view(), view({ name: 'second' })] }));
    await tell({ type: 'table', table: 1, view: view({ name: 'second', notes: ['News of the second.'] }) });
    expect(await page.locator('#root').innerText()).not.toContain('News of the second.');
    await page.getByRole('tab', { name: /second/ }).click();
    await expect.poll(() => page.locator('#root').innerText()).toContain('News of the second.');
    await close();
  });

  test('keeps what a reload needs, and nothing of the data', async () => {
    const { page, tell, saved, close } = await harness.open();
    await tell(compare({ compared: [differs, { ...differs, name: 'second' }], views: [view(), view({ name: 'second' })] }));
    await page.getByRole('tab', { name: /second/ }).click();
    expect(await saved()).toMatchObject({ key: 'one two', output: 1 });
    expect(JSON.stringify(await saved())).not.toMatch(/setosa|iris|Scored|output1|second/);
    await close();
    const again = await harness.open({ saved: { key: 'one two', output: 1, looks: [] } });
    await again.tell(compare({ compared: [differs, { ...differs, name: 'second' }], views: [view(), view({ name: 'second' })] }));
    expect(await again.page.getByRole('tab', { name: /second/ }).getAttribute('aria-selected')).toBe('true');
    await again.close();
  });

  test('takes whatever was saved', async () => {
    for (const saved of ['text', 7, [], { key: 1, output: -3, looks: 'x' }]) {
      const compared = await harness.open({ saved });
      await compared.tell(compare());
      expect(await compared.page.locator('.compare-fact').count()).toBe(2);
      expect(await compared.harm()).toEqual([]);
      await compared.close();
    }
  });

  test('draws hostile names as text', async () => {
    const evil = '<img src=x onerror="window.__pwned=1"><script>window.__pwned=1</script>\u202Egnp.exe';
    const compared = await harness.open();
    await compared.tell(compare({
      before: { ...before, service: evil, source: evil }, notes: [evil], compared: [{ name: evil, sides: {}, same: false, hasChanges: true, facts: [evil], columns: [{ name: evil, rows: evil, most: evil, mean: evil }] }],
      views: [view({ name: evil, notes: [evil], rows: [{ number: 0, cells: [evil, evil, evil, evil, evil, evil] }] })],
    }));
    await compared.tell({ type: 'comparing', key: evil, problem: { sentence: evil, detail: evil, advice: evil } });
    await compared.tell(compare({ compared: [{ ...differs, name: evil }, { ...differs, name: evil }], views: [view(), view()] }));
    expect(await compared.harm()).toEqual([]);
    expect(await compared.page.evaluate('document.querySelectorAll("main img, main script").length')).toBe(0);
    await compared.close();
  });
});
