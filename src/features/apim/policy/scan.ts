// Parts a policy document into its pieces in one pass: numbers in one list, since a document may have a hundred thousand of them.

import { beginsExpression, expressionEnd } from './csharp';
import type { PolicyDoubt, PolicyFault } from './policyFault';

/** What a piece is; all pieces but attributes follow each other without a gap, and attributes follow the tag that has them. */
export const piece = {
  text: 0, expression: 1, comment: 2, cdata: 3, declaration: 4, open: 5, empty: 6, close: 7, attribute: 8, expressionAttribute: 9,
} as const;

/** Numbers of a piece: what it is, where it begins, the place behind it, the place behind its name, where the value of an attribute begins. */
export const pieceSize = 5;

/** The pieces of a document, `count` numbers of the list. */
export interface Scan {
  readonly pieces: Int32Array;
  readonly count: number;
  /** What cannot be parted; all from there on is one text. */
  readonly fault?: PolicyFault;
}

const [tab, lineFeed, newLine, blank, exclamation, quote, apostrophe] = [0x09, 0x0a, 0x0d, 0x20, 0x21, 0x22, 0x27];
const [slash, less, equals, greater, question, atSign, byteOrderMark] = [0x2f, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0xfeff];

/** What ASCII characters may be: the first of a name, another of a name, white space. */
const [isNameStart, isName, isSpace] = [1, 2, 4];
const classes = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:') classes[character.charCodeAt(0)] = isNameStart | isName;
for (const character of '0123456789.-') classes[character.charCodeAt(0)] = isName;
for (const code of [tab, lineFeed, newLine, blank]) classes[code] = isSpace;

/** Pieces while they are found. */
class Pieces {
  count = 0;
  private list: Int32Array;

  constructor(text: string) {
    this.list = new Int32Array(pieceSize * (16 + (text.length >> 3)));
  }

  /** Adds a piece and gives its place in the list. */
  add(kind: number, start: number, end: number, nameEnd: number, value: number): number {
    const at = this.count;
    if (at + pieceSize > this.list.length) this.grow();
    const { list } = this;
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

  done(fault: PolicyFault | undefined): Scan {
    return { pieces: this.list, count: this.count, ...(fault ? { fault } : {}) };
  }

  private grow(): void {
    const larger = new Int32Array(this.list.length * 2);
    larger.set(this.list);
    this.list = larger;
  }
}

/** Parts a document. Never throws; takes time by the length alone: the first thing that has no end is the last that is looked for. */
export function scanPolicy(text: string): Scan {
  const pieces = new Pieces(text);
  const { length } = text;
  let textFrom = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  if (textFrom > 0) pieces.add(piece.declaration, 0, 1, 0, 0);
  let at = textFrom;
  while (at < length) {
    const code = text.charCodeAt(at);
    if ((code !== less && code !== atSign) || !(code === less ? beginsMarkup(text, at) : beginsExpression(text, at))) {
      at += 1;
      continue;
    }
    if (at > textFrom) pieces.add(piece.text, textFrom, at, 0, 0);
    const place = pieces.count;
    const end = code === less ? markup(text, at, pieces) : expression(text, at, pieces);
    if (typeof end === 'string') {
      pieces.drop(place);
      pieces.add(piece.text, at, length, 0, 0);
      return pieces.done({ start: at, end: length, reason: end });
    }
    at = end;
    textFrom = end;
  }
  if (textFrom < length) pieces.add(piece.text, textFrom, length, 0, 0);
  return pieces.done(undefined);
}

/** True for a `<` that is more than a sign in a text. */
function beginsMarkup(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return classOf(next) & isNameStart ? true : next === slash || next === exclamation || next === question;
}

/** Letters of other alphabets may be in names. */
function classOf(code: number): number {
  return code < 128 ? (classes[code] ?? 0) : code >= 128 ? isNameStart | isName : 0;
}

function expression(text: string, at: number, pieces: Pieces): number | PolicyDoubt {
  const end = expressionEnd(text, at);
  if (end === undefined) return 'expression';
  pieces.add(piece.expression, at, end, 0, 0);
  return end;
}

/** Adds the piece that begins with this `<` and gives the place behind it. */
function markup(text: string, at: number, pieces: Pieces): number | PolicyDoubt {
  const next = text.charCodeAt(at + 1);
  if (next === question) return until(text, at, '?>', at + 2, 'declaration', pieces);
  if (next === slash) {
    const nameEnd = endOfName(text, at + 2);
    const end = skipSpace(text, nameEnd);
    if (nameEnd === at + 2 || text.charCodeAt(end) !== greater) return 'tag';
    pieces.add(piece.close, at, end + 1, nameEnd, 0);
    return end + 1;
  }
  if (next !== exclamation) return openTag(text, at, pieces);
  if (text.startsWith('<!--', at)) return until(text, at, '-->', at + 4, 'comment', pieces);
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

function openTag(text: string, start: number, pieces: Pieces): number | PolicyDoubt {
  const nameEnd = endOfName(text, start + 1);
  const place = pieces.add(piece.open, start, start, nameEnd, 0);
  let end = nameEnd;
  for (;;) {
    const at = skipSpace(text, end);
    const code = text.charCodeAt(at);
    if (code === greater) return pieces.endTag(place, piece.open, at + 1);
    if (code === slash && text.charCodeAt(at + 1) === greater) return pieces.endTag(place, piece.empty, at + 2);
    // What stands at once behind a value may well belong to it.
    if (code === quote || code === apostrophe || (at === end && end > nameEnd)) return 'quotes';
    const next = attribute(text, at, pieces);
    if (typeof next === 'string') return next;
    end = next;
  }
}

function attribute(text: string, start: number, pieces: Pieces): number | PolicyDoubt {
  const nameEnd = endOfName(text, start);
  const sign = skipSpace(text, nameEnd);
  if (nameEnd === start || text.charCodeAt(sign) !== equals) return 'tag';
  const open = skipSpace(text, sign + 1);
  const mark = text.charCodeAt(open);
  if (mark !== quote && mark !== apostrophe) return 'tag';
  const from = open + 1;
  const begin = skipSpace(text, from);
  if (beginsExpression(text, begin)) {
    const end = expressionEnd(text, begin);
    if (end === undefined) return 'expression';
    // The quotes of its strings are no ends of the attribute.
    const close = skipSpace(text, end);
    if (text.charCodeAt(close) !== mark) return 'quotes';
    pieces.add(piece.expressionAttribute, start, close + 1, nameEnd, from);
    return close + 1;
  }
  const close = valueEnd(text, from, mark);
  if (typeof close !== 'string') pieces.add(piece.attribute, start, close + 1, nameEnd, from);
  return typeof close === 'string' ? close : close + 1;
}

/** Where the quote is that closes a value which is no expression. */
function valueEnd(text: string, from: number, mark: number): number | PolicyDoubt {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === mark) return at;
    if (code === less && beginsMarkup(text, at)) return 'markup';
    if (code !== atSign || !beginsExpression(text, at)) continue;
    const end = expressionEnd(text, at);
    if (end === undefined || text.slice(at, end).includes(String.fromCharCode(mark))) return 'mixed';
    at = end - 1;
  }
  return 'quotes';
}

/** Behind the name that begins at `start`, which is there where none does. */
function endOfName(text: string, start: number): number {
  if ((classOf(text.charCodeAt(start)) & isNameStart) === 0) return start;
  let at = start + 1;
  while ((classOf(text.charCodeAt(at)) & isName) !== 0) at += 1;
  return at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  // Behind the end of the text there is no code to look up.
  while (classes[text.charCodeAt(at)] === isSpace) at += 1;
  return at;
}
