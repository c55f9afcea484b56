// Steps are taken in their order, stop where they have to, and are taken back.

import { describe, expect, it } from 'vitest';
import { acceptConflicts, apply } from '../../../../../src/features/apim/publish/apply';
import { choose, missingFor, phaseOf } from '../../../../../src/features/apim/publish/publishing';
import type { PublishSteps } from '../../../../../src/features/apim/publish/steps';
import { undo } from '../../../../../src/features/apim/publish/undo';
import { Cancelled } from '../../../../../src/model/errors';
import { instance, serviceKey, someDefinition, starterPolicy, usualArm } from '../definitions';
import { armFailure } from '../fakeArm';
import { cancelledNow, Computer, still } from './publishTools';

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

describe('applying', () => {
  it('goes in the order of dependencies, with the key in the named value alone', async () => {
    const { computer, steps } = await applied('new');
    expect(writes(computer).map((call) => call.slice(4))).toEqual(steps.publishing.steps.map(({ path }) => path));
    expect(Object.entries(computer.arm.all()).filter(([, value]) => JSON.stringify(value).includes(serviceKey)).map(([path]) => path)).toEqual([
      '/namedValues/azureml-demo-key',
    ]);
    expect(phaseOf(steps.publishing)).toBe('done');
    expect(steps.publishing.steps.every(({ kind, madeEtag }) => kind === 'productApi' || madeEtag !== undefined)).toBe(true);
  });

  it('writes nothing a second time', async () => {
    const { computer, steps } = await applied();
    const before = writes(computer).length;
    await apply(steps, still());
    await apply(await computer.found(), still());
    expect(writes(computer)).toHaveLength(before);
  });

  it('stops between two steps when it is cancelled, and carries on', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    const stopping = new AbortController();
    steps.onDidChange(({ publishing }) => void (publishing.steps[1]?.state === 'done' && stopping.abort()));
    await expect(apply(steps, stopping.signal)).rejects.toThrow(Cancelled);
    expect(states(steps).slice(0, 3)).toEqual(['done', 'done', 'planned']);
    expect(phaseOf(steps.publishing)).toBe('stopped');
    await apply(steps, still());
    expect(phaseOf(steps.publishing)).toBe('done');
  });

  it('leaves a wait when it is cancelled, and carries on', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    const stopping = new AbortController();
    const put = computer.arm.put.bind(computer.arm);
    let waits = 0;
    computer.arm.put = async (path, body, options) => {
      if (!path.endsWith('/bes-start')) return put(path, body, options);
      waits += 1;
      options.onWait?.({ reason: 'throttled', seconds: 600 });
      return new Promise((_resolve, reject) => {
        options.signal.addEventListener('abort', () => reject(new Cancelled()));
        setImmediate(() => stopping.abort());
      });
    };
    await expect(apply(steps, stopping.signal)).rejects.toThrow(Cancelled);
    expect(steps.publishing.steps[4]).toMatchObject({ state: 'writing' });
    computer.arm.put = put;
    await apply(await computer.found(), still());
    expect([waits, Object.keys(computer.arm.all()).length]).toEqual([1, 14]);
  });

  it('does not cut off a call that has gone out', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    const stopping = new AbortController();
    const put = computer.arm.put.bind(computer.arm);
    computer.arm.put = async (path, body, options) => {
      options.onWait?.({ reason: 'busy', seconds: 0 });
      stopping.abort();
      const answer = await put(path, body, options);
      expect(options.signal.aborted).toBe(false);
      return answer;
    };
    await expect(apply(steps, stopping.signal)).rejects.toThrow(Cancelled);
    expect(states(steps).slice(0, 2)).toEqual(['done', 'planned']);
  });

  it('writes nothing where the key is not given', async () => {
    const computer = new Computer();
    const planned = await computer.planned();
    const steps = computer.steps(planned.publishing, computer.journal(), cancelledNow);
    await expect(apply(steps, still())).rejects.toThrow(Cancelled);
    expect(writes(computer)).toEqual([]);
    expect(phaseOf(steps.publishing)).toBe('review');
  });

  it('stops at a step that fails; the steps before keep what they are', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    computer.arm.around = ({ path, when }) => {
      if (path.endsWith('/bes-start') && when === 'before') throw armFailure('forbidden', 403, 'AuthorizationFailed');
    };
    await expect(apply(steps, still())).rejects.toThrow('It says forbidden.');
    expect(states(steps).slice(2, 6)).toEqual(['done', 'done', 'failed', 'planned']);
    expect(steps.publishing.steps[4]?.failure).toEqual({ reason: 'forbidden', status: 403, code: 'AuthorizationFailed' });
    computer.arm.around = () => undefined;
    await apply(await computer.found(), still());
    expect(Object.keys(computer.arm.all())).toHaveLength(14);
  });

  it('finds out whether a write whose answer was lost took effect', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    computer.arm.around = ({ path, when }) => {
      if (path.endsWith('/bes-start') && when === 'after') throw armFailure('network');
    };
    await expect(apply(steps, still())).rejects.toThrow('It says network.');
    await apply(steps, still());
    expect(writes(computer).filter((call) => call.endsWith('/bes-start'))).toHaveLength(1);
    expect(steps.publishing.steps[4]).toMatchObject({ state: 'done', failure: undefined, madeEtag: expect.stringMatching(/^"e/) });
  });

  it('goes on with a long operation that the last window began', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    const api = steps.step('/apis/azureml-demo');
    await steps.note({ ...api, state: 'writing' });
    await steps.onPoller(api)('signed:state');
    const later = await computer.found();
    await apply(later, still());
    expect(computer.arm.resumed).toEqual(['signed:state']);
    expect([...computer.secrets.keys()].filter((name) => name.includes('poller'))).toEqual([]);
  });

  it('knows as its own what a long operation has made that ended in an error', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    computer.arm.around = ({ path, when }) => {
      if (path === '/namedValues/azureml-demo-key' && when === 'after') throw armFailure('notFound', 404);
    };
    await expect(apply(steps, still())).rejects.toThrow('It says notFound.');
    expect(steps.publishing.steps[0]?.failure).toEqual({ reason: 'notFound', status: 404, begun: true });
    computer.arm.around = () => undefined;
    const later = await computer.found();
    await apply(later, still());
    expect(later.publishing.steps[0]).toMatchObject({ state: 'done', action: 'make' });
    await undo(later, still());
    expect(computer.arm.all()).toEqual(usualArm().all());
  });

  it('leaves a resource that came meanwhile as it is where it is as it should be', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    computer.arm.set('/subscriptions/team-a', { displayName: 'Team A', scope: '/products/starter', state: 'active' });
    await apply(steps, still());
    expect(steps.step('/subscriptions/team-a')).toMatchObject({ action: 'leave', notes: [{ code: 'madeMeanwhile' }] });
    expect(writes(computer)).not.toContain('PUT /subscriptions/team-a');
    await undo(steps, still());
    expect(computer.arm.there('/subscriptions/team-a')).toBeDefined();
  });

  it('never writes over a named value that came meanwhile', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    computer.arm.set('/namedValues/azureml-demo-key', { displayName: 'azureml-demo-key', secret: true, value: 'of somebody else' });
    await apply(steps, still());
    expect(computer.arm.there('/namedValues/azureml-demo-key')?.['value']).toBe('of somebody else');
    expect(steps.step('/namedValues/azureml-demo-key')).toMatchObject({ action: 'leave' });
  });

  it('reads again what has changed since it was planned, shows it, and changes it only when that is wanted', async () => {
    const computer = new Computer();
    const steps = await computer.planned();
    const theirs = starterPolicy.replace('<base />', '<base />\r\n\t\t<cors />');
    computer.arm.set(productPolicy, { format: 'rawxml', value: theirs });
    await apply(steps, still());
    const conflict = steps.step(productPolicy);
    expect(conflict).toMatchObject({ state: 'conflict', action: 'change', before: { text: theirs }, notes: [{ code: 'changedMeanwhile' }] });
    expect(computer.arm.there(productPolicy)?.['value']).toBe(theirs);
    expect(steps.step('/subscriptions/team-a').state).toBe('planned');
    await acceptConflicts(steps);
    await apply(steps, still());
    expect(computer.arm.there(productPolicy)?.['value']).toBe(theirs.replace('calls="5"', 'calls="20"'));
    expect(phaseOf(steps.publishing)).toBe('done');
  });

  it('plans a policy anew whose text the secret store has lost', async () => {
    const computer = new Computer();
    await computer.planned();
    computer.secrets.clear();
    const steps = await computer.found();
    expect(steps.step(productPolicy).after).toBeUndefined();
    await apply(steps, still());
    expect(computer.arm.there(productPolicy)?.['value']).toBe(starterPolicy.replace('calls="5"', 'calls="20"'));
  });
});

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

