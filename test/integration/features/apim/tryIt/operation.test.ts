// Operations of an API that are called from their page, over real sockets: the sample service behind Sample API Management.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArmFailed, Cancelled } from '../../../../../src/model/errors';
import type { Exchange } from '../../../../../src/model/exchange';
import { goodDay, goodDayRow, key } from '../../../sample/sampleClient';
import { contentOf, sent, startTryIt, type TryItPlace } from './tryItPlace';

let place: TryItPlace;
beforeEach(async () => {
  place = await startTryIt();
});
afterEach(() => place.close());

const rows = ({ tables }: Exchange): readonly unknown[] => tables[0]?.rows ?? [];
const file = (text: string, kind: 'request' | 'batch' | 'other' = 'request'): { readonly name: string; readonly text: string; readonly kind: typeof kind } =>
  ({ name: 'good-day.json', text, kind });

describe('RRS Execute', () => {
  it('takes the template’s parameters with their defaults, the key of a subscription, and gives the table', async () => {
    const session = await place.session('rrs-execute', file(goodDay));
    const { shape, address, problems } = contentOf(session);
    expect(shape).toMatchObject({
      title: 'RRS Execute', owner: 'AzureML Demo API', sample: true, method: 'POST', key: 'subscription:team-a', notes: [],
      body: { contentType: 'application/json', json: true, comments: true, text: goodDay, from: 'from good-day.json' },
      keys: [{ id: 'subscription:team-a', label: 'Starter / Team A' }, { label: 'all APIs / Built-in all-access subscription', remark: expect.stringContaining('opens all APIs') }, { id: 'none', remark: expect.stringContaining('401') }],
    });
    expect(shape.parameters.map(({ name, place: at, value, required }) => [name, at, value.length, required])).toEqual([
      ['workspace', 'path', 32, true], ['service', 'path', 32, true], ['apiversion', 'query', 3, true], ['details', 'query', 4, true],
      ['format', 'option', 0, false],
    ]);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/azureml-demo\/workspaces\/\w{32}\/services\/\w{32}\/execute\?api-version=2\.0&details=true$/);
    expect(problems).toEqual({ values: ['', '', '', '', ''], headers: [] });
    const exchange = await sent(place, session);
    expect(rows(exchange)).toEqual([goodDayRow]);
    expect(exchange).toMatchObject({ own: true, source: 'RRS Execute (Starter / Team A)', method: 'POST', url: address, requestBody: goodDay, notes: [], answer: { status: 200 } });
    const header = exchange.requestHeaders.find(({ name }) => name === 'Ocp-Apim-Subscription-Key');
    expect(header?.value).toMatch(/^•+/);
    expect(await place.kept[0]?.hidden()).toEqual([place.subscriptionKey('team-a')]);
    expect(place.confirmed).toMatchObject([{ changes: true, isOfScoring: true, file: 'good-day.json' }]);
    // The same call once more, as the panel does it.
    expect(session.view()).not.toHaveProperty('afterwards');
  });

  it('takes comments out as other requests, tells where JSON is wrong, and sends nothing then', async () => {
    const session = await place.session('rrs-execute', file(goodDay));
    expect(rows(await sent(place, session, { body: goodDay.replace('{', '{ // the input\n') }))).toEqual([goodDayRow]);
    session.change({ ...contentOf(session).draft, body: '{\n  "Inputs": {,\n}' }, 2);
    expect(contentOf(session).problems.body).toMatchObject({ line: 2, column: 14, sentence: 'The body is not JSON: a value is expected here.' });
    await session.send();
    expect(place.kept).toHaveLength(1);
    session.change({ ...contentOf(session).draft, body: '' }, 3);
    expect(contentOf(session).problems.body).toEqual({ sentence: 'The call needs a body.' });
  });

  it('sends the key of the secret store where the sidebar has the service, and its API key where it is wanted', async () => {
    const service = place.addService({ subscriptionKey: place.subscriptionKey('team-a'), serviceKey: key });
    const session = await place.session('rrs-execute', file(goodDay));
    expect(contentOf(session)).toMatchObject({ shape: { key: 'stored', serviceKey: { service: 'Behind', isSet: true } }, draft: { serviceKey: true } });
    const exchange = await sent(place, session);
    expect(rows(exchange)).toEqual([goodDayRow]);
    expect(exchange.service).toEqual({ name: 'Behind', address: service.address });
    expect(exchange.requestHeaders.map(({ name }) => name)).toContain('Authorization');
    const without = await sent(place, session, { serviceKey: false });
    expect(without.requestHeaders.map(({ name }) => name)).not.toContain('Authorization');
    place.secrets.clear();
    session.change(contentOf(session).draft, 3);
    await session.send();
    expect(session.view().problem?.sentence).toBe('The secret store has no subscription key for this API any more, so nothing was sent.');
  });

  it('passes on headers and options of the query', async () => {
    const session = await place.session('rrs-execute', file('{"Inputs":{"input1":[{"Col2":"This is a good day"}]},"GlobalParameters":{}}'));
    const { draft } = contentOf(session);
    const exchange = await sent(place, session, { values: [...draft.values.slice(0, 4), 'swagger'], headers: [{ name: ' X-Trace-Of ', value: 'mé 1' }, { name: '', value: '' }] });
    expect(exchange.url).toMatch(/&details=true&format=swagger$/);
    expect(exchange.answer?.status).toBe(200);
    expect(exchange.requestHeaders).toContainEqual({ name: 'X-Trace-Of', value: 'mé 1' });
    expect(exchange.requestHeaders).toContainEqual({ name: 'Content-Type', value: 'application/json' });
  });

  it('masks a header that is a secret by its name, also where it comes back', async () => {
    const session = await place.session('rrs-execute', file(goodDay));
    const exchange = await sent(place, session, { headers: [{ name: 'X-Api-Key', value: 'a-secret-of-mine-123' }] });
    expect(JSON.stringify(exchange)).not.toContain('a-secret-of-mine-123');
  });
});

