// The tables of a panel: what the page is told of them and their order, and what stays while it is away.

import { describe, expect, it } from 'vitest';
import { Cancelled, InvalidInput, LocalFailure } from '../../../../src/model/errors';
import { Emitter } from '../../../../src/model/lifetime';
import type { OpenTable } from '../../../../src/model/openTable';
import type { TableQuery } from '../../../../src/model/view';
import { changed, hostWith, held, opener, rowsOf, tableOf } from './testHost';

const byNumber: TableQuery = { sort: { column: 0, descending: false }, filters: [] };

describe('what the page is told', () => {
  it('has the first rows, the columns and the notes', async () => {
    const view = await hostWith({ ...held(rowsOf(250)), notes: ['Of the panel.'] }).view();
    expect(view).toMatchObject({ name: 'o', totalRows: 250, matchedRows: 250, query: { filters: [] }, notes: ['Of the panel.', 'A note.'], scripts: [] });
    expect(view.columns.map(({ kind }) => kind)).toEqual(['number', 'text']);
    expect(view.rows).toHaveLength(100);
    expect(view.rows[1]).toEqual({ number: 1, cells: ['249', 'name 1'] });
    expect(view).not.toHaveProperty('joined');
    expect(view).not.toHaveProperty('reading');
  });

  it('of an empty table is told too', async () => {
    expect(await hostWith(held([])).view()).toMatchObject({ totalRows: 0, matchedRows: 0, rows: [] });
  });

  it('rows come by their order, and those of another order are not sent', async () => {
    const { tableHost: tableHost, told, received, view } = hostWith(held(rowsOf(250)));
    const { stamp } = await view();
    await tableHost.handle({ type: 'rows', table: 0, stamp, from: 200, columnFrom: 0 });
    const { rows } = await received('rows', ({ from }) => from === 200);
    expect([rows.length, rows[0]]).toEqual([50, { number: 200, cells: ['50', 'name 200'] }]);
    told.length = 0;
    await tableHost.handle({ type: 'rows', table: 0, stamp: stamp + 1, from: 0, columnFrom: 0 });
    await tableHost.handle({ type: 'rows', table: 7, stamp, from: 0, columnFrom: 0 });
    expect(told).toEqual([]);
  });

  it('an order is told with its first rows, and is still there for a page that comes later', async () => {
    const { tableHost, received, view } = hostWith(held(rowsOf(250)));
    const { stamp } = await view();
    await tableHost.handle({ type: 'arrange', table: 0, query: byNumber });
    const { view: sorted } = await received('table', (message) => message.view.stamp !== stamp);
    expect(sorted.query).toEqual(byNumber);
    expect(sorted.rows[0]).toEqual({ number: 249, cells: ['1', 'name 249'] });
    await tableHost.handle({ type: 'arrange', table: 0, query: { filters: [{ kind: 'contains', column: 1, text: 'NAME 24' }] } });
    expect(await view()).toMatchObject({ matchedRows: 11, totalRows: 250, rows: expect.objectContaining({ length: 11 }) });
  });

  it('a query about columns that are not there is left', async () => {
    const { tableHost, view } = hostWith(held(rowsOf(3)));
    const before = await view();
    for (const query of [{ sort: { column: 2, descending: true }, filters: [] }, { filters: [{ kind: 'is', column: 9, text: '' }] }] satisfies TableQuery[]) {
      await tableHost.handle({ type: 'arrange', table: 0, query });
    }
    expect(await view()).toEqual(before);
  });

  it('a table that takes the place of another has another stamp, also when it is the same table', async () => {
    const { tableHost, view } = hostWith(held(rowsOf(3)));
    const { stamp } = await view();
    tableHost.put(0, held(rowsOf(3)));
    expect((await view()).stamp).not.toBe(stamp);
  });

  it('news come no faster than a page can take them', async () => {
    const news = new Emitter<void>();
    const table = changed(opener.openHeld(tableOf(rowsOf(5))), { onDidChange: news.event });
    const { told, received, view } = hostWith({ name: 'o', open: () => table });
    await view();
    for (let times = 0; times < 1000; times++) news.fire();
    await received('table', () => true);
    for (let times = 0; times < 1000; times++) news.fire();
    expect(told).toHaveLength(1);
  });

  it('what happens while news are gathered is told as well', async () => {
    const news = new Emitter<void>();
    const table = opener.openHeld(tableOf(rowsOf(5)));
    let notes: readonly string[] = ['Before.'];
    let happen: () => void = () => undefined;
    const growing = changed(table, { onDidChange: news.event });
    // Right after the status was looked at, and before the page is told.
    Object.defineProperty(growing, 'status', { get: () => (queueMicrotask(() => happen()), { ...table.status, notes }) });
    const { received, view } = hostWith({ name: 'o', open: () => growing });
    await view();
    happen = () => {
      happen = () => undefined;
      notes = ['After.'];
      news.fire();
    };
    news.fire();
    await received('table', ({ view: told }) => told.notes[0] === 'After.');
  });

  it('rows that cannot be read are told as a problem, and what is gone is told nothing', async () => {
    const table = opener.openHeld(tableOf(rowsOf(300)));
    let fail = false;
    const broken = changed(table, { rows: (...call) => (fail ? Promise.reject(new LocalFailure({ sentence: 'The file has changed since it was opened.' })) : table.rows(...call)) });
    const { tableHost, told, received, view } = hostWith({ name: 'o', open: () => broken });
    const { stamp } = await view();
    fail = true;
    await tableHost.handle({ type: 'rows', table: 0, stamp, from: 100, columnFrom: 0 });
    expect((await received('table', (message) => message.view.problem !== undefined)).view.problem?.sentence).toBe('The file has changed since it was opened.');
    told.length = 0;
    const reading = tableHost.handle({ type: 'rows', table: 0, stamp, from: 100, columnFrom: 0 });
    tableHost.clear();
    await reading;
    expect([told, await tableHost.view(0)]).toEqual([[], undefined]);
  });
});

