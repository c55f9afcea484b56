// Times calls through a gateway by turns: a request as it is sent from a file, and the same as an operation that is tried. A program of its
// own; it writes medians in milliseconds as JSON.

import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { requestOf } from './bodies.mjs';
import { median } from './table.mjs';

/**
 * @typedef {object} TryItCallsInput
 * @property {string} dist The production build.
 * @property {import('../../src/model/service').Service} service Behind the gateway.
 * @property {string} subscriptionKey
 * @property {string | number} body The text to send, or how many bytes of a request in the shape of the contract.
 * @property {number} rounds Calls of each kind that are timed.
 */

/** @typedef {'score' | 'tryIt' | 'scoreAgain'} Kind */
/** @typedef {Record<Kind, number>} TryItCallsResult */

/** @type {TryItCallsInput} */
const { dist, service, subscriptionKey, body, rounds } = JSON.parse(process.argv[2] ?? '');

const load = createRequire(join(dist, 'extension.js'));
/** @type {typeof import('../../src/http/transport')} */
const { createTransport } = load('./transport.js');
/** @type {typeof import('../../src/protocols/studio/scoring')} */
const { score } = load('./scoring.js');
/** @type {typeof import('../../src/protocols/studio/operationCall')} */
const { callOperation } = load('./operationCall.js');

const json = typeof body === 'string' ? body : requestOf(body);
const { signal } = new AbortController();
const keys = [{ name: 'Ocp-Apim-Subscription-Key', value: subscriptionKey }];
/** @type {import('../../src/model/credential').Credential} */
const key = { audience: service.address, kinds: ['subscriptionKey'], hidden: [subscriptionKey], headers: () => keys };
const credential = () => Promise.resolve(key);
const shared = { credential, timeoutMs: 100_000, repeats: { maxRepeats: 0, maxWaitMs: 0 } };

function newTools() {
  const transport = createTransport({
    proxy: '', proxySupport: 'override', noProxy: [], strictSsl: true, systemCertificates: true, environment: {},
  });
  const clock = { now: Date.now, sleep: () => assert.fail('a call was repeated') };
  return { transport, clock, random: Math.random, log: () => {}, tableOnly: new Set() };
}

/** @param {ReturnType<typeof newTools>} tools */
const viaScore = (tools) => score({ ...shared, service, request: { form: 'table', json }, source: 'bench.json' }, tools, signal, () => {});
/** @param {ReturnType<typeof newTools>} tools */
const viaTryIt = (tools) => callOperation({
  ...shared, service, source: 'RRS Execute', method: 'POST', url: `${service.address}/execute?api-version=2.0&details=true`,
  headers: [{ name: 'Content-Type', value: 'application/json' }], body: json,
  subscriptionKeyHeader: service.subscriptionKeyHeader, changes: false,
}, tools, signal, () => {});

/** @type {[Kind, typeof viaScore][]} */
const kinds = [['score', viaScore], ['tryIt', viaTryIt], ['scoreAgain', viaScore]];
const lines = kinds.map(([kind, call]) => ({ kind, call, tools: newTools(), times: /** @type {number[]} */ ([]) }));
const warmUps = Math.ceil(rounds / 4);
for (let round = -warmUps; round < rounds; round += 1) {
  for (const { call, kind, tools, times } of lines.toSorted(() => Math.random() - 0.5)) {
    const from = performance.now();
    const exchange = await call(tools);
    if (round >= 0) times.push(performance.now() - from);
    assert.equal(exchange.tables.length, 1, `${kind} read no table: ${exchange.answer?.status}`);
  }
}
await Promise.all(lines.map(({ tools }) => tools.transport.close()));
process.stdout.write(JSON.stringify(Object.fromEntries(lines.map(({ kind, times }) => [kind, median(times)]))));
