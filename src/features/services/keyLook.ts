// How a key is told from others without being shown: what the text calls it, its length and, for long ones, its last characters.

import { keyTail } from '../../redaction';

/** A key with what the text calls it; `name` is empty for one that was typed, or that stands in the text without a name. */
export interface NamedKey {
  readonly name: string;
  readonly value: string;
}

/** The line of a key that is about to be saved: what tells it from others first, since a long line is cut at its end. */
export function givenLine(key: NamedKey | undefined): string {
  if (key === undefined) return 'not set';
  const { name, value } = key;
  return name === ''
    ? `given: ${look(value)}; saved to the secret store`
    : `given: ${look(value)}; "${name}" of the text; saved to the secret store`;
}

/**
 * What happens to a kept key, for a question: the kept one (undefined when there is none) beside the one from the text.
 * `what` is "API key", for example.
 */
export function replacementLine(what: string, kept: string | undefined, given: NamedKey): string {
  if (kept === given.value) return `${what}: the one of the text is the one that is kept (${look(kept)}).`;
  const next = given.name === '' ? look(given.value) : `"${given.name}", ${look(given.value)}`;
  return kept === undefined ? `${what}: none is kept. New: ${next}.` : `${what}: kept is one of ${look(kept)}. New: ${next}.`;
}

/** What is said of a key that an earlier entry has left for the same address; undefined when there is none. */
export function leftLine(kept: string | undefined): string | undefined {
  return kept === undefined ? undefined : `A key from before is kept for this address (${look(kept)}). Saving takes it away.`;
}

function look(key: string): string {
  const tail = keyTail(key);
  return tail === undefined ? `${key.length} characters` : `${key.length} characters, ending in ${tail}`;
}
