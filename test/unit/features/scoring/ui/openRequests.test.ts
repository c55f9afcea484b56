// Which open documents the menus are told of, and what looking at them costs.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lookedAt, lookPauseMs } from '../../../../../src/features/services/firstUse';
import { contextKey } from '../../../../../src/ui/ids';
import { OpenRequests } from '../../../../../src/features/scoring/ui/openRequests';

/** A document of VS Code as far as it is asked here; counts the lines that are read. */
interface Document {
  readonly uri: { readonly scheme: string; readonly path: string; readonly fsPath: string; toString(): string };
  languageId: string;
  lines: string[];
  read: number;
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
}

const window = vi.hoisted(() => {
  const on = <T>() => {
    const listeners = new Set<(value: T) => void>();
    return {
      event: (listener: (value: T) => void) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
      fire: (value: T) => listeners.forEach((each) => each(value)),
    };
  };
  return { opened: on<unknown>(), closed: on<unknown>(), changed: on<unknown>(), documents: new Array<unknown>(), contexts: new Map<unknown, unknown>(), told: 0 };
});
vi.mock('vscode', () => ({
  workspace: {
    onDidOpenTextDocument: window.opened.event, onDidCloseTextDocument: window.closed.event, onDidChangeTextDocument: window.changed.event, textDocuments: window.documents,
  },
  commands: {
    executeCommand: (_: string, key: string, value: unknown) => {
      window.contexts.set(key, value);
      window.told += 1;
      return Promise.resolve();
    },
  },
}));

const request = '{ "Inputs": { "input1": { "ColumnNames": ["a"], "Values": [["1"]] } } }';
const body = '{ "Input": { "RelativeLocation": "a/b.csv" } }';

function document(path: string, text: string, { languageId = 'json', scheme = 'file', fsPath = path } = {}): Document {
  const made: Document = {
    uri: { scheme, path, fsPath, toString: () => `${scheme}://${path}` },
    languageId, lines: text.split('\n'), read: 0,
    get lineCount() {
      return this.lines.length;
    },
    lineAt(line) {
      this.read += 1;
      return { text: this.lines[line] ?? '' };
    },
  };
  return made;
}

const bound = new Map<string, unknown>();
let requests: OpenRequests;
const open = (...documents: Document[]): void => documents.forEach((each) => window.opened.fire(each));
const write = (changed: Document, text: string): void => {
  changed.lines = text.split('\n');
  window.changed.fire({ document: changed });
};
const paths = (): unknown[] => [window.contexts.get(contextKey.requestPaths), window.contexts.get(contextKey.batchPaths)];

beforeEach(() => {
  vi.useFakeTimers();
  window.documents.length = 0;
  window.told = 0;
  bound.clear();
  requests = new OpenRequests({ get: (key: string) => bound.get(key), update: () => Promise.resolve() });
});
afterEach(() => {
  requests.dispose();
  vi.useRealTimers();
});

describe('the menus', () => {
  it('are told of what was open already, and of what is opened and closed', () => {
    const [one, two] = [document('/a/one.json', request), document('/a/two.jsonc', `// a job\n${body}`, { languageId: 'jsonc' })];
    window.documents.push(one, document('/a/package.json', '{ "name": "x" }'), document('/a/note.txt', request, { languageId: 'plaintext' }));
    requests.start();
    expect(paths()).toEqual([['/a/one.json'], []]);
    open(two);
    expect(paths()).toEqual([['/a/one.json'], ['/a/two.jsonc']]);
    window.closed.fire(one);
    expect(paths()).toEqual([[], ['/a/two.jsonc']]);
  });

  it('are told of a text that becomes a request, or is one no longer, after a pause', () => {
    const one = document('/a/one.json', '{}');
    requests.start();
    open(one);
    write(one, request);
    expect(paths()).toEqual([[], []]);
    vi.advanceTimersByTime(lookPauseMs);
    expect(paths()).toEqual([['/a/one.json'], []]);
    write(one, '{ "Inputs": 7 }');
    vi.advanceTimersByTime(lookPauseMs);
    expect(paths()).toEqual([[], []]);
  });

  it('are told of a path as the system writes it, and as a URI has it', () => {
    requests.start();
    open(document('/c:/a/one.json', request, { fsPath: 'c:\\a\\one.json' }));
    expect(paths()[0]).toEqual(['c:\\a\\one.json', '/c:/a/one.json']);
  });

  it.each(['git', 'vscode-notebook-cell', 'azureml-web-services-answer'])('are not told of documents of the scheme %s', (scheme) => {
    requests.start();
    open(document('/a/one.json', request, { scheme }));
    expect(paths()).toEqual([[], []]);
  });

  it('are told nothing where nothing has changed', () => {
    const one = document('/a/one.json', request);
    requests.start();
    open(one);
    const before = window.told;
    write(one, request.replace('"1"', '"2"'));
    vi.advanceTimersByTime(lookPauseMs);
    open(document('/a/package.json', '{ "name": "x" }'));
    expect(window.told).toBe(before);
  });
});

describe('a text whose beginning does not tell', () => {
  const long = `{ "GlobalParameters": { "text": "${'x'.repeat(lookedAt)}" }, ${request.slice(1)}`;

  it('is a request once a service was chosen for it', () => {
    requests.start();
    open(document('/a/long.json', long));
    expect(paths()).toEqual([[], []]);
    bound.set('serviceOfFile', { 'file:///a/long.json': 'sample' });
    requests.tell();
    expect(paths()).toEqual([['/a/long.json'], []]);
  });

  it('costs one bounded look for all that is typed in a moment', () => {
    const one = document('/a/long.json', `{\n${'"a": [1],\n'.repeat(500_000)}`);
    requests.start();
    open(one);
    expect(one.read).toBeLessThan(lookedAt / 10 + 10);
    one.read = 0;
    for (let key = 0; key < 1000; key += 1) window.changed.fire({ document: one });
    expect(one.read).toBe(0);
    vi.advanceTimersByTime(lookPauseMs);
    expect(one.read).toBeGreaterThan(0);
    expect(one.read).toBeLessThan(lookedAt / 10 + 10);
  });
});
