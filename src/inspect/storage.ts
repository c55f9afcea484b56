// A text that somebody pastes to add storage -> what it gives access to, without the key or token.

import { readStorage, storageFacts } from '../storage/storageText';
import { pastedText } from './pastedText';
import type { Json } from './report';

/** What Add Storage Account finds in a text; `now` in milliseconds since 1970 tells whether a token has expired. */
export function inspectStorage(bytes: Uint8Array, now: number): Json {
  const reading = readStorage(pastedText(bytes), now);
  if (!reading.ok) return { error: reading.reason };
  const { kind, account, blobEndpoint, container } = storageFacts(reading.access);
  return { kind, account, blobEndpoint, container: container ?? null, notes: reading.notes };
}
