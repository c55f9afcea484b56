// What the page of a call may tell the editor: everything else is passed over.

import { expect, it } from 'vitest';
import { readFromTryItPage, readSavedTarget } from '../../../../src/features/tryIt/messages';

const actions = { has: (id: unknown): id is string => id === 'retry' };
const read = (message: unknown): unknown => readFromTryItPage(message, actions);
const of = { ids: ['a'] };
const draft = { base: 'b', values: ['1'], headers: [{ name: 'n', value: 'v' }], body: '', key: 'k', serviceKey: false };

it('requests that the page can make are read', () => {
  for (const type of ['ready', 'refresh', 'stop', 'setKey']) expect(read({ type, more: 1 })).toEqual({ type });
  for (const type of ['change', 'send', 'sendAnyway']) expect(read({ type, turn: 3, draft: { ...draft, other: 1 }, of })).toEqual({ type, turn: 3, draft, of });
  expect(read({ type: 'take', offer: 'start' })).toEqual({ type: 'take', offer: 'start' });
  expect(read({ type: 'action', action: 'retry' })).toEqual({ type: 'action', action: 'retry' });
});

it.each([
  undefined, null, 'ready', { type: 'other' }, { type: 'change', draft, of }, { type: 'change', turn: 1, draft }, { type: 'change', turn: 1, draft, of: { ids: [1] } }, { type: 'change', turn: -1, draft, of }, { type: 'send', turn: 1, of }, { type: 'send', turn: 1, of, draft: { ...draft, body: 1 } },
  { type: 'send', turn: 1, of, draft: { ...draft, values: ['1', 2] } }, { type: 'send', turn: 1, of, draft: { ...draft, headers: [{ name: 'n' }] } }, { type: 'send', turn: 1, of, draft: { ...draft, serviceKey: 'yes' } },
  { type: 'send', turn: 1, of, draft: { ...draft, values: Array.from({ length: 2000 }, () => '') } }, { type: 'send', turn: 1, of, draft: { ...draft, key: 'k'.repeat(2000) } }, { type: 'take', offer: 1 },
  { type: 'take' }, { type: 'action', action: 'other' }, { type: 'send', turn: 1, of, draft: { ...draft, __proto__: null, base: undefined } },
])('%j is none', (message) => {
  expect(read(message)).toBeUndefined();
});

it('a target is known by its ids alone', () => {
  expect(readSavedTarget({ ids: ['a', 'b'], body: 'x' })).toEqual({ ids: ['a', 'b'] });
  for (const saved of [undefined, {}, { ids: 'a' }, { ids: [1] }, { ids: [''] }, { ids: Array.from({ length: 11 }, () => 'a') }])
    expect(readSavedTarget(saved)).toBeUndefined();
});
