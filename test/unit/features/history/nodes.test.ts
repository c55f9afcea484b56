// What the history's view shows: groups by day, what a menu means, and which exchange is the previous one.

import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../../src/model/history';
import { entriesMeant, historyGroups, isLike, outcomeText, previousOf, rowsText, type HistoryNode } from '../../../../src/features/history/nodes';
import { formatDay } from '../../../../src/base/format';

const now = new Date(2026, 4, 12, 15, 0, 0).getTime();
const hour = 60 * 60 * 1000;

function entry(id: string, parts: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id, service: { name: 'Iris', address: 'http://a' }, sample: false, source: 'iris.json', method: 'POST', url: 'http://a/execute', requestHeaders: [], requestBytes: 1, startedAt: now, durationMs: 1,
    earlierAttempts: [], answer: { status: 200, statusText: 'OK', headers: [], bytes: 1 }, notes: [], outputs: [], pinned: false, kept: { request: true, answer: true }, keptBytes: 1, ...parts,
  };
}

const node = (each: HistoryEntry): HistoryNode => ({ kind: 'exchange', entry: each });

describe('the groups', () => {
  it('are the pinned ones, then a day each, newest first, of which the newest stands open', () => {
    const old = now - 30 * 24 * hour;
    const groups = historyGroups([entry('6'), entry('5', { startedAt: now - 14 * hour }), entry('4', { startedAt: now - 16 * hour }), entry('3', { startedAt: old, pinned: true }), entry('2', { startedAt: old })], now);
    expect(groups.map(({ name, entries, open }) => [name, entries.map(({ id }) => id), open])).toEqual([
      ['Pinned', ['3'], true], ['Today', ['6', '5'], true], ['Yesterday', ['4'], false], [formatDay(old), ['2'], false],
    ]);
    expect(formatDay(now)).toBe('Tuesday 12 May 2026');
  });

  it('are none when there is nothing', () => {
    expect(historyGroups([], now)).toEqual([]);
  });
});

describe('what a menu means', () => {
  const [one, two, three] = [entry('1'), entry('2'), entry('3')];

  it('is all that is selected when it was opened on one of them, and else the one alone', () => {
    expect(entriesMeant(node(one), [node(one), node(two)], [])).toEqual([one, two]);
    expect(entriesMeant(node(three), [node(one), node(two)], [node(one)])).toEqual([three]);
    expect(entriesMeant(node(three), undefined, [node(one)])).toEqual([three]);
  });

  it('is the selection when it came from the keyboard, without the days in it', () => {
    const day: HistoryNode = { kind: 'day', name: 'Today', entries: [one, two], open: true };
    expect(entriesMeant(undefined, undefined, [day, node(two)])).toEqual([two]);
    expect(entriesMeant(day, [day], [])).toEqual([]);
  });

  it('is nothing when it was called with something else', () => {
    for (const odd of ['text', 7, null, {}, { kind: 'exchange' }, { kind: 'service' }]) expect(entriesMeant(odd, odd, [])).toEqual([]);
  });
});

describe('the previous exchange', () => {
  const late = entry('3');

  it('is the newest earlier one of the same file and service', () => {
    expect(previousOf(late, [entry('4'), late, entry('2'), entry('1')])?.id).toBe('2');
    expect(previousOf(late, [late, entry('2', { source: 'wine.json' }), entry('1', { service: { name: 'Iris', address: 'http://b' } })])).toBeUndefined();
  });

  it('of the sample may have had another address', () => {
    const [one, other] = [{ name: 'Sample', address: 'http://127.0.0.1:1' }, { name: 'Sample', address: 'http://127.0.0.1:2' }];
    expect(isLike(entry('2', { service: one, sample: true }), entry('1', { service: other, sample: true }))).toBe(true);
    expect(isLike(entry('2', { service: one }), entry('1', { service: other }))).toBe(false);
  });
});

describe('the words of an entry', () => {
  it('tell how it ended and how many rows came', () => {
    const silent: { -readonly [Name in keyof HistoryEntry]: HistoryEntry[Name] } = { ...entry('1') };
    delete silent.answer;
    expect([outcomeText(entry('1')), outcomeText(silent)]).toEqual(['200 OK', 'no answer']);
    expect(rowsText(entry('1'))).toBe('');
    expect(rowsText(entry('1', { outputs: [{ name: 'a', rows: 1, columns: 2 }] }))).toBe('1 row');
    expect(rowsText(entry('1', { outputs: [{ name: 'a', rows: 1200, columns: 2 }, { name: 'b', rows: 0, columns: 2 }] }))).toBe('1,200 rows in 2 outputs');
  });
});
