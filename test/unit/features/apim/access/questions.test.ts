// What is asked before somebody loses access: each question names who, and never more names than a person reads.

import { describe, expect, it } from 'vitest';
import type { Affected } from '../../../../../src/features/apim/access/affected';
import {
  allAccessCreateQuestion, cancelQuestion, copyKeyDetail, deleteProductQuestion, deleteSubscriptionQuestion, listed, regenerateQuestion, removeApiQuestion, suspendQuestion,
  type SubscriptionFacts,
} from '../../../../../src/features/apim/access/questions';

const affected: Affected = { scope: { kind: 'product', title: 'Starter', apis: ['Weather', 'Prices'] }, owner: 'Ann Lee' };
const facts = (parts: Partial<SubscriptionFacts> = {}): SubscriptionFacts => ({ title: 'Team', instance: 'scores', affected, services: ['Here'], again: false, ...parts });

describe('a question about a subscription', () => {
  it.each([
    [regenerateQuestion(facts(), 'primary'), 'Regenerate the primary key of the subscription "Team" of scores?', 'Regenerate Primary Key'],
    [regenerateQuestion(facts(), 'secondary'), 'Regenerate the secondary key of the subscription "Team" of scores?', 'Regenerate Secondary Key'],
    [suspendQuestion(facts()), 'Suspend the subscription "Team" of scores?', 'Suspend'],
    [cancelQuestion(facts()), 'Cancel the subscription "Team" of scores?', 'Cancel Subscription'],
    [deleteSubscriptionQuestion(facts()), 'Delete the subscription "Team" of scores?', 'Delete'],
  ])('names owner, product, APIs and services here: %j', ({ question, detail, yes }, asked, button) => {
    expect([question, yes]).toEqual([asked, button]);
    expect(detail).toMatch(/401.*\nIt opens the product "Starter" with these APIs: "Weather", "Prices"\.\nIts owner is Ann Lee\.\nThis service in this sidebar uses it: "Here"\.$/);
  });

  it.each([
    [{ affected: { scope: { kind: 'product', title: 'Empty', apis: [] }, owner: undefined } }, /"Empty", which has no API\.\nIt has no owner/],
    [{ affected: { scope: { kind: 'api', title: 'Weather' }, owner: 'x' } }, /It opens the API "Weather"\./],
    [{ affected: { scope: { kind: 'all' }, owner: 'x' } }, /It opens every API of the instance\./],
    [{ affected: { scope: { kind: 'unknown', text: '/odd' }, owner: 'x' } }, /It opens \/odd\./],
    [{ services: ['Here', 'There'] }, /These services in this sidebar use it: "Here", "There"\.$/],
    [{ affected: { scope: { kind: 'product', title: 'Small', apis: ['Weather'] }, owner: 'x' } }, /"Small" with this API: "Weather"\./],
    [{ services: [] }, /No service in this sidebar uses it\.$/],
    [{ services: undefined }, /is not known: your account may not read its keys\.$/],
    [{ again: true }, /It was changed by somebody else since you were asked\./],
  ] as const)('says what is so: %j', (parts, words) => {
    expect(suspendQuestion(facts(parts)).detail).toMatch(words);
  });

  it('says which of the two keys goes on', () => {
    expect(regenerateQuestion(facts(), 'primary').detail).toContain('the secondary key goes on to work');
    expect(regenerateQuestion(facts(), 'secondary').detail).toContain('the primary key goes on to work');
  });
});

it('of many names some are told, and how many more there are', () => {
  expect(listed(['a', 'b'])).toBe('"a", "b"');
  expect(listed(Array.from({ length: 1208 }, (_, index) => `n${index}`))).toBe(`${Array.from({ length: 8 }, (_, index) => `"n${index}"`).join(', ')} and 1,200 more`);
});

