// A cursor over JSON text that hands out source text: numbers keep their digits, repeated names stay, depth costs no stack.

import { createScanner } from 'jsonc-parser';
import { token } from './jsonTokens';

/** The text is not JSON. `offset` in UTF-16 units. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
  constructor(readonly offset: number) {
    super(`not JSON at ${offset}`);
  }
}

/** Walks JSON text token by token. All methods throw NotJson where the text is not JSON. */
export class JsonCursor {
  private readonly scanner;
  private kind: number;
  private previousEnd = 0;

  /** @param text strict JSON; comments are refused. @param offset where to begin. */
  constructor(private readonly text: string, offset = 0) {
    this.scanner = createScanner(text, true);
    this.scanner.setPosition(offset);
    this.kind = this.next();
  }

  /** Where the token under the cursor begins. */
  get offset(): number {
    return this.scanner.getTokenOffset();
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
    return this.kind === token.string ? this.scanner.getTokenValue() : undefined;
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

  /** Yields once for each element of the array under the cursor; the caller has to consume exactly that element. */
  *array(): Generator<number, void, void> {
    this.take(token.openArray);
    for (let index = 0; this.kind !== token.closeArray; index++) {
      yield index;
      this.separator(token.closeArray);
    }
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
    this.previousEnd = this.scanner.getPosition();
    const kind: number = this.scanner.scan();
    if (this.scanner.getTokenError() !== 0) throw new NotJson(this.offset);
    // The scanner passes over comments too; between tokens of JSON are only blanks.
    const comment = this.offset > this.previousEnd ? this.text.slice(this.previousEnd, this.offset).indexOf('/') : -1;
    if (comment >= 0) throw new NotJson(this.previousEnd + comment);
    return kind;
  }
}
