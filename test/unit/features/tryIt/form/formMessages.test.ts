// What a page can have sent of a form, and of a test.

import { expect, it } from 'vitest';
import { readFormEdit } from '../../../../../src/features/tryIt/form/formMessages';
import { readFromTestPage, readSavedTest } from '../../../../../src/features/tryIt/test/messages';

const actions = { has: (action: unknown): action is string => action === 'retry' };

it.each<unknown>([
  { do: 'set', input: 0, row: 1, column: 2, cell: { state: 'value', text: 'x' } },
  { do: 'set', input: -1, row: 0, column: 0, cell: { state: 'null' } },
  { do: 'set', input: 0, row: 0, column: 0, cell: { state: 'absent' } },
  { do: 'addRow', input: 0 }, { do: 'removeRow', input: 0, row: 3 }, { do: 'removeColumn', input: 0, column: 3 },
  { do: 'addColumn', input: 0, name: '__proto__', kind: 'boolean' },
])('%j is an edit', (edit) => {
  expect(readFormEdit(edit)).toEqual(edit);
});

it.each<unknown>([
  undefined, 5, {}, { do: 'addRow' }, { do: 'addRow', input: -2 }, { do: 'addRow', input: 0.5 }, { do: 'addRow', input: '0' }, { do: 'other', input: 0 },
  { do: 'set', input: 0, row: 0, column: 0 }, { do: 'set', input: 0, row: 0, column: 0, cell: { state: 'kept' } },
  { do: 'set', input: 0, row: 0, column: 0, cell: { state: 'value' } }, { do: 'set', input: 0, row: 0, column: 0, cell: { state: 'value', text: 5 } },
  { do: 'set', input: 0, row: 0, column: 0, cell: { state: 'value', text: 'x'.repeat(1_000_001) } }, { do: 'set', input: 0, row: -1, column: 0, cell: { state: 'null' } },
  { do: 'removeRow', input: 0 }, { do: 'removeColumn', input: 0, column: 1e99 + 0.5 - 1e99 - 1 }, { do: 'addColumn', input: 0, name: ' ', kind: 'text' },
  { do: 'addColumn', input: 0, name: 'a', kind: 'choice' }, { do: 'addColumn', input: 0, name: 5, kind: 'text' },
])('%j is none', (edit) => {
  expect(readFormEdit(edit)).toBeUndefined();
});

it.each<unknown>([
  ...['ready', 'refresh', 'stop', 'send', 'asJson', 'asForm', 'sample', 'openFile', 'openAnswer'].map((type) => ({ type })),
  { type: 'edit', edit: { do: 'addRow', input: 0 } }, { type: 'text', turn: 3, text: '{}' }, { type: 'way', way: 'https://h' }, { type: 'action', action: 'retry' },
  { type: 'cell', table: 0, row: 1, column: 2 },
])('%j is a message', (message) => {
  expect(readFromTestPage(message, actions)).toEqual(message);
});

it.each<unknown>([
  undefined, {}, { type: 'other' }, { type: 'edit' }, { type: 'edit', edit: { do: 'x' } }, { type: 'text', text: '' }, { type: 'text', turn: 1 }, { type: 'way' },
  { type: 'way', way: '' }, { type: 'action', action: 'else' },
])('%j is none, either', (message) => {
  expect(readFromTestPage(message, actions)).toBeUndefined();
});

it('a page has saved what stands for a service, or nothing', () => {
  expect(['sample', '', 5, 'x'.repeat(10_001)].map((service) => readSavedTest({ service }))).toEqual(['sample', undefined, undefined, undefined]);
  expect(readSavedTest(undefined)).toBeUndefined();
});
