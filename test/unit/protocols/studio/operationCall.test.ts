// Calls of any operation: what is sent, what is masked, what is read of an answer, and what is repeated.

import { describe, expect, it } from 'vitest';
import { keyCredential } from '../../../../src/protocols/credential';
import type { OperationCall } from '../../../../src/protocols/operation';
import type { ScoreProgress, ScoreTools } from '../../../../src/protocols/protocol';
import { callOperation } from '../../../../src/protocols/registry';
import { Cancelled, WrongAudience } from '../../../../src/model/errors';
import type { Exchange } from '../../../../src/model/exchange';
import type { NetworkFailureKind, WireOutcome, WireRequest } from '../../../../src/model/wire';

const secret = 'subscription-key-0123456789';
const url = 'https://gw.example/api/items/1?v=1';
const base: OperationCall = {
  service: { name: 'API', address: 'https://gw.example/api/items/1' }, source: 'Item', method: 'GET', url, headers: [], subscriptionKeyHeader: 'X-Key', timeoutMs: 1000,
  credential: () => Promise.resolve(keyCredential('https://gw.example/api', 'X-Key', { subscriptionKey: secret })), repeats: { maxRepeats: 2, maxWaitMs: 1000 }, changes: false,
};

const said = (status: number, body: string | Buffer = '', headers: Readonly<Record<string, string>> = {}): WireOutcome => ({
  ok: true, answer: { status, statusText: 'X', headers: Object.entries(headers).map(([name, value]) => ({ name, value })), body: Buffer.from(body) },
});
const failed = (kind: NetworkFailureKind, more: { readonly unsent?: true } = {}): WireOutcome => ({ ok: false, failure: { kind, host: 'gw.example', message: 'no', ...more } });

interface Made {
  readonly exchange: Exchange;
  readonly sent: readonly WireRequest[];
  readonly progress: readonly ScoreProgress[];
  readonly log: readonly string[];
}

async function made(call: Partial<OperationCall>, ...outcomes: readonly WireOutcome[]): Promise<Made> {
  const [sent, progress, log]: [WireRequest[], ScoreProgress[], string[]] = [[], [], []];
  const answers = outcomes.values();
  const tools: ScoreTools = {
    transport: {
      send: (request) => {
        sent.push(request);
        return Promise.resolve(answers.next().value ?? said(200));
      },
      open: () => Promise.reject(new Error('no')), close: () => Promise.resolve(),
    },
    clock: { now: () => 5, sleep: () => Promise.resolve() }, random: () => 0.5, log: (line) => log.push(line),
  };
  const exchange = await callOperation({ ...base, ...call }, tools, new AbortController().signal, (each) => progress.push(each));
  expect(JSON.stringify([exchange, log, progress])).not.toContain(secret);
  return { exchange, sent, progress, log };
}

const text = ({ answer }: Exchange): string => Buffer.from(answer?.body ?? []).toString('utf8');

describe('what is sent', () => {
  it('has its method, its headers, the key, and a body with its length or none', async () => {
    const { sent, exchange, log } = await made({});
    expect(sent).toMatchObject([{ method: 'GET', url, headers: [{ name: 'Accept-Encoding' }, { name: 'X-Key', value: secret }] }]);
    expect(sent[0]).not.toHaveProperty('body');
    expect(exchange).toMatchObject({ method: 'GET', url, requestBody: '', requestBytes: 0, startedAt: 5, tables: [], notes: [], source: 'Item' });
    expect(log).toEqual([expect.stringMatching(/^GET gw\.example\/api\/items\/1 200 \d+ ms$/)]);
    const post = await made({ method: 'PATCH', body: 'ä', headers: [{ name: 'X-A', value: 'b' }] });
    expect(post.sent).toMatchObject([{ headers: [{ name: 'X-A', value: 'b' }, { name: 'Content-Length', value: '2' }, {}, {}], body: Buffer.from('ä') }]);
    expect(post.exchange).toMatchObject({ requestBody: 'ä', requestBytes: 2 });
  });

  it('goes to no other address than the key was made for', async () => {
    await expect(made({ url: 'https://other.example/api/x' })).rejects.toBeInstanceOf(WrongAudience);
    await expect(made({ url: 'https://gw.example/other' })).rejects.toBeInstanceOf(WrongAudience);
  });
});

