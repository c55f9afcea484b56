// Cuts texts to a length that is kept and shown.

/** The beginning of a text, at most so many UTF-16 units of it, without half a pair at its end. */
export function beginningOfText(text: string, units: number): string {
  if (text.length <= units) return text;
  const code = text.charCodeAt(units - 1);
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? units - 1 : units);
}

/**
 * The text when it has at most `most` UTF-16 units, else its beginning, three dots and, on a line of its own, `notice`: that it was cut,
 * and where all of it is.
 */
export function cutText(text: string, most: number, notice = ''): string {
  return text.length <= most ? text : `${beginningOfText(text, most)}…${notice === '' ? '' : `\n${notice}`}`;
}
