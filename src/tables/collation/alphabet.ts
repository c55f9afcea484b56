// The characters that some texts are made of: the fewer there are, the more of them are told by one number.

import type { Weights } from './weights';

/** Numbers up to here are all doubles. */
const mostKeys = 2 ** 53;

/** How characters become the digits of a number. */
export interface Digits {
  /** By character of ASCII. */
  readonly byCharacter: Uint8Array;
  /** Larger than any digit. */
  readonly base: number;
  /** So many digits are a number that is exact. */
  readonly length: number;
}

/** The characters of some texts, as digits that are in the order of their weights. */
export interface Alphabet {
  /** The digits of first weights. None is 0, which stands for the end of a text. */
  readonly first: Digits;
  readonly second: Digits;
  /** So many characters are the same at the beginning of all texts. */
  readonly same: number;
}

/** Gathers the characters of texts. */
export class AlphabetBuilder {
  private readonly used: Uint8Array;
  private beginning: string | undefined;

  constructor(private readonly weights: Weights) {
    this.used = new Uint8Array(weights.first.length);
  }

  /** Takes a text; false, and nothing is taken of it that matters, when it has characters without weights. */
  add(text: string): boolean {
    const { used, weights: { first } } = this;
    for (let at = 0; at < text.length; at++) {
      const character = text.charCodeAt(at);
      if ((first[character] ?? 0) === 0) return false;
      used[character] = 1;
    }
    const beginning = this.beginning ?? text;
    if (text.startsWith(beginning)) {
      this.beginning = beginning;
      return true;
    }
    let same = 0;
    while (same < text.length && text.charCodeAt(same) === beginning.charCodeAt(same)) same++;
    this.beginning = beginning.slice(0, same);
    return true;
  }

  /** What the texts that were taken are made of. */
  alphabet(): Alphabet {
    const { first, second } = this.weights;
    return { first: this.digits(first, 1), second: this.digits(second, 0), same: this.beginning?.length ?? 0 };
  }

  private digits(weights: Uint8Array, least: number): Digits {
    const used = new Set([...weights].filter((_, character) => this.used[character] === 1));
    const ordered = [...used].sort((one, other) => one - other);
    const byCharacter = weights.map((weight) => (used.has(weight) ? ordered.indexOf(weight) + least : 0));
    const base = Math.max(2, ordered.length + least);
    let length = 1;
    while (base ** (length + 1) <= mostKeys) length++;
    return { byCharacter, base, length };
  }
}
