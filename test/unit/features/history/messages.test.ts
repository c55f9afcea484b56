// What the page that compares may send, and what it may have saved.

import { describe, expect, it } from 'vitest';
import { readFromComparePage, readSavedPair, readSavedTolerance } from '../../../../src/features/history/messages';
import { someActions } from '../../ui/someActions';

const actions = someActions();

describe('a message of the page', () => {
  it.each([
    [{ type: 'ready' }], [{ type: 'swap' }], [{ type: 'diffAnswers' }], [{ type: 'diffRequests' }], [{ type: 'allRows', on: true }], [{ type: 'allRows', on: false }],
    [{ type: 'action', action: 'retry' }], [{ type: 'rows', table: 0, stamp: 1, from: 0, columnFrom: 0 }],
    [{ type: 'tolerance', text: 'whatever was typed' }], [{ type: 'findChange', output: 1, forth: true, columns: [3, 0] }], [{ type: 'findChange', output: 0, forth: false, columns: [], from: { row: -1, column: 2 } }],
    [{ type: 'sameChange', output: 1, columns: [3, 0] }], [{ type: 'tolerance', text: '1%', at: { output: 0, from: { row: 2, column: 5 }, columns: [3, 5] } }],
    [{ type: 'allRows', on: true, at: { output: 0, columns: [] } }], [{ type: 'swap', at: { output: 0, columns: [1] } }],
  ])('%j is taken as it is', (message) => {
    expect(readFromComparePage({ ...message, more: 1 }, actions)).toEqual(message);
  });

  it.each([[undefined], [null], ['swap'], [{ type: 'openBody' }], [{ type: 'allRows' }], [{ type: 'allRows', on: 'yes' }], [{ type: 'action', action: 'formatDisk' }], [{ type: 'rows', table: -1 }],
    [{ type: 'tolerance' }], [{ type: 'tolerance', text: 1 }], [{ type: 'tolerance', text: 'x'.repeat(1001) }], [{ type: 'findChange', forth: true, columns: [] }], [{ type: 'findChange', output: 0, columns: [] }],
    [{ type: 'findChange', output: 0, forth: true, columns: [-1] }], [{ type: 'findChange', output: 0, forth: true, columns: ['0'] }], [{ type: 'findChange', output: 0, forth: true, columns: 'all' }], [{ type: 'findChange', output: 0, forth: true, columns: [], from: { row: -2, column: 0 } }],
    [{ type: 'findChange', output: 0, forth: true, columns: [], from: 7 }], [{ type: 'sameChange', output: 0 }], [{ type: 'sameChange', columns: [] }]])('%j is none', (message) => {
    expect(readFromComparePage(message, actions)).toBeUndefined();
  });
});

it('does not hang on the place that comes with it', () => {
  expect(readFromComparePage({ type: 'tolerance', text: '1', at: { output: 0, columns: 'all' } }, actions)).toEqual({ type: 'tolerance', text: '1' });
  expect(readFromComparePage({ type: 'swap', at: 7 }, actions)).toEqual({ type: 'swap' });
});

describe('what was saved', () => {
  it('names two exchanges', () => {
    expect(readSavedPair({ key: 'one two' })).toEqual(['one', 'two']);
  });

  it.each([[undefined], [{}], [{ key: 7 }], [{ key: 'one' }], [{ key: 'one two three' }]])('%j names none', (state) => {
    expect(readSavedPair(state)).toBeUndefined();
  });
});

describe('the tolerance that was saved', () => {
  it('is a text, or none', () => {
    expect([{ tolerance: '1%' }, {}, { tolerance: 7 }, { tolerance: 'x'.repeat(1001) }, undefined].map(readSavedTolerance)).toEqual(['1%', undefined, undefined, undefined, undefined]);
  });
});
