// JSON as people write it, with comments and with positions: what bodies of every kind have in common.

import { parseTree, printParseErrorCode, createScanner, type Node, type ParseError } from 'jsonc-parser';
import { InvalidBody } from '../model/errors';
import { token } from './jsonTokens';

/** What complaints call the text: a request is one of RRS, a body one of a batch job. */
export type Noun = 'request' | 'body';

/** The tree of a JSON text with positions. Throws InvalidBody when it is nested deeper than the parser's stack goes. */
export function parsePlaces(text: string, errors: ParseError[], noun: Noun): Node | undefined {
  try {
    return parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidBody(
      { sentence: `The ${noun} is nested far too deeply to be ${noun === 'request' ? 'an RRS request' : 'that of a batch job'}.` },
      { offset: 0, length: 1 },
    );
  }
}

/** The complaint about a text that is no JSON, with the place of its first fault. */
export function notJson(text: string, error: ParseError, noun: Noun): InvalidBody {
  const word = /^[\w+.-]+/.exec(text.slice(error.offset))?.[0] ?? '';
  const place = { offset: error.offset, length: Math.max(error.length, 1) };
  if (/^[+-]?(nan|infinity|none)$/i.test(word)) {
    return new InvalidBody(
      {
        sentence: `${word} is not JSON.`,
        advice: 'Write null for a missing value, or put the word in double quotes if the column takes text.',
      },
      place,
    );
  }
  if (/^(true|false)$/i.test(word)) return new InvalidBody({ sentence: `${word} is not JSON: write ${word.toLowerCase()}.` }, place);
  return new InvalidBody(
    {
      sentence: `The ${noun} is not JSON: ${jsonFault(printParseErrorCode(error.error))}.`,
      advice: text[error.offset] === "'" ? 'Text has to stand in double quotes.' : undefined,
    },
    place,
  );
}

function jsonFault(code: string): string {
  const faults: Record<string, string> = {
    InvalidSymbol: 'a word that JSON does not know',
    InvalidNumberFormat: 'a number that is not written as JSON wants it',
    PropertyNameExpected: 'a name in double quotes is expected here',
    ValueExpected: 'a value is expected here',
    ColonExpected: 'a colon is expected here',
    CommaExpected: 'a comma is expected here',
    CloseBraceExpected: 'a closing brace } is missing',
    CloseBracketExpected: 'a closing bracket ] is missing',
    EndOfFileExpected: 'something follows after the end of it',
    UnexpectedEndOfComment: 'a comment is not closed',
    UnexpectedEndOfString: 'a text is not closed with a double quote on its line',
    UnexpectedEndOfNumber: 'a number ends too early',
    InvalidUnicode: 'a \\u escape needs four hexadecimal digits',
    InvalidEscapeCharacter: 'a backslash is followed by a character that cannot be escaped (write \\\\ for a backslash)',
    InvalidCharacter: 'a control character stands in a text (write \\t, \\n or \\u00..)',
  };
  return faults[code] ?? 'something is not as JSON wants it';
}

/** The tokens of `text` without comments, and without commas in front of a closing bracket. */
export function toStrictJson(text: string): string {
  const scanner = createScanner(text, true);
  const parts: string[] = [];
  let comma = false;
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    if (comma && kind !== token.closeObject && kind !== token.closeArray) parts.push(',');
    comma = kind === token.comma;
    if (!comma) parts.push(text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength()));
  }
  return parts.join('');
}

/** The members of an object with the nodes of their names. */
export function properties(node: Node): readonly { readonly name: string; readonly key: Node; readonly value: Node }[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key && value ? [{ name: String(key.value), key, value }] : [];
  });
}

/** The members of an object, in their order, repeated names too; none for anything else. */
export function members(node: Node): readonly (readonly [string, Node])[] {
  return properties(node).map(({ name, value }) => [name, value] as const);
}

/** The value of the first member of that name. */
export function child(node: Node, name: string): Node | undefined {
  return members(node).find(([key]) => key === name)?.[1];
}

/** The source text of a node. */
export function slice(text: string, node: Node): string {
  return text.slice(node.offset, node.offset + node.length);
}

/** What a node is, for a sentence. */
export function describe(node: Node): string {
  return {
    object: 'an object',
    array: 'an array',
    string: 'text',
    number: 'a number',
    boolean: 'true or false',
    null: 'null',
    property: 'a member',
  }[node.type];
}

/** A number with its noun: `1 value`, `2 values`. */
export function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}

/** The same complaint about a text that has `shift` more characters in front. */
export function moved(error: InvalidBody, shift: number): InvalidBody {
  return shift === 0
    ? error
    : new InvalidBody(
        { sentence: error.message, advice: error.advice },
        { offset: error.place.offset + shift, length: error.place.length },
      );
}
