// The panel that compares, when the two are compared once more: the change that somebody is at is found again.

import { beforeEach, expect, it, vi } from 'vitest';
import type { FromComparePage, ToComparePage } from '../../../../../src/features/history/messages';
import { ComparePanel, type ComparePanelParts } from '../../../../../src/features/history/ui/comparePanel';
import type { Exchange } from '../../../../../src/model/exchange';
import { opener } from '../../../ui/tables/testHost';
import { someActions } from '../../../ui/someActions';

vi.mock('vscode', () => ({ l10n: {}, Uri: { joinPath: () => ({ toString: () => 'uri' }) } }));

const exchange = (id: string, cells: readonly string[]): Exchange => ({
  service: { name: 'S', address: 'https://h/p' },
  source: `${id}.json`, method: 'POST', url: 'https://h/p', requestHeaders: [], requestBody: '', requestBytes: 0, startedAt: 0, durationMs: 5, earlierAttempts: [], notes: [],
  answer: { status: 200, statusText: 'OK', headers: [], body: Buffer.from(id) },
  tables: [{ name: 'o', columns: [{ name: 'p' }], rows: cells.map((cell) => [cell]), totalRows: cells.length, notes: [] }],
});
/** So many rows that they are counted with pauses. */
const same = Array.from({ length: 3000 }, () => '0');
const exchanges = new Map([['one', exchange('one', ['0', '0', '0', ...same])], ['two', exchange('two', ['5', '0.5', '7', ...same])], ['three', exchange('three', ['1'])], ['four', exchange('four', ['2'])]]);

let told: ToComparePage[];
let hear: (message: FromComparePage) => void;
let say: (message: FromComparePage) => Promise<void>;
let panel: ComparePanel;

const isParts = (value: unknown): value is ComparePanelParts => typeof value === 'object' && value !== null;
const isPage = (value: unknown): value is Parameters<ComparePanel['adopt']>[0] => typeof value === 'object' && value !== null;

beforeEach(() => {
  told = [];
  const running: Promise<void>[] = [];
  const parts: unknown = {
    extensionUri: {}, dialogs: {}, opener: () => Promise.resolve(opener), exchange: (id: string) => Promise.resolve(exchanges.get(id)),
    reporter: {
      actions: someActions(), describe: String,
      run: (work: () => Promise<void>) => {
        running.push(Promise.resolve(work()));
        return running.at(-1);
      },
    },
  };
  expect.assert(isParts(parts));
  panel = new ComparePanel(parts);
  const never = () => ({ dispose: () => undefined });
  const page: unknown = {
    visible: true, reveal: () => undefined, onDidChangeViewState: never, onDidDispose: never,
    webview: {
      asWebviewUri: () => 'uri', postMessage: (message: ToComparePage) => Promise.resolve(told.push(message)),
      onDidReceiveMessage: (listener: typeof hear) => {
        hear = listener;
        return never();
      },
    },
  };
  expect.assert(isPage(page));
  panel.adopt(page, { key: 'one two' });
  say = async (message) => {
    hear(message);
    await Promise.all(running);
  };
});

// Row, Change, p before, after, difference.
const columns = [0, 1, 2, 3, 4];
const at = { output: 0, from: { row: 1, column: 2 }, columns };
const lastOf = (type: ToComparePage['type']): ToComparePage | undefined => told.filter((each) => each.type === type).at(-1);
/** The number of the comparison that the page was told of last. */
const shown = (): number => {
  const last = lastOf('compare');
  expect.assert(last?.type === 'compare');
  return last.comparison;
};

it('finds the next change where there is another tolerance, and tells of it once', async () => {
  await say({ type: 'ready' });
  expect(lastOf('compare')).not.toHaveProperty('stay');
  await say({ type: 'tolerance', comparison: shown(), text: '1', at });
  expect(lastOf('compare')).toMatchObject({ tolerance: '1', stay: 0 });
  await say({ type: 'sameChange', comparison: shown(), output: 0, columns });
  expect(lastOf('change')).toEqual({ type: 'change', output: 0, place: { row: 1, column: 2, index: 2, total: 2 } });
  // A page that is shown again stays where it has been since.
  await say({ type: 'ready' });
  expect(lastOf('compare')).not.toHaveProperty('stay');
  const comparison = shown();
  told = [];
  await say({ type: 'sameChange', comparison, output: 0, columns });
  expect(told).toEqual([]);
});

