// A request from its text to the exchange that is shown: over real sockets, against the sample service and its faults.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { score } from '../../../../src/protocols/studio/scoring';
import { createTransport } from '../../../../src/http/transport';
import { systemClock, type Clock } from '../../../../src/model/clock';
import { Cancelled } from '../../../../src/model/errors';
import type { Exchange } from '../../../../src/model/exchange';
import type { Secrets, Service } from '../../../../src/model/service';
import type { NetworkSettings } from '../../../../src/model/wire';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { readScoreRequest } from '../../../../src/protocols/studio/request';
import type { ScoreCall, ScoreProgress } from '../../../../src/protocols/protocol';
import { credentialOf } from '../../../../src/protocols/registry';
import { toService } from '../../../../src/protocols/newService';
import { startSample } from '../../../../src/sample/server';
import { base, counters, goodDay, goodDayRow, key, plan } from '../../sample/sampleClient';

const direct: NetworkSettings = { proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} };
const goodDayRows = '{"Inputs": {"input1": [{"Col2": "This is a good day"}]}, "GlobalParameters": {}}';

/** A clock whose sleeps take no time and are written down. */
function fastClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return { slept, now: () => Date.now(), sleep: (ms, signal) => (signal.aborted ? Promise.reject(new Cancelled()) : Promise.resolve(void slept.push(ms))) };
}

let sample: Awaited<ReturnType<typeof startSample>>;
let transport: ReturnType<typeof createTransport>;
let clock: ReturnType<typeof fastClock>;
let log: string[];

beforeEach(async () => {
  sample = await startSample({ port: 0, key });
  transport = createTransport(direct);
  clock = fastClock();
  log = [];
});

afterEach(async () => {
  await transport.close();
  await sample.stop();
});

function serviceAt(address: string, subscriptionKeyHeader?: string): Service {
  const read = parseEndpoint(address);
  if (!read.ok) throw new Error(read.reason);
  return toService({ name: 'Hashing', endpoint: read.endpoint, subscriptionKeyHeader });
}

function sampleService(): Service {
  return serviceAt(`${sample.baseUrl}${base}`);
}

async function send(text: string, { secrets = { serviceKey: key }, ...some }: Partial<Omit<ScoreCall, 'credential'>> & { readonly secrets?: Secrets } = {}, signal = new AbortController().signal, onProgress: (progress: ScoreProgress) => void = () => undefined, withClock: Clock = clock): Promise<Exchange> {
  const service = some.service ?? sampleService();
  const call: ScoreCall = { service, request: readScoreRequest(text), source: 'request.json', credential: () => Promise.resolve(credentialOf(service, secrets)), timeoutMs: 10_000, repeats: { maxRepeats: 4, maxWaitMs: 120_000 }, ...some };
  return score(call, { transport, clock: withClock, random: () => 1, log: (line) => log.push(line), tableOnly: new Set() }, signal, onProgress);
}

const faults = (...list: object[]): Promise<void> => plan(sample.baseUrl, ...list);
const calls = async (): Promise<number> => (await counters(sample.baseUrl)).calls.execute;

