// What the page is given, and what it may ask for.

import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../src/model/exchange';
import type { Service } from '../../../src/model/service';
import type { Cell } from '../../../src/model/table';
import { cellsText, tableText } from '../../../src/editor/panel/copy';
import { plain } from '../../../src/editor/plain';
import { readFromPage } from '../../../src/editor/panel/fromPage';
import { moreRows, panelState, runEntry, shownBodyBytes } from '../../../src/editor/panel/view';
import type { Entry, EntryState } from '../../../src/editor/runs';
import { rootNodes } from '../../../src/editor/tree/nodes';

const service: Service = { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' };

function entry(state: EntryState): Entry {
  return { item: { file: 'file:///a.json', source: 'a.json', service, request: { form: 'table', json: '{}' } }, state };
}

function answered(body: string | Uint8Array, rows: Cell[][] = [], columns = 1): Entry {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const exchange: Exchange = {
    service, source: 'a.json', method: 'POST', url: 'u', requestHeaders: [], requestBody: '', requestBytes: 2, startedAt: 0, durationMs: 5, earlierAttempts: [], notes: [],
    tables: [{ name: 'o', columns: Array.from({ length: columns }, () => ({ name: 'c' })), rows, totalRows: rows.length, notes: [] }],
    answer: { status: 200, statusText: 'OK', headers: [{ name: 'Content-Type', value: 'application/json' }], body: bytes },
  };
  return entry({ kind: 'answered', exchange });
}

function viewOf(given: Entry) {
  const state = panelState(given);
  if (state.kind !== 'answered') throw new Error(`is ${state.kind}`);
  return state.view;
}

describe('the state of the panel', () => {
  it.each<[EntryState['kind'], Entry, string, string]>([
    ['pending', entry({ kind: 'pending' }), 'pending', 'pending'],
    ['failed', entry({ kind: 'failed', problem: { sentence: 'No.' }, at: 7 }), 'answered', 'failed'],
    ['sending', entry({ kind: 'sending', since: 7 }), 'sending', 'sending'],
    ['waiting', entry({ kind: 'waiting', reason: 'r', until: 9 }), 'waiting', 'sending'],
    ['cancelled', entry({ kind: 'cancelled' }), 'cancelled', 'cancelled'],
    ['answered', answered('{}'), 'answered', 'ok'],
  ])('%s', (_kind, given, kind, outcome) => {
    expect(panelState(given).kind).toBe(kind);
    expect(runEntry(given)).toEqual({ source: 'a.json', service: 'S', outcome });
  });

  it('without an entry is idle', () => {
    expect(panelState(undefined)).toEqual({ kind: 'idle' });
  });
});

describe('an answer on the page', () => {
  it('cells: null, missing, long', () => {
    const [row] = viewOf(answered('{}', [[null, undefined, 'x'.repeat(1001), 'y'.repeat(1000)]], 4)).tables[0]?.rows ?? [];
    expect(row).toEqual([null, { missing: true }, { cut: 'x'.repeat(1000), length: 1001 }, 'y'.repeat(1000)]);
  });

  it('the first rows, fewer when they are wide, and the rest on demand', () => {
    const rows = Array.from({ length: 2500 }, (_, index) => [String(index)]);
    const [table] = viewOf(answered('{}', rows)).tables;
    expect(table).toMatchObject({ totalRows: 2500, availableRows: 2500 });
    expect(table?.rows).toHaveLength(1000);
    expect(moreRows({ name: 'o', columns: [{ name: 'c' }], rows, totalRows: 2500, notes: [] }, 2000).map(([cell]) => cell)).toEqual(rows.slice(2000).map(([cell]) => cell));
    expect(viewOf(answered('{}', rows, 500)).tables[0]?.rows).toHaveLength(100);
    expect(viewOf(answered('{}', rows, 100_000)).tables[0]?.rows).toHaveLength(1);
  });

  it('the beginning of a long body, no character cut in two', () => {
    const body = viewOf(answered('ä'.repeat(shownBodyBytes))).body;
    expect(body?.totalBytes).toBe(2 * shownBodyBytes);
    expect(body?.text).toBe('ä'.repeat(shownBodyBytes / 2));
    const odd = viewOf(answered(`x${'€'.repeat(shownBodyBytes)}`)).body;
    expect(odd?.text).not.toContain('\uFFFD');
    expect(odd?.shownBytes).toBeGreaterThan(shownBodyBytes - 4);
  });

  it('what kind of body it is', () => {
    expect(viewOf(answered('')).body?.kind).toBe('empty');
    expect(viewOf(answered('<!DOCTYPE html><p>')).body?.kind).toBe('html');
    expect(viewOf(answered('<?xml version="1.0"?>')).body?.kind).toBe('xml');
    expect(viewOf(answered(new Uint8Array([1, 0, 2]))).body?.kind).toBe('binary');
    expect(viewOf(answered('[]')).body?.kind).toBe('json');
  });
});

it('what is shown in messages holds no link that runs a command', () => {
  expect(plain('[Fix it](command:x) and [y](https://z)')).not.toMatch(/\]\(/);
  expect(plain('a [b] (c)')).toBe('a [b] (c)');
});

it('a table is copied with tabs; what would break a line is quoted', () => {
  const text = tableText({ name: 'o', columns: [{ name: 'a' }, { name: 'b\tc' }], rows: [['1', 'x "y"'], [null, undefined]], totalRows: 2, notes: [] });
  expect(text).toBe('a\t"b\tc"\n1\t"x ""y"""\n\t\n');
});

it('a row that ends early is filled up with empty fields when it is copied', () => {
  const columns = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  expect(tableText({ name: 'o', columns, rows: [['1'], [], [undefined, '2'], ['3', null, '4']], totalRows: 4, notes: [] })).toBe('a\tb\tc\n1\t\t\n\t\t\n\t2\t\n3\t\t4\n');
});

it('copies marked cells whole, however little of them is drawn', () => {
  const long = 'x'.repeat(5000);
  const table = { name: 'o', columns: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], rows: [['1', long, '2'], [null, 'two\nlines', '"']], totalRows: 2, notes: [] };
  expect(cellsText(table, [{ row: -1, from: 0, to: 1 }, { row: 0, from: 0, to: 1 }])).toBe(`a\tb\n1\t${long}`);
  expect(cellsText(table, [{ row: 1, from: 0, to: 2 }])).toBe('\t"two\nlines"\t""""');
  expect(cellsText(table, [{ row: 0, from: 1, to: 1 }])).toBe(long);
  expect(cellsText(table, [{ row: 1, from: 1, to: 1 }])).toBe('two\nlines');
  expect(cellsText(table, [{ row: 9, from: 0, to: 9 }])).toBe('');
});

