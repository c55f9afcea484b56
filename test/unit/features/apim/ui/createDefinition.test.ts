// Create API Management Definition: the form's question, the folder, and files that are there already.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { publishedAs } from '../../../../../src/protocols/registry';
import { askDefinition, createDefinition, writeDefinition, type CreateDefinitionParts } from '../../../../../src/features/apim/ui/createDefinition';
import type { ChoicesQuestion } from '../../../../../src/features/apim/ui/choicesPanel';
import { DefinitionDiff } from '../../../../../src/features/apim/ui/definitionDiff';
import { Cancelled, InvalidInput, LocalFailure } from '../../../../../src/model/errors';
import type { Service } from '../../../../../src/model/service';
import { choicesWith, classic, exact, trees } from '../samples';

/** The editor: files by their addresses, and what the person answers. */
const editor = vi.hoisted(() => {
  interface FakeUri { readonly scheme: string; readonly path: string; readonly query: string; readonly fsPath: string; toString(): string }
  const uri = (path: string, scheme = 'file', query = ''): FakeUri => ({ scheme, path, query, fsPath: path, toString: () => `${scheme}:${path}${query}` });
  class FileSystemError extends Error {
    constructor(readonly code: string) {
      super(code);
    }
  }
  return {
    uri, FileSystemError, files: new Map<string, string>(), folders: [{ name: 'work', uri: uri('/project') }], dirty: [] as string[], opened: [] as string[], diffs: [] as unknown[], closed: 0,
    said: [] as string[], asked: [] as unknown[], answers: [] as unknown[], failWith: undefined as string | undefined, provided: undefined as unknown,
  };
});

vi.mock('vscode', () => {
  const answer = (question: unknown): Promise<unknown> => {
    editor.asked.push(question);
    return Promise.resolve(editor.answers.shift());
  };
  class TabInputTextDiff {}
  return {
    l10n: {}, FileSystemError: editor.FileSystemError, TabInputTextDiff, ProgressLocation: { Notification: 15 },
    Uri: { joinPath: (base: { path: string }, ...parts: string[]) => editor.uri([base.path, ...parts].join('/')), from: ({ scheme, path, query }: { scheme: string; path: string; query: string }) => editor.uri(path, scheme, query) },
    workspace: {
      get workspaceFolders() { return editor.folders; },
      get textDocuments() { return editor.dirty.map((path) => ({ isDirty: true, uri: editor.uri(path) })); },
      registerTextDocumentContentProvider: (_scheme: string, provider: unknown) => {
        editor.provided = provider;
        return { dispose: () => undefined };
      },
      fs: {
        createDirectory: () => Promise.resolve(),
        readFile: ({ path }: { path: string }) => {
          const text = editor.files.get(path);
          return text === undefined ? Promise.reject(new editor.FileSystemError(editor.failWith ?? 'FileNotFound')) : Promise.resolve(new TextEncoder().encode(text));
        },
        writeFile: ({ path }: { path: string }, bytes: Uint8Array) => {
          if (editor.failWith) return Promise.reject(new Error(editor.failWith));
          editor.files.set(path, new TextDecoder().decode(bytes));
          return Promise.resolve();
        },
      },
    },
    commands: { executeCommand: (...call: unknown[]) => Promise.resolve(editor.diffs.push(call)) },
    window: {
      showInputBox: answer, showOpenDialog: answer, showQuickPick: async (items: readonly unknown[], options: unknown) => ((await answer(options)) === undefined ? undefined : items[0]),
      showWarningMessage: async (message: string, _options: unknown, ...buttons: unknown[]) => {
        const which = await answer(message);
        return typeof which === 'number' ? buttons[which] : undefined;
      },
      showTextDocument: ({ path }: { path: string }) => Promise.resolve(editor.opened.push(path)),
      setStatusBarMessage: (message: string) => void editor.said.push(message),
      withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) => work({}, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
      tabGroups: { all: [], close: () => Promise.resolve((editor.closed += 1)) },
    },
  };
});

let asked: ChoicesQuestion | undefined;
let describedBy: () => Promise<unknown>;

function isParts(value: unknown): value is CreateDefinitionParts {
  return typeof value === 'object' && value !== null;
}

