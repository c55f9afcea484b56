// The section as VS Code asks for it: lazily, page by page, with a line that stops what takes long, filtered without asking.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { cloudOf } from '../../../../../src/features/apim/endpoints';
import type { WorkNow } from '../../../../../src/features/apim/create/works';
import { Lists, type Source } from '../../../../../src/features/apim/load/lists';
import { keyBelow, sourceOf } from '../../../../../src/features/apim/load/sources';
import type { ApimInstance } from '../../../../../src/features/apim/instance';
import type { ApimNode } from '../../../../../src/features/apim/nodes';
import { ApimTree } from '../../../../../src/features/apim/ui/apimTree';
import { Emitter } from '../../../../../src/model/lifetime';
import { describe as describeError, entryJson, FakeArm, forbidden, instanceId, instanceJson, someInstance, subscriptionId } from '../apimTools';
import { someWork } from '../create/createTools';

vi.mock('vscode', async () => ({ ...(await import('../../../ui/vscodeItems')).vscodeItems, commands: { executeCommand: () => Promise.resolve() } }));

let fake: FakeArm;
let lists: Lists;
let works: readonly WorkNow[] = [];
let sampleSource: Source | undefined;
let tree: ApimTree;
let view: { description?: string };
let expanded: Emitter<{ element: ApimNode }>;
let collapsed: Emitter<{ element: ApimNode }>;
let fired: (ApimNode[] | undefined)[];
let accounts: { id: string; label: string }[];
let sample: ApimInstance | undefined;
let armEndpoint: string;
/** Ends the pause after which a list is shown as it is. */
let outOfPatience: () => void;
let nowMs: number;

const cloud = (): ReturnType<typeof cloudOf> => cloudOf({ environment: undefined, customEnvironment: undefined, armEndpoint });

beforeEach(() => {
  vi.useFakeTimers();
  fake = new FakeArm();
  [view, fired, accounts, sample, armEndpoint, nowMs] = [{}, [], [{ id: 'a', label: 'ann' }], undefined, '', 1_000_000];
  [expanded, collapsed] = [new Emitter(), new Emitter()];
  lists = new Lists({ now: () => nowMs, describe: describeError, keep: () => undefined });
  const arm = (): Promise<FakeArm['arm']> => Promise.resolve(fake.arm);
  const sources = { cloud, accounts: () => Promise.resolve(accounts), armFor: arm, armOf: arm };
  works = [];
  sampleSource = undefined;
  tree = new ApimTree({
    lists, ready: () => Promise.resolve(), sourceOf: (owner) => sourceOf(sources, owner), keyOf: (owner) => keyBelow(cloud, owner), sample: () => sample, added: () => [], sampleSource: () => sampleSource, works: () => works,
    describe: describeError, treeView: Object.assign(view, { onDidExpandElement: expanded.event, onDidCollapseElement: collapsed.event }), treeChanged: { fire: (nodes) => void fired.push(nodes) },
    clock: { now: () => nowMs, sleep: () => new Promise((resolve) => (outOfPatience = resolve)) },
  });
  tree.start();
  fake.answers.set('/tenants', [[{ tenantId: 't', displayName: 'Contoso' }]]);
  fake.answers.set('/subscriptions', [[{ subscriptionId, displayName: 'Pay' }]]);
  fake.answers.set(`/subscriptions/${subscriptionId}/providers/Microsoft.ApiManagement/service`, [[instanceJson()]]);
  fake.answers.set(instanceId, instanceJson());
  fake.answers.set(`${instanceId}/apis`, [[entryJson('apis/weather', { displayName: 'Weather' }), entryJson('apis/prices', { displayName: 'Prices' })]]);
  return () => {
    tree.dispose();
    lists.dispose();
    vi.useRealTimers();
  };
});

/** Goes down by the labels of lines. */
async function down(...labels: readonly string[]): Promise<ApimNode> {
  let nodes = await tree.getChildren();
  let found: ApimNode | undefined;
  for (const label of labels) {
    found = nodes.find((node) => tree.getTreeItem(node).label === label);
    expect.assert(found !== undefined, `${label} is not among ${nodes.map((node) => String(tree.getTreeItem(node).label)).join(', ')}`);
    nodes = await tree.getChildren(found);
  }
  expect.assert(found !== undefined);
  return found;
}

