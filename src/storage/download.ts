// Reads blobs by their addresses, token included: into a file, whole or not at all, and piece by piece from any byte on. Does not load
// storage-blob.

import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { BodyCut, Cancelled, HumanError, LocalFailure, messageOf, StorageFailed } from '../model/errors';
import type { Header, OpenAnswer, Transport } from '../model/wire';
import { headerValue } from '../http/headers';
import { isLoopback } from '../base/loopback';
import { percentDecoded } from '../base/percent';
import { codingsOf } from '../http/codings';
import { requireRoom, put, exists, taken, unwritable } from './downloadFile';
import { storageFailed, storageUnreached, tokenExpiry, tokenGuard, type StorageContext } from './storageMessages';

/** The outside that downloads need. */
export interface DownloadTools {
  readonly transport: Pick<Transport, 'open'>;
  /** One line for the log after each call: method, host, path, status, milliseconds; never a query. */
  readonly log: (line: string) => void;
}

export interface DownloadOptions {
  /** Told how many bytes are there, and of how many when that is known. */
  readonly onProgress: (done: number, total?: number) => void;
  /** False leaves a file that is there already as it is: LocalFailure. */
  readonly overwrite: boolean;
}

/** A blob's bytes, from one of them on. */
export interface OpenedBytes {
  /** Throws StorageFailed and Cancelled; leaving early closes the connection. */
  readonly stream: AsyncIterable<Uint8Array>;
  /** Of the whole blob, in bytes. */
  readonly totalBytes?: number;
  readonly etag?: string;
}

/** So long the other side may be silent, in milliseconds. */
const silenceMs = 60_000;

/**
 * Downloads a blob into a file, which appears only when all of it is there. Throws StorageFailed (with the code
 * `AuthenticationFailed` for a token that is not accepted any more), LocalFailure for what goes wrong with the file, and Cancelled.
 */
export async function downloadTo(
  url: string,
  path: string,
  options: DownloadOptions,
  tools: DownloadTools,
  signal: AbortSignal,
): Promise<{ readonly bytes: number }> {
  if (!options.overwrite && (await exists(path))) throw taken(path);
  const answer = await get(url, [], tools, signal);
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await requireRoom(path, announced(answer));
    const bytes = await write(answer, part, path, options, url);
    if (signal.aborted) throw new Cancelled();
    await put(part, path, options.overwrite);
    return { bytes };
  } catch (error) {
    // Where writing fails, nobody reads the rest.
    await leave(answer);
    await rm(part, { force: true }).catch(() => undefined);
    throw readingError(error, url, signal);
  }
}

/**
 * Opens a blob from the byte `from` on, also where the server knows no ranges. With an `etag`, a blob that has changed since then
 * is refused with the code `ConditionNotMet`. Throws as downloads do.
 */
export async function openBytes(
  url: string,
  { from = 0, etag }: { readonly from?: number; readonly etag?: string },
  tools: DownloadTools,
  signal: AbortSignal,
): Promise<OpenedBytes> {
  const headers: Header[] = [];
  if (from > 0) headers.push({ name: 'Range', value: `bytes=${from}-` });
  if (etag !== undefined) headers.push({ name: 'If-Match', value: etag });
  const answer = await unpackable(await get(url, headers, tools, signal), () =>
    get(
      url,
      headers.filter(({ name }) => name !== 'Range'),
      tools,
      signal,
    ),
  );
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headerValue(answer.headers, 'content-range') ?? '');
  const total = range === null ? announced(answer) : whole(range[2]);
  const tag = headerValue(answer.headers, 'etag');
  const start = answer.status === 206 ? (whole(range?.[1]) ?? from) : 0;
  if (start > from) {
    await leave(answer);
    throw new StorageFailed({
      sentence: `${placeOf(url).host} gave another part of the file than was asked for.`,
      advice: 'Save the file instead.',
    });
  }
  return {
    stream: answer.status === 416 ? nothing(answer) : pieces(answer, from - start, url, signal),
    ...(total === undefined ? {} : { totalBytes: total }),
    ...(tag === undefined ? {} : { etag: tag }),
  };
}

/**
 * An answer to a range that something can be made of. A range is one of the bytes as they are stored: where they are packed, nothing can be
 * unpacked from the middle on, and what is asked for may lie behind their end. Then all of it is asked for, and what is there already is
 * passed over.
 */
async function unpackable(answer: OpenAnswer, getWhole: () => Promise<OpenAnswer>): Promise<OpenAnswer> {
  const { status } = answer;
  if (status !== 416 && (status !== 206 || codingsOf(answer.headers).length === 0)) return answer;
  const whole = await getWhole().catch(async (error: unknown) => {
    // Nobody reads the first answer any more, and what is not read holds its connection.
    await leave(answer);
    throw error;
  });
  const better = status === 206 || codingsOf(whole.headers).length > 0;
  await leave(better ? answer : whole);
  return better ? whole : answer;
}

async function leave({ body }: OpenAnswer): Promise<void> {
  await body[Symbol.asyncIterator]().return?.();
}

