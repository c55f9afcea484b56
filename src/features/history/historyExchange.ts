// An exchange -> its entry in the history, and back.

import type { Exchange, Missing } from '../../model/exchange';
import type { HistoryEntry } from '../../model/history';
import { missingNotes } from './historyMissing';

/** The bodies of an entry as far as they are there. */
export interface EntryBodies {
  readonly request: Uint8Array | undefined;
  readonly answer: Uint8Array | undefined;
}

/** What an entry tells beyond the exchange itself. */
export type EntryFacts = Pick<HistoryEntry, 'id' | 'sample' | 'file' | 'kept'>;

/** The exchange as it was kept, without its tables. */
export function exchangeOf(entry: HistoryEntry, { request, answer: body }: EntryBodies): Exchange {
  const { service, source, method, url, requestHeaders, requestBytes, startedAt, durationMs, earlierAttempts, problem, answer, kept } =
    entry;
  const lost = (there: boolean, wanted: boolean): Missing | undefined => (there ? undefined : wanted ? 'gone' : 'too large');
  const [noRequest, noAnswer] = [lost(request !== undefined, kept.request), answer && lost(body !== undefined, kept.answer)];
  return {
    service,
    source,
    method,
    url,
    requestHeaders,
    requestBytes,
    startedAt,
    durationMs,
    earlierAttempts,
    tables: [],
    requestBody: request === undefined ? '' : Buffer.from(request).toString('utf8'),
    ...(answer
      ? { answer: { status: answer.status, statusText: answer.statusText, headers: answer.headers, body: body ?? new Uint8Array() } }
      : {}),
    ...(problem ? { problem } : {}),
    ...(entry.own ? { own: true } : {}),
    ...(entry.subscriptionKeyHeader === undefined ? {} : { subscriptionKeyHeader: entry.subscriptionKeyHeader }),
    notes: [...entry.notes, ...missingNotes(noRequest, noAnswer)],
    ...(noRequest || noAnswer
      ? { missing: { ...(noRequest ? { request: noRequest } : {}), ...(noAnswer ? { answer: noAnswer } : {}) } }
      : {}),
  };
}

/** The entry of an exchange that was made safe to keep; sizes and widths are those of `whole`, the exchange as it came. */
export function entryOf(safe: Exchange, whole: Exchange, { id, sample, file, kept }: EntryFacts): HistoryEntry {
  return {
    id,
    service: safe.service,
    sample,
    source: safe.source,
    ...(file === undefined ? {} : { file }),
    method: safe.method,
    url: safe.url,
    requestHeaders: safe.requestHeaders,
    requestBytes: safe.requestBytes,
    startedAt: safe.startedAt,
    durationMs: safe.durationMs,
    earlierAttempts: safe.earlierAttempts,
    ...(safe.answer && whole.answer
      ? {
          answer: {
            status: safe.answer.status,
            statusText: safe.answer.statusText,
            headers: safe.answer.headers,
            bytes: whole.answer.body.byteLength,
          },
        }
      : {}),
    ...(safe.problem ? { problem: safe.problem } : {}),
    ...(safe.own ? { own: true } : {}),
    ...(safe.subscriptionKeyHeader === undefined ? {} : { subscriptionKeyHeader: safe.subscriptionKeyHeader }),
    notes: safe.notes,
    outputs: safe.tables.map(({ name, totalRows, columns }, index) => ({
      name,
      rows: totalRows,
      columns: whole.tables[index]?.columns.length ?? columns.length,
    })),
    pinned: false,
    kept,
    keptBytes: 0,
  };
}
