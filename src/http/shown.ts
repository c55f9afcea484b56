// Requests, answers and failures as they are shown: without the caller's own keys.

import type { ErrorParts } from '../model/errors';
import type { Header, NetworkFailure, WireAnswer } from '../model/wire';
import { answerText, charsetOf, inUtf8 } from './answerText';
import { maskedHeader, type Redactor } from '../redaction';
import { failureParts } from './failureParts';

/** A request's headers: which secrets were sent, and nothing of their values. `secretNames` in lower case. */
export function shownHeaders(headers: readonly Header[], secretNames: readonly string[], guard: Redactor): Header[] {
  return headers.map(({ name, value }) => ({
    name: guard.text(name),
    value: secretNames.includes(name.toLowerCase()) ? maskedHeader(value) : guard.text(value),
  }));
}

/** An answer, should the other side send the keys back; `echoed` tells whether it did. */
export function shownAnswer(answer: WireAnswer, guard: Redactor): { readonly answer: WireAnswer; readonly echoed: boolean } {
  const read = decoded(answer, guard);
  const body = guard.bytes(read.body);
  const headers = read.headers.map(({ name, value }) => ({ name: guard.text(name), value: guard.text(value) }));
  const statusText = guard.text(answer.statusText);
  const echoed =
    body !== answer.body ||
    statusText !== answer.statusText ||
    headers.some(({ name, value }, index) => name !== read.headers[index]?.name || value !== read.headers[index]?.value);
  return { answer: { status: answer.status, statusText, headers, body }, echoed };
}

/** What went wrong on the network. `timeoutMs` is the limit that the call had, in milliseconds. */
export function shownFailure(failure: NetworkFailure, timeoutMs: number, guard: Redactor): ErrorParts {
  const parts = failureParts(failure, timeoutMs);
  return { ...parts, sentence: guard.text(parts.sentence), detail: parts.detail === undefined ? undefined : guard.text(parts.detail) };
}

/** Character sets whose bytes below 128 are ASCII and mean nothing else. */
const ascii = /^(?:utf-?8|us-ascii|ascii|latin-?1|iso-?8859-\d+|windows-125\d)$/;

/** In other character sets a key is other bytes: where one stands in the text, the text is kept in UTF-8 without it. */
function decoded(answer: WireAnswer, guard: Redactor): WireAnswer {
  if (ascii.test(charsetOf(answer))) return answer;
  const text = answerText(answer);
  const safe = guard.text(text);
  return safe === text ? answer : inUtf8(answer, safe);
}
