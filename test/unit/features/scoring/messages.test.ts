// What the page is given, and what it may ask for.

import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../src/model/exchange';
import type { Service } from '../../../../src/model/service';
import { readableText } from '../../../../src/base/readableText';
import { plain } from '../../../../src/ui/plain';
import { readFromPage } from '../../../../src/features/scoring/messages';
import { exchangeView, panelState, runEntry, shownBodyBytes } from '../../../../src/features/scoring/view';
import type { Entry, EntryState } from '../../../../src/features/scoring/runs';
import { rootNodes } from '../../../../src/features/services/nodes';
import { someActions } from '../../ui/someActions';

const actions = someActions();

const service: Service = { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' };

function entry(state: EntryState): Entry {
  return { item: { file: 'file:///a.json', source: 'a.json', service, read: () => Promise.resolve({ form: 'table', json: '{}' }) }, state };
}

function exchangeOf(body: string | Uint8Array): Exchange {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return {
    service, source: 'a.json', method: 'POST', url: 'u', requestHeaders: [], requestBody: '{}', requestBytes: 2, startedAt: 0, durationMs: 5, earlierAttempts: [], notes: [], tables: [],
    answer: { status: 200, statusText: 'OK', headers: [{ name: 'Content-Type', value: 'application/json' }], body: bytes },
  };
}

function answered(body: string | Uint8Array): Entry {
  return entry({ kind: 'answered', exchange: exchangeOf(body) });
}

function viewOf(given: Entry) {
  const state = panelState(given, 'k1', []);
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
    expect(panelState(given, 'k1', []).kind).toBe(kind);
    expect(runEntry(given)).toEqual({ source: 'a.json', service: 'S', outcome });
  });

  it('without an entry is idle', () => {
    expect(panelState(undefined, '', [])).toEqual({ kind: 'idle' });
  });
});

describe('an answer on the page', () => {
  it('has the key that it is remembered under, and says where it is from', () => {
    expect(viewOf(answered('{}'))).toMatchObject({ key: 'k1', past: false });
    expect(viewOf(entry({ kind: 'failed', problem: { sentence: 'No.' }, at: 7 }))).toMatchObject({ key: 'k1', past: false, tables: [] });
    expect(exchangeView({ exchange: exchangeOf('{}'), key: 'k2', past: true }, [])).toMatchObject({ key: 'k2', past: true });
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

describe('a body in an editor', () => {
  it('has a line for each member, and every number as it came', () => {
    expect(readableText('{"a":[1.50,1E400,-0,12345678901234567890],"b":"x  {y}"}')).toBe('{\n  "a": [\n    1.50,\n    1E400,\n    -0,\n    12345678901234567890\n  ],\n  "b": "x  {y}"\n}');
  });

  it.each(['', 'not json', '{"a":', '<html>', '{"a":1}{', '"text"', '7'])('that is no JSON, or one value, is left: %j', (text) => {
    expect(readableText(text)).toBe(text);
  });

  it('that is very long is left', () => {
    const text = `[${'1,'.repeat(3 * 1024 * 1024)}1]`;
    expect(readableText(text)).toBe(text);
  });

  it('of a megabyte is put in order in one pass', () => {
    const text = `[${Array.from({ length: 40_000 }, (_, row) => `{"id":${row}.0,"b":[1,2]}`).join(',')}]`;
    const lines = readableText(text).split('\n');
    expect(lines).toHaveLength(40_000 * 7 + 2);
    expect(lines.map((line) => line.trim()).join('').replaceAll('": ', '":')).toBe(text);
  });
});

it.each<[unknown, unknown]>([
  [{ type: 'ready' }, { type: 'ready' }],
  [{ type: 'ready', more: 1 }, { type: 'ready' }],
  [{ type: 'action', action: 'retry' }, { type: 'action', action: 'retry' }],
  [{ type: 'action', action: 'format' }, undefined],
  [{ type: 'select', entry: 1 }, { type: 'select', entry: 1 }],
  [{ type: 'select' }, undefined],
  [{ type: 'copy', what: 'table', table: 1 }, undefined],
  [{ type: 'copy', what: 'body' }, { type: 'copy', what: 'body' }],
  [{ type: 'copyCode' }, { type: 'copyCode' }],
  [{ type: 'openRequest' }, { type: 'openRequest' }],
  [{ type: 'compare', key: 'x', on: 1 }, { type: 'compare', key: 'x' }],
  [{ type: 'compare' }, undefined],
  [{ type: 'pin', key: 'x', on: true }, { type: 'pin', key: 'x', on: true }],
  [{ type: 'pin', key: 'x', on: 'yes' }, undefined],
  [{ type: 'pin', on: true }, undefined],
  [{ type: 'readOn', table: 1 }, { type: 'readOn', table: 1 }],
  [{ type: 'copy', what: 'url' }, { type: 'copy', what: 'url' }],
  [{ type: 'copy', what: 'keys' }, undefined],
  [{ type: 'openBody' }, { type: 'openBody' }],
  [{ type: 'saveBody' }, { type: 'saveBody' }],
  [{ type: 'cancel' }, { type: 'cancel' }],
  [{ type: 'run', command: 'x' }, undefined],
  ['ready', undefined],
  [null, undefined],
])('the message %j is read as %j', (message, request) => {
  expect(readFromPage(message, actions)).toEqual(request);
});

describe('the tree with a filter', () => {
  const workspace = { address: 'https://h/w', id: 'w', name: 'Fraud', sample: false, services: [service, { ...service, name: 'Churn', address: 'https://h/q' }] };

  it('shows what matches, in whatever case, and a matching workspace whole', () => {
    expect(rootNodes([workspace], ['odd'], '', false)).toHaveLength(2);
    expect(rootNodes([workspace], ['odd'], '', true).map(({ kind }) => kind)).toEqual(['sampleEnded', 'workspace', 'problem']);
    expect(rootNodes([workspace], ['odd'], 'cHuRn', true)).toEqual([{ kind: 'workspace', workspace, services: [workspace.services[1]] }]);
    expect(rootNodes([workspace], [], 'fraud', true)).toEqual([{ kind: 'workspace', workspace, services: workspace.services }]);
    expect(rootNodes([workspace], [], 'nothing', true)).toEqual([]);
  });
});
