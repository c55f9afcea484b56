// Addresses of policies: what people read in them, what they lead to, and what is none.

import { describe, expect, it } from 'vitest';
import type { PolicyScope } from '../../../../../src/features/apim/policy/policyScope';
import { policyPath, readPolicyPath, writeAction } from '../../../../../src/features/apim/policy/scopePaths';
import { partsOfDocument, partsOfLook, partsOfPolicy, readAddress } from '../../../../../src/features/apim/policyDocument/address';
import { deleteQuestion, openedText } from '../../../../../src/features/apim/policyDocument/policyWords';
import { withoutIt } from '../../../../../src/features/apim/policyDocument/scope';
import { instanceId, someInstance } from '../apimTools';

const scopes: readonly (readonly [PolicyScope, readonly string[], string, string])[] = [
  [{ kind: 'allApis' }, [], '/azure-api-management/scores/All APIs.policy.xml', '/policies/policy'],
  [{ kind: 'api', api: 'weather;rev=2' }, ['Weather'], '/azure-api-management/scores/Weather.policy.xml', '/apis/weather%3Brev%3D2/policies/policy'],
  [{ kind: 'operation', api: 'weather', operation: 'a&look=1' }, ['Weather', 'GET /score'], '/azure-api-management/scores/Weather/GET _score.policy.xml', '/apis/weather/operations/a%26look%3D1/policies/policy'],
  [{ kind: 'operation', api: 'odd', operation: 'x' }, ['a.policy.xml', 'b.policy.xml'], '/azure-api-management/scores/a.policy.xml/b.policy.xml.policy.xml', '/apis/odd/operations/x/policies/policy'],
  [{ kind: 'product', product: 'starter' }, ['..'], '/azure-api-management/scores/_.policy.xml', '/products/starter/policies/policy'],
];

describe.each(scopes)('%j', (scope, titles, path, policy) => {
  it('has a path that is read, and leads back to where it is from', () => {
    const parts = partsOfPolicy(someInstance(), scope, titles);
    expect(parts).toEqual({ path, query: `${instanceId}${policy}` });
    expect(readAddress(parts)).toEqual({ instanceId, instanceTitle: 'scores', scope, path: policy, title: path.slice(0, -'.policy.xml'.length).split('/').slice(3).join(' / ') });
  });

  it('has looks beside it, each of its own, which lead back to it', () => {
    const parts = partsOfPolicy(someInstance(), scope, titles);
    const look = partsOfLook(parts, 3);
    expect([readAddress(look)?.look, partsOfDocument(look), partsOfDocument(parts)]).toEqual(['3', parts, parts]);
  });

  it('says what holds without it, and what roles call it', () => {
    expect(withoutIt(scope)).toMatch(/^Without it, .+\.$/);
    expect(writeAction(scope)).toMatch(/^Microsoft\.ApiManagement\/service\/(?:\w+\/)*policies\/write$/);
    expect(readPolicyPath(policyPath(scope))).toEqual(scope);
  });
});

it('that of all APIs is not taken for the policy of one: what is said when it is opened and before it is deleted tells', () => {
  const said = ([{ kind: 'allApis' }, { kind: 'api', api: 'weather' }] satisfies readonly PolicyScope[]).map((scope) => {
    const address = readAddress(partsOfPolicy(someInstance(), scope, ['Weather']));
    expect.assert(address);
    return [openedText(address, false), openedText(address, true), deleteQuestion(address)];
  });
  expect(said).toEqual([
    [
      'This policy holds for all APIs of scores.', 'There is no policy for all APIs of scores yet.',
      'Delete the policy that holds for all APIs of scores?',
    ],
    [undefined, 'Weather has no policy yet.', 'Delete the policy of Weather in scores?'],
  ]);
});

it.each([
  ['nothing', ''],
  ['the instance alone', instanceId],
  ['another resource', `${instanceId}/namedValues/key`],
  ['a level up', `${instanceId}/apis/../policies/policy`],
  ['a level up that is encoded', `${instanceId}/apis/%2e%2e/policies/policy`],
  ['a name with a slash', `${instanceId}/apis/a%2Fb/policies/policy`],
  ['something behind it', `${instanceId}/apis/a/policies/policy/more`],
  ['something before it', `x${instanceId}/policies/policy`],
  ['a query of its own', `${instanceId}/policies/policy?x`],
  ['a look that is no number', `${instanceId}/policies/policy&look=x`],
  ['two looks', `${instanceId}/policies/policy&look=1&look=2`],
  ['an operation that is none', `${instanceId}/apis/a/operations/b`],
  ['a list', `${instanceId}/apis/a/policies`],
])('%s is the address of no policy', (_, query) => {
  expect(readAddress({ path: '/azure-api-management/scores/All APIs.policy.xml', query })).toBe(undefined);
});

it.each(['/scores/All APIs.policy.xml', '/azure-api-management/scores/All APIs', '/azure-api-management/scores/All APIs/One.policy.xml', '/azure-api-management/scores.policy.xml', ''])('a path of another name is that of no policy: "%s"', (path) => {
  expect(readAddress({ path, query: `${instanceId}/policies/policy` })).toBe(undefined);
});
