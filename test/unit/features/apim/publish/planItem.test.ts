// What becomes of a policy that others have written, when an API of theirs is updated: theirs stays, also after all of it is undone.

import { describe, expect, it } from 'vitest';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { findDrift } from '../../../../../src/features/apim/publish/drift';
import type { PublishStep } from '../../../../../src/features/apim/publish/publishing';
import type { PublishSteps } from '../../../../../src/features/apim/publish/steps';
import { undo } from '../../../../../src/features/apim/publish/undo';
import { apiPolicyText, instance, someDefinition, usualArm } from '../definitions';
import { Computer, still } from './publishTools';

const path = '/apis/azureml-demo/policies/policy';
const theirs = '<policies>\r\n\t<inbound>\r\n\t\t<base />\r\n\t\t<validate-jwt header-name="Authorization" />\r\n\t\t<ip-filter action="allow">\r\n\t\t\t' +
  '<address>10.0.0.1</address>\r\n\t\t</ip-filter>\r\n\t</inbound>\r\n\t<outbound />\r\n</policies>';
const key = '\r\n\t\t<set-header name="Authorization" exists-action="override">\r\n\t\t\t<value>Bearer {{azureml-demo-key}}</value>\r\n\t\t</set-header>';
const withKey = theirs.replace('</ip-filter>', `</ip-filter>${key}`);

async function over(text: string): Promise<{ readonly computer: Computer; readonly steps: PublishSteps; readonly step: PublishStep }> {
  const arm = usualArm();
  arm.set('/apis/azureml-demo', { displayName: 'Theirs', path: 'azureml-demo' });
  arm.set(path, { format: 'rawxml', value: text });
  const computer = new Computer(arm);
  await computer.planned();
  // As another window reads it.
  const steps = await computer.found();
  return { computer, steps, step: steps.step(path) };
}

describe('the policy of an API of others', () => {
  it('gets what is ours and keeps all else; that is no drift, and is undone to the byte', async () => {
    const { computer: { arm }, steps, step } = await over(theirs);
    expect(step).toMatchObject({ action: 'change', chosen: true, after: { text: withKey }, notes: [] });
    await apply(steps, still());
    expect(arm.there(path)).toEqual({ format: 'rawxml', value: withKey });
    expect(await findDrift(arm, instance, someDefinition(), still())).toEqual([]);
    arm.set(path, { format: 'rawxml', value: withKey.replace('azureml-demo-key', 'other') });
    expect(await findDrift(arm, instance, someDefinition(), still())).toMatchObject([{ key: path, state: 'differs', wanted: { text: withKey } }]);
    arm.set(path, { format: 'rawxml', value: theirs });
    const again = await over(theirs);
    await apply(again.steps, still());
    await undo(again.steps, still());
    expect(again.computer.arm.there(path)).toEqual({ format: 'rawxml', value: theirs });
  });

  it('is told where something in it is replaced', async () => {
    const { step } = await over(theirs.replace('<ip-filter', '<set-header name="Authorization"><value>a</value></set-header><ip-filter'));
    expect(step).toMatchObject({ action: 'change', chosen: true, notes: [{ code: 'partReplaced', element: 'set-header' }] });
  });

  it('is left where what is ours has no place in it, and told', async () => {
    const { computer, steps, step } = await over(theirs.replace('<base />', '<set-header name="Authorization"><value>@(x)</value></set-header>'));
    expect(step).toMatchObject({ action: 'conflict', chosen: false, notes: [{ code: 'partLeft', element: 'set-header', reason: 'expression' }] });
    await apply(steps, still());
    expect(computer.arm.calls).not.toContain(`PUT ${path}`);
  });

  it('is chosen by a person alone where only some of it can be put in', async () => {
    const arm = usualArm();
    arm.set('/apis/azureml-demo', { displayName: 'Theirs', path: 'azureml-demo' });
    arm.set(path, { format: 'rawxml', value: theirs.replace('<base />', '<cors><allowed-origins><origin>@(x)</origin></allowed-origins></cors>') });
    const definition = someDefinition();
    const value = apiPolicyText.replace('<base />', '<base />\n    <cors><allowed-origins><origin>*</origin></allowed-origins></cors>');
    const resources = definition.resources.map((each) => (each.path === path ? { ...each, body: { properties: { format: 'rawxml', value } } } : each));
    const steps = await new Computer(arm).planned({ ...definition, resources });
    expect(steps.step(path)).toMatchObject({
      action: 'change', chosen: false, notes: [{ code: 'partLeft', element: 'cors', reason: 'expression' }, { code: 'policyPartly' }],
    });
  });

  it('with nothing in it is written', async () => {
    expect((await over(' ')).step).toMatchObject({ action: 'change', after: { text: apiPolicyText }, notes: [] });
  });
});

it('a policy of its own is not its own any more where others have put something into it', async () => {
  const computer = new Computer();
  await apply(await computer.planned(), still());
  const drift = (): Promise<readonly unknown[]> => findDrift(computer.arm, instance, someDefinition(), still(), new Set([path]));
  expect(await drift()).toEqual([]);
  const value = String(computer.arm.there(path)?.['value']).replace('</inbound>', '<return-response /></inbound>');
  computer.arm.set(path, { format: 'rawxml', value });
  expect(await drift()).toMatchObject([{ key: path, state: 'differs', members: [] }]);
});

it('limits of a product that has no policy are its policy', async () => {
  const arm = usualArm();
  arm.take('/products/starter/policies/policy');
  const { publishing } = await new Computer(arm).planned();
  const step = publishing.steps.find(({ kind }) => kind === 'productPolicy');
  expect(step).toMatchObject({ action: 'make', after: { text: expect.stringContaining('<rate-limit calls="20" renewal-period="60" />') as string } });
});
