// An entry of the history <-> the text of its file.

import * as l10n from '@vscode/l10n';
import type { ErrorParts } from '../../model/errors';
import type { Attempt } from '../../model/exchange';
import type { HistoryEntry, KeptOutput } from '../../model/history';
import type { Header } from '../../model/wire';
import { isArray, isObject, member, tryParse } from '../../base/shape';

/** Raised when files that were written before can no longer be read as they are. */
const schema = 1;

/** Why an entry's text is none, as the log has it; `faultText` has it for a person. */
export type EntryFault =
  | 'It is not whole.' | 'It was written by another version of the extension.' | 'It holds an exchange of another name.'
  | 'Something in it is not as it should be.';

/** What came of reading an entry's text. */
export type ReadEntry = { readonly ok: true; readonly entry: HistoryEntry } | {
  readonly ok: false; readonly reason: EntryFault;
  /** True when a newer version of the extension wrote it. */
  readonly newer?: true;
};

/** The text of an entry's file, without its pin, which is a file of its own. */
export function entryText(entry: HistoryEntry): string {
  return `${JSON.stringify({ schema, ...entry, pinned: undefined })}\n`;
}

/** Reads an entry's file, `id` being its name and `pinned` whether its pin is there. */
export function readEntryText(text: string, id: string, pinned = false): ReadEntry {
  const value = tryParse(text);
  if (!isObject(value)) return { ok: false, reason: 'It is not whole.' };
  const written = value['schema'];
  if (written !== schema)
    return {
      ok: false,
      reason: 'It was written by another version of the extension.',
      ...(typeof written === 'number' && written > schema ? { newer: true } : {}),
    };
  if (value['id'] !== id) return { ok: false, reason: 'It holds an exchange of another name.' };
  const entry = readEntry(value, id, pinned);
  return entry ? { ok: true, entry } : { ok: false, reason: 'Something in it is not as it should be.' };
}

/** Why an entry's text is none, in words for a person. */
export function faultText(fault: EntryFault): string {
  switch (fault) {
    case 'It is not whole.':
      return l10n.t('It is not whole.');
    case 'It was written by another version of the extension.':
      return l10n.t('It was written by another version of the extension.');
    case 'It holds an exchange of another name.':
      return l10n.t('It holds an exchange of another name.');
    case 'Something in it is not as it should be.':
      return l10n.t('Something in it is not as it should be.');
    default:
      return fault satisfies never;
  }
}

function readEntry(value: unknown, id: string, pinned: boolean): HistoryEntry | undefined {
  const [name, address] = [text(member(member(value, 'service'), 'name')), text(member(member(value, 'service'), 'address'))];
  const [source, file, method, url] = [
    text(member(value, 'source')),
    text(member(value, 'file')),
    text(member(value, 'method')),
    text(member(value, 'url')),
  ];
  const [requestBytes, startedAt, durationMs, keptBytes] = [
    size(member(value, 'requestBytes')),
    size(member(value, 'startedAt')),
    size(member(value, 'durationMs')),
    size(member(value, 'keptBytes')),
  ];
  const requestHeaders = list(member(value, 'requestHeaders'), readHeader);
  const earlierAttempts = list(member(value, 'earlierAttempts'), readAttempt);
  const notes = list(member(value, 'notes'), text);
  const outputs = list(member(value, 'outputs'), readOutput);
  const kept = member(value, 'kept');
  const keyHeader = text(member(value, 'subscriptionKeyHeader'));
  const answer = member(value, 'answer') === undefined ? undefined : readAnswer(member(value, 'answer')) ?? null;
  const problem = member(value, 'problem') === undefined ? undefined : readProblem(member(value, 'problem')) ?? null;
  if (name === undefined || address === undefined || source === undefined || method === undefined || url === undefined) return undefined;
  if (requestBytes === undefined || startedAt === undefined || durationMs === undefined || keptBytes === undefined) return undefined;
  // A time that no calendar has would break whatever draws it.
  if (Number.isNaN(new Date(startedAt).getTime())) return undefined;
  if (!requestHeaders || !earlierAttempts || !notes || !outputs || answer === null || problem === null) return undefined;
  return {
    id,
    service: { name, address },
    sample: member(value, 'sample') === true,
    source,
    ...(file === undefined ? {} : { file }),
    method,
    url,
    requestHeaders,
    requestBytes,
    startedAt,
    durationMs,
    earlierAttempts,
    ...(answer ? { answer } : {}),
    ...(problem ? { problem } : {}),
    ...(member(value, 'own') === true ? { own: true } : {}),
    ...(keyHeader === undefined ? {} : { subscriptionKeyHeader: keyHeader }),
    notes,
    outputs,
    pinned,
    kept: { request: member(kept, 'request') === true, answer: member(kept, 'answer') === true },
    keptBytes,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function size(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** All elements, or undefined when one of them is none or there is no list. */
function list<T>(value: unknown, read: (each: unknown) => T | undefined): readonly T[] | undefined {
  if (!isArray(value)) return undefined;
  const all = value.flatMap((each) => read(each) ?? []);
  return all.length === value.length ? all : undefined;
}

function readHeader(value: unknown): Header | undefined {
  const [name, content] = [text(member(value, 'name')), text(member(value, 'value'))];
  return name === undefined || content === undefined ? undefined : { name, value: content };
}

function readAttempt(value: unknown): Attempt | undefined {
  const [status, reason, waitMs] = [size(member(value, 'status')), text(member(value, 'reason')), size(member(value, 'waitMs'))];
  return reason === undefined || waitMs === undefined ? undefined : { ...(status === undefined ? {} : { status }), reason, waitMs };
}

function readOutput(value: unknown): KeptOutput | undefined {
  const [name, rows, columns] = [text(member(value, 'name')), size(member(value, 'rows')), size(member(value, 'columns'))];
  return name === undefined || rows === undefined || columns === undefined ? undefined : { name, rows, columns };
}

function readAnswer(value: unknown): HistoryEntry['answer'] {
  const [status, statusText, bytes] = [size(member(value, 'status')), text(member(value, 'statusText')), size(member(value, 'bytes'))];
  const headers = list(member(value, 'headers'), readHeader);
  return status === undefined || statusText === undefined || bytes === undefined || !headers
    ? undefined
    : { status, statusText, headers, bytes };
}

function readProblem(value: unknown): ErrorParts | undefined {
  const [sentence, detail, advice] = [text(member(value, 'sentence')), text(member(value, 'detail')), text(member(value, 'advice'))];
  const listed = member(value, 'actions');
  // Also those of a newer version of the extension: what is no button here is not shown.
  const known = isArray(listed) ? listed.filter((each) => typeof each === 'string') : undefined;
  return sentence === undefined
    ? undefined
    : {
        sentence,
        ...(detail === undefined ? {} : { detail }),
        ...(advice === undefined ? {} : { advice }),
        ...(known ? { actions: known } : {}),
      };
}
