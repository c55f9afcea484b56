// Products and subscriptions that are made: under an id that nobody has by then, and once, though the answer was lost.

import { expect, it } from 'vitest';
import { createProduct, createSubscription } from '../../../../../src/features/apim/access/writes';
import { armFailure, FakeArm, instanceId } from '../fakeArm';
import { someInstance } from '../apimTools';

const placeOf = (arm: FakeArm): Parameters<typeof createProduct>[0] =>
  ({ arm, instance: someInstance({ id: instanceId }), options: { signal: new AbortController().signal } });
const product = { displayName: 'Team', description: '', subscriptionRequired: true, published: false };
const subscription = { displayName: 'Team', scope: '/products/starter', owner: undefined };

it('takes no id that somebody has by then, and changes nothing of theirs', async () => {
  const arm = new FakeArm();
  arm.set('/subscriptions/team', { displayName: 'Theirs' });
  arm.set('/products/team', { displayName: 'Theirs' });
  expect([await createSubscription(placeOf(arm), subscription), await createProduct(placeOf(arm), product, [])]).toEqual(['team-2', 'team-2']);
  expect([arm.there('/subscriptions/team'), arm.there('/products/team')]).toEqual([{ displayName: 'Theirs' }, { displayName: 'Theirs' }]);
  expect(arm.there('/subscriptions/team-2')).toMatchObject({ displayName: 'Team', scope: '/products/starter', state: 'active' });
});

it('whose answer was lost is there once; what was not taken is an error', async () => {
  const arm = new FakeArm();
  arm.around = ({ when }) => {
    if (when === 'after') throw armFailure('network');
  };
  expect(await createSubscription(placeOf(arm), subscription)).toBe('team');
  expect(arm.calls.filter((call) => call.startsWith('PUT'))).toEqual(['PUT /subscriptions/team']);
  arm.around = ({ when }) => {
    if (when === 'before') throw armFailure('network');
  };
  await expect(createProduct(placeOf(arm), product, [])).rejects.toMatchObject({ reason: 'network' });
  arm.around = ({ when }) => {
    if (when === 'after') throw armFailure('forbidden', 403);
  };
  await expect(createProduct(placeOf(arm), product, [])).rejects.toMatchObject({ reason: 'forbidden' });
});
