// The tables of one panel: opens and keeps them, answers what its page requests of them, tells it of changes. The page may come and go.

import type { FromTable } from './messages';
import type { Disposable } from '../../model/lifetime';
import type { TableView } from '../../model/view';
import type { HostedTable, TableHostParts } from './tableHostParts';
import { TableSession } from './tableSession';

/**
 * The tables of one panel by their numbers. Stamps that it tells differ between all orders of all its tables, also of those that are gone.
 */
export class TableHost implements Disposable {
  private readonly shown = new Map<number, TableSession>();
  private stamps = 0;

  constructor(private readonly parts: TableHostParts) {}

  /** Opens a table under a number; the one that was there is closed. */
  put(index: number, table: HostedTable): void {
    this.remove(index);
    this.shown.set(index, new TableSession(index, table, { ...this.parts, nextStamp: () => (this.stamps += 1) }));
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

  /** Does what the page requests. Throws what copying, exporting and reading a cell throw; other errors are told on the page. */
  async handle(request: FromTable): Promise<void> {
    await this.shown.get(request.table)?.handle(request);
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
