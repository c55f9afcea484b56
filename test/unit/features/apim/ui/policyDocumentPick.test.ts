// Which policy is edited: that of the line of the section, or that of what a person picks.

import { beforeEach, expect, it, vi } from 'vitest';
import type { PolicyScope } from '../../../../../src/features/apim/policy/policyScope';
import { nodeOfScope } from '../../../../../src/features/apim/policyLines';
import { pickPolicy, policyOfLine } from '../../../../../src/features/apim/ui/policyDocumentPick';
import { instance } from '../definitions';
import { FakeArm } from '../fakeArm';
import { editor, vscode } from './publishEditor';

vi.mock('vscode', async () => (await import('./publishEditor')).vscode);

let arm: FakeArm;
const parts = { arms: () => Promise.resolve(arm), pickInstance: () => Promise.resolve(instance) };
const label = (choice: unknown): unknown => Reflect.get(Object(choice), 'label');

beforeEach(() => {
  arm = new FakeArm();
  editor.answers = [];
  arm.set('/apis/demo', { displayName: 'Demo API', path: 'demo' });
  arm.set('/apis/demo/operations/rrs', { displayName: 'RRS Execute', method: 'POST', urlTemplate: '/score' });
  arm.set('/apis/empty', { displayName: 'Empty API', path: 'empty' });
  arm.set('/products/starter', { displayName: 'Starter' });
});

it.each([
  [[0], 'All APIs', '/policies/policy'],
  [[1], 'Starter', '/products/starter/policies/policy'],
  [[2, 0], 'Demo API', '/apis/demo/policies/policy'],
  [[2, 1], 'Demo API/RRS Execute', '/apis/demo/operations/rrs/policies/policy'],
  [[3], 'Empty API', '/apis/empty/policies/policy'],
])('is that of what is picked: %o', async (answers, name, path) => {
  editor.answers = [...answers];
  expect(await pickPolicy(parts)).toMatchObject({ scheme: 'azureml-policy', path: expect.stringMatching(`/${name}\\.policy\\.xml$`), query: `${instance.id}${path}` });
  expect(editor.answers).toEqual([]);
});

it('is none where a person leaves', async () => {
  await expect(pickPolicy(parts)).rejects.toThrow('Cancelled');
});

it('may be one of a thousand, and more are told of', async () => {
  const asked = vi.spyOn(vscode.window, 'showQuickPick');
  for (let each = 2; each < 1000; each += 1) arm.set(`/apis/api-${each}`, { displayName: `API ${each}`, path: `p${each}` });
  await expect(pickPolicy(parts)).rejects.toThrow();
  expect([editor.picked.length, asked.mock.calls.at(-1)?.at(1)]).toMatchObject([1002, { placeHolder: 'An API, a product, or all APIs' }]);
  arm.set('/apis/last', { displayName: 'Last', path: 'last' });
  await expect(pickPolicy(parts)).rejects.toThrow();
  expect([editor.picked.length, editor.picked.map(label).includes('Last')]).toEqual([1002, false]);
  expect(asked.mock.calls.at(-1)?.at(1)).toMatchObject({ placeHolder: 'Only the first 1,000 are listed; the sidebar has all of them' });
});

it('is that of a line, named by what stands above it', () => {
  const scope: PolicyScope = { kind: 'operation', api: 'demo', operation: 'rrs' };
  expect(policyOfLine(nodeOfScope(instance, scope, 'RRS'))).toMatchObject({ path: expect.stringMatching(/\/demo\/RRS\.policy\.xml$/), query: `${instance.id}/apis/demo/operations/rrs/policies/policy` });
  expect(policyOfLine({ kind: 'list', list: 'products', instance, parent: undefined })).toBeUndefined();
  expect(policyOfLine(undefined)).toBeUndefined();
});
