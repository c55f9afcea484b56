// The one way to make a call: keys, patience and requests are found when they are needed, and those who keep exchanges are told.

import { beforeEach, describe, expect, it } from 'vitest';
import { Scorer, type Scored, type ScorerCall, type ScorerParts } from '../../../../src/features/scoring/scorer';
import { systemClock } from '../../../../src/model/clock';
import { Cancelled, InvalidInput } from '../../../../src/model/errors';
import type { Exchange } from '../../../../src/model/exchange';
import { reportListenerErrors } from '../../../../src/model/lifetime';
import type { Service } from '../../../../src/model/service';
import type { Transport, WireOutcome } from '../../../../src/model/wire';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { someExchange } from '../history/historyTools';

const service: Service = { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'Old' };
const answerOf = (text: string, status = 200): WireOutcome => ({
  ok: true, answer: { status, statusText: '', headers: [{ name: 'Content-Type', value: 'application/json' }], body: Buffer.from(text) },
});
const rows = '{"Results":{"out":{"type":"table","value":{"ColumnNames":["a"],"ColumnTypes":["Int32"],"Values":[["1"],["2"]]}}}}';

let sent: { readonly headers: readonly string[]; readonly body: string; readonly timeoutMs: number }[];
let answers: (url: string) => WireOutcome;
let log: string[];
let order: string[];
let scorer: Scorer;
let parts: ScorerParts;
beforeEach(() => {
  [sent, log, order, answers] = [[], [], [], () => answerOf(rows)];
  const transport: Pick<Transport, 'send'> = {
    send: (request) => {
      order.push('sent');
      sent.push({ headers: request.headers.map(({ name, value }) => `${name}: ${value}`), body: Buffer.from(request.body ?? []).toString(), timeoutMs: request.timeoutMs });
      return Promise.resolve(answers(request.url));
    },
  };
  const given: unknown = transport;
  expect.assert(isTransport(given));
  parts = {
    current: () => ({ ...service, subscriptionKeyHeader: 'New' }), isSample: () => true, keysOf: () => Promise.resolve({ serviceKey: 'key-of-service', subscriptionKey: 'key-of-gateway' }),
    patience: () => ({ timeoutMs: 4321, maxRepeats: 0, maxWaitMs: 0 }), transport: () => Promise.resolve(given), clock: systemClock, random: () => 0, log: (line) => void log.push(line),
  };
  scorer = new Scorer(parts);
});

function isTransport(value: unknown): value is Transport {
  return typeof value === 'object';
}

const never = new AbortController().signal;
const call: ScorerCall = {
  service, source: 'a.json', file: 'file:///a.json',
  read: () => {
    order.push('read');
    return Promise.resolve({ form: 'table', json: '{"Inputs":{}}' });
  },
};

it('a call goes out with the keys, the header and the patience of now, and its tables come back', async () => {
  const exchange = await scorer.score(call, never);
  expect(sent).toEqual([{ headers: expect.arrayContaining(['Authorization: Bearer key-of-service', 'New: key-of-gateway']), body: '{"Inputs":{}}', timeoutMs: 4321 }]);
  expect(exchange).toMatchObject({ source: 'a.json', service: { name: 'S', address: service.address }, tables: [{ name: 'out', totalRows: 2 }] });
  expect(log).toEqual([expect.stringMatching(/^POST h\/p 200 \d+ ms$/)]);
  expect(JSON.stringify([exchange, log])).not.toContain('key-of');
});

it('those who keep exchanges are told before the caller goes on', async () => {
  const kept: Scored[] = [];
  scorer.onDidScore((scored) => {
    order.push('kept');
    kept.push(scored);
  });
  const exchange = await scorer.score(call, never).finally(() => order.push('caller'));
  expect(order).toEqual(['read', 'sent', 'kept', 'caller']);
  expect(kept).toEqual([{ exchange, call, sample: true, hidden: expect.any(Function) }]);
  expect(await kept[0]?.hidden()).toEqual(['key-of-service', 'key-of-gateway']);
});

it('a keeper that fails harms neither the call nor other keepers', async () => {
  const failed: unknown[] = [];
  reportListenerErrors((error) => failed.push(error));
  scorer.onDidScore(() => {
    throw new Error('The disk is full.');
  });
  scorer.onDidScore(() => order.push('kept'));
  expect((await scorer.score(call, never)).tables).toHaveLength(1);
  expect(order).toContain('kept');
  expect(failed).toEqual([new Error('The disk is full.')]);
});

