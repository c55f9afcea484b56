// A window that is killed at each moment of a publishing: carrying on makes nothing twice and leaves nothing unknown, and undoing gives
// back what was there.

import { describe, expect, it } from 'vitest';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { undo } from '../../../../../src/features/apim/publish/undo';
import { serviceKey, someDefinition, usualArm } from '../definitions';
import { Computer, Killed, still } from './publishTools';

const expected = async (product: 'existing' | 'new'): Promise<Readonly<Record<string, unknown>>> => {
  const computer = new Computer();
  await apply(await computer.planned(someDefinition(product)), still());
  return computer.arm.all();
};

/** How many moments a whole publishing has. */
async function moments(work: (computer: Computer) => Promise<void>): Promise<number> {
  const computer = new Computer();
  await work(computer);
  return computer.moments;
}

async function killed(computer: Computer, at: number, work: () => Promise<void>): Promise<void> {
  computer.dieAt = computer.moments + at;
  await expect(work()).rejects.toThrow(Killed);
  computer.revive();
}

/** Writes that took effect, by their paths. */
function puts(computer: Computer): readonly string[] {
  return computer.arm.calls.filter((call) => call.startsWith('PUT'));
}

describe.each(['existing', 'new'] as const)('a publishing into a product that is %s', (product) => {
  it('carries on after a kill at every moment, and makes nothing twice', async () => {
    const whole = await expected(product);
    let counted = 0;
    const total = await moments(async (computer) => {
      const steps = await computer.planned(someDefinition(product));
      const before = computer.moments;
      await apply(steps, still());
      counted = computer.moments - before;
    });
    expect(total).toBeGreaterThan(40);
    for (let at = 1; at <= counted; at += 1) {
      const computer = new Computer();
      const first = await computer.planned(someDefinition(product));
      await killed(computer, at, () => apply(first, still()));
      const second = await computer.found();
      await apply(second, still());
      expect(computer.arm.all(), `after a kill at ${at}`).toEqual(whole);
      expect(second.publishing.steps.map(({ state, action }) => (action === 'leave' ? 'done' : state)), `${at}`).toEqual(second.publishing.steps.map(() => 'done'));
      const all = puts(computer);
      // Only a write that the kill came before is made once more.
      expect(all.length - new Set(all).size, `${at}: ${all.join(' ')}`).toBe(0);
      expect([...computer.secrets.keys()].filter((name) => name.endsWith('poller'))).toEqual([]);
      expect((await computer.found()).publishing).toEqual(JSON.parse(JSON.stringify(second.publishing)));
    }
  });

  it('is undone after a kill at every moment', async () => {
    const { length } = Object.keys(usualArm().all());
    let counted = 0;
    await moments(async (computer) => {
      const steps = await computer.planned(someDefinition(product));
      const before = computer.moments;
      await apply(steps, still());
      counted = computer.moments - before;
    });
    for (let at = 1; at <= counted; at += 1) {
      const computer = new Computer();
      const first = await computer.planned(someDefinition(product));
      await killed(computer, at, () => apply(first, still()));
      const second = await computer.found();
      await undo(second, still());
      expect(Object.keys(computer.arm.all()), `after a kill at ${at}`).toHaveLength(length);
      expect(computer.arm.all(), `after a kill at ${at}`).toEqual(usualArm().all());
      expect(second.publishing.steps.filter(({ state }) => !['undone', 'planned'].includes(state))).toEqual([]);
    }
  });

  it('is undone to its end after a kill at every moment of undoing', async () => {
    let counted = 0;
    await moments(async (computer) => {
      const steps = await computer.planned(someDefinition(product));
      await apply(steps, still());
      const before = computer.moments;
      await undo(steps, still());
      counted = computer.moments - before;
    });
    expect(counted).toBeGreaterThan(30);
    for (let at = 1; at <= counted; at += 1) {
      const computer = new Computer();
      const steps = await computer.planned(someDefinition(product));
      await apply(steps, still());
      await killed(computer, at, () => undo(steps, still()));
      const second = await computer.found();
      await undo(second, still());
      expect(computer.arm.all(), `after a kill at ${at}`).toEqual(usualArm().all());
      expect(second.publishing.steps.filter(({ state }) => state === 'kept'), `${at}`).toEqual([]);
    }
  });

  it('writes no secret into a file', async () => {
    const computer = new Computer();
    const steps = await computer.planned(someDefinition(product));
    await apply(steps, still());
    await undo(steps, still());
    const all = computer.written.join('\n');
    for (const secret of [serviceKey, 'primary-key', 'secondary-key', 'who=@', 'signed:']) expect(all).not.toContain(secret);
    expect(all).toContain('azureml-demo');
  });
});
