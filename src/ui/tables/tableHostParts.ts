// What the tables of a panel are made of, and what they need from outside.

import type { ToTable } from './messages';
import type { ErrorParts } from '../../model/errors';
import type { OpenTable } from '../../model/openTable';
import type { ScriptOutput } from '../../model/view';
import type { TableDialogs } from './tablesTaken';

/** A table as a panel hands it to its host. */
export interface HostedTable {
  readonly name: string;
  /** Opens it, whenever it is looked at anew; the host disposes what it was given. */
  readonly open: () => OpenTable;
  /** The same table with what was sent beside it, shown first where it is there; `ownColumns` are those without what was sent. */
  readonly joined?: { readonly open: () => OpenTable; readonly notes: readonly string[]; readonly ownColumns: number };
  readonly scripts?: readonly ScriptOutput[];
  /** What a reader should know besides what the table itself tells. */
  readonly notes?: readonly string[];
  /** Lets reading go on, or be tried again. */
  readonly readOn?: () => Promise<void> | void;
}

/** What a host needs from outside. */
export interface TableHostParts {
  /** To the page; one that is hidden may lose it. */
  readonly send: (message: ToTable) => void;
  readonly describe: (error: unknown) => ErrorParts;
  readonly dialogs: TableDialogs;
}
