// Which lines of the tree are drawn anew: as few as have changed, as VS Code loses clicks and moves the focus while it draws.

import { beforeEach, expect, it, vi } from 'vitest';
import { ServiceTree, type TreeParts } from '../../../../src/features/services/ui/serviceTree';
import type { JobsInTree } from '../../../../src/features/jobs/jobNodes';
import { JobsSection } from '../../../../src/features/jobs/ui/jobsSection';
import { Emitter } from '../../../../src/model/lifetime';
import { Health } from '../../../../src/features/services/health';
import type { Service, Workspace } from '../../../../src/model/service';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { TreeSections, type TreeNode } from '../../../../src/ui/treeSections';

// There is no such module outside of VS Code, and nothing of it is called here.
vi.mock('vscode', () => ({}));

const workspaceAddress = 'https://h.example/workspaces/a';

function service(id: string): Service {
  const address = `${workspaceAddress}/services/${id}`;
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  return { name: id, address, endpoint: reading.endpoint, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key' };
}

const [one, two] = [service('1'), service('2')];
const workspace: Workspace = { address: workspaceAddress, id: 'a', name: 'Office', sample: false, services: [one, two] };

let health: Health;
let drawn: (readonly TreeNode[] | undefined)[];
/** Has the next question for ended jobs answered later. */
let late: Promise<void> | undefined;
let tree: ServiceTree;
beforeEach(() => {
  health = new Health();
  drawn = [];
  late = undefined;
  const never = new Emitter<void>().event;
  const jobs: Partial<JobsInTree> = {
    open: () => [],
    running: () => 0,
    badFiles: () => [],
    onDidChange: new Emitter<'all' | 'details'>().event,
    past: async () => {
      const wait = late;
      late = undefined;
      await wait;
      return { jobs: [], more: false };
    },
  };
  const given: unknown = jobs;
  expect.assert(isJobs(given));
  const sections = new TreeSections();
  sections.register(new JobsSection(given));
  const parts: unknown = {
    health, sections,
    services: { onDidChange: never, workspaces: () => [workspace], problems: () => [] },
    keys: { onDidChange: never, of: () => Promise.resolve({}) },
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
  expect(drawn).toEqual([[second], [second], [first]]);
});

it('a call to a service that is not drawn draws nothing', async () => {
  health.begin(one.address);
  const [office] = await tree.getChildren();
  health.begin('https://h.example/workspaces/a/services/9');
  expect(drawn).toEqual([]);
  expect(await servicesOf(office)).toMatchObject([{ health: { kind: 'running' } }, { health: { kind: 'unknown' } }]);
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
  expect(drawn).toEqual([[first]]);
  expect(drawn[0]?.[0]).toBe(first);
});
