// The commands on products, subscriptions and keys against Sample API Management over real sockets: what they do when the service says no,
// or a person leaves.

import { describe, expect, it, vi } from 'vitest';
import { newPerson, person } from '../../../unit/features/apim/access/accessEditor';
import { accessPlace } from './accessPlace';

vi.mock('vscode', async () => (await import('../../../unit/features/apim/access/accessEditor')).vscodeMock);
vi.mock('../../../../src/ui/ask', async () => (await import('../../../unit/features/apim/access/accessEditor')).askMock);
vi.mock('../../../../src/ui/notices', async () => (await import('../../../unit/features/apim/access/accessEditor')).noticesMock);
vi.mock('../../../../src/ui/progress', async () => (await import('../../../unit/features/apim/access/accessEditor')).progressMock);

const place = accessPlace();
const { run, there, line } = place;

describe('the service that says no', () => {
  const team = (): Promise<object> => line('subscription', '/subscriptions/team');

  it('who may only read learns it before any question', async () => {
    for (const [name, argument] of [['apimSuspendSubscription', await team()], ['apimRegeneratePrimaryKey', await team()], ['apimCreateProduct', undefined], ['apimCreateSubscription', undefined]] as const) {
      await place.running.fault({ fault: 'reader' });
      await expect(run(name, argument)).rejects.toMatchObject({ reason: 'forbidden' });
    }
    expect(person.asked).toEqual([]);
  });

  it('who may not read keys is told that it is not known who uses them', async () => {
    await place.running.fault({ fault: 'forbidden', match: 'listSecrets' });
    newPerson('Suspend');
    await run('apimSuspendSubscription', await team());
    expect(person.asked[0]?.detail).toContain('is not known: your account may not read its keys');
    expect(there('/subscriptions/team')?.['state']).toBe('suspended');
  });

  it('another change beside is read again without a question; one of the state is asked about again', async () => {
    await place.running.fault({ fault: 'stale', method: 'PATCH' });
    newPerson('Suspend');
    await run('apimSuspendSubscription', await team());
    expect([person.asked.length, there('/subscriptions/team')?.['state']]).toEqual([1, 'suspended']);
    const change = (properties: object) => (): Promise<unknown> => place.running.call('PATCH', '/subscriptions/team', { headers: { 'If-Match': '*' }, body: { properties } });
    newPerson('Cancel Subscription', 'Cancel Subscription');
    person.meanwhile = change({ state: 'active' });
    await run('apimCancelSubscription', await team());
    expect(person.asked.map(({ detail }) => detail.includes('changed by somebody else'))).toEqual([false, true]);
    expect(there('/subscriptions/team')?.['state']).toBe('cancelled');
  });

  it('a lasting 412 is told, and nothing was overwritten', async () => {
    await place.running.fault({ fault: 'stale', method: 'PATCH', count: 20 });
    newPerson('Suspend');
    await expect(run('apimSuspendSubscription', await team())).rejects.toMatchObject({ reason: 'changed' });
    expect([there('/subscriptions/team')?.['state'], person.asked.length, place.changed.length > 0]).toEqual(['active', 1, true]);
  });

  it.each([['throttle', /^too many calls: waits/], ['conflict', /^the instance is busy: waits/]])('a wait is shown: %s', async (fault, words) => {
    await place.running.fault({ fault, method: 'PATCH' });
    newPerson('Suspend');
    await run('apimSuspendSubscription', await team());
    expect([person.waits.some((wait) => words.test(wait)), there('/subscriptions/team')?.['state']]).toEqual([true, 'suspended']);
  });
});

it('nothing is written where the person leaves', async () => {
  const before = JSON.stringify(place.running.apim.store.state());
  for (const name of ['apimSuspendSubscription', 'apimCancelSubscription', 'apimDeleteSubscription', 'apimRegeneratePrimaryKey', 'apimRegenerateSecondaryKey']) {
    newPerson('Esc');
    await expect(run(name, await line('subscription', '/subscriptions/team'))).rejects.toThrow();
  }
  expect(JSON.stringify(place.running.apim.store.state())).toBe(before);
});
