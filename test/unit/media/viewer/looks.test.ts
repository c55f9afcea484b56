// How tables are looked at is kept for the last few of them, and nothing that was saved is believed.

import { describe, expect, it } from 'vitest';
import { keptKeys, keptLayout, layoutOf, lookOf, readLooks, withLook, type Looks, type TableLook } from '../../../../media/viewer/looks';
import type { ViewColumn } from '../../../../src/model/view';

const look: TableLook = { joinedLayout: { columns: 4, widths: {}, pinned: [3], hidden: [] }, layout: { columns: 3, widths: { 1: 80 }, pinned: [2], hidden: [0] }, scroll: { row: 7, left: 30 }, sort: { column: 1, descending: true }, list: false, pictures: true, joined: false };

describe('looks', () => {
  it('come back by key and table', () => {
    const looks = withLook(withLook([], 'a', 0, look), 'a', 1, { list: true });
    expect(readLooks(JSON.parse(JSON.stringify(looks)))).toEqual(looks);
    expect([lookOf(looks, 'a', 0), lookOf(looks, 'a', 1), lookOf(looks, 'a', 2), lookOf(looks, 'b', 0)]).toEqual([look, { list: true }, {}, {}]);
  });

  it('are those of the last few keys: one that is looked at again is young', () => {
    let looks: Looks = [];
    for (let at = 0; at < keptKeys + 5; at++) looks = withLook(withLook(looks, `k${at}`, 0, look), 'k0', 0, look);
    expect(looks).toHaveLength(keptKeys);
    expect([lookOf(looks, 'k0', 0), lookOf(looks, 'k5', 0)]).toEqual([look, {}]);
  });

  it.each([null, 7, 'x', {}, [null], [{ key: 1, tables: {} }], [{ key: 'a' }], [{ key: 'a', tables: 'x' }]])('that make no sense are left: %j', (saved) => expect(readLooks(saved)).toEqual([]));

  it('lose what makes no sense and keep the rest', () => {
    const tables = { 0: {
      layout: { columns: 2, widths: { 0: 50, 1: -5, 7: 50, x: 9 }, pinned: [0, 0, 5, 'a'], hidden: [1.5, 1] }, scroll: { row: -1, left: 0 }, sort: { column: 'age', descending: true }, list: 'yes', joined: true,
    }, 1: { layout: { columns: 'many' }, sort: { column: 1, descending: 1 } }, 2: null };
    expect(readLooks([{ key: 'a', tables }])).toEqual([{ key: 'a', tables: { 0: { layout: { columns: 2, widths: { 0: 50, 7: 50 }, pinned: [0, 5], hidden: [1] }, joined: true }, 1: {}, 2: {} } }]);
  });
});

describe('a layout', () => {
  const named = (count: number, nameless = 0): ViewColumn[] => Array.from({ length: count + nameless }, (_, at) => ({ name: at < count ? `c${at}` : '', kind: 'text' }));
  const layout = { widths: { 0: 50, 4: 70 }, pinned: [4, 1], hidden: [0, 3] };

  it('holds for the columns that the head names, whether those of longer rows have come or not', () => {
    const kept = keptLayout(layout, named(3, 2), false);
    expect(layoutOf(kept, named(3, 2), false)).toEqual(layout);
    expect(layoutOf(kept, named(3), false)).toEqual({ widths: { 0: 50 }, pinned: [1], hidden: [0] });
    expect(layoutOf(kept, named(4), false)).toEqual({ widths: { 0: 50 }, pinned: [1], hidden: [0] });
  });

  it('goes along with its columns when they have moved, and lets go of those that are gone', () => {
    const [one, two, three] = named(3);
    if (!one || !two || !three) throw new Error('There are three columns.');
    const kept = keptLayout({ widths: { 0: 50, 1: 60 }, pinned: [2, 1], hidden: [0] }, [one, two, three], false);
    expect(layoutOf(kept, [{ name: 'new', kind: 'text' }, three, one], false)).toEqual({ widths: { 2: 50 }, pinned: [1], hidden: [2] });
    expect(JSON.stringify(kept)).not.toMatch(/c[012]/);
  });

  it('of an earlier version holds for the same number of columns, and for no other', () => {
    const earlier = { layout: { columns: 3, widths: { 0: 50 }, pinned: [2], hidden: [1] } };
    expect(layoutOf(earlier, named(3), false)).toEqual({ widths: { 0: 50 }, pinned: [2], hidden: [1] });
    expect(layoutOf(earlier, named(4), false)).toEqual({ widths: {}, pinned: [], hidden: [] });
    const [read] = readLooks([{ key: 'a', tables: { 0: earlier } }]);
    expect(read?.tables[0]).toEqual(earlier);
  });

  it('never hides all columns', () => expect(layoutOf(keptLayout({ widths: {}, pinned: [], hidden: [0, 1] }, named(2, 1), false), named(2), false).hidden).toEqual([]));

  it('is another one where what was sent stands beside', () => {
    const kept = keptLayout(layout, named(5), true);
    expect(layoutOf(kept, named(5), true)).toEqual(layout);
    expect(layoutOf(kept, named(5), false).hidden).toEqual([]);
    expect(layoutOf({ ...kept, ...keptLayout({ ...layout, hidden: [1] }, named(5), false) }, named(5), true)).toEqual(layout);
  });
});
