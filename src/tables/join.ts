// What was sent and what came back -> one table, side by side.

import { formatCount } from '../base/format';
import type { HeldTable } from '../model/openTable';
import type { Column, Table } from '../model/table';

/**
 * Puts the rows that were sent in front of those that came back: services answer row by row, in the order of the rows that they were sent.
 * Takes the first input with as many rows as the output. Columns that came back with the text that was sent, cell for cell, stand there
 * once, and `note` says so. Gives a `reason`, in a sentence, when the rows cannot be put side by side, and undefined when none were sent.
 */
export function joinInput(
  inputs: readonly Table[],
  output: Table,
): { readonly table: HeldTable; readonly note?: string } | { readonly reason: string } | undefined {
  const sent = inputs.filter(({ totalRows }) => totalRows > 0);
  if (sent.length === 0) return undefined;
  const input = sent.find(({ totalRows }) => totalRows === output.totalRows);
  if (!input) return { reason: differentCounts(sent, output) };
  if (output.rows.length < output.totalRows) return { reason: tooMany(output, 'came back') };
  if (input.rows.length < input.totalRows) return { reason: tooMany(input, 'were sent') };
  return sideBySide(input, output);
}

function differentCounts(sent: readonly Table[], { totalRows }: Table): string {
  const came = totalRows === 0 ? 'none' : formatCount(totalRows);
  const [first, ...more] = sent.map((table) => `${rowsWere(table.totalRows)} sent${sent.length > 1 ? ` as "${table.name}"` : ''}`);
  return `${[first, ...more].join(', ')} and ${came} came back, so they cannot be put side by side.`;
}

function rowsWere(count: number): string {
  return count === 1 ? '1 row was' : `${formatCount(count)} rows were`;
}

function tooMany(table: Table, what: string): string {
  return (
    `Only the first ${formatCount(table.rows.length)} of the ${formatCount(table.totalRows)} rows that ${what} are at hand, so they ` +
    'cannot be put side by side.'
  );
}

function sideBySide(input: Table, output: Table): { readonly table: HeldTable; readonly note?: string } {
  const sentColumns = columnsOf(input).map((column): Column & { group: string } => ({ ...column, group: 'Sent' }));
  const cameColumns = columnsOf(output);
  const places = new Map(namesWithTurn(sentColumns).map((name, index) => [name, index]));
  const kept: number[] = [];
  namesWithTurn(cameColumns).forEach((name, index) => {
    const place = places.get(name);
    const sentColumn = place === undefined ? undefined : sentColumns[place];
    if (place === undefined || !sentColumn || !input.rows.every((cells, row) => cells[place] === output.rows[row]?.[index])) {
      kept.push(index);
      return;
    }
    // Requests tell no types, so the service's is good for both.
    const type = cameColumns[index]?.type;
    if (type !== undefined) sentColumns[place] = { ...sentColumn, type };
  });
  const repeated = cameColumns.length - kept.length;
  const table: HeldTable = {
    name: output.name,
    columns: [...sentColumns, ...kept.flatMap((index) => cameColumns[index] ?? []).map((column) => ({ ...column, group: 'Came back' }))],
    rows: input.rows.map((cells, row) => [
      ...sentColumns.map((_, index) => cells[index]),
      ...kept.map((index) => output.rows[row]?.[index]),
    ]),
    totalRows: output.totalRows,
    notes: [...input.notes, ...output.notes],
  };
  if (repeated === 0) return { table };
  return {
    table,
    note:
      repeated === 1
        ? '1 column came back exactly as it was sent and is shown once.'
        : `${formatCount(repeated)} columns came back exactly as they were sent and are shown once.`,
  };
}

/** The columns of a table; cells beyond the last one have columns without a name. */
function columnsOf({ columns, rows }: Table): readonly Column[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), columns.length);
  return [...columns, ...Array.from({ length: width - columns.length }, () => ({ name: '' }))];
}

/** The names of columns, each with how often it came before, so that the second of a name is compared with the second. */
function namesWithTurn(columns: readonly Column[]): string[] {
  const seen = new Map<string, number>();
  return columns.map(({ name }) => {
    const turn = seen.get(name) ?? 0;
    seen.set(name, turn + 1);
    return `${turn} ${name}`;
  });
}
