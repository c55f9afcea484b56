// What the page that compares may send, and what it may have saved.

import { describe, expect, it } from 'vitest';
import { readFromComparePage, readSavedPair, readSavedTolerance } from '../../../../src/features/history/messages';
import { someActions } from '../../ui/someActions';

const actions = someActions();

describe('a message of the page', () => {
  it.each([
    [{ type: 'ready' }], [{ type: 'swap', comparison: 3 }], [{ type: 'diffAnswers' }], [{ type: 'diffRequests' }], [{ type: 'allRows', comparison: 3, on: true }], [{ type: 'allRows', comparison: 3, on: false }],
    [{ type: 'action', action: 'retry' }], [{ type: 'rows', table: 0, stamp: 1, from: 0, columnFrom: 0 }],
    [{ type: 'tolerance', comparison: 3, text: 'whatever was typed' }], [{ type: 'findChange', comparison: 3, output: 1, forth: true, columns: [3, 0] }], [{ type: 'findChange', comparison: 3, output: 0, forth: false, columns: [], from: { row: -1, column: 2 } }],
    [{ type: 'sameChange', comparison: 3, output: 1, columns: [3, 0] }], [{ type: 'tolerance', comparison: 3, text: '1%', at: { output: 0, from: { row: 2, column: 5 }, columns: [3, 5] } }],
    [{ type: 'allRows', comparison: 3, on: true, at: { output: 0, columns: [] } }], [{ type: 'swap', comparison: 3, at: { output: 0, columns: [1] } }],
  ])('%j is taken as it is', (message) => {
    expect(readFromComparePage({ ...message, more: 1 }, actions)).toEqual(message);
  });

  it.each([[undefined], [null], ['swap'], [{ type: 'openBody' }], [{ type: 'swap' }], [{ type: 'tolerance', comparison: -1, text: '1' }], [{ type: 'allRows', comparison: 3 }], [{ type: 'allRows', comparison: 3, on: 'yes' }], [{ type: 'action', action: 'formatDisk' }], [{ type: 'rows', table: -1 }],
    [{ type: 'tolerance', comparison: 3 }], [{ type: 'tolerance', comparison: 3, text: 1 }], [{ type: 'tolerance', comparison: 3, text: 'x'.repeat(1001) }], [{ type: 'findChange', comparison: 3, forth: true, columns: [] }], [{ type: 'findChange', comparison: 3, output: 0, columns: [] }],
    [{ type: 'findChange', comparison: 3, output: 0, forth: true, columns: [-1] }], [{ type: 'findChange', comparison: 3, output: 0, forth: true, columns: ['0'] }], [{ type: 'findChange', comparison: 3, output: 0, forth: true, columns: 'all' }], [{ type: 'findChange', comparison: 3, output: 0, forth: true, columns: [], from: { row: -2, column: 0 } }],
    [{ type: 'findChange', comparison: 3, output: 0, forth: true, columns: [], from: 7 }], [{ type: 'sameChange', comparison: 3, output: 0 }], [{ type: 'sameChange', comparison: 3, columns: [] }]])('%j is none', (message) => {
    expect(readFromComparePage(message, actions)).toBeUndefined();
  });
});

it('does not hang on the place that comes with it', () => {
  expect(readFromComparePage({ type: 'tolerance', comparison: 3, text: '1', at: { output: 0, columns: 'all' } }, actions)).toEqual({ type: 'tolerance', comparison: 3, text: '1' });
  expect(readFromComparePage({ type: 'swap', comparison: 3, at: 7 }, actions)).toEqual({ type: 'swap', comparison: 3 });
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