describe('a question about a product', () => {
  const team = { title: 'Team', owner: 'Ann Lee' };
  const late = { title: 'Late', owner: undefined };
  const deleted = (parts: Partial<Parameters<typeof deleteProductQuestion>[2]> = {}): string =>
    deleteProductQuestion('Starter', 'contoso', { apis: ['Weather'], holders: [team], services: [], isAll: true, open: false, again: false, ...parts }).detail;
  const removed = (parts: Partial<Parameters<typeof removeApiQuestion>[2]> = {}): string =>
    removeApiQuestion('Weather', 'Starter', { holders: [team], calling: [], perhaps: [], isAll: true, open: false, ...parts }).detail;

  it('that is deleted names its subscriptions with their owners, the services here that use their keys, and its APIs', () => {
    expect(deleted({ services: ['Here'], again: true })).toMatch(
      /^It was changed.*\nThis subscription is deleted with it.*401: "Team" \(owner: Ann Lee\)\.\nThis service in this sidebar uses a key of the product: "Here"\.\nThis API stays, without it: "Weather"\.\n.*cannot be undone\.$/,
    );
    expect(deleted({ apis: ['A', 'B'], holders: [team, late], services: ['Here', 'There'], open: true })).toMatch(
      /^The product is open.*\nThese subscriptions are deleted with it.*401: "Team" \(owner: Ann Lee\), "Late" \(no owner\)\.\nThese services in this sidebar use a key of the product: "Here", "There"\.\nThese APIs stay, without it: "A", "B"\./,
    );
    expect(deleted()).toContain('\nNo service in this sidebar uses a key of the product.\n');
    expect(deleteProductQuestion('Starter', 'contoso', { apis: [], holders: [], services: [], isAll: true, open: false, again: false })).toMatchObject({
      question: 'Delete the product "Starter" of contoso?', detail: expect.stringMatching(/^Nobody has a subscription for it\.\nIts limits/), yes: 'Delete',
    });
  });

  it('that loses an API names whose keys lose it, and the services here that call it, or may', () => {
    expect(removed({ calling: ['Here'] })).toMatch(
      /^Callers with keys of this subscription get 401 from the API: "Team" \(owner: Ann Lee\)\.\nThis service in this sidebar calls the API with a key of the product: "Here"\.\nThe API itself stays, and can/,
    );
    expect(removed({ holders: [team, late], calling: ['A', 'B'], perhaps: ['C'], open: true })).toMatch(
      /^The product is open.*\nCallers with keys of these subscriptions.*"Late" \(no owner\)\.\nThese services in this sidebar call the API with a key of the product: "A", "B"\.\nThis service in this sidebar uses a key of the product, and may call the API: "C"\.\nThe API/,
    );
    expect(removed({ perhaps: ['C', 'D'] })).toContain('\nThese services in this sidebar use a key of the product, and may call the API: "C", "D".\n');
    expect(removed()).toContain('\nNo service in this sidebar calls the API with a key of the product.\n');
    expect(removed({ holders: [] })).toBe('Nobody has a subscription for the product. The API itself stays.');
  });

  it('does not claim to name all where keys could not be read', () => {
    for (const detail of [deleted({ isAll: false }), removed({ isAll: false })]) {
      expect(detail).toContain('\nWhether services in this sidebar use a key of the product is not known: your account may not read all of its keys.\n');
      expect(detail).not.toContain('No service');
    }
    for (const detail of [deleted({ isAll: false, services: ['Here'] }), removed({ isAll: false, perhaps: ['Here'] })]) {
      expect(detail).toMatch(/: "Here"\.\nWhether more services in this sidebar use a key of the product is not known/);
    }
  });

  it('of many subscriptions tells some, and how many more there are', () => {
    const detail = deleted({ holders: Array.from({ length: 1208 }, (_, index) => ({ title: `n${index}`, owner: 'Ann' })) });
    expect(detail).toContain('"n7" (owner: Ann) and 1,200 more.');
    expect(detail).not.toContain('n8');
  });
});

it('what opens everything is warned of', () => {
  expect(copyKeyDetail(true)).toContain('every API of the instance');
  expect(copyKeyDetail(false)).not.toContain('every API');
  expect(allAccessCreateQuestion('scores')).toMatchObject({ question: 'Create a subscription for all APIs of scores?', yes: 'Create for All APIs' });
});
