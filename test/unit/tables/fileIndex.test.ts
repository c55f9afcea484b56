// Where the rows of a file are: sparse, in blocks that are worth reading at once.

import { describe, expect, it } from 'vitest';
import { BlockIndex, type Block } from '../../../src/tables/blockIndex';
import { FileIndex, usualSizes } from '../../../src/tables/fileIndex';
import type { Slices } from '../../../src/base/slices';

const slices: Slices = { due: () => false, pass: async () => undefined };

async function indexOf(text: string): Promise<{ index: FileIndex; blocks: Block[] }> {
  const bytes = Buffer.from(text);
  const index = new FileIndex('csv', usualSizes);
  await index.readOn(async (from, to) => bytes.subarray(from, to), bytes.length, true, slices, () => undefined);
  return { index, blocks: Array.from({ length: index.blocks.count }, (_, block) => index.blocks.at(block)) };
}

describe('the index of a file', () => {
  it('has blocks of whole rows, one behind the other, none much longer than it should be', async () => {
    const text = `a,b\n${Array.from({ length: 100_000 }, (_, row) => `${row},"line\nbreak"\n`).join('')}`;
    const { index, blocks } = await indexOf(text);
    expect([index.blocks.rows, index.ended, index.readBytes]).toEqual([100_000, true, text.length]);
    expect(blocks.length).toBeLessThan(text.length / 20_000);
    blocks.forEach(({ start, end, firstRow, endRow }, at) => {
      expect([start, firstRow]).toEqual([blocks[at - 1]?.end ?? 0, blocks[at - 1]?.endRow ?? 0]);
      expect(end - start).toBeLessThan(usualSizes.blockBytes + 30);
      expect(text.slice(end - 2, end)).toBe('"\n');
      expect(text.slice(start, end).split('"\n').length - 1).toBe(endRow - firstRow);
    });
    for (const row of [0, 1, 50_000, 99_999]) {
      const { firstRow, endRow } = index.blocks.at(index.blocks.of(row));
      expect([firstRow <= row, row < endRow]).toEqual([true, true]);
    }
  });

  it('gives a long row a block of its own, and does not let empty lines grow without end', async () => {
    const long = await indexOf(`a\n1\n${'x'.repeat(1_000_000)}\n2\n`);
    expect(long.blocks.some(({ start, end, firstRow, endRow }) => end - start >= 1_000_000 && endRow - firstRow <= 2)).toBe(true);
    const { index, blocks } = await indexOf(`a,b\n1,2\n${'\n'.repeat(20 * 1024 * 1024)}3,4\n`);
    expect([index.blocks.rows, index.notes]).toEqual([2, []]);
    expect(Math.max(...blocks.map(({ start, end }) => end - start))).toBeLessThan(9 * 1024 * 1024);
    expect(index.blocks.at(index.blocks.of(1)).end).toBe(20 * 1024 * 1024 + 12);
  });

  it('finds blocks of a thousand', () => {
    const index = new BlockIndex(3);
    for (let block = 0; block < 1000; block++) index.add(3 + 10 * (block + 1), block % 3);
    expect([index.rows, index.at(0).start, index.at(999).end]).toEqual([999, 3, 10_003]);
    for (let row = 0; row < index.rows; row++) {
      const { firstRow, endRow } = index.at(index.of(row));
      expect([firstRow <= row, row < endRow]).toEqual([true, true]);
    }
  });
});
