// Both ways over real sockets: a service, and the same one through the gateway of Sample API Management, in turns and within its limits.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTransport } from '../../../../../src/http/transport';
import { compareExchanges } from '../../../../../src/features/history/compare';
import { isMasked } from '../../../../../src/features/apim/ways/runWays';
import { WaysSession, type WaysRequest, type WaysSessionParts } from '../../../../../src/features/apim/ways/session';
import type { WayPair } from '../../../../../src/features/apim/ways/pairs';
import type { Arm } from '../../../../../src/model/arm';
import { systemClock } from '../../../../../src/model/clock';
import { HumanError, InvalidInput, messageOf } from '../../../../../src/model/errors';
import type { Secrets, Service } from '../../../../../src/model/service';
import type { Transport } from '../../../../../src/model/wire';
import { endpointAt, toService } from '../../../../../src/protocols/newService';
import { credentialOf, protocolOf, readRequest } from '../../../../../src/protocols/registry';
import { instanceId } from '../../../../../src/sample/apim/place';
import { callAt, noon, startRunning, token, type Running } from '../../../sample/apim/armClient';
import { startBackend, type Backend } from '../../../sample/apim/gatewayTools';
import { clientAt, instanceAt } from '../publish/samplePublishing';

const path = '/workspaces/0123456789abcdef0123456789abcdef/services/fedcba9876543210fedcba9876543210';
const key = 'some-subscription-key-1';
const reply = (value: string): string => JSON.stringify({ Results: { output1: { type: 'table', value: { ColumnNames: ['a', 'b'], Values: [['This is a good day', value]] } } } });
let running: Running;
let backend: Backend;
let arm: Arm;
let close: () => void;
let transport: Transport;
let pair: WayPair;
let session: WaysSession;
let answered = 0;

function service(address: string, name: string): Service {
  const read = endpointAt(address);
  if (!read.ok) throw new Error(read.reason);
  return toService({ name, endpoint: read.endpoint });
}

beforeAll(async () => {
  running = await startRunning({ now: () => noon });
  backend = await startBackend();
  transport = createTransport({ proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} });
  ({ arm, close } = clientAt({ endpoint: running.apim.place.endpoint, token }));
  await running.put('/apis/demo', { displayName: 'Demo', path: 'demo', serviceUrl: backend.url, protocols: ['http'], subscriptionRequired: true });
  running.apim.store.put('/apis/demo/operations/execute', { displayName: 'RRS Execute', method: 'POST', urlTemplate: '/workspaces/{workspace}/services/{service}/execute?api-version={apiversion}', templateParameters: [] });
  await running.put('/subscriptions/some', { displayName: 'some', scope: `${instanceId}/apis/demo`, primaryKey: key, secondaryKey: 'some-subscription-key-2' });
  pair = {
    direct: service(`${backend.url}${path}`, 'Weather'), gateway: service(`${running.apim.gatewayUrl}/demo${path}`, 'Weather at sample'),
    place: { instance: instanceAt({ endpoint: running.apim.place.endpoint, gateway: running.apim.gatewayUrl }), api: 'demo' },
  };
});
afterAll(async () => {
  close();
  await transport.close();
  await running.apim.stop();
  await backend.stop();
});
beforeEach(() => {
  answered = 0;
  backend.answer((request, response) => {
    answered += 1;
    request.resume();
    request.on('end', () => response.setHeader('Content-Type', 'application/json').setHeader('X-Call', String(answered)).end(reply('1')));
  });
  begin();
});
afterEach(async () => {
  session.dispose();
  running.apim.store.delete('/apis/demo/policies/policy');
  await callAt(`${running.apim.place.endpoint}/sample/faults`, 'DELETE');
});

const secretsOf = ({ address }: Service): Secrets => (address === pair.gateway.address ? { serviceKey: 'the-service-key-1', subscriptionKey: key } : { serviceKey: 'the-service-key-1' });

function requestOf(text: string, through?: Transport): WaysRequest {
  return {
    about: '"day.json" is sent.', inFormOf: (sent) => (isMasked(sent) ? undefined : requestOf(sent.requestBody, through)),
    call: (to, signal) => protocolOf(to).score({
      service: to, request: readRequest(text, to), source: 'day.json',
      credential: () => Promise.resolve(credentialOf(to, secretsOf(to))), timeoutMs: 5_000, repeats: { maxRepeats: 0, maxWaitMs: 0 },
    }, { transport: through ?? transport, clock: systemClock, random: () => 0, log: () => undefined }, signal, () => undefined),
  };
}

