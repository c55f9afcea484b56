// A new request that is saved goes where the untitled document went, and nowhere unasked where two of them say the same.

import { beforeEach, expect, it, vi } from 'vitest';
import type { TextDocument } from 'vscode';
import { keepServiceOfSaved } from '../../../../../src/features/description/ui/savedRequest';
import { ServiceOfFile } from '../../../../../src/features/services/remembered';

const editor = vi.hoisted(() => ({ documents: [] as unknown[] }));
vi.mock('vscode', () => ({
  workspace: {
    get textDocuments() {
      return editor.documents;
    },
  },
}));

const text = '{"Inputs":{}}';
const file = 'file:///a/first.jsonc';
const [dev, prod] = ['https://trees.example/workspaces/dev/services/1', 'https://trees.example/workspaces/prod/services/2'];

function documentOf(uri: string, content = text): TextDocument {
  const document: unknown = {
    uri: { scheme: uri.split(':')[0], path: uri, toString: () => uri }, fileName: uri, languageId: 'jsonc', getText: () => content,
  };
  expect.assert(isDocument(document));
  return document;
}

function isDocument(value: unknown): value is TextDocument {
  return typeof value === 'object';
}

let choices: ServiceOfFile;
beforeEach(() => {
  const values = new Map<string, unknown>();
  choices = new ServiceOfFile({
    get: (key: string) => values.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  });
  editor.documents = [];
});

it.each([
  ['of the document with the same text', [dev], dev],
  ['of two such documents that go to the same', [dev, dev], dev],
  ['of none where two such documents go elsewhere', [dev, prod], undefined],
  ['of none where one of two such documents has not been chosen for', [undefined, prod], undefined],
])('a saved file gets the service %s', async (_, services, expected) => {
  editor.documents = [documentOf('untitled:Other', '{}'), ...services.map((_each, index) => documentOf(`untitled:Untitled-${index}`))];
  for (const [index, service] of services.entries()) if (service !== undefined) await choices.set([`untitled:Untitled-${index}`], service);
  expect(await keepServiceOfSaved(documentOf(file), choices)).toBe(expected !== undefined);
  expect(choices.get(file)).toBe(expected);
});
