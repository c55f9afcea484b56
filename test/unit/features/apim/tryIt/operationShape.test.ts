// What ARM tells of APIs and operations -> what a call takes: templates, versions, revisions, bodies, keys, and what makes no sense.

import { describe, expect, it } from 'vitest';
import { ConfirmedApis } from '../../../../../src/features/apim/tryIt/confirmed';
import { mostEntries } from '../../../../../src/features/apim/access/reads';
import { keyChoices, type KeysRead } from '../../../../../src/features/apim/tryIt/keyChoices';
import { basesOf, methodOf, readApi, readOperation } from '../../../../../src/features/apim/tryIt/operationShape';
import { isPublishedHere } from '../../../../../src/features/apim/tryIt/ours';
import { bodyFor, longestFile } from '../../../../../src/features/apim/tryIt/requestFile';
import { hasAllRoles, jobIdIn, roleOf, scoringFirst } from '../../../../../src/features/apim/tryIt/roles';
import type { Entry } from '../../../../../src/features/apim/items';
import type { ApimInstance } from '../../../../../src/features/apim/instance';
import { LocalFailure } from '../../../../../src/model/errors';

describe('an API', () => {
  it('is read with what is usual where nothing is told', () => {
    expect(readApi('demo', undefined)).toEqual({ title: 'demo', path: '', keyHeader: 'Ocp-Apim-Subscription-Key', keyQuery: 'subscription-key', keyNeeded: true, type: 'http', revision: '' });
    expect(readApi('demo;rev=2', {
      displayName: 'De\nmo', path: '/a/b/', subscriptionRequired: false, subscriptionKeyParameterNames: { header: 'X-Key' }, type: 'SOAP', apiVersion: 'v1', apiVersionSetId: '/x/apiVersionSets/set',
    })).toEqual({ title: 'De mo', path: 'a/b', keyHeader: 'X-Key', keyQuery: 'subscription-key', keyNeeded: false, type: 'soap', version: { name: 'v1', setId: 'set' }, revision: ';rev=2' });
    expect(readApi('demo;rev=2', { isCurrent: true }).revision).toBe('');
  });

  it('lies at each gateway, at its path, version and revision', () => {
    const gateways = ['https://a.example', 'https://b.example/'];
    expect(basesOf(gateways, { path: 'a/b', revision: '' })).toEqual(['https://a.example/a/b', 'https://b.example/a/b']);
    expect(basesOf(['https://a.example'], { path: '', revision: ';rev=2' }, 'v 1')).toEqual(['https://a.example/v%201;rev=2']);
    expect(basesOf(['https://a.example'], { path: '', revision: ';rev=2' })).toEqual(['https://a.example/;rev=2']);
    expect(basesOf(['https://a.example'], { path: 'ü?#\ud83d\ude00', revision: '' })).toEqual(['https://a.example/%C3%BC%3F%23%F0%9F%98%80']);
  });
});