function parts(service: Service = classic): CreateDefinitionParts {
  let diff: DefinitionDiff | undefined;
  const made: unknown = {
    services: { find: (address: string) => (address === service.address ? service : undefined), workspaces: () => [] },
    descriptions: { has: () => true, known: () => Promise.resolve(undefined), get: () => describedBy() },
    publishedAs,
    startSample: () => Promise.resolve(service), choices: { ask: (question: ChoicesQuestion) => (asked = question) }, diff: () => (diff ??= new DefinitionDiff()),
  };
  expect.assert(isParts(made));
  return made;
}

const names = ['README.md', 'main.bicep', 'openapi.json', 'template.json'];
const written = (): readonly string[] => [...editor.files.keys()].sort();

beforeEach(() => {
  editor.files.clear();
  for (const list of [editor.dirty, editor.opened, editor.diffs, editor.said, editor.asked, editor.answers]) list.length = 0;
  editor.folders = [{ name: 'work', uri: editor.uri('/project') }];
  editor.failWith = undefined;
  editor.closed = 0;
  asked = undefined;
  describedBy = () => Promise.resolve({ kind: 'known', description: trees, fetchedAt: 1 });
});

describe('the command', () => {
  it('asks for choices, and writes the files into a folder of the workspace', async () => {
    await createDefinition(parts(), classic.address);
    expect(asked).toMatchObject({ purpose: 'define', service: classic, products: [{ id: 'starter' }, { id: 'unlimited' }], defaults: choicesWith() });
    editor.answers.push('apim/trees');
    await asked?.onChosen(choicesWith());
    expect(editor.asked).toEqual([expect.objectContaining({ value: 'apim/tree-heights', title: 'Folder for the API Definition' })]);
    expect(written()).toEqual(names.map((name) => `/project/apim/trees/${name}`));
    expect(editor.files.get('/project/apim/trees/openapi.json')).toContain('"Kind"');
    expect(editor.opened).toEqual(['/project/apim/trees/README.md']);
    expect(editor.said).toEqual(['4 files of the API definition were written.']);
  });

  it('asks in a dialog where no folder is open, and writes nothing when it is closed', async () => {
    editor.folders = [];
    await createDefinition(parts(), classic.address);
    await expect(asked?.onChosen(choicesWith())).rejects.toThrow(Cancelled);
    editor.answers.push([editor.uri('/elsewhere')]);
    await asked?.onChosen(choicesWith());
    expect(written()).toEqual(names.map((name) => `/elsewhere/${name}`));
  });

  it('asks which of several folders', async () => {
    editor.folders = [{ name: 'one', uri: editor.uri('/one') }, { name: 'two', uri: editor.uri('/two') }];
    await createDefinition(parts(), classic.address);
    editor.answers.push('first', 'a');
    await asked?.onChosen(choicesWith());
    expect(written()).toEqual(names.map((name) => `/one/a/${name}`));
  });

  it('goes on without a description where there is none', async () => {
    describedBy = () => Promise.resolve({ kind: 'none', problem: { sentence: 'No.' } });
    await createDefinition(parts(), classic.address);
    editor.answers.push('a');
    await asked?.onChosen(choicesWith());
    expect(editor.files.get('/project/a/openapi.json')).not.toContain('"Kind"');
  });

  it('says at once that a service cannot be published, and asks it nothing', async () => {
    const get = vi.fn(() => Promise.resolve(undefined));
    describedBy = get;
    await expect(createDefinition(parts(exact), exact.address)).rejects.toThrow(InvalidInput);
    expect(get).not.toHaveBeenCalled();
    expect(asked).toBeUndefined();
  });
});

describe('for an instance', () => {
  const instance = { id: '/subscriptions/x', name: 'contoso', gatewayUrls: ['https://g.example', 'https://h.example'], products: [{ id: 'p', displayName: 'P' }] };

  it('the definition is what was chosen, with the gateway', async () => {
    const definition = askDefinition(parts(), classic, instance);
    await vi.waitFor(() => expect(asked).toBeDefined());
    expect(asked).toMatchObject({ purpose: 'publish', products: instance.products, instance: { id: '/subscriptions/x', name: 'contoso', gateway: 'https://g.example' } });
    await asked?.onChosen(choicesWith({ path: 'x' }));
    expect(await definition).toMatchObject({ choices: { path: 'x' }, gateway: 'https://g.example', service: { name: 'Tree Heights' } });
    expect(written()).toEqual([]);
  });

  it('is cancelled where the form is left', async () => {
    const definition = askDefinition(parts(), classic, { id: 'i', name: 'n', gatewayUrls: [] });
    await vi.waitFor(() => expect(asked).toBeDefined());
    asked?.onLeft?.();
    await expect(definition).rejects.toThrow(Cancelled);
  });
});

