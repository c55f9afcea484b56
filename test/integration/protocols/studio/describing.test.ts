// A service is asked for its description: over real sockets, of the sample, and of servers that answer in all the wrong ways.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTransport } from '../../../../src/http/transport';
import { Cancelled } from '../../../../src/model/errors';
import type { Secrets } from '../../../../src/model/service';
import type { NetworkSettings } from '../../../../src/model/wire';
import type { DescribeOutcome } from '../../../../src/protocols/description';
import { toService } from '../../../../src/protocols/newService';
import { credentialOf } from '../../../../src/protocols/registry';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { studio } from '../../../../src/protocols/studio/studio';
import { startSample } from '../../../../src/sample/server';
import { base, key } from '../../sample/sampleClient';

const direct: NetworkSettings = { proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} };
const own = 'own-key-0123456789==';
const gate = 'gate-key-0123456789';
const json = '{"swagger": "2.0", "info": {"title": "Trees"}}';

let transport: ReturnType<typeof createTransport>;
let server: Server;
let origin: string;
let asked: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
beforeEach(async () => {
  transport = createTransport(direct);
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  expect.assert(typeof place === 'object' && place !== null);
  origin = `http://127.0.0.1:${place.port}`;
});
afterEach(async () => {
  await transport.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function ask(address: string, secrets: Secrets = {}, timeoutMs = 5000, signal = new AbortController().signal): Promise<DescribeOutcome> {
  const reading = parseEndpoint(address);
  expect.assert(reading.ok);
  const service = toService({ name: 'Trees', endpoint: reading.endpoint });
  return studio.describing.fetch({ service, credential: () => Promise.resolve(credentialOf(service, secrets)), timeoutMs }, transport, signal);
}

const trees = (): string => `${origin}/workspaces/forest/services/heights`;

function says(status: number, body: string | Uint8Array, headers: Record<string, string> = { 'content-type': 'application/json' }): void {
  answer = (_, response) => response.writeHead(status, headers).end(body);
}

async function problemOf(...call: Parameters<typeof ask>): Promise<string> {
  const outcome = await ask(...call);
  expect.assert(outcome.kind !== 'described');
  return `${outcome.kind}: ${outcome.problem.sentence} [${(outcome.problem.actions ?? []).join(' ')}]`;
}

describe('a service that answers', () => {
  it('is the sample, which is understood as a whole', async () => {
    const sample = await startSample({ port: 0, key });
    try {
      const outcome = await ask(`${sample.baseUrl}${base}`, { serviceKey: key });
      expect.assert(outcome.kind === 'described');
      const read = await studio.describing.read(outcome.json);
      expect(read).toMatchObject({ request: 'inputs', notUnderstood: [], inputs: [{ name: 'input1', columns: [{ name: 'Col2', type: 'string', nullable: true }] }] });
      expect(read.outputs[0]?.columns).toHaveLength(8);
      expect(read.operations.map(({ id }) => id)).toEqual(expect.arrayContaining(['getSwaggerDocument', 'execute', 'submitjob', 'startjob', 'getjobstatus', 'canceljob']));
    } finally {
      await sample.stop();
    }
  });

  it('is asked without its key, at its own address', async () => {
    says(200, json);
    expect(await ask(trees(), { serviceKey: own, subscriptionKey: gate })).toEqual({ kind: 'described', json });
    expect(asked.map(({ method, url, headers }) => [method, url, headers.authorization, headers['ocp-apim-subscription-key']])).toEqual([
      ['GET', '/workspaces/forest/services/heights/swagger.json', undefined, gate],
    ]);
  });

  it('may pack its answer, and begin it with a mark', async () => {
    says(200, gzipSync(`\uFEFF${json}`), { 'content-encoding': 'gzip' });
    expect(await ask(trees())).toMatchObject({ kind: 'described', json: expect.stringContaining('Trees') });
  });

  it('that gives half of a description is understood in part', async () => {
    says(200, json.slice(0, 40));
    const outcome = await ask(trees());
    expect.assert(outcome.kind === 'described');
    expect(await studio.describing.read(outcome.json)).toMatchObject({ format: 'Swagger 2.0', notUnderstood: [{ path: '$' }, {}] });
  });
});

describe('a key that the description asks for', () => {
  it.each([401, 403])('is sent after %i, to the same address', async (status) => {
    answer = ({ headers }, response) => response.writeHead(headers.authorization === `Bearer ${own}` ? 200 : status).end(headers.authorization ? json : '');
    expect(await ask(trees(), { serviceKey: own })).toEqual({ kind: 'described', json });
    expect(asked.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/workspaces/forest/services/heights/swagger.json', undefined], ['/workspaces/forest/services/heights/swagger.json', `Bearer ${own}`],
    ]);
  });

  it('is asked for where none is set, and told where it is refused', async () => {
    says(401, '');
    const { host } = new URL(origin);
    expect(await problemOf(trees())).toBe(`failed: ${host} asks for an API key for the description of "Trees", and none is set (401). [setServiceKey retry]`);
    expect(await problemOf(trees(), { serviceKey: own }))
      .toBe(`failed: ${host} asks for a key for the description of "Trees", and does not accept its API key (401). [setServiceKey retry]`);
    says(401, '{"statusCode": 401, "message": "Access denied due to missing subscription key."}');
    expect(await problemOf(trees())).toContain('asks for a subscription key');
    expect(await problemOf(trees(), { subscriptionKey: gate })).toContain('does not accept its subscription key');
  });

  it.each([
    ['Out of call volume quota. Quota will be replenished in 5.03:23:11.', 'The call quota at the gateway HOST is used up, so the description of "Trees" was not read (403).'],
    ['The IP address is not allowed.', 'The gateway at HOST does not allow the call for the description of "Trees" (403).'],
  ])('is not what a gateway says no to with 403: %s', async (message, sentence) => {
    says(403, JSON.stringify({ statusCode: 403, message }));
    const outcome = await ask(trees(), { serviceKey: own, subscriptionKey: gate });
    const { host } = new URL(origin);
    expect(outcome).toEqual({ kind: 'failed', problem: { sentence: sentence.replace('HOST', host), advice: message, actions: ['retry'] } });
    expect(asked).toHaveLength(1);
  });

  it('is not needed by a service that asks for none, where the secret store fails', async () => {
    const reading = parseEndpoint(trees());
    expect.assert(reading.ok);
    const service = toService({ name: 'Trees', endpoint: reading.endpoint });
    const fetch = (error: Error): Promise<DescribeOutcome> =>
      studio.describing.fetch({ service, credential: () => Promise.reject(error), timeoutMs: 5000 }, transport, new AbortController().signal);
    says(200, json);
    expect(await fetch(new Error('The store is locked.'))).toEqual({ kind: 'described', json });
    says(401, '');
    await expect(fetch(new Error('The store is locked.'))).rejects.toThrow('The store is locked.');
    expect(asked).toHaveLength(2);
    await expect(fetch(new Cancelled())).rejects.toThrow(Cancelled);
    expect(asked).toHaveLength(2);
  });

  it('that comes back in the answer is masked', async () => {
    answer = ({ headers }, response) => response.writeHead(headers.authorization ? 200 : 401).end(`{"swagger": "2.0", "info": {"title": "${headers.authorization ?? ''}"}}`);
    const outcome = await ask(trees(), { serviceKey: own });
    expect(JSON.stringify(outcome)).not.toContain(own);
    expect(outcome.kind).toBe('described');
  });
});

describe('a service that does not', () => {
  it.each([
    [404, '{"error": {"code": "NotFound"}}', /^none: There is no description of "Trees" at 127\.0\.0\.1:\d+ \(404\)\. \[\]$/],
    [404, '{"statusCode": 404, "message": "Resource not found"}', /^none: The gateway at .* does not pass on the description of "Trees" \(404\)\./],
    [405, '', /^none: There is no description/],
    [302, '', /^failed: .* answers 302 when it is asked for the description of "Trees"\. \[retry\]$/],
    [500, 'oops', /^failed: .* answers 500/],
    [200, '<!doctype html><title>Sign in</title>', /^failed: .* answers with a web page in the place of the description of "Trees"\. \[retry\]$/],
    [200, '', /^failed: .* answers with nothing in the place/],
    [200, '[1, 2]', /^failed: .* answers with something that is no JSON object/],
    [200, 'swagger: "2.0"', /^failed: .* answers with something that is no JSON object/],
  ])('answers %i with %j', async (status, body, sentence) => {
    says(status, body);
    expect(await problemOf(trees())).toMatch(sentence);
    expect(asked).toHaveLength(1);
  });

  it('has too much to say', async () => {
    says(200, `{"a": "${'x'.repeat(5 * 1024 * 1024)}"}`);
    expect(await problemOf(trees())).toMatch(/^failed: The description of "Trees" could not be read\. The answer of .* is too large: it is more than 4 MB\. \[\]$/);
    says(200, gzipSync(`{"a": "${'x'.repeat(40 * 1024 * 1024)}"}`), { 'content-encoding': 'gzip' });
    expect(await problemOf(trees())).toContain('too large');
  });

  it('takes too long, cuts the answer off, or is not there', async () => {
    answer = () => undefined;
    expect(await problemOf(trees(), {}, 300)).toMatch(/^failed: The description of "Trees" could not be read\..* \[retry openNetworkSettings\]$/);
    answer = (_, response) => void response.writeHead(200, { 'content-length': '1000' }).write(json, () => response.destroy());
    expect(await problemOf(trees())).toMatch(/^failed: .*closed before the answer was complete/);
    const [gone] = [trees(), server.closeAllConnections(), await new Promise((resolve) => server.close(resolve))];
    expect(await problemOf(gone)).toMatch(/^failed: .*refused the connection/);
  });

  it('is no longer waited for', async () => {
    const stopping = new AbortController();
    answer = () => stopping.abort();
    await expect(ask(trees(), {}, 5000, stopping.signal)).rejects.toThrow(Cancelled);
  });

  it('has an address without a place for it: nobody is asked', async () => {
    expect(await problemOf(`${origin}/models/score`)).toBe('none: "Trees" has an address of its own, so there is no place where it would describe itself. []');
    expect(asked).toHaveLength(0);
  });
});
