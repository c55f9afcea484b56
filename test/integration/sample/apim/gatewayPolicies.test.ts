// What policies do to calls and answers, in the order of their scopes.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../sampleClient';
import { execute, startStage, withKey, type AskOptions, type Stage } from './gatewayTools';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());
beforeEach(() => {
  for (const collection of ['/apis', '/products', '/subscriptions', '/namedValues', '/policies']) for (const { path } of stage.store.children(collection)) stage.store.delete(path);
  stage.store.putGuide(stage.backend.url);
  stage.store.putProduct('starter', 'demo');
  stage.store.putSubscription('some', '/products/starter');
  stage.backend.answer();
  stage.log.length = 0;
});

const send = (options: AskOptions = {}, path = execute): Promise<Reply> => stage.ask(path, { method: 'POST', ...options, headers: { ...withKey('some-1').headers, ...options.headers } });
const passedOver = ({ headers }: Reply): unknown => headers['x-sample-policies-passed-over'];
const header = (name: string, value: string, action = 'append'): string => `<set-header name="${name}" exists-action="${action}"><value>${value}</value></set-header>`;
const failed = { statusCode: 500, message: 'Internal server error', activityId: expect.stringMatching(/^[0-9a-f-]{36}$/) };

describe('scopes', () => {
  it('apply from the outermost to the innermost, where base stands', async () => {
    const scopes = [['', 'global'], ['/products/starter', 'product'], ['/apis/demo', 'api'], ['/apis/demo/operations/execute', 'operation']] as const;
    for (const [path, name] of scopes) stage.store.putPolicy(path, { inbound: header('X-In', name), outbound: header('X-Out', name) });
    const reply = await send();
    expect(stage.backend.last().headers['x-in']).toBe('global, product, api, operation');
    expect(reply.headers['x-out']).toBe('global, product, api, operation');
    stage.store.put('/apis/demo/policies/policy', { value: `<policies>\r\n\t<inbound>\r\n\t\t${header('X-In', 'api')}\r\n\t\t<base />\r\n\t</inbound>\r\n\t<outbound />\r\n</policies>`, format: 'xml' });
    const other = await send();
    expect(stage.backend.last().headers['x-in']).toBe('api, global, product, operation');
    expect(other.headers['x-out']).toBe('operation');
  });

  it('without base keep out what is above, and a second base adds nothing', async () => {
    stage.store.putPolicy('', { inbound: header('X-In', 'global') });
    stage.store.put('/apis/demo/policies/policy', { value: `<policies><inbound>${header('X-In', 'api')}</inbound></policies>` });
    await send();
    expect(stage.backend.last().headers['x-in']).toBe('api');
    stage.store.put('/apis/demo/policies/policy', { value: '<policies><inbound><base /><base /></inbound></policies>' });
    await send();
    expect(stage.backend.last().headers['x-in']).toBe('global');
  });

  it('are read anew when they change', async () => {
    for (const value of ['one', 'two']) {
      stage.store.putPolicy('/apis/demo', { inbound: header('X-In', value) });
      await send();
      expect(stage.backend.last().headers['x-in']).toBe(value);
    }
    stage.store.delete('/apis/demo/policies/policy');
    await send();
    expect(stage.backend.last().headers['x-in']).toBeUndefined();
  });

  it('of which none calls the backend end with an empty answer', async () => {
    const before = stage.backend.seen.length;
    stage.store.put('/apis/demo/policies/policy', { value: '<policies><backend /></policies>' });
    expect(await send()).toMatchObject({ status: 200, text: '' });
    expect(stage.backend.seen.length).toBe(before);
    stage.store.put('/apis/demo/policies/policy', { value: '<policies><backend><retry count="2"><forward-request /></retry></backend></policies>' });
    const reply = await send();
    expect([reply.json !== undefined, passedOver(reply)]).toEqual([true, 'retry']);
  });
});

describe('set-header', () => {
  it.each([
    ['override', 'new', 'new'], ['skip', 'old', 'new'], ['append', 'old, new', 'new'], ['delete', undefined, undefined], ['', 'new', 'new'],
  ])('%s', async (action, there, absent) => {
    const all = ['X-There', 'X-Absent'].map((name) => header(name, 'new', action)).join('');
    stage.store.putPolicy('/apis/demo', { inbound: all, outbound: all.replaceAll('X-There', 'X-Backend') });
    const reply = await send({ headers: { 'X-There': 'old' } });
    expect([stage.backend.last().headers['x-there'], stage.backend.last().headers['x-absent']]).toEqual([there, absent]);
    expect([reply.headers['x-backend'], reply.headers['x-absent']]).toEqual([there?.replace('old', 'echo'), absent]);
  });

  it('takes several values, expressions and named values, and lets nothing break out of a header', async () => {
    stage.store.put('/namedValues/1', { displayName: 'my.key-1', value: 'secret\r\nX-Evil: 1', secret: true });
    stage.store.putPolicy('/apis/demo', {
      inbound: `<set-header name="X-A"><value>@(context.Subscription.Id)</value><value>@("a" + context.Operation.Id)</value></set-header>${header('Authorization', ' Bearer {{my.key-1}} ', 'override')}`,
    });
    await send({ headers: { Authorization: 'Bearer mine' } });
    expect(stage.backend.last().headers).toMatchObject({ 'x-a': 'some, aexecute', authorization: 'Bearer secretX-Evil: 1' });
    expect(stage.backend.last().headers['x-evil']).toBeUndefined();
  });

  it('does not touch where a message ends', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: header('Content-Length', '1', 'override') + header('Transfer-Encoding', 'x') + header('bad name', 'x') });
    const reply = await send({ body: 'whole' });
    expect([stage.backend.last().body, passedOver(reply)]).toEqual(['whole', 'set-header']);
  });
});

