// Cuts sample code of any language into strings, names and marks, without knowing the language.

/** A piece of code. `at` is its offset, `depth` the number of parentheses and brackets that are open around it. */
export type Token =
  | {
      readonly kind: 'string';
      readonly text: string;
      readonly at: number;
      readonly depth: number;
      readonly line: number;
      readonly fills: Fills;
    }
  | { readonly kind: 'name' | 'mark'; readonly text: string; readonly at: number; readonly depth: number; readonly line: number };

/**
 * How variables are written inside a string: `{a}` after f or $, `${a}` between backticks, `$a` and `${a}` in double quotes, or not at all.
 */
export type Fills = 'braces' | 'dollars' | 'none';

const opening = /(\$@|@\$|[$@]|[fFrRbBuU]{1,2})?("""|'''|["'`])/y;
const name = /\$env:\w+|[$@]?[A-Za-z_]\w*(?:(?:\.|::|\?\.|->|\$)[A-Za-z_]\w*)*/y;
const mark = /<<?-|:=|=>|==|\+=|\.\.|\d+|[^\s]/y;
const blanks = /\s+/y;

/** Cuts code into tokens, in time that grows with its length alone. A quotation mark without its partner on the line is a mark. */
export function tokens(code: string): Token[] {
  const found: Token[] = [];
  const dead = new Map<string, number>();
  let at = 0;
  let depth = 0;
  let line = 0;
  while (at < code.length) {
    const space = match(blanks, code, at);
    if (space !== undefined) {
      line += space[0].includes('\n') ? 1 : 0;
      at += space[0].length;
      continue;
    }
    const open = match(opening, code, at);
    const literal = open === undefined ? undefined : readString(code, at, open[1] ?? '', open[2] ?? '', dead);
    if (literal !== undefined) {
      found.push({ kind: 'string', text: literal.text, at, depth, line, fills: literal.fills });
      at = literal.end;
      continue;
    }
    const word = match(name, code, at);
    const text = word?.[0] ?? match(mark, code, at)?.[0] ?? code.charAt(at);
    if (text === ')' || text === ']') depth = Math.max(0, depth - 1);
    found.push({ kind: word === undefined ? 'mark' : 'name', text, at, depth, line });
    if (text === '(' || text === '[') depth += 1;
    at += text.length;
  }
  return found;
}

interface Literal {
  readonly text: string;
  readonly end: number;
  readonly fills: Fills;
}

function readString(code: string, at: number, prefix: string, quote: string, dead: Map<string, number>): Literal | undefined {
  const verbatim = prefix.includes('@');
  const kind = verbatim ? `@${quote}` : quote;
  if ((dead.get(kind) ?? -1) > at) return undefined;
  const start = at + prefix.length + quote.length;
  const raw = /[@rR]/.test(prefix);
  const limit = quote.length === 3 || verbatim ? code.length : lineEnd(code, start);
  let end = start;
  while (end < limit && !code.startsWith(quote, end)) end += code.charAt(end) === '\\' && !raw ? 2 : 1;
  if (end >= limit) {
    dead.set(kind, limit);
    return undefined;
  }
  const inside = code.slice(start, end);
  return { text: raw ? inside : unescaped(inside), end: end + quote.length, fills: fillsOf(prefix, quote) };
}

function fillsOf(prefix: string, quote: string): Fills {
  if (/[fF$]/.test(prefix)) return 'braces';
  return quote === '"' || quote === '`' ? 'dollars' : 'none';
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  // Swift writes a variable as \(name).
  const plain = text.replace(/\\\(([A-Za-z_]\w{0,80})\)/g, '${$1}');
  return plain.replace(/\\(?:u([\da-fA-F]{4})|(.))/g, (_whole, code: string | undefined, character: string | undefined) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return character === 'n' || character === 'r' || character === 't' ? ' ' : (character ?? '');
  });
}

function lineEnd(code: string, from: number): number {
  const end = code.indexOf('\n', from);
  return end < 0 ? code.length : end;
}

function match(pattern: RegExp, code: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(code) ?? undefined;
}
