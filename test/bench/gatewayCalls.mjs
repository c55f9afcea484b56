// Times calls by turns: to a service itself, and to the same through a gateway. A program of its own; it writes
// medians in milliseconds as JSON.

import { strict as assert } from 'node:assert';
import { Agent, request } from 'undici';
import { requestOf } from './bodies.mjs';
import { median } from './table.mjs';

/**
 * @typedef {object} Target
 * @property {string} url
 * @property {Record<string, string>} headers
 */

/**
 * @typedef {object} GatewayCallsInput
 * @property {Target} direct
 * @property {Target} gateway
 * @property {string | number} body The text to send, or how many bytes of a request in the shape of the contract.
 * @property {number} rounds Calls of each kind that are timed.
 */

/** @typedef {Record<'direct' | 'gateway' | 'directAgain', number>} GatewayCallsResult */

/** @type {GatewayCallsInput} */
const { direct, gateway, body: asked, rounds } = JSON.parse(process.argv[2] ?? '');
const body = Buffer.from(typeof asked === 'string' ? asked : requestOf(asked));

/** @type {[keyof GatewayCallsResult, Target][]} */
const kinds = [['direct', direct], ['gateway', gateway], ['directAgain', direct]];
const lines = kinds.map(([kind, target]) => ({ kind, target, agent: new Agent(), times: /** @type {number[]} */ ([]) }));

/** @type {number | undefined} */
let size;
const warmUps = Math.ceil(rounds / 4);
for (let round = -warmUps; round < rounds; round += 1) {
  for (const { kind, target: { url, headers }, agent, times } of lines.toSorted(() => Math.random() - 0.5)) {
    const from = performance.now();
    const answer = await request(url, { dispatcher: agent, method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
    const bytes = (await answer.body.arrayBuffer()).byteLength;
    if (round >= 0) times.push(performance.now() - from);
    assert.equal(answer.statusCode, 200, `${kind} was refused`);
    assert.equal(bytes, (size ??= bytes), `${kind} got an answer of another size`);
  }
}
await Promise.all(lines.map(({ agent }) => agent.close()));
process.stdout.write(JSON.stringify(Object.fromEntries(lines.map(({ kind, times }) => [kind, median(times)]))));