describe('addresses', () => {
  it('are the API\'s with the path behind its own, and query and body as they came', async () => {
    stage.store.putGuide(`${stage.backend.url}/base/?fixed=1`);
    await send({ body: 'text', headers: { 'X-A': 'b' } }, `${execute}&q=a+b%20c&q=2`);
    expect(stage.backend.last()).toMatchObject({ method: 'POST', url: '/base/workspaces/w/services/s/execute?fixed=1&api-version=2.0&details=true&q=a+b%20c&q=2', body: 'text', headers: { 'x-a': 'b', host: new URL(stage.backend.url).host } });
  });

  it.each([
    ['/v2/{service}/{workspace}', {}, '/v2/s%2F1/w?q=1'],
    ['v2?api-version={apiversion}&amp;details=true', {}, '/v2?api-version=2.0&details=true&q=1'],
    ['/v2', { 'copy-unmatched-params': 'false' }, '/v2'],
    ['/v2?q={q}', {}, '/v2?q={q}'],
    ['/v2 ü', {}, '/v2%20%C3%BC?q=1'],
    ['@("/by/" + context.Api.Id)', {}, '/by/demo?q=1'],
  ])('rewritten by %s %o', async (template, attributes, url) => {
    const more = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`).join(' ');
    stage.store.putPolicy('/apis/demo', { inbound: `<rewrite-uri template="${template}" ${more} />` });
    await send({}, '/demo/workspaces/w/services/s%2f1/execute?api-version=2.0&details=true&q=1');
    expect(stage.backend.last().url).toBe(url);
  });

  it('do not go up by what a caller writes into a template', async () => {
    stage.store.putApi('up', stage.backend.url, {}, [['get', 'POST', '/x?name={name}']]);
    stage.store.putSubscription('up', '/apis/up');
    stage.store.putPolicy('/apis/up', { inbound: '<rewrite-uri template="/files/{name}/text" />' });
    const before = stage.backend.seen.length;
    expect((await stage.ask('/up/x?name=..', { method: 'POST', ...withKey('up-1') })).json).toEqual({ statusCode: 400, message: 'Bad Request' });
    expect(stage.backend.seen.length).toBe(before);
  });

  it.each([
    ['override', '?api-version=2.0&details=true&n=new&m=new'], ['skip', '?api-version=2.0&details=true&n=old&m=new'], ['append', '?api-version=2.0&details=true&n=old&n=new&m=new'],
    ['delete', '?api-version=2.0&details=true'],
  ])('get arguments: %s', async (action, query) => {
    stage.store.putPolicy('/apis/demo', { inbound: ['n', 'm'].map((name) => `<set-query-parameter name="${name}" exists-action="${action}"><value>new</value></set-query-parameter>`).join('') });
    await send({}, `${execute}&n=old`);
    expect(stage.backend.last().url).toBe(`/workspaces/w/services/s/execute${query}`);
  });

  it('can be those of another backend', async () => {
    stage.store.putGuide('https://nowhere.invalid');
    stage.store.put('/namedValues/1', { displayName: 'backend', value: stage.backend.url });
    stage.store.putPolicy('/apis/demo', { inbound: '<set-backend-service base-url="{{backend}}/v9" />' });
    expect((await send()).status).toBe(200);
    expect(stage.backend.last().url).toMatch(/^\/v9\/workspaces/);
  });

  it.each([
    ['http://example.com', 'is http and not on this computer'], ['ftp://127.0.0.1/', 'is none that can be called'], ['', 'is none that can be called'], ['http://127.0.0.1:9', 'cannot be called (ECONNREFUSED)'],
    ['http://169.254.169.254', 'is http and not on this computer'],
  ])('that cannot be called are an error, and the log says why: %s', async (serviceUrl, why) => {
    stage.store.putGuide(serviceUrl);
    expect(await send()).toMatchObject({ status: 500, json: failed, headers: { 'content-type': 'application/json' } });
    expect(stage.log).toEqual([expect.stringContaining(why)]);
    expect(stage.store.calls.at(-1)).toMatchObject({ status: 500, apiId: 'demo', operationId: 'execute' });
  });

  it('are not followed where the backend sends elsewhere', async () => {
    stage.backend.answer((_, response) => void response.writeHead(302, { Location: 'http://example.com/' }).end());
    expect(await send()).toMatchObject({ status: 302, headers: { location: 'http://example.com/' } });
  });
});

describe('answers', () => {
  it('of a policy are given instead of the backend\'s', async () => {
    const before = stage.backend.seen.length;
    stage.store.putPolicy('/apis/demo', { inbound: `<return-response><set-status code="418" reason="Teapot" />${header('X-A', '@(context.Api.Id)')}<set-body><![CDATA[{ "a": "<&" }]]></set-body></return-response>` });
    const reply = await send();
    expect(reply).toMatchObject({ status: 418, text: '{ "a": "<&" }', headers: { 'x-a': 'demo' } });
    expect([stage.backend.seen.length, passedOver(reply)]).toEqual([before, undefined]);
    stage.store.putPolicy('/apis/demo', { inbound: '<return-response />' });
    expect(await send()).toMatchObject({ status: 200, text: '' });
  });

  it('of a policy after the backend as well, and what they cannot say is named', async () => {
    stage.store.putPolicy('/apis/demo', { outbound: '<return-response><set-status code="204" /><set-body template="liquid">{{body}}</set-body><set-variable name="x" value="y" /></return-response>' });
    const reply = await send();
    expect([reply.status, reply.text, passedOver(reply), reply.headers['x-backend']]).toEqual([204, '', 'set-body, set-variable', undefined]);
  });

  it('hold no more than a head can', async () => {
    const value = '@("a\\r\\nX-Evil: 1")';
    stage.store.putPolicy('/apis/demo', { inbound: `<return-response><set-status code="200" reason='@("O\\nK\u0142")' />${header('X-A', value)}</return-response>` });
    const reply = await send();
    expect([reply.status, reply.headers['x-a'], reply.headers['x-evil']]).toEqual([200, 'aX-Evil: 1', undefined]);
  });

  it('get another status', async () => {
    stage.store.putPolicy('/apis/demo', { outbound: '<set-status code="202" reason="Later" />' });
    expect((await send()).status).toBe(202);
  });

  it('that say no go through on-error', async () => {
    stage.store.putPolicy('/apis/demo', { onError: header('X-Error', '@(context.Request.Method)'), outbound: header('X-Out', 'x') });
    const reply = await stage.ask(execute, { method: 'POST' });
    expect([reply.status, reply.headers['x-error'], reply.headers['x-out']]).toEqual([401, 'POST', undefined]);
    stage.store.putPolicy('/apis/demo', { onError: '<return-response><set-status code="503" /><set-body>Later.</set-body></return-response>' });
    expect(await stage.ask(execute, { method: 'POST' })).toMatchObject({ status: 503, text: 'Later.' });
    stage.store.putPolicy('/apis/demo', { onError: header('X-Error', '{{none}}') });
    expect((await stage.ask(execute, { method: 'POST' })).json).toEqual(failed);
  });
});

describe('what is passed over', () => {
  it('is named in the answer, once, and stops nothing', async () => {
    stage.store.putPolicy('/apis/demo', {
      inbound: '<!-- <quota calls="0" renewal-period="300" /> --><set-variable name="a" value="@(new Random().Next(1, 3))" /><choose><when condition="@(1 < 2)"><return-response /></when></choose><set-variable name="b" value="c" />' + header('X-A', '@(context.Variables["a"])') + '<set-backend-service backend-id="other" /><x:y\u00fc />',
      outbound: '<cache-store duration="@(f<int>(1))" />',
    });
    const reply = await send();
    expect([reply.status, passedOver(reply)]).toEqual([200, 'set-variable, choose, set-header, set-backend-service, unnamed, cache-store']);
    expect(stage.backend.last().headers['x-a']).toBeUndefined();
  });

  it('is nothing where all is carried out', async () => {
    expect(passedOver(await send())).toBeUndefined();
  });

  it('is a document that is none of policies', async () => {
    stage.store.put('/apis/demo/policies/policy', { value: '<fragment><return-response /></fragment>' });
    expect((await send()).json).toBeDefined();
  });
});

describe('an error', () => {
  it('is a named value that is not there, and its name stands in the log', async () => {
    stage.store.put('/namedValues/1', { displayName: 'other', keyVault: {} });
    for (const name of ['none', 'other']) {
      stage.store.putPolicy('/apis/demo', { inbound: header('Authorization', `Bearer {{${name}}}`) });
      expect((await send()).json).toEqual(failed);
    }
    expect(stage.log).toEqual(['none', 'other'].map((name) => expect.stringContaining(`The named value ${name}`)));
  });

  it('is an expression that asks for what the call does not have', async () => {
    stage.store.putGuide(stage.backend.url, { subscriptionRequired: false });
    stage.store.putPolicy('/apis/demo', { inbound: '<rate-limit-by-key calls="1" renewal-period="60" counter-key="@(context.Subscription.Id)" />' });
    expect((await stage.ask(execute, { method: 'POST' })).json).toEqual(failed);
    expect(stage.log).toEqual([expect.stringContaining('An expression of rate-limit-by-key')]);
  });
});