describe('an operation', () => {
  it('has one field for a name that stands twice, in whatever case', () => {
    const named = (properties: object): readonly string[] => readOperation('op', properties, 'GET').parameters.map(({ name, place }) => `${name} ${place}`);
    expect(named({ urlTemplate: '/a/{y}/b/{Y}?y={y}&z={z}&w={z}' })).toEqual(['y path', 'z query']);
    expect(named({ urlTemplate: '/{y}', templateParameters: [{ name: 'y' }, { name: 'Y' }] })).toEqual(['y path']);
  });

  it('has its parameters by their places, also those that nobody has listed', () => {
    const { template, parameters } = readOperation('op', {
      urlTemplate: '/a/{id:int}/{other}/{*rest}?x={x}&y={y}', templateParameters: [
        { name: 'id', required: false, type: 'int', description: 'two\nlines' }, { name: 'x', required: true, defaultValue: '1', values: ['1', '', 2, '3'] }, { name: 'y' }, { name: '' }, 5,
      ],
      request: { queryParameters: [{ name: 'X', required: true }, { name: 'z', required: true, defaultValue: 7 }] },
    }, 'GET');
    expect(template).toBe('/a/{id}/{other}/{rest}?x={x}&y={y}');
    expect(parameters).toEqual([
      { name: 'id', place: 'path', required: true, type: 'int', description: 'two lines', value: '', values: [] },
      { name: 'x', place: 'query', required: true, value: '1', values: ['1', '3'] }, { name: 'y', place: 'query', required: false, value: '', values: [] },
      { name: 'other', place: 'path', required: true, value: '', values: [] }, { name: 'rest', place: 'path', required: false, rest: true, value: '', values: [] },
      { name: 'z', place: 'option', required: true, value: '', values: [] },
    ]);
  });

  it.each([['*', '/{path}'], ['/*', '/{path}'], ['/a/*?x=1', '/a/{path}?x=1'], ['/a*b', '/a*b'], ['', ''], [undefined, '']])('with the template %s', (urlTemplate, template) => {
    expect(readOperation('op', { urlTemplate }, 'GET').template).toBe(template);
  });

  it('has a body with its example, unless its method has none', () => {
    const request = { representations: [{ contentType: 'text/xml', sample: '<x/>' }, { contentType: 'application/JSON; charset=utf-8', examples: { default: { value: '{"raw": 1.0}' } } }] };
    expect(readOperation('op', { request }, 'POST').body).toEqual({ contentType: 'application/JSON; charset=utf-8', json: true, comments: false, required: false, text: '{"raw": 1.0}' });
    expect(readOperation('op', { request: { representations: [{ contentType: 'text/xml', sample: '<x/>' }] } }, 'PUT').body).toMatchObject({ json: false, text: '<x/>' });
    expect(readOperation('op', { request }, 'GET').body).toBeUndefined();
    expect(readOperation('op', {}, 'DELETE').body).toBeUndefined();
    expect(readOperation('op', {}, 'POST').body).toMatchObject({ contentType: 'application/json', text: '', required: false, untold: true });
    const odd = { representations: [{ contentType: 'a\r\nX: y', examples: { a: { value: 'x'.repeat(2_000_000) } } }] };
    expect(readOperation('op', { request: odd }, 'POST').body).toMatchObject({ contentType: 'application/json', text: '' });
  });

  it('is none that can be called with a method that is none', () => {
    expect([methodOf({ method: 'get' }), methodOf({ method: 'TRACE' }), methodOf({ method: 5 }), methodOf(undefined)]).toEqual(['GET', undefined, undefined, undefined]);
  });

  it('keeps hostile names as names', () => {
    const name = '__proto__';
    const { parameters, headers } = readOperation('op', { urlTemplate: `/{${name}}`, request: { headers: [{ name: '<b>', required: true }, { name: 'X', values: ['1'] }] } }, 'GET');
    expect(parameters.map((each) => each.name)).toEqual([name]);
    expect(headers).toEqual([{ name: '<b>', value: '' }]);
    const long = { urlTemplate: '/', templateParameters: Array.from({ length: 1000 }, (_, index) => ({ name: `${'n'.repeat(10_000)}${index}` })) };
    expect(readOperation('op', long, 'GET').parameters.length).toBeLessThanOrEqual(200);
  });
});

const operation = (method: string, path: string): Entry => ({ kind: 'operation', id: path, name: path, title: path, method, path });
const five = [
  operation('DELETE', '/w/{w}/jobs/{jobid}?v={v}'), operation('POST', '/w/{w}/jobs/{jobid}/start'), operation('GET', '/jobs/{jobid}'), operation('POST', '/jobs?v=1'), operation('post', '/w/{w}/execute?v={v}'),
];

