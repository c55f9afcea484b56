// An exchange -> what the page gets: its heads, its tables as they are looked at, the beginning of the body.

import type { ExchangeView, PanelState, RunEntry } from './messages';
import type { ActionContext } from '../../ui/errorActions';
import type { ErrorParts } from '../../model/errors';
import type { Exchange } from '../../model/exchange';
import type { TableView } from '../../model/view';
import { answerText, bodyKind } from '../../http/answerText';
import type { Entry } from './runs';

/** How much of a body the page shows, in bytes. */
export const shownBodyBytes = 256 * 1024;

/** What belongs to an exchange while it is shown. */
export interface ShownExchange {
  readonly exchange: Exchange;
  /** Tells it from all others. */
  readonly key: string;
  /** True for one from the history. */
  readonly past: boolean;
  /** True for one that the history never had: it is shown as one from there, and not called so. */
  readonly unkept?: boolean;
}

/** The state of the panel for one entry. `key` is that of its exchange, and `tables` are those of its answer as they are looked at. */
export function panelState(entry: Entry | undefined, key: string, tables: readonly TableView[]): PanelState {
  if (!entry) return { kind: 'idle' };
  const who = { service: entry.item.service.name, source: entry.item.source };
  const { state } = entry;
  switch (state.kind) {
    case 'pending':
      return { kind: 'pending', ...who };
    case 'sending':
      return { kind: 'sending', ...who, elapsedMs: performance.now() - state.since };
    case 'waiting':
      return { kind: 'waiting', ...who, reason: state.reason, remainingMs: Math.max(0, state.until - performance.now()) };
    case 'answered':
      return { kind: 'answered', view: exchangeView({ exchange: state.exchange, key, past: false }, tables) };
    case 'failed':
      return { kind: 'answered', view: failedView(entry, key, state.problem, state.at) };
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

/** What the buttons under an entry's error act on. A call that was made on a page has no file. */
export function actedOn(entry: Entry | undefined): Pick<ActionContext, 'service' | 'file' | 'call'> {
  if (!entry) return {};
  const { file, service, own } = entry.item;
  return own ? { service: own.service, call: file } : { service, file };
}

/** An exchange for the page. */
export function exchangeView({ exchange, key, past, unkept = false }: ShownExchange, tables: readonly TableView[]): ExchangeView {
  const { answer, problem } = exchange;
  return {
    key,
    past: past && !unkept,
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
    tables,
    notes: exchange.notes,
    ...(problem ? { problem } : {}),
    ...(answer ? { status: answer.status, statusText: answer.statusText, body: bodyView(answer) } : {}),
  };
}

/** What is shown when a request did not leave this computer. */
function failedView(entry: Entry, key: string, problem: ErrorParts, at: number): ExchangeView {
  const { service, source } = entry.item;
  return {
    key,
    past: false,
    service: service.name,
    address: service.address,
    source,
    method: 'POST',
    url: service.address,
    startedAt: at,
    durationMs: 0,
    requestBytes: 0,
    requestHeaders: [],
    responseHeaders: [],
    earlierAttempts: [],
    tables: [],
    notes: ['Nothing was sent.'],
    problem,
  };
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
