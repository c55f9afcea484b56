// What stands in the place of a secret: one text everywhere, as what was masked once is known again by it.

/** Eight dots, however long the secret was. */
export const mask = '••••••••';

/** Keys of at least this many characters may show their last four: of a shorter one they would give away too much. */
const longKey = 16;

/** The last four characters of a key, by which it is told from others; undefined for one that is too short to show any. */
export function keyTail(key: string): string | undefined {
  return key.length >= longKey ? key.slice(-4) : undefined;
}
