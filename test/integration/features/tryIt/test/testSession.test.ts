// A test from its form to the answer, over real sockets against the sample: what is sent, kept, refused, stopped, and which way it goes.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { startOf } from '../../../../../src/features/tryIt/test/testStart';
import { TestSession, type TestSessionParts } from '../../../../../src/features/tryIt/test/testSession';
import type { RememberedRequest } from '../../../../../src/features/tryIt/test/testRequest';
import { healthAfter } from '../../../../../src/features/scoring/runs';
import { Scorer, type Scored } from '../../../../../src/features/scoring/scorer';
import { createTransport } from '../../../../../src/http/transport';
import { systemClock } from '../../../../../src/model/clock';
import { Cancelled, HumanError } from '../../../../../src/model/errors';
import type { Secrets, Service } from '../../../../../src/model/service';
import type { NetworkSettings } from '../../../../../src/model/wire';
import { toService } from '../../../../../src/protocols/newService';
import { credentialOf, protocolOf, readRequest } from '../../../../../src/protocols/registry';
import { parseEndpoint } from '../../../../../src/protocols/studio/endpoint';
import { startSample } from '../../../../../src/sample/server';
import { base, counters, goodDayRow, key, plan } from '../../../sample/sampleClient';

const direct: NetworkSettings = { proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} };

let sample: Awaited<ReturnType<typeof startSample>>;
let transport: ReturnType<typeof createTransport>;
let service: Service;
let secrets: Secrets;
let remembered: RememberedRequest[];
let scored: Scored[];
let told: string[];
let keptWay: string | undefined;
let parts: TestSessionParts;
let session: TestSession;

function serviceAt(origin: string, name: string): Service {
  const read = parseEndpoint(`${origin}${base}`);
  if (!read.ok) throw new Error(read.reason);
  return toService({ name, endpoint: read.endpoint, subscriptionKeyHeader: undefined });
}

beforeEach(async () => {
  sample = await startSample({ port: 0, key });
  transport = createTransport(direct);
  service = serviceAt(sample.baseUrl, 'Hashing');
  [secrets, remembered, scored, told, keptWay] = [{ serviceKey: key }, [], [], [], undefined];
  const scorer = new Scorer({
    current: (each) => each, isSample: () => true, keysOf: () => Promise.resolve(secrets), clock: systemClock, random: () => 0, log: () => undefined,
    patience: () => ({ timeoutMs: 10_000, maxRepeats: 0, maxWaitMs: 0 }), transport: () => Promise.resolve(transport),
  });
  scorer.onDidScore((each) => void scored.push(each));
  parts = {
    start: async (each, wanted, signal) => {
      const { values, describing } = protocolOf(each);
      const call = { service: each, credential: () => Promise.resolve(credentialOf(each, secrets)), timeoutMs: 10_000 };
      const outcome = await describing?.fetch(call, transport, signal);
      const description = outcome?.kind === 'described' ? await describing?.read(outcome.json) : undefined;
      return startOf({ service: each, wanted, valuing: await values?.(), describing, description, parameters: new Map(), shape: 'rows' });
    },
    ways: () => Promise.resolve([]), keptWay: () => keptWay, keepWay: (_, way) => Promise.resolve(void (keptWay = way)),
    confirm: () => Promise.resolve(), readRequest,
    score: (call, signal, onProgress) => scorer.score(call, signal, onProgress),
    begin: (address) => {
      told.push(`begins at ${address}`);
      return (health) => void told.push(health?.kind ?? 'nothing');
    },
    healthAfter, remember: (_, request) => Promise.resolve(void remembered.push(request)),
    describe: (error) => ({ sentence: error instanceof HumanError ? error.message : 'unexpected' }),
    about: ({ name }) => ({ name, workspace: 'Sample', choice: 'sample', sample: true }),
  };
  session = new TestSession(parts, service);
});
afterEach(async () => {
  session.dispose();
  await transport.close();
  await sample.stop();
});

const type = (text: string): void => session.edit({ do: 'set', input: 0, row: 0, column: 0, cell: { state: 'value', text } });
const first = (): unknown => session.exchange?.tables[0]?.rows[0];

