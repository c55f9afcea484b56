// What was made is taken back, what was changed is put back, and what others have touched stays.

import { describe, expect, it } from 'vitest';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { phaseOf } from '../../../../../src/features/apim/publish/publishing';
import type { PublishSteps } from '../../../../../src/features/apim/publish/steps';
import { undo } from '../../../../../src/features/apim/publish/undo';
import { instance, someDefinition, starterPolicy, usualArm } from '../definitions';
import { armFailure } from '../fakeArm';
import { Computer, still } from './publishTools';

const productPolicy = '/products/starter/policies/policy';
const writes = ({ arm }: Computer): readonly string[] => arm.calls.filter((call) => /^(?:PUT|DELETE)/.test(call));
const states = ({ publishing }: PublishSteps): readonly string[] => publishing.steps.map(({ state }) => state);
/** What is there but for what ETags and order tell. */
async function applied(product: 'existing' | 'new' = 'existing'): Promise<{ readonly computer: Computer; readonly steps: PublishSteps }> {
  const computer = new Computer();
  const steps = await computer.planned(someDefinition(product));
  await apply(steps, still());
  return { computer, steps };
}

describe('undoing', () => {
  it.each(['existing', 'new'] as const)('gives back what was there, the last step first (product: %s)', async (product) => {
    const { computer, steps } = await applied(product);
    await undo(steps, still());
    expect(computer.arm.all()).toEqual(usualArm().all());
    expect(new Set(states(steps))).toEqual(new Set(['undone']));
    expect(phaseOf(steps.publishing)).toBe('undone');
    const [first] = writes(computer).slice(steps.publishing.steps.length);
    expect(first).toBe('DELETE /subscriptions/team-a');
  });

  it('leaves what others have changed since, and what it is in', async () => {
    const { computer, steps } = await applied();
    computer.arm.set(productPolicy, { format: 'rawxml', value: starterPolicy.replace('"100"', '"200"') });
    computer.arm.set('/apis/azureml-demo/operations/bes-start', { displayName: 'BES Start, by others' });
    await undo(steps, still());
    expect(steps.publishing.steps.filter(({ state }) => state === 'kept').map(({ path, kept }) => [path, kept])).toEqual([
      ['/apis/azureml-demo', 'holdsOthers'], ['/apis/azureml-demo/operations/bes-start', 'moved'], [productPolicy, 'moved'],
    ]);
    expect(computer.arm.there('/apis/azureml-demo/operations/bes-start')).toBeDefined();
  });

  it('leaves an API to which others have added an operation, and a product with keys of others', async () => {
    const { computer, steps } = await applied('new');
    computer.arm.set('/apis/azureml-demo/operations/extra', { displayName: 'Extra' });
    computer.arm.set('/subscriptions/theirs', { scope: '/products/demo-callers' });
    computer.arm.set('/subscriptions/admin', { scope: '/products/demo-callers', ownerId: '/users/1' });
    await undo(steps, still());
    expect(steps.publishing.steps.filter(({ state }) => state === 'kept').map(({ kind }) => kind)).toEqual(['api', 'product']);
  });

  it('removes a product that only the administrator was given a key for', async () => {
    const { computer, steps } = await applied('new');
    computer.arm.set('/subscriptions/admin', { scope: '/products/demo-callers', ownerId: '/users/1' });
    await undo(steps, still());
    expect(computer.arm.there('/products/demo-callers')).toBeUndefined();
  });

  it('leaves an API that others have made a revision of, have put into their product, or have keys for', async () => {
    const others: readonly ((computer: Computer) => void)[] = [
      ({ arm }) => arm.set('/apis/azureml-demo/revisions/1', {}) ?? arm.set('/apis/azureml-demo/revisions/2', {}),
      ({ arm }) => arm.set('/products/theirs', { displayName: 'Theirs' }) ?? arm.set('/products/theirs/apis/azureml-demo', {}),
      ({ arm }) => arm.set('/subscriptions/theirs', { displayName: 'Theirs', scope: `${instance.id}/apis/azureml-demo` }),
    ];
    for (const other of others) {
      const { computer, steps } = await applied();
      other(computer);
      await undo(steps, still());
      expect(steps.step('/apis/azureml-demo')).toMatchObject({ state: 'kept', kept: 'holdsOthers' });
      expect(computer.arm.there('/apis/azureml-demo')).toBeDefined();
    }
  });

  it('leaves a product for which the administrator has made a key by a name', async () => {
    const { computer, steps } = await applied('new');
    computer.arm.set('/subscriptions/night-run', { scope: '/products/demo-callers', ownerId: '/users/1', displayName: 'Night run' });
    await undo(steps, still());
    expect(steps.step('/products/demo-callers')).toMatchObject({ state: 'kept', kept: 'holdsOthers' });
    expect(computer.arm.there('/subscriptions/night-run')).toBeDefined();
  });

  it('ends where somebody has deleted the product meanwhile', async () => {
    const { computer, steps } = await applied('new');
    computer.arm.take('/products/demo-callers');
    await undo(steps, still());
    expect(phaseOf(steps.publishing)).toBe('undone');
  });

  it('says what is gone, and what it cannot put back', async () => {
    const { computer } = await applied();
    computer.secrets.clear();
    computer.arm.take('/subscriptions/team-a');
    const steps = await computer.found();
    await undo(steps, still());
    expect(steps.step(productPolicy)).toMatchObject({ state: 'kept', kept: 'beforeLost' });
    expect(steps.step('/subscriptions/team-a').state).toBe('undone');
  });

  it('goes on after a failure', async () => {
    const { computer, steps } = await applied();
    computer.arm.around = ({ verb, path, when }) => {
      if (verb === 'DELETE' && path === '/apis/azureml-demo' && when === 'before') throw armFailure('locked', 409, 'ScopeLocked');
    };
    await expect(undo(steps, still())).rejects.toThrow('It says locked.');
    expect(phaseOf(steps.publishing)).toBe('undoing');
    computer.arm.around = () => undefined;
    await undo(await computer.found(), still());
    expect(computer.arm.all()).toEqual(usualArm().all());
  });

  it('leaves what changed between looking and writing', async () => {
    const { computer, steps } = await applied();
    computer.arm.around = ({ verb, path, when }) => {
      if (verb === 'PUT' && path === productPolicy && when === 'before') computer.arm.set(productPolicy, { format: 'rawxml', value: '<policies />' });
    };
    await undo(steps, still());
    expect(steps.step(productPolicy)).toMatchObject({ state: 'kept', kept: 'moved' });
    expect(computer.arm.there(productPolicy)?.['value']).toBe('<policies />');
  });
});
