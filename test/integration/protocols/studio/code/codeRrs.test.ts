// Programs that send one request, run against the sample and against a server that writes down what comes.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { rrsCode } from '../../../../../src/protocols/studio/code/code';
import { startSample, type Sample } from '../../../../../src/sample/server';
import { describeLanguages, present, runProgram, serviceAt } from './codePrograms';
import { base, call, execute, goodDay, key } from '../../../sample/sampleClient';

// Compilers and interpreters take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const hostile = `{"Inputs": {"input1": {"ColumnNames": ["it's \\"x\\"", "$HOME \${x} $(id)", "\`id\` %s \\\\ \\n"],
  "Values": [["''' \\"\\"\\" EOF", "'@ \\u0000 \\ud83d\\ude00", 12345678901234567890.1230],\r
\t["é ü 日本語 😀", "\u2028\u2029\u202e\u200b\u2019 ‘q’ ‛ “d”", "#{x} @\\" $x {0} *\\/ \u0085"]]}},
"GlobalParameters": {"a": "!history", "b": "%PATH%"}}

`;

let folder: string;
let sample: Sample;
let server: Server;
let address: string;
let seen: Seen[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'code-rrs-'));
  sample = await startSample({ port: 0, key });
  server = createServer((request, response) => {
    void buffer(request).then((body) => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      if (request.url?.includes('/moved/')) response.writeHead(302, { Location: `${address}/stolen` }).end('gone');
      else response.end('{"Results":{"é":[]}}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  address = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`;
});
beforeEach(() => {
  seen = [];
});
afterAll(async () => {
  await sample.stop();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true });
});

const there = present();

it('finds at least Node here, and says what else', () => {
  process.stdout.write(`Programs are run in: ${there.join(', ')}\n`);
  expect(there).toContain('javascript');
});

describeLanguages((language) => `a request in ${language}`, (language) => {
  const run = (service: Parameters<typeof rrsCode>[1]['service'], body: string, variables: Record<string, string>, files: Record<string, string> = {}) =>
    runProgram(language, rrsCode(language, { service, body }), folder, variables, files);

  it('prints what the service answers', async () => {
    const direct = await call(sample.baseUrl, execute, { body: goodDay });
    const ran = await run(serviceAt(`${sample.baseUrl}${base}`), goodDay, { AZUREML_SERVICE_KEY: key });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(ran.out)).toEqual(direct.json);
  });

  it('tells the status and the words of a refusal, and keeps the key to itself', async () => {
    const ran = await run(serviceAt(`${sample.baseUrl}${base}`), goodDay, { AZUREML_SERVICE_KEY: 'another-key-of-0815==' });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/answered 401: .*ScoreRequestUnauthorized/s);
    expect(ran.err).not.toContain('0815');
  });

  it('says which variable is missing, or cannot be a key, and sends nothing', async () => {
    const service = serviceAt(`${address}/workspaces/a/services/b`);
    const missing = await run(service, goodDay, {});
    expect(missing).toMatchObject({ code: 1, out: '' });
    expect(missing.err.trim()).toBe('Set the environment variable AZUREML_SERVICE_KEY to the API key of the service.');
    const strange = await run(service, goodDay, { AZUREML_SERVICE_KEY: 'two\nlines-0815' });
    expect(strange).toMatchObject({ code: 1, out: '' });
    expect(strange.err.trim()).toBe('The environment variable AZUREML_SERVICE_KEY holds characters that do not belong there.');
    expect(seen).toEqual([]);
  });

  it('sends hostile bodies byte for byte', async () => {
    const ran = await run(serviceAt(`${address}/workspaces/a/services/b`), hostile, { AZUREML_SERVICE_KEY: 'k+/=' });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toBe('{"Results":{"é":[]}}\n'.replace('\n', process.platform === 'win32' ? '\r\n' : '\n'));
    expect(seen.map(({ body }) => body.toString('utf8'))).toEqual([hostile]);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/workspaces/a/services/b/execute?api-version=2.0&details=true' });
    expect(seen[0]?.headers).toMatchObject({ 'authorization': 'Bearer k+/=', 'content-type': 'application/json; charset=utf-8' });
    expect(seen[0]?.headers).not.toHaveProperty('x-gateway-key');
  });

  it('sends a subscription key to a gateway, and a service key only when there is one', async () => {
    const service = serviceAt(`${address}/suffix/workspaces/a/services/b`);
    const rows = '{"Inputs":{"input1":[{"a":1}]}}';
    expect((await run(service, rows, {})).err).toMatch('Set the environment variable AZUREML_SUBSCRIPTION_KEY to the subscription key of the gateway.');
    await run(service, rows, { AZUREML_SUBSCRIPTION_KEY: 'sub-1' });
    await run(service, rows, { AZUREML_SUBSCRIPTION_KEY: 'sub-1', AZUREML_SERVICE_KEY: 'own"\\1' });
    expect(seen.map(({ url, headers }) => [url, headers['x-gateway-key'], headers.authorization])).toEqual([
      ['/suffix/workspaces/a/services/b/execute?api-version=2.0&details=true&format=swagger', 'sub-1', undefined],
      ['/suffix/workspaces/a/services/b/execute?api-version=2.0&details=true&format=swagger', 'sub-1', 'Bearer own"\\1'],
    ]);
  });

  it('does not follow a redirect', async () => {
    const ran = await run(serviceAt(`${address}/moved/score`), goodDay, { AZUREML_SERVICE_KEY: 'k' });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(seen.map(({ url }) => url)).toEqual(['/moved/score']);
  });

  it('says that nobody answers', async () => {
    const ran = await run(serviceAt('http://127.0.0.1:1/workspaces/a/services/b'), goodDay, { AZUREML_SERVICE_KEY: 'secret-0815' });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch('No answer came from');
    expect(ran.err).not.toContain('0815');
  });

  it('reads a long request from a file, and says so', async () => {
    const long = `{"Inputs":{"input1":[{"a":"${'é'.repeat(30_000)}"}]}}`;
    const service = serviceAt(`${address}/workspaces/a/services/b`);
    expect(rrsCode(language, { service, body: long })).toContain('The request is too long to stand here (61 kB): it is read from the file request.json');
    const ran = await run(service, long, { AZUREML_SERVICE_KEY: 'k' }, { 'request.json': long });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(seen.map(({ body }) => body.toString('utf8'))).toEqual([long]);
    const without = await run(service, long, { AZUREML_SERVICE_KEY: 'k' });
    expect(without).toMatchObject({ code: 1, out: '' });
    expect(without.err).toMatch('request.json');
  });
});