const labels = (nodes: readonly ApimNode[]): unknown[] => nodes.map((node) => tree.getTreeItem(node).label);

it('nothing is asked for before somebody looks, and then only what is shown', async () => {
  await vi.runAllTimersAsync();
  expect(fake.asked).toEqual([]);
  expect(labels(await tree.getChildren())).toEqual(['Pay']);
  expect(fake.asked).toEqual(['PAGE /tenants 0', 'PAGE /subscriptions 0']);
  const instance = await down('Pay', 'ml', 'scores');
  expect(labels(await tree.getChildren(instance))).toEqual(['APIs', 'Products', 'Subscriptions', 'Named Values', 'Users']);
  expect(fake.asked.slice(2)).toEqual([`PAGE /subscriptions/${subscriptionId}/providers/Microsoft.ApiManagement/service 0`, `GET ${instanceId}`]);
});

it('an API that is opened shows the names of its keys in its own line, and below it that it has no operations', async () => {
  const api = await down('Pay', 'ml', 'scores', 'APIs', 'Weather');
  fake.answers.set(`${instanceId}/apis/weather`, entryJson('apis/weather', { displayName: 'Weather', subscriptionKeyParameterNames: { header: 'Xkey', query: 'k' } }));
  fake.answers.set(`${instanceId}/apis/weather/operations`, [[]]);
  tree.refresh(api);
  expect(labels(await tree.getChildren(api))).toEqual(['None']);
  expect(JSON.stringify(tree.getTreeItem(api).tooltip)).toContain('header Xkey or the query argument k');
});

it('an API in two places is drawn anew in both, and a product tells how many it has', async () => {
  fake.answers.set(`${instanceId}/products`, [[entryJson('products/starter', { displayName: 'Starter' })]]);
  fake.answers.set(`${instanceId}/products/starter/apis`, [[entryJson('products/starter/apis/weather', { displayName: 'Weather' })]]);
  fake.answers.set(`${instanceId}/apis/weather/operations`, [[]]);
  const product = await down('Pay', 'ml', 'scores', 'Products', 'Starter');
  expect(labels(await tree.getChildren(product))).toEqual(['APIs', 'Subscriptions']);
  const [inProduct] = await tree.getChildren(await down('Pay', 'ml', 'scores', 'Products', 'Starter', 'APIs'));
  const api = await down('Pay', 'ml', 'scores', 'APIs', 'Weather');
  await tree.getChildren(inProduct);
  await vi.runAllTimersAsync();
  const [apis] = await tree.getChildren(product);
  expect.assert(apis !== undefined && inProduct !== undefined);
  expect(tree.getTreeItem(apis).description).toBe('1');
  fired.length = 0;
  tree.refresh(api);
  await tree.getChildren(api);
  await vi.runAllTimersAsync();
  expect(fired.flat()).toEqual(expect.arrayContaining([inProduct]));
});

it('subscriptions tell what they open by the names that lists have told, whenever these come', async () => {
  fake.answers.set(`${instanceId}/subscriptions`, [[entryJson('subscriptions/team', { displayName: 'Team', scope: `${instanceId}/products/starter`, ownerId: '/users/1' })]]);
  fake.answers.set(`${instanceId}/products`, [[entryJson('products/Starter', { displayName: 'For Trying' })]]);
  fake.answers.set(`${instanceId}/users`, [[entryJson('users/1', { firstName: 'Ann', lastName: 'Lee' })]]);
  const team = await down('Pay', 'ml', 'scores', 'Subscriptions', 'Team');
  expect(tree.getTreeItem(team).description).toBe('product starter');
  await vi.runAllTimersAsync();
  fired.length = 0;
  await down('Pay', 'ml', 'scores', 'Products');
  await down('Pay', 'ml', 'scores', 'Users');
  await vi.runAllTimersAsync();
  expect(fired.flat()).toContainEqual(team.parent);
  expect(tree.getTreeItem(team).description).toBe('For Trying · Ann Lee');
});

