// The sample service answers as the contract says: replies, refusals, description.

import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleDefinition } from '../../../src/sample/definition';
import { startSample, type Sample } from '../../../src/sample/server';
import { base, call, counters, execute, goodDay, goodDayRow, key, raw } from './sampleClient';

let sample: Sample;
beforeAll(async () => {
  sample = await startSample({ port: 0, key });
});
afterAll(() => sample.stop());

const names = goodDayRow.map((_, index) => `Col2 - Hashing feature ${index + 1}`);

describe('execute', () => {
  it('answers the published example with its published row', async () => {
    const reply = await call(sample.baseUrl, execute, { body: goodDay });
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.headers['x-ms-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(reply.json).toEqual({
      Results: { output1: { type: 'table', value: { ColumnNames: names, ColumnTypes: names.map(() => 'Int32'), Values: [goodDayRow] } } },
    });
  });

  it('answers only values without details, and row objects for format=swagger', async () => {
    const plain = await call(sample.baseUrl, `${base}/execute?api-version=2.0`, { body: goodDay });
    expect(plain.json).toEqual({ Results: { output1: { type: 'table', value: { Values: [goodDayRow] } } } });
    const body = '{"Inputs":{"input1":[{"Col2":"This is a good day"}]}}';
    const rows = await call(sample.baseUrl, `${base}/execute?api-version=2.0&details=true&format=swagger`, { body });
    expect(rows.json).toEqual({ Results: { output1: [Object.fromEntries(names.map((name, index) => [name, goodDayRow[index]]))] } });
  });

  it('works the same under /odata, with ids in capitals and with the scheme word in any case', async () => {
    const odata = await call(sample.baseUrl, `/odata${execute}`, { body: goodDay, headers: { Authorization: `bEARER ${key}` } });
    expect(odata.json).toMatchObject({ Results: { output1: { value: { Values: [goodDayRow] } } } });
    const capitals = `/workspaces/${sampleDefinition.workspace.toUpperCase()}/services/${sampleDefinition.service.toUpperCase()}/execute?api-version=2.0`;
    expect((await call(sample.baseUrl, capitals, { body: goodDay })).status).toBe(200);
  });

  it('answers thousands of rows in one reply over a connection that is used again', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const body = JSON.stringify({ Inputs: { input1: { ColumnNames: ['Col2'], Values: Array.from({ length: 20_000 }, () => ['This is a good day']) } } });
    const replies = [];
    for (let round = 0; round < 2; round++) replies.push(await call(sample.baseUrl, execute, { body, agent }));
    for (const reply of replies) {
      expect(reply.headers.connection).toBe('keep-alive');
      expect(JSON.parse(reply.text).Results.output1.value.Values).toHaveLength(20_000);
    }
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
    agent.destroy();
  });

  it('follows its definition', async () => {
    const other = await startSample({ port: 0, key, definition: { ...sampleDefinition, hashing: { bits: 1, ngrams: 1 } } });
    const reply = await call(other.baseUrl, execute, { body: goodDay.replace('This is a good day', '1 2 3') });
    expect(reply.json).toMatchObject({ Results: { output1: { value: { ColumnNames: names.slice(0, 2), Values: [['1', '2']] } } } });
    await other.stop();
  });
});

