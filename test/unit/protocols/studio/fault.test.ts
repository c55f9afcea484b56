// Error answers of every shape, what they are explained as, and whether they are tried again.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { explainFault, type FaultContext } from '../../../../src/protocols/studio/explain';
import { readFault, type Fault } from '../../../../src/protocols/studio/fault';
import { classMessages, detailMessages } from '../../../../src/protocols/studio/faultMessages';
import { repeatAfterMs } from '../../../../src/protocols/studio/repeat';

const context: FaultContext = { serviceName: 'Churn', hasServiceKey: true, hasSubscriptionKey: false, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key', location: undefined };
const now = Date.UTC(2026, 0, 1, 12, 0, 0);

function fault(status: number, body: unknown, headers: Record<string, string> = {}): Fault {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readFault({ status, text, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) }, now);
}

function classic(status: number, code: string, ...details: { code: string; target?: string; message?: string }[]): Fault {
  return fault(status, { error: { code, message: 'Said so.', details } });
}

describe('shapes', () => {
  it('the contract\'s own', () => {
    const read = fault(400, { error: { code: 'BadArgument', message: 'Bad.', details: [{ code: 'RequestBodyInvalid', target: 'input1', message: 'Cannot be read.' }] } }, { 'x-ms-request-id': 'r1' });
    expect(read).toEqual({ status: 400, source: 'service', code: 'BadArgument', message: 'Bad.', details: [{ code: 'RequestBodyInvalid', target: 'input1', message: 'Cannot be read.' }], requestId: 'r1', retryAfterMs: undefined, html: false });
  });

  it.each<[string, unknown, Partial<Fault>]>([
    ['details missing', { error: { code: 'A', message: 'm' } }, { source: 'service', code: 'A', message: 'm', details: [] }],
    ['details an empty text, code a number', { error: { code: 400, message: 'm', details: '' } }, { source: 'service', code: '400', details: [] }],
    ['PascalCase', { Error: { Code: 'A', Message: 'm', Details: [{ Code: 'B', Message: 'n' }] } }, { source: 'service', code: 'A', message: 'm', details: [{ code: 'B', target: undefined, message: 'n' }] }],
    ['a gateway', { statusCode: 429, message: 'Rate limit is exceeded. Try again in 60 seconds.' }, { source: 'gateway', retryAfterMs: 60_000 }],
    ['an error as text inside a message', { error: { code: 'Outer', message: '{"error":{"code":"Inner","message":"m"}}' } }, { code: 'Inner', message: 'm' }],
    ['a page', '<html><head><title>504 Gateway Time-out</title></head></html>', { source: 'unknown', message: '504 Gateway Time-out', html: true }],
    ['plain text', 'no healthy upstream', { source: 'unknown', message: 'no healthy upstream' }],
    ['nothing', '', { source: 'unknown', code: undefined, message: undefined }],
    ['a JSON text', '"broken"', { source: 'unknown', message: 'broken' }],
    ['error as a text', { error: 'down' }, { source: 'unknown', message: 'down' }],
    ['detail', { detail: 'Not Found' }, { source: 'unknown', message: 'Not Found' }],
    ['text that ends in its class', 'X: failed , Error code: LibraryExecutionError, Http status code: 400', { source: 'service', code: 'LibraryExecutionError' }],
    ['details of texts', { error: { code: 'A', message: 'm', details: ['first', null] } }, { details: [{ code: undefined, target: undefined, message: 'first' }, { code: undefined, target: undefined, message: undefined }] }],
  ])('%s', (_name, body, expected) => {
    expect(fault(400, body)).toMatchObject(expected);
  });

  it('never throws, and is always explained by one sentence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.oneof(fc.json(), fc.string()), (status, body) => {
        expect(explainFault(fault(status, body), context).sentence).toMatch(/\.$/);
      }),
    );
  });
});

