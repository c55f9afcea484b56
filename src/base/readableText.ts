// A body as a person reads it in an editor: JSON with a line for each member, every number as it came.

import { format } from 'jsonc-parser';
import { tryParse } from './shape';

/** Longer texts are left as they are, in UTF-16 units: putting them in order would take seconds. */
const longest = 5 * 1024 * 1024;

/** JSON with line breaks and indents; anything else, and what is very long, as it is. Only the blanks between its parts change. */
export function readableText(text: string): string {
  if (text.length > longest || tryParse(text) === undefined) return text;
  const edits = [...format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' })].sort((one, other) => one.offset - other.offset);
  // One pass: the package's own way to apply them takes a minute for a megabyte.
  const pieces: string[] = [];
  let at = 0;
  for (const { offset, length, content } of edits) {
    pieces.push(text.slice(at, offset), content);
    at = offset + length;
  }
  return pieces.join('') + text.slice(at);
}
