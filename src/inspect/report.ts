// What is printed, and what must not be in it.

import type { Cell } from '../model/table';
import { looksSecret, mask, maskTokens } from '../redaction';

/** A value that can be printed; members that are undefined are left out. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** How many rows of a table are printed. */
export const firstRows = 20;

/** Members that hold sentences. In them whatever looks like a key is masked; elsewhere a long name may look like one and be none. */
const sentences: ReadonlySet<string> = new Set(['error', 'notes', 'sentence', 'advice', 'detail', 'details']);

/** Keys of services and storage accounts, and tokens of three parts, wherever they stand. */
const surely = [/(?<![\w+/=-])[A-Za-z\d+/]{86}==(?![\w+/=])/g, /(?<![\w.-])eyJ[\w-]{10,}\.[\w-]+\.[\w-]+/g];

/** What is long enough to be a key of any kind. */
const perhaps = /(?<![\w+/=-])(?:[A-Za-z\d+/]{40,}={1,2}|[\w-]{40,})(?![\w+/=-])/g;

/** The same without access tokens, connection strings' keys and whole keys, in any text of it. */
export function withoutSecrets(value: Json, isSentence = false): Json {
  if (typeof value === 'string') return safeText(value, isSentence);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((each) => withoutSecrets(each, isSentence));
  const safe: Record<string, Json> = {};
  for (const [name, each] of Object.entries(value)) {
    if (each !== undefined) safe[name] = withoutSecrets(each, isSentence || sentences.has(name));
  }
  return safe;
}

function safeText(text: string, isSentence: boolean): string {
  const masked = surely.reduce((rest, shape) => rest.replace(shape, mask), maskTokens(text));
  return isSentence ? masked.replace(perhaps, (word) => (looksSecret('', word) ? mask : word)) : masked;
}

function isList(value: readonly Json[] | { readonly [name: string]: Json | undefined }): value is readonly Json[] {
  return Array.isArray(value);
}

/** A row as it is printed: a cell for each of `width` columns, or more where the row is longer; null for what is empty. */
export function rowTexts(cells: readonly Cell[], width: number): (string | null)[] {
  return Array.from({ length: Math.max(width, cells.length) }, (_, column) => cells[column] || null);
}
