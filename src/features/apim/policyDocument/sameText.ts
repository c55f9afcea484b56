// Whether an open document says what was read for it.

/** Compares; line ends and a byte order mark are VS Code's own in a document that is open. */
export function sameText(one: string, other: string): boolean {
  return withoutEnds(one) === withoutEnds(other);
}

function withoutEnds(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
}
