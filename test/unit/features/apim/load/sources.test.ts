// Which paths are asked for, with whose token, and what is asked first.

import { beforeEach, expect, it } from 'vitest';
import { cloudOf } from '../../../../../src/features/apim/endpoints';
import type { Identity, ListItem } from '../../../../../src/features/apim/items';
import { instanceKey, keyBelow, sourceOf, type SourceParts } from '../../../../../src/features/apim/load/sources';
import type { OwnerNode } from '../../../../../src/features/apim/nodes';
import type { Account } from '../../../../../src/features/apim/account';
import { entryJson, FakeArm, forbidden, instanceId, instanceJson, someInstance, subscriptionId } from '../apimTools';

const cloud = (): ReturnType<typeof cloudOf> => cloudOf({ environment: undefined, customEnvironment: undefined, armEndpoint: undefined });
let fake: FakeArm;
let identities: Identity[];
let accounts: Account[];
let parts: SourceParts;

beforeEach(() => {
  fake = new FakeArm();
  identities = [];
  accounts = [{ id: 'a', label: 'ann@example.com' }];
  parts = {
    cloud, accounts: () => Promise.resolve(accounts), armOf: () => Promise.resolve(fake.arm),
    armFor: ({ accountId, tenantId }) => {
      identities.push({ accountId, tenantId });
      return Promise.resolve(fake.arm);
    },
  };
});

async function all(owner: OwnerNode | undefined): Promise<ListItem[]> {
  const items: ListItem[] = [];
  const options = { signal: new AbortController().signal, onWait: () => undefined };
  for await (const page of sourceOf(parts, owner).pages(options)) items.push(...page);
  return items;
}

const instance = someInstance();
const instanceNode: OwnerNode = { kind: 'instance', instance, from: 'azure', parent: undefined };

it('directories are those of each account', async () => {
  fake.answers.set('/tenants', [[{ tenantId: 't1', displayName: 'Contoso' }], [{ tenantId: 't2' }, { odd: true }]]);
  accounts.push({ id: 'b', label: 'bob' });
  expect((await all(undefined)).map((each) => (each.kind === 'directory' ? [each.accountId, each.tenantId, each.name] : each))).toEqual([
    ['a', 't1', 'Contoso'], ['a', 't2', 't2'], ['b', 't1', 'Contoso'], ['b', 't2', 't2'],
  ]);
  expect(identities).toEqual([{ accountId: 'a', tenantId: undefined }, { accountId: 'b', tenantId: undefined }]);
});

it('nobody signed in has none, and nothing is asked for', async () => {
  accounts = [];
  expect(await all(undefined)).toEqual([]);
  expect([fake.asked, identities]).toEqual([[], []]);
});

it('the only account that cannot tell of its directories says why; one of several has a line of its own', async () => {
  fake.answers.set('/tenants', forbidden);
  await expect(all(undefined)).rejects.toBe(forbidden);
  accounts.push({ id: 'b', label: 'bob' });
  const { armFor } = parts;
  const other = new FakeArm();
  other.answers.set('/tenants', [[{ tenantId: 't1', displayName: 'Contoso' }]]);
  parts = { ...parts, armFor: (identity) => (identity.accountId === 'b' ? Promise.resolve(other.arm) : armFor(identity)) };
  expect((await all(undefined)).map((each) => (each.kind === 'directory' ? each.name : each))).toEqual(['Contoso', 'ann@example.com']);
});

it('subscriptions and instances are asked for with the token of their directory', async () => {
  fake.answers.set('/subscriptions', [[{ subscriptionId, displayName: 'Pay', state: 'Enabled' }]]);
  const directory = { kind: 'directory' as const, accountId: 'a', account: 'ann', tenantId: 't1', name: 'Contoso' };
  const [subscription] = await all({ kind: 'directory', directory, parent: undefined });
  expect(subscription).toEqual({ kind: 'azureSubscription', id: subscriptionId, name: 'Pay', state: 'Enabled', accountId: 'a', tenantId: 't1' });
  expect.assert(subscription?.kind === 'azureSubscription');
  fake.answers.set(`/subscriptions/${subscriptionId}/providers/Microsoft.ApiManagement/service`, [[instanceJson(), { id: 'no instance' }]]);
  expect(await all({ kind: 'azureSubscription', subscription, parent: undefined })).toMatchObject([{ kind: 'instance', instance: { name: 'scores' } }]);
  expect(identities).toEqual([{ accountId: 'a', tenantId: 't1' }, { accountId: 'a', tenantId: 't1' }]);
});

it('an instance is asked for itself: who may not read it learns that before anything else is tried', async () => {
  fake.answers.set(instanceId, forbidden);
  await expect(all(instanceNode)).rejects.toBe(forbidden);
  expect(fake.asked).toEqual([`GET ${instanceId}`]);
  fake.answers.set(instanceId, instanceJson('scores', { provisioningState: 'Activating' }));
  expect(await all(instanceNode)).toMatchObject([{ instance: { state: 'Activating' } }]);
});

