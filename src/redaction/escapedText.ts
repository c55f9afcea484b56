// Reads a text as what it stands for: escaped for JSON, percent-encoded, as HTML entities, or several of these at once.

export const backslash = 0x5c;
const percent = 0x25;
const ampersand = 0x26;
/** Characters with which an escape begins. */
export const escapes: ReadonlySet<number> = new Set([backslash, percent, ampersand]);

const entities: ReadonlyMap<string, number> = new Map(
  [
    ['amp', '&'],
    ['plus', '+'],
    ['sol', '/'],
    ['equals', '='],
    ['lowbar', '_'],
    ['period', '.'],
    ['colon', ':'],
    ['percnt', '%'],
    ['bsol', '\\'],
    ['quot', '"'],
    ['lt', '<'],
    ['gt', '>'],
  ].map(([name = '', character = '']) => [name, character.charCodeAt(0)]),
);

/** Backslashes before a character, and escapes within escapes, are followed this far; nobody nests deeper. */
const mostBackslashes = 32;
const deepest = 6;

/** Reads characters of a text as what they stand for. An escape is read only so far, so that no text makes it slow. */
export class SpelledText {
  /** What `read` has read, and where it ends. */
  code = 0;
  private end = 0;

  constructor(private readonly text: string) {}

  /** Reads the character at `at`. `deep` also undoes escapes that are put together from others, such as `\u0026#43;`. */
  read(at: number, deep: boolean): void {
    this.code = this.text.charCodeAt(at);
    this.end = at + 1;
    for (let depth = 0; depth < (deep ? deepest : 1) && escapes.has(this.code); depth++) {
      const { code, end } = this;
      if (this.unescape(code, end, deep)) continue;
      this.code = code;
      this.end = end;
      return;
    }
  }

  /** Where the character at `at` ends when it is the one that is wanted, in any spelling, else -1. */
  step(at: number, wanted: number): number {
    const code = this.text.charCodeAt(at);
    if (code === wanted) return at + 1;
    if (!escapes.has(code)) return isSame(code, wanted) ? at + 1 : -1;
    this.read(at, true);
    return isSame(this.code, wanted) ? this.end : -1;
  }

  /** The same, upper and lower case being one. */
  stepInAnyCase(at: number, wanted: number): number {
    const code = this.text.charCodeAt(at);
    if (isSame(lower(code), lower(wanted))) return at + 1;
    if (!escapes.has(code)) return -1;
    const end = this.plain(at);
    return isSame(lower(this.code), lower(wanted)) ? end : -1;
  }

  /** Where the blanks, line breaks and zero bytes at `at` end, escaped ones too. */
  overBlanks(at: number): number {
    let end = at;
    for (;;) {
      const code = this.text.charCodeAt(end);
      if (isBlank(code)) end += 1;
      else if (escapes.has(code)) {
        const after = this.plain(end);
        if (after === end + 1 || !isBlank(this.code)) return end;
        end = after;
      } else return end;
    }
  }

  /**
   * Reads the escape at `at` into `code`, those of line breaks too, and gives where it ends. Several readings of one row of backslashes are
   * not made.
   */
  plain(at: number): number {
    if (this.text.charCodeAt(at) !== backslash) {
      this.read(at, true);
      return this.end;
    }
    let end = at + 1;
    while (this.text.charCodeAt(end) === backslash) end += 1;
    const code = this.text.charCodeAt(end);
    if (end - at <= mostBackslashes && (code === letter.x || code === letter.u || escapes.has(code))) {
      this.read(at, true);
      if (this.end > end) return this.end;
    }
    if (isLineBreak(code)) {
      this.code = 0x0a;
      return end + 1;
    }
    this.code = isLetter(code) || end >= this.text.length ? backslash : code;
    return this.code === backslash ? end : end + 1;
  }

  /** Undoes one escape, whose first character was `code` and ended at `at`; false when it is none. */
  private unescape(code: number, at: number, deep: boolean): boolean {
    if (code === percent) return this.hex(at, 2, 2, deep);
    return code === ampersand ? this.entity(at, deep) : this.slash(at, deep);
  }

