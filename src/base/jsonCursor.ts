// A cursor over JSON text that hands out source text: numbers keep their digits, repeated names stay, depth costs no stack. It reads
// characters by itself, as large answers are read by nothing else.

import { token } from './jsonTokens';

// Units of UTF-16, as constants that the build writes where they are used.
const tab = 9, newLine = 10, carriageReturn = 13, space = 32, quote = 34, plus = 43, comma = 44, minus = 45, point = 46, slash = 47;
const zero = 48, nine = 57, colon = 58, largeE = 69, openArray = 91, backslash = 92, closeArray = 93, smallE = 101;
const openObject = 123, closeObject = 125;

/** What is no token of JSON. */
const unknown = -1;

/** Words that are values. */
const words: readonly (readonly [string, number])[] = [['null', token.null], ['true', token.true], ['false', token.false]];
const wordEnd = /[ \t\r\n{}[\]":,/]/;

/** The text is not JSON. `offset` in UTF-16 units. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
  constructor(readonly offset: number) {
    super(`not JSON at ${offset}`);
  }
}

/** Walks JSON text token by token. All methods throw NotJson where the text is not JSON. */
export class JsonCursor {
  private kind: number;
  /** Where the token under the cursor begins and ends. */
  private start: number;
  private end: number;
  private previousEnd = 0;
  /** True when the string under the cursor has escapes in it. */
  private escaped = false;

  /** @param text strict JSON; comments are refused. @param offset where to begin. */
  constructor(private readonly text: string, offset = 0) {
    this.start = offset;
    this.end = offset;
    this.kind = this.next();
  }

  /** Where the token under the cursor begins. */
  get offset(): number {
    return this.start;
  }

  /** True when the token under the cursor begins an object. */
  get atObject(): boolean {
    return this.kind === token.openObject;
  }

  /** True when the token under the cursor begins an array. */
  get atArray(): boolean {
    return this.kind === token.openArray;
  }

  /** True when the token under the cursor is a whole value by itself. */
  get atScalar(): boolean {
    return this.kind >= token.null && this.kind <= token.number;
  }

  /** True at the end of the text. */
  get atEnd(): boolean {
    return this.kind === token.end;
  }

  /** The text when a string is under the cursor, else undefined; does not move. */
  peekString(): string | undefined {
    if (this.kind !== token.string) return undefined;
    return this.escaped ? unescaped(this.text.slice(this.start, this.end)) : this.text.slice(this.start + 1, this.end - 1);
  }

  /** Yields the name of each member of the object under the cursor; the caller has to consume exactly the member's value. */
  *object(): Generator<string, void, void> {
    this.take(token.openObject);
    while (this.kind !== token.closeObject) {
      const name = this.peekString();
      if (name === undefined) throw new NotJson(this.offset);
      this.kind = this.next();
      this.take(token.colon);
      yield name;
      this.separator(token.closeObject);
    }
    this.kind = this.next();
  }

  /**
   * Enters the array under the cursor; false when it is empty, and then consumed. Behind each element `another` tells whether one more
   * follows. A generator would make an object for each of millions of elements.
   */
  enterArray(): boolean {
    this.take(token.openArray);
    if (this.kind !== token.closeArray) return true;
    this.kind = this.next();
    return false;
  }

  /** Behind an element that was consumed: true when another follows; false at the end of the array, which is then consumed. */
  another(): boolean {
    this.separator(token.closeArray);
    if (this.kind !== token.closeArray) return true;
    this.kind = this.next();
    return false;
  }

  /** Goes on at `offset`, behind a value under the cursor that the caller has read by other means. */
  jump(offset: number): void {
    this.end = offset;
    this.kind = this.next();
  }

  /** Consumes a value: the text of a string, null for null, the source text of everything else. */
  cell(): string | null {
    const text = this.peekString();
    if (text !== undefined || this.kind === token.null) {
      this.kind = this.next();
      return text ?? null;
    }
    const start = this.offset;
    this.skip();
    return this.text.slice(start, this.previousEnd);
  }

  /** Consumes a value of any depth. */
  skip(): void {
    if (this.atScalar) {
      this.kind = this.next();
      return;
    }
    const steps = this.skipInSteps();
    while (!steps.next().done);
  }

  /** Consumes a value of any depth and yields every 20,000 tokens, so that a long one can be skipped in pieces. */
  *skipInSteps(): Generator<void, void, void> {
    // What is open, as a stack of closing tokens: a hostile answer may be nested deeper than calls can be.
    const open: number[] = [];
    let tokens = 0;
    do {
      if (++tokens % 20_000 === 0) yield;
      if (this.kind === token.openObject || this.kind === token.openArray) {
        const close = this.kind === token.openObject ? token.closeObject : token.closeArray;
        this.kind = this.next();
        if (this.kind !== close) {
          open.push(close);
          this.memberName(close);
          continue;
        }
      } else if (!this.atScalar) {
        throw new NotJson(this.offset);
      }
      this.kind = this.next();
      while (open.length > 0) {
        const close = open[open.length - 1] ?? token.end;
        if (this.kind === token.comma) {
          this.kind = this.next();
          this.memberName(close);
          break;
        }
        this.take(close);
        open.pop();
      }
    } while (open.length > 0);
  }

  private memberName(close: number): void {
    if (close !== token.closeObject) return;
    this.take(token.string);
    this.take(token.colon);
  }

  private separator(close: number): void {
    if (this.kind === close) return;
    this.take(token.comma);
    // A comma in front of the closing bracket is not JSON.
    if (this.kind === close) throw new NotJson(this.offset);
  }

  private take(kind: number): void {
    if (this.kind !== kind) throw new NotJson(this.offset);
    this.kind = this.next();
  }

  private next(): number {
    const { text } = this;
    this.previousEnd = this.end;
    let at = this.end;
    let code = text.charCodeAt(at);
    while (code === space || code === tab || code === newLine || code === carriageReturn) code = text.charCodeAt(++at);
    this.start = at;
    this.end = at + 1;
    switch (code) {
      case quote:
        return this.string();
      case comma:
        return token.comma;
      case colon:
        return token.colon;
      case openObject:
        return token.openObject;
      case closeObject:
        return token.closeObject;
      case openArray:
        return token.openArray;
      case closeArray:
        return token.closeArray;
      case minus:
        return isDigit(text.charCodeAt(at + 1)) ? this.number(at + 1) : unknown;
      case slash:
        // No comment is JSON, wherever it stands.
        if (/^[/*]/.test(text.charAt(at + 1))) throw new NotJson(at);
        return unknown;
      default:
        if (isDigit(code)) return this.number(at);
        // Behind the last character there is none.
        return at >= text.length ? token.end : this.word();
    }
  }

  /** A string; what is wrong within it is told by the place where it begins. */
  private string(): number {
    const { text, start } = this;
    this.escaped = false;
    for (let at = start + 1; ; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.end = at + 1;
        return token.string;
      }
      if (code === backslash) {
        this.escaped = true;
        at += 1;
        if (text.charAt(at) !== 'u') {
          if (!/^["\\/bfnrt]/.test(text.charAt(at))) throw new NotJson(start);
        } else if (/^[\da-f]{4}$/i.test(text.slice(at + 1, at + 5))) {
          at += 4;
        } else {
          throw new NotJson(start);
        }
      } else if (code < space || at >= text.length) {
        throw new NotJson(start);
      }
    }
  }

  /** A number, the digits of which begin at `from`. */
  private number(from: number): number {
    const { text } = this;
    let at = text.charCodeAt(from) === zero ? from + 1 : this.digits(from);
    if (text.charCodeAt(at) === point) at = this.someDigits(at + 1);
    const exponent = text.charCodeAt(at);
    if (exponent === smallE || exponent === largeE) {
      const sign = text.charCodeAt(at + 1);
      at = this.someDigits(sign === plus || sign === minus ? at + 2 : at + 1);
    }
    this.end = at;
    return token.number;
  }

  private someDigits(from: number): number {
    const end = this.digits(from);
    if (end === from) throw new NotJson(this.start);
    return end;
  }

  private digits(from: number): number {
    let at = from;
    while (isDigit(this.text.charCodeAt(at))) at += 1;
    return at;
  }

  private word(): number {
    const { text, start } = this;
    for (const [name, kind] of words) {
      if (!text.startsWith(name, start)) continue;
      const end = start + name.length;
      if (end < text.length && !wordEnd.test(text.charAt(end))) break;
      this.end = end;
      return kind;
    }
    return unknown;
  }
}

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}

/** The text of a string whose escapes are as they should be. */
function unescaped(source: string): string {
  const value: unknown = JSON.parse(source);
  return String(value);
}
