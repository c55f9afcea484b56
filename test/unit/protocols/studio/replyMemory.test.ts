// What is kept of a large answer does not keep the answer's text in memory.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { Table } from '../../../../src/model/table';
import { readReply } from '../../../../src/protocols/studio/reply';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes in use once all that nobody holds is gone. */
function bytesInUse(): number {
  if (typeof collect !== 'function') throw new Error('The garbage collector cannot be called.');
  collect();
  return process.memoryUsage().heapUsed;
}

const limits = { maxOutputs: 10, maxRows: 1000, maxColumns: 500, maxCells: 100_000, pause: () => Promise.resolve() };
const textBytes = 40_000_000;

/** The tables of an answer whose text nobody holds but they. */
async function tablesOfLargeAnswer(output: string): Promise<readonly Table[]> {
  // Decoded from bytes, as what is received is: a text that is put together from parts would not be one piece.
  const bytes = Buffer.alloc(textBytes, 'a');
  bytes.write(`{"Results":{${output}},"rest":"`);
  bytes.write('"}', textBytes - 2);
  const reply = await readReply(bytes.toString('utf8'), limits);
  return reply.kind === 'tables' ? reply.tables : [];
}

const named = (rows: string): string => `"output1":{"value":{"ColumnNames":["a","b"],"Values":${rows}}}`;
it.each([
  { what: 'long cells', output: named('[["a cell of some length","x"],[12345678901234567890,null]]') },
  { what: 'short cells', output: named('[["x","yy"],[1,2.5]]') },
  { what: 'names and types of columns', output: '"output1":{"value":{"ColumnNames":["a name of some length"],"ColumnTypes":["a type of some length"],"Values":[["x"]]}}' },
  { what: 'the name of an output', output: '"an output of some length":[{"a":"x"}]' },
  { what: 'names of members', output: '"output1":[{"a member of some length":"x"}]' },
])('$what', async ({ output }) => {
  const before = bytesInUse();
  const tables = await tablesOfLargeAnswer(output);
  expect(bytesInUse() - before).toBeLessThan(textBytes / 4);
  expect(tables).toHaveLength(1);
});
