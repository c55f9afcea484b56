// What is checked before anybody is asked, what tiers can do, what is sent, what is written down and read again, and the words for it.

import { describe, expect, it } from 'vitest';
import {
  createQuestion, deleteDetail, sentenceOf, standing, statusText, stopFollowingText,
} from '../../../../../src/features/apim/create/createWords';
import { checkDraft, createFields, emailProblem, emptyDraft, groupProblem, nameProblem, trimmed } from '../../../../../src/features/apim/create/draft';
import { readFromCreatePage, readSavedCreate } from '../../../../../src/features/apim/create/messages';
import { isTier, skuOf, tiers, tierTable } from '../../../../../src/features/apim/create/tiers';
import { bodyOf, isOwn, markTag, readWorkText, workText, type InstanceWork } from '../../../../../src/features/apim/create/work';
import { withWorks, workOf } from '../../../../../src/features/apim/create/workLines';
import { someInstance, subscriptionId } from '../apimTools';
import { someWork } from './createTools';

describe('what is typed', () => {
  it.each(['a', 'contoso-apim', 'A1', `a${'b'.repeat(49)}`])('%j is a name of an instance', (name) => expect(nameProblem(name)).toBeUndefined());
  it.each([
    ['', /needs a name/], ['1a', /begins with a letter/], ['a_b', /letters, digits and hyphens/], ['a-', /ends with/], [`a${'b'.repeat(50)}`, /at most 50/],
  ])('%j is none', (name, reason) => expect(nameProblem(name)).toMatch(reason));
  it('names of groups and e-mail addresses have their shapes', () => {
    expect([groupProblem('ml_(1).x'), groupProblem('ä')]).toEqual([undefined, undefined]);
    expect([groupProblem(''), groupProblem('a.'), groupProblem('a/b'), groupProblem('a'.repeat(91))].every((each) => each !== undefined)).toBe(true);
    expect(['ann@contoso.com', "o'neil+x@a.b.c"].map(emailProblem)).toEqual([undefined, undefined]);
    expect(['', 'ann', 'ann@', '@contoso.com', 'a@b', 'a@b@c.de', 'a b@c.de', 'a@b..c', `${'a'.repeat(99)}@b.c`].filter((each) => emailProblem(each) === undefined)).toEqual([]);
  });
  it('is told of fields that were touched, and of all once it is sent off', () => {
    expect(checkDraft(emptyDraft, new Set())).toEqual({});
    expect(Object.keys(checkDraft(emptyDraft, new Set(['name'])))).toEqual(['name']);
    expect(Object.keys(checkDraft(emptyDraft, new Set(createFields)))).toEqual(['name', 'subscription', 'newGroup', 'location', 'organisation', 'email']);
    expect(checkDraft({ ...emptyDraft, tier: 'Isolated' }, new Set(['tier']))).toHaveProperty('tier');
    expect(trimmed({ ...emptyDraft, name: ' a ' }).name).toBe('a');
  });
  it('comes from the page in its form, or not at all', () => {
    const actions = { has: (id: unknown): id is 'retry' => id === 'retry' };
    expect(readFromCreatePage({ type: 'change', turn: 1, draft: emptyDraft, field: 'name' }, actions)).toMatchObject({ field: 'name' });
    expect(readFromCreatePage({ type: 'submit', turn: 1, draft: emptyDraft }, actions)).toMatchObject({ type: 'submit' });
    const bad = [
      null, {}, { type: 'x' }, { type: 'change', turn: 1, draft: emptyDraft }, { type: 'change', turn: 1, draft: emptyDraft, field: 'other' },
      { type: 'submit', turn: '1', draft: emptyDraft }, { type: 'submit', turn: 1, draft: { ...emptyDraft, name: 1 } }, { type: 'action', action: 'other' },
      { type: 'submit', turn: 1, draft: { ...emptyDraft, name: 'x'.repeat(2001) } },
    ];
    expect(bad.map((each) => readFromCreatePage(each, actions))).toEqual(bad.map(() => undefined));
    expect(readSavedCreate({ draft: emptyDraft, touched: ['name', 'other'] })).toEqual({ draft: emptyDraft, touched: ['name'] });
    expect(readSavedCreate({ draft: {} })).toBeUndefined();
  });
});

describe('tiers', () => {
  it('have a cell for each column, and Consumption what it lacks', () => {
    const { columns, rows } = tierTable();
    expect(rows.map(({ tier }) => tier)).toEqual(tiers);
    expect(rows.every(({ cells }) => cells.length === columns.length)).toBe(true);
    expect(rows[0]?.cells.map(({ verdict }) => verdict)).toEqual(['yes', 'no', 'yes', 'no', 'no', 'note', 'yes']);
    expect([skuOf('Consumption'), skuOf('Developer')]).toEqual([{ name: 'Consumption', capacity: 0 }, { name: 'Developer', capacity: 1 }]);
    expect([isTier('Isolated'), isTier('BasicV2')]).toEqual([false, true]);
  });
});

