// Asking for an instance: those that are known, the sample, or one that is added just then.

import { beforeEach, expect, it, vi } from 'vitest';
import type { Choice } from '../../../../../src/ui/ask';
import { pickInstance } from '../../../../../src/features/apim/ui/pickInstance';
import { Cancelled } from '../../../../../src/model/errors';
import { hostile, someInstance } from '../apimTools';

const editor = vi.hoisted(() => ({ choice: '', labels: [] as string[], execute: (): void => undefined }));
vi.mock('vscode', () => ({ commands: { executeCommand: () => Promise.resolve(editor.execute()) } }));
vi.mock('../../../../../src/ui/ask', () => ({
  askChoice: (_title: string, _: string, choices: readonly Choice<unknown>[]) => {
    editor.labels = choices.map(({ label }) => label);
    return Promise.resolve(choices.find(({ label }) => label.startsWith(editor.choice))?.value);
  },
}));

const isSignedIn = (): Promise<boolean> => Promise.resolve(true);

beforeEach(() => {
  editor.execute = () => undefined;
});

it('a known one is given as it is, and its name is text', async () => {
  editor.choice = 'scores';
  const instances = [someInstance(), someInstance({ name: hostile, id: 'x' })];
  expect(await pickInstance({ instances: () => instances, startSample: undefined, isSignedIn })).toBe(instances[0]);
  expect(editor.labels).toHaveLength(3);
  expect(editor.labels.join()).not.toMatch(/\$\(|\]\(/);
});

it('the sample is started where it does not run', async () => {
  editor.choice = 'Start';
  const sample = someInstance({ sample: true });
  expect(await pickInstance({ instances: () => [], startSample: () => Promise.resolve(sample), isSignedIn })).toBe(sample);
  await expect(pickInstance({ instances: () => [], startSample: () => Promise.resolve(undefined), isSignedIn })).rejects.toThrow('without API Management');
});

it('one that was added just then is taken; where none was, the person has been told why', async () => {
  editor.choice = 'Add';
  const instances = [someInstance()];
  await expect(pickInstance({ instances: () => instances, startSample: undefined, isSignedIn })).rejects.toBeInstanceOf(Cancelled);
  editor.execute = () => void instances.push(someInstance({ id: 'new' }));
  expect(await pickInstance({ instances: () => instances, startSample: undefined, isSignedIn })).toMatchObject({ id: 'new' });
});

it('who is not signed in can do so from the list, and goes on from the section', async () => {
  editor.choice = 'Sign In';
  const execute = vi.fn();
  editor.execute = execute;
  await expect(pickInstance({ instances: () => [], startSample: undefined, isSignedIn: () => Promise.resolve(false) })).rejects.toBeInstanceOf(Cancelled);
  expect(execute).toHaveBeenCalledOnce();
  await pickInstance({ instances: () => [], startSample: undefined, isSignedIn }).catch(() => undefined);
  expect(editor.labels.join()).not.toContain('Sign In');
});
