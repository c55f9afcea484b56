// The tables of an exchange as the table host takes them: with what was sent beside them, and what scripts have drawn.

import { formatCount } from '../../base/format';
import type { Exchange } from '../../model/exchange';
import type { TableOpener } from '../../model/openTable';
import type { Table } from '../../model/table';
import { inputTables } from '../../tables/inputTables';
import { joinInput } from '../../tables/join';
import { scriptOutputs } from '../../tables/scripts';
import { sizeText } from '../../base/size';
import type { HostedTable } from '../../ui/tables/tableHostParts';

/** Longer requests are not read again to be put beside the answer, in UTF-16 units: nobody wants to wait for that. */
const longestRequest = 8 * 1024 * 1024;

/** The outputs of an exchange in their order. */
export function answerTables(
  { tables, requestBody }: Pick<Exchange, 'tables' | 'requestBody'>,
  opener: TableOpener,
): readonly HostedTable[] {
  const isLong = requestBody.length > longestRequest;
  const inputs = tables.length === 0 || isLong ? [] : inputTables(requestBody);
  return tables.map((table) => {
    const { joined, notes } = isLong
      ? { joined: undefined, notes: [`The request is larger than ${sizeText(longestRequest)}, so its rows are not put beside these.`] }
      : beside(inputs, table, opener);
    // What is not at hand is not sorted, searched or counted either: the table is what there is, and the note tells of the rest.
    const cut =
      table.rows.length < table.totalRows
        ? [
            `These are the first ${formatCount(table.rows.length)} of ${formatCount(table.totalRows)} rows: only they are shown, ` +
            'sorted, searched, counted and exported. The body has them all.',
          ]
        : [];
    const held = { ...table, totalRows: table.rows.length };
    return {
      name: table.name,
      open: () => opener.openHeld(held),
      scripts: scriptOutputs(table),
      notes: [...cut, ...notes],
      ...(joined ? { joined } : {}),
    };
  });
}

function beside(
  inputs: readonly Table[],
  table: Table,
  opener: TableOpener,
): { readonly joined: HostedTable['joined'] | undefined; readonly notes: readonly string[] } {
  const found = joinInput(inputs, table);
  if (!found) return { joined: undefined, notes: [] };
  if ('reason' in found) return { joined: undefined, notes: [found.reason] };
  const { note } = found;
  return {
    joined: { open: () => opener.openHeld(found.table), notes: note === undefined ? [] : [note], ownColumns: table.columns.length },
    notes: [],
  };
}
