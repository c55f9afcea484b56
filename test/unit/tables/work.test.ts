// Long work lets others have a turn, and ends when nobody wants it any more.

import { describe, expect, it } from 'vitest';
import { HeldRows } from '../../../src/tables/heldRows';
import { PackedRows } from '../../../src/tables/packedRows';
import { paced, TimeSlices } from '../../../src/base/timeSlices';
import { cellView } from '../../../src/tables/viewRows';
import { TableWork } from '../../../src/tables/work';
import { Cancelled } from '../../../src/model/errors';
import type { ViewColumn } from '../../../src/model/view';
import type { Slices } from '../../../src/base/slices';

const columns: readonly ViewColumn[] = [{ name: 'n', kind: 'number' }, { name: 't', kind: 'text' }];
const rows = Array.from({ length: 20_000 }, (_, row) => [String((row * 7919) % 20_000), `text ${row}`]);

/** Counts the turns that were given, and stops at one of them. */
class Counted implements Slices {
  turns = 0;

  constructor(private readonly last: number) {}

  due(): boolean {
    return true;
  }

  async pass(): Promise<void> {
    if (++this.turns >= this.last) throw new Cancelled();
  }
}

describe('work on a table', () => {
  it.each([
    ['a sort by numbers', (work: TableWork, slices: Slices) => work.arrange({ filters: [], sort: { column: 0, descending: false } }, slices, () => undefined)],
    ['a sort by text', (work: TableWork, slices: Slices) => work.arrange({ filters: [], sort: { column: 1, descending: true } }, slices, () => undefined)],
    ['a search', (work: TableWork, slices: Slices) => work.arrange({ filters: [], search: '99' }, slices, () => undefined)],
    ['counting', (work: TableWork, slices: Slices) => work.summarize([0, 1], slices, () => undefined)],
    ['writing', async (work: TableWork, slices: Slices) => {
      for await (const piece of work.write(undefined, { fromRow: 0, toRow: 20_000, columns: [0, 1] }, { format: 'csv', head: true, guardFormulas: true }, slices)) expect(piece).not.toBe('');
    }],
  ])('%s gives many turns, and stops at any of them', async (_name, run) => {
    const all = new Counted(Infinity);
    await run(new TableWork(new HeldRows(columns, rows)), all);
    expect(all.turns).toBeGreaterThan(100);
    for (const last of [1, 50, all.turns]) {
      const slices = new Counted(last);
      await expect(run(new TableWork(new HeldRows(columns, rows)), slices)).rejects.toBeInstanceOf(Cancelled);
      expect(slices.turns).toBe(last);
    }
  });

  it('lets the thread go for a moment at each turn, and ends once its signal is raised', async () => {
    const stop = new AbortController();
    const turns = new TimeSlices(stop.signal);
    setImmediate(() => stop.abort());
    await expect(turns.pass()).rejects.toBeInstanceOf(Cancelled);
    await expect(turns.pass()).rejects.toBeInstanceOf(Cancelled);
  });

  it('tells its progress now and then', () => {
    const told: number[] = [];
    const tell = paced((done) => told.push(done));
    for (let step = 0; step < 1000; step++) tell(step / 1000);
    expect([told[0], told.length < 1000]).toEqual([0, true]);
  });
});

describe('rows that are packed', () => {
  it('come out as they went in', () => {
    const packed = new PackedRows(3, 3, (text) => text);
    const cells = [['a', null, undefined], ['', 'ü😀', '1'], [undefined, '', null]];
    cells.forEach((row, place) => packed.put(place, row));
    expect(cells.map((_, place) => packed.get(place))).toEqual(cells);
  });
});

describe('a cell on a page', () => {
  it.each([
    [undefined, { missing: true }], [null, null], ['', ''], ['x'.repeat(300), 'x'.repeat(300)],
    ['x'.repeat(301), { cut: 'x'.repeat(300), length: 301 }], [`${'x'.repeat(299)}😀`, { cut: 'x'.repeat(299), length: 301 }],
  ])('%j', (cell, view) => expect(cellView(cell)).toEqual(view));
});
