// Calls on what an API is made of, over real sockets: operations, policies, revisions, and how writes are guarded by ETags.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { member } from '../../../../src/base/shape';
import { instanceId } from '../../../../src/sample/apim/place';
import { codeOf, propertiesOf, startRunning, type ArmReply, type Running } from './armClient';

let apim: Running;
beforeAll(async () => {
  apim = await startRunning();
  await apim.put('/apis/demo', { path: 'demo', displayName: 'Demo' });
  await apim.put('/apis/demo/operations/run', operation);
});
afterAll(() => apim.apim.stop());

const star = { 'If-Match': '*' };
const operation = {
  displayName: 'Run', method: 'post', urlTemplate: '/run/{id}', templateParameters: [{ name: 'id', type: 'string', required: true }],
};
const policy = (inside: string): string => `<policies>\n  <inbound>\n    ${inside}\n  </inbound>\n</policies>`;

function details(reply: ArmReply): unknown {
  return member(member(reply.json, 'error'), 'details');
}

function put(path: string, properties: object, headers?: Record<string, string>): Promise<ArmReply> {
  return apim.call('PUT', path, { body: { properties }, headers });
}

it('what there is no kind of is 404, also by a name that all objects have', async () => {
  for (const path of ['/nothing/x', '/constructor/x', '/__proto__/x', '/toString', '/apis/demo/valueOf']) {
    for (const method of ['GET', 'PUT']) {
      if (method === 'PUT' && path.split('/').length % 2 === 0) continue;
      const reply = await apim.call(method, path, method === 'PUT' ? { body: { properties: {} } } : {});
      expect([path, method, reply.status, codeOf(reply)]).toEqual([path, method, 404, 'ResourceNotFound']);
    }
  }
});

describe('operations', () => {
  it('fill in what is empty, and leave the empty request out of lists', async () => {
    const read = await apim.call('GET', '/apis/demo/operations/run');
    expect(propertiesOf(read)).toEqual({
      displayName: 'Run', method: 'POST', urlTemplate: '/run/{id}', description: null, responses: [], policies: null,
      templateParameters: [{ name: 'id', type: 'string', required: true, values: [] }],
      request: { queryParameters: [], headers: [], representations: [] },
    });
    const list = await apim.call('GET', '/apis/demo/operations');
    expect(list.json).toMatchObject({ count: 1, value: [{ type: 'Microsoft.ApiManagement/service/apis/operations', name: 'run' }] });
    expect(list.text).not.toContain('queryParameters');
  });

  it.each([
    [{}, ['displayName', 'method', 'urlTemplate']],
    [{ ...operation, method: 'GO NOW' }, ['method']],
    [{ ...operation, urlTemplate: 'run' }, ['urlTemplate']],
    [{ ...operation, urlTemplate: '/run' }, ['templateParameters']],
    [{ ...operation, templateParameters: [] }, ['templateParameters']],
    [{ ...operation, templateParameters: 'id' }, ['templateParameters']],
    [{ ...operation }, ['urlTemplate']],
    [{ ...operation, urlTemplate: '/other/{id}', responses: [{}] }, ['statusCode']],
    [{ ...operation, urlTemplate: '/other/{id}', request: 1 }, ['request']],
  ])('are refused as %j', async (properties, targets) => {
    const reply = await put('/apis/demo/operations/second', properties);
    expect([reply.status, codeOf(reply)]).toEqual([400, 'ValidationError']);
    expect(details(reply)).toEqual(targets.map((target) => ({ code: 'ValidationError', target, message: expect.any(String) })));
  });

  it('belong to an API that is there', async () => {
    const reply = await put('/apis/none/operations/run', operation);
    expect([reply.status, member(member(reply.json, 'error'), 'message')]).toEqual([404, 'Api not found.']);
  });
});