describe('what came back', () => {
  it('is read as tables where it is an RRS result', async () => {
    const results = '{"Results":{"output1":{"type":"table","value":{"ColumnNames":["a"],"ColumnTypes":["Numeric"],"Values":[["1.10"]]}}}}';
    const { exchange } = await made({ method: 'POST', body: '{}' }, said(200, results, { 'Content-Type': 'application/json' }));
    expect(exchange.tables).toMatchObject([{ name: 'output1', rows: [['1.10']] }]);
    expect(text(exchange)).toBe(results);
  });

  it('stays as it came otherwise, without keys and signed addresses', async () => {
    expect(text((await made({}, said(200, '<x/>'))).exchange)).toBe('<x/>');
    expect(text((await made({}, said(200, ' {"a": 1.10}'))).exchange)).toBe(' {"a": 1.10}');
    const signed = JSON.stringify({ Results: 5, SasBlobToken: '?sv=2020&sig=abcdefghijklmnopqrstuvwxyz0123456789%2B%3D', RelativeLocation: 'c/o.csv' });
    const { exchange } = await made({ body: signed, method: 'POST' }, said(200, signed));
    expect(text(exchange)).not.toContain('abcdefghijklmnop');
    expect(exchange.requestBody).not.toContain('abcdefghijklmnop');
    expect(JSON.parse(text(exchange))).toMatchObject({ RelativeLocation: 'c/o.csv' });
    expect(exchange.notes).toEqual(['Keys and signed addresses in the answer are masked here.']);
  });

  it('holds no secret of the query, neither in the address nor where it came back', async () => {
    for (const [name, value] of [['code', 'function-key-1'], ['api_key', '0123456789abcdef0123456789abcdef'], ['team', 'as-the-api-says']]) {
      const called = `https://gw.example/api/x?v=1&${name}=${value}`;
      const { exchange, sent, log } = await made({ url: called, subscriptionKeyQuery: 'Team' }, said(400, `no ${value}`));
      expect(JSON.stringify([exchange, text(exchange), log])).not.toContain(value);
      expect(exchange.url).toBe(`https://gw.example/api/x?v=1&${name}=••••••••`);
      expect(sent[0]?.url).toBe(called);
    }
  });

  it('holds no key that came back', async () => {
    const { exchange } = await made({}, said(200, `{"got":"${secret}"}`, { 'X-Echo': secret }));
    expect(exchange.notes).toEqual(['The answer held your key; it is masked here.']);
    const header = { name: 'X-Client-Secret', value: 'a-secret-of-mine-123' };
    const echoed = await made({ headers: [header] }, said(400, header.value));
    expect(JSON.stringify(echoed.exchange)).not.toContain(header.value);
    expect(echoed.sent[0]?.headers).toContainEqual(header);
  });

  it('is explained where it says no; a redirect is not followed', async () => {
    const { exchange, sent } = await made({}, said(302, '', { Location: 'https://elsewhere.example/' }));
    expect(exchange.problem?.sentence).toBe('The address answers with a redirect to https://elsewhere.example/.');
    expect(sent).toHaveLength(1);
    const refused = await made({}, said(401, '{"statusCode":401,"message":"Access denied due to invalid subscription key."}'));
    expect(refused.exchange.problem?.sentence).toBe('The gateway does not accept the subscription key.');
  });
});

describe('what is repeated', () => {
  it('is what changes nothing, where it may help', async () => {
    const { exchange, sent, progress } = await made({}, said(503), said(200, 'x'));
    expect(sent).toHaveLength(2);
    expect(exchange.earlierAttempts).toMatchObject([{ status: 503, waitMs: expect.any(Number) }]);
    expect(progress.map(({ kind }) => kind)).toEqual(['sending', 'waiting', 'sending']);
    expect((await made({ changes: true }, said(503))).sent).toHaveLength(1);
  });

  it('is not what a limit has refused: a person wants to see that', async () => {
    expect((await made({}, said(429, '{"statusCode":429,"message":"Rate limit is exceeded."}', { 'Retry-After': '1' }))).sent).toHaveLength(1);
  });

  it('is a connection that was cut, once, where nothing can have been done', async () => {
    expect((await made({}, failed('reset'), said(200))).sent).toHaveLength(2);
    expect((await made({}, failed('reset'), failed('reset'), said(200))).exchange.problem?.sentence).toContain('gw.example');
    expect((await made({ changes: true }, failed('reset'), said(200))).sent).toHaveLength(1);
    expect((await made({ changes: true }, failed('reset', { unsent: true }), said(200))).sent).toHaveLength(2);
    expect((await made({ repeats: { maxRepeats: 0, maxWaitMs: 0 } }, failed('reset'), said(200))).sent).toHaveLength(1);
  });

  it('is nothing that was cancelled', async () => {
    await expect(made({}, failed('cancelled'))).rejects.toBeInstanceOf(Cancelled);
  });
});
