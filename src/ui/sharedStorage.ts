// The folder in which VS Code has an extension keep what belongs to a workspace.

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What VS Code appends to the name of a workspace's storage folder when another extension host has locked that: -1 to -9. */
const besideForm = /^(.+)-[1-9]$/s;

/**
 * The storage folder of a workspace that all extension hosts share, given the one that VS Code gave this window:
 * `workspaceStorage/NAME/EXTENSION`. The second extension host for a workspace is given `NAME-1`, as after a page that went without a
 * goodbye, whose remote extension host stays for hours. It is for files that several windows may write. Source: VS Code's
 * `extHostStoragePaths.ts` for Node.
 */
export function sharedStorage(storage: string): string {
  const workspace = dirname(storage);
  const [, name] = besideForm.exec(basename(workspace)) ?? [];
  if (name === undefined) return storage;
  const first = join(dirname(workspace), name);
  return existsSync(first) ? join(first, basename(storage)) : storage;
}