describe('refusals', () => {
  const refused: [string, string, Parameters<typeof call>[2], number, string, string][] = [
    ['no key', execute, { body: goodDay, headers: { Authorization: '' } }, 401, 'Unauthorized', 'ScoreRequestUnauthorized'],
    ['a wrong key', execute, { body: goodDay, headers: { Authorization: `Bearer ${key}x` } }, 401, 'Unauthorized', 'ScoreRequestUnauthorized'],
    ['another scheme', execute, { body: goodDay, headers: { Authorization: `Basic ${key}` } }, 401, 'Unauthorized', 'ScoreRequestUnauthorized'],
    ['no version', `${base}/execute`, { body: goodDay }, 400, 'BadArgument', 'BadVersionCall'],
    ['an unknown argument', `${execute}&x=1`, { body: goodDay }, 400, 'BadArgument', 'InvalidQueryParameter'],
    ['an empty body', execute, {}, 400, 'BadArgument', 'RequestIsEmpty'],
    ['a body that is not JSON', execute, { body: 'Inputs' }, 400, 'BadArgument', 'RequestBodyInvalid'],
    ['an unknown input', execute, { body: goodDay.replace('input1', 'input9') }, 400, 'BadArgument', 'InvalidInputNames'],
    ['a ragged row', execute, { body: goodDay.replace('day"', 'day","x"') }, 400, 'BadUserArgument', 'InputParseError'],
    ['an unknown workspace', execute.replace(sampleDefinition.workspace, 'f'.repeat(32)), { body: goodDay }, 404, 'NotFound', 'WorkspaceNotFound'],
    ['an unknown service', execute.replace(sampleDefinition.service, 'f'.repeat(32)), { body: goodDay }, 404, 'NotFound', 'WebServiceIdNotFoundInWorkspace'],
    ['an unknown path', `${base}/score?api-version=2.0`, { body: goodDay }, 404, 'NotFound', 'WebServiceNotFound'],
    ['a wrong verb', execute, { method: 'GET' }, 405, 'MethodNotAllowed', 'MethodNotAllowed'],
    ['a foreign host', execute, { body: goodDay, headers: { Host: 'evil.example' } }, 403, 'Forbidden', 'HostNotAllowed'],
    ['a foreign host that begins well', execute, { body: goodDay, headers: { Host: '127.0.0.1.evil.example:80' } }, 403, 'Forbidden', 'HostNotAllowed'],
    ['a description of an unknown service', `${base}0/swagger.json`, { method: 'GET' }, 404, 'NotFound', 'WebServiceIdNotFoundInWorkspace'],
    ['a description with arguments', `${base}/swagger.json?x=1`, { method: 'GET' }, 400, 'BadArgument', 'InvalidQueryParameter'],
    ['faults without the key', '/faults', { method: 'GET', headers: { Authorization: 'Bearer x' } }, 401, 'Unauthorized', 'ScoreRequestUnauthorized'],
    ['faults that are described wrongly', '/faults', { body: '{"faults":[{"status":1}]}' }, 400, 'BadArgument', 'BadParameterValue'],
  ];

  it.each(refused)('refuses %s', async (_, path, options, status, code, detailCode) => {
    const reply = await call(sample.baseUrl, path, options);
    expect(reply.status).toBe(status);
    expect(reply.headers['x-ms-request-id']).toBeTruthy();
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.json).toEqual({
      error: { code, message: expect.stringMatching(/\.$/), details: [{ code: detailCode, message: expect.stringMatching(/\.$/) }] },
    });
    expect(reply.text).not.toContain(key);
  });

  it('says which methods there are', async () => {
    expect((await call(sample.baseUrl, execute, { method: 'OPTIONS' })).headers.allow).toBe('POST');
    expect((await call(sample.baseUrl, '/faults', { method: 'PATCH' })).headers.allow).toBe('GET, POST, DELETE');
  });

  it('lets no page of another origin in', async () => {
    const reply = await call(sample.baseUrl, execute, { body: goodDay, headers: { Origin: 'http://evil.example' } });
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('answers the names of this machine', async () => {
    for (const host of [`localhost:${sample.port}`, '127.0.0.1', `[::1]:${sample.port}`, 'LOCALHOST']) {
      expect((await call(sample.baseUrl, execute, { body: goodDay, headers: { Host: host } })).status).toBe(200);
    }
  });

  it('refuses no host at all, a whole address, and what is not HTTP, each with a request id', async () => {
    const answers = await Promise.all([
      raw(sample.port, `GET ${base}/swagger.json HTTP/1.1\r\nConnection: close\r\n\r\n`),
      raw(sample.port, `GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
      raw(sample.port, 'nonsense\r\n\r\n'),
    ]);
    expect(answers.map((answer) => answer.slice(0, 12))).toEqual(['HTTP/1.1 403', 'HTTP/1.1 400', 'HTTP/1.1 400']);
    for (const answer of answers) expect(answer).toMatch(/x-ms-request-id: [0-9a-f-]{36}\r\n/);
  });
});

describe('swagger.json', () => {
  it('describes the service without a key, with the query in the paths', async () => {
    const { calls } = await counters(sample.baseUrl);
    const reply = await call(sample.baseUrl, `${base}/swagger.json?api-version=2.0`, { method: 'GET', headers: { Authorization: '' } });
    expect(reply.status).toBe(200);
    expect(reply.json).toMatchObject({
      swagger: '2.0',
      info: { version: '2.0', title: 'SimpleFeatureHashingExperiment', 'x-endpoint-name': 'default' },
      host: `127.0.0.1:${sample.port}`,
      basePath: base,
      schemes: ['http'],
      securityDefinitions: { api_key: { in: 'header', name: 'Authorization' } },
      definitions: {
        input1Item: { properties: { Col2: { type: 'string' } } },
        output1Item: { properties: Object.fromEntries(names.map((name) => [name, { type: 'integer', format: 'int32' }])) },
      },
    });
    const document = JSON.parse(reply.text);
    expect(Object.keys(document.paths)).toEqual([
      '/swagger.json', '/execute?api-version=2.0&format=swagger',
      '/jobs?api-version=2.0', '/jobs/{jobId}/start?api-version=2.0', '/jobs/{jobId}?api-version=2.0',
    ]);
    expect((await counters(sample.baseUrl)).calls).toEqual({ ...calls, swagger: calls.swagger + 1 });
  });

  it('defines all that it refers to, and its example can be sent as it is', async () => {
    const { text } = await call(sample.baseUrl, `${base}/swagger.json`, { method: 'GET' });
    const { definitions, basePath } = JSON.parse(text);
    const references = [...text.matchAll(/"#\/definitions\/([^"]+)"/g)].map((match) => match[1]);
    expect(references.length).toBeGreaterThan(5);
    for (const name of references) expect(definitions).toHaveProperty([name ?? '']);
    const body = JSON.stringify(definitions.ExecutionRequest.example);
    const reply = await call(sample.baseUrl, `${basePath}/execute?api-version=2.0&format=swagger`, { body });
    expect(Object.values(JSON.parse(reply.text).Results.output1[0])).toEqual(goodDayRow);
  });

  it('names the host as the caller did, and the path under /odata', async () => {
    const reply = await call(sample.baseUrl, `/odata${base}/swagger.json`, { method: 'GET', headers: { Host: 'localhost:1234' } });
    expect(reply.json).toMatchObject({ host: 'localhost:1234', basePath: `/odata${base}` });
  });
});
