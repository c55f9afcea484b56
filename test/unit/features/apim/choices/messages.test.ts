// What the page of choices may send, and what it may have saved.

import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../../../src/features/apim/choices/draft';
import { readFromChoicesPage, readSavedChoices } from '../../../../../src/features/apim/choices/messages';
import { choicesWith } from '../samples';

const draft = draftOf(choicesWith());
const place = { purpose: 'define', address: 'https://forest.example' };

describe('a message of the page', () => {
  it.each([[{ type: 'ready' }], [{ type: 'change', turn: 1, seen: 0, draft }], [{ type: 'submit', turn: 2, seen: 1, draft }]])('%j is taken as it is', (message) => {
    expect(readFromChoicesPage({ ...message, more: 1 })).toEqual(message);
  });

  it.each([
    [undefined], [null], ['ready'], [{ type: 'save' }], [{ type: 'change', seen: 0, draft }], [{ type: 'change', turn: 1, draft }], [{ type: 'change', turn: -1, seen: 0, draft }], [{ type: 'change', turn: 1, seen: 0 }],
    [{ type: 'change', turn: 1, seen: 0, draft: { ...draft, path: 1 } }], [{ type: 'submit', turn: 1, seen: 0, draft: { ...draft, callers: 'yes' } }],
    [{ type: 'submit', turn: 1, seen: 0, draft: { ...draft, origins: 'x'.repeat(20_001) } }], [{ type: 'change', turn: 1, seen: 0, draft: Object.create(draft) }],
  ])('%j is none', (message) => {
    expect(readFromChoicesPage(message)).toBeUndefined();
  });

  it('has no more than what the form has', () => {
    expect(readFromChoicesPage({ type: 'change', turn: 1, seen: 0, draft: { ...draft, serviceKey: 'x' } })).toEqual({ type: 'change', turn: 1, seen: 0, draft });
  });
});

describe('what was saved', () => {
  it('is whose choices they are, and the fields', () => {
    expect(readSavedChoices({ place, draft })).toEqual({ place, draft });
    expect(readSavedChoices({ place: { purpose: 'publish', address: 'x', instance: '/i', more: 1 }, draft })).toEqual({ place: { purpose: 'publish', address: 'x', instance: '/i' }, draft });
  });

  it.each([[undefined], [{}], [{ place }], [{ draft }], [{ place: { purpose: 'x', address: 'y' }, draft }], [{ place: { purpose: 'define' }, draft }], [{ place, draft: {} }]])('%j is nothing', (state) => {
    expect(readSavedChoices(state)).toBeUndefined();
  });
});
