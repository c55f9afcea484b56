// Programs that make a call of any operation, run against a server that writes down what comes.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CopiedCall } from '../../../../../src/protocols/code';
import { operationCode } from '../../../../../src/protocols/studio/code/code';
import { languages } from '../../../../../src/protocols/studio/code/languages';
import { describeLanguages, runProgram } from './codePrograms';

// Compilers and interpreters take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const dots = '••••••••';
const keys = { AZUREML_SERVICE_KEY: 'own-0815', AZUREML_SUBSCRIPTION_KEY: 'sub-0815' };
const keyHeaders = [{ name: 'Authorization', value: `Bearer ${dots}` }, { name: 'X-Team-Key', value: dots }];

let folder: string;
let server: Server;
let address: string;
let seen: Seen[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'code-operation-'));
  server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      if (request.method === 'DELETE') response.writeHead(204).end();
      else response.end('"2613"');
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
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true });
});

describeLanguages((language) => `a call of any operation in ${language}`, (language) => {
  const run = async (call: Partial<CopiedCall>, variables: Readonly<Record<string, string>> = {}): Promise<Seen | undefined> => {
    const whole = { name: 'Echo', method: 'GET', url: `${address}/echo`, headers: [], subscriptionKeyHeader: 'x-team-key', ...call };
    const ran = await runProgram(language, operationCode(language, whole), folder, variables);
    expect(ran).toMatchObject({ code: 0, err: '' });
    return seen.at(-1);
  };

  it('asks by GET without a body, with both keys and other headers', async () => {
    const headers = [...keyHeaders, { name: 'X-Note', value: `it's "so" $HOME` }, { name: 'Accept', value: 'application/json' }];
    const call = await run({ url: `${address}/jobs/1?api-version=2.0&a=%20`, headers }, keys);
    expect(call).toMatchObject({ method: 'GET', url: '/jobs/1?api-version=2.0&a=%20', body: '' });
    expect(call?.headers).toMatchObject({
      'authorization': 'Bearer own-0815', 'x-team-key': 'sub-0815', 'x-note': `it's "so" $HOME`, 'accept': 'application/json',
    });
  });

  it('needs no key where none was sent, and names each that was', async () => {
    expect((await run({}))?.headers).not.toHaveProperty('authorization');
    const whole = { name: 'Echo', method: 'GET', url: address, headers: keyHeaders, subscriptionKeyHeader: 'X-Team-Key' };
    const ran = await runProgram(language, operationCode(language, whole), folder, {});
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch('AZUREML_SERVICE_KEY');
  });

  it.each(['DELETE', 'POST', 'PATCH', 'PUT'])('sends %s without a body', async (method) => {
    expect(await run({ method })).toMatchObject({ method, url: '/echo', body: '' });
  });

  it('sends bodies as they are, whatever their type', async () => {
    const body = '<a b="c">\n  it\'s</a>\n';
    const call = await run({ method: 'PUT', headers: [{ name: 'Content-Type', value: 'text/xml' }, { name: 'Content-Language', value: 'de' }], body });
    expect(call).toMatchObject({ method: 'PUT', body });
    expect(call?.headers).toMatchObject({ 'content-type': 'text/xml', 'content-language': 'de' });
    expect(await run({ method: 'POST', body: '{"a": 1.10}' })).toMatchObject({ body: '{"a": 1.10}', headers: { 'content-type': 'application/json; charset=utf-8' } });
  });
});

describe.each(languages.map(({ id }) => id))('the text of a program in %s', (id) => {
  it('has nothing of the transport’s headers, and no secret', () => {
    const url = 'https://host.example/a?sig=c2lnbmF0dXJlLTA4MTU%3D&code=code-0815&api_key=api-0815';
    const headers = [...keyHeaders, { name: 'Content-Length', value: '17' }, { name: 'Host', value: 'host.example' }, { name: 'Accept-Encoding', value: 'br' }];
    const code = operationCode(id, { name: 'Echo', method: 'POST', url, headers, body: '{"pwd":"https://x.example/?sig=c2lnbmF0dXJlLTA4MTU%3D"}', subscriptionKeyHeader: 'X-Team-Key' });
    expect(code).not.toMatch(/0815|LTA4MTU|Content-Length|Accept-Encoding|'Host'|"Host"/);
    expect(code).toContain('What looked like a secret in the address is replaced by');
    expect(code).toContain('AZUREML_SUBSCRIPTION_KEY: the subscription key of the gateway');
  });

  it('has the key of the gateway in its own header alone, and no token of a trace', () => {
    const others = ['X-Api-Key', 'X-Functions-Key', 'Apim-Debug-Authorization'].map((name) => ({ name, value: dots }));
    const text = (parts: Partial<CopiedCall>): string =>
      operationCode(id, { name: 'Echo', method: 'GET', url: 'https://host.example/', headers: [...keyHeaders, ...others], ...parts });
    const lines = (code: string): readonly string[] =>
      code.split('\n').filter((line) => /X-Api-Key|X-Functions-Key|X-Team-Key|Apim-Debug/.test(line));
    const hasDots = (line: string): boolean => line.includes(dots) || line.includes('\\u2022');
    const code = text({ subscriptionKeyHeader: 'X-TEAM-KEY' });
    for (const line of lines(code)) expect(hasDots(line), line).toBe(!line.includes('X-Team-Key'));
    expect(code).toContain('X-Functions-Key');
    expect(code).not.toContain('Apim-Debug');
    expect(code).toContain('What looked like a secret in the headers is replaced by');
    // Of a call from before its header was kept, only the usual one is known.
    const older = text({ headers: [...keyHeaders, { name: 'Ocp-Apim-Subscription-Key', value: dots }] });
    for (const line of lines(older)) expect(hasDots(line), line).toBe(true);
    expect(older).toContain('AZUREML_SUBSCRIPTION_KEY');
  });

  it('keeps hostile names to themselves', () => {
    const hostile = `x'"\n$(id) \u202e */ __proto__`;
    const code = operationCode(id, { name: hostile, method: 'GET', url: 'https://host.example/', headers: [{ name: '__proto__', value: hostile.replace('\n', ' ') }] });
    expect(code).not.toContain('\u202e');
    expect(code.split('\n').filter((line) => line.startsWith('$(id)'))).toEqual([]);
  });
});
