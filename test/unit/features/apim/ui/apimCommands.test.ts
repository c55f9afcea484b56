// The commands of API Management: what they ask, copy and open.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Choice } from '../../../../../src/ui/ask';
import { AddedInstances } from '../../../../../src/features/apim/addedInstances';
import { cloudOf } from '../../../../../src/features/apim/endpoints';
import type { ApimInstance } from '../../../../../src/features/apim/instance';
import type { AzureSubscription, Identity } from '../../../../../src/features/apim/items';
import type { ApimNode, OwnerNode } from '../../../../../src/features/apim/nodes';
import { apimCommands, type ApimCommandParts } from '../../../../../src/features/apim/ui/apimCommands';
import { entryJson, FakeArm, forbidden, instanceId, instanceJson, notFound, someInstance, subscriptionId } from '../apimTools';

const editor = vi.hoisted(() => ({
  clipboard: [] as string[], opened: [] as string[], told: [] as string[], executed: [] as string[], asked: [] as string[], text: '',
}));

vi.mock('vscode', async () => ({
  ...(await import('../../../ui/vscodeItems')).vscodeItems,
  env: { clipboard: { writeText: (text: string) => Promise.resolve(void editor.clipboard.push(text)) }, openExternal: (uri: string) => Promise.resolve(void editor.opened.push(uri)) },
  Uri: { parse: (text: string) => text },
  commands: { executeCommand: (id: string) => Promise.resolve(void editor.executed.push(id)) },
}));
vi.mock('../../../../../src/ui/ask', () => ({
  askText: ({ check }: { check: (text: string) => string | undefined }) => Promise.resolve(check(editor.text) === undefined ? editor.text : ''),
  askChoice: (title: string, _: string, choices: readonly Choice<unknown>[]) => {
    editor.asked.push(title);
    return Promise.resolve(choices[0]?.value);
  },
}));
vi.mock('../../../../../src/ui/notices', () => ({
  notify: (_: string, text: string) => Promise.resolve(void editor.told.push(text)), tellBriefly: (text: string) => void editor.told.push(text),
}));
vi.mock('../../../../../src/ui/progress', () => ({ inMessage: (_: string, work: (signal: AbortSignal) => Promise<unknown>) => work(new AbortController().signal) }));

let fake: FakeArm;
let parts: ApimCommandParts;
let owners: Identity[];
let asOwner: Identity[];
let signedIn: unknown[];
let refreshed: unknown[];
let subscriptions: AzureSubscription[];
let picked: ApimInstance;
let armEndpoint: string;

function isParts(value: unknown): value is ApimCommandParts {
  return typeof value === 'object';
}

beforeEach(() => {
  for (const list of [editor.clipboard, editor.opened, editor.told, editor.executed, editor.asked]) list.length = 0;
  editor.text = '';
  fake = new FakeArm();
  [owners, asOwner, signedIn, refreshed, subscriptions, picked, armEndpoint] = [[{}], [], [], [], [], someInstance(), ''];
  const memory = new Map<string, unknown>();
  const given: unknown = {
    tree: {
      refresh: (node: unknown) => void refreshed.push(node), latest: (instance: ApimInstance) => instance, more: (owner: unknown) => void refreshed.push(['more', owner]),
      stop: (owner: unknown) => void refreshed.push(['stop', owner]),
    },
    accounts: {
      accounts: () => Promise.resolve([{ id: 'a', label: 'ann' }]), signIn: () => Promise.resolve(void signedIn.push('first')),
      signInAgain: (identity: unknown) => Promise.resolve(void signedIn.push(['again', identity])),
    },
    added: new AddedInstances({ get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) }),
    armOf: () => Promise.resolve(fake.arm),
    armFor: (identity: Identity) => {
      asOwner.push(identity);
      return Promise.resolve(fake.arm);
    },
    cloud: () => cloudOf({ environment: undefined, customEnvironment: undefined, armEndpoint }),
    pickInstance: () => Promise.resolve(picked), owners: () => owners, ownerOf: () => ({ accountId: 'owner' }), subscriptions: () => subscriptions,
  };
  expect.assert(isParts(given));
  parts = given;
});

const run = async (name: string, argument?: unknown): Promise<unknown> => apimCommands(parts).get(`azuremlWebServices.${name}`)?.(argument);
const instanceNode: OwnerNode = { kind: 'instance', instance: someInstance(), from: 'azure', parent: undefined };
const list: OwnerNode = { kind: 'list', instance: someInstance(), list: 'subscriptions', parent: instanceNode };
const keyNode: ApimNode = {
  kind: 'entry', instance: someInstance(), parent: list,
  entry: { kind: 'subscription', id: `${instanceId}/subscriptions/team`, name: 'team', title: 'Team' },
};
const problem = (owner: OwnerNode): ApimNode => ({ kind: 'problem', owner, parent: owner, state: { items: [], restored: false, complete: false, stale: false, loading: false } });

