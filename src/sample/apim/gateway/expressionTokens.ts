// Cuts the C# of a short expression into names, texts, numbers and signs.

/** A piece of an expression. */
export type Token =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'sign'; readonly sign: string };

const signs = ['&&', '||', '??', '?.', '==', '!=', '>=', '<=', '>', '<', '+', '!', '.', ',', '(', ')', '[', ']'];

/** Expressions that are longer than this, in characters, are not looked at. */
const longest = 2_000;

/** The pieces, or undefined where something else is in it, such as a lambda or an interpolated text. */
export function readTokens(text: string): readonly Token[] | undefined {
  if (text.length > longest) return undefined;
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    if (char === '"') {
      const string = readString(text, at + 1);
      if (!string) return undefined;
      tokens.push({ kind: 'text', value: string.value });
      at = string.end;
      continue;
    }
    const word = /^[A-Za-z_]\w*|^\d{1,9}(?![\w.])/.exec(text.slice(at, at + 100))?.[0];
    if (word !== undefined) {
      tokens.push(/^\d/.test(word) ? { kind: 'number', value: Number(word) } : { kind: 'name', name: word });
      at += word.length;
      continue;
    }
    const sign = signs.find((each) => text.startsWith(each, at));
    if (sign === undefined) return undefined;
    tokens.push({ kind: 'sign', sign });
    at += sign.length;
  }
  return tokens;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', "'": "'", 0: '\0' };

function readString(text: string, from: number): { readonly value: string; readonly end: number } | undefined {
  let value = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '"') return { value, end: at + 1 };
    if (char !== '\\') {
      value += char;
      continue;
    }
    const escaped = escapes[text[++at] ?? ''];
    if (escaped === undefined) return undefined;
    value += escaped;
  }
  return undefined;
}
