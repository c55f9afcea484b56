// What a call through the sample's gateway costs beside the same call without it: with a key of a product, a rate limit, and the service's
// own key from a named value.

import { randomBytes } from 'node:crypto';
import { StepFailed } from '../host/processes.mjs';
import { runProgram, startSample } from './programs.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./programs.mjs').SampleProgram} SampleProgram */
/** @typedef {import('./gatewayCalls.mjs').GatewayCallsInput} GatewayCallsInput */
/** @typedef {import('./gatewayCalls.mjs').GatewayCallsResult} GatewayCallsResult */
/** @typedef {import('./tryItCalls.mjs').TryItCallsInput} TryItCallsInput */
/** @typedef {import('./tryItCalls.mjs').TryItCallsResult} TryItCallsResult */

/** Each run is a process of its own; services take turns. */
const runs = 5;

const query = 'api-version=2.0&details=true';
const execute = '/workspaces/{workspace}/services/{service}/execute';
const text = 'This is a good day, and the service has not been asked for much.';
const scored = JSON.stringify({ Inputs: { input1: { ColumnNames: ['Col2'], Values: [[text]] } }, GlobalParameters: {} });

/** More calls than are made: each is counted and none is refused. */
const mostCalls = 1_000_000;

/** @param {readonly string[]} inbound */
function policy(inbound) {
  const others = ['backend', 'outbound', 'on-error'].map((name) => `<${name}><base /></${name}>`);
  return { format: 'rawxml', value: `<policies><inbound><base />${inbound.join('')}</inbound>${others.join('')}</policies>` };
}

/**
 * @param {string} dist The production build.
 * @param {import('./programs.mjs').AnswerServer} answers
 * @param {readonly { name: string, bytes: number, rounds: number }[]} sizes Of its answers.
 * @returns {Promise<Figure[]>}
 */
