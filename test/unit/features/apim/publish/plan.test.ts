// What a plan says of what is there.

import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../../../src/features/apim/publish/plan';
import type { Plan, PlanItem } from '../../../../../src/features/apim/publish/items';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { decided, retarget } from '../../../../../src/features/apim/publish/takenPath';
import { publishView } from '../../../../../src/features/apim/publish/publishView';
import { pollingCost } from '../../../../../src/features/apim/publish/inherited';
import { Cancelled } from '../../../../../src/model/errors';
import { apiPolicyText, instance, someDefinition, starterPolicy, usualArm } from '../definitions';
import { instanceId, type FakeArm } from '../fakeArm';
import { Computer, still } from './publishTools';

const planOf = (arm: FakeArm, definition = someDefinition()): Promise<Plan> => makePlan(arm, instance, definition, still());
const item = ({ items }: Plan, path: string): PlanItem => {
  const found = items.find((each) => each.path === path);
  if (!found) throw new Error(`There is no ${path}.`);
  return found;
};
const brief = ({ items }: Plan): readonly string[] => items.map(({ action, kind }) => `${action} ${kind}`);

/** An instance to which it was published. */
async function published(definition = someDefinition()): Promise<FakeArm> {
  const computer = new Computer();
  await apply(await computer.planned(definition), still());
  computer.arm.calls.length = 0;
  return computer.arm;
}

