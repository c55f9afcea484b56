// A text that somebody pastes to add storage -> what it gives access to, without the key or token.

import { readStorage } from '../protocol/storageText';
import { pastedText } from './pastedText';
import type { Json } from './report';

/** What Add Storage Account finds in a text; `now` in milliseconds since 1970 tells whether a token has expired. */
export function inspectStorage(bytes: Uint8Array, now: number): Json {
  const reading = readStorage(pastedText(bytes), now);
  if (!reading.ok) return { error: reading.reason };
  const { access, name, notes } = reading;
  switch (access.kind) {
    case 'account':
      return { kind: access.kind, account: access.account, blobEndpoint: access.base, container: null, notes };
    case 'container':
      // Its name is the account's and its own.
      return { kind: access.kind, account: name.split('/')[0] ?? null, blobEndpoint: access.base, container: access.container, notes };
    default:
      return access satisfies never;
  }
}
