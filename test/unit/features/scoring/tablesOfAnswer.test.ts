// What a panel tells of single cells and whole columns, and of an answer beside its request.

import { describe, expect, it } from 'vitest';
import { answerTables } from '../../../../src/features/scoring/tablesOfAnswer';
import { Cancelled } from '../../../../src/model/errors';
import type { OpenTable } from '../../../../src/model/openTable';
import type { Table } from '../../../../src/model/table';
import { changed, hostWith, held, opener, rowsOf, tableOf } from '../../ui/tables/testHost';

describe('one cell', () => {
  it('comes whole, as far as a page can bear it, and is not cut within a character', async () => {
    const long = `${'x'.repeat(999_999)}🙂${'y'.repeat(50)}`;
    const { tableHost: tableHost, told } = hostWith(held([['1', long], ['2', null]]));
    await tableHost.handle({ type: 'cell', table: 0, row: 0, column: 1 });
    await tableHost.handle({ type: 'cell', table: 0, row: 1, column: 1 });
    await tableHost.handle({ type: 'cell', table: 0, row: 2, column: 0 });
    await tableHost.handle({ type: 'cell', table: 0, row: 0, column: 2 });
    expect(told).toEqual([
      { type: 'cell', table: 0, row: 0, column: 1, text: 'x'.repeat(999_999), length: long.length },
      { type: 'cell', table: 0, row: 1, column: 1, text: '', length: 0 },
    ]);
  });
});

describe('summaries', () => {
  it('are counted once', async () => {
    const table = opener.openHeld(tableOf(rowsOf(50)));
    const passes: (readonly number[])[] = [];
    const open = (): OpenTable => changed(table, { summarize: (columns, ...rest) => (passes.push(columns), table.summarize(columns, ...rest)) });
    const { tableHost, received } = hostWith({ name: 'o', open });
    await tableHost.handle({ type: 'summarize', table: 0, columns: [0] });
    await tableHost.handle({ type: 'summarize', table: 0, columns: [0, 1] });
    await tableHost.handle({ type: 'summarize', table: 0, columns: [9] });
    expect(passes).toEqual([[0], [1]]);
    const { summaries } = await received('summary', ({ columns, summaries: counted }) => columns.length === 2 && counted !== undefined);
    expect(summaries).toMatchObject([{ kind: 'number', column: 0, rows: 50, least: 1, most: 50 }, { kind: 'text', column: 1, distinct: 50 }]);
  });

  it('tell how far they are, and can be stopped with all that wait', async () => {
    const table = opener.openHeld(tableOf(rowsOf(5)));
    const open = (): OpenTable => changed(table, {
      summarize: (_columns, signal, progress) => new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Cancelled()));
        progress(0.25);
      }),
    });
    const { tableHost, received } = hostWith({ name: 'o', open });
    const counting = Promise.all([tableHost.handle({ type: 'summarize', table: 0, columns: [0] }), tableHost.handle({ type: 'summarize', table: 0, columns: [1] })]);
    await received('summary', ({ done }) => done === 0.25);
    await tableHost.handle({ type: 'stopSummary', table: 0 });
    await counting;
    for (const column of [0, 1]) expect((await received('summary', ({ columns, problem }) => columns[0] === column && problem !== undefined)).problem?.sentence).toBe('The counting was stopped.');
  });

  it('that fail say why', async () => {
    const open = (): OpenTable => changed(opener.openHeld(tableOf(rowsOf(5))), { summarize: () => Promise.reject(new Error('Gone.')) });
    const { tableHost, told } = hostWith({ name: 'o', open });
    await tableHost.handle({ type: 'summarize', table: 0, columns: [0] });
    expect(told).toEqual([{ type: 'summary', table: 0, columns: [0], problem: { sentence: 'Gone.' } }]);
  });
});

describe('an answer', () => {
  const output = tableOf([['1', 'a'], ['2', 'b']]);
  const requestBody = '{"Inputs":{"input1":{"ColumnNames":["x","n"],"Values":[["9.50",1],["8",2]]}}}';

  it('stands beside what was sent, until that is not wanted', async () => {
    const { tableHost, view } = hostWith(...answerTables({ tables: [output], requestBody }, opener));
    const both = await view();
    // The column that came back as it was sent stands once, and is one of the output's own all the same.
    expect([both.joined, both.ownColumns]).toEqual([true, 2]);
    expect(both.columns.map(({ name, group }) => [group, name])).toEqual([['Sent', 'x'], ['Sent', 'n'], ['Came back', 'text']]);
    expect(both.rows[0]?.cells).toEqual(['9.50', '1', 'a']);
    expect(both.notes.join(' ')).toContain('1 column came back exactly as it was sent');
    await tableHost.handle({ type: 'join', table: 0, on: false });
    const alone = await view();
    expect(alone).toMatchObject({ joined: false, notes: ['A note.'] });
    expect(alone.columns.map(({ name }) => name)).toEqual(['n', 'text']);
    expect(alone.stamp).not.toBe(both.stamp);
    await tableHost.handle({ type: 'join', table: 0, on: true });
    expect((await view()).columns).toHaveLength(3);
  });

  it('that cannot stand beside it says why, and has no choice', async () => {
    const { tableHost, view } = hostWith(...answerTables({ tables: [tableOf([['1', 'a']])], requestBody }, opener));
    const alone = await view();
    expect(alone.notes.join(' ')).toContain('cannot be put side by side');
    await tableHost.handle({ type: 'join', table: 0, on: true });
    expect(await view()).toEqual(alone);
  });

  it('to a request that is no table, or is very long, stands alone', async () => {
    expect(await hostWith(...answerTables({ tables: [output], requestBody: 'no' }, opener)).view()).not.toHaveProperty('joined');
    const long = await hostWith(...answerTables({ tables: [output], requestBody: `${requestBody}${' '.repeat(8 * 1024 * 1024)}` }, opener)).view();
    expect(long).not.toHaveProperty('joined');
    expect(long.notes[0]).toContain('larger than 8 MB');
  });

  it('of which only the first rows are at hand is a table of these, and says so', async () => {
    const first = await hostWith(...answerTables({ tables: [{ ...output, totalRows: 1_234_567 }], requestBody: 'no' }, opener)).view();
    expect(first).toMatchObject({ totalRows: 2, matchedRows: 2 });
    expect(first.notes[0]).toBe('These are the first 2 of 1,234,567 rows: only they are shown, sorted, searched, counted and exported. The body has them all.');
  });

  it('shows what a script has said', async () => {
    const said: Table = { name: 'o', columns: [{ name: 'R Output JSON' }], rows: [['{"Standard Output":"hello","Standard Error":"","visualizationType":"rOutput","Graphics Device":[]}']], totalRows: 1, notes: [] };
    expect((await hostWith(...answerTables({ tables: [said], requestBody: '' }, opener)).view()).scripts).toMatchObject([{ kind: 'text', text: 'hello' }]);
  });
});
