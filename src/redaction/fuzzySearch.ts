// Finds what a looser look still shows of a secret: written in other case, broken by blanks or line breaks, or only a piece of it.

import type { Spot } from './exactSearch';
import { escapes, sameInAnyCase, SpelledText } from './escapedText';

/** Of a secret of at least so many characters pieces are looked for; of a shorter one only the whole. */
const longSecret = 24;
/** Of a longer secret pieces are looked for only in its plain form, and some characters apart: a longer piece is needed to be found. */
const veryLongSecret = 512;
/** All secrets together have about so many pieces at most. */
const mostPieces = 50_000;
/** So many characters in a row are a piece; the words of a language that happen to be in a secret are shorter. */
const pieceLength = 16;
/** Shorter secrets are looked for only as they are; those of letters alone, which may be words, have to be as long as a piece. */
const shortest = 8;
/** Shorter ones are not looked for across blanks. */
const shortestBroken = 12;
/** With fewer different characters than these a piece or a secret is a ruler, or filling. */
const variety = { piece: 6, whole: 4 };

/** A secret is found by so many of its characters; only where they stand it is looked at more closely. */
const gram = 4;
const gramMask = 0xffff;

/**
 * In longer texts (UTF-16 units) only every few characters are looked at: pieces are found that stand there unescaped, and with at least
 * 16 characters between two blanks or line breaks. To read every character of an answer of 50 MB would take longer than all else.
 */
const longestDense = 1_000_000;

/** What characters are to the search: nothing of any secret, or else a number of their own up to 252. */
const other = 0;
const blank = 255;
const escape = 254;

/** A part of a secret that is looked for, from its first character, at `from` of the codes, to the end of the secret. */
interface Window {
  readonly codes: readonly number[];
  readonly from: number;
  /** How many of the codes have to be there. */
  readonly need: number;
}

/** Finds secrets loosely. Its time grows with the text's length alone. */
export class PieceFinder {
  private readonly classes = new Uint8Array(0x10000);
  private readonly windows = new Map<number, Window[]>();
  /** 1 for the beginnings of windows, and for what stands anywhere in them. */
  private readonly begins = new Uint8Array(gramMask + 1);
  private readonly holds = new Uint8Array(gramMask + 1);
  /** How far apart a long text is looked at, so that no window is missed. */
  private stride = pieceLength - gram + 1;

  /** @param secrets what is looked for; each is taken together with the other texts that stand for it, such as its base64. */
  constructor(secrets: readonly (readonly string[])[]) {
    const units = secrets.reduce((sum, forms) => sum + (forms[0]?.length ?? 0), 0);
    const apart = Math.max(1, Math.ceil(units / mostPieces));
    const kept = secrets.map((forms) => {
      const length = forms[0]?.length ?? 0;
      const veryLong = length > veryLongSecret || units > mostPieces;
      return {
        forms: (veryLong ? forms.slice(0, 1) : forms).map(plainCodes),
        pieces: length >= longSecret,
        apart: veryLong ? Math.max(pieceLength, apart) : 1,
      };
    });
    for (const { forms } of kept) for (const codes of forms) this.classify(codes);
    for (const { forms, pieces, apart: steps } of kept)
      for (const codes of forms) this.add(codes, pieces && codes.length >= pieceLength, steps);
  }

  /** All places, in order; none overlaps another. */
  find(text: string): Spot[] {
    if (this.windows.size === 0) return [];
    return text.length > longestDense ? this.findSparsely(text) : this.findIn(text, 0, text.length, new SpelledText(text));
  }

  private classify(codes: readonly number[]): void {
    let count = 0;
    for (const code of codes) {
      if (this.classes[code] !== other) continue;
      const number = (count++ % 252) + 1;
      for (const same of sameInAnyCase(code)) this.classes[same] = number;
    }
    // In bytes of UTF-16 every other one is 0.
    for (const code of [0, 9, 10, 11, 12, 13, 32, 0xa0]) this.classes[code] = blank;
    for (const code of escapes) this.classes[code] = escape;
  }

  /** @param steps how many characters the pieces are apart that are looked for */
  private add(codes: readonly number[], pieces: boolean, steps: number): void {
    const body = bodyLength(codes);
    if (!pieces && !isTelling(codes.slice(0, body))) return;
    const need = pieces ? pieceLength : body;
    this.stride = Math.min(this.stride, need - gram + 1);
    const hashes = Array.from({ length: Math.max(0, body - gram + 1) }, (_, at) => this.hashOf(codes, at));
    // This is done for every call, so how many different characters a piece has is counted on from piece to piece.
    const counts = new Map<number, number>();
    const count = (code: number | undefined, by: number): void => {
      if (code === undefined) return;
      const left = (counts.get(code) ?? 0) + by;
      if (left === 0) counts.delete(code);
      else counts.set(code, left);
    };
    for (let at = 0; at < need - 1; at++) count(codes[at], 1);
    for (let from = 0; from + need <= body; from++) {
      count(codes[from + need - 1], 1);
      if (from % steps === 0 && counts.size >= (pieces ? variety.piece : variety.whole)) this.addWindow({ codes, from, need }, hashes);
      count(codes[from], -1);
    }
  }

