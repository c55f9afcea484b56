// This window as others that share the journal see it.

import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { isProcessAlive } from '../../../base/atomicFiles';
import type { JobFiles } from '../../../base/ports';
import { systemClock } from '../../../model/clock';
import { answeringKey } from '../../../ui/ids';
import { sharedStorage } from '../../../ui/sharedStorage';
import { Windows } from '../store/windows';

/**
 * Makes this window one of those that share the journal; `start` enters it among them. `storage` is where VS Code keeps what belongs to its
 * workspace, undefined where it has none.
 */
export function thisWindow(files: JobFiles, storage: vscode.Uri | undefined, log: (line: string) => void): Windows {
  return new Windows({
    files, clock: systemClock, host: hostname(), pid: process.pid, isAlive: isProcessAlive, random: Math.random, log,
    // The least that the page can be asked for.
    answer: () => vscode.commands.executeCommand('setContext', answeringKey, true),
    ...(storage ? { workspace: createHash('sha256').update(sharedStorage(storage.fsPath)).digest('hex') } : {}),
  });
}
