// Many jobs deleted at once: only those that are over, after one question that says how many, and with what did not go well told.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import { deleteFinishedJobs, deleteJobs, jobsSelected, type DeleteJobsParts } from '../../../../../src/features/jobs/ui/deleteJobs';
import { LocalFailure } from '../../../../../src/model/errors';
import type { Job } from '../../../../../src/model/job';
import { someJob } from '../store/jobTools';

const editor = vi.hoisted(() => ({ asked: [] as { question: string; detail: string; yes: string }[], no: '', said: [] as string[], cancel: undefined as (() => void) | undefined }));
vi.mock('vscode', () => ({
  window: {
    showWarningMessage: (question: string, { detail }: { detail: string }, yes: { title: string }) => {
      editor.asked.push({ question, detail, yes: yes.title });
      return Promise.resolve(editor.no === yes.title ? undefined : yes);
    },
    setStatusBarMessage: (text: string) => editor.said.push(text),
    withProgress: (_options: unknown, work: (...args: readonly unknown[]) => Promise<unknown>) =>
      work({ report: () => undefined }, { onCancellationRequested: (listener: () => void) => ((editor.cancel = listener), { dispose: () => undefined }) }),
  },
  ProgressLocation: { Notification: 1 },
}));

const [here, there] = [{ name: 'Here', address: 'https://h/workspaces/a/services/1' }, { name: 'There', address: 'https://t/workspaces/a/services/1' }];
let jobs: Map<string, Job>;
let atServices: string[];
let claimed: Set<string>;
let released: number;
let answer: (key: string) => object;
let parts: DeleteJobsParts;

function add(key: string, more: Partial<Job> = {}): void {
  jobs.set(key, someJob(key, { id: `id-${key}`, step: 'ended', service: here, ...more }));
}

function isParts(value: unknown): value is DeleteJobsParts {
  return isObject(value);
}

beforeEach(() => {
  Object.assign(editor, { asked: [], no: '', said: [], cancel: undefined });
  [jobs, atServices, claimed, released] = [new Map(), [], new Set(), 0];
  answer = () => ({ kind: 'done' });
  const given: unknown = {
    services: { find: (address: string) => [here, there].find((each) => each.address === address) },
    all: () => [here, there],
    past: (address: string) => Promise.resolve([...jobs.values()].filter((job) => job.step === 'ended' && job.service.address === address)),
    findAny: (key: string) => Promise.resolve(jobs.get(key)),
    claim: (key: string) => Promise.resolve(claimed.has(key) ? undefined : { release: () => Promise.resolve(void (released += 1)) }),
    calls: {
      delete: (_service: unknown, id: string) => {
        atServices.push(id);
        return Promise.resolve().then(() => answer(id));
      },
    },
    forget: (key: string) => Promise.resolve(void jobs.delete(key)),
    parameters: { forget: () => Promise.resolve() },
  };
  expect.assert(isParts(given));
  parts = given;
});

describe('several selected jobs', () => {
  it('are those that are selected, where the one that was clicked is among them', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((key) => ({ kind: 'job', job: { key } }));
    expect(jobsSelected(a, [a, b, { kind: 'service' }])).toEqual(['a', 'b']);
    expect(jobsSelected(c, [a, b])).toEqual([]);
    expect([jobsSelected(a, [a]), jobsSelected(a, undefined), jobsSelected('a', [a, b]), jobsSelected(a, [a, { kind: 'job' }, 7, null])]).toEqual([[], [], [], []]);
  });

  it('are deleted at their services and here, after a question that says how many', async () => {
    for (const key of ['a', 'b', 'c']) add(key);
    await deleteJobs(parts, ['a', 'b']);
    expect([[...jobs.keys()], atServices.sort(), released]).toEqual([['c'], ['id-a', 'id-b'], 2]);
    expect(editor.asked).toEqual([{
      question: 'Delete 2 jobs?', yes: 'Delete',
      detail: 'Finished, failed and cancelled jobs are deleted at their services and here. Results and inputs in storage stay, and so do results that were downloaded.',
    }]);
    expect(editor.said).toEqual(['2 jobs are deleted.']);
  });

  it('that are not over are not touched, and the question says so', async () => {
    add('a');
    add('b', { step: 'started' });
    add('c', { step: 'uploading' });
    await deleteJobs(parts, ['a', 'b', 'c']);
    expect([[...jobs.keys()], atServices]).toEqual([['b', 'c'], ['id-a']]);
    expect(editor.asked[0]).toMatchObject({ question: 'Delete 1 job?', detail: expect.stringMatching(/2 selected jobs are not over, and stay as they are\.$/) });
  });

  it('of which none is over are not asked about', async () => {
    add('b', { step: 'started' });
    await expect(deleteJobs(parts, ['b', 'gone'])).rejects.toThrow('None of the selected jobs is over.');
    expect([editor.asked, jobs.size]).toEqual([[], 1]);
  });

  it('stay when the answer is no', async () => {
    add('a');
    editor.no = 'Delete';
    await expect(deleteJobs(parts, ['a'])).rejects.toMatchObject({ name: 'Cancelled' });
    expect([jobs.size, atServices]).toEqual([1, []]);
  });

  it('that somebody works on, or that went on meanwhile, stay and are counted', async () => {
    for (const key of ['a', 'b', 'c']) add(key);
    claimed.add('a');
    const find = parts.findAny;
    let looks = 0;
    parts = { ...parts, findAny: async (key) => (key === 'b' && (looks += 1) > 1 ? someJob('b', { step: 'started' }) : find(key)) };
    await deleteJobs(parts, ['a', 'b', 'c']);
    expect([[...jobs.keys()], editor.said]).toEqual([['a', 'b'], ['1 job is deleted. 2 jobs stay, as they are being worked on or were not reached.']]);
  });
});