describe('waits', () => {
  it.each<[string, Record<string, string>, string, number | undefined]>([
    ['seconds', { 'Retry-After': '7' }, '', 7000],
    ['a date', { 'retry-after': new Date(now + 90_000).toUTCString() }, '', 90_000],
    ['a date that is past', { 'retry-after': new Date(now - 90_000).toUTCString() }, '', 0],
    ['nonsense', { 'retry-after': 'soon' }, '', undefined],
    ['nonsense with a number', { 'retry-after': 'soon 5' }, '', undefined],
    ['nonsense beside the gateway\'s words', { 'retry-after': 'soon 5' }, 'Try again in 60 seconds.', 60_000],
    ['a number that is no number of seconds', { 'retry-after': '-5' }, '', undefined],
    ['a date as nobody writes it in HTTP', { 'retry-after': '2026-01-01 12:01' }, '', undefined],
    ['a date in the second form', { 'retry-after': 'Thursday, 01-Jan-26 12:01:30 GMT' }, '', 90_000],
    ['a date in the third form', { 'retry-after': 'Thu Jan  1 12:01:30 2026' }, '', 90_000],
    ['the gateway\'s words for a quota', {}, 'Out of call volume quota. Quota will be replenished in 5.03:23:11.', ((5 * 24 + 3) * 3600 + 23 * 60 + 11) * 1000],
    ['the same without days', {}, 'Quota will be replenished in 03:23:11.', (3 * 3600 + 23 * 60 + 11) * 1000],
    ['the header counts more', { 'Retry-After': '5' }, 'Try again in 60 seconds.', 5000],
  ])('%s', (_name, headers, message, expected) => {
    expect(fault(429, { statusCode: 429, message }, headers).retryAfterMs).toBe(expected);
  });
});

