// The lines of the section: what stands below what, how a list's state shows, what a filter finds.

import { expect, it } from 'vitest';
import type { ListItem } from '../../../../src/features/apim/items';
import type { ListState } from '../../../../src/features/apim/load/lists';
import { fixedBelow, isOwner, itemNodes, matches, nodeId, stateNodes, type ApimNode, type OwnerNode } from '../../../../src/features/apim/nodes';
import { hostile, instanceId, someInstance, subscriptionId } from './apimTools';

const state = (items: readonly ListItem[], parts: Partial<ListState> = {}): ListState =>
  ({ items, at: 1, restored: false, complete: true, stale: false, loading: false, ...parts });
const subscription: OwnerNode = { kind: 'azureSubscription', subscription: { kind: 'azureSubscription', id: subscriptionId, name: 'Pay' }, parent: undefined };
const found = (name: string, resourceGroup: string): ListItem =>
  ({ kind: 'instance', instance: someInstance({ name, resourceGroup, id: instanceId.replace('/ml/', `/${resourceGroup}/`).replace('scores', name) }) });
const instance: OwnerNode = { kind: 'instance', instance: someInstance(), from: 'azure', parent: subscription };
const apis: OwnerNode = { kind: 'list', instance: someInstance(), list: 'apis', parent: instance };
const api = (name: string, path = name): ListItem => ({ kind: 'api', id: `${instanceId}/apis/${name}`, name, title: name, path });

it('instances stand in their resource groups, whatever case these are written in', () => {
  const nodes = itemNodes(subscription, state([found('b', 'Web'), found('a', 'ml'), found('c', 'web')]));
  expect(nodes.map((node) => node.kind === 'group' && [node.name, node.instances.map(({ name }) => name)])).toEqual([['ml', ['a']], ['Web', ['b', 'c']]]);
});

it('below an instance its lists stand once it was told of itself, and none before', () => {
  expect(itemNodes(instance, state([]))).toEqual([]);
  expect(itemNodes(instance, state([{ kind: 'instance', instance: someInstance() }])).map((node) => node.kind === 'list' && node.list)).toEqual([
    'apis', 'products', 'subscriptions', 'namedValues', 'users',
  ]);
});

it('a list shows what it is of and nothing else; operations stand below APIs alone', () => {
  const product: ListItem = { kind: 'product', id: 'p', name: 'p', title: 'p' };
  const nodes = itemNodes(apis, state([api('one'), product]));
  expect(nodes.map((node) => [node.kind, isOwner(node)])).toEqual([['entry', true]]);
  expect(isOwner({ kind: 'entry', entry: product, instance: someInstance(), parent: undefined })).toBe(false);
});

it('a product opens to its APIs and its subscriptions, a user to theirs', () => {
  const product: ApimNode = { kind: 'entry', entry: { kind: 'product', id: 'p', name: 'p', title: 'P' }, instance: someInstance(), parent: undefined };
  const [within, keys] = fixedBelow(product) ?? [];
  expect.assert(within?.kind === 'list' && keys?.kind === 'list');
  expect([within.list, keys.list, within.product?.name, within.parent]).toEqual(['apis', 'subscriptions', 'p', product]);
  expect(itemNodes(within, state([api('a')])).map((node) => [node.kind, node.parent])).toEqual([['entry', within]]);
  const user: OwnerNode = { kind: 'entry', entry: { kind: 'user', id: 'u', name: 'u', title: 'U' }, instance: someInstance(), parent: undefined };
  const key: ListItem = { kind: 'subscription', id: 's', name: 's', title: 'S' };
  expect([isOwner(user), fixedBelow(user), itemNodes(user, state([key, api('a')])).length]).toEqual([true, undefined, 1]);
  expect(fixedBelow(instance)).toBeUndefined();
});

it.each([
  ['is empty', state([]), [], ['empty']],
  ['holds something', state([api('a')]), [], []],
  ['has more', state([api('a')], { complete: false }), [], ['more']],
  ['is loading', state([], { complete: false, loading: true }), [], ['loading']],
  ['is loading more', state([api('a')], { complete: false, loading: true }), [], ['loading']],
  ['could not be asked for', state([], { complete: false, problem: { sentence: 'No.' } }), ['problem'], []],
  ['could not be asked for anew', state([api('a')], { problem: 'stopped' }), ['problem'], []],
])('a list that %s', (_, now, above, below) => {
  const nodes = stateNodes(apis, now);
  expect([nodes.above.map(({ kind }) => kind), nodes.below.map(({ kind }) => kind)]).toEqual([above, below]);
});

it('that nobody is signed in is no empty list', () => {
  expect(stateNodes(undefined, state([]))).toEqual({ above: [], below: [] });
});

it('no two lines have one id, though names are hostile or alike', () => {
  const added: ApimNode = { kind: 'instance', instance: someInstance(), from: 'added', parent: undefined };
  const lines = [
    subscription, instance, added, apis, { ...apis, parent: added }, ...itemNodes(apis, state([api(hostile), api('a')])),
    ...stateNodes(apis, state([], { loading: true })).below, ...stateNodes(instance, state([], { loading: true })).below, ...itemNodes(instance, state([found('a', 'b')])).slice(1),
  ];
  const ids = lines.map(nodeId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('a filter finds names, paths and gateways, and all below what it finds', () => {
  const [entry] = itemNodes(apis, state([api('weather', 'forecast/v1')]));
  expect.assert(entry !== undefined);
  expect(['WEATHER', 'forecast', 'scores', 'azure-api.net', 'pay', subscriptionId.slice(0, 9)].filter((text) => !matches(entry, text))).toEqual([]);
  expect(matches(entry, 'other')).toBe(false);
  expect(matches({ kind: 'instance', instance: someInstance({ sample: true, name: 'sample-apim' }), from: 'sample', parent: undefined }, 'sample api')).toBe(true);
  expect(matches(apis, 'weather')).toBe(false);
});
