// A table whose rows are in a file: the editor's side of what is done on the thread.

import { Cancelled, type ErrorParts, type LocalFailure } from '../model/errors';
import { Emitter } from '../model/lifetime';
import type { RowSelection, GrowingFile, GrowingTable, TableOrder, TableStatus, WriteOptions } from '../model/openTable';
import type { Cell } from '../model/table';
import type { ColumnSummary, Reading, TableQuery, ViewRow } from '../model/view';
import { Arrangement } from './arrangement';
import type { FileSizes } from './fileIndex';
import type { FileNews } from './tableMessages';
import type { TableChannel, ChannelListener, TableThread } from './tableThread';

const nothing: FileNews = { columns: [], rows: 0, readBytes: 0, notes: [], ended: false };

/** A file's table. Calls throw LocalFailure when its thread has ended, and Cancelled once it is disposed. */
export class FileTable implements GrowingTable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly arrangement = new Arrangement();
  private readonly channel: TableChannel;
  private news = nothing;
  /** What whoever writes the file has told of it. */
  private told: Reading | undefined;
  private ended: LocalFailure | undefined;
  private disposed = false;

  constructor(
    thread: TableThread,
    file: GrowingFile,
    grows: boolean,
    sizes: FileSizes,
    private readonly onDisposed: (table: FileTable) => void,
  ) {
    const listener: ChannelListener = {
      onNews: (news) => {
        this.news = news;
        this.changed.fire();
      },
      onEnded: (failure) => {
        this.ended = failure;
        this.changed.fire();
      },
    };
    if (grows) this.told = { readBytes: 0, state: 'reading' };
    this.channel = thread.join(listener);
    this.channel.post({ kind: 'openFile', table: this.channel.table, file, grows, sizes });
  }

  get status(): TableStatus {
    const { columns, rows, notes } = this.news;
    const { reading } = this;
    return { columns, totalRows: rows, notes, ...(reading !== undefined && { reading }) };
  }

  get order(): TableOrder {
    return this.arrangement.order(this.news.rows);
  }

  private get reading(): Reading | undefined {
    const { ended, readBytes, totalBytes, problem } = this.news;
    const known = totalBytes === undefined ? { readBytes } : { readBytes, totalBytes };
    const failed = problem ?? (ended ? undefined : this.ended && partsOf(this.ended));
    if (failed !== undefined) return { ...known, state: 'failed', problem: failed };
    if (this.told !== undefined) return this.told;
    return ended ? undefined : { ...known, state: 'reading' };
  }

  grown(bytes: number, reading: Reading | undefined): void {
    this.told = reading;
    this.channel.post({ kind: 'grown', table: this.channel.table, bytes, whole: reading === undefined });
    this.changed.fire();
  }

  async arrange(query: TableQuery, signal: AbortSignal, onProgress: (done: number) => void): Promise<void> {
    this.check();
    let asked: number | undefined;
    try {
      const before = await this.arrangement.change(query, signal, async (stamp, stop) => {
        asked = stamp;
        const reply = await this.channel.ask({ kind: 'arrange', query, stamp }, stop, { onProgress });
        return { matched: reply.kind === 'arrange' ? reply.matched : 0 };
      });
      this.forget(before);
    } catch (error) {
      // It may have been made before the thread heard that nobody wants it.
      this.forget(asked);
      throw error;
    }
    this.changed.fire();
  }

  async rows(from: number, count: number, columnFrom: number, columnCount: number): Promise<readonly ViewRow[]> {
    this.check();
    const reply = await this.channel.ask({ kind: 'rows', ...this.stamp, from, count, columnFrom, columnCount });
    return reply.kind === 'rows' ? reply.rows : [];
  }

  async cell(row: number, column: number): Promise<Cell> {
    this.check();
    const reply = await this.channel.ask({ kind: 'cell', row, column });
    return reply.kind === 'cell' ? reply.cell : undefined;
  }

  write(selection: RowSelection, options: WriteOptions, signal: AbortSignal): AsyncGenerator<string> {
    return this.pieces({ kind: 'write', ...this.stamp, selection, options }, signal);
  }

  private async *pieces(question: Parameters<TableChannel['write']>[0], signal: AbortSignal): AsyncGenerator<string> {
    this.check();
    yield* this.channel.write(question, signal);
  }

  async summarize(columns: readonly number[], signal: AbortSignal, onProgress: (done: number) => void): Promise<readonly ColumnSummary[]> {
    this.check();
    const reply = await this.channel.ask({ kind: 'summarize', columns }, signal, { onProgress });
    return reply.kind === 'summarize' ? reply.summaries : [];
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.arrangement.stop();
    this.changed.dispose();
    this.channel.leave();
    this.onDisposed(this);
  }

  private forget(stamp: number | undefined): void {
    if (stamp !== undefined) this.channel.post({ kind: 'forget', table: this.channel.table, stamp });
  }

  private get stamp(): { readonly stamp?: number } {
    const { stamp } = this.arrangement;
    return stamp === undefined ? {} : { stamp };
  }

  private check(): void {
    if (this.disposed) throw new Cancelled();
    if (this.ended !== undefined) throw this.ended;
  }
}

function partsOf({ message, advice }: LocalFailure): ErrorParts {
  return { sentence: message, advice };
}
