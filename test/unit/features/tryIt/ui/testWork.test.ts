// What the test of a service leaves behind: a file without secrets, and nothing of a service that is gone or has moved.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import { openTestRequest } from '../../../../../src/features/tryIt/ui/openTestRequest';
import { TestWork, type TestWorkParts } from '../../../../../src/features/tryIt/ui/testWork';
import { testParametersName, testValuesKey } from '../../../../../src/features/tryIt/test/keptValues';
import { Emitter } from '../../../../../src/model/lifetime';
import { MemoryBox } from '../../../base/secretBox';
import { service } from '../../jobs/runnerBench';

const editor = vi.hoisted(() => ({ opened: [] as string[], told: [] as string[] }));
vi.mock('vscode', () => ({
  Uri: class Uri {},
  workspace: {
    openTextDocument: ({ content }: { readonly content: string }) => {
      editor.opened.push(content);
      return Promise.resolve({ uri: { toString: () => 'untitled:Untitled-1' } });
    },
  },
  window: {
    showTextDocument: () => Promise.resolve(),
    showInformationMessage: (text: string) => {
      editor.told.push(text);
      return Promise.resolve(undefined);
    },
  },
}));

beforeEach(() => {
  [editor.opened, editor.told] = [[], []];
});

describe('as a request file', () => {
  const open = async (left: readonly string[]): Promise<readonly unknown[]> => {
    const chosen: unknown[] = [];
    await openTestRequest({
      serviceOfFile: { set: (files, choice) => Promise.resolve(void chosen.push(files, choice)) }, chosen: () => void chosen.push('told'),
      choiceOf: ({ address }) => address,
    }, service, { json: '{"Inputs":{"a":[{"b":1.10}]}}', left });
    return chosen;
  };

  it('it is readable, keeps its digits, and goes to the same service', async () => {
    expect(await open([])).toEqual([['untitled:Untitled-1'], service.address, 'told']);
    expect(editor.opened).toEqual(['{\n  "Inputs": {\n    "a": [\n      {\n        "b": 1.10\n      }\n    ]\n  }\n}\n']);
    expect(editor.told).toEqual([]);
  });

  it.each([
    [['Password'], 'The secret parameter "Password" was not written into the file: the value is in the secret store.'],
    [['Password', 'Token'], 'The secret parameters "Password", "Token" were not written into the file: the values are in the secret store.'],
  ])('it says what was left out: %j', async (left, sentence) => {
    await open(left);
    expect(editor.told).toEqual([sentence]);
  });
});

describe('a service that is gone', () => {
  let stored: Map<string, unknown>;
  let box: MemoryBox;
  let work: TestWork;
  beforeEach(async () => {
    [stored, box] = [new Map([[testValuesKey, [{ service: service.address, json: '{}' }, { service: 'https://h/other', json: '{}' }]]]), new MemoryBox()];
    await box.store(testParametersName(service.address), '[]');
    const given: unknown = {
      context: {
        workspaceState: { get: (key: string) => stored.get(key), update: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)) },
        secrets: box, extensionUri: {},
      },
      reporter: { actions: {} }, opener: undefined, scoring: { panel: {}, past: {} }, history: {}, description: {}, ways: () => Promise.resolve([]),
      services: { services: { onDidChange: new Emitter<void>().event }, serviceOfFile: {} },
    };
    expect.assert(isParts(given));
    work = new TestWork(given);
  });

  it('leaves neither values nor parameters', async () => {
    await work.forget(service.address);
    expect(stored.get(testValuesKey)).toEqual([{ service: 'https://h/other', json: '{}' }]);
    expect(box.texts.size).toBe(0);
    expect(work.isSendingTo(service.address)).toBe(false);
    work.dispose();
  });

  it('and one that has moved takes its values along, and no parameters', async () => {
    await work.move(service.address, 'https://h/new');
    expect(stored.get(testValuesKey)).toEqual([{ service: 'https://h/new', json: '{}' }, { service: 'https://h/other', json: '{}' }]);
    expect(box.texts.size).toBe(0);
  });
});

function isParts(value: unknown): value is TestWorkParts {
  return isObject(value);
}
