// Which keys go along with a call from the page of an operation, and to which addresses: over real sockets, as everything here.

import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Service } from '../../../../../src/model/service';
import { endpointAt, toService } from '../../../../../src/protocols/newService';
import { goodDay, key } from '../../../sample/sampleClient';
import { contentOf, sent, startTryIt, type TryItPlace } from './tryItPlace';

let place: TryItPlace;
beforeEach(async () => {
  place = await startTryIt();
});
afterEach(() => place.close());

const file = { name: 'good-day.json', text: goodDay, kind: 'request' } as const;
const otherId = 'fedcba9876543210fedcba9876543210';

function save(address: string): Service {
  const read = endpointAt(address);
  expect.assert(read.ok);
  const service = toService({ name: 'Bank', endpoint: read.endpoint });
  place.services.push(service);
  place.secrets.set(service.address, { serviceKey: key, subscriptionKey: place.subscriptionKey('team-a') });
  return service;
}

/** An API with one operation whose backend answers each call with this status. */
async function startBank(status: number, operation: Readonly<Record<string, unknown>>): Promise<{ readonly seen: unknown[]; stop(): Promise<void> }> {
  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    seen.push([request.method, request.url, request.headers.authorization]);
    request.resume();
    response.writeHead(status).end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  const serviceUrl = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`;
  await place.running.put('/apis/bank', { displayName: 'Bank', path: 'bank', protocols: ['http'], serviceUrl, subscriptionRequired: false });
  await place.running.put('/apis/bank/operations/transfer', { displayName: 'Execute Transfer', method: 'POST', templateParameters: [{ name: 'id', type: 'string', required: true, defaultValue: '7' }], ...operation });
  return {
    seen,
    stop: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}

describe('the keys of a service of the sidebar', () => {
  it('go to no operation of an API beside it, and are not offered there', async () => {
    save(`${place.running.apim.gatewayUrl}/bank/score`);
    const bank = await startBank(200, { urlTemplate: '/transfers/{id}/execute' });
    const session = await place.session('transfer', undefined, 'bank');
    expect(contentOf(session).shape.serviceKey).toBeUndefined();
    expect(contentOf(session).shape.keys.map(({ id }) => id)).not.toContain('stored');
    const exchange = await sent(place, session, { body: '{}' });
    expect(exchange.requestHeaders.map(({ name }) => name)).not.toContain('Authorization');
    expect(bank.seen).toEqual([['POST', '/transfers/7/execute', undefined]]);
    // Nor where the page says that they do.
    session.change({ ...contentOf(session).draft, serviceKey: true }, 2);
    await session.send();
    expect(session.view().problem?.sentence).toBe('The secret store has no API key for this API any more, so nothing was sent.');
    expect(bank.seen).toHaveLength(1);
    await bank.stop();
  });

  it('do not follow to a service whose name is typed instead', async () => {
    const service = place.addService({ subscriptionKey: place.subscriptionKey('team-a'), serviceKey: key });
    const session = await place.session('rrs-execute', file);
    const { draft, shape } = contentOf(session);
    expect(shape.serviceKey).not.toHaveProperty('isOther');
    for (const chosen of [{ key: 'stored', serviceKey: false }, { key: 'none', serviceKey: true }]) {
      session.change({ ...draft, values: [draft.values[0] ?? '', otherId, ...draft.values.slice(2)], ...chosen }, 2);
      await session.send();
      expect(session.view().problem).toMatchObject({
        sentence: 'The keys of "Behind" are for its own address alone, and this call goes to another one, so nothing was sent.', detail: service.address,
      });
    }
    expect([place.kept, place.confirmed]).toEqual([[], []]);
    // The key of a subscription is for the gateway.
    expect((await sent(place, session, { values: draft.values, key: 'subscription:team-a', serviceKey: false })).answer?.status).toBe(200);
  });

  it('are left out at first where the page may lead to it and does not yet', async () => {
    await place.running.put('/apis/azureml-demo/operations/any', {
      displayName: 'Any', method: 'POST', urlTemplate: '/workspaces/{workspace}/services/{service}/execute',
      templateParameters: [{ name: 'workspace', type: 'string', required: true }, { name: 'service', type: 'string', required: true }],
    });
    place.addService({ subscriptionKey: place.subscriptionKey('team-a'), serviceKey: key });
    const { shape, draft } = contentOf(await place.session('any', file));
    expect(shape.serviceKey).toMatchObject({ service: 'Behind', isSet: true, isOther: true, help: expect.stringContaining('address of Behind alone') });
    expect([shape.keys[0]?.id, shape.key, draft.serviceKey]).toEqual(['stored', 'subscription:team-a', false]);
  });

  it('are missed where they are gone meanwhile', async () => {
    const service = place.addService({ subscriptionKey: place.subscriptionKey('team-a'), serviceKey: key });
    const session = await place.session('rrs-execute', file);
    place.secrets.set(service.address, { subscriptionKey: place.subscriptionKey('team-a') });
    await session.send();
    expect(session.view().problem).toMatchObject({
      sentence: 'The secret store has no API key for this API any more, so nothing was sent.',
      advice: 'Leave the API key out on the page, or set it again.',
    });
    expect(place.kept).toEqual([]);
  });
});

describe('a key in the query', () => {
  it('is chosen, and typed nowhere', async () => {
    const bank = await startBank(200, {
      urlTemplate: '/x', templateParameters: [], request: { queryParameters: [
        { name: 'Subscription-Key', type: 'string', required: true, defaultValue: 'typed-key-0815' }, { name: 'code', type: 'string', required: true, defaultValue: 'code-0815' },
      ] },
    });
    const session = await place.session('transfer', undefined, 'bank');
    expect(contentOf(session)).toMatchObject({ draft: { values: ['', 'code-0815'] }, problems: { values: ['', ''] } });
    session.change({ ...contentOf(session).draft, body: '{}', values: ['typed-key-0815', 'code-0815'] }, 1);
    expect(contentOf(session).problems.values).toEqual(['"Subscription-Key" carries a key: choose the key above instead.', '']);
    await session.send();
    expect(bank.seen).toEqual([]);
    const exchange = await sent(place, session, { values: ['', 'code-0815'], headers: [{ name: 'X-Client-Secret', value: 'typed-in-a-header-0815' }] });
    expect(bank.seen).toEqual([['POST', '/x?code=code-0815', undefined]]);
    expect([exchange.url, place.confirmed[0]?.address]).toEqual(Array(2).fill(expect.stringMatching(/\/bank\/x\?code=•+$/)));
    expect(await place.kept[0]?.hidden()).toEqual(['code-0815', 'typed-in-a-header-0815']);
    await bank.stop();
  });
});

describe('an operation that only ends as those of a scoring service', () => {
  it.each(['execute', 'score'])('%s is asked about, and sent once whatever it answers', async (ending) => {
    const bank = await startBank(503, { urlTemplate: `/transfers/{id}/${ending}` });
    const session = await place.session('transfer', undefined, 'bank');
    const exchange = await sent(place, session, { body: '{}' });
    expect([exchange.answer?.status, exchange.earlierAttempts, bank.seen.length]).toEqual([503, [], 1]);
    expect(place.confirmed).toMatchObject([{ changes: true, isOfScoring: false }]);
    await bank.stop();
  });

  it('is one of the service where the sidebar has it at that address', async () => {
    save(`${place.running.apim.gatewayUrl}/bank/score`);
    const bank = await startBank(503, { urlTemplate: '/score', templateParameters: [] });
    const session = await place.session('transfer', undefined, 'bank');
    const exchange = await sent(place, session, { body: '{}', serviceKey: true });
    expect([exchange.earlierAttempts.length, bank.seen.length]).toEqual([2, 3]);
    expect(place.confirmed).toMatchObject([{ changes: true, isOfScoring: true }]);
    await bank.stop();
  });

  it('is asked about where it is none of the five of an API that has them', async () => {
    await place.running.put('/apis/azureml-demo/operations/odd', { displayName: 'Odd', method: 'DELETE', urlTemplate: '/customers' });
    await sent(place, await place.session('odd'));
    expect(place.confirmed).toMatchObject([{ changes: true, isOfScoring: false }]);
  });
});
