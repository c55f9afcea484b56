// What a scoring call really sends and keeps, against servers of its own: header lines, gateways that know one form only, keys that come back.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkService } from '../../../../src/protocols/studio/checking';
import { score } from '../../../../src/protocols/studio/scoring';
import type { Clock } from '../../../../src/model/clock';
import { Cancelled } from '../../../../src/model/errors';
import type { Exchange } from '../../../../src/model/exchange';
import type { Secrets, Service } from '../../../../src/model/service';
import { answerText } from '../../../../src/http/answerText';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { readScoreRequest } from '../../../../src/protocols/studio/request';
import type { ScoreCall } from '../../../../src/protocols/protocol';
import { credentialOf } from '../../../../src/protocols/registry';
import { toService } from '../../../../src/protocols/newService';
import { transport } from '../../http/calls';
import { startHttp, startTcp } from '../../http/servers';

const path = `/workspaces/${'a'.repeat(32)}/services/${'b'.repeat(32)}`;
const result = '{"Results":{"output1":[{"a":"1"}]}}';
const rows = '{"Inputs":{"input1":[{"a":"1"}]},"GlobalParameters":{}}';
const key = 'Zm9vYmFy+Zm9v/YmFyZm9vYmFyZm9vYmFyZm9vYg==';

function serviceAt(address: string): Service {
  const read = parseEndpoint(address);
  if (!read.ok) throw new Error(read.reason);
  return toService({ name: 'Churn', endpoint: read.endpoint });
}

interface Sending {
  readonly secrets?: Secrets;
  readonly tableOnly?: Set<string>;
  readonly slept?: number[];
  readonly text?: string;
  readonly stop?: AbortController;
  readonly onLog?: () => void;
}

async function send(address: string, { secrets = {}, tableOnly = new Set(), slept = [], text = rows, stop = new AbortController(), onLog = () => undefined }: Sending = {}): Promise<Exchange> {
  const clock: Clock = { now: () => Date.now(), sleep: (ms, signal) => (signal.aborted ? Promise.reject(new Cancelled()) : Promise.resolve(void slept.push(ms))) };
  const service = serviceAt(address);
  const call: ScoreCall = { service, request: readScoreRequest(text), source: 'a.json', credential: () => Promise.resolve(credentialOf(service, secrets)), timeoutMs: 10_000, repeats: { maxRepeats: 4, maxWaitMs: 120_000 } };
  return score(call, { transport: transport(), clock, random: () => 1, log: onLog, tableOnly }, stop.signal, () => undefined);
}

async function start(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void): Promise<string> {
  const { port } = await startHttp((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => answer(request, response, Buffer.concat(pieces).toString()));
  });
  return `http://127.0.0.1:${port}`;
}