describe('policies', () => {
  it('come back indented by tabs and CRLF, in the form of the question, and equal ones change nothing', async () => {
    const raw = policy('<set-header name=\'x\'><value>@(context.Variables["a<b"] + "</value>")</value></set-header><base/>');
    const made = await put('/apis/demo/policies/policy', { format: 'rawxml', value: raw });
    expect(made.status).toBe(201);
    const lines = [
      '<policies>', '\t<inbound>', '\t\t<set-header name="x">', '\t\t\t<value>@(context.Variables["a<b"] + "</value>")</value>',
      '\t\t</set-header>', '\t\t<base />', '\t</inbound>', '</policies>',
    ];
    expect(propertiesOf(made)).toEqual({ format: 'rawxml', value: lines.join('\r\n') });
    const escaped = lines.join('\r\n').replace('"a<b"', '"a&lt;b"').replace('"</value>"', '"&lt;/value&gt;"');
    expect(propertiesOf(await apim.call('GET', '/apis/demo/policies/policy'))).toEqual({ format: 'xml', value: escaped });
    const again = await put('/apis/demo/policies/policy', { value: escaped });
    expect([again.status, again.headers.etag]).toEqual([200, made.headers.etag]);
    expect(propertiesOf(again).format).toBe('xml');
    const read = await apim.call('GET', '/apis/demo/policies/policy?format=rawxml');
    expect(propertiesOf(read).value).toBe(lines.join('\r\n'));
    // Who reads one form and writes the other doubles the escapes.
    const doubled = await put('/apis/demo/policies/policy', { format: 'rawxml', value: escaped });
    expect(doubled.headers.etag).not.toBe(made.headers.etag);
    expect(propertiesOf(await apim.call('GET', '/apis/demo/policies/policy')).value).toContain('a&amp;lt;b');
  });

  it.each([
    ['/policies/policy', policy('<rate-limit calls="5" renewal-period="60" />'), "Error in element 'rate-limit' on line 3, column 6: Policy is not allowed in the specified scope"],
    ['/apis/demo/policies/policy', policy('<quota calls="5" renewal-period="60" />'), "Error in element 'quota' on line 3, column 6: Policy is not allowed in the specified scope"],
    ['/products/starter/policies/policy', policy('<rate-limt calls="5" renewal-period="60" />'), "Error in element 'rate-limt' on line 3, column 6: The element 'inbound' has invalid child element 'rate-limt'."],
    ['/apis/demo/operations/run/policies/policy', policy('<set-header name="a"><value>{{no-name}}</value></set-header>'), "Error in element 'value' on line 3, column 27: Cannot find a property 'no-name'"],
    ['/products/starter/policies/policy', policy('<a></b>'), "The 'a' start tag on line 3 position 6 does not match the end tag of 'b'. Line 3, position 10."],
    ['/apis/demo/policies/policy', '<inbound><cors /></inbound>', "Error in element 'cors' on line 1, column 11: Policy section is not allowed in the specified scope"],
    ['/apis/demo/policies/policy', '\ufeff<policies />', 'Data at the root level is invalid. Line 1, position 1.'],
    ['/apis/demo/policies/policy', '', "'value' must not be empty."],
  ])('at %s are refused with the place of the mistake', async (path, value, message) => {
    const reply = await put(path, { format: 'rawxml', value });
    expect([reply.status, codeOf(reply), details(reply)]).toEqual([400, 'ValidationError', [expect.objectContaining({ message })]]);
  });

  it('are not fetched, and need what they are for', async () => {
    expect(details(await put('/apis/demo/policies/policy', { format: 'xml-link', value: 'https://x.example' }))).toMatchObject([{ target: 'format' }]);
    expect(details(await put('/apis/demo/policies/policy', { format: 'text', value: 'x' }))).toMatchObject([{ target: 'format' }]);
    const reply = await put('/apis/demo/operations/none/policies/policy', { value: '<policies />' });
    expect(reply.json).toEqual({ error: { code: 'ValidationError', message: 'Entity with specified identifier not found', details: null } });
    expect(reply.status).toBe(400);
    const none = await apim.call('GET', '/products/unlimited/policies/policy');
    expect([none.status, none.text]).toEqual([404, expect.stringContaining('PoliciesConfiguration not found.')]);
  });
});

