// The jobs in the tree: as few lines are drawn anew as have changed, and none that VS Code no longer knows.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { JobNode, JobsChange, JobsInTree } from '../../../../../src/features/jobs/jobNodes';
import { JobsSection } from '../../../../../src/features/jobs/ui/jobsSection';
import type { Job } from '../../../../../src/model/job';
import { Emitter } from '../../../../../src/model/lifetime';
import type { Service } from '../../../../../src/model/service';
import type { TreeNode } from '../../../../../src/ui/treeSections';

vi.mock('vscode', () => ({}));

const service: Service = { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' };

function job(key: string, address = service.address): Job {
  return {
    key, service: { name: 'S', address }, title: `${key}.csv`, createdAt: 0, inputs: [], outputs: [], parameters: [],
    startsItself: true, connectionStrings: false, step: 'started', stepAt: 0, history: [],
  };
}

let open: readonly Job[];
let past: () => Promise<{ readonly jobs: readonly Job[]; readonly more: boolean }>;
let changed: Emitter<JobsChange>;
let section: JobsSection;
let drawn: (readonly TreeNode[] | undefined)[];
beforeEach(() => {
  vi.useFakeTimers();
  open = [job('a'), job('b')];
  past = () => Promise.resolve({ jobs: [], more: false });
  changed = new Emitter();
  const jobs: JobsInTree = {
    open: () => open, running: (address) => open.filter((each) => each.service.address === address).length, past: () => past(),
    node: (each): JobNode => ({ kind: 'job', job: each, standing: { look: 'running', state: 'Running' }, actions: [], detail: '', wait: '' }),
    badFiles: () => [], onDidChange: changed.event,
  };
  section = new JobsSection(jobs);
  section.start();
  drawn = [];
  section.onDidChange((nodes) => drawn.push(nodes));
});
afterEach(() => {
  section.dispose();
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

it('of jobs that are drawn only these lines are drawn anew, once for all that happens meanwhile', async () => {
  const nodes = await section.childrenOfService(service);
  changed.fire('details');
  changed.fire('details');
  vi.advanceTimersByTime(250);
  expect(drawn).toEqual([nodes]);
});

it('the whole tree is drawn where a job is new, or ended ones have changed', async () => {
  await section.childrenOfService(service);
  open = [...open, job('c')];
  changed.fire('details');
  vi.advanceTimersByTime(250);
  await section.childrenOfService(service);
  changed.fire('all');
  vi.advanceTimersByTime(250);
  expect(drawn).toEqual([undefined, undefined]);
});

it('after the whole tree was drawn, lines of before are drawn no more by themselves: VS Code has forgotten them', async () => {
  await section.childrenOfService(service);
  section.redrawn();
  changed.fire('details');
  vi.advanceTimersByTime(250);
  expect(drawn).toEqual([undefined]);
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
  expect(drawn).toEqual([undefined]);
});