it('several directories have a line each, and are asked for nothing before they are opened', async () => {
  fake.answers.set('/tenants', [[{ tenantId: 't', displayName: 'Contoso' }, { tenantId: 'u', displayName: 'Fabrikam' }]]);
  expect(labels(await tree.getChildren())).toEqual(['Contoso', 'Fabrikam']);
  expect(fake.asked).toEqual(['PAGE /tenants 0']);
});

it('who is not signed in is offered to, where something else is shown; else the section is empty and VS Code shows its welcome', async () => {
  accounts = [];
  expect(await tree.getChildren()).toEqual([]);
  sample = someInstance({ sample: true, endpointUrl: 'http://127.0.0.1:1', name: 'sample-apim' });
  expect(labels(await tree.getChildren())).toEqual(['Sample API Management', 'Sign In to Azure…']);
  expect(fake.asked).toEqual([]);
});

it('a missing role is told once, in the place of all lists', async () => {
  fake.answers.set(instanceId, forbidden);
  const instance = await down('Pay', 'ml', 'scores');
  const before = fake.asked.length;
  expect(labels(await tree.getChildren(instance))).toEqual(['The role Reader is missing.']);
  expect(fake.asked.length).toBe(before);
});

it('a failed load is tried again', async () => {
  fake.answers.set(`${instanceId}/apis`, forbidden);
  const apis = await down('Pay', 'ml', 'scores', 'APIs');
  expect(labels(await tree.getChildren(apis))).toEqual(['The role Reader is missing.']);
  fake.answers.set(`${instanceId}/apis`, [[entryJson('apis/a')]]);
  tree.refresh(apis);
  await vi.runAllTimersAsync();
  expect(fired.at(-1)).toEqual([apis]);
  expect(labels(await tree.getChildren(apis))).toEqual(['a']);
});

it('more than a hundred wait for a person', async () => {
  const page = (from: number): ReturnType<typeof entryJson>[] => Array.from({ length: 100 }, (_, index) => entryJson(`apis/api${from + index}`));
  fake.answers.set(`${instanceId}/apis`, [page(0), page(100), page(200)]);
  const apis = await down('Pay', 'ml', 'scores', 'APIs');
  const first = await tree.getChildren(apis);
  expect([first.length, labels(first).at(-1)]).toEqual([101, 'Load More…']);
  expect.assert(apis.kind === 'list');
  await tree.more(apis);
  expect((await tree.getChildren(apis)).length).toBe(201);
  expect(fake.asked.filter((each) => each.includes('/apis'))).toHaveLength(2);
});

describe('what takes long', () => {
  it('has a line that stops it, and is drawn when it is there', async () => {
    const instance = await down('Pay', 'ml', 'scores');
    let go: () => void = () => undefined;
    fake.gate = new Promise<void>((resolve) => (go = resolve));
    const [list] = await tree.getChildren(instance);
    expect.assert(list?.kind === 'list');
    const asking = tree.getChildren(list);
    await vi.advanceTimersByTimeAsync(0);
    outOfPatience();
    expect(labels(await asking)).toEqual(['Loading…']);
    go();
    await vi.runAllTimersAsync();
    expect(fired.at(-1)).toEqual([list]);
    expect(labels(await tree.getChildren(list))).toEqual(['Weather', 'Prices']);
  });

  it('is stopped', async () => {
    const apis = await down('Pay', 'ml', 'scores');
    const [list] = await tree.getChildren(apis);
    expect.assert(list?.kind === 'list');
    fake.gate = new Promise(() => undefined);
    const asking = tree.getChildren(list);
    await vi.advanceTimersByTimeAsync(0);
    tree.stop(list);
    expect(labels(await asking)).toEqual(['Loading was cancelled.']);
    expect(fake.options?.signal.aborted).toBe(true);
  });
});

