// A file -> the text that somebody would copy from it, as an editor shows it.

import { TextDecoder } from 'node:util';

/** The text, read as its byte order mark says; without one as UTF-8, where bytes that fit nothing become U+FFFD. */
export function pastedText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
