// Parts a policy document into its pieces in one pass: numbers in one list, since a document may have a hundred thousand of them.

import { beginsExpression, expressionEnd } from './csharp';
import { sourceOf, type Source } from './source';
import type { PolicyDoubt, PolicyFault } from './policyFault';

/** What a piece is. Attributes follow the tag that has them; what is between two other pieces is text, and is no piece. */
export const piece = {
  expression: 1, comment: 2, cdata: 3, declaration: 4, open: 5, empty: 6, close: 7, attribute: 8, expressionAttribute: 9,
} as const;

/** Numbers of a piece: what it is, where it begins, the places behind it and behind its name, where the value of an attribute begins. */
export const pieceSize = 5;

/** The pieces of a document, `count` numbers of the list. */
export interface Scan {
  readonly pieces: Int32Array;
  readonly count: number;
  /** What cannot be parted, and is no piece. */
  readonly fault?: PolicyFault;
}

const tab = 0x09;
const lineFeed = 0x0a;
const newLine = 0x0d;
const blank = 0x20;
const exclamation = 0x21;
const quote = 0x22;
const apostrophe = 0x27;
const hyphen = 0x2d;
const slash = 0x2f;
const less = 0x3c;
const equals = 0x3d;
const greater = 0x3e;
const question = 0x3f;
const atSign = 0x40;
const byteOrderMark = 0xfeff;

