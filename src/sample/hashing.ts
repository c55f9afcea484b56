// Feature hashing as Vowpal Wabbit does it: words and their neighbours are hashed, and each hash is counted in one of 2^bits columns.

/** How a text is hashed: `bits` gives 2^bits columns, `ngrams` is the length of the longest run of words that counts as a feature. */
export interface Hashing {
  readonly bits: number;
  readonly ngrams: number;
}

/** Vowpal Wabbit's `quadratic_constant`: joins the hashes of neighbouring words. */
const joinFactor = 27942141;

/** Returns MurmurHash3 (x86, 32 bits) of the bytes as an unsigned number. Source: the published algorithm, checked with its vectors. */
export function murmur3(bytes: Buffer, seed: number): number {
  const tailStart = bytes.length - (bytes.length % 4);
  let hash = seed | 0;
  for (let at = 0; at < tailStart; at += 4) {
    hash = rotate(hash ^ scramble(bytes.readInt32LE(at)), 13);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= tailStart; at--) tail = (tail << 8) | bytes.readUInt8(at);
  // An empty tail scrambles to 0 and so changes nothing.
  hash ^= scramble(tail) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Returns the hash of one word: its own number (modulo 2^32) when it is all decimal digits, else MurmurHash3 of its UTF-8 bytes with seed
 * 0.
 */
export function hashWord(word: string): number {
  if (!/^[0-9]+$/.test(word)) return murmur3(Buffer.from(word, 'utf8'), 0);
  let value = 0;
  for (const digit of word) value = (Math.imul(value, 10) + Number(digit)) >>> 0;
  return value;
}

/** Counts the features of a text: one count for each of the 2^bits columns. A text without words gives zeros. */
export function hashText(text: string, { bits, ngrams }: Hashing): Uint32Array {
  const counts = new Uint32Array(2 ** bits);
  const mask = counts.length - 1;
  // runs[n] is the hash of the n + 1 words that end at the word before this one.
  let runs: number[] = [];
  for (const [word] of text.matchAll(/\S+/g)) {
    const hash = hashWord(word);
    runs = [hash, ...runs.slice(0, ngrams - 1).map((before) => (Math.imul(before, joinFactor) + hash) >>> 0)];
    for (const run of runs) counts[run & mask] = (counts[run & mask] ?? 0) + 1;
  }
  return counts;
}

function scramble(value: number): number {
  return Math.imul(rotate(Math.imul(value, 0xcc9e2d51), 15), 0x1b873593);
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