it('what is thrown for one is told of, and the others are deleted', async () => {
  for (const key of ['a', 'b', 'c']) add(key);
  const { findAny } = parts;
  let looks = 0;
  const given: unknown = {
    ...parts,
    findAny: (key: string) => (key === 'c' && (looks += 1) === 1 ? Promise.reject(new Error('Damaged.')) : findAny(key)),
    parameters: { forget: (key: string) => (key === 'a' ? Promise.reject(new Error('The keyring is locked.')) : Promise.resolve()) },
  };
  expect.assert(isParts(given));
  parts = given;
  await deleteJobs(parts, ['a', 'b', 'c']);
  expect([[...jobs.keys()], editor.asked[1]?.detail]).toEqual([['c'], 'The keyring is locked.']);
  expect(editor.said).toEqual(['2 jobs are deleted.']);
});

describe('a service that does not delete them', () => {
  it('is told of once, with its reasons, and they are deleted here where the answer is yes', async () => {
    for (const key of ['a', 'b', 'c']) add(key);
    answer = (id) => (id === 'id-c' ? { kind: 'done' } : { kind: 'failed', certain: true, problem: { sentence: 'No right to that.' } });
    await deleteJobs(parts, ['a', 'b', 'c']);
    expect(editor.asked[1]).toEqual({ question: '2 jobs were not deleted at their services. Delete them here all the same?', detail: 'No right to that.', yes: 'Delete Here' });
    expect([jobs.size, editor.said]).toEqual([0, ['3 jobs are deleted.']]);
  });

  it('keeps them here where the answer is no', async () => {
    for (const key of ['a', 'b']) add(key);
    editor.no = 'Delete Here';
    answer = (id) => (id === 'id-b' ? { kind: 'done' } : { kind: 'failed', certain: true, problem: { sentence: 'No.' } });
    await expect(deleteJobs(parts, ['a', 'b'])).rejects.toMatchObject({ name: 'Cancelled' });
    expect([[...jobs.keys()], editor.said]).toEqual([['a'], ['1 job is deleted. 1 job stays, as it is being worked on or was not reached.']]);
  });

  it.each([['does not answer', () => ({ kind: 'failed', certain: false, problem: { sentence: 'Off.' } })], ['cannot be called', () => {
    throw new LocalFailure({ sentence: 'Off.' });
  }]])('and %s is not asked again for each of its jobs; another one is', async (_what, fails) => {
    for (let count = 0; count < 20; count += 1) add(`h${count}`);
    for (let count = 0; count < 20; count += 1) add(`t${count}`, { service: there });
    answer = (id) => (id.startsWith('id-h') ? fails() : { kind: 'done' });
    editor.no = 'Delete Here';
    await expect(deleteFinishedJobs(parts, undefined)).rejects.toMatchObject({ name: 'Cancelled' });
    expect(editor.asked[1]).toMatchObject({ question: expect.stringMatching(/^20 jobs/), detail: 'Off.' });
    expect(atServices.filter((id) => id.startsWith('id-h')).length).toBeLessThanOrEqual(4);
    expect([...jobs.keys()].every((key) => key.startsWith('h'))).toBe(true);
  });

  it('is left alone when it is stopped: what is deleted is deleted, the rest stays', async () => {
    for (let count = 0; count < 20; count += 1) add(`h${count}`);
    answer = () => {
      editor.cancel?.();
      return { kind: 'done' };
    };
    await deleteFinishedJobs(parts, here.address).catch((error: unknown) => expect(error).toMatchObject({ name: 'Cancelled' }));
    expect(jobs.size).toBeGreaterThan(10);
    expect(jobs.size + atServices.length).toBe(20);
  });
});

describe('the jobs that are over', () => {
  it('of a service are deleted, and of no other', async () => {
    add('a');
    add('b', { step: 'started' });
    add('c', { service: there });
    await deleteFinishedJobs(parts, { kind: 'service', service: here });
    expect([[...jobs.keys()], editor.asked[0]?.question]).toEqual([['b', 'c'], 'Delete the 1 job of "Here" that is over?']);
  });

  it('of a service that is gone are not those of all', async () => {
    add('a');
    await expect(deleteFinishedJobs(parts, 'https://gone/workspaces/a/services/1')).rejects.toThrow('This service is no longer there.');
    expect([jobs.size, editor.asked]).toEqual([1, []]);
  });

  it('of all services are deleted', async () => {
    add('a');
    add('c', { service: there });
    await deleteFinishedJobs(parts, undefined);
    expect([jobs.size, editor.asked[0]?.question]).toEqual([0, 'Delete the 2 jobs of all services that are over?']);
  });

  it('of a group of days are deleted', async () => {
    for (const key of ['a', 'b', 'c']) add(key);
    await deleteFinishedJobs(parts, { kind: 'jobGroup', jobs: [jobs.get('a'), jobs.get('b')] });
    expect([[...jobs.keys()], editor.asked[0]?.question]).toEqual([['c'], 'Delete 2 jobs?']);
  });

  it('that no service has any more are deleted here, and no service is asked', async () => {
    add('a', { service: { name: 'Gone', address: 'https://gone/workspaces/a/services/1' } });
    await deleteJobs(parts, ['a']);
    expect([jobs.size, atServices, editor.asked[0]?.detail]).toEqual([0, [], expect.stringContaining('no service is asked')]);
  });

  it('are missing, and it is said where', async () => {
    await expect(deleteFinishedJobs(parts, here.address)).rejects.toThrow('"Here" has no batch jobs that are over.');
    await expect(deleteFinishedJobs(parts, undefined)).rejects.toThrow('There are no batch jobs that are over.');
  });
});