describe('a plan', () => {
  it('makes what is not there and changes what is shared, without reading below what is not there', async () => {
    const arm = usualArm();
    const plan = await planOf(arm);
    expect(brief(plan)).toEqual([
      'make namedValue', 'make api', ...Array.from({ length: 5 }, () => 'make operation'), 'make apiPolicy', 'change productPolicy', 'make productApi',
      'make subscription',
    ]);
    expect(arm.calls).toEqual([
      'GET /namedValues/azureml-demo-key', 'GET /apis/azureml-demo', 'LIST /apis', 'GET /products/starter/policies/policy', 'GET /subscriptions/team-a',
      'LIST /products/starter/apis', 'LIST /subscriptions', 'GET /policies/policy',
    ]);
  });

  it('changes of a shared policy nothing but the values', async () => {
    const { before, after, etag } = item(await planOf(usualArm()), '/products/starter/policies/policy');
    expect(before).toEqual({ kind: 'policy', text: starterPolicy });
    expect(after).toEqual({ kind: 'policy', text: starterPolicy.replace('calls="5"', 'calls="20"') });
    expect(etag).toMatch(/^"e\d+"$/);
  });

  it.each(['existing', 'new'] as const)('leaves all of what was published before (product: %s)', async (product) => {
    const plan = await planOf(await published(someDefinition(product)), someDefinition(product));
    expect(plan.items.filter(({ action }) => action !== 'leave')).toEqual([]);
    expect(item(plan, '/namedValues/azureml-demo-key').notes).toEqual([{ code: 'secretKept' }]);
  });

  it('keeps what it does not know of what it changes', async () => {
    const arm = await published();
    arm.set('/apis/azureml-demo', { ...arm.there('/apis/azureml-demo'), displayName: 'Other', newMember: { deep: 1 }, provisioningState: 'Succeeded' });
    const { action, after } = item(await planOf(arm), '/apis/azureml-demo');
    expect(action).toBe('change');
    expect(after).toEqual({ kind: 'json', properties: {
      displayName: 'AzureML Demo API', newMember: { deep: 1 }, path: 'azureml-demo', protocols: ['https'], serviceUrl: 'https://region.example', subscriptionRequired: true,
    } });
  });

  it('changes a policy of its own by its limits, and leaves what others have put beside them', async () => {
    const arm = await published(someDefinition('new'));
    const path = '/products/demo-callers/policies/policy';
    const now = String(arm.there(path)?.['value']);
    arm.set(path, { format: 'rawxml', value: now.replace('calls="20"', 'calls="7"') });
    expect(item(await planOf(arm, someDefinition('new')), path)).toMatchObject({ action: 'change', after: { text: now }, notes: [] });
    arm.set(path, { format: 'rawxml', value: now.replace('<base />', '<base /><cors />') });
    expect(item(await planOf(arm, someDefinition('new')), path)).toMatchObject({ action: 'leave', notes: [] });
    expect(item(await planOf(await published()), '/apis/azureml-demo/policies/policy').before).toEqual(
      { kind: 'policy', text: apiPolicyText.replaceAll('  ', '\t').replaceAll('\n', '\r\n') });
  });

  it('says what cannot be set in a shared policy', async () => {
    const arm = usualArm();
    arm.set('/products/starter/policies/policy', { format: 'rawxml', value: starterPolicy.replace('"5"', '"{{calls}}"') });
    expect(item(await planOf(arm), '/products/starter/policies/policy')).toMatchObject({
      action: 'leave', notes: [{ code: 'limitLeft', left: { reason: 'namedValue', value: '{{calls}}' } }],
    });
  });

  it('finds a named value that everybody may read, and a key that is suspended', async () => {
    const arm = usualArm();
    arm.set('/namedValues/azureml-demo-key', { displayName: 'azureml-demo-key', secret: false, value: 'plain' });
    arm.set('/subscriptions/team-a', { displayName: 'Team A', scope: `${instanceId}/products/starter`, state: 'suspended' });
    const plan = await planOf(arm);
    expect(item(plan, '/namedValues/azureml-demo-key')).toMatchObject({ action: 'conflict', notes: [{ code: 'valueIsPlain' }] });
    expect(JSON.stringify(plan)).not.toContain('plain"');
    expect(item(plan, '/subscriptions/team-a')).toMatchObject({ action: 'change', after: { properties: { state: 'active' } } });
  });

  it.each([['/products/Other', '/products/other'], ['/apis', '/apis'], ['/apis/echo', '/apis/echo']])(
    'does not move a key that is there for something else: %s', async (scope, from) => {
      const arm = usualArm();
      arm.set('/subscriptions/team-a', { displayName: 'Team A', scope: `${instanceId}${scope}`, state: 'active' });
      const computer = new Computer(arm);
      const steps = await computer.planned();
      const key = steps.step('/subscriptions/team-a');
      expect(key).toMatchObject({ action: 'conflict', chosen: false, notes: [{ code: 'scopeMoves', from, to: '/products/starter' }] });
      await apply(steps, still());
      expect(arm.there('/subscriptions/team-a')).toMatchObject({ scope: `${instanceId}${scope}` });
      expect((await computer.found()).step('/subscriptions/team-a').notes).toEqual(key.notes);
    });

  it('tells who else is touched where a product that is there is changed', async () => {
    const arm = usualArm();
    arm.set('/subscriptions/theirs', { displayName: 'Theirs', scope: `${instanceId}/products/starter`, state: 'active' });
    expect((await planOf(arm)).warnings).toContainEqual({ code: 'sharedProduct', name: 'starter', apis: [] });
    arm.set('/products/starter/apis/echo', { displayName: 'Echo' });
    const computer = new Computer(arm);
    const { publishing } = await computer.planned();
    expect(publishing.warnings).toContainEqual({ code: 'sharedProduct', name: 'starter', apis: ['Echo'] });
    expect((await computer.found()).publishing.warnings).toEqual(publishing.warnings);
    expect(publishView(publishing, {}).warnings[0]).toBe('The product "starter" is changed for the callers of its other APIs too: Echo.');
    await apply(await computer.found(), still());
    expect((await planOf(arm)).warnings.map(({ code }) => code)).not.toContain('sharedProduct');
  });

  it('tells where the service is itself reached through the gateway', async () => {
    const address = 'https://gateway.example/weather/workspaces/w1/services/s1';
    const definition = { ...someDefinition(), service: { name: 'Weather', address } };
    const computer = new Computer();
    const { publishing } = await computer.planned(definition);
    // The page calls the sample's instance what the sidebar calls it.
    expect([publishing.instance, { ...publishing.instance, sample: true, name: 'sample-apim' }].map((instance) =>
      publishView({ ...publishing, instance }, {}).instance)).toEqual([publishing.instance.name, 'Sample API Management']);
    expect(publishView(publishing, {}).warnings[0]).toContain('each call goes through it twice');
    expect((await computer.found()).publishing.warnings).toEqual(publishing.warnings);
    expect((await planOf(usualArm())).warnings.map(({ code }) => code)).not.toContain('behindGateway');
  });

  it('tells of operations that nobody has defined', async () => {
    const arm = await published();
    arm.set('/apis/azureml-demo/operations/extra', { displayName: 'Extra' });
    expect((await planOf(arm)).warnings).toContainEqual({ code: 'operationsBeside', names: ['Extra'] });
  });

  it('stops when it is cancelled', async () => {
    await expect(makePlan(usualArm(), instance, someDefinition(), AbortSignal.abort())).rejects.toThrow(Cancelled);
  });
});

