// Numbers with their nouns, in English: for the pages that have no translation yet.

import { formatCount } from '../../src/base/format';

/** A number and its noun: `1 row`, `50,000 rows`. */
export function plural(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}
