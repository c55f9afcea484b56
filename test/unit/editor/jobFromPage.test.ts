// What the job page may ask for: everything else is left.

import { describe, expect, it } from 'vitest';
import { readFromJobPage, readSavedKey } from '../../../src/editor/panel/fromJobPage';
import type { FromJobPage } from '../../../src/messages';

describe('a message of the job page', () => {
  const good: readonly FromJobPage[] = [
    { type: 'ready' }, { type: 'job', action: 'start' }, { type: 'job', action: 'cleanUp' }, { type: 'action', action: 'showLog' },
    { type: 'openResult', result: 0 }, { type: 'readOn', result: 3 }, { type: 'saveResult', result: 1 }, { type: 'moreRows', table: 1, from: 1000 },
    { type: 'copy', what: 'table' }, { type: 'copy', what: 'table', table: 2 }, { type: 'copyCells', table: 0, lines: [{ row: -1, from: 0, to: 2 }] },
  ];
  it.each(good)('%j is taken', (message) => {
    expect(readFromJobPage(message)).toEqual(message);
  });

  it('loses what does not belong to it', () => {
    expect(readFromJobPage({ type: 'job', action: 'start', key: 'another' })).toEqual({ type: 'job', action: 'start' });
    expect(readFromJobPage({ type: 'openResult', result: 1, url: 'https://evil' })).toEqual({ type: 'openResult', result: 1 });
  });

  it.each([
    undefined, null, 7, 'ready', [], {}, { type: 'job' }, { type: 'job', action: 'format' }, { type: 'job', action: 'toString' }, { type: 'action', action: 'start' },
    { type: 'openResult' }, { type: 'openResult', result: -1 }, { type: 'readOn', result: 1.5 }, { type: 'saveResult', result: '0' }, { type: 'saveResult', result: Infinity },
    { type: 'moreRows', table: 0 }, { type: 'copy', what: 'url' }, { type: 'copy', what: 'body' }, { type: 'copyCells', table: 0, lines: [{ row: -2, from: 0, to: 0 }] },
    { type: 'cancel' }, { type: 'select', entry: 0 }, { type: 'openBody' }, { type: 'saveBody' }, { type: '__proto__' },
  ])('%j is left', (message) => {
    expect(readFromJobPage(message)).toBeUndefined();
  });
});

it.each([[{ key: 'k1', tab: 'overview' }, 'k1'], [{ key: '' }, undefined], [{ key: 7 }, undefined], [undefined, undefined], ['k1', undefined]])('the state %j is of the job %j', (state, key) => {
  expect(readSavedKey(state)).toBe(key);
});
