// What a person chooses of a plan, and what becomes of it: choices that come at once, those that go together, and new revisions.

import { describe, expect, it } from 'vitest';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { choose, missingFor, phaseOf } from '../../../../../src/features/apim/publish/publishing';
import { PublishSession } from '../../../../../src/features/apim/publish/session';
import { messageOf } from '../../../../../src/model/errors';
import { serviceKey, someDefinition, usualArm } from '../definitions';
import { Computer, still } from './publishTools';

const productPolicy = '/products/starter/policies/policy';
const writes = ({ arm }: Computer): readonly string[] => arm.calls.filter((call) => /^(?:PUT|DELETE)/.test(call));

async function session(computer = new Computer()): Promise<PublishSession> {
  const { publishing } = await computer.planned();
  return new PublishSession({
    arms: () => Promise.resolve(computer.arm), journal: computer.journal(), askServiceKey: () => Promise.resolve(serviceKey),
    describe: (error) => ({ sentence: messageOf(error) }), finish: () => Promise.resolve(undefined), known: () => undefined,
  }, publishing);
}

describe('choosing', () => {
  it('leaves out what needs what is left out, and takes in what is needed', async () => {
    const { publishing: { steps } } = await new Computer().planned(someDefinition('new'));
    const without = choose(steps, '/apis/azureml-demo', false);
    expect(without.filter(({ chosen }) => !chosen).map(({ kind }) => kind)).toEqual(['api', ...Array.from({ length: 5 }, () => 'operation'), 'apiPolicy', 'productApi']);
    const operation = without.find(({ kind }) => kind === 'operation');
    expect(operation && missingFor(without, operation).map(({ kind }) => kind)).toEqual(['api']);
    const back = choose(without, '/apis/azureml-demo/operations/bes-start', true);
    expect(back.filter(({ chosen }) => chosen).map(({ kind }) => kind)).toEqual(['namedValue', 'api', 'operation', 'product', 'productPolicy', 'subscription']);
    expect(choose(without, '/apis/azureml-demo', true)).toEqual(steps.map((step) => (step.chosen ? { ...step, leftOutWith: undefined } : step)));
  });

  it('only what is chosen is written', async () => {
    const computer = new Computer();
    const planned = await computer.planned();
    const publishing = { ...planned.publishing, steps: choose(planned.publishing.steps, '/apis/azureml-demo', false) };
    const steps = computer.steps(publishing, computer.journal());
    await apply(steps, still());
    expect(writes(computer)).toEqual(['PUT /namedValues/azureml-demo-key', `PUT ${productPolicy}`, 'PUT /subscriptions/team-a']);
    expect(phaseOf(steps.publishing)).toBe('done');
  });

  it('cannot take what depends on a conflict', async () => {
    const arm = usualArm();
    arm.set('/apis/other', { displayName: 'Other', path: 'azureml-demo' });
    const { publishing: { steps } } = await new Computer(arm).planned();
    expect(steps.filter(({ chosen }) => chosen).map(({ kind }) => kind)).toEqual([]);
    expect(choose(steps, '/apis/azureml-demo/operations/bes-start', true)).toEqual(steps);
  });
});

