// What stands in the tree about jobs: their groups by day, and the words that change while they go on.

import { describe, expect, it, vi } from 'vitest';
import { jobDetail, jobWait, wholeState } from '../../../../src/features/jobs/jobText';
import { jobItem } from '../../../../src/features/jobs/ui/jobItems';
import { jobGroups } from '../../../../src/features/jobs/jobNodes';
import type { Job } from '../../../../src/model/job';

vi.mock('vscode', () => {
  class Named {
    constructor(readonly id: string) {}
  }
  class Markdown {
    value = '';
  }
  class Item {
    constructor(readonly label: string) {}
  }
  return { TreeItem: Item, TreeItemCollapsibleState: { None: 0 }, ThemeIcon: Named, ThemeColor: Named, MarkdownString: Markdown };
});

const noon = new Date(2026, 10, 21, 12).getTime();
const hourMs = 3_600_000;

function job(createdAt: number, more: Partial<Job> = {}): Job {
  return {
    key: String(createdAt), service: { name: 'S', address: 'https://h/workspaces/a/services/b' }, title: 'a.csv', createdAt, inputs: [], outputs: [], parameters: [],
    startsItself: true, connectionStrings: false, step: 'ended', stepAt: createdAt, history: [], ...more,
  };
}

const groups = (...times: readonly number[]): unknown[] => jobGroups('x', times.map((time) => job(time)), noon).map((node) => (node.kind === 'jobGroup' ? [node.name, node.jobs.map(({ createdAt }) => createdAt), node.open] : node));

describe('ended jobs', () => {
  it('are grouped by the day on which they were made, those of today open', () => {
    const today = noon - 11 * hourMs;
    const yesterday = noon - 13 * hourMs;
    const thisWeek = noon - 5 * 24 * hourMs;
    const older = noon - 8 * 24 * hourMs;
    expect(groups(noon, today, yesterday, thisWeek, older)).toEqual([['Today', [noon, today], true], ['Yesterday', [yesterday], false], ['Last 7 Days', [thisWeek], false], ['Older', [older], false]]);
  });

  it('have no groups without jobs, and lose none', () => {
    expect(groups()).toEqual([]);
    expect(groups(noon - 400 * 24 * hourMs)).toEqual([['Older', [noon - 400 * 24 * hourMs], false]]);
    // A clock that was ahead when the job was made.
    expect(groups(noon + 48 * hourMs)).toEqual([['Today', [noon + 48 * hourMs], true]]);
  });
});

describe('the words beside a job', () => {
  const context = { now: noon, interrupted: false };

  it('are the share of an upload that is through', () => {
    const uploading = job(noon, { step: 'uploading' });
    expect(jobDetail(uploading, { ...context, upload: { file: 'a.csv', doneBytes: 455, totalBytes: 1000 } })).toBe('45 %');
    expect(jobDetail(uploading, context)).toBe('');
  });

  it('are how long it runs', () => {
    const running = job(noon - 90_000, { step: 'started', id: '1', startedAt: noon - 90_000 });
    expect(jobDetail(running, context)).toBe('90 seconds');
    expect(jobDetail(running, { ...context, poll: { failures: 1, pause: { kind: 'retryAfter', until: noon + 30_000 } } })).toBe('90 seconds');
  });

  it('are when it ended: the time for today, the day for others', () => {
    expect(jobDetail(job(noon, { endedAt: noon - hourMs }), context)).toBe('11:00');
    expect(jobDetail(job(noon, { endedAt: noon - 30 * hourMs }), context)).toBe('20 Nov');
    expect(jobDetail(job(noon, { endedAt: noon - 400 * 24 * hourMs }), context)).toBe('17 Oct 2025');
  });
});

describe('a job that waits', () => {
  const poll = (kind: 'retryAfter' | 'offline', until?: number) => ({ failures: 1, pause: { kind, ...(until === undefined ? {} : { until }) } });

  it.each([
    ['', {}],
    ['asks again in 30 seconds', { poll: poll('retryAfter', noon + 30_000) }],
    ['', { poll: poll('retryAfter', noon - 1) }],
    ['offline', { poll: poll('offline') }],
    ['tries again in 20 seconds', { nextTryAt: noon + 20_000 }],
  ])('says "%s" where only words do', (words, more) => {
    expect(jobWait({ now: noon, interrupted: false, ...more })).toBe(words);
  });

  it('has an icon for it in the tree, and words only for those who hover or listen', () => {
    const node = { kind: 'job' as const, job: job(noon), standing: { look: 'running' as const, state: 'Running' }, actions: [], detail: '90 seconds', wait: 'offline' };
    const item = jobItem(node);
    expect(item.iconPath).toEqual({ id: 'watch' });
    expect(item.description).toBe('Running · 90 seconds');
    expect(item.accessibilityInformation?.label).toBe('Job a.csv, Running, 90 seconds, offline');
    expect(wholeState(node)).toBe('Running · 90 seconds · offline');
    expect(jobItem({ ...node, wait: '' }).iconPath).toEqual({ id: 'loading~spin' });
  });
});
