// Keys in a scoring call: which are sent with which try, and that nothing that is shown holds one, failures included.

import { describe, expect, it } from 'vitest';
import { score } from '../../../../src/protocols/studio/scoring';
import type { Exchange } from '../../../../src/model/exchange';
import type { Secrets } from '../../../../src/model/service';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { readScoreRequest } from '../../../../src/protocols/studio/request';
import type { ScoreCall } from '../../../../src/protocols/protocol';
import { credentialOf } from '../../../../src/protocols/registry';
import { toService } from '../../../../src/protocols/newService';
import { transport } from '../../http/calls';
import { startHttp, startTcp } from '../../http/servers';

const path = `/workspaces/${'a'.repeat(32)}/services/${'b'.repeat(32)}`;
const rows = '{"Inputs":{"input1":[{"a":"1"}]},"GlobalParameters":{}}';
const result = '{"Results":{"output1":[{"a":"1"}]}}';
const key = 'Kx9+Qm/Zr2wT+uV/8sLpYbN3eHdF5gKx7rW1jZ0v==';
const echoed = 'The answer held your key; it is masked here.';

/** Sends with these keys one after the other, a pair for each try. */
async function send(address: string, ...keys: readonly Secrets[]): Promise<Exchange> {
  const read = parseEndpoint(address);
  if (!read.ok) throw new Error(read.reason);
  const left = [...keys];
  const service = toService({ name: 'Churn', endpoint: read.endpoint });
  const call: ScoreCall = {
    service,
    request: readScoreRequest(rows),
    source: 'a.json',
    credential: () => Promise.resolve(credentialOf(service, left.shift() ?? {})),
    timeoutMs: 10_000,
    repeats: { maxRepeats: 4, maxWaitMs: 120_000 },
  };
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  return score(call, { transport: transport(), clock, random: () => 1, log: () => undefined, tableOnly: new Set() }, new AbortController().signal, () => undefined);
}

/** A server that answers with these bytes and closes the connection. */
async function answering(bytes: string): Promise<string> {
  const { port } = await startTcp((socket) => socket.once('data', () => socket.end(bytes)));
  return `http://127.0.0.1:${port}`;
}

describe('each try', () => {
  it('carries the key that is set when it is made, and none when it was removed', async () => {
    const sent: unknown[] = [];
    const { port } = await startHttp((request, response) => {
      sent.push(request.headers.authorization);
      if (sent.length < 3) response.writeHead(503).end();
      else response.end(result);
    });
    const exchange = await send(`http://127.0.0.1:${port}${path}`, { serviceKey: key }, { serviceKey: 'another-key-1' }, {});
    expect(sent).toEqual([`Bearer ${key}`, 'Bearer another-key-1', undefined]);
    expect(exchange.requestHeaders.map(({ name }) => name)).not.toContain('Authorization');
  });

  it('is looked through for the keys of earlier ones too', async () => {
    let calls = 0;
    const { port } = await startHttp((_request, response) => void (calls++ === 0 ? response.writeHead(503).end() : response.end(`was ${key}`)));
    const { answer } = await send(`http://127.0.0.1:${port}${path}`, { serviceKey: key }, {});
    expect(Buffer.from(answer?.body ?? []).toString()).toBe('was ••••••••');
  });

  it('of a wrong key tells whether one was sent with the last of them', async () => {
    let calls = 0;
    const { port } = await startHttp((_request, response) => void response.writeHead(calls++ === 0 ? 503 : 401).end());
    expect((await send(`http://127.0.0.1:${port}${path}`, { serviceKey: key }, {})).problem?.sentence).toBe('"Churn" asks for an API key, and none is set.');
  });
});

describe('no key is shown', () => {
  it('that came as content encoding', async () => {
    const { problem } = await send(`${await answering(`HTTP/1.1 200 OK\r\nContent-Encoding: ${key}\r\nContent-Length: 1\r\n\r\nx`)}${path}`, { serviceKey: key });
    expect(problem?.detail).toBe('ENCODING_UNKNOWN: The answer has the content encoding "••••••••", which was not asked for.');
  });

  it('that came as reason phrase', async () => {
    const { answer, notes } = await send(`${await answering(`HTTP/1.1 200 ${key}\r\nContent-Length: ${result.length}\r\n\r\n${result}`)}${path}`, { serviceKey: key });
    expect(answer?.statusText).toBe('••••••••');
    expect(notes).toEqual([echoed]);
  });

  it('that came as the name of a header, in other case', async () => {
    const name = 'sub-key-0123456789';
    const { answer, notes } = await send(`${await answering(`HTTP/1.1 200 OK\r\n${name.toUpperCase()}: 1\r\nContent-Length: ${result.length}\r\n\r\n${result}`)}${path}`, { subscriptionKey: name });
    expect(answer?.headers).toContainEqual({ name: '••••••••', value: '1' });
    expect(notes).toEqual([echoed]);
  });

  it('that came cut off', async () => {
    const body = `{"error":{"code":"BadArgument","message":"Not valid: ${key.slice(0, 20)}..."}}`;
    const { problem } = await send(`${await answering(`HTTP/1.1 400 Bad\r\nContent-Length: ${body.length}\r\n\r\n${body}`)}${path}`, { serviceKey: key });
    expect(problem?.detail).toBe('BadArgument: Not valid: ••••••••...');
  });

  it('that stands in the address, neither in the address that is shown nor in what went wrong there', async () => {
    const { port } = await startTcp((socket) => socket.resetAndDestroy());
    const exchange = await send(`http://127.0.0.1:${port}/models/sub-key-0123456789/score`, { subscriptionKey: 'sub-key-0123456789' });
    expect(exchange.url).toBe(`http://127.0.0.1:${port}/models/••••••••/score`);
    const host = `127.0.0.1:${port}`;
    const named = await send(`http://${host}${path}`, { serviceKey: host });
    expect(named.problem?.sentence).toBe('The connection to •••••••• was closed before the answer was complete.');
  });
});
