// Takes rows out of a table as text: to the clipboard, or into a file.

import { InvalidInput } from '../../model/errors';
import type { RowSelection, OpenTable, WriteOptions } from '../../model/openTable';
import type { Marked, TextFormat } from '../../model/view';
import { safeFileName } from '../../base/fileNames';
import { formatCount } from '../../base/format';
import { sizeText } from '../../base/size';
import { plain, type PlainText } from '../plain';

/** How far some long work is, in words. */
export type Report = (message: PlainText) => void;

/** What is done with text outside the panel, and what the person is asked about it. Questions throw Cancelled when they are left. */
export interface TableDialogs {
  /** Puts a text on the clipboard. */
  readonly copy: (text: string) => Promise<void>;
  /** Says in passing what was done. */
  readonly tell: (sentence: PlainText) => void;
  readonly confirm: (question: PlainText, detail: PlainText, yes: PlainText) => Promise<void>;
  readonly chooseFormat: (title: PlainText) => Promise<Pick<WriteOptions, 'format' | 'guardFormulas'>>;
  /** Asks for a file, and gives its path; `name` is suggested. */
  readonly chooseFile: (title: PlainText, name: string) => Promise<string>;
  /** Writes a file, whole or not at all; throws LocalFailure. */
  readonly write: (path: string, pieces: AsyncIterable<string>, signal: AbortSignal, onBytes: (bytes: number) => void) => Promise<void>;
  /** Does work that the person can watch and stop. */
  readonly progress: (title: PlainText, work: (signal: AbortSignal, report: Report) => Promise<void>) => Promise<void>;
}

/** Copying more than this is asked about, and copying more than that refused, in UTF-16 units. */
const largeCopy = 20 * 1024 * 1024;
const largestCopy = 50 * 1024 * 1024;

/** Work on more cells than this is shown with its progress. */
const manyCells = 100_000;

/** Copies what is marked; a single cell by itself is its bare text. Throws InvalidInput for what is too much, and Cancelled. */
export async function copyMarked(table: OpenTable, marked: Marked, format: TextFormat, dialogs: TableDialogs): Promise<void> {
  const selection = selectionOf(table, marked);
  const { fromRow, toRow, columns } = selection;
  const rows = toRow - fromRow + 1;
  const [column] = columns;
  if (rows === 1 && columns.length === 1 && column !== undefined && format === 'tsv' && !marked.head) {
    const [row] = await table.rows(fromRow, 1, column, 1);
    const text = row && (await table.cell(row.number, column));
    await dialogs.copy(text ?? '');
    dialogs.tell(plain`Copied 1 cell.`);
    return;
  }
  const { pieces: written, stopWith } = begin(table, selection, { format, head: marked.head, guardFormulas: false });
  const gather = async (signal: AbortSignal, report: Report): Promise<void> => {
    stopWith(signal);
    const pieces: string[] = [];
    let units = 0;
    for await (const piece of written) {
      const before = units;
      units += piece.length;
      if (units > largestCopy) {
        throw new InvalidInput({
          sentence: `${rowsText(rows)} are more than ${sizeText(largestCopy)} of text, which is too much for the clipboard.`,
          advice: 'Export them into a file instead.',
        });
      }
      if (units > largeCopy && before <= largeCopy) {
        await dialogs.confirm(
          plain`Copy more than ${sizeText(largeCopy)} of text?`,
          plain`So much on the clipboard can make other programs slow. Export writes it into a file instead.`,
          plain`Copy`,
        );
      }
      pieces.push(piece);
      report(plain`${sizeText(units)} of text`);
    }
    await dialogs.copy(pieces.join(''));
    dialogs.tell(plain`Copied ${rowsText(rows)}.`);
  };
  if (rows * columns.length > manyCells) return dialogs.progress(plain`Copying ${rowsText(rows)}`, gather);
  return gather(new AbortController().signal, () => undefined);
}