it('each call waits for its turn before its request is read; a wait that fails keeps nobody from sending', async () => {
  const waiting = scorer.waitBefore(async (signal) => {
    await Promise.resolve();
    order.push(signal === never ? 'waited' : 'another signal');
  });
  scorer.waitBefore(() => Promise.reject(new Error('Odd.')));
  await scorer.score(call, never);
  waiting.dispose();
  await scorer.score(call, never);
  expect(order).toEqual(['waited', 'read', 'sent', 'read', 'sent']);
  expect(log[0]).toContain('Odd.');
});

describe('a wait that is cancelled', () => {
  it.each<[string, (signal: AbortSignal) => Promise<void>]>([
    ['that says so', (signal) => systemClock.sleep(60_000, signal)],
    ['that says nothing', (signal) => systemClock.sleep(60_000, signal).catch(() => undefined)],
    ['that fails otherwise', (signal) => systemClock.sleep(60_000, signal).catch(() => Promise.reject(new Error('Odd.')))],
  ])('%s ends its call: nothing is read, no key is fetched', async (_how, wait) => {
    scorer = new Scorer({ ...parts, keysOf: (...args) => (order.push('keys'), parts.keysOf(...args)) });
    scorer.waitBefore(wait);
    scorer.waitBefore(() => Promise.resolve(void order.push('waited once more')));
    const stopping = new AbortController();
    const scored = scorer.score(call, stopping.signal);
    stopping.abort();
    await expect(scored).rejects.toBeInstanceOf(Cancelled);
    expect(order).toEqual([]);
  });

  it('is no failure of the wait', async () => {
    scorer.waitBefore((signal) => systemClock.sleep(60_000, signal));
    await expect(scorer.score(call, AbortSignal.abort())).rejects.toBeInstanceOf(Cancelled);
    expect(log).toEqual([]);
  });
});

it('a service that was removed is sent nothing', async () => {
  scorer = new Scorer({ ...parts, current: () => {
    throw new InvalidInput({ sentence: 'It has been removed.' });
  } });
  await expect(scorer.score(call, never)).rejects.toThrow('It has been removed.');
  expect(order).toEqual([]);
});

it('what cannot be read is not sent, and a call that was cancelled is kept by nobody', async () => {
  scorer.onDidScore(() => order.push('kept'));
  await expect(scorer.score({ ...call, read: () => Promise.reject(new Error('Gone.')) }, never)).rejects.toThrow('Gone.');
  answers = () => ({ ok: false, failure: { kind: 'cancelled', host: 'h', message: '' } });
  await expect(scorer.score(call, never)).rejects.toBeInstanceOf(Cancelled);
  expect(order).toEqual(['read', 'sent']);
});

it('a gateway that takes no row objects is remembered, so that the next call goes out once', async () => {
  const reading = parseEndpoint('https://gateway.example/ml/workspaces/w/services/s');
  expect.assert(reading.ok);
  const behind: Service = { ...service, address: 'https://gateway.example/ml/workspaces/w/services/s', endpoint: reading.endpoint };
  scorer = new Scorer({ ...parts, current: () => behind });
  const read = (): ReturnType<ScorerCall['read']> => Promise.resolve({ form: 'rows', json: '{"Inputs":{"in":[{"a":1}]}}' });
  answers = (url) => (url.includes('format=swagger') ? answerOf('{"statusCode":404,"message":"Resource not found"}', 404) : answerOf(rows));
  expect((await scorer.score({ ...call, service: behind, read }, never)).tables).toHaveLength(1);
  expect(sent).toHaveLength(2);
  expect((await scorer.score({ ...call, service: behind, read }, never)).tables).toHaveLength(1);
  expect(sent).toHaveLength(3);
});

it('tables are read again from an answer that was kept, and only from one that has some', async () => {
  const kept = (status: number, text: string, more: Partial<Exchange> = {}): Exchange => ({
    ...someExchange(more), tables: [], answer: { status, statusText: '', headers: [], body: Buffer.from(text) },
  });
  expect((await scorer.withTables(kept(200, rows))).tables).toMatchObject([{ name: 'out', totalRows: 2 }]);
  for (const exchange of [kept(500, rows), kept(200, ''), kept(200, '{"other":1}'), kept(200, rows, { problem: { sentence: 'No.' } })]) {
    expect(await scorer.withTables(exchange)).toBe(exchange);
  }
});
