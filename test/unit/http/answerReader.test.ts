// An answer that comes in the smallest of pieces takes little more memory than its bytes.

import { expect, it } from 'vitest';
import { AnswerReader } from '../../../src/http/answerReader';

it('gathers small pieces as they come', async () => {
  const reader = new AnswerReader(1e9);
  reader.start(200, 'OK', []);
  const count = 1_500_000;
  const before = process.memoryUsage();
  for (let at = 0; at < count; at += 1) reader.add(Buffer.from([at % 251]));
  const after = process.memoryUsage();
  // What each piece would cost by itself is some hundred bytes.
  expect(after.heapUsed - before.heapUsed).toBeLessThan(count * 40);
  const { body } = await reader.finish();
  expect([body.length, body[0], body[1000], body[count - 1]]).toEqual([count, 0, 1000 % 251, (count - 1) % 251]);
});