describe('explanations', () => {
  it.each([...classMessages.keys()])('the class %s has words of its own', (code) => {
    const { sentence } = explainFault(classic(400, code), context);
    expect(sentence).toMatch(/^["A-Z].*\.$/);
    expect(sentence).not.toMatch(/[{}]|refused the request \(/);
  });

  it.each([...detailMessages.keys()])('the cause %s has words of its own', (pair) => {
    const [code = '', detail = ''] = pair.split('/');
    const { sentence } = explainFault(classic(400, code === '*' ? 'AnyClass' : code, { code: detail, target: 'input1' }), context);
    expect(sentence).toMatch(/^["A-Z].*\.$/);
    expect(sentence).not.toMatch(/[{}]|refused the request \(/);
  });

  it.each<[string, Fault, Partial<FaultContext>, string, string[]]>([
    ['a wrong key', classic(401, 'Unauthorized', { code: 'ScoreRequestUnauthorized' }), {}, '"Churn" does not accept the API key.', ['setServiceKey', 'retry']],
    ['no key', classic(401, 'Unauthorized', { code: 'ScoreRequestUnauthorized' }), { hasServiceKey: false }, '"Churn" asks for an API key, and none is set.', ['setServiceKey', 'retry']],
    ['a bare 401', fault(401, ''), {}, '"Churn" does not accept the API key.', ['setServiceKey', 'retry']],
    ['no subscription key', fault(401, { statusCode: 401, message: 'Access denied due to missing subscription key.' }), {}, 'The gateway asks for a subscription key.', ['setSubscriptionKey', 'retry']],
    ['a wrong subscription key', fault(401, { statusCode: 401, message: 'Access denied due to invalid subscription key.' }), { hasSubscriptionKey: true }, 'The gateway does not accept the subscription key.', ['setSubscriptionKey', 'retry']],
    ['a gateway\'s 401 without words, a key set', fault(401, { statusCode: 401, message: '' }), { hasSubscriptionKey: true }, 'The gateway does not accept the subscription key.', ['setSubscriptionKey', 'retry']],
    ['a gateway\'s 401 without words, no key set', fault(401, { statusCode: 401 }), {}, 'The gateway asks for a subscription key.', ['setSubscriptionKey', 'retry']],
    ['a gateway\'s 401 for a token, no key set', fault(401, { statusCode: 401, message: 'Unauthorized. Access token is missing or invalid.' }), {}, 'The gateway refused the call.', ['setSubscriptionKey', 'setServiceKey']],
    ['another gateway 401', fault(401, { statusCode: 401, message: 'JWT needed.' }), { hasSubscriptionKey: true }, 'The gateway refused the call.', ['setSubscriptionKey', 'setServiceKey']],
    ['a quota', fault(403, { statusCode: 403, message: 'Out of call volume quota.' }), {}, 'The call quota of your subscription at the gateway is used up.', []],
    ['a gateway\'s own 403', fault(403, { statusCode: 403, message: 'Forbidden' }), {}, 'The gateway does not allow this call.', ['setSubscriptionKey']],
    ['no operation', fault(404, { statusCode: 404, message: 'Resource not found' }), {}, 'The gateway has no operation at this address.', ['retry']],
    ['a rate', fault(429, { statusCode: 429, message: 'Rate limit is exceeded.' }), {}, 'Too many calls in a short time: the gateway limits the rate.', ['retry']],
    ['a gateway\'s 500', fault(500, { statusCode: 500, message: 'Internal server error' }), {}, 'The gateway could not get an answer from the service (500).', ['retry']],
    ['a gateway\'s 400', fault(400, { statusCode: 400, message: 'No.' }), {}, 'The gateway refused the call (400).', ['retry']],
    ['a redirect', fault(302, ''), { location: 'https://login.example.com/' }, 'The address answers with a redirect to https://login.example.com/.', []],
    ['a bare 403', fault(403, ''), {}, 'The call to "Churn" is forbidden.', ['setServiceKey', 'retry']],
    ['a bare 404', fault(404, ''), {}, 'Nothing answers at the address of "Churn".', ['retry']],
    ['a bare 405', fault(405, ''), {}, 'The address of "Churn" does not take requests of this kind.', []],
    ['a bare 408', fault(408, ''), {}, '"Churn" took too long to answer.', ['retry']],
    ['a bare 413', fault(413, ''), {}, 'The request is too large for "Churn".', []],
    ['a bare 429', fault(429, ''), {}, 'Too many calls to "Churn" in a short time.', ['retry']],
    ['a page 504', fault(504, '<html></html>'), {}, 'Something in front of "Churn" got no answer from it in time (504).', ['retry']],
    ['a bare 503', fault(503, ''), {}, '"Churn" is busy or not there at the moment.', ['retry']],
    ['a bare 500', fault(500, ''), {}, '"Churn" failed while it worked on the request (500).', ['retry', 'showAnswer']],
    ['a bare 418', fault(418, ''), {}, '"Churn" refused the request (418).', ['showAnswer']],
    ['a cause with a target', classic(400, 'BadUserArgument', { code: 'InputParseError', target: 'input1' }), {}, '"Churn" could not read the data (at "input1"): the number of columns or a type is wrong.', []],
  ])('%s', (_name, read, some, sentence, actions) => {
    expect(explainFault(read, { ...context, ...some })).toMatchObject({ sentence, actions });
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])('a code called %s is a code that nobody knows', (code) => {
    expect(explainFault(classic(400, code), context).sentence).toBe('"Churn" refused the request (400).');
    expect(explainFault(classic(500, 'Some', { code }), context).sentence).toBe('"Churn" failed while it worked on the request (500).');
  });

  it('names with signs in them stay as they are', () => {
    const read = classic(400, 'BadUserArgument', { code: 'InputParseError', target: '$` {service}' });
    expect(explainFault(read, { ...context, serviceName: 'a $& {at} $1' }).sentence).toBe('"a $& {at} $1" could not read the data (at "$` {service}"): the number of columns or a type is wrong.');
  });

  it('are whole sentences that do not run on', () => {
    const advice = [...classMessages.values(), ...detailMessages.values()].flatMap((words) => words.advice ?? []);
    expect(advice.filter((text) => !/^[A-Z].*\.$/.test(text) || /stands below|stays so/.test(text))).toEqual([]);
    expect(explainFault(classic(500, 'InternalError'), context).advice).toBe('Try again. If it fails each time, tell those who run the service; the request id helps them.');
  });

  it('keep the service\'s own words, its request id and how long to wait', () => {
    const read = fault(503, { error: { code: 'ServiceUnavailable', message: 'Busy.', details: [{ code: 'RequestThrottled', message: 'At most 4.' }] } }, { 'Retry-After': '30', 'x-ms-request-id': 'r7' });
    const parts = explainFault(read, context);
    expect(parts.detail).toBe('ServiceUnavailable: Busy.\nRequestThrottled: At most 4.\nRequest id: r7');
    expect(parts.advice).toContain('Try again in 30 seconds.');
  });

  it.each<[string, Fault, string | undefined]>([
    ['a busy service', classic(503, 'ServiceUnavailable', { code: 'NoMoreResources' }), 'Try again in a few seconds, and send fewer requests at once. If it does not help, ask those who run the service.'],
    ['a bare 429', fault(429, ''), 'Try again in a minute, and send fewer requests at once.'],
    ['a gateway\'s rate', fault(429, { statusCode: 429, message: 'Rate limit is exceeded.' }), 'Try again in a minute, and send fewer requests at once.'],
    ['a bare 502', fault(502, ''), 'Try again in a few seconds. If it does not help, ask those who run the service.'],
    ['one that has advice of its own', classic(503, 'ServiceUnavailable', { code: 'RequestThrottled' }), 'Wait a little, or send fewer at a time.'],
    ['one that says when', fault(503, '', { 'Retry-After': '5' }), 'Try again in 5 seconds.'],
    ['one that is not about time', fault(418, ''), undefined],
  ])('say what to do about %s', (_name, read, advice) => {
    expect(explainFault(read, context).advice).toBe(advice);
  });

  it('point to the request id where there is one', () => {
    expect(explainFault(fault(500, '', { 'x-ms-request-id': 'r7' }), context)).toMatchObject({ detail: 'Request id: r7', advice: 'If it fails each time, tell those who run the service the request id below.' });
    expect(explainFault(fault(500, ''), context).advice).toBe('If it fails each time, tell those who run the service.');
  });

  it('a wrong header for the subscription key is thought of', () => {
    const parts = explainFault(fault(401, { statusCode: 401, message: 'Access denied due to missing subscription key.' }), { ...context, hasSubscriptionKey: true });
    expect(parts.advice).toContain('header "Ocp-Apim-Subscription-Key"');
  });
});

describe('repeats', () => {
  const policy = { maxRepeats: 4, maxWaitMs: 120_000 };
  const after = (read: Fault, repeats: number, random = 1): number | undefined => repeatAfterMs(read, repeats, policy, () => random);

  it.each<[string, Fault, number]>([
    ['503', classic(503, 'ServiceUnavailable', { code: 'NoMoreResources' }), 4],
    ['a gateway\'s 429', fault(429, { statusCode: 429, message: 'Try again in 2 seconds.' }), 4],
    ['504', classic(504, 'GatewayTimeout', { code: 'BackendScoreTimeout' }), 2],
    ['short of memory', classic(500, 'InternalErrorSystemLowOnMemory'), 3],
    ['a part that cannot be reached', classic(500, 'InternalError', { code: 'WorkerUnreachable' }), 2],
    ['too slow', classic(408, 'RequestTimeout', { code: 'ScoreRequestTimeout' }), 1],
    ['given up by the caller', classic(408, 'RequestTimeout', { code: 'RequestCanceled' }), 0],
    ['another 500', classic(500, 'InternalError', { code: 'UnknownError' }), 0],
    ['a wrong key', classic(401, 'Unauthorized'), 0],
    ['a quota', fault(403, { statusCode: 403, message: 'Out of call volume quota. Quota will be replenished in 00:00:01.' }), 0],
    ['wrong data', classic(400, 'BadArgument'), 0],
    ['the model\'s memory', classic(413, 'MemoryQuotaViolation'), 0],
  ])('%s: tried again %#', (_name, read, times) => {
    const tries = [0, 1, 2, 3, 4, 5].filter((repeats) => after(read, repeats) !== undefined);
    expect(tries).toHaveLength(times);
  });

  it('wait longer each time, half of it by chance', () => {
    const read = fault(503, '');
    expect([0, 1, 2, 3].map((repeats) => after(read, repeats))).toEqual([1000, 2000, 4000, 8000]);
    expect([0, 1, 2, 3].map((repeats) => after(read, repeats, 0))).toEqual([500, 1000, 2000, 4000]);
  });

  it('wait as long as they are told, and not at all when that is too long', () => {
    expect(after(fault(503, '', { 'Retry-After': '17' }), 0)).toBe(17_000);
    expect(after(fault(503, '', { 'Retry-After': '3600' }), 0)).toBeUndefined();
  });

  it('are not made at once, even when they are told so', () => {
    for (const header of ['0', new Date(now - 60_000).toUTCString()]) {
      const read = fault(503, '', { 'Retry-After': header });
      expect([0, 1, 2, 3].map((repeats) => after(read, repeats))).toEqual([1000, 2000, 4000, 8000]);
    }
    expect(after(fault(503, '', { 'Retry-After': '1' }), 3)).toBe(8000);
    expect(repeatAfterMs(fault(503, '', { 'Retry-After': '1' }), 3, { maxRepeats: 4, maxWaitMs: 5000 }, () => 1)).toBe(5000);
  });

  it('can be switched off', () => {
    expect(repeatAfterMs(fault(503, ''), 0, { maxRepeats: 0, maxWaitMs: 1000 }, () => 1)).toBeUndefined();
  });
});
