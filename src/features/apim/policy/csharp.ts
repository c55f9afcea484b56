// Where a policy expression ends: C# is skipped as far as strings, characters, comments and brackets go, and is not understood further.

/**
 * The place behind a policy expression `@(…)` or `@{…}` that begins at `start`, or undefined where it has no end. Brackets in strings
 * (also verbatim and interpolated ones), characters and comments do not count.
 */
export function expressionEnd(text: string, start: number): number | undefined {
  return text[start] === '@' ? bracketEnd(text, start + 1) : undefined;
}

/** True where a policy expression begins. */
export function beginsExpression(text: string, at: number): boolean {
  return text[at] === '@' && (text[at + 1] === '(' || text[at + 1] === '{');
}

/** What is open: code up to the bracket `close`, or an interpolated string around code. */
type Open = { readonly kind: 'code'; readonly close: string } | { readonly kind: 'string'; readonly verbatim: boolean };

/** The place behind the bracket that closes the one at `start`. One stack in place of recursion: texts from outside nest as they like. */
function bracketEnd(text: string, start: number): number | undefined {
  const first = closing(text[start]);
  if (first === undefined) return undefined;
  const stack: Open[] = [{ kind: 'code', close: first }];
  let at = start + 1;
  while (at < text.length) {
    const top = stack.at(-1);
    if (!top) return at;
    const next: number | undefined = top.kind === 'code' ? codeStep(text, at, top.close, stack) : stringStep(text, at, top.verbatim, stack);
    if (next === undefined) return undefined;
    at = next;
  }
  return stack.length === 0 ? at : undefined;
}

function closing(open: string | undefined): string | undefined {
  return open === '(' ? ')' : open === '{' ? '}' : open === '[' ? ']' : undefined;
}

function codeStep(text: string, at: number, close: string, stack: Open[]): number | undefined {
  const character = text[at];
  if (character === close) {
    stack.pop();
    return at + 1;
  }
  const opened = closing(character);
  if (opened !== undefined) {
    stack.push({ kind: 'code', close: opened });
    return at + 1;
  }
  // Another closing bracket than the one that is open: this is no C#.
  if (character === ')' || character === '}' || character === ']') return undefined;
  if (character === '/' && text[at + 1] === '/') return lineEnd(text, at);
  if (character === '/' && text[at + 1] === '*') return after(text, '*/', at + 2);
  if (character === "'") return characterEnd(text, at);
  if (character === '"') return plainStringEnd(text, at + 1);
  if (character === '@' && text[at + 1] === '"') return verbatimEnd(text, at + 2);
  const prefix = /^(?:\$@|@\$|\$)"/.exec(text.slice(at, at + 3))?.[0];
  if (prefix !== undefined) {
    stack.push({ kind: 'string', verbatim: prefix.length === 3 });
    return at + prefix.length;
  }
  return at + 1;
}

/** One step in an interpolated string: `{{` and `}}` are characters, `{` begins code. */
function stringStep(text: string, at: number, verbatim: boolean, stack: Open[]): number | undefined {
  const [character, next] = [text[at], text[at + 1]];
  if (character === '"') {
    if (verbatim && next === '"') return at + 2;
    stack.pop();
    return at + 1;
  }
  if (!verbatim && character === '\\') return at + 2;
  if (!verbatim && character === '\n') return undefined;
  if (character === '{') {
    if (next === '{') return at + 2;
    stack.push({ kind: 'code', close: '}' });
  }
  return at + 1;
}

function lineEnd(text: string, at: number): number | undefined {
  const end = text.indexOf('\n', at);
  return end < 0 ? undefined : end;
}

function after(text: string, mark: string, from: number): number | undefined {
  const at = text.indexOf(mark, from);
  return at < 0 ? undefined : at + mark.length;
}

/** That of `'\\U0001F600'`. */
const longestCharacter = 12;

/** A character such as 'x', '\'' or '\u0041'. */
function characterEnd(text: string, at: number): number | undefined {
  const from = text[at + 1] === '\\' ? 3 : 2;
  const end = text.slice(at, at + longestCharacter).indexOf("'", from);
  return end < 0 ? undefined : at + end + 1;
}

function plainStringEnd(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '"') return at + 1;
    if (text[at] === '\n') return undefined;
    if (text[at] === '\\') at += 1;
  }
  return undefined;
}

function verbatimEnd(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at + 1;
    at += 1;
  }
  return undefined;
}