describe('what an earlier window knew', () => {
  it('is shown with its age, and nobody is asked until a person refreshes', async () => {
    const key = `${instanceId.toLowerCase()}`;
    await down('Pay', 'ml', 'scores', 'APIs');
    const kept = lists.keys().map((each) => ({ key: each, at: 1_000_000, complete: true, items: lists.state(each)?.items ?? [] }));
    expect(kept.map((each) => each.key).some((each) => each.endsWith(`${key}/apis`))).toBe(true);
    lists.forget(() => true);
    lists.restore(kept);
    fake.asked.length = 0;
    nowMs += 10 * 60 * 1000;
    const apis = await down('Pay', 'ml', 'scores', 'APIs');
    expect(fake.asked).toEqual([]);
    expect([view.description, tree.getTreeItem(apis).description]).toEqual(['as of 10 minutes ago', 'as of 10 minutes ago']);
    tree.refresh();
    fired.length = 0;
    await down('Pay', 'ml', 'scores', 'APIs');
    expect(fake.asked).toHaveLength(5);
    // Lines that told how old it was are drawn once more.
    await vi.runAllTimersAsync();
    expect(fired).toEqual([undefined]);
    expect([view.description, tree.getTreeItem(apis).description]).toEqual(['', '']);
  });
});

describe('a filter', () => {
  it('finds what was loaded with all above it, and asks for nothing', async () => {
    await down('Pay', 'ml', 'scores', 'APIs');
    fake.asked.length = 0;
    tree.setFilter(' weath ');
    expect(view.description).toBe('filter: weath');
    const apis = await down('Pay', 'ml', 'scores', 'APIs');
    expect(labels(await tree.getChildren(apis))).toEqual(['Weather']);
    expect(labels(await tree.getChildren(apis.parent))).toEqual(['APIs']);
    // Open as far as it leads to what was found.
    expect(tree.getTreeItem(apis).collapsibleState).toBe(2);
    tree.setFilter('nothing of this');
    expect(await tree.getChildren()).toEqual([]);
    tree.setFilter('');
    expect([labels(await tree.getChildren()), view.description, fake.asked]).toEqual([['Pay'], '', []]);
  });

  it('does not open what it finds: what is open asks for what is below it', async () => {
    const instance = await down('Pay', 'ml', 'scores');
    tree.setFilter('scores');
    expect(tree.getTreeItem(instance).collapsibleState).toBe(1);
  });

  it('that is gone leaves open what was open before it', async () => {
    const instance = await down('Pay', 'ml', 'scores');
    const apis = await down('Pay', 'ml', 'scores', 'APIs');
    for (const element of [instance, apis]) expanded.fire({ element });
    collapsed.fire({ element: apis });
    tree.setFilter('weath');
    for (const element of [instance, apis]) collapsed.fire({ element });
    tree.setFilter('');
    expect([instance, apis].map((line) => tree.getTreeItem(line).collapsibleState)).toEqual([2, 1]);
  });
});

it('settings that make no sense are told of by a line, and take nothing else away', async () => {
  armEndpoint = 'http://elsewhere.example';
  sample = someInstance({ sample: true, endpointUrl: 'http://127.0.0.1:1', name: 'sample-apim' });
  const nodes = await tree.getChildren();
  expect(labels(nodes)).toEqual(['Sample API Management', expect.stringContaining('azuremlWebServices.armEndpoint')]);
  tree.refresh();
  tree.setFilter('x');
  expect(fake.asked).toEqual([]);
});

it('what waits for the sample keeps its line while that is stopped, and what it has done does not', async () => {
  const atSample = (name: string): WorkNow['work'] =>
    someWork({ key: name, place: { ...someWork().place, sample: true, id: `${instanceId}-${name}`, name } });
  works = [{ work: atSample('one'), waits: true }, { work: atSample('two') }];
  const [line, ...others] = await tree.getChildren();
  expect.assert(line !== undefined);
  expect(tree.getTreeItem(line)).toMatchObject({ label: 'one', description: 'Waits for the sample service, which is stopped' });
  expect(labels(others)).not.toContain('two');
  tree.refresh(line);
  expect(await tree.getChildren(line)).toEqual([]);
});

it('a list that names one thing twice has one line of it', async () => {
  fake.answers.set(`${instanceId}/apis`, [[entryJson('apis/a'), entryJson('apis/a')]]);
  const apis = await down('Pay', 'ml', 'scores', 'APIs');
  expect(labels(await tree.getChildren(apis))).toEqual(['a']);
});
