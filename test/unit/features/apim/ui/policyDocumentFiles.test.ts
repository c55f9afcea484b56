// A policy is written to its service when a person saves it, and at no other time.

import { beforeEach, expect, it, vi } from 'vitest';
import type * as Vscode from 'vscode';
import { partsOfPolicy } from '../../../../../src/features/apim/policyDocument/address';
import type { PolicyDocuments } from '../../../../../src/features/apim/policyDocument/documents';
import { PolicyFiles, type PolicyFilesParts } from '../../../../../src/features/apim/ui/policyDocumentFiles';
import { someInstance } from '../apimTools';

const reasons = vi.hoisted(() => ({ Manual: 1, AfterDelay: 2, FocusOut: 3 }));
vi.mock('vscode', () => ({
  TextDocumentSaveReason: reasons,
  FileSystemError: class extends Error {
    static NoPermissions(message: string): Error {
      return new this(message);
    }
  },
}));
vi.mock('../../../../../src/features/apim/ui/whenLong', () => ({ whenLong: (_title: string, work: (options: object) => unknown) => work({}) }));

const parts = partsOfPolicy(someInstance(), { kind: 'product', product: 'starter' }, ['Starter']);
const uri = { ...parts, toString: () => `azureml-policy:${parts.path}` } as Vscode.Uri;
const other = { ...uri, toString: () => 'azureml-policy:/other' } as Vscode.Uri;
let written: string[];
let files: PolicyFiles;
const write = (text: string): Promise<void> => files.writeFile(uri, Buffer.from(text));

beforeEach(() => {
  written = [];
  const documents = { write: (_document: unknown, text: string) => Promise.resolve(written.push(text)) } as unknown as PolicyDocuments;
  files = new PolicyFiles({ documents, saved: () => undefined, saveFailed: () => undefined } as unknown as PolicyFilesParts);
});

it.each([['after a delay', reasons.AfterDelay], ['when it is left', reasons.FocusOut]])('it is not written where VS Code saves it %s', async (_, reason) => {
  files.willSave(uri, reason);
  await expect(write('half')).rejects.toThrow('so it is not saved automatically');
  expect(written).toEqual([]);
});

it('it is written where a person saves it, also after VS Code has tried, and whatever is saved beside it', async () => {
  files.willSave(uri, reasons.AfterDelay);
  files.willSave(uri, reasons.Manual);
  files.willSave(other, reasons.AfterDelay);
  await write('one');
  files.willSave(uri, reasons.AfterDelay);
  await expect(write('half')).rejects.toThrow();
  await write('two');
  expect(written).toEqual(['one', 'two']);
});