  private slash(at: number, deep: boolean): boolean {
    let end = at;
    while (end < at + mostBackslashes && this.text.charCodeAt(end) === backslash) end += 1;
    this.next(end, deep);
    if (this.code === backslash) return false;
    const { code, end: after } = this;
    if (code === letter.x) return this.hex(after, 2, 2, deep);
    if (code !== letter.u) return !isLetter(code) && after <= this.text.length;
    this.next(after, deep);
    if (this.code !== letter.brace) return this.hex(after, 4, 4, deep);
    if (!this.hex(this.end, 1, 8, deep)) return false;
    this.end += 1;
    return this.text.charCodeAt(this.end - 1) === letter.closingBrace;
  }

  private entity(at: number, deep: boolean): boolean {
    this.next(at, deep);
    if (this.code !== letter.hash) return this.named(at, deep);
    const { end } = this;
    this.next(end, deep);
    const read = this.code === letter.x || this.code === letter.X ? this.hex(this.end, 1, 8, deep) : this.digits(end, deep);
    if (read) this.overSemicolon(deep);
    return read;
  }

  private named(at: number, deep: boolean): boolean {
    let name = '';
    let end = at;
    for (; name.length < 8; end = this.end) {
      this.next(end, deep);
      if (!isLetter(this.code)) break;
      name += String.fromCharCode(this.code);
    }
    const code = entities.get(name);
    if (code === undefined) return false;
    this.code = code;
    this.end = end;
    this.overSemicolon(deep);
    return true;
  }

  private overSemicolon(deep: boolean): void {
    const { code, end } = this;
    this.next(end, deep);
    if (this.code !== letter.semicolon) this.end = end;
    this.code = code;
  }

  /** Reads `least` to `most` hexadecimal digits as a code. */
  private hex(at: number, least: number, most: number, deep: boolean): boolean {
    return this.number(at, least, most, 16, deep);
  }

  private digits(at: number, deep: boolean): boolean {
    return this.number(at, 1, 8, 10, deep);
  }

  private number(at: number, least: number, most: number, base: number, deep: boolean): boolean {
    let value = 0;
    let count = 0;
    let end = at;
    for (; count < most; count++, end = this.end) {
      this.next(end, deep);
      const digit = digitOf(this.code);
      if (digit >= base) break;
      value = value * base + digit;
    }
    this.code = value;
    this.end = end;
    return count >= least;
  }

  private next(at: number, deep: boolean): void {
    if (deep) this.read(at, false);
    else {
      this.code = this.text.charCodeAt(at);
      this.end = at + 1;
    }
  }
}

const letter = { x: 0x78, X: 0x58, u: 0x75, hash: 0x23, semicolon: 0x3b, brace: 0x7b, closingBrace: 0x7d };

/** Base64 has a second alphabet, for addresses and file names: `-` and `_` for `+` and `/`. */
const twins: ReadonlyMap<number, number> = new Map(
  [
    ['+', '-'],
    ['-', '+'],
    ['/', '_'],
    ['_', '/'],
  ].map(([one = '', two = '']) => [one.charCodeAt(0), two.charCodeAt(0)]),
);

/** A character and its twin in the other alphabet of base64. */
export function bothAlphabets(code: number): number[] {
  return [code, ...[twins.get(code)].filter((twin) => twin !== undefined)];
}

/** A character in both cases, and in both alphabets of base64. */
export function sameInAnyCase(code: number): number[] {
  return isLetter(code) && code > 0x40 ? [code & ~0x20, code | 0x20] : bothAlphabets(code);
}

function lower(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
}

function isBlank(code: number): boolean {
  return code === 0 || (code >= 9 && code <= 13) || code === 0x20 || code === 0xa0;
}

/** The letter after the backslash of a line break or a tab. */
function isLineBreak(code: number): boolean {
  return code === 0x6e || code === 0x72 || code === 0x74;
}

function isSame(code: number, wanted: number): boolean {
  return code === wanted || twins.get(code) === wanted;
}

function isLetter(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** True for a character of base64, in either alphabet. */
export function isBase64(code: number): boolean {
  return isLetter(code) || code === 0x2b || twins.has(code);
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : 99;
}
