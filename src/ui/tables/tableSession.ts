// One table of a panel: holds the truth about its order while the page may be hidden, and answers the page's requests.

import type { FromTable, ToTable } from './messages';
import { Cancelled, InvalidInput, type ErrorParts } from '../../model/errors';
import type { Disposable } from '../../model/lifetime';
import type { OpenTable } from '../../model/openTable';
import { blockColumns, blockRows, type Marked, type TableQuery, type TableView, type ViewRow } from '../../model/view';
import { TableCounts } from './tablesCounts';
import type { HostedTable, TableHostParts } from './tableHostParts';
import { keepable } from './tablesKept';
import { copyMarked, exportRows } from './tablesTaken';

/** News of a table reach the page this often at most, in milliseconds. */
const pauseMs = 100;

/** Of a cell that is looked at whole, so much is shown, in UTF-16 units. */
const longestCell = 1_000_000;

/** A table that a page shows. */
export class TableSession implements Disposable {
  private table: OpenTable;
  private listening: Disposable;
  private counts: TableCounts;
  private joined: boolean;
  private stamp: { readonly own: number; readonly told: number };
  private arranging: AbortController | undefined;
  private working: number | undefined;
  private problem: ErrorParts | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private toldAt = -pauseMs;
  /** True when something has happened that the page has not been told. */
  private isNew = false;
  /** The rows that the page has been told of together with the view. */
  private toldRows = { stamp: -1, count: 0 };
  private over = false;

  constructor(
    private readonly index: number,
    private readonly given: HostedTable,
    private readonly parts: TableHostParts & { readonly nextStamp: () => number },
  ) {
    this.joined = given.joined !== undefined;
    this.table = (given.joined ?? given).open();
    this.listening = this.table.onDidChange(() => this.tellSoon());
    this.counts = this.newCounts();
    this.stamp = { own: this.table.order.stamp, told: parts.nextStamp() };
  }

  /** What a page that knows nothing is told. */
  async view(): Promise<TableView> {
    this.toldRows = { stamp: -1, count: 0 };
    return this.makeView();
  }

  /** Does what the page requests. */
  async handle(request: FromTable): Promise<void> {
    switch (request.type) {
      case 'rows':
        return this.sendRows(request.stamp, request.from, request.columnFrom);
      case 'arrange':
        return this.arrange(request.query);
      case 'stopArranging':
        return this.arranging?.abort();
      case 'cell':
        return this.sendCell(request.row, request.column);
      case 'summarize':
        return this.counts.count(request.columns);
      case 'stopSummary':
        return this.counts.stop();
      case 'copyMarked':
        this.checkMarked(request.marked);
        return copyMarked(this.table, request.marked, request.format, this.parts.dialogs);
      case 'export': {
        const { marked } = request;
        if (marked) this.checkMarked(marked);
        const stamp = this.toldStamp();
        // While the questions are answered, the rows may get another order, or the page another table.
        const check = (): void => {
          if (this.over || stamp !== this.toldStamp()) throw reordered();
        };
        return exportRows(this.given.name, this.table, marked, check, this.parts.dialogs);
      }
      case 'join':
        return this.join(request.on);
      case 'readOn':
        return this.given.readOn?.();
      default:
        return request satisfies never;
    }
  }

  dispose(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.close();
  }

  private close(): void {
    this.arranging?.abort();
    this.arranging = undefined;
    this.working = undefined;
    this.counts.stop();
    this.listening.dispose();
    this.table.dispose();
  }

  private join(on: boolean): void {
    const { joined } = this.given;
    if (!joined || on === this.joined || this.over) return;
    this.close();
    this.joined = on;
    this.problem = undefined;
    this.table = (on ? joined : this.given).open();
    this.listening = this.table.onDidChange(() => this.tellSoon());
    this.counts = this.newCounts();
    this.stamp = { own: this.table.order.stamp, told: this.parts.nextStamp() };
    this.tellSoon();
  }

  private newCounts(): TableCounts {
    return new TableCounts(this.table, this.index, this.parts);
  }

  /** The order's stamp as the page knows it: another for each order, also where the table was opened anew. */
  private toldStamp(): number {
    const own = this.table.order.stamp;
    if (own !== this.stamp.own) this.stamp = { own, told: this.parts.nextStamp() };
    return this.stamp.told;
  }

  private checkMarked({ stamp }: Marked): void {
    if (stamp !== this.toldStamp()) throw reordered();
  }

