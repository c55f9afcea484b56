// The kinds of JSON token by name: jsonc-parser declares them as a const enum, which isolated modules cannot import.

/** jsonc-parser's `SyntaxKind`. A unit test compares it with what the scanner gives. */
export const token = {
  openObject: 1, closeObject: 2, openArray: 3, closeArray: 4, comma: 5, colon: 6,
  null: 7, true: 8, false: 9, string: 10, number: 11,
  lineComment: 12, blockComment: 13, lineBreak: 14, blank: 15, end: 17,
};
