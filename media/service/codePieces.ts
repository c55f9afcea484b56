// Finds the strings and comments of code and JSON, so that they can be coloured. What is taken for which decides colours only.

/** Where a string may begin, or a comment that has its line for itself. */
const beginning = /^[ \t]*(?:#|\/\/).*$|["']/gm;

/** Strings that are closed on their line, and comments that have their line for themselves, in order. */
export function* piecesOf(text: string): Generator<{ readonly index: number; readonly piece: string }> {
  let next = 0;
  /** Up to here no string in these quotes is closed, by quote: it was looked for from further in front. */
  const open = new Map<string, number>();
  for (const { index, 0: start } of text.matchAll(beginning)) {
    if (index < next) continue;
    if (start !== '"' && start !== "'") {
      yield { index, piece: start };
      continue;
    }
    if (index < (open.get(start) ?? 0)) continue;
    const end = endOfString(text, index + 1, start);
    if (text.charAt(end) === start) {
      yield { index, piece: text.slice(index, end + 1) };
      next = end + 1;
    } else open.set(start, end);
  }
}

/** Where the closing quote stands, or else the end of the line. */
function endOfString(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== quote && text.charAt(at) !== '\n') {
    at += text.charAt(at) === '\\' && text.charAt(at + 1) !== '\n' ? 2 : 1;
  }
  return at;
}
