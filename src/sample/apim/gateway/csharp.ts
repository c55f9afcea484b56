// Finds where a C# expression of a policy ends, which its quotes, braces and `<` would hide from a reader of XML.

/** Deeper than this no expression is nested; a text that is says nothing to us. */
const deepest = 60;

/**
 * The index after the bracket that ends the expression whose `@(` or `@{` stands at `at`, or undefined where there is none. Strings
 * (plain, verbatim, interpolated, and with quotes written `&quot;`), characters and comments are stepped over.
 */
export function expressionEnd(text: string, at: number): number | undefined {
  const opener = text[at + 1];
  if (text[at] !== '@' || (opener !== '(' && opener !== '{')) return undefined;
  return balancedEnd(text, at + 1, 0);
}

/** The index after the bracket that closes the one at `at`. */
function balancedEnd(text: string, at: number, depth: number): number | undefined {
  if (depth > deepest) return undefined;
  const open: string[] = [];
  for (let index = at; index < text.length; ) {
    const char = text[index] ?? '';
    const string = stringAt(text, index);
    if (string !== undefined) {
      const end = stringEnd(text, string, depth);
      if (end === undefined) return undefined;
      index = end;
      continue;
    }
    if (char === '/' && text[index + 1] === '/') {
      index = after(text, '\n', index);
      continue;
    }
    if (char === '/' && text[index + 1] === '*') {
      index = after(text, '*/', index + 2);
      continue;
    }
    if (char === "'") {
      index = characterEnd(text, index);
      continue;
    }
    const closer = closers[char];
    if (closer !== undefined) open.push(closer);
    else if (char === ')' || char === '}' || char === ']') {
      if (open.pop() !== char) return undefined;
      if (open.length === 0) return index + 1;
    }
    index++;
  }
  return undefined;
}

const closers: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

interface StringStart {
  /** Index of what is within it. */
  readonly from: number;
  readonly quote: string;
  readonly verbatim: boolean;
  readonly interpolated: boolean;
}

/** A string that begins at `at`, with its prefixes. */
function stringAt(text: string, at: number): StringStart | undefined {
  let index = at;
  while (index < at + 2 && (text[index] === '@' || text[index] === '$')) index++;
  const quote = quoteAt(text, index);
  if (quote === undefined) return undefined;
  const prefix = text.slice(at, index);
  return { from: index + quote.length, quote, verbatim: prefix.includes('@'), interpolated: prefix.includes('$') };
}

function quoteAt(text: string, at: number): string | undefined {
  return ['"', '&quot;', '&#34;'].find((form) => text.startsWith(form, at));
}

function stringEnd(text: string, { from, quote, verbatim, interpolated }: StringStart, depth: number): number | undefined {
  for (let index = from; index < text.length; ) {
    if (!verbatim && text[index] === '\\') {
      index += 1 + (quoteAt(text, index + 1)?.length ?? 1);
    } else if (text.startsWith(quote, index)) {
      index += quote.length;
      if (!verbatim || !text.startsWith(quote, index)) return index;
      index += quote.length;
    } else if (interpolated && text[index] === '{') {
      if (text[index + 1] === '{') {
        index += 2;
        continue;
      }
      const end = balancedEnd(text, index, depth + 1);
      if (end === undefined) return undefined;
      index = end;
    } else index++;
  }
  return undefined;
}

/** After a character such as 'x' or '\n'; an apostrophe that begins none is passed alone. */
function characterEnd(text: string, at: number): number {
  const end = text[at + 1] === '\\' ? at + 3 : at + 2;
  return text[end] === "'" ? end + 1 : at + 1;
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}
