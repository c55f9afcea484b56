// Texts of nothing but ASCII, which large ones mostly are: they need no decoding, and hold no character that cannot be seen.

/** Whether a text is ASCII. Counting bytes is several times as fast as looking for characters. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') === text.length;
}