it.each([
  ['apis', 'api'], ['products', 'product'], ['subscriptions', 'subscription'], ['namedValues', 'namedValue'], ['users', 'user'],
] as const)('the list of %s', async (list, kind) => {
  fake.answers.set(`${instanceId}/${list}`, [[entryJson(`${list}/one`), { odd: 1 }], [entryJson(`${list}/two`)]]);
  const items = await all({ kind: 'list', instance, list, parent: instanceNode });
  expect(items.map((each) => [each.kind, 'name' in each && each.name])).toEqual([[kind, 'one'], [kind, 'two']]);
});

it('operations of an API whose name is no path', async () => {
  const entry = { kind: 'api' as const, id: 'x', name: 'a/../b;rev=2', title: 'A' };
  fake.answers.set(`${instanceId}/apis/a%2F..%2Fb%3Brev%3D2/operations`, [[entryJson('apis/a/operations/score', { method: 'POST', urlTemplate: '/score' })]]);
  expect(await all({ kind: 'entry', instance, entry, parent: undefined })).toMatchObject([{ kind: 'operation', method: 'POST', path: '/score' }]);
});

it('an API that is opened tells the names of its keys, which lists leave out', async () => {
  const entry = { kind: 'api' as const, id: `${instanceId}/apis/a`, name: 'a', title: 'A' };
  fake.answers.set(`${instanceId}/apis/a`, entryJson('apis/a', { displayName: 'A', subscriptionKeyParameterNames: { header: 'X-Key', query: 'k' } }));
  fake.answers.set(`${instanceId}/apis/a/operations`, [[entryJson('apis/a/operations/score')]]);
  expect(await all({ kind: 'entry', instance, entry, parent: undefined })).toMatchObject([
    { kind: 'api', id: entry.id, keyHeader: 'X-Key', keyQuery: 'k' }, { kind: 'operation', name: 'score' },
  ]);
});

it('what a product and a user have is asked of them, and has its own id', async () => {
  const product = { kind: 'product' as const, id: 'p', name: 'a b', title: 'P' };
  fake.answers.set(`${instanceId}/products/a%20b/apis`, [[entryJson('products/a b/apis/weather;rev=2'), { odd: 1 }]]);
  fake.answers.set(`${instanceId}/products/a%20b/subscriptions`, [[entryJson('products/a b/subscriptions/team', { ownerId: `${instanceId}/users/1` })]]);
  fake.answers.set(`${instanceId}/users/1/subscriptions`, [[entryJson('users/1/subscriptions/team', { state: 'active' })]]);
  expect(await all({ kind: 'list', instance, list: 'apis', product, parent: undefined })).toMatchObject([{ kind: 'api', id: `${instanceId}/apis/weather`, name: 'weather' }]);
  expect(await all({ kind: 'list', instance, list: 'subscriptions', product, parent: undefined })).toMatchObject([{ id: `${instanceId}/subscriptions/team`, owner: '1' }]);
  const user = { kind: 'user' as const, id: 'u', name: '1', title: 'Ann' };
  expect(await all({ kind: 'entry', instance, entry: user, parent: undefined })).toMatchObject([{ kind: 'subscription', id: `${instanceId}/subscriptions/team` }]);
});

it('keys tell endpoints, accounts and directories apart, and what is below an instance begins as the instance does', () => {
  const directory = { kind: 'directory' as const, accountId: 'a', account: '', name: 'x' };
  const keys = [
    keyBelow(cloud, undefined), keyBelow(cloud, { kind: 'directory', directory, parent: undefined }),
    keyBelow(cloud, { kind: 'directory', directory: { ...directory, tenantId: 't' }, parent: undefined }), keyBelow(cloud, instanceNode),
    keyBelow(cloud, { kind: 'instance', instance: { ...instance, endpointUrl: 'http://127.0.0.1:1' }, from: 'sample', parent: undefined }),
    keyBelow(cloud, { kind: 'list', instance, list: 'apis', product: { kind: 'product', id: 'p', name: 'p', title: 'P' }, parent: undefined }),
    keyBelow(cloud, { kind: 'entry', instance, entry: { kind: 'user', id: 'u', name: 'u', title: 'U' }, parent: undefined }),
    keyBelow(cloud, { kind: 'list', instance, list: 'apis', parent: undefined }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.at(-1)).toBe(`${instanceKey(instance)}/apis`);
  expect(instanceKey({ ...instance, id: instance.id.toUpperCase() })).toBe(instanceKey(instance));
});

it("what is the sample's is not kept", () => {
  const sample = { ...instance, sample: true };
  expect(sourceOf(parts, { kind: 'list', instance: sample, list: 'apis', parent: undefined }).kept).toBe(false);
  expect(sourceOf(parts, instanceNode).kept).toBe(true);
});