describe('a session', () => {
  it('loses none of several choices that come at once, and begins with all of them', async () => {
    const computer = new Computer();
    const now = await session(computer);
    const keys = ['/subscriptions/team-a', '/products/starter/policies/policy', '/products/starter/apis/azureml-demo'];
    const all = keys.map((key) => now.choose(key, false));
    expect(now.view().left).toBe(8);
    await Promise.all([...all, now.apply()]);
    expect(now.view()).toMatchObject({ phase: 'done', taken: 8 });
    for (const key of keys) expect(computer.arm.calls).not.toContain(`PUT ${key}`);
    expect((await computer.found()).publishing).toEqual(now.publishing);
  });

  it('brings back what a line has taken along, and nothing else', async () => {
    const computer = new Computer();
    const now = await session(computer);
    await now.choose('/apis/azureml-demo/policies/policy', false);
    await now.choose('/apis/azureml-demo', false);
    expect(now.view().left).toBe(3);
    expect((await computer.found()).step('/apis/azureml-demo/operations/bes-start').leftOutWith).toBe('/apis/azureml-demo');
    await now.choose('/apis/azureml-demo', true);
    expect(now.publishing.steps.filter(({ chosen }) => !chosen).map(({ kind }) => kind)).toEqual(['apiPolicy']);
    await now.choose('/apis/azureml-demo/policies/policy', true);
    await now.choose('/apis/azureml-demo/operations/rrs-execute', false);
    await now.choose('/apis/azureml-demo/operations/rrs-execute', true);
    expect(now.view().left).toBe(11);
  });

  it('does nothing at all while it is not decided what becomes of the API', async () => {
    const arm = usualArm();
    arm.set('/apis/other', { displayName: 'Other', path: 'azureml-demo' });
    const now = await session(new Computer(arm));
    expect(now.view()).toMatchObject({ left: 0, phase: 'review' });
    expect(now.view().lines[0]).toMatchObject({
      chosen: false, open: false, why: 'It waits until the conflict of "AzureML Demo API" (API) is decided.',
    });
    await now.choose('/namedValues/azureml-demo-key', true);
    await now.apply();
    expect(arm.calls.filter((call) => call.startsWith('PUT'))).toEqual([]);
  });

  it('makes a revision in one go although it begins as a copy of the current one, and takes it back', async () => {
    const arm = usualArm();
    arm.set('/apis/other', { displayName: 'Other', path: 'azureml-demo' });
    arm.set('/products/starter/apis/other', {});
    arm.set('/apis/other/operations/bes-start', { displayName: 'Old' });
    arm.set('/apis/other/operations/extra', { displayName: 'Extra' });
    const before = arm.all();
    const now = await session(new Computer(arm));
    arm.around = ({ verb, path, when }) => {
      if (verb !== 'PUT' || when !== 'after' || path !== '/apis/other%3Brev%3D2') return;
      for (const id of ['bes-start', 'extra']) arm.set(`${path}/operations/${id}`, { ...arm.there(`/apis/other/operations/${id}`) });
    };
    await now.decide('/apis/azureml-demo', 'revision');
    await now.apply();
    expect(now.view().phase).toBe('done');
    expect(now.publishing.steps.find(({ path }) => path.endsWith('/bes-start'))).toMatchObject({ action: 'change', state: 'done', notes: [] });
    await now.undo();
    expect(now.view().phase).toBe('undone');
    expect(arm.all()).toEqual(before);
  });

  it('keeps a revision to which somebody has added an operation', async () => {
    const arm = usualArm();
    arm.set('/apis/other', { displayName: 'Other', path: 'azureml-demo' });
    arm.set('/products/starter/apis/other', {});
    const now = await session(new Computer(arm));
    await now.decide('/apis/azureml-demo', 'revision');
    await now.apply();
    arm.set('/apis/other%3Brev%3D2/operations/extra', { displayName: 'Extra' });
    await now.undo();
    expect(now.publishing.steps.find(({ kind }) => kind === 'api')).toMatchObject({ state: 'kept', kept: 'holdsOthers' });
  });

  it('says nothing of a conflict any more once it is over', async () => {
    const computer = new Computer();
    const now = await session(computer);
    computer.arm.set('/products/starter/policies/policy', { format: 'rawxml', value: '<policies><inbound><base /></inbound></policies>' });
    await now.apply();
    const notes = (): readonly string[] => now.view().lines.flatMap((line) => line.notes);
    expect(notes()).toEqual([expect.stringContaining('Somebody has changed it')]);
    await now.apply();
    expect(notes()).toEqual([]);
    await now.undo();
    expect(notes()).toEqual([]);
  });
});
