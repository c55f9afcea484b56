// Sending many files at once: all are checked before the first goes out, few are held, and each is read once more when its turn comes.

import { beforeEach, expect, it, vi } from 'vitest';
import { sendToRrs, type SendParts } from '../../../../../src/features/scoring/ui/send';
import type { RunItem } from '../../../../../src/features/scoring/runs';
import { isObject } from '../../../../../src/base/shape';
import { service } from '../../jobs/runnerBench';

const editor = vi.hoisted(() => {
  class Uri {
    constructor(readonly path: string) {}
    toString(): string {
      return `file://${this.path}`;
    }
  }
  return { Uri, read: [] as string[], texts: new Map<string, string>(), questions: [] as string[], isTrusted: true };
});
vi.mock('vscode', () => ({
  Uri: editor.Uri,
  FileSystemError: class FileSystemError extends Error {},
  workspace: {
    get isTrusted() { return editor.isTrusted; },
    textDocuments: [],
    fs: { readFile: (uri: { path: string }) => {
      editor.read.push(uri.path);
      return Promise.resolve(Buffer.from(editor.texts.get(uri.path) ?? ''));
    } },
  },
  window: { showWarningMessage: (question: string, _options: unknown, yes: string) => {
    editor.questions.push(question);
    return Promise.resolve(yes);
  } },
}));

const megabyte = 1024 * 1024;
let sent: readonly RunItem[];
let parts: SendParts;

function isParts(value: unknown): value is SendParts {
  return isObject(value);
}

beforeEach(() => {
  editor.read.length = 0;
  editor.questions.length = 0;
  editor.isTrusted = true;
  sent = [];
  const given: unknown = {
    services: { find: () => service }, serviceOfFile: { get: () => service.address },
    runs: { send: (items: readonly RunItem[]) => {
      sent = items;
      return { over: Promise.resolve(), entries: [] };
    } },
    panel: { reveal: () => undefined }, faults: { clear: () => undefined },
    readRequest: (text: string) => ({ form: 'table', json: text }),
  };
  expect.assert(isParts(given));
  parts = given;
});

async function send(count: number, size: number): Promise<void> {
  const files = Array.from({ length: count }, (_, index) => new editor.Uri(`/f${index}.json`));
  for (const { path } of files) editor.texts.set(path, 'x'.repeat(size));
  await sendToRrs(parts, files[0], files);
}

it('few files are read once, and sent as they were checked', async () => {
  await send(3, 1000);
  editor.texts.set('/f1.json', 'changed');
  expect((await sent[1]?.read())?.json).toHaveLength(1000);
  expect(editor.read).toHaveLength(3);
});

it('of many large ones no more is held than 16 MB of text; the rest is read when its turn comes', async () => {
  await send(40, megabyte);
  expect(editor.read).toHaveLength(40);
  editor.texts.set('/f39.json', 'changed');
  const lengths = [];
  for (const item of sent) lengths.push((await item.read()).json.length);
  expect(editor.read.slice(40)).toEqual(Array.from({ length: 24 }, (_, index) => `/f${index + 16}.json`));
  expect(lengths).toEqual([...Array.from({ length: 39 }, () => megabyte), 7]);
});

it('all of them are asked about once in a folder that is not trusted', async () => {
  editor.isTrusted = false;
  await send(3, 10);
  expect(editor.questions).toEqual(['Send 3 files of a folder that you do not trust?']);
});
