// Reads a policy document as it was written (rawxml): tags, attributes, comments and expressions with their places, whatever C# is inside.

import { beginsExpression, expressionEnd } from './csharp';

/** A part of the text, in UTF-16 units; `end` is behind it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** An attribute of a tag. */
export interface PolicyAttribute {
  readonly name: string;
  /** Name, sign and quoted value. */
  readonly range: TextRange;
  /** What stands between the quotes. */
  readonly value: TextRange;
  /** True where the value is a policy expression. */
  readonly expression: boolean;
}

/** A piece of the document; all pieces together are the whole of it. */
export type PolicyToken =
  | { readonly kind: 'text' | 'expression' | 'comment' | 'cdata' | 'declaration'; readonly range: TextRange }
  | {
    readonly kind: 'open'; readonly range: TextRange; readonly name: string;
    readonly attributes: readonly PolicyAttribute[]; readonly empty: boolean;
  }
  | { readonly kind: 'close'; readonly range: TextRange; readonly name: string };

/** An element of the document. */
export interface PolicyElement {
  readonly name: string;
  readonly attributes: readonly PolicyAttribute[];
  /** The tag that opens it, and is all of it where it is empty. */
  readonly tag: TextRange;
  /** The tag that closes it. */
  readonly closeTag?: TextRange;
  readonly children: readonly PolicyElement[];
}

/** A document that was read. */
export interface PolicyText {
  readonly text: string;
  readonly tokens: readonly PolicyToken[];
  readonly roots: readonly PolicyElement[];
  /** Where it stops making sense: a tag that closes nothing, something that has no end. Nothing of such a document is edited. */
  readonly fault?: TextRange;
}

type OpenToken = Extract<PolicyToken, { kind: 'open' }>;

/** Elements stand in each other no deeper. What reads them goes down step by step. */
const mostDeep = 200;

const nameStart = /[A-Za-z_]/;
const namePart = /[\w.:-]/;

/** Reads a document. Never throws. */
export function readPolicy(text: string): PolicyText {
  const tokens: PolicyToken[] = [];
  let fault: TextRange | undefined;
  let textFrom = text.startsWith('\ufeff') ? 1 : 0;
  if (textFrom > 0) tokens.push({ kind: 'declaration', range: { start: 0, end: 1 } });
  let at = textFrom;
  const add = (token: PolicyToken): void => {
    if (token.range.start > textFrom) tokens.push({ kind: 'text', range: { start: textFrom, end: token.range.start } });
    tokens.push(token);
    at = token.range.end;
    textFrom = at;
  };
  while (at < text.length) {
    // The first thing that has no end is the last that is looked for: texts from outside may be made to be looked through again and again.
    const token = fault ? undefined : tokenAt(text, at);
    if (token === 'endless') {
      fault = { start: at, end: text.length };
      break;
    }
    if (token) add(token);
    else at += 1;
  }
  if (textFrom < text.length) tokens.push({ kind: 'text', range: { start: textFrom, end: text.length } });
  const { roots, fault: mismatch } = nest(tokens);
  const first = mismatch && (!fault || mismatch.start < fault.start) ? mismatch : fault;
  return { text, tokens, roots, ...(first ? { fault: first } : {}) };
}

/** What begins here, undefined where it is only text. */
function tokenAt(text: string, at: number): PolicyToken | 'endless' | undefined {
  if (beginsExpression(text, at)) {
    const end = expressionEnd(text, at);
    return end === undefined ? 'endless' : { kind: 'expression', range: { start: at, end } };
  }
  if (text[at] !== '<') return undefined;
  if (text.startsWith('<!--', at)) return until(text, at, 'comment', '-->', 4);
  if (text.startsWith('<![CDATA[', at)) return until(text, at, 'cdata', ']]>', 9);
  if (text.startsWith('<?', at)) return until(text, at, 'declaration', '?>', 2);
  if (text.startsWith('<!', at)) return until(text, at, 'declaration', '>', 2);
  if (text[at + 1] === '/') {
    const name = nameAt(text, at + 2);
    if (name === '') return undefined;
    const end = skipSpace(text, at + 2 + name.length);
    return text[end] === '>' ? { kind: 'close', name, range: { start: at, end: end + 1 } } : 'endless';
  }
  const name = nameAt(text, at + 1);
  return name === '' ? undefined : openTag(text, at, name);
}