it.each<[unknown, unknown]>([
  [{ type: 'ready' }, { type: 'ready' }],
  [{ type: 'ready', more: 1 }, { type: 'ready' }],
  [{ type: 'action', action: 'retry' }, { type: 'action', action: 'retry' }],
  [{ type: 'action', action: 'format' }, undefined],
  [{ type: 'moreRows', table: 0, from: 1000 }, { type: 'moreRows', table: 0, from: 1000 }],
  [{ type: 'moreRows', table: -1, from: 0 }, undefined],
  [{ type: 'moreRows', table: '0', from: 0 }, undefined],
  [{ type: 'select', entry: 1 }, { type: 'select', entry: 1 }],
  [{ type: 'select' }, undefined],
  [{ type: 'copy', what: 'table', table: 1 }, { type: 'copy', what: 'table', table: 1 }],
  [{ type: 'copy', what: 'url' }, { type: 'copy', what: 'url' }],
  [{ type: 'copy', what: 'keys' }, undefined],
  [{ type: 'copyCells', table: 0, lines: [{ row: -1, from: 0, to: 2, more: 1 }] }, { type: 'copyCells', table: 0, lines: [{ row: -1, from: 0, to: 2 }] }],
  [{ type: 'copyCells', table: 0, lines: [{ row: -2, from: 0, to: 2 }] }, undefined],
  [{ type: 'copyCells', table: 0, lines: [{ row: 0, from: 0.5, to: 2 }] }, undefined],
  [{ type: 'copyCells', table: 0, lines: [null] }, undefined],
  [{ type: 'copyCells', lines: [] }, undefined],
  [{ type: 'openBody' }, { type: 'openBody' }],
  [{ type: 'saveBody' }, { type: 'saveBody' }],
  [{ type: 'cancel' }, { type: 'cancel' }],
  [{ type: 'run', command: 'x' }, undefined],
  ['ready', undefined],
  [null, undefined],
])('the message %j is read as %j', (message, wish) => {
  expect(readFromPage(message)).toEqual(wish);
});

describe('the tree with a filter', () => {
  const workspace = { address: 'https://h/w', id: 'w', name: 'Fraud', sample: false, services: [service, { ...service, name: 'Churn', address: 'https://h/q' }] };

  it('shows what matches, in whatever case, and a matching workspace whole', () => {
    expect(rootNodes([workspace], ['odd'], '')).toHaveLength(2);
    expect(rootNodes([workspace], ['odd'], 'cHuRn')).toEqual([{ kind: 'workspace', workspace, services: [workspace.services[1]] }]);
    expect(rootNodes([workspace], [], 'fraud')).toEqual([{ kind: 'workspace', workspace, services: workspace.services }]);
    expect(rootNodes([workspace], [], 'nothing')).toEqual([]);
  });
});