describe('revisions', () => {
  it('copy the API, do not touch it, and become current by a release', async () => {
    await apim.put('/apis/many', { path: 'many', displayName: 'Many', serviceUrl: 'https://one.example' });
    await apim.put('/apis/many/operations/run', operation);
    await apim.put('/products/starter/apis/many', {});
    const made = await put('/apis/many%3Brev%3D2', { path: 'many', sourceApiId: '/apis/many', serviceUrl: 'https://two.example', apiRevisionDescription: 'Second' });
    expect([made.status, made.json]).toMatchObject([201, {
      id: `${instanceId}/apis/many;rev=2`, name: 'many;rev=2', properties: { apiRevision: '2', displayName: 'Many', serviceUrl: 'https://two.example' },
    }]);
    expect(propertiesOf(made)).not.toHaveProperty('isCurrent');
    expect(propertiesOf(made)).not.toHaveProperty('sourceApiId');
    expect((await apim.call('GET', '/apis/many;rev=2/operations')).json).toMatchObject({ count: 1 });
    await apim.call('PATCH', '/apis/many;rev=2/operations/run', { body: { properties: { displayName: 'Run two' } }, headers: star });
    expect(propertiesOf(await apim.call('GET', '/apis/many/operations/run')).displayName).toBe('Run');
    expect((await apim.call('GET', '/apis/many;rev=1')).json).toMatchObject({ name: 'many;rev=1', properties: { isCurrent: true } });

    const released = await put('/apis/many/releases/first', { apiId: '/apis/many;rev=2', notes: 'Go' });
    expect([released.status, propertiesOf(released)]).toMatchObject([201, { notes: 'Go' }]);
    const current = propertiesOf(await apim.call('GET', '/apis/many'));
    expect(current).toMatchObject({ apiRevision: '2', isCurrent: true, serviceUrl: 'https://two.example' });
    expect(propertiesOf(await apim.call('GET', '/apis/many/operations/run')).displayName).toBe('Run two');
    const former = propertiesOf(await apim.call('GET', '/apis/many;rev=1'));
    expect(former).toMatchObject({ apiRevision: '1', serviceUrl: 'https://one.example' });
    expect(former).not.toHaveProperty('isCurrent');
    expect(propertiesOf(await apim.call('GET', '/apis/many;rev=1/operations/run')).displayName).toBe('Run');
    expect((await apim.call('GET', '/apis/many/releases')).json).toMatchObject({ count: 1 });
    expect((await apim.call('GET', '/apis/many/revisions')).json).toMatchObject({
      count: 2, value: [{ apiId: '/apis/many;rev=2', isCurrent: true }, { apiId: '/apis/many;rev=1', isCurrent: false }],
    });
    expect((await apim.call('HEAD', '/products/starter/apis/many')).status).toBe(204);

    expect((await apim.call('DELETE', '/apis/many', { headers: star })).status).toBe(400);
    expect((await apim.call('DELETE', '/apis/many?deleteRevisions=true', { headers: star })).status).toBe(200);
    expect((await apim.call('GET', '/apis/many;rev=1')).status).toBe(404);
    expect((await apim.call('HEAD', '/products/starter/apis/many')).status).toBe(404);
  });

  it('need an API, and a release one of its revisions', async () => {
    expect((await put('/apis/none;rev=2', { path: 'none' })).status).toBe(404);
    expect(details(await put('/apis/copy', { path: 'copy', sourceApiId: '/apis/none' }))).toMatchObject([{ target: 'sourceApiId' }]);
    expect(details(await put('/apis/demo/releases/r', {}))).toMatchObject([{ target: 'apiId' }]);
    expect(details(await put('/apis/demo/releases/r', { apiId: '/apis/other' }))).toMatchObject([{ target: 'apiId' }]);
    expect((await put('/apis/demo/releases/r', { apiId: '/apis/demo;rev=7' })).status).toBe(404);
  });
});

describe('ETags', () => {
  it('are required for PATCH and DELETE, and a stale one is 412', async () => {
    const first = await apim.put('/products/tagged', { displayName: 'One' });
    const second = await apim.put('/products/tagged', { displayName: 'Two' }, { 'If-Match': String(first.headers.etag) });
    expect(second.headers.etag).not.toBe(first.headers.etag);
    const stale = { 'If-Match': String(first.headers.etag) };
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const reply = await apim.call(method, '/products/tagged', { body: { properties: { displayName: 'Three' } }, headers: stale });
      expect([method, reply.status, codeOf(reply)]).toEqual([method, 412, 'PreconditionFailed']);
    }
    for (const method of ['PATCH', 'DELETE']) {
      const reply = await apim.call(method, '/products/tagged', { body: { properties: {} } });
      expect([method, reply.status, reply.text]).toEqual([method, 400, expect.stringContaining('If-Match')]);
    }
    expect((await apim.call('PATCH', '/products/none', { body: { properties: {} }, headers: star })).status).toBe(404);
    expect((await put('/products/fresh', { displayName: 'Fresh' }, star)).status).toBe(201);
    expect((await put('/products/fresher', { displayName: 'Fresh' }, stale)).status).toBe(412);
    expect(propertiesOf(await apim.call('GET', '/products/tagged')).displayName).toBe('Two');
  });
});

describe('paths', () => {
  it.each([
    ['GET', '/nothing', 404], ['GET', '/apis/demo/nothing', 404], ['GET', '/apis/none/operations', 404], ['POST', '/apis', 404],
    ['PUT', '/apis', 405], ['OPTIONS', '/apis/demo', 400], ['GET', '/products/starter/apis/demo', 405], ['GET', '/policies/other', 404],
    ['PUT', '/apis/a*b', 400], ['POST', '/reports/byApi', 404],
    ['GET', '/apis?$filter=x', 400], ['PUT', '/products/a;rev=2', 400],
  ])('%s %s is refused with %i and a document', async (method, path, status) => {
    const reply = await apim.call(method, path, { body: { properties: { path: 'x', displayName: 'x' } } });
    expect([reply.status, typeof codeOf(reply)]).toEqual([status, 'string']);
  });

  it('with a whole id where a name belongs are 404 without a body', async () => {
    const reply = await apim.call('GET', `/apis/${encodeURIComponent('/subscriptions/x')}/policies/policy`);
    expect([reply.status, reply.text]).toEqual([404, '']);
  });
});
