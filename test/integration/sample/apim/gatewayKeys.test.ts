// Who may call: keys in each form and scope, what is answered without one, and that no key goes further than the gateway.

import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGateway } from '../../../../src/sample/apim/gateway';
import { execute, startStage, withKey, type AskOptions, type Stage } from './gatewayTools';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());
beforeEach(() => {
  for (const { path } of ['/apis', '/products', '/subscriptions', '/namedValues'].flatMap((each) => stage.store.children(each))) stage.store.delete(path);
  stage.store.putGuide(stage.backend.url);
  stage.store.putSubscription('all', '/apis');
});

const send = (path: string, options: AskOptions = {}): ReturnType<Stage['ask']> => stage.ask(path, { method: 'POST', ...options });
const missing = { statusCode: 401, message: 'Access denied due to missing subscription key. Make sure to include subscription key when making requests to this API.' };
const invalid = { statusCode: 401, message: 'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.' };

describe('a key', () => {
  it('is taken from the header or the query, the first or the second, and does not go on to the backend', async () => {
    for (const [path, options] of [[execute, withKey('all-1')], [execute, withKey('all-2')], [`${execute}&subscription-key=all-1`, {}], [`${execute}&Subscription-Key=all-2&a=b`, {}]] as const) {
      expect((await send(path, options)).status).toBe(200);
      expect(JSON.stringify(stage.backend.last())).not.toMatch(/all-\d|subscription-key/i);
    }
    expect(stage.backend.last().url).toBe('/workspaces/w/services/s/execute?api-version=2.0&details=true&a=b');
    expect(JSON.stringify([stage.store.calls, stage.log])).not.toMatch(/all-\d/);
  });

  it('in the header counts, where there is one in the query as well', async () => {
    expect((await send(`${execute}&subscription-key=all-1`, withKey('wrong'))).json).toEqual(invalid);
    expect((await send(`${execute}&subscription-key=wrong`, withKey('all-1'))).status).toBe(200);
  });

  it('that is missing is asked for', async () => {
    const reply = await send(execute);
    expect(reply).toMatchObject({ status: 401, json: missing });
    expect(reply.headers['content-type']).toBe('application/json');
    expect(reply.headers['www-authenticate']).toBe(`AzureApiManagementKey realm="${stage.gateway.url}/demo",name="Ocp-Apim-Subscription-Key",type="header"`);
    expect((await send(execute, withKey(''))).json).toEqual(missing);
  });

  it.each(['wrong', 'all-11', 'ALL-1', 'all'])('that is wrong is refused: %s', async (key) => {
    const reply = await send(execute, withKey(key));
    expect(reply).toMatchObject({ status: 401, json: invalid });
    expect(reply.headers['www-authenticate']).toContain('AzureApiManagementKey realm=');
  });

  it.each(['suspended', 'submitted', 'rejected', 'cancelled', 'expired', 'Suspended'])('of a subscription that is %s is refused', async (state) => {
    stage.store.putSubscription('some', '/apis', { state });
    expect((await send(execute, withKey('some-1'))).json).toEqual(invalid);
    stage.store.putSubscription('some', '/apis', { state: 'active' });
    expect((await send(execute, withKey('some-1'))).status).toBe(200);
  });

  it('that is empty in the store opens nothing', async () => {
    stage.store.putSubscription('some', '/apis', { primaryKey: '', secondaryKey: undefined });
    expect((await send(execute, withKey('undefined'))).json).toEqual(invalid);
  });

  it('has the names that the API gives it', async () => {
    stage.store.putGuide(stage.backend.url, { subscriptionKeyParameterNames: { header: 'X-Key', query: 'k' } });
    expect((await send(execute, withKey('all-1'))).json).toEqual(missing);
    expect((await send(execute)).headers['www-authenticate']).toContain('name="X-Key",type="header"');
    expect((await send(execute, { headers: { 'x-key': 'all-1' } })).status).toBe(200);
    expect((await send(`${execute}&k=all-1`)).status).toBe(200);
    expect(JSON.stringify(stage.backend.last())).not.toContain('all-1');
  });
});

