// Publishing into Sample API Management: what is there afterwards, faults on the way, a call through the gateway, and undoing.

import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiChoices, ApiDefinition } from '../../../../../src/features/apim/definition/definition';
import { acceptConflicts, apply } from '../../../../../src/features/apim/publish/apply';
import { checkOperations, findDrift } from '../../../../../src/features/apim/publish/drift';
import { gatewayService } from '../../../../../src/features/apim/publish/gatewayService';
import { PublishJournal } from '../../../../../src/features/apim/publish/journal';
import { makePlan } from '../../../../../src/features/apim/publish/plan';
import { newPublishing, phaseOf } from '../../../../../src/features/apim/publish/publishing';
import { PublishSteps } from '../../../../../src/features/apim/publish/steps';
import { decided } from '../../../../../src/features/apim/publish/takenPath';
import { undo } from '../../../../../src/features/apim/publish/undo';
import type { Arm } from '../../../../../src/model/arm';
import { toService } from '../../../../../src/protocols/newService';
import { MemoryBox } from '../../../../unit/base/secretBox';
import { startRunning, token, type Running } from '../../../sample/apim/armClient';
import { clientAt, definitionOf, instanceAt, planned, publishKey, serviceKey, still } from './samplePublishing';

let running: Running;
let arm: Arm;
let close: () => void;

beforeEach(async () => {
  running = await startRunning();
  ({ arm, close } = clientAt({ endpoint: running.apim.place.endpoint, token }));
});
afterEach(async () => {
  close();
  await running.apim.stop();
});

const instance = (): ReturnType<typeof instanceAt> => instanceAt({ endpoint: running.apim.place.endpoint, gateway: running.apim.gatewayUrl });
const all = (): Readonly<Record<string, unknown>> => Object.fromEntries(running.apim.store.state().resources.map(({ path, properties }) => [path, properties]));

function memoryJournal(): { readonly journal: PublishJournal; readonly written: string[] } {
  const texts = new Map<string, string>();
  const written: string[] = [];
  const files = {
    list: () => Promise.resolve([...texts.keys()]), read: (path: string) => Promise.resolve(texts.get(path)),
    write: (path: string, text: string) => Promise.resolve(void (written.push(text), texts.set(path, text))),
    remove: (path: string) => Promise.resolve(void texts.delete(path)),
  };
  return { journal: new PublishJournal(files, new MemoryBox()), written };
}

const definition = (choices: Partial<ApiChoices> = {}): Promise<ApiDefinition> => definitionOf('http://127.0.0.1:9', choices);
const kinds: readonly (readonly [string, Partial<ApiChoices>])[] = [
  ['a product that is there', {}],
  ['a new product', { product: { kind: 'new', id: 'demo', displayName: 'Demo' }, cors: { origins: ['https://a.example'] } }],
  ['short paths', { shortPaths: true, rateLimit: { calls: 3, seconds: 30, by: 'ip' } }],
];

describe.each(kinds)('with %s', (_, choices) => {
  it('makes what is defined, differs in nothing afterwards, and takes all of it back', async () => {
    const before = all();
    const wanted = await definition(choices);
    const { journal, written } = memoryJournal();
    const steps = await planned(arm, instance(), wanted, journal);
    await apply(steps, still());
    expect(phaseOf(steps.publishing)).toBe('done');
    expect(await checkOperations(arm, instance(), wanted, still())).toEqual({ missing: [], others: [] });
    expect(await findDrift(arm, instance(), wanted, still())).toEqual([]);
    expect((await makePlan(arm, instance(), wanted, still())).items.filter(({ action }) => action !== 'leave')).toEqual([]);
    await undo(steps, still());
    expect(new Set(steps.publishing.steps.map(({ state }) => state))).toEqual(new Set(['undone']));
    expect(all()).toEqual(before);
    for (const secret of [serviceKey, token]) expect(written.join('')).not.toContain(secret);
  });
});

it('callers reach the service through the gateway with their own key, to which the service’s key is added', async () => {
  const came: string[] = [];
  const backend = createServer((request, response) => {
    came.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    response.setHeader('content-type', 'application/json').end('{"Results":{}}');
  });
  await new Promise<void>((done) => backend.listen(0, '127.0.0.1', done));
  try {
    const address = backend.address();
    const wanted = await definitionOf(`http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`);
    const steps = await planned(arm, instance(), wanted, memoryJournal().journal);
    await apply(steps, still());
    const through = gatewayService(wanted, instance());
    if (!through.ok) throw new Error(through.reason);
    const { body } = await arm.post(`${instance().id}/subscriptions/team-a/listSecrets`, undefined, { signal: still() });
    const key = String(Object.entries(body ?? {}).find(([name]) => name === 'primaryKey')?.[1]);
    const url = `${toService(through.service).address}/execute?api-version=2.0&details=true`;
    const call = (headers: Record<string, string>): Promise<Response> => fetch(url, { method: 'POST', body: '{}', headers });
    expect((await call({})).status).toBe(401);
    expect((await call({ 'Ocp-Apim-Subscription-Key': key })).status).toBe(200);
    expect(came).toEqual([expect.stringMatching(new RegExp(`^POST /workspaces/.*/execute\\?.* Bearer ${serviceKey}$`))]);
  } finally {
    backend.closeAllConnections();
    await new Promise((done) => backend.close(done));
  }
});

