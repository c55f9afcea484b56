// Calls on what is below the instance, over real sockets: each kind of resource, in the forms in which the real service answers.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instanceId } from '../../../../src/sample/apim/place';
import { callAt, locationOf, propertiesOf, startRunning, type Running } from './armClient';

let apim: Running;
beforeAll(async () => {
  apim = await startRunning();
});
afterAll(() => apim.apim.stop());

const star = { 'If-Match': '*' };
const document = {
  openapi: '3.0.1',
  info: { title: 'Scores', description: 'Scores rows.' },
  servers: [{ url: 'https://scores.example/base' }],
  paths: {
    '/rooms/{room}/score': {
      parameters: [{ name: 'room', in: 'path', required: true, schema: { type: 'string' } }],
      post: {
        operationId: 'Score Rows',
        summary: 'Score',
        parameters: [
          { name: 'version', in: 'query', required: true, schema: { type: 'string', enum: ['2.0'], default: '2.0' } },
          { name: 'details', in: 'query', schema: { type: 'boolean' } },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Rows' }, example: { rows: [1] } } } },
        responses: { 200: { description: 'Scored', content: { 'application/json': {} } } },
      },
    },
    '/status': { get: { responses: { default: { description: 'Any' } } } },
  },
  components: { schemas: { Rows: { type: 'object' } } },
};
const importBody = (path: string, value: unknown = document): object =>
  ({ path, format: 'openapi+json', value: JSON.stringify(value) });

describe('a new instance', () => {
  it('has what a real one has, and no API', async () => {
    const products = await apim.call('GET', '/products');
    expect(products.json).toMatchObject({ count: 2, value: [{ name: 'starter', properties: { state: 'published' } }, { name: 'unlimited' }] });
    expect((await apim.call('GET', '/apis')).json).toEqual({ value: [], count: 0 });
    expect((await apim.call('GET', '/subscriptions/master')).json).toMatchObject({ properties: { scope: `${instanceId}/`, state: 'active' } });
    expect((await apim.call('GET', '/users')).json).toMatchObject({ count: 1, value: [{ name: '1' }] });
    const policy = propertiesOf(await apim.call('GET', '/products/starter/policies/policy'));
    expect(policy.value).toContain('<rate-limit calls="5" renewal-period="60" />\r\n\t\t<quota calls="100" renewal-period="604800" />');
  });
});

describe('APIs', () => {
  it('are made, read, changed and deleted', async () => {
    const made = await apim.call('PUT', '/apis/first', { body: { properties: { path: '/first/', displayName: 'First', isOdd: 1 } } });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      id: `${instanceId}/apis/first`,
      type: 'Microsoft.ApiManagement/service/apis',
      name: 'first',
      properties: {
        path: 'first', apiRevision: '1', isCurrent: true, subscriptionRequired: true, serviceUrl: null, isOdd: 1,
        subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
      },
    });
    expect(made.text).toContain('{\r\n  "id"');
    const read = await apim.call('GET', '/APIS/First');
    expect(read.headers.etag).toBe(made.headers.etag);
    expect(read.json).toEqual(made.json);
    const head = await apim.call('HEAD', '/apis/first');
    expect([head.status, head.text, head.headers.etag]).toEqual([200, '', made.headers.etag]);
    expect((await apim.call('GET', '/apis')).json).toMatchObject({ value: [{ properties: { subscriptionKeyParameterNames: null } }], count: 1 });

    const names = { subscriptionKeyParameterNames: { header: 'X-Key', query: 'k' } };
    const changed = await apim.call('PATCH', '/apis/first', { body: { properties: names }, headers: { 'If-Match': String(made.headers.etag) } });
    expect([changed.status, propertiesOf(changed)]).toEqual([200, { ...propertiesOf(made), ...names }]);
    const again = await apim.call('PUT', '/apis/first', { body: { properties: { path: 'first' } } });
    expect([again.status, propertiesOf(again).displayName]).toEqual([200, 'first']);
    expect((await apim.call('DELETE', '/apis/first', { headers: star })).status).toBe(200);
    expect((await apim.call('DELETE', '/apis/first', { headers: star })).status).toBe(204);
    const gone = await apim.call('GET', '/apis/first');
    expect([gone.status, gone.json]).toEqual([404, { error: { code: 'ResourceNotFound', message: 'Api not found.', details: null } }]);
  });

  it('need a path that no other has', async () => {
    await apim.put('/apis/owner', { path: 'taken', displayName: 'Owner' });
    const without = await apim.call('PUT', '/apis/other', { body: { properties: {} } });
    expect([without.status, without.json]).toMatchObject([400, { error: { code: 'ValidationError', details: [{ target: 'path' }] } }]);
    const taken = await apim.call('PUT', '/apis/other', { body: { properties: { path: 'Taken' } } });
    expect(taken.status).toBe(400);
    expect(taken.json).toMatchObject({ error: { details: [{ target: 'path', message: expect.stringContaining("as API 'Owner'") }] } });
    expect((await apim.put('/apis/owner', { path: 'taken' })).status).toBe(200);
    expect((await apim.put('/apis/empty', { path: '' })).status).toBe(201);
    for (const name of ['owner', 'empty']) await apim.call('DELETE', `/apis/${name}`, { headers: star });
  });

  it('are imported: 202, a poll that goes on, then 201, and 200 for one that was there', async () => {
    const begun = await apim.call('PUT', '/apis/scores', { body: { properties: importBody('scores') } });
    expect([begun.status, begun.text]).toEqual([202, '']);
    expect(begun.headers['azure-asyncoperation']).toBeUndefined();
    expect(locationOf(begun)).toMatch(/\/apis\/scores\?api-version=2024-05-01&asyncId=[0-9a-f]{24}&asyncCode=201$/);
    const running = await callAt(locationOf(begun), 'GET');
    expect([running.status, running.text]).toEqual([202, '']);
    const over = await callAt(locationOf(running), 'GET');
    expect([over.status, propertiesOf(over)]).toMatchObject([201, {
      displayName: 'Scores', description: 'Scores rows.', serviceUrl: 'https://scores.example/base', path: 'scores',
    }]);
    expect(propertiesOf(over)).not.toHaveProperty('value');
    const operations = await apim.call('GET', '/apis/scores/operations');
    expect(operations.json).toMatchObject({ count: 2, nextLink: '' });
    const operation = propertiesOf(await apim.call('GET', '/apis/scores/operations/Score-Rows'));
    expect(operation).toMatchObject({
      displayName: 'Score',
      method: 'POST',
      urlTemplate: '/rooms/{room}/score?version={version}',
      templateParameters: [
        { name: 'room', type: 'string', required: true, values: [] },
        { name: 'version', type: 'string', required: true, values: ['2.0'], defaultValue: '2.0' },
      ],
      request: {
        queryParameters: [{ name: 'details', type: 'boolean', required: false }],
        representations: [{ contentType: 'application/json', typeName: 'Rows', examples: { default: { value: { rows: [1] } } } }],
      },
      responses: [{ statusCode: 200, description: 'Scored', representations: [{ contentType: 'application/json' }] }],
    });
    expect((await apim.call('GET', '/apis/scores/schemas')).json).toMatchObject({ count: 1 });

    const less = { ...document, paths: { '/status': document.paths['/status'] } };
    const second = await apim.put('/apis/scores', importBody('scores', less));
    expect(second.status).toBe(200);
    expect((await apim.call('GET', '/apis/scores/operations')).json).toMatchObject({ count: 1, value: [{ name: 'get-status' }] });
    await apim.call('DELETE', '/apis/scores', { headers: star });
  });

  it.each([
    [{ format: 'openapi', value: 'openapi: 3.0.1' }, 'representation', 'does not read YAML'],
    [{ format: 'openapi+json', value: '{"swagger":"2.0"}' }, 'representation', "no 'openapi' of version 3"],
    [{ format: 'openapi+json', value: '{"openapi":"3.0.0"}' }, 'representation', "no 'paths'"],
    [{ format: 'openapi-link', value: 'https://elsewhere.example' }, 'format', "not 'openapi-link'"],
    [{ format: 'openapi+json', value: '{"openapi":"3.0.0","paths":{"/a":{"get":{"parameters":[{"$ref":"#/no"}]}}}}' }, 'representation', 'leads to nothing'],
    [{ format: 'openapi+json', value: '{"openapi":"3.0.0","paths":{"/a":{"get":{"parameters":[{"$ref":"http://x"}]}}}}' }, 'representation', 'leads out'],
    [{ format: 'openapi+json', value: '{"openapi":"3.0.0","paths":{"/a":{"get":{"operationId":"x"}},"/b":{"get":{"operationId":"X"}}}}' }, 'representation', 'Two operations'],
  ])('are not imported from %j', async (properties, target, message) => {
    const reply = await apim.call('PUT', '/apis/never', { body: { properties: { path: 'never', ...properties } } });
    expect([reply.status, reply.json]).toMatchObject([400, { error: { details: [{ target, message: expect.stringContaining(message) }] } }]);
    expect((await apim.call('GET', '/apis/never')).status).toBe(404);
  });
});
