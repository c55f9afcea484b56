// What pages of other origins may ask and see.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../sampleClient';
import { execute, startStage, withKey, type Stage } from './gatewayTools';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());
beforeEach(() => {
  for (const path of ['/apis/demo', '/products/starter', '/policies']) stage.store.delete(path);
  stage.store.putGuide(stage.backend.url);
  stage.store.putProduct('starter', 'demo');
  stage.store.putSubscription('some', '/products/starter');
  stage.store.putSubscription('all', '/apis');
});

const list = (name: string, item: string, values: readonly string[], more = ''): string => `<${name}${more}>${values.map((value) => `<${item}>${value}</${item}>`).join('')}</${name}>`;
const cors = (origins: readonly string[], attributes = '', methods: readonly string[] = ['POST', 'GET'], headers: readonly string[] = ['Content-Type', 'ocp-apim-subscription-key']): string =>
  `<cors${attributes}>${list('allowed-origins', 'origin', origins)}${list('allowed-methods', 'method', methods, ' preflight-result-max-age="300"')}${list('allowed-headers', 'header', headers)}${list('expose-headers', 'header', ['X-Backend', 'X-Left'])}</cors>`;
const page = 'https://page.example:8443';

const preflight = (origin = page, method = 'POST', headers = 'Ocp-Apim-Subscription-Key, content-type', path = execute): Promise<Reply> =>
  stage.ask(path, { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': headers } });
const allowed = ({ headers }: Reply): object => Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));

describe('a browser that asks beforehand', () => {
  it('is answered without a key, and the backend is not', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: cors([`${page}/`, 'http://localhost:80']) });
    const before = stage.backend.seen.length;
    const reply = await preflight();
    expect([reply.status, reply.text, reply.headers.vary]).toEqual([200, '', 'Origin']);
    expect(allowed(reply)).toEqual({
      'access-control-allow-origin': page, 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'Ocp-Apim-Subscription-Key, content-type', 'access-control-max-age': '300',
    });
    expect(allowed(await preflight('http://localhost'))).toMatchObject({ 'access-control-allow-origin': 'http://localhost' });
    expect(stage.backend.seen.length).toBe(before);
  });

  it.each([
    ['another origin', 'https://page.example', 'POST', 'content-type'], ['no origin', 'null', 'POST', 'content-type'], ['another method', page, 'DELETE', 'content-type'], ['another header', page, 'POST', 'x-other'],
  ])('is told nothing for %s', async (_, origin, method, headers) => {
    stage.store.putPolicy('/apis/demo', { inbound: cors([page]) });
    const reply = await preflight(origin, method, headers);
    expect([reply.status, reply.text, allowed(reply)]).toEqual([200, '', {}]);
  });

  it('gets * where everybody may, and its origin where credentials go along', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: cors(['*'], '', ['*'], ['*']) });
    expect(allowed(await preflight(page, 'PUT', 'x-any'))).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-methods': 'PUT' });
    stage.store.putPolicy('/apis/demo', { inbound: cors(['*'], ' allow-credentials="true"') });
    expect(allowed(await preflight())).toMatchObject({ 'access-control-allow-origin': page, 'access-control-allow-credentials': 'true' });
  });

  it('goes by the outermost policy that counts', async () => {
    stage.store.putPolicy('', { inbound: cors(['https://other.example'], ' terminate-unmatched-request="false"') });
    stage.store.putPolicy('/apis/demo', { inbound: cors([page]) });
    expect(allowed(await preflight())).toMatchObject({ 'access-control-allow-origin': page });
    stage.store.putPolicy('', { inbound: cors(['https://other.example']) });
    expect(allowed(await preflight())).toEqual({});
  });

  it('is answered by a product\'s policy where the key stands in the query alone', async () => {
    stage.store.putPolicy('/products/starter', { inbound: cors([page]) });
    expect((await preflight()).status).toBe(404);
    expect(allowed(await preflight(page, 'POST', 'content-type', `${execute}&subscription-key=some-1`))).toMatchObject({ 'access-control-allow-origin': page });
    expect((await preflight(page, 'POST', 'content-type', `${execute}&subscription-key=wrong`)).status).toBe(404);
  });

  it('passes over what is not understood, and is told of what fails', async () => {
    stage.store.putPolicy('', { inbound: cors(['@(context.Variables["x"])']) });
    stage.store.putPolicy('/apis/demo', { inbound: cors([page]) });
    const reply = await preflight();
    expect([allowed(reply), reply.headers['x-sample-policies-passed-over']]).toEqual([expect.objectContaining({ 'access-control-allow-origin': page }), 'cors']);
    stage.store.putPolicy('/apis/demo', { inbound: cors(['{{none}}']) });
    expect((await preflight()).status).toBe(500);
    expect(stage.log).toEqual([expect.stringContaining('The named value none')]);
  });

  it('finds nothing where there is no policy, and the operation where there is one for it', async () => {
    expect((await preflight()).status).toBe(404);
    stage.store.putApi('own', stage.backend.url, {}, [['options', 'OPTIONS', '/x'], ['post', 'POST', '/x']]);
    stage.store.putPolicy('/apis/own', { inbound: cors([page]) });
    expect((await preflight(page, 'POST', '', '/own/x')).status).toBe(401);
  });
});

describe('a call of a page', () => {
  const send = (origin: string | undefined, method = 'POST'): Promise<Reply> => stage.ask(method === 'GET' ? '/demo/workspaces/w/services/s/jobs/1?api-version=2.0' : execute, { method, headers: { ...withKey('all-1').headers, ...(origin === undefined ? {} : { Origin: origin }) } });

  it('has an answer that the page may see, and what is left of a limit', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: `${cors([page], ' allow-credentials="true"')}<rate-limit calls="1" renewal-period="60" remaining-calls-header-name="X-Left" />` });
    const reply = await send(page);
    expect([reply.status, reply.headers['x-left'], allowed(reply)]).toEqual([200, '0', { 'access-control-allow-origin': page, 'access-control-allow-credentials': 'true', 'access-control-expose-headers': 'X-Backend, X-Left' }]);
    const refused = await send(page);
    expect([refused.status, allowed(refused)]).toEqual([429, allowed(reply)]);
  });

  it('of another origin goes on without the headers, but one that only reads ends empty', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: cors([page]) });
    const post = await send('https://other.example');
    expect([post.json !== undefined, allowed(post)]).toEqual([true, {}]);
    expect(await send('https://other.example', 'GET')).toMatchObject({ status: 200, text: '' });
    expect((await send(undefined, 'GET')).json).toBeDefined();
    stage.store.putPolicy('/apis/demo', { inbound: cors([page], ' terminate-unmatched-request="false"') });
    expect((await send('https://other.example', 'GET')).json).toBeDefined();
  });

  it('without a key says so without the headers', async () => {
    stage.store.putPolicy('/apis/demo', { inbound: cors([page]) });
    const reply = await stage.ask(execute, { method: 'POST', headers: { Origin: page } });
    expect([reply.status, allowed(reply)]).toEqual([401, {}]);
  });
});