describe('a refusal', () => {
  it('says that no key was sent, and which one is refused', async () => {
    const session = await place.session('rrs-execute', file(goodDay));
    expect((await sent(place, session, { key: 'none' })).problem).toMatchObject({
      sentence: 'The API "AzureML Demo API" asks for a subscription key, and none was sent.', actions: ['retry'],
    });
    expect(contentOf(session).shape.keys.find(({ id }) => id === 'none')?.remark).toMatch(/401/);
    await place.running.call('PATCH', '/subscriptions/team-a', { body: { properties: { state: 'suspended' } }, headers: { 'If-Match': '*' } });
    expect((await sent(place, session, { key: 'subscription:team-a' })).problem).toMatchObject({
      sentence: expect.stringContaining('"Team A" are refused, as it is not active (suspended)'), actions: ['activateSubscription', 'retry'],
    });
    await session.load();
    expect(contentOf(session).shape.keys.find(({ id }) => id === 'subscription:team-a')?.remark).toMatch(/not active \(suspended\)/);
  });

  it('finds out whose key the secret store has', async () => {
    place.addService({ subscriptionKey: place.subscriptionKey('team-a') });
    await place.running.call('PATCH', '/subscriptions/team-a', { body: { properties: { state: 'suspended' } }, headers: { 'If-Match': '*' } });
    const session = await place.session('rrs-execute', file(goodDay));
    expect((await sent(place, session)).problem?.sentence).toContain('"Team A" are refused, as it is not active (suspended)');
    place.secrets.set(place.services[0]?.address ?? '', { subscriptionKey: 'a-key-of-nobody' });
    expect((await sent(place, session)).problem).toMatchObject({ sentence: 'The gateway does not accept the subscription key.', actions: ['setSubscriptionKey', 'retry'] });
  });

  it('says which limit it was, at once and without another try', async () => {
    const session = await place.session('rrs-execute', file(goodDay));
    let exchange = await sent(place, session);
    for (let made = 0; made < 10 && exchange.answer?.status !== 429; made += 1) exchange = await sent(place, session);
    expect(exchange).toMatchObject({
      answer: { status: 429 }, earlierAttempts: [],
      problem: { sentence: 'A limit of calls is reached, that of the product "Starter": 5 calls in 60 seconds.', actions: ['limitCalls', 'retry'] },
    });
  });

  it('stays as it came where it cannot be found out why or that takes long, and is kept where a person stops it', async () => {
    const session = await place.session('rrs-execute', file(goodDay));
    const plainly = { answer: { status: 401 }, problem: { sentence: expect.stringContaining('subscription key') } };
    for (const error of [new ArmFailed({ sentence: 'ARM is busy.' }, 'other'), new Cancelled(), new Error('odd')]) {
      place.explaining.instead = () => Promise.reject(error);
      expect(await sent(place, session, { key: 'none' })).toMatchObject(plainly);
    }
    place.explaining.instead = () => new Promise(() => undefined);
    place.explaining.atMostMs = 50;
    expect(await sent(place, session, { key: 'none' })).toMatchObject(plainly);
    delete place.explaining.atMostMs;
    const before = place.kept.length;
    const asked = new Promise<void>((done) => {
      place.explaining.instead = () => {
        done();
        return new Promise(() => undefined);
      };
    });
    const sending = session.send();
    await asked;
    session.stop();
    await sending;
    expect(place.kept.slice(before)).toMatchObject([{ exchange: plainly }]);
  });

  it('of the service itself stays the service’s', async () => {
    await place.close();
    place = await startTryIt(false);
    const session = await place.session('rrs-execute', file(goodDay));
    const { problem } = await sent(place, session);
    expect(problem?.sentence).toBe('"AzureML Demo API" asks for an API key, and none is set.');
    // Without a service of the sidebar there is nothing that a key could be set for from there.
    expect(problem?.actions).toEqual(['retry']);
  });
});

