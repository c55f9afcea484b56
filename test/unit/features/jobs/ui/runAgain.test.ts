// Run Job Again with a file that has changed since it was uploaded: a person says which of the two is meant, and one job is made.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import type { JobParts } from '../../../../../src/features/jobs/ui/jobCommands';
import { runJobAgain } from '../../../../../src/features/jobs/ui/runAgain';
import type { JobInput } from '../../../../../src/model/job';
import { file, service } from '../runnerBench';
import { someJob } from '../store/jobTools';

const editor = vi.hoisted(() => ({
  stat: undefined as { type: number; size: number; mtime: number } | undefined, questions: [] as string[],
  presses: undefined as string | undefined,
}));
vi.mock('vscode', () => ({
  Uri: { parse: (text: string) => ({ path: text, toString: () => text }) },
  FileSystemError: class FileSystemError extends Error {},
  FileType: { Directory: 2 },
  workspace: { isTrusted: true, fs: { stat: () => (editor.stat ? Promise.resolve(editor.stat) : Promise.reject(new Error('gone'))) } },
  window: {
    showWarningMessage: (question: string, _options: object, ...buttons: readonly { title: string }[]) => {
      editor.questions.push(question);
      return Promise.resolve(buttons.find(({ title }) => title === editor.presses));
    },
    withProgress: (_options: unknown, work: (...args: readonly unknown[]) => Promise<unknown>) => work(
      { report: () => undefined }, { onCancellationRequested: () => ({ dispose: () => undefined }) },
    ),
  },
  ProgressLocation: { Notification: 1 },
}));
vi.mock('../../../../../src/features/jobs/ui/launch', () => ({ launch: () => Promise.resolve() }));

const was = file();
const same = { type: 1, size: was.bytes, mtime: was.modifiedAt };
const blob = { base: 'https://b/', container: 'c', name: 'days.csv' };
const uploaded: JobInput = { storage: 's', blob, overwrite: false, file: was, uploadedAt: 1 };
let made: (readonly JobInput[])[];
/** The job that the blob was uploaded for. */
let owner: string;

/** Runs a job with this input again; gives back the inputs of the jobs that were made. */
async function again(input: JobInput): Promise<readonly (readonly JobInput[])[]> {
  const job = someJob('000000001-a', { step: 'ended', service: { name: service.name, address: service.address }, inputs: [input] });
  const parts: unknown = {
    services: { find: () => service }, findAny: () => Promise.resolve(job), givesConnectionStrings: () => false,
    runner: { create: ({ inputs }: { inputs: readonly JobInput[] }) => Promise.resolve((made.push(inputs), job)) },
    access: () => Promise.resolve({ base: blob.base }), blobs: { info: () => Promise.resolve({ metadata: { azuremljob: owner } }) },
    parameters: { of: () => Promise.resolve('{}') },
  };
  expect.assert(isParts(parts));
  await runJobAgain(parts, job.key);
  return made;
}

function isParts(value: unknown): value is JobParts {
  return isObject(value);
}

beforeEach(() => {
  Object.assign(editor, { stat: same, questions: [], presses: undefined });
  [made, owner] = [[], '000000001-a'];
});

const once = { storage: 's', blob, overwrite: false, uploadedFrom: was };

describe.each([['the first job', uploaded], ['a job that was run again', once]])('a file of %s', (_which, input) => {
  it.each([['size', { ...same, size: 7 }], ['time', { ...same, mtime: 9 }]])('of another %s is asked about', async (_what, stat) => {
    editor.stat = stat;
    await expect(again(input)).rejects.toMatchObject({ name: 'Cancelled' });
    expect(editor.questions).toEqual(['"days.csv" has changed since it was uploaded for that job.']);
    expect(made).toEqual([]);
  });

  it('is uploaded as it is now', async () => {
    Object.assign(editor, { stat: { ...same, size: 7 }, presses: 'Run With the File as It Is Now' });
    expect(await again(input)).toEqual([[{
      storage: 's', overwrite: false, file: { ...was, bytes: 7 }, blob: { ...blob, name: expect.stringMatching(/^.+\/days\.csv$/) },
    }]]);
  });

  it('is left alone, and remembered as it was uploaded', async () => {
    Object.assign(editor, { stat: { ...same, size: 7 }, presses: 'Run With What Was Uploaded' });
    expect(await again(input)).toEqual([[once]]);
  });

  it.each([['has not changed', same], ['is gone', undefined]])('that %s is not asked about', async (_how, stat) => {
    editor.stat = stat;
    expect(await again(input)).toEqual([[once]]);
    expect(editor.questions).toEqual([]);
  });
});

it('an input of which no file is known is not asked about', async () => {
  editor.stat = { ...same, size: 7 };
  expect(await again({ storage: 's', blob, overwrite: false })).toEqual([[{ storage: 's', blob, overwrite: false }]]);
  expect(editor.questions).toEqual([]);
});

it('a file whose blob is another job’s now is asked about where it has changed, and uploaded', async () => {
  Object.assign(editor, { stat: { ...same, size: 7 }, presses: 'Run With the New File' });
  owner = '000000002-b';
  expect(await again(uploaded)).toMatchObject([[{ file: { bytes: 7 } }]]);
  expect(editor.questions).toEqual(['"days.csv" has changed since that job ran. Run it with the file as it is now?']);
  editor.stat = same;
  await again(uploaded);
  expect(editor.questions).toHaveLength(1);
  editor.stat = undefined;
  await expect(again(uploaded)).rejects.toThrow('"days.csv" cannot be read');
});
