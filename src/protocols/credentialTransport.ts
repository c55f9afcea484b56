// Downloads with a credential: each call gets its headers, and what a refusal repeats of them is masked.

import type { OpenAnswer, Transport } from '../model/wire';
import { redactor, type Redactor } from '../redaction';
import type { Credential } from '../model/credential';

/** The same transport with the credential's headers on every call. Throws WrongAudience, with nothing sent, as the credential does. */
export function withCredential(transport: Pick<Transport, 'open'>, credential: Credential): Pick<Transport, 'open'> {
  const guard = redactor([...credential.hidden]);
  return {
    open: async (request, signal) => {
      const outcome = await transport.open({ ...request, headers: [...request.headers, ...credential.headers(request.url)] }, signal);
      return outcome.ok && outcome.answer.status >= 400 ? { ok: true, answer: masked(outcome.answer, guard) } : outcome;
    },
  };
}

/** So much is kept of a refusal, in bytes: its words stand at its beginning. */
const mostWords = 64 * 1024;

function masked(answer: OpenAnswer, guard: Redactor): OpenAnswer {
  return {
    ...answer,
    headers: answer.headers.map(({ name, value }) => ({ name, value: guard.text(value) })),
    body: maskedBody(answer.body, guard),
  };
}

async function* maskedBody(body: OpenAnswer['body'], guard: Redactor): AsyncGenerator<Uint8Array, void> {
  const pieces: Uint8Array[] = [];
  let read = 0;
  // A key may lie across two pieces.
  for await (const piece of body) {
    pieces.push(piece);
    read += piece.byteLength;
    if (read >= mostWords) break;
  }
  yield guard.bytes(Buffer.concat(pieces));
}