  private async sendRows(stamp: number, from: number, columnFrom: number): Promise<void> {
    if (stamp !== this.toldStamp()) return;
    const rows = await this.read(from, columnFrom);
    if (!rows) return this.tellSoon();
    // Another order is told of by itself, and its rows are asked for anew.
    if (stamp === this.toldStamp()) this.send({ type: 'rows', table: this.index, stamp, from, columnFrom, rows });
  }

  /** A block of rows; undefined when it cannot be read: the next news tell why. */
  private async read(from: number, columnFrom: number): Promise<readonly ViewRow[] | undefined> {
    const { table } = this;
    try {
      return await table.rows(from, blockRows, columnFrom, blockColumns);
    } catch (error) {
      if (table === this.table && !this.over && !(error instanceof Cancelled)) this.problem = this.parts.describe(error);
      return undefined;
    }
  }

  private async sendCell(row: number, column: number): Promise<void> {
    const { table } = this;
    if (column >= table.status.columns.length || row >= table.status.totalRows) return;
    const whole = (await table.cell(row, column)) ?? '';
    // Half a character is none.
    const text = whole.slice(0, longestCell).replace(whole.length > longestCell ? /[\ud800-\udbff]$/ : /$^/, '');
    if (table === this.table) this.send({ type: 'cell', table: this.index, row, column, text, length: whole.length });
  }

  private async arrange(query: TableQuery): Promise<void> {
    const { table } = this;
    const columns = table.status.columns.length;
    if ([...(query.sort ? [query.sort] : []), ...query.filters].some(({ column }) => column >= columns)) return;
    this.arranging?.abort();
    const arranging = new AbortController();
    this.arranging = arranging;
    this.working = 0;
    this.problem = undefined;
    this.tellSoon();
    let failed: unknown;
    try {
      await table.arrange(query, arranging.signal, (done) => {
        if (this.arranging !== arranging) return;
        this.working = done;
        this.tellSoon();
      });
    } catch (error) {
      failed = error;
    }
    // A newer request has taken the place of this one.
    if (this.arranging !== arranging) return;
    this.arranging = undefined;
    this.working = undefined;
    if (failed !== undefined && !(failed instanceof Cancelled)) this.problem = this.parts.describe(failed);
    this.tellSoon();
  }

  private tellSoon(): void {
    if (this.over) return;
    this.isNew = true;
    this.timer ??= setTimeout(() => void this.tell(), Math.max(0, this.toldAt + pauseMs - performance.now()));
  }

  private async tell(): Promise<void> {
    this.isNew = false;
    const view = await this.makeView();
    this.timer = undefined;
    this.toldAt = performance.now();
    this.send({ type: 'table', table: this.index, view });
    // While the rows were read, something else may have happened.
    if (this.isNew) this.tellSoon();
  }

  /** The rows go along only where the page does not have them yet. */
  private async makeView(): Promise<TableView> {
    const { table } = this;
    const stamp = this.toldStamp();
    const { toldRows } = this;
    const wanted = stamp !== toldRows.stamp || (toldRows.count < blockRows && toldRows.count < table.order.matchedRows);
    const rows = wanted && table.status.columns.length > 0 && table.order.matchedRows > 0 ? await this.read(0, 0) : undefined;
    // What was read may be of an order that is gone: then the next news bring it.
    const current = table === this.table && stamp === this.toldStamp();
    if (current && rows) this.toldRows = { stamp, count: rows.length };
    if (!current) this.tellSoon();
    const { status, order } = this.table;
    const { given, joined, working, problem } = this;
    const kept = keepable(order.query, status.columns);
    return {
      name: given.name,
      columns: status.columns,
      totalRows: status.totalRows,
      stamp: this.toldStamp(),
      query: order.query,
      ...(kept ? { keepable: kept } : {}),
      matchedRows: order.matchedRows,
      rows: current ? (rows ?? []) : [],
      notes: [...(given.notes ?? []), ...(joined ? (given.joined?.notes ?? []) : []), ...status.notes],
      scripts: given.scripts ?? [],
      ...(status.reading ? { reading: status.reading } : {}),
      ...(working === undefined ? {} : { working }),
      ...(problem ? { problem } : {}),
      ...(given.joined ? { joined, ownColumns: given.joined.ownColumns } : {}),
    };
  }

  private send(message: ToTable): void {
    if (!this.over) this.parts.send(message);
  }
}

function reordered(): InvalidInput {
  return new InvalidInput({ sentence: 'The rows have got another order meanwhile.', advice: 'Mark them again, or try it once more.' });
}
