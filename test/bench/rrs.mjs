// What a call costs through the client beside bare undici, and through the sample's gateway beside none: one and the same service each.

import { throughGateway } from './gateway.mjs';
import { runProgram, startAnswers } from './programs.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./calls.mjs').CallsResult} CallsResult */

/** Each run is a process of its own; sizes take turns. */
const runs = 5;

const sizes = [
  { name: '1 kB', bytes: 1000, rounds: 1500 },
  { name: '100 kB', bytes: 100_000, rounds: 200 },
  { name: '10 MB', bytes: 10_000_000, rounds: 10 },
];

/**
 * @param {string} dist The production build.
 * @returns {Promise<Figure[]>}
 */
export async function rrs(dist) {
  const server = await startAnswers(sizes.map(({ bytes }) => bytes));
  try {
    /** @type {Map<number, CallsResult[]>} */
    const results = new Map(sizes.map(({ bytes }) => [bytes, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const { bytes, rounds } of sizes) {
        results.get(bytes)?.push(await runProgram('calls.mjs', { dist, service: server.service(bytes), bytes, rounds }));
      }
    }
    const ofClient = sizes.flatMap(({ name, bytes }) => {
      /** @param {keyof CallsResult} kind */
      const values = (kind) => (results.get(bytes) ?? []).map((result) => result[kind]);
      const undici = { name: 'bare undici', values: values('undici') };
      return /** @type {Figure[]} */ ([
        { name: `RRS, ${name} each way: transport`, unit: 'ms', ours: values('transport'), baseline: undici, goal: { ratio: 1.15 } },
        {
          name: `RRS, ${name} each way: score(), tables included`, unit: 'ms', ours: values('score'),
          baseline: { name: 'bare undici and JSON.parse', values: values('undiciParse') }, ...(bytes > 1_000_000 ? { goal: { ratio: 2 } } : {}),
        },
        ...(bytes > 1_000_000 ? [longestGap(name, values('scoreGap'), values('undiciParseGap'))] : []),
        { name: `RRS, ${name} each way: bare undici again (the noise)`, unit: 'ms', ours: values('undiciAgain'), baseline: undici },
      ]);
    });
    return [...ofClient, ...(await throughGateway(dist, server, sizes))];
  } finally {
    server.stop();
  }
}

/**
 * For how long nothing else can run.
 * @param {string} name @param {readonly number[]} ours @param {readonly number[]} parsing
 */
function longestGap(name, ours, parsing) {
  return { name: `RRS, ${name} each way: longest gap of score()`, unit: 'ms', ours, baseline: { name: 'bare undici and JSON.parse', values: parsing }, goal: { most: 50 } };
}