describe('an answer', () => {
  it.each([['table', goodDay, 'details=true'], ['rows', goodDayRows, 'format=swagger']])('to the %s form is the published row', async (_form, text, query) => {
    const exchange = await send(text);
    expect(exchange.problem).toBeUndefined();
    expect(exchange.tables[0]?.rows).toEqual([goodDayRow]);
    expect(exchange.url).toContain(query);
    expect(exchange).toMatchObject({ method: 'POST', source: 'request.json', service: { name: 'Hashing' }, answer: { status: 200 } });
  });

  it('holds no key, whatever is shown of it', async () => {
    await faults({ status: 400, headers: { 'X-Echo': key }, body: { error: { code: 'BadArgument', message: `Key ${key} is bad` } } });
    const exchange = await send(goodDay);
    expect(JSON.stringify({ ...exchange, body: Buffer.from(exchange.answer?.body ?? []).toString() })).not.toContain(key);
    expect(exchange.requestHeaders).toContainEqual({ name: 'Authorization', value: 'Bearer ••••••••' });
    expect(exchange.notes).toContain('The answer held your key; it is masked here.');
    expect(log.join()).not.toContain(key);
  });

  it('has one line in the log: method, host, path, status, time', async () => {
    await send(goodDay);
    expect(log).toEqual([expect.stringMatching(/^POST 127\.0\.0\.1:\d+\/workspaces\/\w+\/services\/\w+\/execute 200 \d+ ms$/)]);
  });

  it('that is a page, or breaks off, is a problem, and is shown as it came', async () => {
    const page = '<!-- 1 --><html><head><title>Sign in</title></head></html>';
    await faults({ status: 200, headers: { 'content-type': 'text/html' }, body: page }, { brokenJson: true });
    const first = await send(goodDay);
    expect(first.problem).toMatchObject({ sentence: 'The answer is a web page, not a prediction.', detail: 'Sign in', actions: ['changeService', 'retry'] });
    expect(Buffer.from(first.answer?.body ?? []).toString()).toBe(page);
    const second = await send(goodDay);
    expect(second.problem?.sentence).toMatch(/^The answer breaks off: its JSON ends in the middle, at character [\d,]+\.$/);
    expect(second.problem?.advice).toContain('cut it');
    expect(Buffer.from(second.answer?.body ?? []).toString()).toMatch(/^\{"Results"/);
    expect([first.tables, first.notes, second.tables, second.notes]).toEqual([[], [], [], []]);
  });

  it('that is text, or JSON of another shape, is a success and is shown as what it is', async () => {
    await faults({ status: 200, headers: { 'content-type': 'text/html' }, body: 'done' }, { status: 200, body: { predictions: [1] } });
    for (const note of ['The answer is not JSON; it is shown as it came.', 'The answer is JSON of another shape than an RRS result; it is shown as it came.']) {
      const exchange = await send(goodDay);
      expect([exchange.notes, exchange.problem]).toEqual([[note], undefined]);
    }
  });
});

describe('an answer that says no', () => {
  it('names a missing and a wrong key', async () => {
    expect((await send(goodDay, { secrets: {} })).problem).toMatchObject({ sentence: '"Hashing" asks for an API key, and none is set.', actions: ['setServiceKey', 'retry'] });
    expect((await send(goodDay, { secrets: { serviceKey: 'another-key' } })).problem).toMatchObject({ sentence: '"Hashing" does not accept the API key.' });
  });

  it('names data that does not fit', async () => {
    const exchange = await send(goodDay.replace('Col2', 'Col3'));
    expect(exchange.problem?.sentence).toMatch(/^(The data does not fit|"Hashing" could not read the data)/);
    expect(exchange.problem?.detail).toContain('Col3');
  });

  it('names an address that nobody knows', async () => {
    const exchange = await send(goodDay, { service: serviceAt(`${sample.baseUrl}/workspaces/${'a'.repeat(32)}/services/${'b'.repeat(32)}`) });
    expect(exchange.problem?.sentence).toContain('knows no workspace with this id');
  });

  it('a redirect is not followed, and no key goes there', async () => {
    await faults({ status: 307, headers: { Location: `${sample.baseUrl}/elsewhere` } });
    expect((await send(goodDay)).problem?.sentence).toBe(`The address answers with a redirect to ${sample.baseUrl}/elsewhere.`);
    expect(log).toHaveLength(1);
  });
});

describe('tries', () => {
  it('a throttled call is sent again after the wait it was told, and says so meanwhile', async () => {
    await faults({ throttle: { retryAfterSeconds: 7 } }, { throttle: { retryAfterSeconds: 3, gateway: true } });
    const told: string[] = [];
    const exchange = await send(goodDay, {}, undefined, (progress) => told.push(progress.kind === 'waiting' ? progress.reason : progress.kind));
    expect(clock.slept).toEqual([7000, 3000]);
    expect(told).toEqual(['sending', 'The service answered 503 (TooManyConcurrentRequests).', 'sending', 'The gateway answered 429.', 'sending']);
    expect(exchange.earlierAttempts).toEqual([{ status: 503, reason: 'TooManyConcurrentRequests from the service', waitMs: 7000 }, { status: 429, reason: 'from the gateway', waitMs: 3000 }]);
    expect(exchange.tables[0]?.rows).toEqual([goodDayRow]);
    expect(await calls()).toBe(3);
  });

  it('end at the limit, with the last answer', async () => {
    await faults({ status: 503, times: 9 });
    const exchange = await send(goodDay, { repeats: { maxRepeats: 2, maxWaitMs: 1000 } });
    expect(exchange.problem?.sentence).toContain('is busy');
    expect(await calls()).toBe(3);
  });

  it('do not follow a wrong key or wrong data', async () => {
    await send(goodDay, { secrets: {} });
    await send(goodDay.replace('Col2', 'Col3'));
    expect(await calls()).toBe(2);
  });

  it('a wait can be cancelled', async () => {
    await faults({ throttle: { retryAfterSeconds: 60 } });
    const stop = new AbortController();
    const sending = send(goodDay, {}, stop.signal, (progress) => progress.kind === 'waiting' && setTimeout(() => stop.abort(), 10), systemClock);
    await expect(sending).rejects.toBeInstanceOf(Cancelled);
    expect(await calls()).toBe(1);
  });

  it('a connection that is cut is tried once more, and named when it is cut again', async () => {
    await faults({ cut: 'before' });
    expect((await send(goodDay)).tables[0]?.rows).toEqual([goodDayRow]);
    await faults({ cut: 'before' }, { cut: 'middle' });
    const exchange = await send(goodDay);
    expect(exchange.problem?.sentence).toMatch(/clos|cut|broke/i);
    expect(exchange.answer).toBeUndefined();
  });

  it('are not made at all where they are switched off, a cut connection included', async () => {
    await faults({ cut: 'before' });
    const exchange = await send(goodDay, { repeats: { maxRepeats: 0, maxWaitMs: 1000 } });
    expect(exchange.problem?.sentence).toMatch(/was closed before/);
    expect(exchange.earlierAttempts).toEqual([]);
    expect(await calls()).toBe(1);
  });

  it('row objects are sent in the other form to a gateway that does not know them', async () => {
    await faults({ status: 404, body: { statusCode: 404, message: 'Resource not found' } });
    const exchange = await send(goodDayRows);
    expect(exchange.url).toContain('details=true');
    expect(exchange.tables[0]?.rows).toEqual([goodDayRow]);
    expect(exchange.notes).toEqual(['The gateway did not take row objects, so the same rows were sent as ColumnNames and Values.']);
  });
});

describe('no answer', () => {
  it('in time is named, with the limit', async () => {
    // The first call opens the connection, so that the limit of the second is spent on the answer alone.
    await send(goodDay);
    await faults({ never: true });
    expect((await send(goodDay, { timeoutMs: 200 })).problem?.sentence).toMatch(/^No answer from 127\.0\.0\.1:\d+ within 0\.2 seconds\.$/);
  });

  it('from a host that is not there is named', async () => {
    await sample.stop();
    expect((await send(goodDay)).problem?.sentence).toMatch(/^127\.0\.0\.1:\d+ refused the connection\.$/);
  });

  it('is waited for after cancelling; the service sees the socket close', async () => {
    await faults({ never: true });
    const stop = new AbortController();
    const sending = expect(send(goodDay, {}, stop.signal)).rejects.toBeInstanceOf(Cancelled);
    await expect.poll(calls, { timeout: 20_000 }).toBe(1);
    stop.abort();
    await sending;
    await expect.poll(async () => (await counters(sample.baseUrl)).aborted, { timeout: 20_000 }).toBe(1);
  });
});

describe('a gateway\'s key', () => {
  it('goes in the header that was set, beside the service\'s own, and is masked', async () => {
    await faults({ echo: true });
    const service = { ...sampleService(), subscriptionKeyHeader: 'X-Gateway-Key' };
    const exchange = await send(goodDay, { service, secrets: { serviceKey: key, subscriptionKey: 'gateway-secret' } });
    expect(exchange.requestHeaders).toContainEqual({ name: 'X-Gateway-Key', value: '••••••••' });
    expect(exchange.tables[0]?.rows.flat().join(' ').toLowerCase()).toContain('x-gateway-key');
  });

  it('is left out when there is none', async () => {
    await faults({ echo: true });
    const exchange = await send(goodDay);
    expect(exchange.requestHeaders.map(({ name }) => name)).toEqual(['Content-Type', 'Content-Length', 'Accept-Encoding', 'Authorization']);
  });
});

it('an answer of 10 MB is read to its last row', async () => {
  await faults({ bytes: 10_000_000 });
  const exchange = await send(goodDay);
  const [table] = exchange.tables;
  expect(exchange.answer?.body.byteLength).toBeGreaterThan(9_000_000);
  expect(table?.totalRows).toBeGreaterThan(100_000);
  // A million cells are held, and these rows have eight.
  expect(table?.rows.length).toBe(Math.min(table?.totalRows ?? 0, 125_000));
});
