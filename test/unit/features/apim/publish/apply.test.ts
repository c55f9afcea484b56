// Steps are taken in their order, and stop where they have to.

import { describe, expect, it } from 'vitest';
import { acceptConflicts, apply } from '../../../../../src/features/apim/publish/apply';
import { phaseOf } from '../../../../../src/features/apim/publish/publishing';
import { undo } from '../../../../../src/features/apim/publish/undo';
import { Cancelled } from '../../../../../src/model/errors';
import { serviceKey, starterPolicy, usualArm } from '../definitions';
import { armFailure } from '../fakeArm';
import { applied, cancelledNow, Computer, states, still, writes } from './publishTools';

const productPolicy = '/products/starter/policies/policy';

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