/** What characters may be: the first of a name, another of a name, white space. Letters of all alphabets may be in names. */
const isNameStart = 1;
const isName = 2;
const isSpace = 4;
const classes = new Uint8Array(2 ** 16).fill(isNameStart | isName, 128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:') classes[character.charCodeAt(0)] = isNameStart | isName;
for (const character of '0123456789.-') classes[character.charCodeAt(0)] = isName;
for (const code of [tab, lineFeed, newLine, blank]) classes[code] = isSpace;

/** What a text and a value are passed over for without a look: all but what may begin or end something, and the 0 behind the end. */
const inText = plain('<@');
const inValue = plain('"\'<@');

function plain(special: string): Uint8Array {
  const table = new Uint8Array(2 ** 16).fill(1);
  for (const character of special) table[character.charCodeAt(0)] = 0;
  table[0] = 0;
  return table;
}

/** Texts between tags are mostly so short that a search costs more than going through them. */
const shortText = 24;

/** A list has room for so many numbers at first. */
const mostAtFirst = 2 ** 22;

/** Pieces while they are found. */
class Pieces {
  count = 0;
  /** Where in a tag it is that cannot be read, where this is known. */
  doubtAt: number | undefined;
  private list: Int32Array;

  constructor(text: string) {
    // What is not written to takes no memory, and growing costs more than all else.
    this.list = new Int32Array(pieceSize * 16 + Math.min(text.length, mostAtFirst));
  }

  /** Adds a piece and gives its place in the list. */
  add(kind: number, start: number, end: number, nameEnd: number, value: number): number {
    const at = this.count;
    const list = at + pieceSize > this.list.length ? this.grown() : this.list;
    list[at] = kind;
    list[at + 1] = start;
    list[at + 2] = end;
    list[at + 3] = nameEnd;
    list[at + 4] = value;
    this.count = at + pieceSize;
    return at;
  }

  /** Ends the tag at this place of the list. */
  endTag(place: number, kind: number, end: number): number {
    this.list[place] = kind;
    this.list[place + 2] = end;
    return end;
  }

  /** Takes back what was added from this place of the list on. */
  drop(place: number): void {
    this.count = place;
  }

  doubt(at: number, reason: PolicyDoubt): PolicyDoubt {
    this.doubtAt = at;
    return reason;
  }

  done(fault: PolicyFault | undefined): Scan {
    return { pieces: this.list, count: this.count, ...(fault ? { fault } : {}) };
  }

  private grown(): Int32Array {
    const larger = new Int32Array(this.list.length * 2);
    larger.set(this.list);
    this.list = larger;
    return larger;
  }
}

/** Parts a document. Never throws; takes time by the length alone: the first thing that has no end is the last that is looked for. */
export function scanPolicy(text: string): Scan {
  return scanSource(sourceOf(text));
}

/** The same of a text whose units are listed. */
export function scanSource(source: Source): Scan {
  const { text, codes } = source;
  const pieces = new Pieces(text);
  const { length } = text;
  let textFrom = codes[0] === byteOrderMark ? 1 : 0;
  if (textFrom > 0) pieces.add(piece.declaration, 0, 1, 0, 0);
  // Each is looked for once more when it was passed.
  const next = { tag: -1, expression: -1 };
  let at = textFrom;
  while (at < length) {
    const soon = textFrom + shortText;
    while (inText[codes[at] ?? 0] === 1 && at < soon) at += 1;
    const code = codes[at];
    if (code !== less && code !== atSign) {
      at = at < soon ? at + 1 : nextOf(text, at, next);
      continue;
    }
    if (!(code === less ? beginsMarkup(codes, at) : beginsExpression(codes, at))) {
      at += 1;
      continue;
    }
    const place = pieces.count;
    const end = code === less ? markup(source, at, pieces) : expression(source, at, pieces);
    if (typeof end === 'string') {
      pieces.drop(place);
      return pieces.done({ start: pieces.doubtAt ?? at, end: length, reason: end });
    }
    at = end;
    textFrom = end;
  }
  return pieces.done(undefined);
}

/** The next place from `at` on where a tag or an expression may begin. */
function nextOf(text: string, at: number, next: { tag: number; expression: number }): number {
  if (next.tag < at) next.tag = found(text, '<', at);
  if (next.expression < at) next.expression = found(text, '@', at);
  return Math.min(next.tag, next.expression);
}

function found(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

/** True for a `<` that is more than a sign in a text. */
function beginsMarkup(codes: Uint16Array, at: number): boolean {
  const next = codes[at + 1] ?? 0;
  return ((classes[next] ?? 0) & isNameStart) !== 0 || next === slash || next === exclamation || next === question;
}

function expression(source: Source, at: number, pieces: Pieces): number | PolicyDoubt {
  const end = expressionEnd(source, at);
  if (end === undefined) return 'expression';
  pieces.add(piece.expression, at, end, 0, 0);
  return end;
}

/** Adds the piece that begins with this `<` and gives the place behind it. */
function markup(source: Source, at: number, pieces: Pieces): number | PolicyDoubt {
  const { text, codes } = source;
  const next = codes[at + 1];
  if (next === question) return until(text, at, '?>', at + 2, 'declaration', pieces);
  if (next === slash) {
    const nameEnd = endOfName(codes, at + 2);
    const end = skipSpace(codes, nameEnd);
    if (nameEnd === at + 2 || codes[end] !== greater) return 'tag';
    pieces.add(piece.close, at, end + 1, nameEnd, 0);
    return end + 1;
  }
  if (next !== exclamation) return openTag(source, at, pieces);
  if (codes[at + 2] === hyphen && codes[at + 3] === hyphen) return until(text, at, '-->', at + 4, 'comment', pieces);
  return text.startsWith('<![CDATA[', at) ? until(text, at, ']]>', at + 9, 'cdata', pieces) : 'documentType';
}

function until(
  text: string, at: number, mark: string, from: number, kind: 'comment' | 'cdata' | 'declaration', pieces: Pieces,
): number | PolicyDoubt {
  const found = text.indexOf(mark, from);
  if (found < 0) return kind;
  const end = found + mark.length;
  pieces.add(piece[kind], at, end, 0, 0);
  return end;
}

function openTag(source: Source, start: number, pieces: Pieces): number | PolicyDoubt {
  const { codes } = source;
  const nameEnd = endOfName(codes, start + 1);
  const place = pieces.add(piece.open, start, start, nameEnd, 0);
  let end = nameEnd;
  for (;;) {
    const at = skipSpace(codes, end);
    const code = codes[at];
    if (code === greater) return pieces.endTag(place, piece.open, at + 1);
    if (code === slash && codes[at + 1] === greater) return pieces.endTag(place, piece.empty, at + 2);
    // What stands at once behind a value may well belong to it.
    if (code === quote || code === apostrophe || (at === end && end > nameEnd)) return 'quotes';
    const next = attribute(source, at, pieces);
    if (typeof next === 'string') return next;
    end = next;
  }
}

function attribute(source: Source, start: number, pieces: Pieces): number | PolicyDoubt {
  const { codes } = source;
  const nameEnd = endOfName(codes, start);
  const sign = skipSpace(codes, nameEnd);
  if (nameEnd === start || codes[sign] !== equals) return 'tag';
  const open = skipSpace(codes, sign + 1);
  const mark = codes[open];
  if (mark !== quote && mark !== apostrophe) return 'tag';
  const from = open + 1;
  const begin = skipSpace(codes, from);
  if (beginsExpression(codes, begin)) {
    const end = expressionEnd(source, begin);
    if (end === undefined) return pieces.doubt(begin, 'expression');
    // The quotes of its strings are no ends of the attribute.
    const close = skipSpace(codes, end);
    if (codes[close] !== mark) return 'quotes';
    pieces.add(piece.expressionAttribute, start, close + 1, nameEnd, from);
    return close + 1;
  }
  const close = valueEnd(source, from, mark, pieces);
  if (typeof close !== 'string') pieces.add(piece.attribute, start, close + 1, nameEnd, from);
  return typeof close === 'string' ? close : close + 1;
}

/** Where the quote is that closes a value which is no expression. */
function valueEnd(source: Source, from: number, mark: number, pieces: Pieces): number | PolicyDoubt {
  const { text, codes } = source;
  for (let at = from; at < text.length; at += 1) {
    while (inValue[codes[at] ?? 0] === 1) at += 1;
    const code = codes[at];
    if (code === mark) return at;
    if (code === less && beginsMarkup(codes, at)) return 'markup';
    if (code !== atSign || !beginsExpression(codes, at)) continue;
    const end = expressionEnd(source, at);
    if (end === undefined || codes.subarray(at, end).includes(mark)) return pieces.doubt(at, 'mixed');
    at = end - 1;
  }
  return 'quotes';
}

/** Behind the name that begins at `start`, which is there where none does. */
function endOfName(codes: Uint16Array, start: number): number {
  if (((classes[codes[start] ?? 0] ?? 0) & isNameStart) === 0) return start;
  let at = start + 1;
  while (((classes[codes[at] ?? 0] ?? 0) & isName) !== 0) at += 1;
  return at;
}

function skipSpace(codes: Uint16Array, from: number): number {
  let at = from;
  while (classes[codes[at] ?? 0] === isSpace) at += 1;
  return at;
}
