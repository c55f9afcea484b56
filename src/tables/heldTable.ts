// A table whose rows are held: read from memory, put in order and counted on the thread when there are many.

import { Cancelled } from '../model/errors';
import { Emitter } from '../model/lifetime';
import type { RowSelection, HeldTable, OpenTable, TableOrder, TableStatus, WriteOptions } from '../model/openTable';
import type { Cell } from '../model/table';
import type { ColumnSummary, TableQuery, ViewRow } from '../model/view';
import { Arrangement } from './arrangement';
import { heldColumns, HeldRows } from './heldRows';
import type { TableChannel, TableThread } from './tableThread';
import { paced, TimeSlices } from '../base/timeSlices';
import { viewRow } from './viewRows';
import { TableWork } from './work';

/** So many cells cross to the thread at once: few enough that nobody waits for it. */
const cellsAtOnce = 5000;

/** Rows that are held. Calls throw Cancelled once the table is disposed. */
export class HeldOpenTable implements OpenTable {
  readonly status: TableStatus;
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly arrangement = new Arrangement();
  private readonly table: HeldTable;
  private readonly work: TableWork;
  private readonly small: boolean;
  private channel: Promise<TableChannel> | undefined;
  private readonly disposed = new AbortController();

  /** @param cellsHere tables of no more cells are worked on where they are */
  constructor(
    private readonly thread: TableThread,
    table: HeldTable,
    cellsHere: number,
    private readonly onDisposed: (table: HeldOpenTable) => void,
  ) {
    const columns = heldColumns(table);
    this.table = table;
    this.status = { columns, totalRows: table.totalRows, notes: table.notes };
    this.small = table.rows.length * Math.max(1, columns.length) <= cellsHere;
    this.work = new TableWork(new HeldRows(columns, table.rows));
  }

  get order(): TableOrder {
    return this.arrangement.order(this.table.rows.length);
  }

  async arrange(query: TableQuery, signal: AbortSignal, onProgress: (done: number) => void): Promise<void> {
    this.check();
    await this.arrangement.change(query, signal, async (stamp, stop) => {
      if (this.small) {
        const rows = await this.work.arrange(query, new TimeSlices(stop), paced(onProgress));
        return { matched: rows.length, rows };
      }
      const reply = await (await this.joined(stop)).ask({ kind: 'arrange', query, stamp }, stop, { onProgress });
      return reply.kind === 'arrange' ? { matched: reply.matched, rows: reply.order } : { matched: 0 };
    });
    this.changed.fire();
  }

  async rows(from: number, count: number, columnFrom: number, columnCount: number): Promise<readonly ViewRow[]> {
    this.check();
    const { rows: order } = this.arrangement;
    const { rows } = this.table;
    const end = Math.min(from + count, order?.length ?? rows.length);
    const columnEnd = Math.min(columnFrom + columnCount, this.status.columns.length);
    const found: ViewRow[] = [];
    for (let place = from; place < end; place++) {
      const number = order?.[place] ?? place;
      found.push(viewRow(number, rows[number] ?? [], columnFrom, columnEnd));
    }
    return found;
  }

  async cell(row: number, column: number): Promise<Cell> {
    this.check();
    return this.table.rows[row]?.[column];
  }

  write(selection: RowSelection, options: WriteOptions, signal: AbortSignal): AsyncGenerator<string> {
    return this.pieces(this.arrangement.rows, selection, options, signal);
  }

  /** Pieces are small, so they are written here, one whenever the last was taken. */
  private async *pieces(
    order: Uint32Array | undefined,
    selection: RowSelection,
    options: WriteOptions,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    this.check();
    const stop = AbortSignal.any([signal, this.disposed.signal]);
    for await (const text of this.work.write(order, selection, options, new TimeSlices(stop))) {
      if (stop.aborted) throw new Cancelled();
      yield text;
    }
  }

  async summarize(columns: readonly number[], signal: AbortSignal, onProgress: (done: number) => void): Promise<readonly ColumnSummary[]> {
    this.check();
    const stop = AbortSignal.any([signal, this.disposed.signal]);
    if (stop.aborted) throw new Cancelled();
    if (this.small) {
      const summaries = await this.work.summarize(columns, new TimeSlices(stop), paced(onProgress));
      if (stop.aborted) throw new Cancelled();
      return summaries;
    }
    const reply = await (await this.joined(stop)).ask({ kind: 'summarize', columns }, stop, { onProgress });
    return reply.kind === 'summarize' ? reply.summaries : [];
  }

  dispose(): void {
    if (this.disposed.signal.aborted) return;
    this.disposed.abort();
    this.arrangement.stop();
    this.changed.dispose();
    void this.channel?.then(
      (channel) => channel.leave(),
      () => undefined,
    );
    this.onDisposed(this);
  }

  /** The place on the thread, once the rows are there: they are sent when they are needed first, and again when the thread has ended. */
  private async joined(signal: AbortSignal): Promise<TableChannel> {
    this.channel ??= this.send();
    const channel = await this.channel;
    if (signal.aborted) throw new Cancelled();
    return channel;
  }

  private async send(): Promise<TableChannel> {
    const { rows } = this.table;
    const { columns } = this.status;
    const channel = this.thread.join({
      onNews: () => undefined,
      onEnded: () => {
        this.channel = undefined;
      },
    });
    const { table } = channel;
    channel.post({ kind: 'openHeld', table, columns });
    const turns = new TimeSlices(this.disposed.signal);
    const step = Math.max(1, Math.floor(cellsAtOnce / Math.max(1, columns.length)));
    try {
      for (let from = 0; from < rows.length; from += step) {
        channel.post({ kind: 'heldRows', table, rows: rows.slice(from, from + step) });
        if (turns.due()) await turns.pass();
      }
    } catch (error) {
      channel.leave();
      throw error;
    }
    return channel;
  }

  private check(): void {
    if (this.disposed.signal.aborted) throw new Cancelled();
  }
}
