// What follows the name and the product while nobody has changed it.

import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../../../src/features/apim/choices/draft';
import { FollowedDraft } from '../../../../../src/features/apim/choices/followedDraft';
import { choicesWith } from '../samples';

const start = draftOf(choicesWith());

describe('what is made of the name', () => {
  it('is made anew with it', () => {
    const fields = new FollowedDraft(start);
    const shown = fields.take({ turn: 1, seen: 0, draft: { ...start, displayName: 'Fraud Scoring' } });
    expect(shown).toEqual({
      ...start, displayName: 'Fraud Scoring', apiId: 'fraud-scoring', path: 'fraud-scoring', productName: 'Fraud Scoring', callersName: 'Callers of Fraud Scoring',
    });
    expect(fields.take({ turn: 2, seen: 1, draft: { ...shown, displayName: '' } })).toMatchObject({ apiId: 'scoring-service' });
    expect(fields.draft.path).toBe('scoring-service');
  });

  it('is left once somebody has changed it, and the path follows the id', () => {
    const fields = new FollowedDraft(start);
    let shown = fields.take({ turn: 1, seen: 0, draft: { ...start, apiId: 'mine', productName: 'Mine' } });
    expect(shown).toEqual({ ...start, apiId: 'mine', path: 'mine', productName: 'Mine' });
    shown = fields.take({ turn: 2, seen: 1, draft: { ...shown, displayName: 'Fraud' } });
    expect(shown).toEqual({ ...start, displayName: 'Fraud', apiId: 'mine', path: 'mine', productName: 'Mine', callersName: 'Callers of Fraud' });
    shown = fields.take({ turn: 3, seen: 2, draft: { ...shown, path: '' } });
    expect(fields.take({ turn: 4, seen: 3, draft: { ...shown, apiId: 'other' } }).path).toBe('');
  });

  it('is made of what was typed faster than the page has drawn it', () => {
    const fields = new FollowedDraft(start);
    fields.take({ turn: 1, seen: 0, draft: { ...start, displayName: 'F' } });
    fields.take({ turn: 2, seen: 0, draft: { ...start, displayName: 'Fr' } });
    expect(fields.take({ turn: 3, seen: 0, draft: { ...start, displayName: 'Fr', addsKey: false } })).toMatchObject({ displayName: 'Fr', apiId: 'fr', path: 'fr', addsKey: false });
  });

  it('that the page was given anew is what it tells', () => {
    const fields = new FollowedDraft(start);
    const shown = fields.take({ turn: 5, seen: 0, draft: { ...start, displayName: 'F' } });
    fields.restart();
    expect(fields.take({ turn: 1, seen: 0, draft: { ...shown, path: 'x' } })).toEqual({ ...shown, path: 'x' });
  });
});

describe('limits', () => {
  const shared = { ...start, product: 'existing:starter', quota: true };

  it('of a product that others use are left until somebody sets one', () => {
    const fields = new FollowedDraft(start);
    const shown = fields.take({ turn: 1, seen: 0, draft: shared });
    expect(shown).toEqual({ ...shared, limited: false, quota: false });
    expect(fields.take({ turn: 2, seen: 1, draft: { ...shown, limited: true } }).limited).toBe(true);
    expect(fields.take({ turn: 3, seen: 2, draft: { ...shown, limited: true, product: 'existing:other' } }).limited).toBe(true);
  });

  it('are as they were once the product is an own one again', () => {
    const fields = new FollowedDraft(start);
    const shown = fields.take({ turn: 1, seen: 0, draft: shared });
    expect(fields.take({ turn: 2, seen: 1, draft: { ...shown, product: 'new' } })).toEqual({ ...start, quota: true });
  });
});
