// Whether an answer that is no JSON only ends too early, or is something else.

import { expect, it } from 'vitest';
import { breaksOff, readReply } from '../../../../src/protocols/studio/reply';

const limits = { maxOutputs: 10, maxRows: 10, maxColumns: 10, maxCells: 100, pause: () => Promise.resolve() };
const whole = '{"Results":{"output1":{"type":"table","value":{"ColumnNames":["a","b\\n"],"Values":[["1\\\\",-2.5e+3,true,null],["x\\"y",false]]}}}}';

async function cut(text: string): Promise<boolean> {
  const reply = await readReply(text, limits);
  return reply.kind === 'notJson' && breaksOff(text, reply.offset);
}

it('an answer that is cut anywhere breaks off', async () => {
  for (let length = 1; length < whole.length; length++) expect([length, await cut(whole.slice(0, length))]).toEqual([length, true]);
  expect(await cut(`${whole.slice(0, 60)}\n`)).toBe(true);
  expect(await cut(`{"a":"${'x'.repeat(1_000_000)}`)).toBe(true);
});

it.each(['{"a":1}}', '[2026-01-01 12:00] started', '[INFO] ready', '{a: 1}', "{'a': 1}", '[1, 2] and more', '{"a" "b"}', '{"a":tru }', '[NaN', '[1,]', '["a\u0001b"]'])('%s is something else', async (text) => {
  expect(await cut(text)).toBe(false);
});
