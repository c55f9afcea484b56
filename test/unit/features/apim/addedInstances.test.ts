// Instances added by their ids: kept for all windows, once each, and read tolerantly.

import { expect, it } from 'vitest';
import { AddedInstances, addedInstancesKey } from '../../../../src/features/apim/addedInstances';
import { someInstance } from './apimTools';

function some(kept?: unknown): { readonly added: AddedInstances; readonly values: Map<string, unknown> } {
  const values = new Map<string, unknown>(kept === undefined ? [] : [[addedInstancesKey, kept]]);
  const added = new AddedInstances({ get: (key) => values.get(key), update: async (key, value) => void values.set(key, JSON.parse(JSON.stringify(value))) });
  return { added, values };
}

it('are there once, whatever the case of the id, with whose token they are read', async () => {
  const { added } = some();
  let told = 0;
  added.onDidChange(() => (told += 1));
  await added.add({ instance: someInstance(), owner: {} });
  const again = someInstance({ id: someInstance().id.toUpperCase(), state: 'Activating' });
  await added.add({ instance: again, owner: { accountId: 'a', tenantId: 't' } });
  expect(added.list()).toEqual([{ instance: again, owner: { accountId: 'a', tenantId: 't' } }]);
  await added.remove(someInstance());
  expect([added.list(), told]).toEqual([[], 3]);
});

it.each([null, 7, {}, [null, { instance: {} }, { instance: { ...someInstance(), id: 7 } }]])('what makes no sense is none: %j', (kept) => {
  expect(some(kept).added.list()).toEqual([]);
});
