// The form of a new instance: nobody is asked about what was typed before, what is held by a deleted instance can be restored, and groups
// bring their location along.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFields, emptyDraft, type CreateDraft, type CreateField } from '../../../../../src/features/apim/create/draft';
import { CreateForm, type PayingSubscriptions } from '../../../../../src/features/apim/create/form';
import type { Arm, ArmJson } from '../../../../../src/model/arm';
import { systemClock } from '../../../../../src/model/clock';
import { forbidden, instanceId, subscriptionId } from '../apimTools';
import { ScriptedArm, told } from './createTools';

let posted: string[];
let lists: Record<string, readonly ArmJson[] | Error>;
let answers: Record<string, object>;
let registration: string;
let form: CreateForm;
let paying: PayingSubscriptions;
let turn: number;

beforeEach(() => {
  vi.useFakeTimers();
  [posted, registration, turn] = [[], 'Registered', 0];
  lists = { resourcegroups: [{ name: 'ml', location: 'westeurope' }], deletedservices: [] };
  answers = {};
  paying = { items: [{ id: 's1', name: 'Pay', owner: {} }, { id: 's2', name: 'Pay', owner: {} }], signedIn: true };
  const arm: Arm = {
    ...new ScriptedArm().arm,
    get: () => Promise.resolve({ status: 200, body: { registrationState: registration, resourceTypes: [{ resourceType: 'service', locations: ['East US', 'West Europe'] }] } }),
    post: (_path, body) => {
      const name = String(body?.['name']);
      posted.push(name);
      return Promise.resolve({ status: 200, body: answers[name] ?? { nameAvailable: true, reason: 'Valid' } });
    },
    async *pages(path) {
      await Promise.resolve();
      const list = lists[path.split('/').at(-1) ?? ''] ?? [];
      if (list instanceof Error) throw list;
      yield list;
    },
  };
  form = new CreateForm({
    subscriptions: () => Promise.resolve(paying), armFor: () => Promise.resolve({ arm, subscriptionId }), describe: told, clock: systemClock,
  }, { draft: { ...emptyDraft, subscription: 's1' } });
});
afterEach(() => {
  form.dispose();
  vi.useRealTimers();
});

const type = (field: CreateField, value: string, draft: CreateDraft = form.view().draft): void => form.change({ turn: (turn += 1), field, draft: { ...draft, [field]: value } });
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1_000);

it('offers subscriptions that have one name with their ids, groups and locations; the group brings its location along', async () => {
  await form.load();
  expect(form.view()).toMatchObject({
    subscriptions: { items: [{ label: 'Pay (s1)' }, { label: 'Pay (s2)' }] }, groups: { items: [{ value: 'ml', label: 'ml (westeurope)' }] }, locations: { items: [{ value: 'East US' }, { value: 'West Europe' }] },
  });
  type('group', 'ml');
  expect(form.view().draft.location).toBe('West Europe');
  type('location', 'East US');
  type('group', '');
  type('group', 'ml');
  expect(form.view().draft.location).toBe('East US');
  type('subscription', 's2');
  expect(form.view().draft).toMatchObject({ group: '', location: '' });
  type('newGroup', 'ML');
  await settled();
  expect(form.view().problems.newGroup).toBe('A resource group of this name is there already: choose it above.');
});

it('asks about the name that stands there when nobody types, and only that answer counts', async () => {
  await form.load();
  answers['taken'] = { nameAvailable: false, reason: 'AlreadyExists', message: 'taken is already in use.' };
  for (const name of ['t', 'ta', 'taken']) type('name', name);
  expect(form.view().name.kind).toBe('checking');
  await settled();
  expect([posted, form.view().problems.name]).toEqual([['taken'], 'taken is already in use.']);
  type('name', '1bad');
  await settled();
  expect([posted, form.view().name.kind, form.view().problems.name]).toEqual([['taken'], 'none', 'A name begins with a letter.']);
  type('name', 'free');
  await settled();
  expect(form.view().name).toEqual({ kind: 'free' });
});

it('explains a name that a deleted instance holds, which can be restored', async () => {
  await form.load();
  answers['scores'] = { nameAvailable: false, reason: 'AlreadyExists', message: 'In use.' };
  lists['deletedservices'] = [{ location: 'West Europe', properties: { serviceId: instanceId, scheduledPurgeDate: '2026-12-02T12:00:00Z' } }, { location: 'x', properties: { serviceId: 'none' } }];
  type('name', 'scores');
  await settled();
  expect(form.view().problems.name).toMatch(/^scores was deleted from the resource group ml and holds its name until .*2026/);
  expect(form.restorable).toMatchObject({ id: instanceId, location: 'West Europe' });
  // Whoever may not read the list has the service's own words.
  lists['deletedservices'] = forbidden;
  type('name', 'scores2');
  answers['scores2'] = answers['scores'];
  await settled();
  expect([form.view().problems.name, form.restorable]).toEqual(['In use.', undefined]);
});

it('tells at its field what could not be read or has to be registered, and leads to what is wrong', async () => {
  lists['resourcegroups'] = forbidden;
  registration = 'NotRegistered';
  await form.load();
  expect(form.view()).toMatchObject({ groups: { kind: 'problem', problem: { sentence: 'The role Reader is missing.' } }, registered: false });
  expect(form.submit({ turn: 9, draft: form.view().draft })).toBe(false);
  expect(form.view()).toMatchObject({ wanted: 1, turn: 9, problems: { name: expect.any(String), subscription: expect.stringContaining('not registered') } });
  registration = 'Registered';
  lists['resourcegroups'] = [];
  await form.load(true);
  const draft = { name: 'new-one', subscription: 's1', group: '', newGroup: 'g', location: 'East US', tier: 'Basic', organisation: 'Contoso', email: 'a@b.cd' };
  expect(Object.keys(draft)).toEqual([...createFields]);
  expect(form.submit({ turn: 10, draft })).toBe(true);
  paying = { items: [], signedIn: false };
  await form.load(true);
  expect(form.view()).toMatchObject({ signedIn: false, draft: { subscription: '', name: 'new-one' } });
});
