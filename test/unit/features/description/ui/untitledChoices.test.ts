// A service that was chosen for an untitled document is forgotten with it, and is not taken for the next document of that name.

import { beforeEach, expect, it, vi } from 'vitest';
import { forgetClosedUntitled } from '../../../../../src/features/description/ui/untitledChoices';
import { ServiceOfFile, serviceOfFileKey } from '../../../../../src/features/services/remembered';

interface Tab {
  readonly input: unknown;
}

const editor = vi.hoisted(() => {
  class TabInputText {
    constructor(readonly uri: unknown) {}
  }
  return {
    TabInputText,
    documents: [] as unknown[],
    tabs: [] as { readonly input: unknown }[],
    close: (document: unknown): void => void document,
    tabsChange: (event: unknown): void => void event,
    changed: 0,
  };
});
vi.mock('vscode', () => ({
  TabInputText: editor.TabInputText,
  workspace: {
    get textDocuments() {
      return editor.documents;
    },
    onDidCloseTextDocument: (listener: (document: unknown) => void) => {
      editor.close = listener;
      return { dispose: () => undefined };
    },
  },
  window: { tabGroups: {
    get all() {
      return [{ tabs: editor.tabs }];
    },
    onDidChangeTabs: (listener: (event: unknown) => void) => {
      editor.tabsChange = listener;
      return { dispose: () => undefined };
    },
  } },
}));

const first = 'untitled:Untitled-1';
const file = 'file:///a/first.jsonc';
const documentOf = (text: string): unknown => ({ uri: { scheme: text.split(':')[0], toString: () => text } });
const tabOf = (text: string): Tab => ({ input: new editor.TabInputText({ scheme: text.split(':')[0], toString: () => text }) });

let saved: Map<string, unknown>;
let choices: ServiceOfFile;
beforeEach(() => {
  [editor.documents, editor.tabs, editor.changed] = [[], [], 0];
  saved = new Map<string, unknown>([[serviceOfFileKey, { [first]: 'https://one.example', [file]: 'https://two.example' }]]);
  choices = new ServiceOfFile({
    get: (key: string) => saved.get(key),
    update: (key: string, value: unknown) => {
      editor.changed += 1;
      saved.set(key, value);
      return Promise.resolve();
    },
  });
});

function start(): void {
  forgetClosedUntitled(choices, (work) => void work());
}

it('is forgotten when it is closed, and that of a file is not', () => {
  const [untitled, kept] = [documentOf(first), documentOf(file)];
  editor.documents = [untitled, kept];
  start();
  expect(choices.get(first)).toBe('https://one.example');
  editor.documents = [];
  editor.close(untitled);
  editor.close(kept);
  expect([choices.get(first), choices.get(file)]).toEqual([undefined, 'https://two.example']);
});

it('is forgotten also where another one of the name is open already', () => {
  const untitled = documentOf(first);
  editor.documents = [untitled];
  start();
  editor.documents = [documentOf(first)];
  editor.close(untitled);
  expect(choices.get(first)).toBeUndefined();
});

it('stays when its language is changed, which closes and opens it', () => {
  const untitled = documentOf(first);
  editor.documents = [untitled];
  start();
  editor.close(untitled);
  expect([choices.get(first), editor.changed]).toEqual(['https://one.example', 0]);
});

it('that an earlier window has left is forgotten, unless it is open or in a tab that was not looked at yet', () => {
  editor.tabs = [tabOf(first)];
  start();
  expect([choices.get(first), editor.changed]).toEqual(['https://one.example', 0]);
  const closed = editor.tabs;
  editor.tabs = [];
  editor.tabsChange({ closed });
  expect([choices.get(first), choices.get(file)]).toEqual([undefined, 'https://two.example']);
  saved.set(serviceOfFileKey, { [first]: 'https://one.example', [file]: 'https://two.example' });
  start();
  expect([choices.get(first), choices.get(file)]).toEqual([undefined, 'https://two.example']);
});

it('changes nothing where there is none', () => {
  saved.set(serviceOfFileKey, { [file]: 'https://two.example' });
  start();
  editor.close(documentOf(first));
  expect(editor.changed).toBe(0);
});
