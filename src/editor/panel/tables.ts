// The tables of one panel: opens and keeps them, answers what its page wishes of them, tells it of changes. The page may come and go.

import type { FromTable, ToTable } from '../../messages';
import type { ErrorParts } from '../../model/errors';
import type { Disposable } from '../../model/lifetime';
import type { OpenTable } from '../../model/openTable';
import type { ScriptOutput, TableView } from '../../model/view';
import { ShownTable } from './tablesShown';
import type { TableHands } from './tablesTaken';

/** A table as a panel hands it to its desk. */
export interface DeskTable {
  readonly name: string;
  /** Opens it, whenever it is looked at anew; the desk disposes what it was given. */
  readonly open: () => OpenTable;
  /** The same table with what was sent beside it; shown first where it is there. */
  readonly joined?: { readonly open: () => OpenTable; readonly notes: readonly string[] };
  readonly scripts?: readonly ScriptOutput[];
  /** What a reader should know besides what the table itself tells. */
  readonly notes?: readonly string[];
  /** Lets reading go on, or be tried again. */
  readonly readOn?: () => Promise<void> | void;
}

/** What a desk needs from outside. */
export interface TableDeskParts {
  /** To the page; one that is hidden may lose it. */
  readonly send: (message: ToTable) => void;
  readonly describe: (error: unknown) => ErrorParts;
  readonly hands: TableHands;
}

/** The tables of one panel by their numbers. Stamps that it tells differ between all orders of all its tables, also of those that are gone. */
export class TableDesk implements Disposable {
  private readonly shown = new Map<number, ShownTable>();
  private stamps = 0;

  constructor(private readonly parts: TableDeskParts) {}

  /** Opens a table under a number; the one that was there is closed. */
  put(index: number, table: DeskTable): void {
    this.remove(index);
    this.shown.set(index, new ShownTable(index, table, { ...this.parts, nextStamp: () => (this.stamps += 1) }));
  }

  /** What the page is told of a table now, its first rows among it; undefined where there is none. */
  async view(index: number): Promise<TableView | undefined> {
    return this.shown.get(index)?.view();
  }

  /** What the page is told of all tables, in the order of their numbers. */
  async views(): Promise<readonly TableView[]> {
    const inOrder = [...this.shown].sort(([one], [other]) => one - other);
    return Promise.all(inOrder.map(async ([, table]) => table.view()));
  }

  /** Does what the page wishes. Throws what copying, exporting and reading a cell throw; other errors are told on the page. */
  async obey(wish: FromTable): Promise<void> {
    await this.shown.get(wish.table)?.obey(wish);
  }

  /** Closes one table. */
  remove(index: number): void {
    this.shown.get(index)?.dispose();
    this.shown.delete(index);
  }

  /** Closes all tables. */
  clear(): void {
    for (const index of [...this.shown.keys()]) this.remove(index);
  }

  dispose(): void {
    this.clear();
  }
}
