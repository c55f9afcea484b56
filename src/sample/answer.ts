// An answer before it is sent, and how it is sent: whole with its length, or piece by piece.

import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Problem } from './problem';

/** An answer: `pieces` are made while they are sent. `length` is in bytes, where it is known beforehand. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: Iterable<string>;
  readonly length?: number;
}

const jsonType = { 'Content-Type': 'application/json; charset=utf-8' };

/** An answer with this value as JSON. */
export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { ...jsonType, ...headers }, pieces: [JSON.stringify(value)] };
}

/** A 200 whose JSON comes in pieces. */
export function streamedAnswer(pieces: Iterable<string>, length?: number): Answer {
  return { status: 200, headers: jsonType, pieces, ...(length === undefined ? {} : { length }) };
}

/** An answer with this text, exactly; `headers` win over what would be set without them. */
export function textAnswer(status: number, text: string, json: boolean, headers: Readonly<Record<string, string>>): Answer {
  const own = json ? jsonType : { 'Content-Type': 'text/plain; charset=utf-8' };
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { status, headers: text === '' || named ? headers : { ...own, ...headers }, pieces: [text] };
}

/** An answer without a body. */
export function emptyAnswer(status: number): Answer {
  return { status, headers: {}, pieces: [] };
}

/** The answer that says no. */
export function problemAnswer(problem: Problem): Answer {
  return jsonAnswer(problem.status, problem.document(), problem.headers);
}

/** Makes the whole body of an answer. */
export function wholeBody(answer: Answer): Buffer {
  return Buffer.concat(Array.from(answer.pieces, (piece) => Buffer.from(piece, 'utf8')));
}

/** Sends an answer and settles when all of it is on its way. Rejects when the client goes away before. */
export async function send(response: ServerResponse, answer: Answer): Promise<void> {
  const pieces = answer.pieces[Symbol.iterator]();
  const first = pieces.next();
  const second = first.done ? first : pieces.next();
  setHead(response, answer);
  if (second.done) {
    sendWhole(response, Buffer.from(first.done ? '' : first.value, 'utf8'));
    return;
  }
  if (answer.length !== undefined) response.setHeader('Content-Length', answer.length);
  await pipeline(Readable.from(joined([first.value, second.value], pieces), { objectMode: false }), response);
}

/** Sets status and headers; nothing is sent yet. */
export function setHead(response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
}

/** Sends `body` with its length and ends the answer. */
export function sendWhole(response: ServerResponse, body: Buffer): void {
  if (body.length > 0 && !response.hasHeader('Content-Length') && !response.hasHeader('Transfer-Encoding'))
    response.setHeader('Content-Length', body.length);
  response.end(body);
}

function* joined(start: readonly string[], rest: Iterator<string>): Generator<string> {
  yield* start;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}