describe('an order that takes its time', () => {
  function slow() {
    const table = opener.openHeld(tableOf(rowsOf(10)));
    const made: { readonly query: TableQuery; readonly signal: AbortSignal; readonly progress: (done: number) => void; readonly end: (error?: unknown) => void }[] = [];
    const open = (): OpenTable => changed(table, {
      arrange: (query, signal, progress) => new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Cancelled()));
        made.push({ query, signal, progress, end: (error) => (error === undefined ? resolve() : reject(error instanceof Error ? error : new Error('?'))) });
      }),
    });
    return { made, ...hostWith({ name: 'o', open }) };
  }

  it('tells how far it is, and that it has ended', async () => {
    const { tableHost, made, received, told } = slow();
    const arranging = tableHost.handle({ type: 'arrange', table: 0, query: byNumber });
    await received('table', ({ view }) => view.working === 0);
    made[0]?.progress(0.4);
    await received('table', ({ view }) => view.working === 0.4);
    told.length = 0;
    made[0]?.end();
    await arranging;
    expect((await received('table', () => true)).view).not.toHaveProperty('working');
  });

  it('is stopped on demand, without a word of complaint', async () => {
    const { tableHost, made, received, view } = slow();
    const arranging = tableHost.handle({ type: 'arrange', table: 0, query: byNumber });
    await tableHost.handle({ type: 'stopArranging', table: 0 });
    await arranging;
    expect(made[0]?.signal.aborted).toBe(true);
    await received('table', ({ view: told }) => told.working === undefined);
    expect(await view()).not.toHaveProperty('problem');
  });

  it('gives way to a newer one, whose progress alone is told', async () => {
    const { tableHost, made, view } = slow();
    const first = tableHost.handle({ type: 'arrange', table: 0, query: byNumber });
    const second = tableHost.handle({ type: 'arrange', table: 0, query: { filters: [] } });
    await first;
    expect(made[0]?.signal.aborted).toBe(true);
    made[0]?.progress(0.9);
    expect((await view()).working).toBe(0);
    made[1]?.end();
    await second;
    expect(await view()).not.toHaveProperty('working');
  });

  it('that fails says why, until the next is asked for', async () => {
    const { tableHost, made, view } = slow();
    const arranging = tableHost.handle({ type: 'arrange', table: 0, query: byNumber });
    made[0]?.end(new Error('No thread.'));
    await arranging;
    expect((await view()).problem).toEqual({ sentence: 'No thread.' });
    const next = tableHost.handle({ type: 'arrange', table: 0, query: byNumber });
    expect(await view()).not.toHaveProperty('problem');
    made[1]?.end();
    await next;
  });
});

it('reading on is the panel\'s affair, and marks of another order are refused', async () => {
  let times = 0;
  const { tableHost, view } = hostWith({ ...held(rowsOf(3)), readOn: () => void times++ });
  await tableHost.handle({ type: 'readOn', table: 0 });
  expect(times).toBe(1);
  const { stamp } = await view();
  const marked = { stamp: stamp + 1, fromRow: 0, toRow: 1, columns: [0], head: true };
  await expect(tableHost.handle({ type: 'copyMarked', table: 0, marked, format: 'csv' })).rejects.toThrow(InvalidInput);
  await expect(tableHost.handle({ type: 'export', table: 0, marked })).rejects.toThrow('another order');
});
