// Commands of jobs: in a folder that is not trusted they ask first; what could not be asked of a service leaves the job as it was.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { carryOnJob, startJob, submitJobAnew, type JobParts } from '../../../../../src/features/jobs/ui/jobCommands';
import { cancelJob } from '../../../../../src/features/jobs/ui/jobEnds';
import { runJobAgain } from '../../../../../src/features/jobs/ui/runAgain';
import { LocalFailure } from '../../../../../src/model/errors';
import type { Job } from '../../../../../src/model/job';
import { isObject } from '../../../../../src/base/shape';
import { someJob } from '../store/jobTools';
import { service } from '../runnerBench';

const editor = vi.hoisted(() => ({ isTrusted: true, questions: [] as string[], answers: true }));
vi.mock('vscode', () => ({
  workspace: { get isTrusted() { return editor.isTrusted; }, getConfiguration: () => ({ get: () => undefined }) },
  window: {
    showWarningMessage: (question: string, { detail }: { detail: string }, yes: string) => {
      editor.questions.push(`${question} ${detail}`);
      return Promise.resolve(editor.answers ? yes : undefined);
    },
    setStatusBarMessage: () => undefined,
    withProgress: (_options: unknown, work: (...args: readonly unknown[]) => Promise<unknown>) => work(
      { report: () => undefined }, { onCancellationRequested: () => ({ dispose: () => undefined }) },
    ),
  },
  ProgressLocation: { Notification: 1 },
}));

let went: string[];
let job: Job;
let parts: JobParts;
let fails: Error | undefined;
let told: object;

function isParts(value: unknown): value is JobParts {
  return isObject(value);
}

beforeEach(() => {
  Object.assign(editor, { isTrusted: false, questions: [], answers: true });
  [went, fails, told] = [[], undefined, { kind: 'done' }];
  job = someJob(
    '000000001-a',
    {
      step: 'prepared', service: { name: service.name, address: service.address },
      inputs: [{ storage: 's', blob: { base: 'https://b/', container: 'c', name: 'n' }, overwrite: false }],
    },
  );
  const gone = (what: string) => (): Promise<Job> => {
    went.push(what);
    return Promise.resolve(job);
  };
  const given: unknown = {
    services: { find: () => service },
    findAny: () => Promise.resolve(job), find: () => job, show: () => undefined, tellFailure: (error: unknown) => Promise.reject(
      error,
    ), givesConnectionStrings: () => false,
    change: (_key: string, change: (before: Job) => Job) => Promise.resolve((job = change(job))),
    checkNow: () => Promise.resolve(), pageOf: () => ({ visible: () => false, onDidChange: () => ({ dispose: () => undefined }) }),
    runner: { carryOn: gone('carry on'), submitAnew: gone('submit anew'), create: gone('create') },
    access: gone('access'), blobs: { info: () => Promise.resolve({ metadata: {} }) }, parameters: { of: () => Promise.resolve('{}') },
    calls: {
      status: () => Promise.resolve({ kind: 'offline', problem: { sentence: 'Off.' } }),
      delete: () => (fails ? Promise.reject(fails) : Promise.resolve(told)),
    },
  };
  expect.assert(isParts(given));
  parts = given;
});

describe.each(
  [['Run Job Again', runJobAgain], ['Carry On With Job', carryOnJob], ['Start Job', startJob], ['Submit Job Anew', submitJobAnew]] as const,
)('%s', (_name, command) => {
  it('asks each time, and says where it goes', async () => {
    for (const times of [1, 2]) {
      await command(parts, job.key);
      const asked = editor.questions.filter((question) => question.includes('a folder that you do not trust'));
      expect(asked).toHaveLength(times);
      expect(asked.at(-1)).toContain(`${service.name} (${service.address})`);
    }
    expect(went).not.toHaveLength(0);
  });

  it('sends nothing when the answer is no', async () => {
    editor.answers = false;
    await expect(command(parts, job.key)).rejects.toMatchObject({ name: 'Cancelled' });
    expect(went).toEqual([]);
  });

  it('asks nothing of the kind in a folder that is trusted', async () => {
    editor.isTrusted = true;
    await command(parts, job.key);
    expect(editor.questions.filter((question) => question.includes('trust'))).toEqual([]);
  });
});

describe('cancelling a job', () => {
  it.each(
    [new LocalFailure({ sentence: 'The secret store does not answer.' }), new Error('a fault of our own')],
  )('that could not be asked for leaves the job as it was, with the reason', async (error) => {
    job = { ...job, step: 'started' };
    fails = error;
    await expect(cancelJob(parts, job.key)).rejects.toBe(error);
    expect(job.step).toBe('started');
    expect(job.problem?.sentence).toBe(error instanceof LocalFailure ? error.message : 'Azure ML Web Services met a fault of its own.');
    expect(job.history.map(({ text }) => text)).toEqual(['Cancelling', 'The cancelling could not be sent']);
  });

  it.each([[true, 'The service did not take the cancelling'], [false, 'Whether the service took the cancelling is not known']])('that failed, for certain or not (%s), says so', async (certain, line) => {
    job = { ...job, step: 'started' };
    told = { kind: 'failed', problem: { sentence: 'Cut.' }, certain };
    await expect(cancelJob(parts, job.key)).rejects.toThrow('Cut.');
    expect(job).toMatchObject({ step: 'started', problem: { sentence: 'Cut.' } });
    expect(job.history.map(({ text }) => text)).toEqual(['Cancelling', line]);
  });
});