it('finds the same change where all rows are shown, and where the two change places', async () => {
  await say({ type: 'ready' });
  await say({ type: 'allRows', comparison: shown(), on: true, at });
  await say({ type: 'sameChange', comparison: shown(), output: 0, columns });
  expect(lastOf('change')).toMatchObject({ place: { row: 1, column: 3, index: 2, total: 3 } });
  await say({ type: 'swap', comparison: shown(), at: { ...at, from: { row: 1, column: 3 } } });
  expect(lastOf('compare')).toMatchObject({ key: 'two one', stay: 0 });
  await say({ type: 'sameChange', comparison: shown(), output: 0, columns });
  expect(lastOf('change')).toMatchObject({ place: { row: 1, column: 3, index: 2, total: 3 } });
});

it('compares also where nobody was at a change, or none is left', async () => {
  await say({ type: 'ready' });
  await say({ type: 'tolerance', comparison: shown(), text: '1' });
  expect(lastOf('compare')).not.toHaveProperty('stay');
  await say({ type: 'tolerance', comparison: shown(), text: '2', at: { output: 7, columns } });
  expect(lastOf('compare')).toMatchObject({ tolerance: '2' });
  await say({ type: 'tolerance', comparison: shown(), text: '9', at: { ...at, from: { row: 0, column: 2 } } });
  expect(lastOf('compare')).toMatchObject({ tolerance: '9', same: true });
  expect(lastOf('compare')).not.toHaveProperty('stay');
});

it('compares within what was given while the two are still compared otherwise', async () => {
  await say({ type: 'ready' });
  await say({ type: 'allRows', comparison: shown(), on: true });
  hear({ type: 'allRows', comparison: shown(), on: true });
  await say({ type: 'tolerance', comparison: shown(), text: '1', at });
  expect(lastOf('compare')).toMatchObject({ tolerance: '1', allRows: true });
});

it('leaves two others as they are that were chosen while it was looked for where somebody is', async () => {
  await say({ type: 'ready' });
  hear({ type: 'swap', comparison: shown(), at });
  await panel.show('three', 'four');
  await say({ type: 'ready' });
  expect(lastOf('compare')).toMatchObject({ key: 'three four' });
  expect(lastOf('compare')).not.toHaveProperty('stay');
});

it('loses nothing of what is asked for while it is looked for where somebody is', async () => {
  await say({ type: 'ready' });
  hear({ type: 'allRows', comparison: shown(), on: true, at });
  await say({ type: 'swap', comparison: shown(), at });
  expect(lastOf('compare')).toMatchObject({ key: 'two one', allRows: true, stay: 0 });
});

it('takes no place in a comparison that is gone, and does what was asked for all the same', async () => {
  await say({ type: 'ready' });
  const gone = shown();
  await say({ type: 'tolerance', comparison: gone, text: '1', at: { ...at, from: { row: 2, column: 2 } } });
  const [now, before] = [shown(), told.length];
  await say({ type: 'findChange', comparison: gone, output: 0, forth: true, columns });
  await say({ type: 'sameChange', comparison: gone, output: 0, columns });
  expect(told).toHaveLength(before);
  await say({ type: 'swap', comparison: gone, at: { ...at, from: { row: 0, column: 2 } } });
  expect(lastOf('compare')).toMatchObject({ key: 'two one', stay: 0 });
  expect(shown()).toBeGreaterThan(now);
  await say({ type: 'sameChange', comparison: shown(), output: 0, columns });
  expect(lastOf('change')).toMatchObject({ place: { row: 1, index: 2, total: 2 } });
});

it('tells for which text there is a tolerance, and since when the two are compared', async () => {
  await say({ type: 'ready' });
  expect(lastOf('compare')).not.toHaveProperty('givenTolerance');
  await say({ type: 'tolerance', comparison: shown(), text: '1 %' });
  expect(lastOf('compare')).toMatchObject({ tolerance: '1%', givenTolerance: '1 %' });
  const last = shown();
  await panel.show('three', 'four');
  await say({ type: 'ready' });
  expect(lastOf('compare')).toMatchObject({ comparison: last + 1, first: last + 1 });
  expect(lastOf('compare')).not.toHaveProperty('givenTolerance');
});

it('leaves two others as they are where the page that asks still shows those before', async () => {
  await say({ type: 'ready' });
  const gone = shown();
  await panel.show('three', 'four');
  const before = told.length;
  await say({ type: 'swap', comparison: gone });
  await say({ type: 'allRows', comparison: gone, on: true });
  expect(told).toHaveLength(before);
});