describe('an instance that tells no ETags', () => {
  const changed = starterPolicy.replace('"100"', '"200"');
  async function withoutEtags(): Promise<{ readonly computer: Computer; readonly steps: PublishSteps }> {
    const computer = new Computer();
    const find = computer.arm.find.bind(computer.arm);
    const put = computer.arm.put.bind(computer.arm);
    const bare = <T extends { readonly etag?: string } | undefined>(answer: T): T => answer && { ...answer, etag: undefined };
    computer.arm.find = async (path, options) => bare(await find(path, options));
    computer.arm.put = async (path, body, options) => bare(await put(path, body, options));
    return { computer, steps: await computer.planned() };
  }

  it('has no change of others written over by applying', async () => {
    const { computer, steps } = await withoutEtags();
    computer.arm.set(productPolicy, { format: 'rawxml', value: changed });
    await apply(steps, still());
    expect(steps.step(productPolicy).state).toBe('conflict');
    expect(computer.arm.there(productPolicy)?.['value']).toBe(changed);
  });

  it('nor by undoing', async () => {
    const { computer, steps } = await withoutEtags();
    await apply(steps, still());
    computer.arm.set(productPolicy, { format: 'rawxml', value: changed });
    await undo(steps, still());
    expect(phaseOf(steps.publishing)).toBe('undone');
    expect(steps.step(productPolicy)).toMatchObject({ state: 'kept', kept: 'moved' });
    expect(computer.arm.there(productPolicy)?.['value']).toBe(changed);
  });
});

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
