// What the page that compares may send, and what it may have saved.

import { describe, expect, it } from 'vitest';
import { readFromComparePage, readSavedPair } from '../../../../src/features/history/messages';
import { someActions } from '../../ui/someActions';

const actions = someActions();

describe('a message of the page', () => {
  it.each([
    [{ type: 'ready' }], [{ type: 'swap' }], [{ type: 'diffAnswers' }], [{ type: 'diffRequests' }], [{ type: 'allRows', on: true }], [{ type: 'allRows', on: false }],
    [{ type: 'action', action: 'retry' }], [{ type: 'rows', table: 0, stamp: 1, from: 0, columnFrom: 0 }],
  ])('%j is taken as it is', (message) => {
    expect(readFromComparePage({ ...message, more: 1 }, actions)).toEqual(message);
  });

  it.each([[undefined], [null], ['swap'], [{ type: 'openBody' }], [{ type: 'allRows' }], [{ type: 'allRows', on: 'yes' }], [{ type: 'action', action: 'formatDisk' }], [{ type: 'rows', table: -1 }]])('%j is none', (message) => {
    expect(readFromComparePage(message, actions)).toBeUndefined();
  });
});

describe('what was saved', () => {
  it('names two exchanges', () => {
    expect(readSavedPair({ key: 'one two' })).toEqual(['one', 'two']);
  });

  it.each([[undefined], [{}], [{ key: 7 }], [{ key: 'one' }], [{ key: 'one two three' }]])('%j names none', (state) => {
    expect(readSavedPair(state)).toBeUndefined();
  });
});
