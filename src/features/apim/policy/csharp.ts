// Where a policy expression ends: C# is skipped as far as strings, characters, comments and brackets go, and is not understood further.

import type { Source } from './source';

/**
 * The place behind a policy expression `@(…)` or `@{…}` that begins at `start`, or undefined where it has no end or may have another one.
 * Brackets in strings (also verbatim and interpolated ones), characters and comments do not count. Quotes of strings may be escaped, as
 * they are in documents that are XML; a string ends as it began. Takes time by the length alone.
 */
export function expressionEnd(source: Source, start: number): number | undefined {
  if (!beginsExpression(source.codes, start)) return undefined;
  const end = bracketEnd(source, start + 1);
  return end < 0 ? undefined : end;
}

/** True where a policy expression begins. */
export function beginsExpression(codes: Uint16Array, at: number): boolean {
  return codes[at] === atSign && (codes[at + 1] === roundOpen || codes[at + 1] === curlyOpen);
}

const tab = 0x09;
const lineFeed = 0x0a;
const newLine = 0x0d;
const blank = 0x20;
const quote = 0x22;
const hash = 0x23;
const dollar = 0x24;
const ampersand = 0x26;
const apostrophe = 0x27;
const roundOpen = 0x28;
const roundClose = 0x29;
const asterisk = 0x2a;
const slash = 0x2f;
const less = 0x3c;
const atSign = 0x40;
const squareOpen = 0x5b;
const backslash = 0x5c;
const squareClose = 0x5d;
const curlyOpen = 0x7b;
const curlyClose = 0x7d;

/** What code and what a string are passed over for without a look: all but what may begin or end something. */
const inCode = plain('()[]{}/\'"@$&<#');
const inString = plain('"\\{&<\r\n');

function plain(special: string): Uint8Array {
  const table = new Uint8Array(2 ** 16).fill(1);
  for (const character of special) table[character.charCodeAt(0)] = 0;
  // Behind the end there is a 0.
  table[0] = 0;
  return table;
}

/** A string that is open is a sum of these, and code that is open is the code of the bracket that closes it. */
const isString = 0x100;
const isVerbatim = 0x200;
const isInterpolated = 0x400;
const isEscaped = 0x800;

const escapedQuote = '&quot;';
const threeQuotes = escapedQuote.repeat(3);

/** None of this is C#, and may be the end of an attribute or an element that the text only seems to be part of. */
const noEnd = -1;
const begun = 0;

/** The place behind the bracket that closes the one at `start`. One stack in place of recursion: texts from outside nest as they like. */
function bracketEnd(source: Source, start: number): number {
  const { codes, text: { length } } = source;
  const close = closing(codes[start] ?? 0);
  let at = start + 1;
  while (inCode[codes[at] ?? 0] === 1) at += 1;
  // Most are a name alone.
  if (codes[at] === close) return at + 1;
  const stack: number[] = [close];
  while (at < length) {
    const top = stack[stack.length - 1] ?? begun;
    if (top >= isString) at = stringStep(source, at, top, stack);
    else {
      while (inCode[codes[at] ?? 0] === 1) at += 1;
      at = codeStep(source, at, codes[at] ?? 0, top, stack);
      if (stack.length === 0) return at;
    }
    if (at < 0) return noEnd;
  }
  return noEnd;
}

function closing(open: number): number {
  return open === roundOpen ? roundClose : open === curlyOpen ? curlyClose : squareClose;
}

function codeStep(source: Source, at: number, code: number, close: number, stack: number[]): number {
  switch (code) {
    case roundOpen:
    case curlyOpen:
    case squareOpen:
      stack.push(closing(code));
      return at + 1;
    case roundClose:
    case curlyClose:
    case squareClose:
      if (code !== close) return noEnd;
      stack.pop();
      return at + 1;
    case slash:
      return commentEnd(source, at, stack);
    case hash:
      return directiveEnd(source, at);
    case apostrophe:
      return characterEnd(source, at);
    case less:
      return beginsTag(source, at) ? noEnd : at + 1;
    default:
      return stringStart(source, at, code, stack);
  }
}

/** Code has no closing tag and no comment of XML in it: there, the expression only seems to go on. */
function beginsTag({ text, codes }: Source, at: number): boolean {
  const next = codes[at + 1];
  return next === slash ? /[A-Za-z_]/.test(text.charAt(at + 2)) : text.startsWith('!--', at + 1) || text.startsWith('![CDATA[', at + 1);
}

