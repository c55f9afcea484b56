// Restoring, deleting and trying again: what is asked, whom it names, and that who leaves at any question has changed nothing.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import { emptyDraft } from '../../../../../src/features/apim/create/draft';
import type { DeletedInstance } from '../../../../../src/features/apim/create/reads';
import type { InstanceWork } from '../../../../../src/features/apim/create/work';
import { createFrom, restore, type CreateCommandParts } from '../../../../../src/features/apim/ui/createCommands';
import { workCommand } from '../../../../../src/features/apim/ui/createWork';
import { command } from '../../../../../src/ui/ids';
import { newPerson, person } from '../access/accessEditor';
import { endpointUrl, FakeArm, someInstance, subscriptionId } from '../apimTools';
import { someWork } from '../create/createTools';

vi.mock('vscode', async () => (await import('../access/accessEditor')).vscodeMock);
vi.mock('../../../../../src/ui/ask', async () => (await import('../access/accessEditor')).askMock);
vi.mock('../../../../../src/ui/progress', async () => (await import('../access/accessEditor')).progressMock);

const deleted: DeletedInstance = { id: 'x', name: 'old-one', subscriptionId, resourceGroup: 'ml', location: 'West Europe' };
const isParts = (value: unknown): value is CreateCommandParts => isObject(value);
const isForm = (value: unknown): value is Parameters<typeof createFrom>[1] => isObject(value);
let noted: InstanceWork[];
let done: string[];
let went: string[];
let account: string | undefined;
let waits: boolean;
let trouble: string | undefined;
let parts: CreateCommandParts;

beforeEach(() => {
  newPerson();
  [noted, done, went, account, waits, trouble] = [[], [], [], 'ann@contoso.com', false, undefined];
  const given: unknown = {
    works: {
      list: () => noted.map((work) => ({ work, waits: waits || undefined, trouble: trouble === undefined ? undefined : { sentence: trouble } })),
      find: () => undefined,
      begin: (work: InstanceWork) => {
        const { sample, id, name, endpointUrl: at } = work.place;
        done.push(`${work.kind} ${id.split('/')[4] ?? ''}/${name} ${work.email}${sample ? at : ''}`);
        return Promise.resolve();
      },
      forget: (key: string) => Promise.resolve(void done.push(`forget ${key}`)),
    },
    places: () => Promise.resolve({ ownerOf: () => ({ accountId: 'a' }), endpointUrl: () => endpointUrl, accountName: () => Promise.resolve(account) }),
    armOf: () => Promise.resolve(new FakeArm().arm), sample: () => undefined, now: () => 0, newKey: () => 'new', home: '',
    showSection: () => Promise.resolve(void went.push('sidebar')),
    startSample: () => {
      went.push('sample');
      return Promise.resolve({ endpoint: 'http://127.0.0.1:2' });
    },
    pickInstance: () => Promise.reject(new Error('Nobody is asked for another instance.')),
  };
  expect.assert(isParts(given));
  parts = given;
});

const nothing = { organisation: '', email: '' };
const line = { kind: 'instance', instance: someInstance({ resourceGroup: 'ml', location: 'West Europe' }), parent: undefined };
const run = (id: string, argument: unknown): Promise<void> => workCommand(parts, id, argument);

describe('restoring', () => {
  it('asks for the address that the service wants, and offers that of the account', async () => {
    newPerson('bob@contoso.com', 'old-one');
    await restore(parts, subscriptionId, deleted, nothing);
    expect(person.asked.map(({ title, detail }) => [title, detail.slice(0, 14)])).toEqual([['Restore old-one', 'E-mail address'], ['Restore old-one', 'old-one comes ']]);
    expect([done, person.offered]).toEqual([['restore ml/old-one bob@contoso.com'], ['ann@contoso.com', undefined]]);
    account = 'Ann Lee';
    newPerson('bob@contoso.com', 'old-one');
    await restore(parts, subscriptionId, deleted, { ...nothing, email: 'bob@' });
    expect(person.offered).toEqual([undefined, undefined]);
  });
  it('takes the address that stands in the form', async () => {
    newPerson('old-one');
    await restore(parts, subscriptionId, deleted, { organisation: 'Contoso', email: 'ann@contoso.com' });
    expect(done).toEqual(['restore ml/old-one ann@contoso.com']);
  });
});

