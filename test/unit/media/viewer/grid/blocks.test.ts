// The rows that a grid keeps in blocks: what is told of a row's cells goes along, whichever block they are in.

import { describe, expect, it } from 'vitest';
import type { CellChange } from '../../../../../src/model/view';
import { Blocks } from '../../../../../media/viewer/grid/blocks';

describe('blocks', () => {
  const cells = Array.from({ length: 130 }, (_, column) => String(column));
  const changes: Readonly<Record<number, CellChange>> = { 2: 'changed before', 64: 'changed after', 129: 'only after' };

  it('know which cells stand out, also of a row that comes with more cells than a block is wide', () => {
    for (const wide of [true, false]) {
      const blocks = new Blocks(130);
      const rows = (from: number, to: number) => [{ number: 7, cells: cells.slice(from, to), changes }, { number: 8, cells: cells.slice(from, to) }];
      if (wide) blocks.put(100, 0, rows(0, 130), 100);
      else for (const from of [0, 64, 128]) blocks.put(100, from, rows(from, Math.min(130, from + 64)), 100);
      expect([2, 3, 64, 129].map((column) => blocks.change(100, column))).toEqual(['changed before', undefined, 'changed after', 'only after']);
      expect([2, 64, 129].map((column) => blocks.change(101, column))).toEqual([undefined, undefined, undefined]);
      expect([blocks.change(99, 2), blocks.cell(100, 129)]).toEqual([undefined, '129']);
      blocks.clear();
      expect(blocks.change(100, 2)).toBeUndefined();
    }
  });
});
