// What ends a comparison where the two ways did not send the same, and when a text is known not to be what was sent.

import { expect, it } from 'vitest';
import { isMasked, runWays } from '../../../../../src/features/apim/ways/runWays';
import type { Exchange } from '../../../../../src/model/exchange';
import { mask } from '../../../../../src/redaction';

const sent = (status: number, requestBody: string): Exchange => ({
  service: { name: 'S', address: 'https://h/p' }, source: 'a.json', method: 'POST', url: 'https://h/p', requestHeaders: [], requestBody,
  requestBytes: Buffer.byteLength(requestBody), startedAt: 0, durationMs: 1, earlierAttempts: [], tables: [], notes: [],
  answer: { status, statusText: '', headers: [], body: new Uint8Array() }, ...(status < 300 ? {} : { problem: { sentence: 'No.' } }),
});
const run = (gateway: Exchange) => runWays(
  { call: (way) => Promise.resolve(way === 'direct' ? sent(200, '{"a":1}') : gateway), ticks: () => 0, made: [] },
  2, { counted: [] }, new AbortController().signal, () => undefined,
);

it('a refusal ends it as one, whatever form was refused', async () => {
  expect((await run(sent(429, '[1]'))).ending).toMatchObject({ kind: 'refused', way: 'gateway', status: 429 });
  expect((await run(sent(200, '[1]'))).ending).toMatchObject({ kind: 'otherForm' });
});

it('a text with dots is not what was sent, also where the key was as long as they are', () => {
  expect([isMasked(sent(200, `{"k":"${mask}"}`)), isMasked(sent(200, '{"k":"v"}'))]).toEqual([true, false]);
});