describe('who leaves at a question', () => {
  const form: unknown = { values: { ...emptyDraft, name: 'new-one', subscription: subscriptionId, group: 'ml' }, payer: { name: 'Pay as you go' } };
  expect.assert(isForm(form));
  it.each([
    ['create', () => createFrom(parts, form), ['Esc']],
    ['restore, at the address', () => restore(parts, subscriptionId, deleted, nothing), ['Esc']],
    ['restore, at the name', () => restore(parts, subscriptionId, deleted, nothing), ['a@b.de', 'Esc']],
    ['delete', () => run(command.apimDeleteInstance, line), ['Esc']],
    ['try again', () => run(command.apimRetryWork, someWork().key), ['Esc']],
    ['stop following', () => run(command.apimStopFollowing, 'going'), ['Esc']],
    ['stop following, then delete', () => run(command.apimStopFollowing, 'going'), ['Delete…', 'Esc']],
  ])('%s: has changed nothing', async (_what, act, answers) => {
    noted = [someWork({ step: 'failed' }), someWork({ key: 'going' })];
    newPerson(...answers);
    await expect(act()).rejects.toMatchObject({ name: 'Cancelled' });
    expect([done, person.answers]).toEqual([[], []]);
  });
  it('has read who pays for what', async () => {
    newPerson('Esc');
    await expect(createFrom(parts, form)).rejects.toThrow();
    expect(person.asked[0]?.detail).toContain('new-one in ml, , paid by Pay as you go: it costs money');
  });
});

describe('the box of one that is under way', () => {
  const inSample = (): InstanceWork => someWork({ startedAt: 0, place: { ...someWork().place, sample: true } });
  it('tells on lines of their own how it stands, where it goes on, and what hinders asking', async () => {
    [noted, trouble] = [[someWork({ startedAt: 0 })], 'Azure cannot be reached.'];
    await run(command.apimShowWorks, undefined);
    noted = [inSample()];
    await run(command.apimShowWorks, undefined);
    expect(person.asked.map(({ title, detail }) => [title, detail])).toEqual([
      ['new-one: Being created · 1 second', 'It goes on at Azure, whether VS Code runs or not.'],
      ['new-one: Being created · 1 second', 'It goes on in the sample service while that runs.'],
    ]);
    expect(person.asked[0]?.labels).toEqual(['Show in the Sidebar', 'Stop Following…', 'Delete…']);
    expect(person.details).toEqual(['Show in the Sidebar: Azure cannot be reached.', 'Show in the Sidebar: Azure cannot be reached.']);
    expect(went).toEqual(['sidebar', 'sidebar']);
  });
  it('starts the sample where it waits for that', async () => {
    [noted, waits] = [[inSample()], true];
    await run(command.apimShowWorks, undefined);
    expect(person.asked).toEqual([{
      title: 'new-one: Waits for the sample service, which is stopped', detail: 'It goes on once the sample service runs again.',
      labels: ['Start the Sample Service', 'Show in the Sidebar', 'Stop Following…', 'Delete…'],
    }]);
    expect(went).toEqual(['sample']);
  });
  it('deletes what waits at the sample, which is started for it once the name was typed', async () => {
    [noted, waits] = [[inSample()], true];
    newPerson('Delete…', 'Esc');
    await expect(run(command.apimShowWorks, undefined)).rejects.toThrow();
    expect(went).toEqual([]);
    newPerson('Delete…', 'new-one');
    await run(command.apimShowWorks, undefined);
    expect([went, done]).toEqual([['sample', 'sidebar'], ['delete ml/new-one http://127.0.0.1:2', `forget ${someWork().key}`]]);
  });
  it('is left without a word of Azure, where it is in the sample', async () => {
    noted = [inSample()];
    await run(command.apimStopFollowing, someWork().key);
    expect(person.asked[0]?.detail).toBe('It goes on in the sample service while that runs. It is only no longer followed here.');
    expect(done).toEqual([`forget ${someWork().key}`]);
  });
});

describe('deleting', () => {
  it('names group and subscription, is written down first, and ends the following of what was made', async () => {
    noted = [someWork()];
    newPerson('new-one');
    await run(command.apimDeleteInstance, someWork().key);
    expect(person.asked[0]?.detail).toMatch(new RegExp(`^It is in the resource group ml of the subscription ${subscriptionId}\\..* Type new-one to delete it\\.$`));
    expect(done).toEqual(['delete ml/new-one ', `forget ${someWork().key}`]);
  });
  it('means nothing else where a message has stayed longer than its work', async () => {
    await expect(run(command.apimDeleteInstance, someWork().key)).rejects.toThrow('No API Management instance is being created, restored or deleted from here.');
    expect([done, person.asked]).toEqual([[], []]);
  });
  it('is not begun twice', async () => {
    noted = [someWork({ kind: 'delete' })];
    await expect(run(command.apimDeleteInstance, someWork().key)).rejects.toThrow('new-one is being deleted already.');
    expect(done).toEqual([]);
  });
  it('tried again tells once more what goes', async () => {
    noted = [someWork({ kind: 'delete', step: 'failed' })];
    newPerson('new-one');
    await run(command.apimRetryWork, someWork().key);
    expect(person.asked[0]?.detail).toMatch(/^It is in the resource group ml.*deleted with it.*48 hours.*Type new-one to delete it\.$/);
    expect(done).toHaveLength(1);
  });
});
