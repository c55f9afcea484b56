// A policy is written to its service when a person saves it, and at no other time.

import { beforeEach, expect, it, vi } from 'vitest';
import type * as Vscode from 'vscode';
import { partsOfPolicy } from '../../../../../src/features/apim/policyDocument/address';
import type { PolicyDocuments } from '../../../../../src/features/apim/policyDocument/documents';
import { PolicyFiles, type PolicyFilesParts } from '../../../../../src/features/apim/ui/policyDocumentFiles';
import { policyScheme } from '../../../../../src/ui/ids';
import { LateFileSystem } from '../../../../../src/ui/lateFileSystem';
import { someInstance } from '../apimTools';

const editor = vi.hoisted(() => ({
  reasons: { Manual: 1, AfterDelay: 2, FocusOut: 3 },
  willSave: (event: unknown): void => void event,
  closed: (document: unknown): void => void document,
}));
vi.mock('vscode', () => ({
  TextDocumentSaveReason: editor.reasons,
  FileSystemError: class extends Error {
    static NoPermissions(message: string): Error {
      return new this(message);
    }
  },
  EventEmitter: class {},
  Disposable: { from: () => ({ dispose: () => undefined }) },
  workspace: {
    onWillSaveTextDocument: (listener: typeof editor.willSave) => void (editor.willSave = listener),
    onDidCloseTextDocument: (listener: typeof editor.closed) => void (editor.closed = listener),
  },
}));
vi.mock('../../../../../src/features/apim/ui/whenLong', () => ({ whenLong: (_title: string, work: (options: object) => unknown) => work({}) }));

const parts = partsOfPolicy(someInstance(), { kind: 'product', product: 'starter' }, ['Starter']);
const uri = { ...parts, scheme: policyScheme, toString: () => `azureml-policy:${parts.path}` } as Vscode.Uri;
const other = { ...uri, toString: () => 'azureml-policy:/other' } as Vscode.Uri;
let written: string[];
let files: LateFileSystem;
const willSave = (reason: number, saved = uri): void => editor.willSave({ document: { uri: saved }, reason });
const write = (text: string): Promise<void> => files.writeFile(uri, Buffer.from(text));

beforeEach(() => {
  written = [];
  const documents = { write: (_document: unknown, text: string) => Promise.resolve(written.push(text)) } as unknown as PolicyDocuments;
  const work = new PolicyFiles({ documents, saved: () => undefined, saveFailed: () => undefined } as unknown as PolicyFilesParts);
  files = new LateFileSystem(policyScheme, () => Promise.resolve(work));
});

it.each([
  ['after a delay', editor.reasons.AfterDelay], ['when it is left', editor.reasons.FocusOut],
])('it is not written where VS Code saves it %s, before anything is loaded as well', async (_, reason) => {
  willSave(reason);
  await expect(write('half')).rejects.toThrow('so it is not saved automatically');
  expect(written).toEqual([]);
});

it('it is written where a person saves it, also after VS Code has tried, and whatever is saved beside it', async () => {
  willSave(editor.reasons.AfterDelay);
  willSave(editor.reasons.Manual);
  willSave(editor.reasons.AfterDelay, other);
  await write('one');
  willSave(editor.reasons.AfterDelay);
  await expect(write('half')).rejects.toThrow();
  await write('two');
  willSave(editor.reasons.AfterDelay);
  editor.closed({ uri });
  await write('three');
  expect(written).toEqual(['one', 'two', 'three']);
});
