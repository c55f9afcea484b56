// What was sent beside what came back, in both of two exchanges: only where each row is known to belong to its row.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../base/format';
import { sizeText } from '../../base/size';
import type { Exchange } from '../../model/exchange';
import type { Table } from '../../model/table';
import { inputTables } from '../../tables/inputTables';

/** The rows that were sent for the rows of an output, in both exchanges. */
export interface Sent {
  readonly before: Table;
  readonly after: Table;
}

/** What was sent for an output, or why it cannot be shown, in a sentence; neither where nothing was sent. */
export interface SentRows {
  readonly sent?: Sent;
  readonly note?: string;
}

/** Which exchange, and what it sent and got. */
type Side = 'before' | 'after';
type Request = Pick<Exchange, 'requestBody' | 'missing'>;

/** Longer requests are not read to be put beside an answer, in UTF-16 units. */
const longestRequest = 8 * 1024 * 1024;

/** Reads both requests once, and tells for each output what was sent for its rows. */
export function sentRows(before: Request, after: Request): (one: Table, other: Table) => SentRows {
  const unread = whyUnread(before, 'before') ?? whyUnread(after, 'after');
  if (unread !== undefined) return () => ({ note: unread });
  const first = read(before);
  const second = after.requestBody === before.requestBody ? first : read(after);
  if (first.length === 0 && second.length === 0) return () => ({});
  return (one, other) => {
    const was = fitting(first, one);
    const is = fitting(second, other, was?.name);
    if (!was) return { note: countsNote(first, one, 'before') };
    if (!is) return { note: countsNote(second, other, 'after') };
    if (was.rows.length < was.totalRows || is.rows.length < is.totalRows)
      return { note: l10n.t('The columns that were sent are not shown, as the requests have too many rows.') };
    return { sent: { before: was, after: is } };
  };
}

function read({ requestBody }: Request): readonly Table[] {
  return inputTables(requestBody).filter(({ totalRows }) => totalRows > 0);
}

/** The first input with as many rows as the output, one of this name before others. */
function fitting(inputs: readonly Table[], { totalRows }: Table, name?: string): Table | undefined {
  const found = inputs.filter((input) => input.totalRows === totalRows);
  return found.find((input) => input.name === name) ?? found[0];
}

function whyUnread({ requestBody, missing }: Request, side: Side): string | undefined {
  if (missing?.request)
    return side === 'before'
      ? l10n.t('The columns that were sent are not shown, as the request before is not in the history.')
      : l10n.t('The columns that were sent are not shown, as the request after is not in the history.');
  return requestBody.length > longestRequest
    ? l10n.t('The columns that were sent are not shown, as a request is larger than {0}.', sizeText(longestRequest))
    : undefined;
}

function countsNote(inputs: readonly Table[], { totalRows }: Table, side: Side): string {
  const [sent, came] = [formatCount(inputs[0]?.totalRows ?? 0), formatCount(totalRows)];
  // The numbers count nothing in the sentence, so that it is right for one as well.
  return side === 'before'
    ? l10n.t(
        'The columns that were sent are not shown: the number of rows is {0} in the request before, and {1} in its answer.', sent, came,
      )
    : l10n.t(
        'The columns that were sent are not shown: the number of rows is {0} in the request after, and {1} in its answer.', sent, came,
      );
}
