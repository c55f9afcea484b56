// Calls on Azure Resource Manager over real sockets: what goes out, what comes back, and what is waited for.

import { describe, expect, it } from 'vitest';
import { tokenCredential } from '../../../src/arm/tokenCredential';
import { Cancelled } from '../../../src/model/errors';
import { freePort, startHttp } from '../http/servers';
import { armAt, failureOf, instance, no, token } from './armServer';

describe('a call', () => {
  it('carries token, version and query, and keeps what it does not know', async () => {
    const body = { id: 'x', properties: { path: '', unknown: [1, null, { deep: true }] }, __proto__x: 1 };
    const { arm, came, options, lines } = await armAt(() => ({ status: 200, headers: { ETAG: '"AAA="' }, body: `\uFEFF${JSON.stringify(body)}` }));
    expect(await arm.get(`${instance}/apis/x`, { ...options, query: { format: 'rawxml', $filter: "a ge datetime'1'" } }))
      .toEqual({ status: 200, body, etag: '"AAA="' });
    expect(came[0]?.url).toBe(`${instance}/apis/x?api-version=2024-05-01&format=rawxml&%24filter=a%20ge%20datetime%271%27`);
    expect(came[0]?.headers.authorization).toBe(`Bearer ${token}`);
    expect(came[0]?.headers['user-agent']).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/^GET 127\.0\.0\.1:\d+\/subscriptions\/\S+\/apis\/x 200 \d+ ms$/)]);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'POST'] as const)('%s goes out with and without a body', async (method) => {
    const { arm, came, options } = await armAt(() => ({ status: method === 'DELETE' ? 204 : 200, ...(method === 'DELETE' ? {} : { body: {} }) }));
    const path = `${instance}/products/p/apis/a`;
    const given = { ...options, ifMatch: '*' };
    if (method === 'PUT') await arm.put(path, undefined, given);
    if (method === 'POST') await arm.post(path, undefined, options);
    if (method === 'DELETE') expect(await arm.delete(path, given)).toEqual({ status: 204, body: undefined });
    else await (method === 'PATCH' ? arm.patch(path, { a: 'ä' }, given) : method === 'PUT' ? arm.put(path, { a: 'ä' }, given) : arm.post(path, { a: 'ä' }, options));
    expect(came.map((call) => call.method)).toEqual(came.map(() => method));
    expect(came.map((call) => call.headers['if-match'])).toEqual(came.map(() => (method === 'POST' ? undefined : '*')));
    const sent = method === 'DELETE' ? [''] : method === 'PATCH' ? ['{"a":"ä"}'] : ['', '{"a":"ä"}'];
    expect(came.map((call) => call.body)).toEqual(sent);
    expect(came.at(-1)?.headers['content-type']).toBe(method === 'DELETE' ? undefined : 'application/json');
    if (method === 'PUT') expect(came[0]?.headers['content-length']).toBe('0');
  });

  it('finds nothing where there is nothing, with a body or without', async () => {
    const { arm, options } = await armAt((_call, index) => (index === 0 ? { status: 404 } : { status: 404, body: no('ResourceNotFound', 'Not there.') }));
    expect(await arm.find(`${instance}/apis/a`, options)).toBeUndefined();
    expect(await arm.find(`${instance}/apis/a`, options)).toBeUndefined();
    expect(await failureOf(arm.get(`${instance}/apis/a`, options))).toMatchObject({ reason: 'notFound', status: 404, message: 'contoso/apis/a is not there.' });
  });

  it('does not take a missing instance, group or subscription for a missing API', async () => {
    const gone = "The Resource 'Microsoft.ApiManagement/service/contoso' under resource group 'group' was not found.";
    const bodies = [no('SubscriptionNotFound', 'No.'), no('ResourceGroupNotFound', 'No.'), no('ServiceNotFound', 'No.'), no('ResourceNotFound', gone)];
    const { arm, options } = await armAt((_call, index) => ({ status: 404, body: bodies[index % bodies.length] }));
    for (let left = bodies.length; left > 0; left -= 1) expect(await failureOf(arm.find(`${instance}/apis/a`, options))).toMatchObject({ reason: 'notFound', status: 404 });
    // A subscription that the sign-in does not see says nothing of the instance, either.
    expect(await failureOf(arm.find(instance, options))).toMatchObject({ reason: 'notFound', code: 'SubscriptionNotFound' });
    for (let left = bodies.length; left > 1; left -= 1) expect(await arm.find(instance, options)).toBeUndefined();
  });

  it('refuses what is no JSON, and what is too large', async () => {
    const { arm, options } = await armAt((_call, index) => ({ status: 200, body: index === 0 ? '<html>Sign in</html>' : `"${'x'.repeat(65 * 1024 * 1024)}"` }));
    expect(await failureOf(arm.get('/subscriptions', options))).toMatchObject({ reason: 'other', message: expect.stringContaining('no JSON') as string });
    expect(await failureOf(arm.get('/subscriptions', options))).toMatchObject({ reason: 'network', message: expect.stringContaining('too large') as string });
  });

  it('follows no redirect', async () => {
    const { arm, options, came } = await armAt((_call, index, base) => ({ status: 307, headers: { location: index === 0 ? `${base}/x` : 'https://evil.example.test/x' } }));
    expect(await failureOf(arm.get('/subscriptions', options))).toMatchObject({ reason: 'other', status: 307 });
    expect(await failureOf(arm.get('/subscriptions', options))).toMatchObject({ reason: 'foreignHost', message: expect.stringContaining('evil.example.test') as string });
    expect(came.length).toBe(2);
  });

  it('does not leave the path that it was given', async () => {
    const { arm, options, came } = await armAt(() => ({ status: 200, body: {} }));
    for (const path of ['/a/../b', '/a/%2e%2E/b', '/a?x', 'a', '/a#b', '//evil.example.test/x\\']) await expect(arm.get(path, options)).rejects.toThrow('Not a path');
    await arm.get('//evil.example.test/x', options);
    expect(came.map((call) => call.url)).toEqual(['//evil.example.test/x?api-version=2021-04-01']);
  });
});

