// What differs from a definition some time later, and how members are compared.

import { describe, expect, it } from 'vitest';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { differences, mergedWith, scopeEnd } from '../../../../../src/features/apim/publish/compare';
import { checkOperations, findDrift } from '../../../../../src/features/apim/publish/drift';
import { instance, someDefinition, starterPolicy } from '../definitions';
import { instanceId, type FakeArm } from '../fakeArm';
import { Computer, still } from './publishTools';

async function published(): Promise<FakeArm> {
  const computer = new Computer();
  await apply(await computer.planned(), still());
  return computer.arm;
}

describe('drift', () => {
  it('is nothing right after publishing, in which nothing is written', async () => {
    const arm = await published();
    arm.calls.length = 0;
    expect(await findDrift(arm, instance, someDefinition(), still())).toEqual([]);
    expect(arm.calls.filter((call) => /^(?:PUT|DELETE|POST)/.test(call))).toEqual([]);
  });

  it('is what is missing, differs, or was added', async () => {
    const arm = await published();
    arm.take('/apis/azureml-demo/operations/bes-delete');
    arm.set('/apis/azureml-demo/operations/extra', { displayName: 'Extra' });
    arm.set('/apis/azureml-demo', { ...arm.there('/apis/azureml-demo'), serviceUrl: 'https://other.example' });
    arm.set('/products/starter/policies/policy', { format: 'rawxml', value: starterPolicy });
    const drifts = await findDrift(arm, instance, someDefinition(), still());
    expect(drifts.map(({ key, state, members }) => [key, state, members])).toEqual([
      ['/apis/azureml-demo', 'differs', [{ path: 'serviceUrl', there: 'https://other.example', wanted: 'https://region.example' }]],
      ['/apis/azureml-demo/operations/bes-delete', 'missing', []],
      ['/products/starter/policies/policy', 'differs', []],
      ['/apis/azureml-demo/operations/extra', 'beside', []],
    ]);
    expect(drifts[2]).toMatchObject({ there: { text: starterPolicy }, wanted: { text: starterPolicy.replace('"5"', '"20"') } });
  });

  it('is all that is missing where nothing is there', async () => {
    const drifts = await findDrift(new Computer().arm, instance, someDefinition(), still());
    expect(drifts.filter(({ state }) => state === 'missing')).toHaveLength(10);
  });

  it('of operations is found by their list alone', async () => {
    const arm = await published();
    expect(await checkOperations(arm, instance, someDefinition(), still())).toEqual({ missing: [], others: [] });
    arm.take('/apis/azureml-demo/operations/bes-delete');
    arm.set('/apis/azureml-demo/operations/extra', { displayName: 'Extra' });
    arm.calls.length = 0;
    expect(await checkOperations(arm, instance, someDefinition(), still())).toEqual({ missing: ['BES Delete'], others: ['Extra'] });
    expect(new Set(arm.calls)).toEqual(new Set(['LIST /apis/azureml-demo/operations']));
  });
});

describe('comparing', () => {
  it.each([
    ['api', { path: '/a' }, { path: 'a' }, []],
    ['api', { path: 'a' }, { path: 'b' }, ['path']],
    ['api', {}, { format: 'openapi', value: 'x' }, []],
    ['namedValue', {}, { value: 'x' }, []],
    ['subscription', { scope: `${instanceId}/products/Starter` }, { scope: '/products/starter' }, []],
    ['subscription', { scope: `${instanceId}/` }, { scope: '/apis' }, ['scope']],
    ['operation', { request: null, templateParameters: [{ name: 'a', values: [] }] }, { request: {}, templateParameters: [{ name: 'a' }] }, []],
    ['operation', { responses: [{ statusCode: 200 }] }, { responses: [{ statusCode: 200 }, { statusCode: 404 }] }, ['responses']],
    ['operation', { responses: [{ statusCode: 200 }] }, { responses: [{ statusCode: 201 }] }, ['responses[0].statusCode']],
    ['product', { displayName: 'A', description: null }, { displayName: 'A', description: '' }, []],
  ] as const)('%s: %o against %o', (kind, there, wanted, paths) => {
    expect(differences(kind, there, wanted).map(({ path }) => path)).toEqual(paths);
  });

  it('keeps members of parameters that are the same by name', () => {
    const there = { templateParameters: [{ name: 'b', values: ['x'] }, { name: 'a', type: 'string' }], own: 1, primaryKey: 'k', provisioningState: 'x' };
    expect(mergedWith('operation', there, { templateParameters: [{ name: 'a', required: true }, { name: 'b' }] })).toEqual({
      templateParameters: [{ name: 'a', type: 'string', required: true }, { name: 'b', values: ['x'] }], own: 1,
    });
  });

  it.each([
    ['/products/Starter', '/products/starter'], [`${instanceId}/products/a/`, '/products/a'], [instanceId, ''], [`${instanceId}/`, ''],
  ])('the scope %s ends in %j', (scope, end) => {
    expect(scopeEnd(scope)).toBe(end);
  });
});