describe('the five operations', () => {
  it('are told by their methods and templates, and that which scores comes first', () => {
    expect(five.map(roleOf)).toEqual(['delete', 'start', 'status', 'submit', 'execute']);
    expect(roleOf(operation('POST', '/score'))).toBe('execute');
    expect([roleOf(operation('GET', '/execute')), roleOf(operation('POST', '/jobs/{a}/{b}')), roleOf({}), roleOf(operation('GET', '/jobs/1'))]).toEqual([undefined, undefined, undefined, undefined]);
    expect([hasAllRoles(five), hasAllRoles(five.slice(1))]).toEqual([true, false]);
    expect(scoringFirst([operation('GET', '/x'), ...five]).map(roleOf)).toEqual(['execute', 'submit', 'start', 'status', 'delete', undefined]);
  });

  it.each([['"2613f0"', '2613f0'], ['{"id":"a"}', undefined], ['"a/../b"', undefined], ['"<img>"', undefined], ['', undefined], [`"${'a'.repeat(300)}"`, undefined], ['5', undefined]])('the id in %s', (text, id) => {
    expect(jobIdIn({ headers: [], body: Buffer.from(text) })).toBe(id);
  });
});

describe('keys to choose from', () => {
  const subscription = (name: string, scope: string | undefined, state = 'active'): Entry => ({ kind: 'subscription', id: name, name, title: name.toUpperCase(), scope, state });
  const product: Entry = { kind: 'product', id: 'p', name: 'starter', title: 'Starter' };
  const read = (more: Partial<KeysRead>): ReturnType<typeof keyChoices> => keyChoices({ subscriptions: [], products: [product], api: 'demo', keyNeeded: true, stored: undefined, ...more });

  it('what could not be read, or was not, is said, and nothing is said to be missing', () => {
    const ofProduct: Entry = { kind: 'subscription', id: '/i/subscriptions/p', name: 'p', title: 'P', scope: '/i/products/starter', state: 'active' };
    const { choices, notes } = read({ subscriptions: [ofProduct], products: undefined });
    expect(choices.map(({ id }) => id)).toEqual(['none']);
    expect(notes).toEqual(['The products of this API cannot be read, so no subscription of a product is offered.']);
    expect(read({ subscriptions: [] }).notes).toEqual([expect.stringContaining('Create one in the menu of a product')]);
    const many = Array.from({ length: mostEntries }, (_, at): Entry => ({ ...ofProduct, id: `/i/subscriptions/p${at}`, name: `p${at}`, scope: '/i/products/another' }));
    expect(read({ subscriptions: many }).notes).toEqual(['Only the first 1,000 subscriptions of the instance are looked at: others may open this API, too.']);
    expect(read({ subscriptions: many.slice(1) }).notes).toEqual([expect.stringContaining('Create one')]);
  });

  it('are those that open the API, the narrowest first, those that are refused last', () => {
    const { choices, first, notes } = read({ subscriptions: [
      subscription('all', ''), subscription('off', '/products/Starter', 'suspended'), subscription('api', '/apis/demo;rev=1'), subscription('other', '/products/other'), subscription('ours', '/products/starter'),
      subscription('odd', '/x/y/z'), subscription('none', undefined), subscription('elsewhere', '/apis/demo2'),
    ] });
    expect(choices.map(({ label }) => label)).toEqual(['Starter / OURS', 'API demo;rev=1 / API', 'all APIs / ALL', 'Starter / OFF (suspended)', 'No key']);
    expect([first, notes]).toEqual(['subscription:ours', []]);
  });

  it('say what is wrong with them', () => {
    expect(read({}).notes).toEqual(['No active subscription opens this API. Create one in the menu of a product that holds it.']);
    expect(read({ subscriptions: undefined }).notes).toEqual(['The subscriptions of the instance cannot be read, so none of them is offered.']);
    expect(read({ keyNeeded: false })).toMatchObject({ first: 'none', notes: [], choices: [{ id: 'none' }] });
    expect(read({ subscriptions: [subscription('off', '/products/starter', 'suspended')] }).first).toBe('none');
  });
});

