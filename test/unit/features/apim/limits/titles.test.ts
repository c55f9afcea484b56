// What the form of limits is called: by kind and name, before anything is read, after it, and after a reload.

import { expect, it } from 'vitest';
import { formTitle } from '../../../../../src/features/apim/limits/limitsWords';
import { LimitsSession } from '../../../../../src/features/apim/limits/session';
import type { PolicyScope } from '../../../../../src/features/apim/policy/policyScope';
import { messageOf } from '../../../../../src/model/errors';
import { instance } from '../definitions';
import { FakeArm } from '../fakeArm';

const api: PolicyScope = { kind: 'api', api: 'scores' };
const product: PolicyScope = { kind: 'product', product: 'scores' };
const operation: PolicyScope = { kind: 'operation', api: 'scores', operation: 'execute' };

it('says of what kind it is, since publishing gives an API and its product the same name', () => {
  expect([formTitle({ kind: 'allApis' }, '', undefined), formTitle(api, 'Scores', undefined), formTitle(product, 'Scores', undefined)]).toEqual([
    'Limit Calls of All APIs', 'Limit Calls of API Scores', 'Limit Calls of Product Scores',
  ]);
  expect([formTitle(operation, 'Execute', 'Scores'), formTitle(operation, 'Execute', undefined)]).toEqual([
    'Limit Calls of Operation Execute of Scores', 'Limit Calls of Operation Execute',
  ]);
});

it('is known from the line that was clicked, and after a reload once it is read', async () => {
  const arm = new FakeArm();
  arm.set('/apis/scores', { displayName: 'Scores' });
  arm.set('/apis/scores/operations/execute', { displayName: 'Execute' });
  const session = (titles: readonly string[]): LimitsSession => new LimitsSession(
    { arms: () => Promise.resolve(arm), now: () => 0, changed: () => undefined, describe: (error) => ({ sentence: messageOf(error) }) },
    { instance: { ...instance, sku: 'Developer' }, scope: operation, titles },
  );
  expect(session(['Scores', 'Execute']).view().title).toBe('Limit Calls of Operation Execute of Scores');
  const reloaded = session([]);
  expect(reloaded.view().title).toBe('Limit Calls');
  await reloaded.load();
  expect(reloaded.view().title).toBe('Limit Calls of Operation Execute of Scores');
});
