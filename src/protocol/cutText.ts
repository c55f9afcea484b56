// Cuts texts from outside to a length that is kept and shown.

/**
 * The text when it has at most `most` UTF-16 units, else its beginning, three dots and, on a line of its own, `notice`: that it was cut, and where all
 * of it is.
 */
export function cutText(text: string, most: number, notice = ''): string {
  if (text.length <= most) return text;
  // No half of a pair at the end.
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}…${notice === '' ? '' : `\n${notice}`}`;
}
