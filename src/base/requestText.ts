// The bytes of a request's file -> its text.

import { TextDecoder } from 'node:util';
import { LocalFailure } from '../model/errors';

/** The text of a file in UTF-8, its byte order mark included; `name` is the file's, for people. Throws LocalFailure for other encodings. */
export function requestText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Sending replacement characters would score other data than the person has.
    throw new LocalFailure({
      sentence: `"${name}" is not written in UTF-8.`,
      advice: 'Open it in an editor with its encoding ("Reopen with Encoding") and send it from there.',
    });
  }
}
