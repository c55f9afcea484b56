// Which lines of the tree are drawn anew: as few as have changed, as VS Code loses clicks and moves the focus while it draws.

import { NewDay } from '../../../../src/base/newDay';
import * as vscode from 'vscode';
import { beforeEach, expect, it, vi } from 'vitest';
import { ServiceTree, type TreeParts } from '../../../../src/features/services/ui/serviceTree';
import type { JobsInTree } from '../../../../src/features/jobs/jobNodes';
import { JobsSection } from '../../../../src/features/jobs/ui/jobsSection';
import { Emitter } from '../../../../src/model/lifetime';
import { Health } from '../../../../src/features/services/health';
import type { Job } from '../../../../src/model/job';
import type { KeysChange } from '../../../../src/features/services/keyStore';
import type { Secrets, Service, Workspace } from '../../../../src/model/service';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { TreeSections, type TreeChange, type TreeNode } from '../../../../src/ui/treeSections';

vi.mock('vscode', async () => (await import('../../ui/vscodeItems')).vscodeItems);

const workspaceAddress = 'https://h.example/workspaces/a';

function service(id: string): Service {
  const address = `${workspaceAddress}/services/${id}`;
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  return { name: id, address, endpoint: reading.endpoint, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key' };
}

const [one, two] = [service('1'), service('2')];
const job: Job = {
  key: 'k', service: { name: '1', address: one.address }, title: 'a.csv', createdAt: 0, inputs: [], outputs: [], parameters: [],
  startsItself: true, connectionStrings: false, step: 'ended', stepAt: 0, history: [],
};
const workspace: Workspace = { address: workspaceAddress, id: 'a', name: 'Office', sample: false, services: [one, two] };

let health: Health;
let drawn: (readonly TreeNode[] | undefined)[];
let workspaces: readonly Workspace[];
let ended: boolean;
let secrets: Secrets;
let servicesChanged: Emitter<void>;
let keysChanged: Emitter<KeysChange>;
let sectionChanged: Emitter<TreeChange>;
let past: readonly Job[];
/** Has the next look at what is below a service end later. */
let late: Promise<void> | undefined;
let tree: ServiceTree;
beforeEach(() => {
  health = new Health();
  drawn = [];
  workspaces = [workspace];
  ended = false;
  secrets = {};
  past = [];
  late = undefined;
  [servicesChanged, keysChanged, sectionChanged] = [new Emitter(), new Emitter(), new Emitter()];
  const jobs: Partial<JobsInTree> = {
    open: () => [],
    running: () => 0,
    badFiles: () => [],
    onDidChange: new Emitter<'all' | 'details'>().event,
    past: async () => {
      const wait = late;
      late = undefined;
      await wait;
      return { jobs: past, more: false };
    },
  };
  const given: unknown = jobs;
  expect.assert(isJobs(given));
  const sections = new TreeSections();
  sections.register(new JobsSection(given, () => Promise.resolve(), new NewDay()));
  sections.register({
    order: 1, owns: (node): node is TreeNode => node.kind === 'own', item: () => new vscode.TreeItem('Own'), childrenOf: () => [], roots: () => [],
    onDidChange: sectionChanged.event,
  });
  const parts: unknown = {
    health, sections,
    services: {
      onDidChange: servicesChanged.event, workspaces: () => workspaces, problems: () => [],
      find: (address: string) => workspaces.flatMap(({ services }) => services).find((each) => each.address === address),
      get sampleHasEnded() {
        return ended;
      },
    },
    keys: { onDidChange: keysChanged.event, of: () => Promise.resolve(secrets) },
    treeView: {},
    treeChanged: { fire: (nodes: readonly TreeNode[] | undefined) => drawn.push(nodes) },
  };
  expect.assert(isTreeParts(parts));
  tree = new ServiceTree(parts);
  tree.start();
});

function isJobs(jobs: unknown): jobs is JobsInTree {
  return jobs !== undefined;
}

function isTreeParts(parts: unknown): parts is TreeParts {
  return parts !== undefined;
}

async function servicesOf(node: TreeNode | undefined): Promise<readonly TreeNode[]> {
  expect.assert(node?.kind === 'workspace');
  return tree.getChildren(node);
}

it('a call that begins or ends draws the line of its service alone', async () => {
  const [office] = await tree.getChildren();
  const [first, second] = await servicesOf(office);
  const done = health.begin(two.address);
  done({ kind: 'answering', text: 'Yes.' });
  health.clear(one.address);
  await expect.poll(() => drawn).toEqual([[second], [second], [first]]);
});

it('a call to a service that is not drawn draws nothing', async () => {
  health.begin(one.address);
  const [office] = await tree.getChildren();
  health.begin('https://h.example/workspaces/a/services/9');
  await tree.getChildren();
  expect(drawn).toEqual([]);
  const items = await Promise.all((await servicesOf(office)).map((node) => tree.getTreeItem(node)));
  expect(items.map(({ iconPath }) => iconPath)).toMatchObject([{ id: 'loading~spin' }, { id: 'key' }]);
});

it('the line is the one that was drawn last, also when an earlier drawing ends after it', async () => {
  const [office] = await tree.getChildren();
  let goOn: () => void = () => undefined;
  late = new Promise((resolve) => {
    goOn = resolve;
  });
  const slow = servicesOf(office);
  await tree.getChildren();
  const [first] = await servicesOf(office);
  goOn();
  await slow;
  health.begin(one.address);
  await expect.poll(() => drawn).toEqual([[first]]);
  expect(drawn[0]?.[0]).toBe(first);
});

it('a key that is set, changed or forgotten draws the line of its service alone, with what is true by now', async () => {
  const [office] = await tree.getChildren();
  const [first] = await servicesOf(office);
  expect.assert(first !== undefined);
  expect(await tree.getTreeItem(first)).toMatchObject({ description: 'no key', contextValue: 'service.wants.serviceKey' });
  secrets = { serviceKey: 'k' };
  keysChanged.fire({ concerns: ({ address }) => address === one.address });
  await expect.poll(() => drawn).toEqual([[first]]);
  expect(await tree.getTreeItem(first)).toMatchObject({ description: '', contextValue: 'service hasServiceKey' });
});

it('a name draws its own line; what comes or goes draws all', async () => {
  const [office] = await tree.getChildren();
  const [first] = await servicesOf(office);
  expect.assert(first !== undefined && office !== undefined);
  workspaces = [{ ...workspace, services: [{ ...one, name: 'Uno' }, two] }];
  servicesChanged.fire();
  expect(drawn).toEqual([[first]]);
  expect(await tree.getTreeItem(first)).toMatchObject({ label: 'Uno' });
  workspaces = [{ ...workspace, name: 'Bureau', services: [{ ...one, name: 'Uno' }, two] }];
  servicesChanged.fire();
  expect(drawn.slice(1)).toEqual([[office]]);
  expect(await tree.getTreeItem(office)).toMatchObject({ label: 'Bureau' });
  servicesChanged.fire();
  expect(drawn).toHaveLength(2);
  workspaces = [{ ...workspace, services: [two] }];
  servicesChanged.fire();
  ended = true;
  servicesChanged.fire();
  expect(drawn.slice(2)).toEqual([undefined, undefined]);
});

it('what sections say has changed is drawn, with services by their addresses', async () => {
  const [office] = await tree.getChildren();
  const [first] = await servicesOf(office);
  sectionChanged.fire({ nodes: [{ kind: 'own' }], services: [one.address, 'https://h.example/not-drawn'] });
  await vi.waitFor(() => expect(drawn).toEqual([[{ kind: 'own' }, first]]));
  sectionChanged.fire({ nodes: [], services: ['https://h.example/not-drawn'] });
  sectionChanged.fire(undefined);
  await vi.waitFor(() => expect(drawn.slice(1)).toEqual([undefined]));
});

it('a line that gets its first job, or loses its last one, is drawn with its workspace: it is another line then', async () => {
  const [office] = await tree.getChildren();
  const [first] = await servicesOf(office);
  expect.assert(first !== undefined);
  const before = await tree.getTreeItem(first);
  past = [job];
  health.clear(one.address);
  // By itself it stays the line that it is.
  expect(await tree.getTreeItem(first)).toMatchObject({ id: before.id, collapsibleState: 0 });
  drawn = [];
  sectionChanged.fire({ nodes: [], services: [one.address] });
  await vi.waitFor(() => expect(drawn).toEqual([[office]]));
  const [again] = await servicesOf(office);
  expect.assert(again !== undefined);
  const after = await tree.getTreeItem(again);
  expect(after).toMatchObject({ collapsibleState: 2 });
  expect(after.id).not.toBe(before.id);
});

it('where the sample stood there is a line that it does not run', async () => {
  ended = true;
  const [line] = await tree.getChildren();
  expect.assert(line !== undefined);
  expect(await tree.getTreeItem(line)).toMatchObject({ label: 'Sample', description: 'not running' });
  expect(await tree.getChildren(line)).toEqual([]);
});
