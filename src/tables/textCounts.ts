// Texts -> how many different ones there are and which are the most frequent, in bounded memory.

import { beginningOfText } from '../base/cutText';

/** So many different texts are counted, and so many UTF-16 units of them are kept. */
const countedTexts = 100_000;
const keptUnits = 4_000_000;
/** Longer texts are kept by their beginning, in UTF-16 units. */
const shownUnits = 200;
const shownTexts = 20;

/** A text and how often it came. */
interface Count {
  readonly text: string;
  count: number;
}

/**
 * Counts texts. Once there is no more room, texts that came before are counted on, and new ones are only noticed. Long texts are told apart
 * by their beginning, length and a hash.
 */
export class TextCounts {
  /** True when there are more different texts than were counted. */
  atLeast = false;
  private readonly counts = new Map<string, Count>();
  private units = 0;

  /** How many different texts were counted. */
  get distinct(): number {
    return this.counts.size;
  }

  add(text: string): void {
    const beginning = beginningOfText(text, shownUnits);
    // No shorter text can be mistaken for it: a key of a long one is longer than all of them.
    const key = beginning === text ? text : `${text.slice(0, shownUnits)}${text.length} ${hash(text)}`;
    const known = this.counts.get(key);
    if (known) {
      known.count++;
    } else if (this.counts.size >= countedTexts || this.units >= keptUnits) {
      this.atLeast = true;
    } else {
      const own = copy(key);
      this.counts.set(own, { text: beginning === text ? own : copy(beginning), count: 1 });
      this.units += own.length;
    }
  }

  /** The most frequent, most frequent first, equals in the order of their text; long ones are cut. */
  top(): { readonly text: string; readonly count: number }[] {
    const frequent: Count[] = [];
    for (const each of this.counts.values()) {
      const last = frequent[shownTexts - 1];
      if (last && inOrder(last, each) <= 0) continue;
      if (last) frequent.pop();
      const place = frequent.findIndex((other) => inOrder(each, other) < 0);
      frequent.splice(place < 0 ? frequent.length : place, 0, each);
    }
    return frequent.map(({ text, count }) => ({ text, count }));
  }
}

function inOrder(one: Count, other: Count): number {
  if (one.count !== other.count) return other.count - one.count;
  return one.text < other.text ? -1 : one.text > other.text ? 1 : 0;
}

/** A text that shares no memory: a piece of a longer one would keep all of that alive. */
function copy(text: string): string {
  return text.split('').join('');
}

/**
 * 64 bits of a text, in two halves that are mixed differently: enough to tell texts apart, no protection against those who seek equal ones.
 */
function hash(text: string): string {
  let one = 0x811c9dc5;
  let other = 0x9e3779b9;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul((other << 5 | other >>> 27) ^ code, 0x85ebca6b);
  }
  return `${one >>> 0} ${other >>> 0}`;
}
