// The jobs in the tree: as few lines are drawn anew as have changed, and none that VS Code no longer knows.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NewDay } from '../../../../../src/base/newDay';
import type { JobNode, JobsChange, JobsInTree } from '../../../../../src/features/jobs/jobNodes';
import { JobsSection } from '../../../../../src/features/jobs/ui/jobsSection';
import type { Job } from '../../../../../src/model/job';
import { Emitter } from '../../../../../src/model/lifetime';
import type { Service } from '../../../../../src/model/service';
import type { TreeChange, TreeNode } from '../../../../../src/ui/treeSections';

vi.mock('vscode', () => ({}));

const service: Service = { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' };

function job(key: string, address = service.address): Job {
  return {
    key, service: { name: 'S', address }, title: `${key}.csv`, createdAt: 0, inputs: [], outputs: [], parameters: [],
    startsItself: true, connectionStrings: false, step: 'started', stepAt: 0, history: [],
  };
}

let open: readonly Job[];
let past: (address: string) => Promise<{ readonly jobs: readonly Job[]; readonly more: boolean }>;
let changed: Emitter<JobsChange>;
let section: JobsSection;
let newDay: NewDay;
let removed: JobNode[];
let drawn: TreeChange[];
let bad: readonly { readonly text: string }[];
beforeEach(() => {
  vi.useFakeTimers();
  bad = [];
  open = [job('a'), job('b')];
  past = () => Promise.resolve({ jobs: [], more: false });
  changed = new Emitter();
  const jobs: JobsInTree = {
    open: () => open, running: (address) => open.filter((each) => each.service.address === address).length, past: (address) => past(address),
    node: (each): JobNode => ({ kind: 'job', job: each, standing: { look: 'running', state: 'Running' }, actions: [], detail: '', wait: '' }),
    badFiles: () => bad, onDidChange: changed.event,
  };
  removed = [];
  newDay = new NewDay();
  section = new JobsSection(jobs, async (nodes) => void removed.push(...nodes), newDay);
  section.start();
  drawn = [];
  section.onDidChange((change) => drawn.push(change));
});
afterEach(() => {
  section.dispose();
  newDay.dispose();
  vi.useRealTimers();
});

it('what a service has below it is told on its line', async () => {
  expect(await section.belowService(service)).toEqual({ any: true, text: '2 jobs under way' });
  open = [job('a')];
  expect(await section.belowService(service)).toEqual({ any: true, text: '1 job under way' });
  open = [];
  expect(await section.belowService(service)).toEqual({ any: false, text: '' });
  past = () => Promise.resolve({ jobs: [job('old')], more: false });
  expect(await section.belowService(service)).toEqual({ any: true, text: '' });
  past = () => Promise.reject(new Error('EACCES'));
  expect(await section.belowService(service)).toEqual({ any: false, text: '' });
});

it('groups by day are drawn anew when a day begins, and only of the services that have them', async () => {
  vi.setSystemTime(new Date(2026, 4, 12, 23, 50));
  past = (address) => Promise.resolve({ jobs: address === service.address ? [{ ...job('old'), createdAt: Date.now() }] : [], more: false });
  await section.childrenOfService({ ...service, address: 'https://h/other' });
  expect(vi.getTimerCount()).toBe(0);
  const names = async (): Promise<string[]> => (await section.childrenOfService(service)).flatMap((node) => (node.kind === 'jobGroup' ? [node.name] : []));
  const { jobs } = await past(service.address);
  past = (address) => Promise.resolve({ jobs: address === service.address ? jobs : [], more: false });
  expect(await names()).toEqual(['Today']);
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  expect(drawn).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(drawn).toEqual([{ nodes: [], services: [service.address] }]);
  expect(await names()).toEqual(['Yesterday']);
});

/** Tells of a change and lets it be drawn. */
async function change(what: JobsChange): Promise<TreeChange[]> {
  drawn = [];
  changed.fire(what);
  changed.fire('details');
  await vi.advanceTimersByTimeAsync(250);
  return drawn;
}

/** Draws a service and what is below it, as VS Code does. */
async function draw(): Promise<readonly TreeNode[]> {
  await section.belowService(service);
  return section.childrenOfService(service);
}

it('of jobs that are drawn only these lines are drawn anew, once for all that happens meanwhile', async () => {
  const nodes = await draw();
  expect(await change('details')).toEqual([{ nodes, services: [] }]);
  expect(await change('all')).toEqual([{ nodes, services: [] }]);
});

it('the line of its service is drawn where a job is new, or begins to run, or is over', async () => {
  await draw();
  const [first] = await section.childrenOfService({ ...service, address: 'https://h/q' });
  open = [...open, job('c')];
  expect(await change('details')).toEqual([{ nodes: [], services: [service.address] }]);
  await draw();
  open = open.slice(1);
  expect(await change('all')).toEqual([{ nodes: [], services: [service.address] }]);
  expect(first).toBeUndefined();
});

it('the line of a service is drawn where its ended jobs have changed, and of no other', async () => {
  const other = { ...service, address: 'https://h/q' };
  await draw();
  await section.belowService(other);
  past = (address) => Promise.resolve({ jobs: address === service.address ? [job('old')] : [], more: false });
  expect(await change('all')).toMatchObject([{ services: [service.address] }]);
  await draw();
  expect(await change('all')).toMatchObject([{ services: [] }]);
  past = () => Promise.resolve({ jobs: [job('old')], more: false });
  // The first one below a line that had nothing below it.
  expect(await change('all')).toMatchObject([{ services: [other.address] }]);
});

it('jobs of no service: the group is drawn, or all where it comes or goes', async () => {
  section.roots([service]);
  section.problems();
  open = [...open, job('x', 'https://gone/p')];
  expect(await change('details')).toEqual([undefined]);
  const [group] = section.roots([service]);
  expect.assert(group !== undefined);
  section.childrenOf(group);
  open = [...open, job('y', 'https://gone/p')];
  expect(await change('details')).toMatchObject([{ nodes: [group, { kind: 'job', job: { key: 'x' } }] }]);
  expect(section.childrenOf(group)).toHaveLength(2);
  open = open.slice(0, 2);
  expect(await change('all')).toEqual([undefined]);
});

it('the whole tree is drawn where a file can no longer be used', async () => {
  section.roots([service]);
  section.problems();
  bad = [{ text: 'Bad.' }];
  expect(await change('all')).toEqual([undefined]);
  section.roots([service]);
  section.problems();
  expect(await change('all')).toEqual([]);
});

it('after the whole tree was drawn, lines of before are drawn no more by themselves: VS Code has forgotten them', async () => {
  await draw();
  section.redrawn();
  expect(await change('all')).toEqual([]);
});

it('jobs whose service is not there stand at the end of the tree', () => {
  open = [job('a'), job('b', 'https://gone/p')];
  expect(section.roots([service])).toMatchObject([{ kind: 'otherJobs', jobs: [{ key: 'b' }] }]);
  expect(section.roots([service, { ...service, address: 'https://gone/p' }])).toEqual([]);
});

it('more of the ended jobs can be asked for', async () => {
  past = () => Promise.resolve({ jobs: [], more: true });
  const [more] = (await section.childrenOfService(service)).filter(({ kind }) => kind === 'moreJobs');
  expect(more).toEqual({ kind: 'moreJobs', address: service.address });
  section.showMore(service.address);
  expect(drawn).toEqual([{ nodes: [], services: [service.address] }]);
});

it('the key that removes lines deletes the jobs among them', async () => {
  const nodes = await section.childrenOfService(service);
  await section.remove([...nodes, { kind: 'moreJobs', address: service.address }]);
  expect(removed.map((node) => node.job.key)).toEqual(['a', 'b']);
  await section.remove([{ kind: 'moreJobs', address: service.address }]);
  expect(removed).toHaveLength(2);
});
