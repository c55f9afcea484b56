// Undoes the content encoding of a body while it comes.

import { pipeline } from 'node:stream/promises';
import { BodyCut } from '../model/errors';
import type { Header } from '../model/wire';
import type { BodyStream } from './bodyStream';
import { codingsOf, decoderFor, mostUnpackedBytes, unpacksTooLarge } from './codings';
import { networkFailure, type HostRoute } from './networkFailure';

/**
 * The body without its content codings. Throws BodyCut, also where the body is not what its headers say or unpacks to too much; leaving
 * early leaves `stream`.
 */
export function decodedPieces(stream: BodyStream, headers: readonly Header[], route: HostRoute): AsyncIterable<Uint8Array> {
  const codings = codingsOf(headers);
  if (codings.length === 0) return stream;
  const pieces = decoded(stream, codings, route);
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => pieces.next(),
      // A generator that has not begun would not leave the stream by itself.
      return: async () => {
        await stream.return();
        return pieces.return();
      },
    }),
  };
}

async function* decoded(stream: BodyStream, codings: readonly string[], route: HostRoute): AsyncGenerator<Uint8Array, void> {
  try {
    let pieces: AsyncIterable<Uint8Array> = stream;
    for (const coding of codings) pieces = undone(pieces, coding, stream);
    yield* pieces;
  } catch (error) {
    throw error instanceof BodyCut ? error : new BodyCut(networkFailure(error, route));
  } finally {
    await stream.return();
  }
}

async function* undone(pieces: AsyncIterable<Uint8Array>, coding: string, stream: BodyStream): AsyncGenerator<Uint8Array, void> {
  const source = pieces[Symbol.asyncIterator]();
  const start = await firstBytes(source);
  // An empty body has no coding, whatever its headers say.
  if (start.length === 0) return;
  const decoder = decoderFor(coding, start, chunkBytes);
  const fed = pipeline(startingWith(start, source), decoder);
  // What goes wrong here is thrown by the decoder too.
  fed.catch(() => undefined);
  try {
    let unpacked = 0;
    for await (const piece of decoder) {
      if (!(piece instanceof Uint8Array)) continue;
      unpacked += piece.byteLength;
      const limit = mostUnpackedBytes(stream.receivedBytes);
      if (unpacked > limit) throw unpacksTooLarge(stream.receivedBytes, limit);
      yield piece;
    }
  } finally {
    decoder.destroy();
    // The feeding may wait for bytes that nobody wants any more.
    await stream.return();
  }
}

/** The first two bytes or more: they tell the two kinds of "deflate" apart. Fewer where the body is shorter. */
async function firstBytes(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  while (start.length < 2) {
    const { done, value } = await source.next();
    if (done === true) break;
    start = start.length === 0 ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : Buffer.concat([start, value]);
  }
  return start;
}

async function* startingWith(start: Buffer, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield start;
  for (;;) {
    const { done, value } = await source.next();
    if (done === true) return;
    yield value;
  }
}

/** Each chunk of output is a trip to the thread pool. */
const chunkBytes = 64 * 1024;
