// Passes over interim answers ("100 Continue" and the like), which any server may send before the answer itself; undici takes a 100 that it
// did not ask for as a fault.

import type { Socket } from 'node:net';

/** The beginning of an interim answer's status line. 101 is none: it changes the protocol. */
const interim = /^HTTP\/1\.[01] 1(?!01)\d\d/;
const statusBytes = 'HTTP/1.1 100'.length;

/** An interim answer that is longer than this is not passed over, in bytes. */
const longestInterim = 64 * 1024;

/** What tells where an answer begins. */
export interface InterimFilter {
  /** The next byte that comes begins an answer. */
  expect(): void;
}

/** Has the socket leave interim answers out of what is read from it. The first byte that comes is taken to begin an answer. */
export function passOverInterim(socket: Socket): InterimFilter {
  const read = socket.read.bind(socket);
  /** What came of an answer whose beginning is not whole yet; undefined once the answer itself is on its way. */
  let begun: Buffer | undefined = Buffer.alloc(0);
  socket.read = (size?: number): unknown => {
    // Node's own streams read nothing to have the next bytes fetched.
    if (size !== undefined) return read(size);
    for (;;) {
      const chunk: unknown = read();
      if (begun === undefined || !Buffer.isBuffer(chunk)) return chunk;
      begun = withoutInterim(begun.length === 0 ? chunk : Buffer.concat([begun, chunk]));
      if (!isUndecided(begun)) {
        const answer = begun;
        begun = undefined;
        return answer;
      }
    }
  };
  return {
    expect: () => {
      begun = Buffer.alloc(0);
    },
  };
}

/** The bytes from the first answer on that is not interim, or not whole yet. */
function withoutInterim(bytes: Buffer): Buffer {
  for (let rest = bytes; ; ) {
    const end = isInterim(rest) ? rest.indexOf('\r\n\r\n') : -1;
    if (end < 0) return rest;
    rest = rest.subarray(end + 4);
  }
}

function isInterim(bytes: Buffer): boolean {
  return interim.test(bytes.toString('latin1', 0, statusBytes));
}

/** True while what came may be the beginning of an interim answer. */
function isUndecided(bytes: Buffer): boolean {
  if (bytes.length >= statusBytes) return isInterim(bytes) && bytes.length < longestInterim;
  const head = bytes.toString('latin1');
  return 'HTTP/1.1 1'.startsWith(head.slice(0, 10)) || 'HTTP/1.0 1'.startsWith(head.slice(0, 10));
}