describe('the token', () => {
  it('is asked for anew once where it is refused', async () => {
    const renewals: boolean[] = [];
    const { arm, came, options } = await armAt((call) => (call.headers.authorization === 'Bearer fresh-token' ? { status: 200, body: {} } : { status: 401, body: no('ExpiredAuthenticationToken', 'Expired.') }), {
      credential: ({ renew }) => {
        renewals.push(renew);
        return Promise.resolve(tokenCredential('http://127.0.0.1', renew ? 'fresh-token' : token));
      },
    });
    // The audience is another port here: nothing goes out.
    await expect(arm.get(instance, options)).rejects.toMatchObject({ name: 'WrongAudience' });
    expect([came, renewals]).toEqual([[], [false]]);
  });

  it('is renewed for reads and writes, and asks to sign in where that does not help', async () => {
    const renewals: boolean[] = [];
    let accepted = 'fresh-token';
    const setting: { base: string } = { base: '' };
    const { arm, options, base, came } = await armAt((call) => (call.headers.authorization === `Bearer ${accepted}` ? { status: 200, body: {} } : { status: 401 }), {
      credential: ({ renew }) => {
        renewals.push(renew);
        return Promise.resolve(tokenCredential(setting.base, renew ? 'fresh-token' : token));
      },
    });
    setting.base = base;
    await arm.put(`${instance}/apis/a`, {}, options);
    expect(renewals).toEqual([false, true]);
    accepted = 'none';
    expect(await failureOf(arm.put(`${instance}/apis/a`, {}, options))).toMatchObject({ reason: 'signIn', status: 401, actions: ['signIn', 'showLog'] });
    expect([renewals.length, came.length]).toEqual([4, 4]);
  });

  it('is renewed once in a call, however often that is repeated', async () => {
    const renewals: boolean[] = [];
    const setting: { base: string } = { base: '' };
    const { arm, options, base, came } = await armAt((_call, index) => ({ status: index === 1 ? 429 : 401 }), {
      credential: ({ renew }) => {
        renewals.push(renew);
        return Promise.resolve(tokenCredential(setting.base, token));
      },
    });
    setting.base = base;
    expect((await failureOf(arm.get(instance, options))).reason).toBe('signIn');
    expect([renewals, came.length]).toEqual([[false, true, false], 3]);
  });

  it.each([['long', `begin-${'abcdefgh'.repeat(511)}`], ['with quotes', 'begin-"quoted"\\and-more-of-it']])('and a secret value that is %s are masked', async (_name, value) => {
    const { arm, options } = await armAt((call) => ({ status: 400, body: no('ValidationError', `Not ${value}, nor ${call.body}`) }));
    const error = await failureOf(arm.put(`${instance}/namedValues/n`, { properties: { displayName: 'n', secret: true, value } }, options));
    expect(error.detail).toMatch(/^ValidationError: Not •+, nor \{/);
    expect(error.detail).not.toMatch(/begin|quoted|abcdefgh/);
  });

  it('is masked where the other side repeats it, as are secrets that were sent', async () => {
    const { arm, options, lines } = await armAt((call) => ({ status: 400, body: no('ValidationError', `No: ${call.headers.authorization?.slice(7) ?? ''} ${call.body}`) }));
    const value = 'key-of-the-service-9876543210';
    const error = await failureOf(arm.put(`${instance}/namedValues/n`, { properties: { displayName: 'n', secret: true, value } }, options));
    expect([error.reason, error.code]).toEqual(['invalid', 'ValidationError']);
    expect(JSON.stringify([error, error.message, lines])).not.toContain(value);
    expect(error.detail).toMatch(/^ValidationError: No: •+ \{/);
  });

  it('goes to no other host, whatever names it', async () => {
    const other: string[] = [];
    const evil = await startHttp((request, response) => {
      other.push(JSON.stringify(request.headers));
      response.end('{}');
    });
    const foreign = `http://127.0.0.1:${evil.port}/x`;
    const names = ['Location', 'LOCATION', 'Azure-AsyncOperation', 'azure-asyncOperation'];
    const { arm, options } = await armAt((call, index) => (call.method === 'GET'
      ? { status: 200, body: { value: [{ a: 1 }], nextLink: foreign } }
      : { status: 202, headers: { [names[index] ?? '']: foreign } }));
    for (const name of names) {
      const error = await failureOf(arm.put(`${instance}/apis/a`, {}, options));
      expect([name, error.reason, error.message]).toEqual([name, 'foreignHost', expect.stringContaining(`127.0.0.1:${evil.port}`)]);
    }
    const pages: unknown[] = [];
    const reading = (async () => {
      for await (const page of arm.pages(`${instance}/apis`, options)) pages.push(page);
    })();
    expect((await failureOf(reading)).reason).toBe('foreignHost');
    expect([other, pages]).toEqual([[], []]);
  });
});

describe('what is waited for', () => {
  it.each([
    ['throttled', 429, no('SubscriptionRequestsThrottled', 'actor 1 exceeded'), { 'Retry-After': '10' }, 10],
    ['busy', 409, no('PessimisticConcurrencyConflict', 'Operation on the API is in progress'), {}, 3],
    ['busy', 409, { code: 'Conflict', message: JSON.stringify(no('PessimisticConcurrencyConflict', 'Busy')) }, {}, 3],
    ['busy', 409, no('Conflict', 'The API Service x is transitioning at this time.'), {}, 3],
    ['busy', 422, no('ManagementApiRequestFailed', 'Failed to connect'), {}, 3],
    ['activating', 400, no('InvalidOperation', 'API Management service is activating'), {}, 3],
    ['busy', 503, '', { 'Retry-After': '2' }, 2],
  ] as const)('%s (%s %j)', async (reason, status, body, headers, seconds) => {
    const { arm, options, came, waits, slept } = await armAt((_call, index) => (index < 2 ? { status, body, headers } : { status: 201, body: { a: 1 } }));
    expect(await arm.put(`${instance}/apis/a`, { x: 1 }, options)).toMatchObject({ status: 201, body: { a: 1 } });
    expect(came.map((call) => call.body)).toEqual(['{"x":1}', '{"x":1}', '{"x":1}']);
    expect(waits[0]).toEqual({ reason, seconds });
    expect(slept[0]).toBe(seconds * 1_000);
  });

  it.each([['240', [240_000, 240_000]], ['9999', []]])('has an end, and says so (%s s are asked for)', async (seconds, waited) => {
    const { arm, options, slept } = await armAt(() => ({ status: 429, headers: { 'Retry-After': seconds }, body: no('SubscriptionRequestsThrottled', 'actor 1234') }));
    const error = await failureOf(arm.get(instance, options));
    expect([error.reason, error.detail]).toEqual(['throttled', 'SubscriptionRequestsThrottled']);
    expect(slept).toEqual(waited);
  });

  it('is cancelled at once', async () => {
    const { arm } = await armAt(() => ({ status: 429 }));
    const stop = new AbortController();
    await expect(arm.get(instance, { signal: stop.signal, onWait: () => stop.abort() })).rejects.toThrow(Cancelled);
  });

  it.each([
    [412, no('PreconditionFailed', 'Changed.'), 'changed'],
    [412, no('ValidationError', 'Resource was modified since last retrieval.', { details: null }), 'changed'],
    [409, no('ScopeLocked', 'locked: in progress'), 'locked'],
    [409, no('MissingSubscriptionRegistration', 'Not registered.'), 'notRegistered'],
    [403, no('AuthorizationFailed', 'The client x has no authorization.'), 'forbidden'],
    [500, no('InternalServerError', 'Failed.'), 'server'],
  ])('is not what says %s %j', async (status, body, reason) => {
    const { arm, options, came } = await armAt(() => ({ status, body }));
    expect((await failureOf(arm.put(`${instance}/apis/a`, {}, options))).reason).toBe(reason);
    expect(came.length).toBe(1);
  });
});

describe('faults', () => {
  it('reads are repeated, writes are not', async () => {
    const { arm, options, came } = await armAt((_call, index) => (index === 0 ? { status: 502 } : index === 1 ? { status: 0, cut: true } : index === 2 ? { status: 200, body: {} } : { status: 0, cut: true }));
    expect((await arm.get(instance, options)).status).toBe(200);
    expect(came.length).toBe(3);
    expect(await failureOf(arm.put(`${instance}/apis/a`, {}, options)))
      .toMatchObject({ reason: 'network', advice: expect.stringContaining('not known whether') as string });
    expect((await failureOf(arm.post(`${instance}/x`, {}, options))).reason).toBe('network');
    expect(came.length).toBe(5);
  });

  it('gives up reading after some tries', async () => {
    const { arm, options, came, slept } = await armAt(() => ({ status: 500, body: no('InternalServerError', 'Failed.') }));
    expect(await failureOf(arm.get(instance, options))).toMatchObject({ reason: 'server', status: 500, code: 'InternalServerError' });
    expect([came.length, slept]).toEqual([4, [500, 1_500, 4_000]]);
  });

  it('tells at once where nobody has ever answered', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { arm, options, slept } = await armAt(() => ({ status: 200 }), { url, credential: () => Promise.resolve(tokenCredential(url, token)) });
    expect(await failureOf(arm.put(`${instance}/apis/a`, {}, options))).toMatchObject({ reason: 'network', message: expect.stringContaining('not running') as string });
    expect(slept).toEqual([]);
  });

  it('cancelling ends a call that hangs', async () => {
    const stop = new AbortController();
    const { arm } = await armAt(() => new Promise(() => stop.abort()));
    await expect(arm.get(instance, { signal: stop.signal })).rejects.toThrow(Cancelled);
    await expect(arm.put(instance, {}, { signal: stop.signal })).rejects.toThrow(Cancelled);
  });

  it('cancelling ends a call that waits for the sign-in, in whatever words that ends', async () => {
    const stop = new AbortController();
    const { arm, came } = await armAt(() => ({ status: 200 }), {
      credential: () => {
        stop.abort();
        return Promise.reject(new Error('The window was closed.'));
      },
    });
    await expect(arm.get(instance, { signal: stop.signal })).rejects.toThrow(Cancelled);
    expect(came).toEqual([]);
  });
});