describe('files that are there', () => {
  const files = names.map((name) => ({ name, text: `${name}\nnew\n` }));
  const folder = editor.uri('/project/a');
  const write = (): Promise<void> => {
    const fake: unknown = folder;
    expect.assert(isFolder(fake));
    return writeDefinition(parts(), fake, files);
  };
  function isFolder(value: unknown): value is Parameters<typeof writeDefinition>[1] {
    return typeof value === 'object';
  }

  it('and are the same are left, whatever their line ends', async () => {
    for (const { name, text } of files) editor.files.set(`/project/a/${name}`, text.replaceAll('\n', '\r\n'));
    await write();
    expect(editor.asked).toEqual([]);
    expect(editor.files.get('/project/a/README.md')).toContain('\r\n');
    expect(editor.said).toEqual(['All files of the API definition are up to date.']);
  });

  it('and differ are replaced when the person says so', async () => {
    for (const { name, text } of files) editor.files.set(`/project/a/${name}`, name === 'README.md' ? 'mine' : text);
    editor.answers.push(1);
    await write();
    expect(editor.asked).toEqual(['"README.md" is there already and differs.']);
    expect(editor.files.get('/project/a/README.md')).toBe('README.md\nnew\n');
    expect(editor.said).toEqual(['1 file of the API definition was written.']);
  });

  it('and differ are left when the question is', async () => {
    editor.files.set('/project/a/README.md', 'mine');
    await expect(write()).rejects.toThrow(Cancelled);
    expect([...editor.files]).toEqual([['/project/a/README.md', 'mine']]);
  });

  it.each([[true], [false]])('and differ are compared first, each with what it would be; replaced then: %s', async (replaced) => {
    editor.files.set('/project/a/README.md', 'mine').set('/project/a/template.json', '{}');
    editor.answers.push(0, ...(replaced ? ['yes'] : []));
    const writing = write();
    await (replaced ? writing : expect(writing).rejects.toThrow(Cancelled));
    expect(editor.asked[0]).toBe('2 files are there already and differ.');
    expect(editor.diffs).toEqual(['README.md', 'template.json'].map((name) => [
      'vscode.diff', expect.objectContaining({ path: `/project/a/${name}`, scheme: 'file' }), expect.objectContaining({ scheme: 'azureml-web-services-definition' }), `${name}: now, and as it would be`, { preview: false },
    ]));
    expect(editor.closed).toBe(1);
    expect(editor.files.get('/project/a/README.md')).toBe(replaced ? 'README.md\nnew\n' : 'mine');
    expect(editor.files.has('/project/a/openapi.json')).toBe(replaced);
  });

  it.each([
    ['changed', () => editor.files.set('/project/a/README.md', 'mine, and more'), '"README.md" was changed while you were asked'],
    ['made', () => editor.files.set('/project/a/openapi.json', 'mine'), '"openapi.json" was changed while you were asked'],
    ['edited', () => editor.dirty.push('/project/a/README.md'), '"README.md" has unsaved changes'],
  ])('and are %s while the person is asked are left', async (_how, change, told) => {
    editor.files.set('/project/a/README.md', 'mine');
    editor.answers.push(0, new Promise((resolve) => setImmediate(() => resolve(change()))).then(() => 'yes'));
    await expect(write()).rejects.toThrow(told);
    expect([...editor.files.values()].every((text) => text.startsWith('mine'))).toBe(true);
  });

  it('and have unsaved changes are not touched', async () => {
    editor.dirty.push('/project/a/README.md');
    await expect(write()).rejects.toThrow('"README.md" has unsaved changes. Save or close it first.');
    expect(editor.files.size).toBe(0);
  });

  it('and cannot be read or written are told of', async () => {
    editor.failWith = 'NoPermissions';
    await expect(write()).rejects.toThrow(LocalFailure);
    for (const { name } of files) editor.files.set(`/project/a/${name}`, 'mine');
    editor.answers.push(1);
    await expect(write()).rejects.toThrow('The API definition could not be written to /project/a: NoPermissions');
  });
});
