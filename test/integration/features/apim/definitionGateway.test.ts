// What a definition makes in Sample API Management is called through its gateway: each operation reaches the service, with the right key.

import { createServer, type Server } from 'node:http';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { isObject, member } from '../../../../src/base/shape';
import { definitionFiles } from '../../../../src/features/apim/definition/definitionFiles';
import { choicesWith, defined, serviceAt, trees } from '../../../unit/features/apim/samples';
import { putsOf } from '../../../unit/features/apim/templateEvaluator';
import { startRunning, type Running } from '../../sample/apim/armClient';

const seen: string[] = [];
let server: Server | undefined;
let running: Running | undefined;
afterEach(async () => {
  await running?.apim.stop();
  server?.closeAllConnections();
  server?.close();
  seen.length = 0;
});

/** A service that notes what reaches it. */
async function startBackend(): Promise<string> {
  const made = createServer((request, response) => {
    void readAll(request).then(() => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  server = made;
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', done));
  const at = made.address();
  return `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`;
}

it.each([[true, true], [true, false], [false, true], [false, false]])('with short paths: %s, with the key added: %s', async (shortPaths, addsKey) => {
  const service = serviceAt(`${await startBackend()}/workspaces/wwww/services/ssss`, 'T');
  const choices = {
    ...choicesWith({}, service), shortPaths, addsKey, rateLimit: { calls: 6, seconds: 60, by: 'subscription' as const }, cors: { origins: ['https://app.contoso.com'] }, quota: { calls: 100, seconds: 0 },
  };
  const template = definitionFiles(defined({ service, description: trees, choices })).find(({ name }) => name === 'template.json')?.text ?? '';
  running = await startRunning();
  for (const { path, body } of putsOf(JSON.parse(template), { apimServiceName: 'sample-apim', ...(addsKey ? { serviceKey: 'key-of-the-service' } : {}) })) {
    const properties = member(body, 'properties');
    if (isObject(properties)) await running.put(path, properties);
    else await running.call('PUT', path);
  }
  const key = String(member((await running.call('POST', '/subscriptions/t-callers/listSecrets')).json, 'primaryKey'));
  const base = '/workspaces/wwww/services/ssss';
  const url = (path: string, query: string): string => `${running?.apim.gatewayUrl ?? ''}/t${shortPaths ? path.replace('/execute', '/score') : `${base}${path}?${query}`}`;
  const calls: readonly (readonly [string, string, string])[] = [
    ['POST', '/execute', 'api-version=2.0&details=true'], ['POST', '/jobs', 'api-version=2.0'], ['POST', '/jobs/j1/start', 'api-version=2.0'], ['GET', '/jobs/j1', 'api-version=2.0'],
    ['DELETE', '/jobs/j1', 'api-version=2.0'],
  ];
  const send = (address: string, method: string, headers: Record<string, string> = { 'Ocp-Apim-Subscription-Key': key }): Promise<Response> =>
    fetch(address, { method, headers: { Authorization: 'Bearer of-the-caller', ...headers }, ...(method === 'POST' ? { body: '{}' } : {}) });
  for (const [method, path, query] of calls) expect((await send(url(path, query), method)).status).toBe(200);
  // Rows as objects.
  expect((await send(`${url('/execute', 'api-version=2.0&details=true')}${shortPaths ? '?' : '&'}format=swagger`, 'POST')).status).toBe(200);
  const bearer = addsKey ? 'key-of-the-service' : 'of-the-caller';
  expect(seen).toEqual([
    ...calls.map(([method, path, query]) => `${method} ${base}${path}?${query} Bearer ${bearer}`), `POST ${base}/execute?api-version=2.0&details=true&format=swagger Bearer ${bearer}`,
  ]);
  expect((await send(url('/jobs/j1', 'api-version=2.0'), 'GET')).status).toBe(429);
  expect((await send(url('/jobs/j1', 'api-version=2.0'), 'GET', {})).status).toBe(401);
  const preflight = await send(url('/execute', 'api-version=2.0&details=true'), 'OPTIONS', { Origin: 'https://app.contoso.com', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' });
  expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.contoso.com');
  expect(seen).toHaveLength(6);
});
