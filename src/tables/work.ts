// What is done with the rows of a table, wherever they come from: put in order, counted, written.

import type { RowSelection, WriteOptions } from '../model/openTable';
import type { ColumnSummary, TableQuery } from '../model/view';
import { isFiltered, narrows, rowTest, sureText } from './order';
import { RankBuilder, sortByRanks, type Ranks } from './orderRanks';
import type { Slices } from '../base/slices';
import { ColumnCounter, isProbability } from './summary';
import { tableWriter } from './write';
import { PackedRows } from './packedRows';
import type { RowSource } from './rowSource';

/** The ranks of so many columns are kept: 4 bytes a row each. */
const keptRanks = 4;

/** A piece of written text is about so long, in UTF-16 units. */
const pieceUnits = 64 * 1024;

/** Rows that were found, in the source's order. */
interface Found {
  readonly query: TableQuery;
  readonly until: number;
  readonly rows: Uint32Array;
}

/** Puts the rows of one table in order, counts and writes them. What it throws is what the source and `slices` throw. */
export class TableWork {
  private readonly ranks = new Map<number, Ranks>();
  private found: Found | undefined;

  /** @param keep gives a copy of a text that holds on to nothing else, where the source's texts hold on to longer ones */
  constructor(
    private readonly source: RowSource,
    private readonly keep: (text: string) => string = (text) => text,
  ) {}

  /** The numbers of the rows that a query shows, in its order, of those that are there by now. */
  async arrange(query: TableQuery, slices: Slices, onProgress: (done: number) => void): Promise<Uint32Array> {
    const until = this.source.rowCount;
    const { sort } = query;
    // Text takes longer to be sorted than to be read.
    const share = sort === undefined ? 1 : this.source.columns[sort.column]?.kind === 'number' ? 0.8 : 0.4;
    const known = sort === undefined ? undefined : this.ranksOf(sort.column, until);
    const builder =
      sort === undefined || known !== undefined
        ? undefined
        : new RankBuilder(this.source.columns[sort.column]?.kind ?? 'text', until, this.keep);
    const rows = await this.find(query, until, sort?.column, builder, slices, (done) => onProgress(share * done));
    if (sort === undefined) return rows;
    const ranks = known ?? (await builder?.ranks(slices, (done) => onProgress(share + (1 - share) * done)));
    if (ranks === undefined) return rows;
    this.keepRanks(sort.column, ranks);
    return sortByRanks(rows, ranks, sort.descending, slices);
  }

  /** Counts what columns hold, in one pass over the rows that are there by now. */
  async summarize(columns: readonly number[], slices: Slices, onProgress: (done: number) => void): Promise<readonly ColumnSummary[]> {
    const counters = columns.flatMap((column) => {
      const head = this.source.columns[column];
      return head === undefined ? [] : [{ column, counter: new ColumnCounter(column, head.kind, { probability: isProbability(head) }) }];
    });
    await this.source.scan(
      {
        until: this.source.rowCount,
        columns,
        onProgress,
        visit: (_row, cells) => {
          for (const { column, counter } of counters) counter.add(cells[column]);
        },
      },
      slices,
    );
    return counters.map(({ counter }) => counter.summary());
  }

  /** Writes a selection of an order, which is all rows when it is undefined. */
  async *write(
    order: Uint32Array | undefined,
    { fromRow, toRow, columns }: RowSelection,
    options: WriteOptions,
    slices: Slices,
  ): AsyncGenerator<string> {
    const { source } = this;
    const heads = columns.flatMap((column) => source.columns[column] ?? []);
    const writer = tableWriter(heads, options);
    const end = Math.min(toRow + 1, order?.length ?? source.rowCount);
    let text = writer.start();
    for (let from = Math.max(0, fromRow); from < end;) {
      const to = Math.min(end, from + source.rowsAtOnce);
      const rows = order?.subarray(from, to) ?? Uint32Array.from({ length: to - from }, (_, index) => from + index);
      // The writer takes rows in their order, the source may hand them over in another.
      const gathered = new PackedRows(rows.length, columns.length, this.keep);
      await source.gather(
        rows,
        (place, cells) => {
          gathered.put(
            place,
            columns.map((column) => cells[column]),
          );
        },
        slices,
      );
      for (let place = 0; place < rows.length; place++) {
        text += writer.row(gathered.get(place));
        if (text.length < pieceUnits) continue;
        yield text;
        text = '';
        if (slices.due()) await slices.pass();
      }
      from = to;
    }
    yield text + writer.end();
  }

  /** The rows that pass a query, and on the way what `builder` wants of a column. */
  private async find(
    query: TableQuery,
    until: number,
    sortColumn: number | undefined,
    builder: RankBuilder | undefined,
    slices: Slices,
    onProgress: (done: number) => void,
  ): Promise<Uint32Array> {
    const test = rowTest(query);
    const former = this.found?.until === until && narrows(query, this.found.query) ? this.found : undefined;
    const same = former !== undefined && narrows(former.query, query);
    if (builder === undefined && (same || test === undefined)) return former?.rows ?? everyRow(until);
    const rows = new Uint32Array(former?.rows.length ?? until);
    let count = 0;
    let candidate = 0;
    await this.source.scan(
      {
        until,
        onProgress,
        ...columnsOf(query, sortColumn),
        ...(builder === undefined && {
          sureText: sureText(query),
          ...(former !== undefined && { wants: (_from: number, to: number) => (former.rows[candidate] ?? until) < to }),
        }),
        visit: (row, cells) => {
          builder?.add(cells[sortColumn ?? 0]);
          if (former !== undefined) {
            while ((former.rows[candidate] ?? until) < row) candidate++;
            if (former.rows[candidate] !== row) return;
          }
          if (same || test === undefined || test(cells)) rows[count++] = row;
        },
      },
      slices,
    );
    const found = rows.slice(0, count);
    if (isFiltered(query)) this.found = { query, until, rows: found };
    return found;
  }

  private ranksOf(column: number, until: number): Ranks | undefined {
    const ranks = this.ranks.get(column);
    // Rows that have come since have no rank.
    return ranks?.ranks.length === until ? ranks : undefined;
  }

  private keepRanks(column: number, ranks: Ranks): void {
    this.ranks.delete(column);
    this.ranks.set(column, ranks);
    const [oldest] = this.ranks.keys();
    if (this.ranks.size > keptRanks && oldest !== undefined) this.ranks.delete(oldest);
  }
}

function everyRow(count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/** Columns that decide; a search looks at all of them. */
function columnsOf({ filters, search }: TableQuery, sortColumn: number | undefined): { readonly columns?: readonly number[] } {
  if (search !== undefined && search !== '') return {};
  return { columns: [...new Set([...filters.map(({ column }) => column), ...(sortColumn === undefined ? [] : [sortColumn])])] };
}