describe('a suffix that another API has', () => {
  const takenArm = (): FakeArm => {
    const arm = usualArm();
    arm.set('/apis/other', { displayName: 'Other API', path: 'AzureML-Demo' });
    return arm;
  };

  it('is a conflict, with the offer to update that API', async () => {
    const plan = await planOf(takenArm());
    expect(item(plan, '/apis/azureml-demo')).toMatchObject({
      action: 'conflict', notes: [{ code: 'pathTaken', path: 'azureml-demo', api: 'Other API', callers: 0 }],
      offers: [{ kind: 'update', apiId: 'other', name: 'Other API' }],
    });
  });

  it('offers a revision where it has callers, by product or by key', async () => {
    for (const [path, properties] of [['/products/starter/apis/other', {}], ['/subscriptions/x', { scope: `${instanceId}/apis/Other` }]] as const) {
      const arm = takenArm();
      arm.set(path, properties);
      expect(item(await planOf(arm), '/apis/azureml-demo').offers?.map(({ kind }) => kind)).toEqual(['update', 'revision']);
    }
  });

  it('is decided for that API, or for the next revision of it', async () => {
    const arm = takenArm();
    arm.set('/apis/other%3Brev%3D2', { path: 'azureml-demo' });
    const place = { arm, instance, options: { signal: still() } };
    const updated = await decided(place, someDefinition(), { kind: 'update', apiId: 'other', name: '' });
    expect(brief(await planOf(arm, updated)).slice(0, 3)).toEqual(['make namedValue', 'change api', 'make operation']);
    expect(updated.resources.every(({ path, dependsOn }) => ![path, ...dependsOn].some((each) => each.includes('/apis/azureml-demo')))).toBe(true);
    const revised = await decided(place, someDefinition(), { kind: 'revision', apiId: 'other', name: '' });
    expect(revised.resources.filter(({ kind }) => kind === 'api' || kind === 'productApi').map(({ path, body }) => [path, body?.['properties']])).toEqual([
      ['/apis/other%3Brev%3D3', expect.objectContaining({ apiRevision: '3' })], ['/products/starter/apis/other', undefined],
    ]);
    expect((await planOf(arm, revised)).items.filter(({ action }) => action === 'conflict')).toEqual([]);
  });

  it('moves a key for the API alone along', () => {
    const definition = someDefinition();
    const keyed = { ...definition, resources: [...definition.resources.slice(0, 2), {
      kind: 'subscription' as const, path: '/subscriptions/a', name: 'A', body: { properties: { scope: '/apis/azureml-demo' } }, dependsOn: ['/apis/azureml-demo'],
    }] };
    expect(retarget(keyed, 'x', '2').resources.at(-1)).toMatchObject({ body: { properties: { scope: '/apis/x' } }, dependsOn: ['/apis/x%3Brev%3D2'] });
  });
});

describe('inherited limits', () => {
  it('are those of the product beyond what was chosen, as they will be, and those of all APIs', async () => {
    const arm = usualArm();
    arm.set('/policies/policy', { format: 'rawxml', value: '<policies><inbound><rate-limit-by-key calls="9" renewal-period="60" counter-key="@(1)" /></inbound></policies>' });
    expect((await planOf(arm)).warnings).toEqual([
      { code: 'inherited', from: { kind: 'product', name: 'Starter' }, limit: { element: 'quota', calls: 100, seconds: 604800, conditional: false } },
      { code: 'inherited', from: { kind: 'allApis' }, limit: { element: 'rate-limit-by-key', calls: 9, seconds: 60, counterKey: '@(1)', conditional: false } },
    ]);
  });

  it('may not be all of them', async () => {
    const arm = usualArm();
    arm.set('/policies/policy', { format: 'rawxml', value: '<policies><inbound>' });
    expect((await planOf(arm)).warnings).toContainEqual({ code: 'notUnderstood', from: { kind: 'allApis' } });
  });

  it.each([
    [{ element: 'quota', calls: 100, seconds: 604800 }, { kind: 'usedUp', minutes: 25 }],
    [{ element: 'quota', calls: 100, seconds: 0 }, { kind: 'usedUp', minutes: 25 }],
    [{ element: 'quota', calls: 100, seconds: 1500 }, { kind: 'fits' }],
    [{ element: 'rate-limit', calls: 3, seconds: 60 }, { kind: 'tooOften' }],
    [{ element: 'rate-limit', calls: 4, seconds: 60 }, { kind: 'fits' }],
    [{ element: 'quota', calls: '{{n}}', seconds: 60 }, { kind: 'fits' }],
    [{ element: 'quota', kilobytes: 5, seconds: 60 }, { kind: 'fits' }],
  ] as const)('%o means for a job that is followed %o', (limit, cost) => {
    expect(pollingCost({ ...limit, conditional: false })).toEqual(cost);
  });
});
