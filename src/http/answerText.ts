// The bytes of an answer -> text, and what kind of text it is.

import { TextDecoder } from 'node:util';
import type { WireAnswer } from '../model/wire';
import { headerValue } from './headers';

/** What a body is, by its header and its first characters. */
export type BodyKind = 'json' | 'html' | 'xml' | 'text' | 'binary' | 'empty';

/** The body as text: UTF-8 unless the answer names another character set; bytes that fit none become U+FFFD. */
export function answerText(answer: Pick<WireAnswer, 'headers' | 'body'>): string {
  return decoder(charsetOf(answer)).decode(answer.body);
}

/** The same, `pause` awaited before each megabyte. */
export async function answerTextInTurns(
  { headers, body }: Pick<WireAnswer, 'headers' | 'body'>,
  pause: () => Promise<void>,
): Promise<string> {
  const reader = decoder(charsetOf({ headers }));
  const parts: string[] = [];
  for (let from = 0; from < body.byteLength; from += megabyte) {
    await pause();
    parts.push(reader.decode(body.subarray(from, from + megabyte), { stream: true }));
  }
  return parts.join('') + reader.decode();
}

const megabyte = 1024 * 1024;

/** The character set that the answer names, in lower case; UTF-8 when it names none. */
export function charsetOf({ headers }: Pick<WireAnswer, 'headers'>): string {
  return charset.exec(headerValue(headers, 'content-type') ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
}

/** The same answer with `text` as its body, in UTF-8, and a content type that says so. */
export function inUtf8(answer: WireAnswer, text: string): WireAnswer {
  const headers = answer.headers.map(({ name, value }) => ({
    name,
    value: name.toLowerCase() === 'content-type' ? value.replace(charset, 'charset=utf-8') : value,
  }));
  return { ...answer, headers, body: Buffer.from(text, 'utf8') };
}

const charset = /charset\s*=\s*"?([\w:.-]+)"?/i;

/** What kind of thing the body is; `head` is the beginning of its text. */
export function bodyKind(answer: Pick<WireAnswer, 'headers' | 'body'>, head: string): BodyKind {
  if (answer.body.byteLength === 0) return 'empty';
  const type = headerValue(answer.headers, 'content-type')?.toLowerCase() ?? '';
  const start = head.trimStart().slice(0, 100).toLowerCase();
  // U+0000 does not occur in text of any kind, and in most other files it does.
  if (head.includes('\u0000')) return 'binary';
  if (type.includes('html') || start.startsWith('<!doctype html') || start.startsWith('<html')) return 'html';
  if (type.includes('xml') || start.startsWith('<?xml')) return 'xml';
  if (type.includes('json') || /^[[{"]/.test(start)) return 'json';
  return 'text';
}

function decoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    // A character set that nobody knows.
    return new TextDecoder();
  }
}