  private addWindow(window: Window, hashes: readonly number[]): void {
    const { from, need } = window;
    const hash = hashes[from] ?? 0;
    this.begins[hash] = 1;
    const others = this.windows.get(hash);
    if (!others) this.windows.set(hash, [window]);
    // What repeats itself is found from its first place on.
    else if (others.some((other) => isSamePiece(other, window))) return;
    else others.push(window);
    for (let at = from; at + gram <= from + need; at++) this.holds[hashes[at] ?? 0] = 1;
  }

  private hashOf(codes: readonly number[], from: number): number {
    let hash = 0;
    for (let at = from; at < from + gram; at++) hash = next(hash, this.classes[codes[at] ?? 0] ?? other);
    return hash;
  }

  private findSparsely(text: string): Spot[] {
    const { classes, holds, stride } = this;
    const spots: Spot[] = [];
    let reader: SpelledText | undefined;
    for (let at = 0; at + gram <= text.length; at += stride) {
      let kind = classes[text.charCodeAt(at)] ?? other;
      // No piece has a character in it that is none of the secret's.
      if (kind === other) continue;
      let hash = next(0, kind);
      kind = classes[text.charCodeAt(at + 1)] ?? other;
      if (kind === other) continue;
      hash = next(hash, kind);
      hash = next(hash, classes[text.charCodeAt(at + 2)] ?? other);
      hash = next(hash, classes[text.charCodeAt(at + 3)] ?? other);
      if (holds[hash] === 0) continue;
      reader ??= new SpelledText(text);
      // The piece begins at most a stride earlier, for otherwise the look before this one would have met it.
      spots.push(...this.findIn(text, Math.max(at - stride, spots.at(-1)?.end ?? 0), at + gram, reader));
    }
    return spots;
  }

  /** The places that begin between `from` and `to`. */
  private findIn(text: string, from: number, to: number, reader: SpelledText): Spot[] {
    const { classes, begins } = this;
    const spots: Spot[] = [];
    let hash = 0;
    let run = 0;
    // Where the last characters that are no blanks began, the latest first.
    let first = 0;
    let second = 0;
    let third = 0;
    for (let at = from; at < to; ) {
      const start = at;
      let kind = classes[text.charCodeAt(at)] ?? other;
      at += 1;
      if (kind === escape) {
        at = reader.plain(start);
        kind = classes[reader.code] ?? other;
      }
      if (kind === blank) continue;
      if (kind === other || kind === escape) {
        run = 0;
        continue;
      }
      hash = next(hash, kind);
      run += 1;
      if (run >= gram && begins[hash] === 1) {
        const end = this.longest(third, hash, reader);
        if (end > 0) {
          spots.push({ start: third, end });
          at = end;
          run = 0;
          continue;
        }
      }
      third = second;
      second = first;
      first = start;
    }
    return spots;
  }

  /** Where the longest of the windows ends that begin at `at`, or 0. */
  private longest(at: number, hash: number, reader: SpelledText): number {
    return (this.windows.get(hash) ?? []).reduce((end, window) => Math.max(end, endOf(at, window, reader)), 0);
  }
}

function isSamePiece(one: Window, other: Window): boolean {
  if (one.codes !== other.codes || one.need !== other.need) return false;
  for (let at = 0; at < one.need; at++) if (one.codes[one.from + at] !== other.codes[other.from + at]) return false;
  return true;
}

function endOf(at: number, { codes, from, need }: Window, reader: SpelledText): number {
  const broken = need >= shortestBroken;
  let end = at;
  /** Where what is certain ends: once enough is there, a few characters behind a blank may be the next word by chance. */
  let certain = 0;
  let doubtful = 0;
  for (let index = 0; from + index < codes.length; index++) {
    const begin = broken && index > 0 ? reader.overBlanks(end) : end;
    const after = reader.stepInAnyCase(begin, codes[from + index] ?? 0);
    if (after < 0) return certain;
    doubtful = index >= need && (begin > end || doubtful > 0) ? (doubtful + 1) % gram : 0;
    end = after;
    if (index + 1 >= need && doubtful === 0) certain = end;
  }
  return end;
}

/** Depends on the last four characters and no others. */
function next(hash: number, kind: number): number {
  return ((hash << 4) ^ kind) & gramMask;
}

/** The characters of a secret that are looked for: those that are no blanks. */
function plainCodes(secret: string): number[] {
  const text = secret.replace(/\s+/g, '');
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

const equals = 0x3d;

/** The length without the fillings of base64, which may be left out. */
function bodyLength(codes: readonly number[]): number {
  let length = codes.length;
  while (length > 0 && codes[length - 1] === equals) length -= 1;
  return length;
}

/** False for what may be a word, which stands everywhere in other case. */
function isTelling(codes: readonly number[]): boolean {
  return codes.length >= pieceLength || (codes.length >= shortest && codes.some((code) => !/[a-z]/i.test(String.fromCharCode(code))));
}