describe('what is written down', () => {
  it('is read as it was, and left alone where it makes no sense', () => {
    const work = someWork({ step: 'failed', problem: { sentence: 'No.', detail: 'Code: words', advice: 'Ask.', actions: ['openPortal'] } });
    expect(readWorkText(workText(work))).toEqual(work);
    const json = JSON.parse(workText(work));
    const bad = ['', '{}', JSON.stringify({ ...json, version: 2 }), JSON.stringify({ ...json, kind: 'x' }), JSON.stringify({ ...json, step: 'x' }),
      JSON.stringify({ ...json, startedAt: null }), JSON.stringify({ ...json, place: {} })];
    expect(bad.map(readWorkText)).toEqual(bad.map(() => undefined));
  });
  it('an instance is marked as made here, one that is restored is only asked back', () => {
    const work = someWork({ tier: 'Consumption' });
    expect(bodyOf(work)).toEqual({
      location: 'West Europe', sku: { name: 'Consumption', capacity: 0 }, tags: { [markTag]: work.key }, properties: { publisherEmail: 'ann@contoso.com', publisherName: 'Contoso' },
    });
    expect(bodyOf(someWork({ kind: 'restore' }))).toMatchObject({ properties: { restore: true } });
    expect([isOwn(work, { tags: { [markTag]: work.key } }), isOwn(work, { tags: { [markTag]: 'x' } }), isOwn(work, {})]).toEqual([true, false, false]);
    expect(isOwn(someWork({ kind: 'restore' }), {})).toBe(true);
  });
});

describe('lines and words', () => {
  it('a line of its own only where no list tells of the instance', () => {
    const work = { work: someWork() };
    const listed = { kind: 'instance' as const, instance: someInstance({ id: work.work.place.id.toUpperCase(), name: 'new-one' }) };
    expect(withWorks([], subscriptionId, [work])).toMatchObject([{ instance: { name: 'new-one', sku: 'Developer', gatewayUrls: [] } }]);
    expect(withWorks([listed], subscriptionId, [work])).toEqual([listed]);
    expect(withWorks([], 'another', [work])).toEqual([]);
    expect(workOf(listed.instance, [work])).toBe(work);
    const atSample = { work: someWork({ place: { ...work.work.place, sample: true } }) };
    expect(withWorks([], subscriptionId, [atSample])).toEqual([]);
    // Where the sample is changes with each start.
    expect(workOf(someInstance({ sample: true, endpointUrl: 'http://127.0.0.1:9', id: work.work.place.id }), [atSample])).toBe(atSample);
  });
  it('say how it stands, since when, and how it ended', () => {
    const at = (step: InstanceWork['step'], kind: InstanceWork['kind'] = 'create'): string => standing({ work: someWork({ step, kind, startedAt: 0 }) }, 12 * 60_000);
    expect([at('following'), at('group'), at('following', 'delete'), at('failed', 'restore'), at('notBegun'), at('done')]).toEqual([
      'Being created · 12 minutes', 'Its resource group is being created · 12 minutes', 'Being deleted · 12 minutes', 'Restoring it failed', 'Was not begun', '',
    ]);
    // A clock that was set back makes no negative time.
    expect(standing({ work: someWork({ startedAt: 1e15 }) }, 0)).toBe('Being created · 1 second');
    expect(sentenceOf({ work: someWork({ step: 'notBegun' }) })).toContain('Nothing was created and nothing is billed');
    expect(statusText([{ work: someWork({ step: 'failed' }) }, { work: someWork({ startedAt: 0 }) }], 12 * 60_000)).toBe('new-one: Being created · 12 minutes (and 1 more)');
    expect(statusText([], 0)).toBeUndefined();
  });
  it('say of the sample what is true there, and that one waits for it while it is stopped', () => {
    const inSample = (changed: Partial<InstanceWork> = {}): InstanceWork =>
      someWork({ startedAt: 0, ...changed, place: { ...someWork().place, sample: true } });
    const kinds = ['create', 'restore', 'delete'] as const;
    expect(sentenceOf({ work: someWork() })).toBe('new-one is being created. It goes on at Azure, whether VS Code runs or not.');
    expect(sentenceOf({ work: inSample() })).toBe('new-one is being created. It goes on in the sample service while that runs.');
    const waitingTexts = kinds.map((kind) => sentenceOf({ work: inSample({ kind }), waits: true }));
    expect(waitingTexts).toEqual(['Creating', 'Restoring', 'Deleting'].map((doing) =>
      `${doing} new-one waits for the sample service, which is stopped. It goes on once the sample service runs again.`));
    const steps = ['following', 'notBegun', 'done'] as const;
    const all = kinds.flatMap((kind) => steps.map((step) => sentenceOf({ work: inSample({ kind, step }) })));
    all.push(...kinds.map((kind) => stopFollowingText(inSample({ kind }))));
    expect(all.filter((each) => /Azure|billed|costs/.test(each))).toEqual([]);
    const waiting = { work: inSample(), waits: true } as const;
    expect(statusText([waiting], 12 * 60_000)).toBe('new-one: Waits for the sample service, which is stopped');
    const other = { work: someWork({ startedAt: 0, place: { ...someWork().place, name: 'other' } }) };
    expect(statusText([waiting, other], 12 * 60_000)).toBe('other: Being created · 12 minutes (and 1 more)');
  });
  it('confirmations name the price, the place, and what goes', () => {
    const place = { name: 'new-one', group: 'ml', location: 'West Europe', payer: 'Pay as you go', tier: 'Developer' };
    expect(createQuestion({ ...place, free: false })).toBe('new-one in ml, West Europe, paid by Pay as you go: it costs money from its creation on, until it is deleted. It takes 30 to 45 minutes. Type Developer to create it.');
    expect(createQuestion({ ...place, free: true })).toContain('it costs nothing');
    const detail = (apis: number | undefined): string => deleteDetail({ name: 'x', resourceGroup: 'ml', subscriptionId: 's-1', apis });
    expect(detail(2)).toMatch(/^It is in the resource group ml of the subscription s-1\. Its 2 APIs are deleted.*48 hours.*Type x to delete it\.$/);
    expect(detail(1)).toContain('Its only API is deleted with it, as are its products');
    expect(detail(0)).toContain('It has no API. Its products, subscriptions');
    expect(detail(undefined)).toContain('All of its APIs, products');
  });
});
