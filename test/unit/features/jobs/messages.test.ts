// What the job page may ask for: everything else is left.

import { describe, expect, it } from 'vitest';
import { readFromJobPage, type FromJobPage } from '../../../../src/features/jobs/messages';
import { readSavedKey } from '../../../../src/ui/savedKey';
import { someActions } from '../../ui/someActions';

const actions = someActions();

describe('a message of the job page', () => {
  const good: readonly FromJobPage[] = [
    { type: 'ready' }, { type: 'job', action: 'start' }, { type: 'job', action: 'cleanUp' }, { type: 'action', action: 'showLog' },
    { type: 'openResult', result: 0 }, { type: 'saveResult', result: 1 }, { type: 'readOn', table: 3 }, { type: 'rows', table: 1, stamp: 7, from: 1000, columnFrom: 64 },
  ];
  it.each(good)('%j is taken', (message) => {
    expect(readFromJobPage(message, actions)).toEqual(message);
  });

  it('loses what does not belong to it', () => {
    expect(readFromJobPage({ type: 'job', action: 'start', key: 'another' }, actions)).toEqual({ type: 'job', action: 'start' });
    expect(readFromJobPage({ type: 'openResult', result: 1, url: 'https://evil' }, actions)).toEqual({ type: 'openResult', result: 1 });
  });

  it.each([
    undefined, null, 7, 'ready', [], {}, { type: 'job' }, { type: 'job', action: 'format' }, { type: 'job', action: 'toString' }, { type: 'action', action: 'start' },
    { type: 'openResult' }, { type: 'openResult', result: -1 }, { type: 'readOn', result: 1 }, { type: 'readOn', table: 1.5 }, { type: 'saveResult', result: '0' }, { type: 'saveResult', result: Infinity },
    { type: 'rows', table: 0 }, { type: 'copy', what: 'url' }, { type: 'copy', what: 'body' },
    { type: 'cancel' }, { type: 'select', entry: 0 }, { type: 'openBody' }, { type: 'saveBody' }, { type: '__proto__' },
  ])('%j is left', (message) => {
    expect(readFromJobPage(message, actions)).toBeUndefined();
  });
});

it.each([[{ key: 'k1', tab: 'overview' }, 'k1'], [{ key: '' }, undefined], [{ key: 7 }, undefined], [undefined, undefined], ['k1', undefined]])('the state %j is of the job %j', (state, key) => {
  expect(readSavedKey(state)).toBe(key);
});