it('the body is the file that was in front where the operation takes it', () => {
  const body = { contentType: 'application/json', json: true, comments: false, required: false, text: '{"example":1}' };
  const file = { name: 'a.json', text: '{}', kind: 'request' as const };
  expect(bodyFor(body, 'execute', file)).toMatchObject({ text: '{}', comments: true, required: true, from: 'from a.json' });
  expect(bodyFor(body, 'submit', { ...file, kind: 'either' })).toMatchObject({ text: '{}' });
  for (const [role, kind] of [['submit', 'request'], ['execute', 'batch'], ['start', 'either'], [undefined, 'request']] as const)
    expect(bodyFor(body, role, { ...file, kind })).toMatchObject({ text: '{"example":1}', from: 'the example of the API' });
  expect(bodyFor(body, 'execute', { ...file, text: ' '.repeat(longestFile + 1) })).toMatchObject({ text: '{"example":1}', from: expect.stringContaining('too long') });
  expect(bodyFor(body, 'execute', undefined)).toHaveProperty('example', true);
  expect(bodyFor(body, 'execute', file)).not.toHaveProperty('example');
  const untold = { ...body, text: '', untold: true } as const;
  expect(bodyFor(untold, undefined, undefined)).not.toHaveProperty('from');
  // What a service is asked with has a body, whatever an API tells of it.
  expect([bodyFor(untold, 'start', undefined), bodyFor(untold, 'submit', undefined)].map((each) => each.untold)).toEqual([true, undefined]);
});

it('an API that was agreed to is remembered, also where the memory keeps nothing', async () => {
  const kept = new Map<string, unknown>();
  const memory = { get: (key: string) => kept.get(key), update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)) };
  await new ConfirmedApis(memory).add('a');
  expect([new ConfirmedApis(memory).has('a'), new ConfirmedApis(memory).has('b')]).toEqual([true, false]);
  kept.set('confirmedApis', [1, { a: 1 }, 'c']);
  expect(new ConfirmedApis(memory).has('c')).toBe(true);
  const none = new ConfirmedApis({ get: () => 'nonsense', update: () => Promise.resolve() });
  await none.add('a');
  expect(none.has('a')).toBe(true);
});

it('an API is ours where a publishing has made it, and an unreadable one has made none', async () => {
  const instance: ApimInstance = { id: '/I', endpointUrl: 'https://arm', sample: false, name: 'i', resourceGroup: 'g', subscriptionId: 's', gatewayUrls: [] };
  const step = (path: string, state = 'done', kind = 'api'): object => ({ kind, path, state });
  const journal = (...steps: readonly object[]): Parameters<typeof isPublishedHere>[0] => {
    const entries: Readonly<Record<string, unknown>> = {
      bad: { kind: 'unreadable', name: 'bad', reason: 'x' }, gone: { kind: 'gone' }, other: { kind: 'publishing', publishing: { instance: { ...instance, id: '/j' }, steps: [step('/apis/demo')] } },
      own: { kind: 'publishing', publishing: { instance: { ...instance, id: '/i' }, steps } },
    };
    const isJournal = (value: unknown): value is Parameters<typeof isPublishedHere>[0] => typeof value === 'object';
    const made: unknown = { keys: () => Promise.resolve(Object.keys(entries)), read: (key: string) => Promise.resolve(entries[key]) };
    if (!isJournal(made)) throw new LocalFailure({ sentence: 'None.' });
    return made;
  };
  expect(await isPublishedHere(journal(step('/apis/Demo;rev=2')), { instance, api: 'demo' })).toBe(true);
  expect(await isPublishedHere(journal(step('/apis/demo%3Brev%3D2')), { instance, api: 'demo;rev=3' })).toBe(true);
  expect(await isPublishedHere(journal(step('/apis/demo', 'planned'), step('/apis/demo', 'done', 'apiPolicy'), step('/apis/demo2')), { instance, api: 'demo' })).toBe(false);
});
