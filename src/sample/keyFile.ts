// The file that a made-up API key is handed over in: readable by its owner only, and gone when the service ends.

import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';

/** A key file that was written. `remove` never throws. */
export interface KeyFile {
  /** Absolute. */
  readonly path: string;
  remove(): void;
}

/** Makes a key as such services have them: 64 random bytes in base64, 88 characters that end in `==`. */
export function makeKey(): string {
  return randomBytes(64).toString('base64');
}

/** Makes a token: 32 random bytes, of characters that may stand anywhere in a header. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Writes the key to `path`, or under `name` into a folder of its own under the system's temporary one. Throws Node's error; an existing
 * file is never overwritten.
 */
export function writeKeyFile(key: string, path: string | undefined, name = 'api-key'): KeyFile {
  const own = path === undefined ? join(mkdtempSync(join(tmpdir(), 'azureml-sample-')), name) : undefined;
  const file = own ?? resolve(path ?? '');
  writeFileSync(file, key, { mode: 0o600, flag: 'wx' });
  const remove = (): void => {
    try {
      rmSync(file, { force: true });
      if (own !== undefined) rmdirSync(dirname(own));
    } catch {
      // Someone else has removed it or holds it open; the program is ending anyway.
    }
  };
  return { path: file, remove };
}