/** Asks for the blob; what comes back is a yes, or a 416 where the range is beyond its end. */
async function get(url: string, headers: readonly Header[], tools: DownloadTools, signal: AbortSignal): Promise<OpenAnswer> {
  const asked = [{ name: 'Accept-Encoding', value: 'identity' }, ...headers];
  const began = performance.now();
  const outcome = await tools.transport.open({ method: 'GET', url, headers: asked, timeoutMs: silenceMs }, signal);
  const { host, pathname } = placeOf(url);
  tools.log(
    `GET ${host}${pathname} ${outcome.ok ? outcome.answer.status : outcome.failure.kind} ${Math.round(performance.now() - began)} ms`,
  );
  if (!outcome.ok) {
    if (outcome.failure.kind === 'cancelled') throw new Cancelled();
    throw storageUnreached(outcome.failure, contextOf(url));
  }
  const { answer } = outcome;
  const ranged = headers.some(({ name }) => name === 'Range');
  if (answer.status === 200 || (ranged && (answer.status === 206 || answer.status === 416))) return answer;
  try {
    throw await refusal(answer, url);
  } catch (error) {
    throw readingError(error, url, signal);
  }
}

/** Of an answer that says no, so much is read for its words, in bytes. */
const mostWords = 16 * 1024;

async function refusal({ status, headers, body }: OpenAnswer, url: string): Promise<StorageFailed> {
  const pieces: Uint8Array[] = [];
  let read = 0;
  for await (const piece of body) {
    pieces.push(piece);
    read += piece.byteLength;
    if (read > mostWords) break;
  }
  const text = Buffer.concat(pieces).toString('utf8');
  const code = headerValue(headers, 'x-ms-error-code') ?? /<Code>(\w+)<\/Code>/.exec(text)?.[1];
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1]?.split('\n').filter((line) => !line.startsWith('Time:')).join(' ');
  const date = Date.parse(headerValue(headers, 'date') ?? '');
  const failed = storageFailed({ status, code, message, date: Number.isNaN(date) ? undefined : date }, contextOf(url));
  // Whatever storage calls it: a fresh token is what may help.
  return status === 403
    ? new StorageFailed(
        { sentence: failed.message, detail: failed.detail, advice: failed.advice, actions: failed.actions },
        'AuthenticationFailed',
      )
    : failed;
}

/** Writes the body into a new file and waits until it is on the disk. */
async function write(answer: OpenAnswer, part: string, path: string, { onProgress }: DownloadOptions, url: string): Promise<number> {
  const total = announced(answer);
  const handle = await open(part, 'wx').catch((error: unknown) => {
    throw unwritable(path, error);
  });
  try {
    let done = 0;
    onProgress(0, total);
    for await (const piece of answer.body) {
      for (let written = 0; written < piece.byteLength; ) {
        const { bytesWritten } = await handle.write(piece, written).catch((error: unknown) => {
          throw unwritable(path, error);
        });
        written += bytesWritten;
      }
      done += piece.byteLength;
      onProgress(done, total);
    }
    if (total !== undefined && done !== total)
      throw new StorageFailed({
        sentence: `Only ${done} of ${total} bytes came from ${placeOf(url).host}.`,
        advice: 'Try again.',
        actions: ['retry'],
      });
    await handle.sync().catch((error: unknown) => {
      throw unwritable(path, error);
    });
    return done;
  } finally {
    await handle.close();
  }
}

async function* pieces({ body }: OpenAnswer, skipped: number, url: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  let left = skipped;
  try {
    for await (const piece of body) {
      if (left < piece.byteLength) yield piece.subarray(left);
      left = Math.max(0, left - piece.byteLength);
    }
  } catch (error) {
    throw readingError(error, url, signal);
  }
}

/** The range begins at the end of the blob or beyond: no bytes, and the storage's words about it are not wanted. */
async function* nothing(answer: OpenAnswer): AsyncGenerator<Uint8Array, void> {
  await leave(answer);
}

function announced({ status, headers }: OpenAnswer): number | undefined {
  return status === 200 && codingsOf(headers).length === 0 ? whole(headerValue(headers, 'content-length')) : undefined;
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function readingError(error: unknown, url: string, signal: AbortSignal): Error {
  if (signal.aborted) return new Cancelled();
  if (error instanceof BodyCut)
    return error.failure.kind === 'cancelled' ? new Cancelled() : storageUnreached(error.failure, contextOf(url));
  if (error instanceof HumanError || error instanceof Cancelled) return error;
  return new LocalFailure({
    sentence: `The download from ${placeOf(url).host} failed.`,
    detail: tokenGuard(placeOf(url).search).text(messageOf(error)),
    actions: ['showLog'],
  });
}

/** Host, path and query of an address, also of one that is none. */
function placeOf(url: string): { readonly host: string; readonly pathname: string; readonly search: string } {
  return URL.canParse(url) ? new URL(url) : { host: '', pathname: '', search: '' };
}

function contextOf(url: string): StorageContext {
  const { host, pathname, search } = placeOf(url);
  // On this computer the account is part of the path.
  const [container = '', ...rest] = pathname.split('/').slice(isLoopback(host.replace(/:\d+$/, '')) ? 2 : 1).map(percentDecoded);
  const blob = rest.join('/');
  return {
    host,
    container,
    ...(blob === '' ? {} : { blob }),
    usesToken: true,
    tokenExpiry: tokenExpiry(search),
    now: Date.now(),
    timeoutMs: silenceMs,
    guard: tokenGuard(search),
  };
}
