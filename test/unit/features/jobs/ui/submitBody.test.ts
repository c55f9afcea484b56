// Which service a body is read for: the file's own, else the one that is chosen; and the one of the job when it is read again.

import { beforeEach, expect, it, vi } from 'vitest';
import { bodyAgain, submitBody, type SubmitBodyParts } from '../../../../../src/features/jobs/ui/submitBody';
import type { JobDraft } from '../../../../../src/features/jobs/runnerParts';
import { hashOfBody } from '../../../../../src/features/jobs/submissionBody';
import { isObject } from '../../../../../src/base/shape';
import { service } from '../runnerBench';

const editor = vi.hoisted(() => {
  class Uri {
    constructor(readonly path: string) {}
    static parse(text: string): Uri {
      return new Uri(text.replace('file://', ''));
    }
    toString(): string {
      return `file://${this.path}`;
    }
  }
  return { Uri, asked: 0 };
});
vi.mock('vscode', () => ({
  Uri: editor.Uri,
  FileSystemError: class FileSystemError extends Error {},
  workspace: { isTrusted: true, textDocuments: [], fs: { readFile: () => Promise.resolve(Buffer.from(text)) } },
  window: { showQuickPick: ([item]: readonly unknown[]) => {
    editor.asked += 1;
    return Promise.resolve(item);
  } },
}));
const read = vi.hoisted(() => ({ services: [] as unknown[] }));
/** Bodies of a protocol of its own, which calls its parameters otherwise. */
vi.mock('../../../../../src/protocols/registry', async (original) => ({
  ...await original(),
  readJobBody: (json: string, _now: number, of: unknown) => {
    read.services.push(of);
    const { settings } = JSON.parse(json);
    return { json, parametersJson: of === undefined ? '{}' : JSON.stringify(settings), warnings: [] };
  },
}));
vi.mock('../../../../../src/features/jobs/ui/launch', () => ({ launch: () => Promise.resolve() }));

const text = '{"settings":{"Database password":"hunter2-and-more"}}';
let drafts: JobDraft[];

function isParts(value: unknown): value is SubmitBodyParts {
  return isObject(value);
}

function partsOf(remembered: string | undefined): SubmitBodyParts {
  const workspace = { name: 'W', address: 'w', services: [service], sample: false };
  const parts: unknown = {
    faults: { clear: () => undefined },
    services: { find: (address: string) => (address === service.address ? service : undefined), workspaces: () => [workspace], isSample: () => false },
    serviceOfFile: { get: () => remembered, set: () => Promise.resolve() },
    runner: { create: (draft: JobDraft) => Promise.resolve({ key: 'k', draft: drafts.push(draft) }) },
  };
  expect.assert(isParts(parts));
  return parts;
}

beforeEach(() => {
  drafts = [];
  editor.asked = 0;
  read.services.length = 0;
});

it('a body is read for the service of its file, whose parameters are those of the job', async () => {
  await submitBody(partsOf(service.address), new editor.Uri('/a.json'));
  expect(read.services).toEqual([service]);
  expect(drafts).toMatchObject([{ parametersJson: '{"Database password":"hunter2-and-more"}', body: { json: text, file: 'file:///a.json' } }]);
});

it.each([undefined, 'https://gone.example/'])('where it has none (%s), it is read once more for the one that is chosen', async (remembered) => {
  await submitBody(partsOf(remembered), new editor.Uri('/a.json'));
  expect(read.services).toEqual([undefined, service]);
  expect(drafts).toMatchObject([{ service, parametersJson: '{"Database password":"hunter2-and-more"}' }]);
});

it('is read again for the service of its job, and gives the parameters that it has by then', async () => {
  const of = { name: 'Weather', address: service.address };
  const body = await bodyAgain(partsOf(undefined), { service: of, file: 'file:///a.json', hash: hashOfBody(text) });
  expect(read.services).toEqual([of]);
  expect(body).toMatchObject({ json: text, parametersJson: '{"Database password":"hunter2-and-more"}' });
  expect(editor.asked).toBe(0);
});
