// The folder in which instances that are made, restored and deleted are noted, watched by every window: what another one begins is seen.

import { mkdirSync, readdirSync, watch } from 'node:fs';
import type { Disposable } from '../../../model/lifetime';

/** True where anything is noted in the folder. */
export function hasWorks(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.json'));
  } catch {
    // There is none yet.
    return false;
  }
}

/** Tells of each file that comes, changes or goes. Makes the folder where it is not there. Never throws: it is only a help. */
export function watchWorks(folder: string, changed: () => void): Disposable {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const watcher = watch(folder, { persistent: false }, (_kind, name) => {
      if (name === null || name.endsWith('.json')) changed();
    });
    // The limit of watchers is reached, or the folder is gone: windows still look when one of them comes or goes.
    watcher.on('error', () => watcher.close());
    return { dispose: () => watcher.close() };
  } catch {
    return { dispose: () => undefined };
  }
}
