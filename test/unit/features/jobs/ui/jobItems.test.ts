// How lines about jobs look in the tree.

import { expect, it, vi } from 'vitest';
import { jobTreeItem } from '../../../../../src/features/jobs/ui/jobItems';
import type { Job } from '../../../../../src/model/job';

vi.mock('vscode', async () => (await import('../../../ui/vscodeItems')).vscodeItems);

const at = new Date(2025, 4, 12, 14, 3, 59).getTime();
const job: Job = {
  key: 'k', service: { name: 'S', address: 'https://h/p' }, title: 'a.csv', createdAt: at, inputs: [], outputs: [], parameters: [],
  startsItself: true, connectionStrings: false, step: 'ended', stepAt: at, history: [],
};

it('groups have icons, as lines without one would stand left of the jobs beside them', () => {
  const [today, more] = [
    jobTreeItem({ kind: 'jobGroup', name: 'Today', address: 'https://h/p', jobs: [job], open: true }), jobTreeItem({ kind: 'moreJobs', address: 'https://h/p' }),
  ];
  expect([today.iconPath, more.iconPath]).toMatchObject([{ id: 'calendar' }, { id: 'ellipsis' }]);
  expect([today.description, today.accessibilityInformation?.label]).toEqual(['1', 'Today, 1 job']);
});

it('the group of jobs without a service has its explanation in the tooltip', () => {
  const others = jobTreeItem({ kind: 'otherJobs', jobs: [job, job] });
  expect(others).toMatchObject({ label: 'Jobs Without a Service', description: '2', accessibilityInformation: { label: 'Jobs Without a Service, 2' } });
  expect(others.tooltip).toContain('service was removed');
});

it('the tooltip of a job has its times in full', () => {
  const { tooltip } = jobTreeItem({ kind: 'job', job, standing: { look: 'finished', state: 'Finished' }, actions: [], detail: '12 May', wait: '' });
  expect.assert(typeof tooltip === 'object');
  expect(tooltip.value.replaceAll('\\', '')).toContain('Ended: Monday 12 May 2025 at 14:03:59');
});