describe('Add Instance by Resource ID', () => {
  beforeEach(() => (editor.text = `  https://portal.azure.com/#@contoso/resource${instanceId}/overview `));

  it('takes what was pasted, and the token with which it can be read', async () => {
    owners = [{}, { accountId: 'a', tenantId: 't' }];
    const { armFor } = parts;
    const other = new FakeArm();
    other.answers.set(instanceId, instanceJson('scores', { provisioningState: 'Activating' }));
    parts = { ...parts, armFor: (identity) => (identity.tenantId === 't' ? Promise.resolve(other.arm) : armFor(identity)) };
    await run('apimAddInstance');
    expect(parts.added.list()).toMatchObject([{ instance: { id: instanceId, state: 'Activating' }, owner: { accountId: 'a', tenantId: 't' } }]);
    expect(editor.executed).toEqual(['azuremlWebServices.apim.focus']);
  });

  it('tells of a missing role, and adds nothing', async () => {
    owners = [{}, { accountId: 'a' }];
    fake.answers.set(instanceId, forbidden);
    await expect(run('apimAddInstance')).rejects.toBe(forbidden);
    expect([parts.added.list(), asOwner]).toEqual([[], [{}, { accountId: 'a' }]]);
    fake.answers.set(instanceId, notFound('it'));
    await expect(run('apimAddInstance')).rejects.toThrow('it is not there');
  });

  it('asks who is not signed in to do so first', async () => {
    parts = { ...parts, accounts: { ...parts.accounts, accounts: () => Promise.resolve([]) } };
    fake.answers.set(instanceId, instanceJson());
    await run('apimAddInstance');
    expect(signedIn).toEqual(['first']);
  });

  it('goes off the list again', async () => {
    await expect(run('apimRemoveInstance')).rejects.toThrow('No instance was added');
    await parts.added.add({ instance: someInstance(), owner: {} });
    await run('apimRemoveInstance');
    expect([parts.added.list(), editor.asked]).toEqual([[], ['Remove Which API Management Instance From the List?']]);
  });
});

describe('Sign In', () => {
  it('is the first one, or one more account', async () => {
    await run('apimSignIn');
    expect([signedIn, refreshed]).toEqual([['first'], [undefined]]);
  });

  it('is again for the button of an error, and for the directory of a line that could not be loaded', async () => {
    await run('apimSignIn', 'again');
    const directory: OwnerNode = { kind: 'directory', directory: { kind: 'directory', accountId: 'a', account: 'ann', tenantId: 't', name: 'C' }, parent: undefined };
    await run('apimSignIn', problem(directory));
    await run('apimSignIn', problem(instanceNode));
    expect(signedIn).toEqual([['again', undefined], ['again', expect.objectContaining({ accountId: 'a', tenantId: 't' })], ['again', { accountId: 'owner' }]]);
    expect(refreshed).toEqual([undefined, directory, instanceNode]);
  });

  it('out is told of, and left to VS Code', async () => {
    await run('apimSignOut');
    expect(editor.told[0]).toContain('ann');
    expect(signedIn).toEqual([]);
  });
});

describe('what is copied and opened', () => {
  it.each([
    [keyNode, `${instanceId}/subscriptions/team`], [instanceNode, instanceId], [undefined, instanceId],
    [{ kind: 'azureSubscription', subscription: { kind: 'azureSubscription', id: subscriptionId, name: 'Pay' }, parent: undefined }, `/subscriptions/${subscriptionId}`],
  ])('the id of what is meant', async (argument, id) => {
    await run('apimCopyId', argument);
    await run('apimOpenPortal', argument);
    expect([editor.clipboard, editor.opened]).toEqual([[id], [`https://portal.azure.com/#@/resource${id}`]]);
  });

  it('the gateway that was told of; none is built', async () => {
    await run('apimCopyGateway', instanceNode);
    expect(editor.clipboard).toEqual(['https://scores.azure-api.net']);
    picked = someInstance({ gatewayUrls: [] });
    await expect(run('apimCopyGateway')).rejects.toThrow('scores tells of no gateway address.');
  });

  it('the address of an API behind it', async () => {
    const api = (path: string | undefined): object => ({ kind: 'entry', entry: { kind: 'api', id: 'x', name: 'weather', title: 'Weather', path }, instance: someInstance(), parent: instanceNode });
    await run('apimCopyGateway', api('weather/v1'));
    expect(editor.clipboard).toEqual(['https://scores.azure-api.net/weather/v1']);
    await run('apimCopyGateway', api(''));
    expect(editor.clipboard.at(-1)).toBe('https://scores.azure-api.net');
  });

  it('no portal for an address that was set', async () => {
    armEndpoint = 'https://arm.example';
    await expect(run('apimOpenPortal', instanceNode)).rejects.toThrow('has no portal');
    expect(editor.opened).toEqual([]);
  });
});

it('registering goes to the subscription of the line, or to one that is chosen', async () => {
  await expect(run('apimRegisterProvider')).rejects.toThrow('No Azure subscription is known yet.');
  const subscription: AzureSubscription = { kind: 'azureSubscription', id: subscriptionId, name: 'Pay', accountId: 'a', tenantId: 't' };
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.ApiManagement/register`;
  fake.answers.set(path, entryJson('x'));
  subscriptions = [subscription];
  await run('apimRegisterProvider');
  await run('apimRegisterProvider', problem({ kind: 'azureSubscription', subscription, parent: undefined }));
  expect([fake.asked, asOwner]).toEqual([[`POST ${path}`, `POST ${path}`], [subscription, subscription]]);
  expect(editor.asked).toEqual(['Register API Management in Which Subscription?']);
});

it('lines about a list act on that list, and do nothing without one', async () => {
  for (const name of ['apimRetry', 'apimLoadMore', 'apimCancelLoad']) await run(name);
  expect(refreshed).toEqual([]);
  await run('apimRetry', problem(list));
  await run('apimLoadMore', problem(list));
  await run('apimCancelLoad', problem(list));
  expect(refreshed).toEqual([list, ['more', list], ['stop', list]]);
});

it.each([{ kind: 'service' }, { kind: 'instance' }, 'text', null])('what is no line of the section is none: %j', async (argument) => {
  await run('apimRefreshLine', argument);
  expect(refreshed).toEqual([]);
});

it('the whole section is asked for anew whatever line has the focus: VS Code hands that over', async () => {
  await run('apimRefresh', list);
  expect(refreshed).toEqual([undefined]);
});
