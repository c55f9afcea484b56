// The results of the job that is shown, as far as somebody has looked at them: each a file that comes while its rows are already looked at.

import type { ResultFile } from '../../storage/resultFile';
import type { ResultView } from './messages';
import { Cancelled, type ErrorParts } from '../../model/errors';
import type { Job } from '../../model/job';
import { DisposableStore } from '../../model/lifetime';
import type { GrowingFile, GrowingTable, TableOpener } from '../../model/openTable';
import { formatOf } from '../../tables/rows';
import type { TableHost } from '../../ui/tables/tableHost';

/** What is needed from outside. */
export interface OpenResultsParts {
  /** A file for the output `name`, of which nothing is read yet. */
  readonly open: (job: Job, name: string, format: GrowingFile['format']) => Promise<ResultFile>;
  readonly opener: () => Promise<TableOpener>;
  /** Removes such a file. */
  readonly remove: (path: string) => Promise<void>;
  readonly tableHost: TableHost;
  readonly describe: (error: unknown) => ErrorParts;
  /** Called when the view of a result has changed; its table tells of changes by itself. */
  readonly changed: (index: number) => void;
}

/** A result whose file comes, or is there. */
interface Coming {
  readonly kind: 'coming';
  readonly job: Job;
  readonly file: ResultFile;
  readonly format: GrowingFile['format'];
  readonly own: DisposableStore;
  /** Absent until there are bytes to be read. */
  table: GrowingTable | undefined;
  /** True when there is something to be seen. */
  shown: boolean;
}

type Opened =
  | { readonly kind: 'reading' }
  | { readonly kind: 'file'; readonly note: string }
  | { readonly kind: 'failed'; readonly problem: ErrorParts }
  | Coming;

/**
 * Results by their number in the job's status, which is that of their table at the host. All reading ends, and what was read is removed,
 * when another job is turned to.
 */
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
    for (const index of this.open) this.close(index);
  }

  /** Opens a result; one that failed is opened anew. Resolves when its reading has stopped, for whatever reason. */
  async read(job: Job, index: number): Promise<void> {
    const result = job.status?.results[index];
    const before = this.opened.get(index);
    if (!result || before?.kind === 'reading') return;
    if (before?.kind === 'coming') return this.parts.changed(index);
    const { signal } = this.reading;
    const format = formatOf(result.location);
    if (format === undefined || format === 'ilearner') {
      return this.set(index, {
        kind: 'file',
        note: format ? 'This is a trained model, not a table.' : 'Files of this kind are not shown as tables.',
      });
    }
    this.set(index, { kind: 'reading' });
    try {
      const opener = await this.parts.opener();
      const file = await this.parts.open(job, result.name, format);
      if (signal.aborted) return;
      const coming: Coming = { kind: 'coming', job, file, format, own: new DisposableStore(), table: undefined, shown: false };
      this.opened.set(index, coming);
      coming.own.add(file);
      coming.own.add(file.onDidChange(() => this.follow(index, result.name, coming, opener)));
      await file.readOn(signal);
    } catch (error) {
      if (!signal.aborted)
        this.set(index, error instanceof Cancelled ? undefined : { kind: 'failed', problem: this.parts.describe(error) });
    }
  }

  /** Lets the reading of a result go on, or tries it again; anew where the file is another one by now. */
  async readOn(index: number): Promise<void> {
    const before = this.opened.get(index);
    if (before?.kind !== 'coming') return;
    if (!before.file.hasChanged) return before.file.readOn(this.reading.signal);
    this.close(index);
    return this.read(before.job, index);
  }

  /** Where a result is on this disk, once all of it is there. */
  wholeFile(index: number): string | undefined {
    const opened = this.opened.get(index);
    return opened?.kind === 'coming' && opened.file.reading === undefined ? opened.file.path : undefined;
  }

  /** What the page gets. */
  async view(index: number): Promise<ResultView> {
    const opened = this.opened.get(index);
    if (!opened) return { kind: 'closed' };
    if (opened.kind !== 'coming') return opened;
    const view = opened.shown ? await this.parts.tableHost.view(index) : undefined;
    return view ? { kind: 'table', view } : { kind: 'reading' };
  }

  /** The file has changed: the table is told, and the page once there is something to see. */
  private follow(index: number, name: string, coming: Coming, opener: TableOpener): void {
    if (this.opened.get(index) !== coming) return;
    const { file, format } = coming;
    const { reading } = file;
    if (reading?.state === 'failed' && file.readBytes === 0) {
      this.close(index);
      return this.set(index, { kind: 'failed', problem: reading.problem ?? { sentence: 'The result could not be read.' } });
    }
    if (file.readBytes === 0 && reading) return;
    const table = coming.table ?? this.openTable(index, name, coming, opener.openGrowing({ path: file.path, format }));
    table.grown(file.readBytes, reading);
    this.showOnce(index, coming);
  }

  private openTable(index: number, name: string, coming: Coming, table: GrowingTable): GrowingTable {
    coming.table = table;
    this.parts.tableHost.put(index, { name, open: () => table, readOn: () => this.readOn(index) });
    coming.own.add(table.onDidChange(() => this.showOnce(index, coming)));
    return table;
  }

  private showOnce(index: number, coming: Coming): void {
    const { table, file } = coming;
    if (coming.shown || !table || (table.status.columns.length === 0 && file.reading?.state === 'reading')) return;
    coming.shown = true;
    this.parts.changed(index);
  }

  private close(index: number): void {
    const opened = this.opened.get(index);
    this.opened.delete(index);
    this.parts.tableHost.remove(index);
    if (opened?.kind !== 'coming') return;
    opened.own.dispose();
    void this.parts.remove(opened.file.path);
  }

  private set(index: number, opened: Opened | undefined): void {
    if (opened) this.opened.set(index, opened);
    else this.opened.delete(index);
    this.parts.changed(index);
  }
}
