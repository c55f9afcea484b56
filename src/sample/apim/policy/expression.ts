// Finds where a policy expression ends: `@(...)` or `@{...}` with C# inside, whose strings may hold any bracket, quote or angle.

/** Interpolated strings in one another, at most. */
const deepest = 50;

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** True where an expression may begin. */
export function opensExpression(text: string, at: number): boolean {
  return text[at] === '@' && (text[at + 1] === '(' || text[at + 1] === '{');
}

/** The place behind the expression that begins at `at`, or undefined where it never ends. */
export function expressionEnd(text: string, at: number): number | undefined {
  return codeEnd(text, at + 1, 0);
}

/** Reads C# from an opening bracket to behind the one that closes it. */
function codeEnd(text: string, from: number, depth: number): number | undefined {
  if (depth > deepest) return undefined;
  const open: string[] = [];
  let at = from;
  while (at < text.length) {
    const next = skipLiteral(text, at, depth);
    if (next === undefined) return undefined;
    if (next > at) {
      at = next;
      continue;
    }
    const char = text[at] ?? '';
    const closes = closing[char];
    if (closes !== undefined) open.push(closes);
    else if (char === ')' || char === ']' || char === '}') {
      if (open.pop() !== char) return undefined;
      if (open.length === 0) return at + 1;
    }
    at++;
  }
  return undefined;
}

/** The place behind a string, a character or a comment that begins here; `at` itself where none does; undefined where it never ends. */
function skipLiteral(text: string, at: number, depth: number): number | undefined {
  const char = text[at];
  if (char === '"') return stringEnd(text, at + 1, { verbatim: false, holes: false, depth });
  if (char === "'") return characterEnd(text, at);
  if (char === '/' && text[at + 1] === '/') return behind(text, '\n', at) ?? text.length;
  if (char === '/' && text[at + 1] === '*') return behind(text, '*/', at + 2);
  if (char !== '@' && char !== '$') return at;
  const mark = text.slice(at, at + 2);
  if (mark === '@"' || mark === '$"') return stringEnd(text, at + 2, { verbatim: char === '@', holes: char === '$', depth });
  return (mark === '$@' || mark === '@$') && text[at + 2] === '"' ? stringEnd(text, at + 3, { verbatim: true, holes: true, depth }) : at;
}

interface StringKind {
  readonly verbatim: boolean;
  readonly holes: boolean;
  readonly depth: number;
}

function stringEnd(text: string, from: number, { verbatim, holes, depth }: StringKind): number | undefined {
  let at = from;
  while (at < text.length) {
    const char = text[at];
    const twice = text[at + 1] === char;
    if (char === '\\' && !verbatim) at += 2;
    else if (char === '"') {
      if (!verbatim || !twice) return at + 1;
      at += 2;
    } else if (char === '{' && holes) {
      const next = twice ? at + 2 : codeEnd(text, at, depth + 1);
      if (next === undefined) return undefined;
      at = next;
    } else at++;
  }
  return undefined;
}

/** A single quote that begins no character is one among others. */
function characterEnd(text: string, at: number): number {
  if (text[at + 1] === '\\') return behind(text, "'", at + 3) ?? at + 1;
  return text[at + 2] === "'" ? at + 3 : at + 1;
}

function behind(text: string, mark: string, from: number): number | undefined {
  const at = text.indexOf(mark, from);
  return at < 0 ? undefined : at + mark.length;
}
