// The sample's program while it starts and ends: its first words, and why there are none.

import type { ChildProcess } from 'node:child_process';
import * as l10n from '@vscode/l10n';
import { SampleFailed } from '../../model/errors';

/** How the program ends when another sample has its folder. */
const folderInUse = 3;

/** So long a process that is killed is waited for, in milliseconds. */
const longestEndMs = 5_000;

/** Another sample has the folder. */
export class FolderInUse extends SampleFailed {}

/** It may only be slow. */
export class NotInTime extends SampleFailed {}

/** Ends one that may not listen to anything, and waits until its folder is free. */
export async function endNow(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, longestEndMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGKILL');
  });
}

/**
 * The first line that the program writes, which it does once it is ready. Throws FolderInUse, NotInTime after `longestMs` milliseconds, and
 * SampleFailed with what it said when it ends before.
 */
export function firstLine(child: ChildProcess, longestMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    const fail = (sentence: string, Failure = SampleFailed): void => {
      const detail = err.trim();
      reject(
        new Failure({
          sentence,
          detail: detail === '' ? undefined : detail,
          advice: l10n.t('Try again. If it stays so, look into the log.'),
          actions: ['startSample', 'showLog'],
        }),
      );
    };
    const timer = setTimeout(() => fail(l10n.t('The sample service did not start in time.'), NotInTime), longestMs);
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      const end = out.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      resolve(out.slice(0, end));
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      fail(l10n.t('The sample service could not be started: {0}.', error.message));
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(
        code === null
          ? l10n.t('The sample service ended while it was starting ({0}).', signal ?? 'killed')
          : l10n.t('The sample service ended while it was starting (code {0}).', code),
        code === folderInUse ? FolderInUse : SampleFailed,
      );
    });
  });
}
