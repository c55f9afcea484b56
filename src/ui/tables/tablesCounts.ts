// Counts what columns of a table hold, one pass after another, and tells the page how far it is; what was counted once is kept.

import type { ToTable } from './messages';
import { Cancelled, type ErrorParts } from '../../model/errors';
import type { OpenTable } from '../../model/openTable';
import type { ColumnSummary } from '../../model/view';

/** Progress is told this often at most, in milliseconds. */
const pauseMs = 100;

/** The counting of one open table. */
export class TableCounts {
  private readonly known = new Map<number, ColumnSummary>();
  /** Rows that the known summaries are of. */
  private knownRows = -1;
  private last: Promise<void> = Promise.resolve();
  private stopping = new AbortController();

  constructor(
    private readonly table: OpenTable,
    private readonly index: number,
    private readonly parts: { readonly send: (message: ToTable) => void; readonly describe: (error: unknown) => ErrorParts },
  ) {}

  /** Counts these columns when those asked for before are done. Never throws: what goes wrong is told to the page. */
  count(columns: readonly number[]): Promise<void> {
    const { signal } = this.stopping;
    const there = columns.filter((column) => column < this.table.status.columns.length);
    if (there.length === 0) return Promise.resolve();
    this.last = this.last.then(() => this.pass(there, signal));
    return this.last;
  }

  /** Stops what is counted and what waits for it. */
  stop(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
  }

  private async pass(columns: readonly number[], signal: AbortSignal): Promise<void> {
    const { table, known } = this;
    const tell = (news: Pick<Extract<ToTable, { type: 'summary' }>, 'done' | 'summaries' | 'problem'>): void =>
      this.parts.send({ type: 'summary', table: this.index, columns, ...news });
    const rows = table.status.totalRows;
    if (rows !== this.knownRows) known.clear();
    this.knownRows = rows;
    const missing = columns.filter((column) => !known.has(column));
    try {
      if (signal.aborted) throw new Cancelled();
      if (missing.length > 0) {
        let toldAt = -pauseMs;
        const counted = await table.summarize(missing, signal, (done) => {
          if (performance.now() - toldAt < pauseMs || signal.aborted) return;
          toldAt = performance.now();
          tell({ done });
        });
        for (const summary of counted) known.set(summary.column, summary);
      }
      tell({ summaries: columns.flatMap((column) => known.get(column) ?? []) });
      // More rows came while these were counted.
      if (table.status.totalRows !== rows) known.clear();
    } catch (error) {
      tell({ problem: error instanceof Cancelled ? { sentence: 'The counting was stopped.' } : this.parts.describe(error) });
    }
  }
}
