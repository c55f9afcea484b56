// Content codings: which an answer has, what undoes them, and how much may come out.

import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Header } from '../model/wire';
import { sizeText } from '../base/size';
import { failureCode, TransportError } from './networkFailure';

/**
 * The content codings to undo as they were written, the one that was applied last first. Throws TransportError for more than anybody needs.
 */
export function codingsOf(headers: readonly Header[]): string[] {
  const values = headers.filter(({ name }) => name.toLowerCase() === 'content-encoding').flatMap(({ value }) => value.split(','));
  const codings = values.map((coding) => coding.trim()).filter((coding) => coding !== '' && coding.toLowerCase() !== 'identity').reverse();
  if (codings.length > mostCodings)
    throw new TransportError(
      failureCode.encodingUnknown,
      `The answer has ${codings.length} content encodings, which is more than the ${mostCodings} that are undone.`,
    );
  return codings;
}

const mostCodings = 4;

/** What undoes a coding; `start` is the beginning of the body, at least two bytes of it where it has so many. Throws TransportError. */
export function decoderFor(coding: string, start: Uint8Array, chunkSize: number): Transform {
  switch (coding.toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip({ chunkSize });
    case 'deflate':
      // The standard means zlib's format; some servers send the bare stream.
      return hasZlibHeader(start) ? zlib.createInflate({ chunkSize }) : zlib.createInflateRaw({ chunkSize });
    case 'br':
      return zlib.createBrotliDecompress({ chunkSize });
    default:
      throw new TransportError(failureCode.encodingUnknown, `The answer has the content encoding "${coding}", which was not asked for.`);
  }
}

/** Tells zlib's format from the bare deflate stream, by its first two bytes. */
function hasZlibHeader(body: Uint8Array): boolean {
  const [first = 0, second = 0] = body;
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

/** So much may come out of any body, in bytes; beyond it, of each byte that came so many. Tables seldom shrink to less than a fiftieth. */
const alwaysAllowed = 64 * 1024 * 1024;
const mostPerByte = 250;

/** The most that a body of so many bytes may be unpacked to, in bytes: a few kilobytes can be made to unpack to gigabytes. */
export function mostUnpackedBytes(receivedBytes: number): number {
  return Math.max(alwaysAllowed, receivedBytes * mostPerByte);
}

/** The error for a body that unpacks to more than the limit. */
export function unpacksTooLarge(receivedBytes: number, limitBytes: number): TransportError {
  return new TransportError(
    failureCode.answerTooLarge,
    `The answer unpacks from ${sizeText(receivedBytes)} to more than ${sizeText(limitBytes)}.`,
    { receivedBytes, limitBytes },
  );
}

/** The error for a body that is larger than the limit. */
export function answerTooLarge(limitBytes: number): TransportError {
  return new TransportError(failureCode.answerTooLarge, `The answer is larger than ${sizeText(limitBytes)}.`, { limitBytes });
}