describe('another API', () => {
  beforeEach(async () => {
    await place.running.put('/apis/other', { displayName: 'Other', path: 'other/v1', protocols: ['http'], serviceUrl: place.direct, subscriptionRequired: false });
    await place.running.put('/apis/other/operations/item', {
      displayName: 'Change Item', method: 'PUT', urlTemplate: '/items/{id}/{*rest}?lang={lang}', templateParameters: [
        { name: 'id', type: 'string', required: true }, { name: 'rest', type: 'string' }, { name: 'lang', type: 'string', values: ['de', 'en'] },
      ],
      request: {
        queryParameters: [{ name: 'deep', type: 'boolean', required: true, defaultValue: 'true', values: ['true', 'false'] }],
        headers: [{ name: 'Accept-Language', type: 'string', required: true, defaultValue: 'de' }, { name: 'Authorization', type: 'string', required: true }],
        representations: [{ contentType: 'text/plain' }, { contentType: 'application/vnd.item+json', examples: { default: { value: { a: 1 } } } }],
      },
    });
  });

  it('is called with what its operation tells, and asked about', async () => {
    const session = await place.session('item', file(goodDay), 'other');
    const { shape, draft } = contentOf(session);
    expect(shape).toMatchObject({
      key: 'none', method: 'PUT', template: '/items/{id}/{rest}?lang={lang}', body: { contentType: 'application/vnd.item+json', text: '{\n  "a": 1\n}', comments: false },
    });
    expect(shape.serviceKey).toBeUndefined();
    expect(draft.headers).toEqual([{ name: 'Accept-Language', value: 'de' }]);
    const exchange = await sent(place, session, { values: ['a/b c', 'x/y z', '', 'false'] });
    expect(exchange.url).toBe(`${place.running.apim.gatewayUrl}/other/v1/items/a%2Fb%20c/x/y%20z?deep=false`);
    expect(exchange.requestHeaders).toContainEqual({ name: 'Content-Type', value: 'application/vnd.item+json' });
    expect(exchange.requestHeaders.map(({ name }) => name)).not.toContain('Ocp-Apim-Subscription-Key');
    expect(place.confirmed).toMatchObject([{ changes: true, isOfScoring: false, api: 'Other', file: undefined }]);
  });

  it('refuses what no address and no header can have', async () => {
    const session = await place.session('item', undefined, 'other');
    const { draft } = contentOf(session);
    session.change({ ...draft, values: ['..', '\ud800', 'en', ''], headers: [
      { name: 'Authorization', value: 'x' }, { name: 'a b', value: '' }, { name: 'X', value: 'a\r\nB: c' }, { name: 'Host', value: 'x' }, { name: 'x', value: 'y' },
      { name: 'Ocp-Apim-Subscription-Key', value: 'x' }, { name: 'Y', value: '€' }, { name: '', value: 'z' },
    ] }, 1);
    const { problems } = contentOf(session);
    expect(problems.values).toEqual([expect.stringContaining('two dots'), expect.stringContaining('half of a character'), '', '"deep" needs a value.']);
    expect(problems.headers.map((each) => each.slice(0, 24))).toEqual([
      '"Authorization" carries ', 'A header name has letter', 'The value of a header is', '"Host" is made for each ', '"x" is given twice.', '"Ocp-Apim-Subscription-K', 'The value of a header ho', 'The header needs a name.',
    ]);
    await session.send();
    expect(place.kept).toHaveLength(0);
  });
});

it('what is gone, and what cannot be called, is told', async () => {
  const gone = await place.session('nothing');
  expect(gone.view()).toMatchObject({ title: 'nothing', problem: { sentence: expect.stringContaining('nothing') } });
  await place.running.put('/apis/azureml-demo/operations/odd', { displayName: 'Odd', method: 'TRACE', urlTemplate: '/odd' });
  const odd = await place.session('odd');
  expect(odd.view().problem?.sentence).toContain('no call that is made once and answered once');
});
