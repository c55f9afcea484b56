// Reads the body of a request up to a limit.

import type { IncomingMessage } from 'node:http';
import { Problem } from './problem';

/** The largest request body that is read, in bytes. */
export const bodyLimit = 64 * 1024 * 1024;

/** The largest submission of a batch job, in bytes: it names blobs, its rows are in them. */
export const jobBodyLimit = 1024 * 1024;

/** Reads the whole body. Rejects with a 413 when it is larger than `limit` bytes, and with an Error when the client goes away. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      reject(tooLarge(limit));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      request.off('data', onData);
      chunks.length = 0;
      reject(tooLarge(limit));
    };
    request.on('data', onData);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => reject(new Error('The client went away.')));
  });
}

function tooLarge(limit: number): Problem {
  return new Problem(413, 'RequestTooLarge', 'RequestBodyTooLarge', `The body of the request is larger than ${limit} bytes.`);
}
