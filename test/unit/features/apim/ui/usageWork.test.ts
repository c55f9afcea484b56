// "Usage" and "Who Is Being Throttled?" in a window: from a line or from the palette to the page, and what is meant by what was picked.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import { nodeOfScope } from '../../../../../src/features/apim/policyLines';
import { UsageWork } from '../../../../../src/features/apim/ui/usageWork';
import type { UsageState } from '../../../../../src/features/apim/usage/messages';
import { messageOf } from '../../../../../src/model/errors';
import { instance } from '../definitions';
import { FakeArm } from '../fakeArm';
import { editor, pages } from './publishEditor';

vi.mock('vscode', async () => (await import('./publishEditor')).vscode);
vi.mock('../../../../../src/ui/initialisePanel', async () => (await import('./publishEditor')).initialisePanel);

const isParts = (value: unknown): value is ConstructorParameters<typeof UsageWork>[0] => isObject(value);
const isState = (value: unknown): value is UsageState => isObject(value) && value['type'] === 'usage';
let work: UsageWork;

beforeEach(() => {
  const arm = new FakeArm();
  [pages.told, editor.ran, editor.answers, editor.notified] = [[], [], [], []];
  arm.set('/apis/demo', { displayName: 'Demo API', path: 'demo' });
  arm.set('/apis/demo/operations/rrs', { displayName: 'RRS Execute', method: 'POST', urlTemplate: '/score' });
  arm.set('/products/starter', { displayName: 'Starter' });
  arm.set('/subscriptions/team', { displayName: 'Team', scope: '/products/starter', state: 'active' });
  const parts: unknown = {
    context: { extensionUri: {} }, arms: () => Promise.resolve(arm), pickInstance: () => Promise.resolve(instance), opener: () => Promise.reject(new Error('None.')),
    findInstance: () => Promise.resolve(undefined),
    reporter: {
      actions: { has: () => false, pageLabels: () => ({}) }, describe: (error: unknown) => ({ sentence: messageOf(error) }), run: (run: () => Promise<void>) => run(),
    },
  };
  expect.assert(isParts(parts));
  work = new UsageWork(parts);
});

/** The last that the page was told; it listens from now on. */
async function shown(): Promise<UsageState> {
  pages.onMessage({ type: 'ready', zone: 'UTC' });
  await new Promise((done) => setTimeout(done));
  const last = pages.told.findLast(isState);
  expect.assert(last);
  return last;
}

describe('usage', () => {
  it('is that of the line', async () => {
    await work.usage(nodeOfScope(instance, { kind: 'product', product: 'starter' }, 'Starter'));
    expect(await shown()).toMatchObject({ title: 'Usage of Product Starter', part: 'charts', place: { instance: instance.id, ids: { product: 'starter' } } });
    await work.usage({ kind: 'instance', instance, from: 'azure', parent: undefined });
    expect(await shown()).toMatchObject({ title: 'Usage of contoso', place: { ids: {} } });
  });

  it.each([
    [[0], {}, 'Usage of contoso'], [[1], { product: 'starter' }, 'Usage of Product Starter'], [[2, 0], { api: 'demo' }, 'Usage of API Demo API'],
    [[2, 1], { api: 'demo', operation: 'rrs' }, 'Usage of RRS Execute of API Demo API'], [[3], { subscription: 'team' }, 'Usage of Subscription Team'],
  ] as const)('is that of what is picked in the palette: %o', async (answers, ids, title) => {
    editor.answers.push(...answers);
    await work.usage(undefined);
    expect(await shown()).toMatchObject({ title, place: { ids } });
  });

  it('is left by Esc', async () => {
    await expect(work.usage(undefined)).rejects.toThrow('Cancelled');
    expect(pages.told).toEqual([]);
  });
});

it('who is throttled is asked of the instance in the palette, and of the line in the tree', async () => {
  await work.throttled(undefined);
  expect(await shown()).toMatchObject({ title: 'Usage of contoso', part: 'throttled', turn: 1 });
  await work.throttled(nodeOfScope(instance, { kind: 'api', api: 'demo' }, 'Demo API'));
  expect(await shown()).toMatchObject({ title: 'Usage of API Demo API', part: 'throttled' });
});
