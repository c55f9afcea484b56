// What roles let an account do, and that publishing writes nothing where they let it only read.

import { describe, expect, it } from 'vitest';
import { allows, requireMayWrite } from '../../../../../src/features/apim/publish/mayWrite';
import { ArmFailed, Cancelled } from '../../../../../src/model/errors';
import { instance } from '../definitions';
import { armFailure, FakeArm } from '../fakeArm';
import { still } from './publishTools';

const write = 'Microsoft.ApiManagement/service/apis/write';

function armWith(find: () => Promise<unknown>): FakeArm {
  const arm = new FakeArm();
  arm.find = async () => ({ status: 200, body: await find() });
  return arm;
}

describe('a role', () => {
  it.each([
    [['*'], [], true], [['*/read'], [], false], [['microsoft.apimanagement/SERVICE/*'], [], true], [['Microsoft.ApiManagement/*/write'], [], true],
    [['Microsoft.ApiManagement/service/apis/write'], [], true], [['Microsoft.ApiManagement/service/apis/*/write'], [], false],
    [['*'], ['*/write'], false], [['*'], ['Microsoft.Authorization/*/Write'], true], [[], [], false], [['Microsoft.ApiManagement/service/read'], [], false],
    [['*apis/write/write*'], [], false], [['**'], [], true],
  ])('with %j and without %j: %s', (actions, notActions, expected) => {
    expect(allows({ actions, notActions }, write)).toBe(expected);
  });

  it('that makes no sense allows nothing', () => {
    for (const role of [undefined, {}, { actions: '*' }, { actions: [7] }]) expect(allows(role, write)).toBe(false);
  });
});

describe('an account', () => {
  it('that may only read is told so', async () => {
    const arm = armWith(() => Promise.resolve({ value: [{ actions: ['*/read'], notActions: [] }, { actions: ['Microsoft.Support/*'] }] }));
    await expect(requireMayWrite(arm, instance, still())).rejects.toMatchObject({
      reason: 'forbidden', message: 'Your account may only read contoso: the role "API Management Service Contributor" is missing there.',
    });
    await expect(requireMayWrite(arm, { ...instance, sample: true, name: 'sample-apim' }, still())).rejects.toThrow(
      'Your account may only read Sample API Management:');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['may write', () => Promise.resolve({ value: [{ actions: ['*/read'] }, { actions: ['*'], notActions: [] }] })],
    ['has roles that cannot be told', () => Promise.resolve({ value: [] })],
    ['may not read them', () => Promise.reject(armFailure('forbidden', 403))],
    ['gets nonsense', () => Promise.resolve('x')],
  ])('that %s goes on', async (_name, find) => {
    await expect(requireMayWrite(armWith(find), instance, still())).resolves.toBeUndefined();
  });

  it('that has cancelled is through', async () => {
    await expect(requireMayWrite(armWith(() => Promise.reject(new Cancelled())), instance, still())).rejects.not.toBeInstanceOf(ArmFailed);
  });
});
