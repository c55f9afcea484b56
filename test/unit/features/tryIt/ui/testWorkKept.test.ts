// What the test of a service keeps from one window to the next: for the sample under its name, as its address is another one each time.

import { beforeEach, expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import { testParametersName, testValuesKey } from '../../../../../src/features/tryIt/test/keptValues';
import { testWaysKey } from '../../../../../src/features/tryIt/test/keptWays';
import type { TestPanelParts } from '../../../../../src/features/tryIt/ui/testPanel';
import { TestWork, type TestWorkParts } from '../../../../../src/features/tryIt/ui/testWork';
import { Emitter } from '../../../../../src/model/lifetime';
import type { Service } from '../../../../../src/model/service';
import { MemoryBox } from '../../../base/secretBox';
import { service } from '../../jobs/runnerBench';

const panel = vi.hoisted((): { parts: TestPanelParts | undefined } => ({ parts: undefined }));
vi.mock('vscode', () => ({ Uri: class Uri {} }));
vi.mock('../../../../../src/features/tryIt/ui/testPanel', () => ({
  TestPanel: class {
    constructor(parts: TestPanelParts) {
      panel.parts = parts;
    }

    forget(): void {
      panel.parts = undefined;
    }
  },
}));

const gateway: Service = { ...service, name: 'Behind', address: 'https://gateway/s' };
const request = '{"Inputs":{"a":[{"b":"x"}]},"GlobalParameters":{"Password":"hush-hush"}}';
let stored: Map<string, unknown>;
let box: MemoryBox;
let samples: readonly Service[];
let ways: readonly Service[];

beforeEach(() => {
  [stored, box, samples, ways] = [new Map(), new MemoryBox(), [], [service, gateway]];
});

/** A window of its own, with what is kept. */
function open(): { readonly parts: TestPanelParts; readonly work: TestWork } {
  const memory = {
    get: (key: string) => stored.get(key), update: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
  };
  const given: unknown = {
    context: { workspaceState: memory, globalState: memory, secrets: box, extensionUri: {} },
    reporter: { actions: {}, describe: String }, history: { lastRequest: () => Promise.resolve(undefined) },
    scoring: { panel: {}, past: {} }, ways: () => Promise.resolve(ways),
    description: { descriptions: { known: () => Promise.resolve(undefined), get: () => Promise.resolve(undefined) } },
    services: {
      services: {
        onDidChange: new Emitter<void>().event, isSample: ({ address }: Service) => samples.some((each) => each.address === address),
        find: () => undefined, workspaces: () => [],
      },
      keys: { of: () => Promise.resolve({}) },
    },
  };
  expect.assert(isParts(given));
  const work = new TestWork(given);
  const { parts } = panel;
  expect.assert(parts !== undefined);
  return { parts, work };
}

it('parameters of the sample stay under its name, also when it has stopped meanwhile', async () => {
  samples = [service];
  const session = open().parts.session(service);
  await session.load({ kind: 'given', given: { name: 'f', text: request } });
  session.edit({ do: 'addRow', input: 0 });
  samples = [];
  session.dispose();
  await expect.poll(() => [...box.texts.keys()]).toEqual([testParametersName('sample')]);
  expect(stored.get(testValuesKey)).toMatchObject([{ service: 'sample' }]);
  expect(JSON.stringify([...stored])).not.toContain('hush');
  const again = { ...service, address: `${service.address}2` };
  samples = [again];
  const next = open().parts.session(again);
  await next.load({ kind: 'any' });
  expect(next.shown()?.left).toEqual(['Password']);
});

it('the chosen way stays, moves with the service, and goes with it', async () => {
  const session = open().parts.session(service);
  await session.load({ kind: 'any' });
  await session.go(gateway.address);
  const { parts, work } = open();
  const next = parts.session(service);
  await next.load({ kind: 'any' });
  expect([next.called, next.view().notes]).toEqual([gateway, []]);
  await work.move(service.address, 'https://h/new');
  expect(stored.get(testWaysKey)).toEqual([{ service: 'https://h/new', way: gateway.address }]);
  await work.forget('https://h/new');
  expect(stored.get(testWaysKey)).toEqual([]);
});

it('a way that is gone is told of once, by its address', async () => {
  ways = [];
  stored.set(testWaysKey, [{ service: service.address, way: gateway.address }]);
  const session = open().parts.session(service);
  await session.load({ kind: 'any' });
  expect([session.called, session.view().notes]).toEqual([
    service, ['The chosen way, https://gateway/s, is gone: the test goes to the service itself.'],
  ]);
  const next = open().parts.session(service);
  await next.load({ kind: 'any' });
  expect(next.view().notes).toEqual([]);
});

function isParts(value: unknown): value is TestWorkParts {
  return isObject(value);
}