it.each(['update', 'revision'] as const)('a suffix that is taken: %s', async (kind) => {
  const own = instance();
  await arm.put(`${own.id}/apis/other`, { properties: { displayName: 'Other', path: 'azureml-demo', protocols: ['https'] } }, { signal: still() });
  await arm.put(`${own.id}/products/starter/apis/other`, undefined, { signal: still() });
  // What is below the current revision comes along with a new one.
  for (const [id, displayName] of [['rrs-execute', 'Score'], ['extra', 'Extra']] as const) {
    const properties = { displayName, method: 'POST', urlTemplate: `/${id}`, templateParameters: [] };
    await arm.put(`${own.id}/apis/other/operations/${id}`, { properties }, { signal: still() });
  }
  const value = '<policies><inbound><base /><set-header name="x" exists-action="delete" /></inbound></policies>';
  await arm.put(`${own.id}/apis/other/policies/policy`, { properties: { format: 'rawxml', value } }, { signal: still() });
  const before = all();
  const first = await definition();
  const conflict = (await makePlan(arm, own, first, still())).items.find(({ action }) => action === 'conflict');
  expect(conflict?.offers?.map((each) => each.kind)).toEqual(['update', 'revision']);
  const wanted = await decided({ arm, instance: own, options: { signal: still() } }, first, { kind, apiId: 'other', name: '' });
  const steps = await planned(arm, own, wanted, memoryJournal().journal);
  await apply(steps, still());
  expect(phaseOf(steps.publishing)).toBe('done');
  expect((await findDrift(arm, own, wanted, still())).map(({ state, name }) => `${state} ${name}`)).toEqual(['beside Extra']);
  const path = `/apis/${kind === 'update' ? 'other' : 'other%3Brev%3D2'}/operations/rrs-execute`;
  expect(steps.step(path)).toMatchObject({ action: 'change', state: 'done' });
  await undo(steps, still());
  expect(new Set(steps.publishing.steps.filter(({ action }) => action !== 'leave').map(({ state }) => state))).toEqual(new Set(['undone']));
  expect(Object.keys(all()).sort()).toEqual(Object.keys(before).sort());
});

it('a second API of the same service takes nothing from the callers of the first', async () => {
  const own = instance();
  const first = await planned(arm, own, await definition(), memoryJournal().journal);
  await apply(first, still());
  const before = all()['/subscriptions/team-a'];
  const second = await planned(arm, own, await definition({
    apiId: 'second', displayName: 'Second', path: 'second', product: { kind: 'new', id: 'second', displayName: 'Second' },
  }), memoryJournal().journal);
  await apply(second, still());
  expect(phaseOf(second.publishing)).toBe('done');
  expect(second.step('/subscriptions/team-a')).toMatchObject({ action: 'conflict', state: 'planned', notes: [{ code: 'scopeMoves' }] });
  expect(all()['/subscriptions/team-a']).toEqual(before);
});

describe('a fault at each write', () => {
  it.each([
    'cut', 'longPoll', 'poll404', 'pollError', 'empty404', 'conflict', 'throttle', 'expired', 'foreignLocation', 'error500', 'forbidden',
  ])('%s: carrying on finishes, and undoing leaves nothing behind', async (fault) => {
    const before = Object.keys(all()).sort();
    const wanted = await definition();
    const steps = await planned(arm, instance(), wanted, memoryJournal().journal);
    // Each step meets the fault once, in the order in which they are taken.
    const through = async (method: string, goal: string, paths: readonly string[], work: () => Promise<void>): Promise<void> => {
      for (const match of paths) {
        await running.fault({ fault, method: fault.startsWith('poll') ? 'GET' : method, match, count: 1 });
        await work().catch(() => undefined);
      }
      await work().catch(() => undefined);
      await work();
      expect(phaseOf(steps.publishing)).toBe(goal);
    };
    const paths = steps.publishing.steps.map(({ path }) => path);
    await through('PUT', 'done', paths, () => apply(steps, still()));
    expect(Object.keys(all())).toHaveLength(before.length + steps.publishing.steps.filter(({ action }) => action === 'make').length);
    await through('DELETE', 'undone', [...paths].reverse(), () => undo(steps, still()));
    expect(Object.keys(all()).sort()).toEqual(before);
  });

  it('stale: it is shown, and written only when the person wants that', async () => {
    const steps = await planned(arm, instance(), await definition(), memoryJournal().journal);
    await running.fault({ fault: 'stale', method: 'PUT', match: '/products/starter/policies', count: 1 });
    await apply(steps, still());
    expect(steps.publishing.steps.find(({ state }) => state === 'conflict')).toMatchObject({ kind: 'productPolicy', notes: [{ code: 'changedMeanwhile' }] });
    await acceptConflicts(steps);
    await apply(steps, still());
    expect(phaseOf(steps.publishing)).toBe('done');
  });

  it('an account that may only read is told before anything is written', async () => {
    const wanted = await definition();
    const publishing = newPublishing(publishKey, 1, instance(), wanted, await makePlan(arm, instance(), wanted, still()));
    const before = all();
    await running.fault({ fault: 'forbidden', method: 'PUT', count: 1 });
    const steps = new PublishSteps({ arm, journal: memoryJournal().journal, askServiceKey: () => Promise.resolve(serviceKey) }, publishing);
    await expect(apply(steps, still())).rejects.toMatchObject({ reason: 'forbidden' });
    expect(all()).toEqual(before);
  });
});