function until(text: string, at: number, kind: 'comment' | 'cdata' | 'declaration', mark: string, skip: number): PolicyToken | 'endless' {
  const end = text.indexOf(mark, at + skip);
  return end < 0 ? 'endless' : { kind, range: { start: at, end: end + mark.length } };
}

function openTag(text: string, start: number, name: string): OpenToken | 'endless' {
  const attributes: PolicyAttribute[] = [];
  let at = start + 1 + name.length;
  for (;;) {
    at = skipSpace(text, at);
    if (text[at] === '>') return { kind: 'open', name, attributes, empty: false, range: { start, end: at + 1 } };
    if (text[at] === '/' && text[at + 1] === '>') return { kind: 'open', name, attributes, empty: true, range: { start, end: at + 2 } };
    const attribute = attributeAt(text, at);
    if (!attribute) return 'endless';
    attributes.push(attribute);
    at = attribute.range.end;
  }
}

function attributeAt(text: string, start: number): PolicyAttribute | undefined {
  const name = nameAt(text, start);
  if (name === '') return undefined;
  let at = skipSpace(text, start + name.length);
  if (text[at] !== '=') return undefined;
  at = skipSpace(text, at + 1);
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  const from = at + 1;
  const begin = skipSpace(text, from);
  if (beginsExpression(text, begin)) {
    const end = expressionEnd(text, begin);
    const close = end === undefined ? -1 : skipSpace(text, end);
    // The quotes of its strings are no ends of the attribute.
    if (text[close] === quote)
      return { name, range: { start, end: close + 1 }, value: { start: from, end: close }, expression: true };
    return undefined;
  }
  const close = text.indexOf(quote, from);
  return close < 0 ? undefined : { name, range: { start, end: close + 1 }, value: { start: from, end: close }, expression: false };
}

function nameAt(text: string, start: number): string {
  if (!nameStart.test(text[start] ?? '')) return '';
  let at = start + 1;
  while (at < text.length && namePart.test(text[at] ?? '')) at += 1;
  return text.slice(start, at);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r' || text[at] === '\n') at += 1;
  return at;
}

interface Growing {
  readonly token: OpenToken;
  readonly children: PolicyElement[];
}

function nest(tokens: readonly PolicyToken[]): { readonly roots: readonly PolicyElement[]; readonly fault?: TextRange } {
  const roots: PolicyElement[] = [];
  const open: Growing[] = [];
  const place = (): PolicyElement[] => open.at(-1)?.children ?? roots;
  for (const token of tokens) {
    if (token.kind === 'open') {
      if (open.length >= mostDeep) return { roots, fault: token.range };
      if (token.empty) place().push({ ...elementOf(token), children: [] });
      else open.push({ token, children: [] });
    } else if (token.kind === 'close') {
      const last = open.pop();
      if (!last || last.token.name !== token.name) return { roots, fault: token.range };
      place().push({ ...elementOf(last.token), closeTag: token.range, children: last.children });
    }
  }
  const unclosed = open.at(-1);
  return unclosed ? { roots, fault: unclosed.token.range } : { roots };
}

function elementOf({ name, attributes, range }: OpenToken): Omit<PolicyElement, 'children'> {
  return { name, attributes, tag: range };
}

/** The text in a range. */
export function textIn(text: string, { start, end }: TextRange): string {
  return text.slice(start, end);
}

/** The attribute of this name. */
export function attributeOf(element: Pick<PolicyElement, 'attributes'>, name: string): PolicyAttribute | undefined {
  return element.attributes.find((each) => each.name === name);
}
