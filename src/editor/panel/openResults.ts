// The results of the job that is shown, as far as somebody has looked at them: what was read, what is being read, what went wrong.

import type { ResultView } from '../../messages';
import { Cancelled, type ErrorParts } from '../../model/errors';
import type { Job } from '../../model/job';
import type { Table } from '../../model/table';
import { formatOf } from '../../protocol/rows';
import type { ResultReader } from '../jobs/results';
import { moreRows } from './view';

/** What is needed from outside. */
export interface OpenResultsParts {
  /** A reader of the output `name`, of which nothing is read yet. */
  readonly open: (job: Job, name: string) => Promise<ResultReader>;
  readonly describe: (error: unknown) => ErrorParts;
  /** Called when the view of a result has changed. */
  readonly changed: (index: number) => void;
}

type Opened =
  | { readonly kind: 'reading' }
  | { readonly kind: 'file'; readonly note: string }
  | { readonly kind: 'failed'; readonly problem: ErrorParts }
  | { readonly kind: 'table'; readonly name: string; readonly reader: ResultReader; readonly busy: boolean; readonly problem?: ErrorParts };

/** Results by their number in the job's status. All reading ends when another job is turned to. */
export class OpenResults {
  private readonly opened = new Map<number, Opened>();
  private reading = new AbortController();

  constructor(private readonly parts: OpenResultsParts) {}

  /** The numbers of the results that somebody has looked at. */
  get open(): readonly number[] {
    return [...this.opened.keys()];
  }

  /** Forgets all of them. */
  clear(): void {
    this.reading.abort();
    this.reading = new AbortController();
    this.opened.clear();
  }

  /** Reads the first rows of a result; one that failed, or whose reading did not go on, is read anew. */
  async read(job: Job, index: number): Promise<void> {
    const result = job.status?.results[index];
    const before = this.opened.get(index);
    if (!result || before?.kind === 'reading') return;
    if (before?.kind === 'table' && (before.busy || !before.problem)) return this.parts.changed(index);
    const { signal } = this.reading;
    const format = formatOf(result.location);
    if (format === undefined || format === 'ilearner') {
      return this.set(index, { kind: 'file', note: format ? 'This is a trained model, not a table.' : 'Files of this kind are not shown as tables.' }, signal);
    }
    this.set(index, { kind: 'reading' }, signal);
    try {
      const reader = await this.parts.open(job, result.name);
      await reader.readOn(signal);
      this.set(index, { kind: 'table', name: result.name, reader, busy: false }, signal);
    } catch (error) {
      this.set(index, error instanceof Cancelled ? undefined : { kind: 'failed', problem: this.parts.describe(error) }, signal);
    }
  }

  /** Reads more rows of a result that is open. */
  async readOn(index: number): Promise<void> {
    const before = this.opened.get(index);
    if (before?.kind !== 'table' || before.busy) return;
    const { name, reader } = before;
    const { signal } = this.reading;
    this.set(index, { kind: 'table', name, reader, busy: true }, signal);
    try {
      await reader.readOn(signal);
      this.set(index, { kind: 'table', name, reader, busy: false }, signal);
    } catch (error) {
      this.set(index, { kind: 'table', name, reader, busy: false, ...(error instanceof Cancelled ? {} : { problem: this.parts.describe(error) }) }, signal);
    }
  }

  /** The rows of a result that are held, or undefined when it is not open as a table. */
  table(index: number): Table | undefined {
    const opened = this.opened.get(index);
    return opened?.kind === 'table' ? opened.reader.table : undefined;
  }

  /** True when all of the file was read. */
  isWhole(index: number): boolean {
    const opened = this.opened.get(index);
    return opened?.kind === 'table' && opened.reader.ended;
  }

  /** What the page gets. */
  view(index: number): ResultView {
    const opened = this.opened.get(index);
    if (!opened) return { kind: 'closed' };
    if (opened.kind !== 'table') return opened;
    const { name, reader, busy, problem } = opened;
    const { table, totalBytes } = reader;
    return {
      kind: 'table', busy, more: reader.more, readBytes: reader.readBytes,
      table: { name, columns: table.columns, rows: moreRows(table, 0), totalRows: table.totalRows, availableRows: table.rows.length, notes: table.notes },
      ...(totalBytes === undefined ? {} : { totalBytes }),
      ...(problem ? { problem } : {}),
    };
  }

  /** `signal` is that of the job for which it was read: what comes late is left. */
  private set(index: number, opened: Opened | undefined, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (opened) this.opened.set(index, opened);
    else this.opened.delete(index);
    this.parts.changed(index);
  }
}