it('"This is a good day" gives the published row, which is kept as any call is', async () => {
  await session.load({ kind: 'any' });
  expect(session.view().form?.content.inputs[0]?.fields.map(({ name }) => name)).toEqual(['Col2']);
  type('This is a good day');
  await session.send();
  expect(first()).toEqual(goodDayRow);
  expect(scored).toHaveLength(1);
  expect(await scored[0]?.hidden()).toEqual([key]);
  expect(told).toEqual([`begins at ${service.address}`, 'answering']);
  expect(remembered.at(-1)?.json).toContain('This is a good day');
  expect(JSON.stringify(session.view())).not.toContain(key);
  type('Another one');
  await session.send();
  expect(first()).not.toEqual(goodDayRow);
});

it('the same as JSON gives the same', async () => {
  await session.load({ kind: 'any' });
  type('This is a good day');
  session.turnTo('json');
  session.type(session.view().json?.text ?? '', 4);
  expect(session.view()).toMatchObject({ turn: 4, json: { hasForm: true } });
  await session.send();
  expect(first()).toEqual(goodDayRow);
  session.turnTo('form');
  expect(session.view().form).toBeDefined();
});

it('what is wrong is told with its place, and not sent', async () => {
  await session.load({ kind: 'given', given: { name: 'day.json', text: '{"Inputs":\n {"input1": [1]}}' } });
  expect(session.view().json?.problem).toMatchObject({ line: 2, column: 14, sentence: expect.stringContaining('Row 1 of "input1" is a number') });
  await session.send();
  session.type('{"Inputs":', 1);
  expect(session.view().json?.problem).toMatchObject({ line: 1 });
  await session.send();
  expect((await counters(sample.baseUrl)).calls.execute).toBe(0);
  expect(session.exchange).toBeUndefined();
});

it('a missing key and a fault of the service stand in the answer, with their buttons', async () => {
  secrets = {};
  await session.load({ kind: 'any' });
  await session.send();
  expect(session.exchange?.problem?.actions).toContain('setServiceKey');
  secrets = { serviceKey: key };
  await plan(sample.baseUrl, { status: 400, body: { error: { code: 'BadArgument', message: 'Nothing.' } } });
  await session.send();
  expect(session.exchange).toMatchObject({ answer: { status: 400 } });
  expect(session.exchange?.problem?.sentence).toBeDefined();
  await session.retry();
  expect(session.exchange?.problem).toBeUndefined();
});

it('a folder that is not trusted is asked about before anything is sent', async () => {
  session.dispose();
  session = new TestSession({ ...parts, confirm: () => Promise.reject(new Cancelled()) }, service);
  await session.load({ kind: 'any' });
  await session.send();
  expect([session.exchange, session.view().problem, told]).toEqual([undefined, undefined, []]);
  expect((await counters(sample.baseUrl)).calls.execute).toBe(0);
});

it('is stopped, and one thing goes on at a time', async () => {
  await session.load({ kind: 'any' });
  await plan(sample.baseUrl, { delayMs: 5_000 });
  const sending = session.send();
  await expect.poll(() => told.length).toBe(1);
  expect([session.isSendingTo(service.address), session.isSendingTo('https://h/else')]).toEqual([true, false]);
  await session.send();
  session.stop();
  await sending;
  expect([session.exchange, session.view().busy, session.view().problem]).toEqual([undefined, undefined, undefined]);
  expect(told).toEqual([`begins at ${service.address}`, 'nothing']);
});

it('goes another way, where there is one', async () => {
  const other = { ...serviceAt(sample.baseUrl.replace('127.0.0.1', 'localhost'), 'Hashing behind'), name: 'Hashing behind' };
  session.dispose();
  session = new TestSession({ ...parts, ways: () => Promise.resolve([service, other]) }, service);
  await session.load({ kind: 'any' });
  expect(session.view().ways).toEqual([
    { id: service.address, label: 'Hashing (this one)' }, { id: other.address, label: 'Hashing behind' },
  ]);
  await session.go(other.address);
  await session.go('https://h/unknown');
  await session.send();
  expect([session.exchange?.service.name, session.view().way, session.called]).toEqual(['Hashing behind', other.address, other]);
  // The next session, as after a reload.
  let ways = [service, other];
  session.dispose();
  session = new TestSession({ ...parts, ways: () => Promise.resolve(ways) }, service);
  await session.load({ kind: 'sample' });
  expect([session.called, session.view().way]).toEqual([other, other.address]);
  ways = [];
  await session.lookForWays();
  expect([session.called, session.view().notes[0]]).toEqual([
    service, 'The chosen way, Hashing behind, is gone: the test goes to the service itself.',
  ]);
});

