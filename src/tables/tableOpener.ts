// Opens tables, whatever holds their rows. Loaded when the first is looked at.

import type { Disposable } from '../model/lifetime';
import type { TableOpener } from '../model/openTable';
import { usualSizes, type FileSizes } from './fileIndex';
import { FileTable } from './fileTable';
import { HeldOpenTable } from './heldTable';
import { TableThread } from './tableThread';

/** What can be set otherwise than usual. */
export interface OpenerOptions extends Partial<FileSizes> {
  /** Rows that are held are sorted and counted where they are when they have no more cells than this, else on the thread. */
  readonly cellsHere?: number;
  /** Gets a line when the thread fails. */
  readonly log?: (line: string) => void;
  /** Texts of the display language, for the thread. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** Sorting so many cells takes a blink; starting a thread takes longer. */
const usualCellsHere = 20_000;

/**
 * Opens tables; `workerPath` is the program of the thread that they are worked on. The thread runs only while there is a table that needs
 * it.
 */
export function tableOpener(
  workerPath: string, { cellsHere = usualCellsHere, log = () => undefined, texts, ...sizes }: OpenerOptions = {},
): TableOpener {
  const thread = new TableThread(workerPath, log, texts);
  const fileSizes = { ...usualSizes, ...sizes };
  const open = new Set<Disposable>();
  const closed = (table: Disposable): void => void open.delete(table);
  const kept = <T extends Disposable>(table: T): T => {
    open.add(table);
    return table;
  };
  return {
    openHeld: (table) => kept(new HeldOpenTable(thread, table, cellsHere, closed)),
    openFile: (file) => kept(new FileTable(thread, file, false, fileSizes, closed)),
    openGrowing: (file) => kept(new FileTable(thread, file, true, fileSizes, closed)),
    dispose: async () => {
      for (const table of [...open]) table.dispose();
      await thread.ended();
    },
  };
}
