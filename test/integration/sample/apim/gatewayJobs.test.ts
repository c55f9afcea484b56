// Requests and whole batch jobs through the gateway to the sample service, as callers of a published API send them.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type RunningGateway } from '../../../../src/sample/apim/gateway';
import { download, endPrograms, built, resultOf, startPrograms, type Built, type Programs, type Status } from '../jobs/sampleJobsClient';
import { base, goodDay, goodDayRow, key, until } from '../sampleClient';
import { ask, type AskOptions } from './gatewayTools';
import { MemoryStore } from './memoryStore';

let build: Built;
let sample: Programs;
let gateway: RunningGateway;
const store = new MemoryStore();

beforeAll(async () => {
  build = await built();
  sample = await startPrograms(build.program);
  store.putGuide(sample.baseUrl);
  store.putSubscription('all', '/apis');
  publishShort();
  gateway = await startGateway({ port: 0, store, now: () => Date.now() });
});
afterAll(async () => {
  await gateway.stop();
  await endPrograms(sample);
  build.remove();
});

/** An API for callers who know neither ids nor the service's key. */
function publishShort(): void {
  const version = 'api-version=2.0';
  const short = [
    ['score', 'POST', '/score', `/execute?${version}&amp;details=true`],
    ['submit', 'POST', '/jobs', `/jobs?${version}`],
    ['start', 'POST', '/jobs/{jobid}/start', `/jobs/{jobid}/start?${version}`],
    ['status', 'GET', '/jobs/{jobid}', `/jobs/{jobid}?${version}`],
    ['delete', 'DELETE', '/jobs/{jobid}', `/jobs/{jobid}?${version}`],
  ] as const;
  store.putApi('short', sample.baseUrl, { path: 'weather/days' }, short.map(([id, method, template]) => [id, method, template]));
  store.put('/namedValues/backend-key', { displayName: 'backend-key', value: key, secret: true });
  store.putPolicy('/apis/short', { inbound: '<set-header name="Authorization" exists-action="override"><value>Bearer {{backend-key}}</value></set-header>' });
  for (const [id, , , template] of short) store.putPolicy(`/apis/short/operations/${id}`, { inbound: `<rewrite-uri template="${base}${template}" />` });
}

/** The five operations of a published API. */
interface Face {
  readonly score: string;
  job(id: string, rest?: string): string;
  readonly jobs: string;
  readonly headers: Readonly<Record<string, string>>;
}

const faces: readonly (readonly [string, () => Face])[] = [
  ['with the guide\'s templates', () => ({
    score: `/demo${base}/execute?api-version=2.0&details=true`,
    jobs: `/demo${base}/jobs?api-version=2.0`,
    job: (id, rest = '') => `/demo${base}/jobs/${id}${rest}?api-version=2.0`,
    headers: { 'Ocp-Apim-Subscription-Key': 'all-1', Authorization: `Bearer ${key}` },
  })],
  ['with short paths and no key of the service', () => ({
    score: '/weather/days/score',
    jobs: '/weather/days/jobs',
    job: (id, rest = '') => `/weather/days/jobs/${id}${rest}`,
    headers: { 'Ocp-Apim-Subscription-Key': 'all-2' },
  })],
];

describe.each(faces)('an API %s', (_, make) => {
  const send = (path: string, options: AskOptions): ReturnType<typeof ask> => ask(`${gateway.url}${path}`, { ...options, headers: make().headers });

  it('scores', async () => {
    const reply = await send(make().score, { method: 'POST', body: goodDay });
    expect(reply.status).toBe(200);
    expect(reply.headers['x-sample-policies-passed-over']).toBeUndefined();
    expect(reply.json).toMatchObject({ Results: { output1: { value: { Values: [goodDayRow] } } } });
  });

  it('runs a batch job from its upload to its result', async () => {
    const location = await sample.upload('gateway.csv', 'Col2\nThis is a good day\n');
    const submitted = await send(make().jobs, { method: 'POST', body: JSON.stringify({ Input: sample.byKey(location) }) });
    const id: string = JSON.parse(submitted.text);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(await send(make().job(id, '/start'), { method: 'POST' })).toMatchObject({ status: 200, text: '' });
    const status = async (): Promise<Status> => JSON.parse((await send(make().job(id), {})).text);
    await until(async () => (await status()).StatusCode === 'Finished');
    expect((await download(resultOf(await status()))).text).toContain(`This is a good day,${goodDayRow.join(',')}`);
  });

  it('cancels a batch job', async () => {
    const location = await sample.upload('gateway.csv', 'Col2\nThis is a good day\n');
    const id: string = JSON.parse((await send(make().jobs, { method: 'POST', body: JSON.stringify({ Input: sample.byKey(location), GlobalParameters: { 'Queue seconds': '600' } }) })).text);
    await send(make().job(id, '/start'), { method: 'POST' });
    expect((await send(make().job(id), { method: 'DELETE' })).status).toBe(200);
    expect((await send(make().job(id), {})).json).toMatchObject({ StatusCode: 'Cancelled' });
  });

  it('gives the service\'s errors on as they are', async () => {
    expect(await send(make().score, { method: 'POST', body: '{}' })).toMatchObject({ status: 400, json: { error: { code: 'BadArgument' } } });
  });
});

it('names each call in the reports by API, operation and subscription', () => {
  expect(new Set(store.calls.map(({ apiId, operationId }) => `${apiId} ${operationId}`))).toEqual(new Set(
    ['demo', 'short'].flatMap((api) => [api === 'demo' ? 'execute' : 'score', 'submit', 'start', 'status', 'delete'].map((operation) => `${api} ${operation}`)),
  ));
  expect(store.calls.every(({ subscriptionId, ms, backendMs }) => subscriptionId === 'all' && ms >= backendMs && backendMs > 0)).toBe(true);
});
