// An exchange -> what the page gets: the first rows, the beginning of the body, long cells cut.

import type { CellView, ExchangeView, PanelState, RunEntry, TableView } from '../../messages';
import type { ErrorParts } from '../../model/errors';
import type { Exchange } from '../../model/exchange';
import type { Cell, Table } from '../../model/table';
import { answerText, bodyKind } from '../../protocol/answerText';
import type { Entry } from '../runs';

/** Rows that are sent to the page at once, fewer when the table is wide. */
const rowsAtOnce = 1000;
const cellsAtOnce = 50_000;

/** Longest text of a cell on the page, in UTF-16 units. */
const longestCell = 1000;

/** How much of a body the page shows, in bytes. */
export const shownBodyBytes = 256 * 1024;

/** The state of the panel for one entry. */
export function panelState(entry: Entry | undefined): PanelState {
  if (!entry) return { kind: 'idle' };
  const who = { service: entry.item.service.name, source: entry.item.source };
  const { state } = entry;
  switch (state.kind) {
    case 'pending':
      return { kind: 'pending', ...who };
    case 'sending':
      return { kind: 'sending', ...who, elapsedMs: Date.now() - state.since };
    case 'waiting':
      return { kind: 'waiting', ...who, reason: state.reason, remainingMs: Math.max(0, state.until - Date.now()) };
    case 'answered':
      return { kind: 'answered', view: exchangeView(state.exchange) };
    case 'failed':
      return { kind: 'answered', view: failedView(entry, state.problem, state.at) };
    case 'cancelled':
      return { kind: 'cancelled', ...who };
    default:
      return state satisfies never;
  }
}

/** One line of the list of files. */
export function runEntry(entry: Entry): RunEntry {
  const { kind } = entry.state;
  const { source, service: { name: service } } = entry.item;
  if (entry.state.kind === 'answered') return { source, service, outcome: entry.state.exchange.problem ? 'failed' : 'ok' };
  return { source, service, outcome: kind === 'pending' || kind === 'cancelled' || kind === 'failed' ? kind : 'sending' };
}

/** More rows of a table, from row `from` on; empty when there are none. */
export function moreRows(table: Table, from: number): CellView[][] {
  const many = Math.max(1, Math.min(rowsAtOnce, Math.floor(cellsAtOnce / Math.max(1, table.columns.length))));
  return table.rows.slice(from, from + many).map((row) => row.map(cellView));
}

function exchangeView(exchange: Exchange): ExchangeView {
  const { answer } = exchange;
  return {
    service: exchange.service.name,
    address: exchange.service.address,
    source: exchange.source,
    method: exchange.method,
    url: exchange.url,
    startedAt: exchange.startedAt,
    durationMs: exchange.durationMs,
    requestBytes: exchange.requestBytes,
    requestHeaders: exchange.requestHeaders,
    responseHeaders: answer?.headers ?? [],
    earlierAttempts: exchange.earlierAttempts,
    tables: exchange.tables.map(tableView),
    notes: exchange.notes,
    ...(exchange.problem ? { problem: exchange.problem } : {}),
    ...(answer ? { status: answer.status, statusText: answer.statusText, body: bodyView(answer) } : {}),
  };
}

/** What is shown when a request did not leave this computer. */
function failedView(entry: Entry, problem: ErrorParts, at: number): ExchangeView {
  const { service, source } = entry.item;
  return {
    service: service.name, address: service.address, source, method: 'POST', url: service.address, startedAt: at, durationMs: 0, requestBytes: 0,
    requestHeaders: [], responseHeaders: [], earlierAttempts: [], tables: [], notes: ['Nothing was sent.'], problem,
  };
}

function tableView(table: Table): TableView {
  return { name: table.name, columns: table.columns, rows: moreRows(table, 0), totalRows: table.totalRows, availableRows: table.rows.length, notes: table.notes };
}

function cellView(cell: Cell): CellView {
  if (cell === undefined) return { missing: true };
  return cell !== null && cell.length > longestCell ? { cut: cell.slice(0, longestCell), length: cell.length } : cell;
}

function bodyView(answer: NonNullable<Exchange['answer']>): NonNullable<ExchangeView['body']> {
  const bytes = answer.body.subarray(0, wholeCharacters(answer.body, shownBodyBytes));
  const text = answerText({ headers: answer.headers, body: bytes });
  return { text, kind: bodyKind(answer, text), totalBytes: answer.body.byteLength, shownBytes: bytes.byteLength };
}

/** The largest length up to `limit` that does not cut a UTF-8 character in two. */
function wholeCharacters(bytes: Uint8Array, limit: number): number {
  if (bytes.byteLength <= limit) return bytes.byteLength;
  let end = limit;
  // Bytes 10xxxxxx go on with a character; at most three of them stand behind its first byte.
  while (end > limit - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}
