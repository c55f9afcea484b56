// Applying and undoing at an instance that tells no ETags: what others have written is found by what it says.

import { describe, expect, it } from 'vitest';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { phaseOf } from '../../../../../src/features/apim/publish/publishing';
import type { PublishSteps } from '../../../../../src/features/apim/publish/steps';
import { undo } from '../../../../../src/features/apim/publish/undo';
import { starterPolicy } from '../definitions';
import { Computer, still } from './publishTools';

const productPolicy = '/products/starter/policies/policy';

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