it('the header lines that are shown are those that are sent', async () => {
  let sent = '';
  const { port } = await startTcp((socket) => {
    socket.on('data', (piece: Buffer) => {
      sent += piece.toString('latin1');
      if (sent.endsWith(rows)) socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${result.length}\r\nConnection: close\r\n\r\n${result}`);
    });
  });
  const exchange = await send(`http://127.0.0.1:${port}${path}`, { secrets: { serviceKey: key, subscriptionKey: 'gateway-secret' } });
  const [head = ''] = sent.split('\r\n\r\n');
  const lines = head.split('\r\n').slice(1).map((line) => line.toLowerCase()).filter((line) => !/^(host|connection): /.test(line)).sort();
  const shown = exchange.requestHeaders.map(({ name, value }) => `${name}: ${value.replace('Bearer ••••••••', `Bearer ${key}`).replace('••••••••', 'gateway-secret')}`.toLowerCase()).sort();
  expect(lines).toEqual(shown);
  expect(shown).toContain(`content-length: ${rows.length}`);
  expect(exchange.requestBytes).toBe(rows.length);
});

it('what is asked for is undone', async () => {
  const base = await start((request, response) => {
    const zipped = /gzip/.test(String(request.headers['accept-encoding']));
    response.writeHead(200, zipped ? { 'content-encoding': 'gzip' } : {}).end(zipped ? gzipSync(result) : '');
  });
  expect((await send(`${base}${path}`)).tables[0]?.rows).toEqual([['1']]);
});

describe('a gateway that knows one form only', () => {
  const notFound = JSON.stringify({ statusCode: 404, message: 'Resource not found' });
  const note = 'The gateway did not take row objects, so the same rows were sent as ColumnNames and Values.';

  it('is asked in the other form at once from the second time on, and says so each time', async () => {
    const asked: string[] = [];
    const base = await start((request, response) => {
      const known = request.url?.includes('format=swagger') === false;
      asked.push(known ? 'table' : 'rows');
      response.writeHead(known ? 200 : 404).end(known ? result : notFound);
    });
    const tableOnly = new Set<string>();
    for (let time = 0; time < 2; time++) expect((await send(`${base}/ml${path}`, { tableOnly })).notes).toEqual([note]);
    expect(asked).toEqual(['rows', 'table', 'table']);
    expect([...tableOnly]).toEqual([`${base}/ml${path}`]);
  });

  it('is not remembered when it took neither, and is forgotten when it takes the other no longer', async () => {
    const asked: string[] = [];
    const base = await start((request, response) => {
      asked.push(request.url?.includes('format=swagger') ? 'rows' : 'table');
      response.writeHead(404).end(notFound);
    });
    const tableOnly = new Set<string>();
    expect((await send(`${base}/ml${path}`, { tableOnly })).problem?.sentence).toBe('The gateway has no operation at this address.');
    expect(tableOnly.size).toBe(0);
    tableOnly.add(`${base}/ml${path}`);
    await send(`${base}/ml${path}`, { tableOnly });
    expect(tableOnly.size).toBe(0);
    expect(asked).toEqual(['rows', 'table', 'table']);
  });
});

describe('a request that no other form fits', () => {
  const notFound = JSON.stringify({ statusCode: 404, message: 'Resource not found' });

  it('is sent once to an exact address, where both forms go to the same place', async () => {
    let calls = 0;
    const base = await start((_request, response) => {
      calls += 1;
      response.writeHead(404).end(notFound);
    });
    const { problem, notes, earlierAttempts } = await send(`${base}/models/score`);
    expect([problem?.sentence, notes, earlierAttempts, calls]).toEqual(['The gateway has no operation at this address.', [], [], 1]);
  });

  it('is told of when it is nested too deeply, with the answer that came', async () => {
    const deep = `{"Inputs":{"input1":[{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}}`;
    const base = await start((_request, response) => response.writeHead(404).end(notFound));
    const { answer, problem, notes } = await send(`${base}/ml${path}`, { text: deep });
    expect([answer?.status, problem?.sentence]).toEqual([404, 'The gateway has no operation at this address.']);
    expect(notes).toEqual(['The gateway may not take row objects, and these cannot be sent as ColumnNames and Values: the request is nested too deeply, or its rows have too little in common.']);
    await expect(send(`${base}/ml${path}`, { text: deep, tableOnly: new Set([`${base}/ml${path}`]) })).rejects.toMatchObject({ name: 'InvalidBody', message: 'The request is nested far too deeply to be an RRS request.' });
  });
});

it('reading a large answer ends when the call is cancelled', async () => {
  const large = `{"Results":{"output1":[${Array.from({ length: 20_000 }, () => '{"a":"1"}').join()}]}}`;
  const base = await start((_request, response) => response.end(large));
  const stop = new AbortController();
  // The line for the log is written when all bytes are there.
  await expect(send(`${base}${path}`, { stop, onLog: () => stop.abort() })).rejects.toBeInstanceOf(Cancelled);
});

it('a page is not remembered as proof of what a gateway takes', async () => {
  const base = await start((request, response) => {
    if (request.url?.includes('details=true')) response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>');
    else response.writeHead(404).end(JSON.stringify({ statusCode: 404, message: 'Resource not found' }));
  });
  const tableOnly = new Set<string>();
  expect((await send(`${base}/ml${path}`, { tableOnly })).problem?.sentence).toBe('The answer is a web page, not a prediction.');
  expect(tableOnly.size).toBe(0);
});

it('a wait of none is not taken at its word', async () => {
  const base = await start((_request, response) => response.writeHead(503, { 'retry-after': '0' }).end());
  const slept: number[] = [];
  await send(`${base}${path}`, { slept });
  expect(slept).toEqual([1000, 2000, 4000, 8000]);
});

describe('a key that comes back', () => {
  it.each<[string, string, BufferEncoding]>([['utf-16le', `{"error":{"code":"BadArgument","message":"${key}"}}`, 'utf16le'], ['UTF-16', `{"k":"${key.replaceAll('+', '\\u002B')}"}`, 'utf16le']])('in %s is masked, and the rest stays readable', async (charset, text, encoding) => {
    const base = await start((_request, response) => response.writeHead(400, { 'Content-Type': `application/json; charset=${charset}; x=1` }).end(Buffer.from(text, encoding)));
    const { answer, notes } = await send(`${base}${path}`, { secrets: { serviceKey: key } });
    expect.assert(answer);
    expect(answerText(answer)).toBe(text.replace(key, '••••••••').replace(key.replaceAll('+', '\\u002B'), '••••••••'));
    expect(answer.headers).toContainEqual({ name: 'Content-Type', value: 'application/json; charset=utf-8; x=1' });
    expect(Buffer.from(answer.body).toString('latin1').replaceAll('\0', '')).not.toContain('Zm9v');
    expect(notes).toContain('The answer held your key; it is masked here.');
  });

  it('is spoken of once, however often it came', async () => {
    const base = await start((_request, response) => response.writeHead(503).end(key));
    const { notes } = await send(`${base}${path}`, { secrets: { serviceKey: key } });
    expect(notes).toEqual(['The answer held your key; it is masked here.']);
  });

  it('without a key in it an answer in UTF-16 stays as it came', async () => {
    const base = await start((_request, response) => response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-16le' }).end(Buffer.from(result, 'utf16le')));
    const { answer, tables } = await send(`${base}${path}`, { secrets: { serviceKey: key } });
    expect(Buffer.from(answer?.body ?? []).equals(Buffer.from(result, 'utf16le'))).toBe(true);
    expect(tables[0]?.rows).toEqual([['1']]);
  });
});

describe('a check', () => {
  const check = (address: string) => {
    const service = serviceAt(address);
    const credential = () => Promise.resolve(credentialOf(service, { serviceKey: key, subscriptionKey: 'gateway-secret' }));
    return checkService({ service, credential, timeoutMs: 10_000 }, transport(), new AbortController().signal);
  };

  it('asks a gateway for nothing that it counts, and gives it no key', async () => {
    const asked: unknown[] = [];
    const base = await start((request, response) => {
      asked.push([request.url, JSON.stringify(request.rawHeaders).includes('gateway-secret')]);
      response.writeHead(404).end();
    });
    const { host } = new URL(base);
    expect(await check(`${base}/ml${path}`)).toEqual({ kind: 'answering', text: `The gateway at ${host} can be reached. Whether the service behind it answers shows when a request is sent.` });
    expect(asked).toEqual([['/', false]]);
  });

  it('asks a service for its description', async () => {
    const asked: unknown[] = [];
    const base = await start((request, response) => {
      asked.push([request.url, JSON.stringify(request.rawHeaders).includes(key)]);
      response.writeHead(200).end('{}');
    });
    expect(await check(`${base}${path}`)).toEqual({ kind: 'answering', text: `${new URL(base).host} answers and knows the service.` });
    expect(asked).toEqual([[`${path}/swagger.json`, false]]);
  });

  it('asks the host of an exact address for anything at all', async () => {
    const base = await start((_request, response) => response.writeHead(500).end());
    expect(await check(`${base}/models/score`)).toEqual({ kind: 'answering', text: `${new URL(base).host} can be reached. Whether the service itself answers shows when a request is sent.` });
  });
});