/** Behind a comment; the line end that ends one of `//` is not part of it. In a string that ends with its line, none can end. */
function commentEnd({ text, codes }: Source, at: number, stack: readonly number[]): number {
  const next = codes[at + 1];
  if (next === slash) return isInLine(stack) ? noEnd : text.indexOf('\n', at);
  if (next !== asterisk) return at + 1;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? noEnd : end + 2;
}

/** True in the code of an interpolated string that ends with its line. */
function isInLine(stack: readonly number[]): boolean {
  const string = stack.findLast((each) => each >= isString);
  return string !== undefined && (string & isVerbatim) === 0;
}

/** A character as C# has it, or escaped as XML has it; whatever else stands between apostrophes is no code. */
const letter = /'(?:[^'\\\r\n]|\\(?:['"\\0abfnrtv]|x\p{AHex}{1,4}|u\p{AHex}{4}|U\p{AHex}{8}|&quot;)|&(?:[lg]t|amp|quot|apos|#\d{1,5});)'/uy;

/** Behind a character such as 'x', '\'' or '\u0041'. */
function characterEnd({ text }: Source, at: number): number {
  letter.lastIndex = at;
  return letter.test(text) ? letter.lastIndex : noEnd;
}

/** What may stand in a line of `#` without an effect on what is code: what is behind it is no code either. */
const directive = /#[ \t]*(?:region|endregion|pragma|nullable|line|warning|error)\b/y;

/** Behind a directive; `#if` and its like may take out any of what follows. */
function directiveEnd({ text, codes }: Source, at: number): number {
  let before = at - 1;
  while (codes[before] === blank || codes[before] === tab) before -= 1;
  if (codes[before] !== lineFeed && codes[before] !== newLine) return noEnd;
  directive.lastIndex = at;
  return directive.test(text) ? text.indexOf('\n', at) : noEnd;
}

/** Behind the quote that opens a string, with what comes before it; behind the character where none is opened. */
function stringStart({ text, codes }: Source, at: number, code: number, stack: number[]): number {
  let [kind, begin] = [isString, at];
  for (; begin < at + 2; begin += 1) {
    const prefix = codes[begin];
    if (prefix === dollar) kind |= isInterpolated;
    else if (prefix === atSign) kind |= isVerbatim;
    else break;
  }
  const opens = codes[begin];
  if (opens === quote) {
    // A string of three quotes ends by rules of its own, and only newer C# has it.
    if ((kind & isVerbatim) === 0 && codes[begin + 1] === quote && codes[begin + 2] === quote) return noEnd;
    stack.push(kind);
    return begin + 1;
  }
  if (opens === ampersand && text.startsWith(escapedQuote, begin)) {
    if ((kind & isVerbatim) === 0 && text.startsWith(threeQuotes, begin)) return noEnd;
    stack.push(kind | isEscaped);
    return begin + escapedQuote.length;
  }
  // The quote of a character, or of a string, in another way of escaping.
  if (code === ampersand && (text.startsWith('&apos;', at) || text.charAt(at + 1) === '#')) return noEnd;
  return at + 1;
}

/** On in a string: to its end, or to the code in one that is interpolated, where `{{` and `}}` are characters. */
function stringStep({ text, codes }: Source, from: number, kind: number, stack: number[]): number {
  const verbatim = (kind & isVerbatim) !== 0;
  const interpolated = (kind & isInterpolated) !== 0;
  const escaped = (kind & isEscaped) !== 0;
  for (let at = from; at < text.length; at += 1) {
    while (inString[codes[at] ?? 0] === 1) at += 1;
    const code = codes[at];
    if (code === (escaped ? ampersand : quote)) {
      if (escaped && !text.startsWith(escapedQuote, at)) continue;
      const behind = escaped ? at + escapedQuote.length : at + 1;
      if (verbatim && (escaped ? text.startsWith(escapedQuote, behind) : codes[behind] === quote)) {
        at = escaped ? behind + escapedQuote.length - 1 : behind;
        continue;
      }
      stack.pop();
      return behind;
    }
    if (escaped && (code === quote || code === less)) return noEnd;
    if (code === backslash && !verbatim) at += escaped && text.startsWith(escapedQuote, at + 1) ? escapedQuote.length : 1;
    else if ((code === lineFeed || code === newLine) && !verbatim) return noEnd;
    else if (code === curlyOpen && interpolated) {
      if (codes[at + 1] !== curlyOpen) {
        stack.push(curlyClose);
        return at + 1;
      }
      at += 1;
    }
  }
  return noEnd;
}