describe('a scope', () => {
  const id = '/subscriptions/0/resourceGroups/g/providers/Microsoft.ApiManagement/service/sample';
  beforeEach(() => {
    stage.store.putApi('other', stage.backend.url, {}, [['get', 'POST', '/x']]);
    stage.store.putProduct('starter', 'demo');
  });

  it.each([
    ['/apis', 200, 200], ['/', 200, 200], [`${id}/`, 200, 200], [`${id}/apis`, 200, 200], [`${id}/apis/demo`, 200, 401], ['/apis/demo', 200, 401], ['/APIs/Demo', 200, 401],
    ['/apis/other', 401, 200], ['/products/starter', 200, 401], [`${id}/products/Starter`, 200, 401], ['/products/none', 401, 401], ['/products', 401, 401], ['/other/demo', 401, 401],
  ])('%s opens what it names', async (scope, demo, other) => {
    stage.store.putSubscription('some', scope);
    expect([(await send(execute, withKey('some-1'))).status, (await send('/other/x', withKey('some-2'))).status]).toEqual([demo, other]);
  });

  it('of a product ends with the product\'s link to the API', async () => {
    stage.store.putSubscription('some', '/products/starter');
    stage.store.delete('/products/starter/apis/demo');
    expect((await send(execute, withKey('some-1'))).status).toBe(401);
  });

  it('of a product lets the product\'s policies apply, another does not', async () => {
    stage.store.putPolicy('/products/starter', { outbound: '<set-header name="X-Product"><value>@(context.Product.Id)</value></set-header>' });
    stage.store.putSubscription('some', '/products/starter', { ownerId: '/users/u1' });
    stage.store.putSubscription('one', '/apis/demo');
    expect((await send(execute, withKey('some-1'))).headers['x-product']).toBe('starter');
    expect(stage.store.calls.at(-1)).toMatchObject({ apiId: 'demo', operationId: 'execute', productId: 'starter', subscriptionId: 'some', userId: 'u1', status: 200 });
    expect((await send(execute, withKey('one-1'))).headers['x-product']).toBeUndefined();
    expect((await send(execute, withKey('all-1'))).headers['x-product']).toBeUndefined();
  });

  it('of an API holds for its revisions', async () => {
    stage.store.putApi('demo;rev=2', stage.backend.url, { path: 'demo', apiRevision: '2', isCurrent: false }, [['x', 'POST', '/x']]);
    stage.store.putSubscription('some', '/apis/demo');
    expect((await send('/demo;rev=2/x', withKey('some-1'))).status).toBe(200);
  });
});

describe('no key is needed', () => {
  it('for an API that says so, but a wrong one is refused', async () => {
    stage.store.putGuide(stage.backend.url, { subscriptionRequired: false });
    expect((await send(execute)).status).toBe(200);
    expect((await send(execute, withKey('wrong'))).json).toEqual(invalid);
  });

  it('for an API in an open product, whose policies apply', async () => {
    stage.store.putProduct('open', 'demo', { subscriptionRequired: false });
    stage.store.putPolicy('/products/open', { outbound: '<set-header name="X-Product"><value>@(context.Product.Name)</value></set-header>' });
    expect((await send(execute)).headers['x-product']).toBe('open');
    expect(stage.store.calls.at(-1)).toMatchObject({ productId: 'open', subscriptionId: '' });
  });
});

describe('what is not there', () => {
  const nothing = { statusCode: 404, message: 'Resource not found' };

  it.each([
    ['POST', '/nowhere'], ['POST', '/demo/workspaces/w/services/s/execute?api-version=2.0'], ['GET', execute], ['OPTIONS', execute], ['POST', '/'],
    ['POST', '/demo/workspaces/../services/s/execute?api-version=2.0&details=true'], ['POST', '/demo/workspaces/%2E%2e/services/s/execute?api-version=2.0&details=true'],
    ['POST', '/demo;rev=2/workspaces/w/services/s/execute?api-version=2.0&details=true'],
  ])('is not found: %s %s', async (method, path) => {
    const before = stage.backend.seen.length;
    const reply = await send(path, { method, ...withKey('all-1') });
    expect(reply).toMatchObject({ status: 404, json: nothing });
    expect(stage.backend.seen.length).toBe(before);
  });

  it('is counted as well, without the key', async () => {
    await send('/nowhere?subscription-key=all-1&x=1');
    expect(stage.store.calls.at(-1)).toMatchObject({ apiId: '', operationId: '', status: 404, url: `${stage.gateway.url}/nowhere`, method: 'POST', ip: '127.0.0.1' });
    await send(`${execute.replace('details', 'no')}&subscription-key=all-1`);
    expect(stage.store.calls.at(-1)).toMatchObject({ apiId: 'demo', operationId: '', status: 404, url: `${stage.gateway.url}/demo/workspaces/w/services/s/execute?api-version=2.0&no=true` });
  });

  it('is a call by another host name, or of a whole address, or of nonsense', async () => {
    expect(await send(execute, { headers: { Host: 'example.com', 'Ocp-Apim-Subscription-Key': 'all-1' } })).toMatchObject({ status: 403 });
    const raw = (text: string): Promise<string> => {
      const socket = connect(stage.gateway.port, '127.0.0.1');
      socket.end(text);
      return readAll(socket);
    };
    expect(await raw('GET http://example.com/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 404 /);
    expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*\{"statusCode":400,"message":"Bad Request"\}$/s);
  });
});

it('a port that is taken is told', async () => {
  await expect(startGateway({ port: stage.gateway.port, store: stage.store, now: () => 0 })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