it('a way that cannot be remembered is gone all the same, which is told', async () => {
  const other = { ...serviceAt(sample.baseUrl.replace('127.0.0.1', 'localhost'), 'Hashing behind'), name: 'Hashing behind' };
  session.dispose();
  const keepWay = (): Promise<void> => Promise.reject(new Error('full'));
  session = new TestSession({ ...parts, ways: () => Promise.resolve([service, other]), keepWay }, service);
  await session.load({ kind: 'any' });
  await session.go(other.address);
  expect([session.called, session.view().problem]).toEqual([other, { sentence: 'unexpected' }]);
});

it('where the values come from is said until one of them is changed', async () => {
  const origin = 'Filled in with the sample values of the service’s description.';
  await session.load({ kind: 'any' });
  session.turnTo('json');
  session.type(session.view().json?.text ?? '', 1);
  session.turnTo('form');
  expect(session.view().notes).toEqual([origin]);
  type('Mine');
  expect(session.view().notes).toEqual([]);
  await session.load({ kind: 'sample' });
  session.turnTo('json');
  expect(session.view().notes).toEqual([origin]);
  session.type('{}', 2);
  expect(session.view().notes).toEqual([]);
});

it('what the service tells anew leaves what is filled in', async () => {
  await session.load({ kind: 'any' });
  type('Stays');
  await session.refresh();
  expect(session.view().form?.content.inputs[0]?.rows).toEqual([[{ state: 'value', text: 'Stays' }]]);
  await session.load({ kind: 'sample' });
  expect(session.view().form?.content.inputs[0]?.rows).not.toEqual([[{ state: 'value', text: 'Stays' }]]);
});

it('what is read anew leaves JSON as it is, also what was typed meanwhile, and trying again does the same again', async () => {
  const given = { kind: 'given', given: { name: 'f', text: '{"Inputs":{"input1":[{"Col2":["x"]}]},"GlobalParameters":{"Password":"hush-hush"}}' } } as const;
  let fails = true;
  session.dispose();
  session = new TestSession({
    ...parts, start: (each, wanted, signal) => (fails ? Promise.reject(new Error('broken')) : parts.start(each, wanted, signal)),
  }, service);
  await session.load(given);
  fails = false;
  await session.retry();
  session.turnTo('form');
  session.type('{"Inputs":{"input1":[{"Col2":"x"}]}, // my note\n"GlobalParameters":{"Password":"••••••••"}}', 1);
  expect(session.view().json?.problem).toMatchObject({ line: 2, column: 32, sentence: expect.stringContaining('Dots stand for a value') });
  const typed = '{"Inputs":{"input1":[{"Col2":"y"}]} // my note\n}';
  const reading = session.refresh();
  session.type(typed, 2);
  await reading;
  expect([session.view().form, session.view().json?.text]).toEqual([undefined, typed]);
  await session.send();
  expect(session.exchange?.answer?.status).toBe(200);
});

it('what cannot be read, or remembered, is told on the page', async () => {
  session.dispose();
  session = new TestSession({ ...parts, start: () => Promise.reject(new Error('broken')), remember: () => Promise.reject(new Error('full')) }, service);
  await session.load({ kind: 'any' });
  expect(session.view()).toMatchObject({ problem: { sentence: 'unexpected' } });
  expect([session.view().form, session.view().json]).toEqual([undefined, undefined]);
  session.dispose();
  session = new TestSession({ ...parts, remember: () => Promise.reject(new Error('full')) }, service);
  await session.load({ kind: 'any' });
  await session.send();
  expect(session.view().problem).toEqual({ sentence: 'unexpected' });
  expect(session.exchange?.answer?.status).toBe(200);
});

it('values are remembered when nothing more is typed, and at the end; not of a service that is gone', async () => {
  await session.load({ kind: 'any' });
  type('One');
  type('Two');
  await expect.poll(() => remembered.map(({ json }) => /Two/.test(json))).toEqual([true]);
  type('Three');
  session.dispose();
  expect(remembered.at(-1)?.json).toContain('Three');
  session = new TestSession(parts, service);
  await session.load({ kind: 'any' });
  type('Four');
  session.discard();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(remembered.at(-1)?.json).toContain('Three');
});
