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

it('a product is deleted with its subscriptions, an API loses it, and both say so', () => {
  expect(deleteProductQuestion('Starter', 'contoso', { apis: ['Weather'], keys: ['Team'], again: true }).detail).toMatch(
    /^It was changed.*\nThis subscription is deleted with it.*401: "Team"\.\nThis API stays, without it: "Weather"\.\n.*cannot be undone\.$/,
  );
  expect(deleteProductQuestion('Starter', 'contoso', { apis: [], keys: [], again: false }).question).toBe('Delete the product "Starter" of contoso?');
  expect(deleteProductQuestion('Starter', 'contoso', { apis: [], keys: [], again: false }).detail).toMatch(/^Nobody has a subscription for it\.\nIts limits/);
  expect(removeApiQuestion('Weather', 'Starter', ['Team']).detail).toContain('get 401 from the API: "Team"');
  expect(deleteProductQuestion('Starter', 'contoso', { apis: ['A', 'B'], keys: ['C', 'D'], again: false, open: true }).detail).toMatch(
    /^The product is open.*\nThese subscriptions are deleted with it.*"C", "D"\.\nThese APIs stay, without it: "A", "B"\./,
  );
  expect(removeApiQuestion('Weather', 'Starter', ['C', 'D'], true).detail).toMatch(/^The product is open.*\nCallers with keys of these subscriptions.*"C", "D"\.\nThe API itself stays/);
  expect(removeApiQuestion('Weather', 'Starter', []).detail).toContain('Nobody has a subscription');
});

it('what opens everything is warned of', () => {
  expect(copyKeyDetail(true)).toContain('every API of the instance');
  expect(copyKeyDetail(false)).not.toContain('every API');
  expect(allAccessCreateQuestion('scores')).toMatchObject({ question: 'Create a subscription for all APIs of scores?', yes: 'Create for All APIs' });
});
