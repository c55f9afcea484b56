// Times calls to one service by turns: through the client as it ships, and through bare undici. A program of its own; it writes medians in milliseconds as JSON.

import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Agent, request } from 'undici';
import { requestOf } from './bodies.mjs';
import { median } from './table.mjs';

/**
 * @typedef {object} CallsInput
 * @property {string} dist The production build.
 * @property {import('../../src/model/service').Service} service
 * @property {number} bytes Of each request and each answer.
 * @property {number} rounds Calls of each kind that are timed.
 */

/** @typedef {'undici' | 'undiciAgain' | 'transport' | 'undiciParse' | 'score'} Kind */

/** @typedef {Record<Kind | 'scoreGap' | 'undiciParseGap', number>} CallsResult The gaps are the longest during which nothing else could run, each the middle one of all rounds. */

/** @type {CallsInput} */
const { dist, service, bytes, rounds } = JSON.parse(process.argv[2] ?? '');

const load = createRequire(join(dist, 'extension.js'));
/** @type {typeof import('../../src/http/transport')} */
const { createTransport } = load('./transport.js');
/** @type {typeof import('../../src/protocols/studio/scoring')} */
const { score } = load('./scoring.js');

const json = requestOf(bytes);
const body = Buffer.from(json);
const secrets = { serviceKey: 'k'.repeat(88) };
const headers = { 'Content-Type': 'application/json; charset=utf-8', Authorization: `Bearer ${secrets.serviceKey}` };
const lines = Object.entries(headers).map(([name, value]) => ({ name, value }));
const timeoutMs = 100_000;
const { signal } = new AbortController();
const url = `${service.address}/execute?api-version=2.0&details=true`;

const bare = new Agent();
const bareAgain = new Agent();
const settings = /** @type {const} */ ({ proxy: '', proxySupport: 'override', noProxy: [], strictSsl: true, systemCertificates: true, environment: {} });
const transport = createTransport(settings);
const scoringTransport = createTransport(settings);

/** @param {Agent} agent */
async function viaUndici(agent) {
  const answer = await request(url, { dispatcher: agent, method: 'POST', headers, body });
  return Buffer.from(await answer.body.arrayBuffer());
}

async function viaTransport() {
  const outcome = await transport.send({ method: 'POST', url, headers: lines, body, timeoutMs }, signal);
  return outcome.ok ? outcome.answer.body : assert.fail(outcome.failure.message);
}

const tools = { transport: scoringTransport, clock: { now: Date.now, sleep: () => assert.fail('a call was repeated') }, random: Math.random, log: () => {}, tableOnly: new Set() };
const keys = [{ name: 'Authorization', value: headers.Authorization }];
/** @type {import('../../src/model/credential').Credential} */
const credential = { audience: service.address, kinds: ['serviceKey'], hidden: [secrets.serviceKey], headers: () => keys };
/** @type {import('../../src/protocols/protocol').ScoreCall} */
const call = { service, request: { form: 'table', json }, source: 'bench.json', credential: () => Promise.resolve(credential), timeoutMs, repeats: { maxRepeats: 0, maxWaitMs: 0 } };

async function viaScore() {
  const exchange = await score(call, tools, signal, () => {});
  assert.equal(exchange.tables.length, 1, 'score() read no table');
  return exchange.answer?.body ?? assert.fail('score() gave no answer');
}

/** @type {Record<Kind, () => Promise<Uint8Array>>} */
const kinds = {
  undici: () => viaUndici(bare),
  transport: viaTransport,
  undiciAgain: () => viaUndici(bareAgain),
  score: viaScore,
  undiciParse: async () => {
    const answer = await viaUndici(bare);
    const parsed = JSON.parse(answer.toString('utf8'));
    assert.ok(parsed.Results, 'the answer holds no results');
    return answer;
  },
};
const order = /** @type {Kind[]} */ (Object.keys(kinds));

/** @param {Kind} kind */
async function time(kind) {
  // Nobody pays for what another one threw away. Collecting after each small call would measure little else than cold caches.
  if (bytes > 1_000_000) global.gc?.();
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const from = performance.now();
  const answer = await kinds[kind]();
  const tookMs = performance.now() - from;
  // What kept the loop busy at the very end is seen by the turn after it. Small calls are too short for such gaps.
  if (bytes > 1_000_000) await new Promise((resolve) => setTimeout(resolve, 2));
  delays.disable();
  assert.equal(answer.byteLength, bytes, `${kind} got an answer of another size`);
  return { tookMs, gapMs: delays.max / 1e6 };
}

/**
 * Chance decides who comes after whom.
 * @param {readonly Kind[]} kinds
 */
function shuffled(kinds) {
  return kinds.map((kind) => ({ kind, at: Math.random() })).sort((one, other) => one.at - other.at).map(({ kind }) => kind);
}

/** @type {Record<Kind, number[]>} */
const times = { undici: [], undiciAgain: [], transport: [], undiciParse: [], score: [] };
/** @type {Record<string, number[]>} */
const gaps = { scoreGap: [], undiciParseGap: [] };
const warmUps = Math.ceil(rounds / 4);
for (let round = -warmUps; round < rounds; round += 1) {
  for (const kind of shuffled(order)) {
    const { tookMs, gapMs } = await time(kind);
    if (round < 0) continue;
    times[kind].push(tookMs);
    gaps[`${kind}Gap`]?.push(gapMs);
  }
}
await Promise.all([bare.close(), bareAgain.close(), transport.close(), scoringTransport.close()]);
process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries({ ...times, ...gaps }).map(([name, values]) => [name, median(values)]))));
