// JSON set out over lines, token by token: nothing in it is read and printed again, so that numbers, names and their order stay as they
// came.

/** Deeper than this nothing is set out: the blanks in front of the lines would be more than the text. */
const deepest = 100;

/** A text that would become longer than this, in UTF-16 units, stays as it came. */
const longest = 4 * 1024 * 1024;

const token = /"(?:[^"\\]|\\[^])*"?|[{}[\],:]|[^\s{}[\],:"]+/gy;
const blanks = /\s*/gy;

/**
 * The text with a line for each member, or undefined where it is no object or list, has only one line anyway, or is too deep or too long.
 * May be a text's beginning.
 */
export function setOut(text: string): string | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  const parts: string[] = [];
  let length = 0;
  let depth = 0;
  let place = 0;
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  const newLine = (): void => add(`\n${'  '.repeat(depth)}`);
  const next = (): string | undefined => {
    blanks.lastIndex = place;
    blanks.exec(text);
    token.lastIndex = blanks.lastIndex;
    const [found] = token.exec(text) ?? [];
    if (found !== undefined) place = token.lastIndex;
    return found;
  };
  let before = '';
  for (let each = next(); each !== undefined; each = next()) {
    if (each === '}' || each === ']') {
      depth--;
      if (depth < 0) return undefined;
      if (before !== '{' && before !== '[') newLine();
      add(each);
    } else {
      if (before === '{' || before === '[') newLine();
      add(each);
      if (each === '{' || each === '[') depth++;
      else if (each === ',') newLine();
      else if (each === ':') add(' ');
    }
    before = each;
    if (depth > deepest || length > longest) return undefined;
  }
  const made = parts.join('');
  return made.includes('\n') ? made : undefined;
}

/** Whether a text is one JSON object or list, whole. */
export function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Also where it is nested too deep to be read.
    return false;
  }
}