function begin(parts: Partial<WaysSessionParts> = {}, own: WayPair = pair): void {
  session = new WaysSession({
    arms: () => Promise.resolve(arm), ticks: () => performance.now(), made: [], gatewayKey: () => Promise.resolve(key),
    describe: (error) => ({ sentence: messageOf(error), ...(error instanceof HumanError ? { actions: error.actions } : {}) }),
    compareAnswers: (one, other) => compareExchanges(one, other, { allRows: false, maxCells: 1_000, pause: () => Promise.resolve() }),
    request: () => Promise.resolve(requestOf('{"Inputs":{"input1":{"ColumnNames":["Col2"],"Values":[["This is a good day"]]}},"GlobalParameters":{}}')),
    ...parts,
  }, own);
}

const policy = (inbound: string): Promise<unknown> => running.put('/apis/demo/policies/policy', {
  format: 'rawxml', value: `<policies><inbound><base />${inbound}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
});

/** Runs so many calls each way. */
async function run(turns: number): Promise<NonNullable<ReturnType<WaysSession['view']>['result']>> {
  await session.load();
  session.setTurns(turns);
  await session.run();
  const { result, problem } = session.view();
  expect.assert(result, problem?.sentence);
  return result;
}

describe('both ways', () => {
  it('are called in turns, one at a time, and compared in bytes, tables, headers and times', async () => {
    const { ending, facts, headers, summary, calls, samples } = await run(5);
    expect([ending?.text, answered, calls.rows.length]).toEqual(['All 10 calls were made.', 10, 10]);
    expect(calls.rows.map(([, way]) => way?.[0]).join('')).toBe('DTTDDTTDDT');
    expect(facts.map(({ name, text }) => `${name}: ${text}`)).toEqual([
      'Answers, byte for byte: All 10 are equal.', 'Answers, as tables: No cell differs.', expect.stringMatching(/^Added latency: p50 /),
      'Refused direct: 0 of 5 calls (0 %)', 'Refused through the gateway: 0 of 5 calls (0 %)',
    ]);
    expect(headers.find(({ name }) => name === 'X-Call')).toMatchObject({ verdict: 'Another one each time' });
    expect(summary.heads).toEqual(['', 'Direct', 'Through the gateway', 'Added']);
    expect(summary.rows.map(([name]) => name)).toEqual(['p50', 'Smallest', 'Largest', 'First call', 'Refused', 'Size']);
    expect([samples, session.sample('gateway')?.url]).toEqual([['direct', 'gateway'], expect.stringContaining(running.apim.gatewayUrl)]);
    const told = JSON.stringify([session.view(), session.sample('direct'), session.sample('gateway')]);
    expect([told.includes(key), told.includes('the-service-key-1')]).toEqual([false, false]);
  });

  it('are told apart where a policy changes the answer', async () => {
    await policy('<return-response><set-status code="200" /><set-header name="Content-Type" exists-action="override"><value>application/json</value></set-header>' +
      `<set-body>${reply('2').replaceAll('"', '&quot;')}</set-body></return-response>`);
    const { facts } = await run(2);
    expect(facts.slice(0, 2).map(({ text, tone }) => [text, tone])).toEqual([['Each way gives one answer, and the two differ.', 'warn'], [expect.stringContaining('1 row of 1 is different'), 'warn']]);
  });

  describe('where the gateway knows one form alone', () => {
    const rows = (word: string): string => `{"Inputs":{"input1":[{"Col2":"${word}"}]},"GlobalParameters":{}}`;
    // What stands for a gateway that knows the operation with `format` no more than others.
    const knowing: Transport = {
      open: (request, signal) => transport.open(request, signal), close: () => Promise.resolve(), send: (request, signal) => transport.send(
        { ...request, url: request.url.startsWith(running.apim.gatewayUrl) && request.url.includes('format=') ? request.url.replace('/execute', '/none') : request.url }, signal),
    };
    let bodies: string[];
    beforeEach(() => {
      bodies = [];
      backend.answer((request, response) => {
        let body = '';
        // As services answer: the form of the request is that of the answer.
        request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => {
          bodies.push(body);
          response.setHeader('Content-Type', 'application/json').end(body.includes('ColumnNames') ? reply('1') : '{"Results":{"output1":[{"a":"This is a good day","b":"1"}]}}');
        });
      });
    });

    it('both ways are sent that form, the same to the byte, and nothing differs by it', async () => {
      begin({ request: () => Promise.resolve(requestOf(rows('day'), knowing)) });
      const { facts, warning, calls, ending } = await run(3);
      expect([ending?.text, calls.rows.length, warning]).toEqual(['All 6 calls were made.', 6, expect.stringMatching(/^The gateway took the request in another form alone/)]);
      expect(facts.slice(0, 2).map(({ text }) => text)).toEqual(['All 6 are equal.', 'No cell differs.']);
      expect([bodies.length, new Set(bodies.slice(-6)).size]).toEqual([8, 1]);
    });

    it('a key in the request keeps it from being sent again, and nothing is said to differ', async () => {
      begin({ request: () => Promise.resolve(requestOf(rows(key), knowing)) });
      const { facts, calls, ending } = await run(3);
      expect(ending).toEqual({ tone: 'warn', text: expect.stringMatching(/^The gateway takes the request in another form alone. .* 1 of 6 calls were made\.$/) });
      expect([facts.map(({ name }) => name), calls.rows.length]).toEqual([['Refused direct'], 1]);
      expect(JSON.stringify(session.view()).includes(key)).toBe(false);
    });
  });

  it('end before a limit is used up, which is told before', async () => {
    await policy('<rate-limit-by-key calls="5" renewal-period="60" counter-key="@(context.Request.IpAddress)" />');
    await session.load();
    expect(session.view().ahead.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^The run ends after 4 calls through the gateway/));
    const { ending, calls } = await run(10);
    expect(calls.rows.filter(([, way]) => way === 'Through the gateway').length).toBe(4);
    expect(ending?.text).toMatch(/^Stopped before a limit was used up: .* \d of 20 calls were made\.$/);
    // The next one is still let through.
    const { answer } = await protocolOf(pair.gateway).score({
      service: pair.gateway, request: readRequest('{"Inputs":{"input1":{"ColumnNames":["Col2"],"Values":[["a"]]}}}', pair.gateway), source: 'one', timeoutMs: 5_000, repeats: { maxRepeats: 0, maxWaitMs: 0 },
      credential: () => Promise.resolve(credentialOf(pair.gateway, { subscriptionKey: key })),
    }, { transport, clock: systemClock, random: () => 0, log: () => undefined }, new AbortController().signal, () => undefined);
    expect(answer?.status).toBe(200);
  });

  describe('with the API in two products', () => {
    beforeAll(async () => {
      for (const product of ['starter', 'unlimited']) {
        await running.put(`/products/${product}`, { displayName: product === 'starter' ? 'Starter' : 'Unlimited', subscriptionRequired: true, state: 'published' });
        await running.put(`/products/${product}/apis/demo`, {});
        await running.put(`/subscriptions/team-${product}`, { displayName: `team-${product}`, scope: `${instanceId}/products/${product}`, primaryKey: `the-key-of-${product}`, secondaryKey: `the-second-of-${product}` });
      }
      await running.put('/products/starter/policies/policy', { format: 'rawxml', value: '<policies><inbound><rate-limit calls="5" renewal-period="60" /></inbound></policies>' });
    });
    afterAll(() => ['starter', 'unlimited'].forEach((product) => void running.apim.store.delete(`/products/${product}/apis/demo`)));

    it.each([
      ['the-key-of-unlimited', ['With the key of "Unlimited / team-unlimited".', 'No limit is in force for these calls.']],
      ['the-second-of-starter', ['With the key of "Starter / team-starter".', expect.stringMatching(/^Product Starter: 5 calls/), expect.stringMatching(/^The run ends after 4 calls/)]],
      [key, [expect.stringMatching(/^With the key of "API Demo|^With the key of "API demo/), 'No limit is in force for these calls.']],
      ['of-somebody-else', ['It is not known whose key goes through the gateway, so the limits of all products are counted.', expect.stringMatching(/^Product Starter: 5 calls/), expect.stringMatching(/^The run ends/)]],
      [undefined, ['No subscription key is set for the way through the gateway, so the limits of all products are counted.', expect.stringMatching(/^Product Starter/), expect.stringMatching(/^The run ends/)]],
    ])('only the limits of the product count whose key is stored: %s', async (stored, expected) => {
      begin({ gatewayKey: () => Promise.resolve(stored) });
      await session.load();
      expect(session.view().ahead.slice(1).map(({ text }) => text)).toEqual(expected);
      expect(stored !== undefined && JSON.stringify(session.view()).includes(stored)).toBe(false);
    });
  });

  it.each(['of the same page', 'of another page'])('end before a limit is used up by several runs %s', async (which) => {
    const made: number[] = [];
    begin({ made });
    await policy('<rate-limit-by-key calls="10" renewal-period="60" counter-key="@(context.Request.Headers.GetValueOrDefault(&quot;X-None&quot;,&quot;runs' + which.length + '&quot;))" />');
    const first = await run(6);
    expect(first.ending?.text).toBe('All 12 calls were made.');
    if (which === 'of another page') {
      session.dispose();
      begin({ made });
      await session.load();
    }
    session.setTurns(6);
    expect(session.view().ahead.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^The run ends after 3 calls through the gateway/));
    await session.run();
    const { result } = session.view();
    expect(result?.ending?.text).toMatch(/^Stopped before a limit was used up: /);
    expect(result?.calls.rows.filter(([, way]) => way === 'Through the gateway').map(([, , , status]) => status)).toEqual(['200', '200', '200']);
    await session.run();
    expect(session.view().result?.calls.rows.some(([, way]) => way === 'Through the gateway')).toBe(false);
    expect(made.length).toBe(9);
  });

  it('end with the first refusal where limits are not known, and by what headers tell', async () => {
    await policy('<rate-limit-by-key calls="@(1 + 1)" renewal-period="60" counter-key="unknown" remaining-calls-header-name="X-Remaining" />');
    await session.load();
    expect(session.view().ahead.at(-1)?.tone).toBe('warn');
    await policy('<rate-limit-by-key calls="2" renewal-period="60" counter-key="@(context.Operation.Id)" remaining-calls-header-name="X-Remaining" />');
    session.setTurns(10);
    await session.run();
    expect(session.view().result?.ending?.text).toMatch(/^Stopped before a limit was used up: the gateway says that 1 call is left\./);
    await policy('<return-response><set-status code="429" /><set-header name="Retry-After" exists-action="override"><value>37</value></set-header></return-response>');
    await session.run();
    expect(session.view().result).toMatchObject({
      ending: { tone: 'warn', text: 'The gateway refused a call with 429 and says to wait 37 seconds. 2 of 20 calls were made.' },
      facts: [{ name: 'Refused direct' }, { name: 'Refused through the gateway', text: '1 of 1 calls (100 %)', tone: 'warn' }],
    });
  });

  it('that fail are given up, and what was measured stays', async () => {
    backend.answer((_, response) => void response.writeHead(500).end());
    const { ending, calls } = await run(10);
    expect([ending?.tone, ending?.text]).toEqual(['bad', 'The direct way failed several times one after another. 5 of 20 calls were made.']);
    expect(calls.rows.every(([, , , status, , remark]) => status === '500' && remark !== '')).toBe(true);
  });

  it('are stopped in the middle', async () => {
    await session.load();
    session.onDidChange(() => {
      if (session.calls.length === 3) session.stop();
    });
    session.setTurns(10);
    await session.run();
    const { result, busy, problem } = session.view();
    expect([result?.ending?.text, result?.calls.rows.length, busy, problem]).toEqual(['Stopped. 3 of 20 calls were made.', 3, undefined, undefined]);
  });
});

describe('beside them', () => {
  it('limits that may not be read are not known, and no reason to stop', async () => {
    await running.fault({ fault: 'forbidden', match: '/policies/', count: 20 });
    const { ending } = await run(1);
    expect([ending?.text, session.view().ahead.at(-1)?.text]).toEqual(['All 2 calls were made.', expect.stringMatching(/^The limits of the gateway are not known here/)]);
    session.dispose();
    begin({}, { direct: pair.direct, gateway: pair.gateway });
    await session.load();
    expect(session.view().ahead.at(-1)?.text).toMatch(/^The limits of the gateway are not known here/);
  });

  it('operations that may not be read, or none that is called, leave limits unknown', async () => {
    await running.fault({ fault: 'forbidden', match: '/apis/demo/operations', count: 1 });
    await session.load();
    const unknown = 'There may be limits that could not be read. A run ends with the first call that is refused for one.';
    expect(session.view().ahead.slice(1).map(({ text }) => text)).toEqual([unknown]);
    const { properties } = running.apim.store.get('/apis/demo/operations/execute') ?? { properties: {} };
    running.apim.store.put('/apis/demo/operations/execute', { displayName: 'Other', method: 'GET', urlTemplate: '/other', templateParameters: [] });
    await session.load();
    expect(session.view().ahead.slice(1).map(({ text }) => text)).toEqual([unknown]);
    running.apim.store.put('/apis/demo/operations/execute', properties);
    await session.load();
    expect(session.view().ahead.slice(1).map(({ text }) => text)).toEqual(['No limit is in force for these calls.']);
  });

  it('nothing to send is an error with its button', async () => {
    begin({ request: () => Promise.reject(new InvalidInput({ sentence: 'There is no request.', actions: ['retry'] })) });
    await session.load();
    expect(session.view()).toMatchObject({ canRun: false, ahead: [], problem: { sentence: 'There is no request.', actions: ['retry'] } });
    begin();
    await session.retry();
    expect(session.view()).toMatchObject({ canRun: true, request: '"day.json" is sent.' });
  });
});