export async function throughGateway(dist, answers, sizes) {
  const sample = await startSample(dist);
  try {
    const { baseUrl, workspace, services: [service] } = sample.ready;
    const path = `/workspaces/${workspace}/services/${service.id}`;
    const behind = [
      { name: 'the sample service', id: 'sample', backend: baseUrl, path, body: scored, rounds: 500 },
      ...sizes.map(({ name, bytes, rounds }) => {
        const { address } = answers.service(bytes);
        const at = address.indexOf('/workspaces/');
        const [backend, below] = [address.slice(0, at), address.slice(at)];
        return { name: `${name} each way`, id: `answer-${bytes}`, backend, path: below, body: bytes, rounds };
      }),
    ];
    const subscriptionKey = await publish(sample, behind);
    /** @type {Map<string, GatewayCallsResult[]>} */
    const results = new Map(behind.map(({ id }) => [id, []]));
    /** @type {Map<string, TryItCallsResult[]>} */
    const tried = new Map(behind.map(({ id }) => [id, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const { id, backend, path: below, body, rounds } of run % 2 === 0 ? behind : behind.toReversed()) {
        /** @type {GatewayCallsInput} */
        const input = {
          direct: { url: `${backend}${below}/execute?${query}`, headers: { Authorization: `Bearer ${sample.key}` } },
          gateway: {
            url: `${sample.ready.gateway}/${id}${below}/execute?${query}`, headers: { 'Ocp-Apim-Subscription-Key': subscriptionKey },
          },
          body, rounds,
        };
        results.get(id)?.push(await runProgram('gatewayCalls.mjs', input));
        /** @type {TryItCallsInput} */
        const calls = { dist, service: serviceAt(`${sample.ready.gateway}/${id}`, below), subscriptionKey, body, rounds };
        tried.get(id)?.push(await runProgram('tryItCalls.mjs', calls));
      }
    }
    return behind.flatMap(({ name, id }) => {
      /** @param {keyof GatewayCallsResult} kind */
      const values = (kind) => (results.get(id) ?? []).map((result) => result[kind]);
      const direct = { name: 'direct', values: values('direct') };
      /** @param {keyof TryItCallsResult} kind */
      const ofTries = (kind) => (tried.get(id) ?? []).map((result) => result[kind]);
      const plain = { name: 'score() through the gateway', values: ofTries('score') };
      return /** @type {Figure[]} */ ([
        { name: `RRS, ${name}: through the sample's gateway`, unit: 'ms', ours: values('gateway'), baseline: direct },
        { name: `RRS, ${name}: direct again (the noise)`, unit: 'ms', ours: values('directAgain'), baseline: direct },
        { name: `RRS, ${name}: tried as an operation`, unit: 'ms', ours: ofTries('tryIt'), baseline: plain, goal: { ratio: 1.15 } },
        { name: `RRS, ${name}: score() through the gateway again (the noise)`, unit: 'ms', ours: ofTries('scoreAgain'), baseline: plain },
      ]);
    });
  } finally {
    await sample.stop();
  }
}

/**
 * A service of the contract.
 * @param {string} base @param {string} path
 * @returns {import('../../src/model/service').Service}
 */
function serviceAt(base, path) {
  const { origin, pathname } = new URL(base);
  const [, , workspace = '', , service = ''] = path.split('/');
  return {
    name: 'bench', address: `${base}${path}`, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key',
    endpoint: { form: 'classic', origin, prefix: pathname, odata: false, workspace, service },
  };
}

/**
 * Publishes services behind the gateway, each as an API of one product.
 * @param {SampleProgram} sample
 * @param {readonly { id: string, backend: string }[]} apis
 * @returns {Promise<string>} The key of a subscription to the product.
 */
async function publish({ ready: { arm }, key, token }, apis) {
  const group = `/subscriptions/${arm.subscriptionId}/resourceGroups/${arm.resourceGroup}`;
  const instance = `${group}/providers/Microsoft.ApiManagement/service/${arm.service}`;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  /** @param {string} path @param {unknown} [properties] */
  const put = async (path, properties) => {
    let response = await fetch(`${arm.endpoint}${instance}${path}?api-version=2024-05-01`, {
      method: 'PUT', headers, ...(properties === undefined ? {} : { body: JSON.stringify({ properties }) }),
    });
    while (response.status === 202) response = await fetch(response.headers.get('location') ?? '', { headers });
    const answer = await response.text();
    if (!response.ok) throw new StepFailed(`The sample's API Management did not take ${path}: ${answer}`);
  };
  const subscriptionKey = randomBytes(16).toString('hex');
  await put('/namedValues/service-key', { displayName: 'service-key', value: key, secret: true });
  await put('/products/bench', { displayName: 'Bench', subscriptionRequired: true, approvalRequired: false, state: 'published' });
  await put('/products/bench/policies/policy', policy([`<rate-limit calls="${mostCalls}" renewal-period="300" />`]));
  for (const { id, backend } of apis) {
    await put(`/apis/${id}`, { displayName: id, path: id, protocols: ['http'], serviceUrl: backend, subscriptionRequired: true });
    const templateParameters = ['workspace', 'service'].map((name) => ({ name, type: 'string', required: true }));
    const queryParameters = ['api-version', 'details'].map((name) => ({ name, type: 'string', required: true }));
    await put(`/apis/${id}/operations/execute`, {
      displayName: 'RRS Execute', method: 'POST', urlTemplate: execute, templateParameters, request: { queryParameters },
    });
    await put(`/apis/${id}/policies/policy`, policy([
      '<set-header name="Authorization" exists-action="override"><value>Bearer {{service-key}}</value></set-header>',
    ]));
    await put(`/products/bench/apis/${id}`);
  }
  const scope = `${instance}/products/bench`;
  await put('/subscriptions/bench', { displayName: 'Bench', scope, state: 'active', primaryKey: subscriptionKey });
  return subscriptionKey;
}