/**
 * Asks for format and file, and writes what is marked, or all rows of the order with all columns. `check` is called before the writing
 * begins, and throws when what was marked is no longer there. Throws Cancelled, and LocalFailure for what goes wrong with the file.
 */
export async function exportRows(
  name: string,
  table: OpenTable,
  marked: Marked | undefined,
  check: () => void,
  dialogs: TableDialogs,
): Promise<void> {
  const what = exportText(name, table, marked);
  const { format, guardFormulas } = await dialogs.chooseFormat(plain`Export ${what}`);
  const path = await dialogs.chooseFile(plain`Export ${what}`, `${fileName(name)}.${format}`);
  check();
  const selection = selectionOf(table, marked);
  const rows = selection.toRow - selection.fromRow + 1;
  const { pieces, stopWith } = begin(table, selection, { format, head: true, guardFormulas });
  await dialogs.progress(plain`Exporting ${what}`, async (signal, report) => {
    stopWith(signal);
    let written = 0;
    await dialogs.write(path, pieces, signal, (bytes) => {
      written = bytes;
      report(plain`${sizeText(bytes)} written`);
    });
    dialogs.tell(plain`Exported ${rowsText(rows)} (${sizeText(written)}) to ${path.split(/[\\/]/).at(-1) ?? path}.`);
  });
}

/** Writes in the order that is there now: until progress is shown and a file is open, the rows may get another. */
function begin(
  table: OpenTable,
  selection: RowSelection,
  options: WriteOptions,
): { readonly pieces: AsyncIterable<string>; readonly stopWith: (signal: AbortSignal) => void } {
  const stopping = new AbortController();
  return {
    pieces: table.write(selection, options, stopping.signal),
    stopWith: (signal) => {
      if (signal.aborted) stopping.abort();
      else signal.addEventListener('abort', () => stopping.abort(), { once: true });
    },
  };
}

/** What is marked as far as it is there; everything when nothing is marked. An empty table has names to be taken. */
function selectionOf({ order, status }: OpenTable, marked: Marked | undefined): RowSelection {
  if (!marked) return { fromRow: 0, toRow: order.matchedRows - 1, columns: status.columns.map((_, column) => column) };
  const columns = marked.columns.filter((column) => column < status.columns.length);
  const toRow = Math.min(marked.toRow, order.matchedRows - 1);
  if (columns.length === 0 || toRow < marked.fromRow)
    throw new InvalidInput({ sentence: 'Nothing is marked.', advice: 'Mark cells or rows first.' });
  return { fromRow: marked.fromRow, toRow, columns };
}

/** `12 of 1,000 rows × 3 of 10 columns of "output1"`; rows that are still to be read are not among them, and it says so. */
function exportText(name: string, table: OpenTable, marked: Marked | undefined): string {
  const { order: { matchedRows }, status: { totalRows, columns, reading } } = table;
  const { fromRow, toRow, columns: taken } = selectionOf(table, marked);
  const rows = toRow - fromRow + 1;
  const soFar = reading ? ' read so far' : '';
  const rowPart =
    rows === totalRows
      ? `${rowsText(rows)}${soFar}`
      : `${formatCount(rows)} of ${rowsText(totalRows)}${soFar}${rows === matchedRows ? ' (those shown)' : ''}`;
  const columnPart =
    taken.length === columns.length ? many(taken.length, 'column') : `${formatCount(taken.length)} of ${many(columns.length, 'column')}`;
  return `${rowPart} × ${columnPart} of "${name}"`;
}

/** `1 row`, `1,000 rows`. */
function rowsText(rows: number): string {
  return many(rows, 'row');
}

function many(number: number, what: string): string {
  return `${formatCount(number)} ${what}${number === 1 ? '' : 's'}`;
}

/** A name that every file system takes. */
function fileName(name: string): string {
  const tame = safeFileName(name.replace(/\.(?:csv|tsv|arff)$/i, '').replace(/[\s\u0000-\u001f<>:"/\\|?*]+/g, ' ').trim(), 100);
  return tame === '' ? 'table' : tame;
}
