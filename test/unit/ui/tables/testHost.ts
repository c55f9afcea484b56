// What the tests of a panel's tables share: a tableHost whose page can be listened to, real tables of a few rows.

import { afterAll } from 'vitest';
import { tableOpener } from '../../../../src/tables/tableOpener';
import { TableHost } from '../../../../src/ui/tables/tableHost';
import type { HostedTable } from '../../../../src/ui/tables/tableHostParts';
import type { TableDialogs } from '../../../../src/ui/tables/tablesTaken';
import type { ToTable } from '../../../../src/ui/tables/messages';
import { Cancelled, messageOf } from '../../../../src/model/errors';
import type { OpenTable } from '../../../../src/model/openTable';
import type { Cell, Table } from '../../../../src/model/table';
import type { TableView } from '../../../../src/model/view';

/** Opens tables without a thread. */
export const opener = tableOpener('no thread is needed for few rows');
afterAll(() => opener.dispose());

/** So many rows, numbered downwards. */
export const rowsOf = (count: number): Cell[][] => Array.from({ length: count }, (_, row) => [String(count - row), `name ${row}`]);
/** A table of a number and a text. */
export const tableOf = (rows: Cell[][], name = 'o'): Table => ({ name, columns: [{ name: 'n', type: 'Int32' }, { name: 'text' }], rows, totalRows: rows.length, notes: ['A note.'] });
/** Such a table for a tableHost. */
export const held = (rows: Cell[][]): HostedTable => ({ name: 'o', open: () => opener.openHeld(tableOf(rows)) });

/** Hands that do nothing but tell. */
function idleDialogs(): TableDialogs {
  const no = (): Promise<never> => Promise.reject(new Cancelled());
  return { copy: no, tell: () => undefined, confirm: no, chooseFormat: no, chooseFile: no, write: no, progress: no };
}

/** A tableHost with these tables, and what its page is told. */
export function hostWith(...tables: HostedTable[]) {
  const told: ToTable[] = [];
  const waiting: (() => void)[] = [];
  const tableHost = new TableHost({
    send: (message) => {
      told.push(message);
      waiting.splice(0).forEach((wake) => wake());
    },
    describe: (error) => ({ sentence: messageOf(error) }),
    dialogs: idleDialogs(),
  });
  tables.forEach((table, index) => tableHost.put(index, table));
  /** The first message, already there or still to come, that fits. */
  const received = async <T extends ToTable['type']>(type: T, fits: (message: Extract<ToTable, { type: T }>) => boolean): Promise<Extract<ToTable, { type: T }>> => {
    const is = (message: ToTable): message is Extract<ToTable, { type: T }> => message.type === type;
    for (;;) {
      const found = told.filter(is).find(fits);
      if (found) return found;
      await new Promise<void>((wake) => waiting.push(wake));
    }
  };
  const view = async (index = 0): Promise<TableView> => {
    const found = await tableHost.view(index);
    if (!found) throw new Error('There is no such table.');
    return found;
  };
  return { tableHost: tableHost, told, received, view };
}

/** A real table of which some calls are taken over. */
export function changed(table: OpenTable, changes: Partial<OpenTable>): OpenTable {
  return {
    get status() { return table.status; },
    get order() { return table.order; },
    onDidChange: table.onDidChange,
    arrange: (...call) => table.arrange(...call),
    rows: (...call) => table.rows(...call),
    cell: (...call) => table.cell(...call),
    write: (...call) => table.write(...call),
    summarize: (...call) => table.summarize(...call),
    dispose: () => table.dispose(),
    ...changes,
  };
}
