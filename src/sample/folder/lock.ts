// Lets one process at a time have a folder: a file in it names the process, which touches the file again and again for as long as it lives.

import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../../model/errorCode';
import { isObject } from '../json';
import { readOrNothing } from './files';

/** So often the owner touches its file, in milliseconds. */
const beatMs = 1_000;

/** Whose file was not touched for so long has died, whatever process has its number now. Counted by waiting, since clocks may jump. */
const silentMs = 4_000;

/** So long the folder is waited for: its owner may be about to end, as the one of a window that is loaded again is. */
const patienceMs = 2_000;

/** Nothing is waited for longer than this. */
const longestMs = 10_000;

/** Another process has the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** A folder that is this process's own. */
export interface FolderLock {
  /** Resolves when another process has taken the folder, which happens to one that was stopped for some time. */
  readonly lost: Promise<void>;
  /** Lets go of the folder. Never throws. */
  release(): void;
}

/** Takes a folder, waiting a little for an owner that is about to end. Rejects with FolderInUse, or with what the disk throws. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock');
  const own = JSON.stringify({ pid: process.pid, host: hostname(), start: randomUUID() });
  let watched: { readonly text: string; readonly touched: number | undefined; readonly sinceMs: number } | undefined;
  const began = performance.now();
  let alive = false;
  while (!create(path, own)) {
    const text = readOrNothing(path) ?? '';
    const touched = touchedAt(path);
    const now = performance.now();
    if (!watched || watched.text !== text || watched.touched !== touched) {
      alive = watched !== undefined;
      watched = { text, touched, sinceMs: now };
    }
    // One that can neither be had nor be taken away is no use.
    if (now - began > (alive ? patienceMs : longestMs)) throw new FolderInUse();
    if (isDead(text) || now - watched.sinceMs > silentMs) takeAway(path, text);
    await sleep(50);
  }
  return hold(path, own);
}

function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function hold(path: string, own: string): FolderLock {
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (readOrNothing(path) !== own) {
        clearInterval(timer);
        resolve();
        return;
      }
      const now = Date.now() / 1000;
      try {
        utimesSync(path, now, now);
      } catch {
        // Taken away just now: the next look tells.
      }
    }, beatMs);
    timer.unref();
  });
  const release = (): void => {
    clearInterval(timer);
    try {
      if (readOrNothing(path) === own) rmSync(path, { force: true });
    } catch {
      // It stays, and names a process that has ended.
    }
  };
  return { lost, release };
}

/** True when the process that a lock names has ended for certain. Numbers of processes mean something on their own computer only. */
function isDead(text: string): boolean {
  const { pid, host } = readOwner(text);
  if (pid === undefined || host !== hostname()) return false;
  // Before this process had the number, another had it.
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return hasCode(error, 'ESRCH');
  }
}

function readOwner(text: string): { readonly pid?: number; readonly host?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return {};
    return { host: value.host, ...(Number.isInteger(value.pid) && Number(value.pid) > 0 ? { pid: Number(value.pid) } : {}) };
  } catch {
    return {};
  }
}

/** Removes a dead one's lock. When it was another's already, it is put back. */
function takeAway(path: string, text: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== text) linkSync(aside, path);
  } catch {
    // Another process was faster, and has the folder or takes it next.
  }
  rmSync(aside, { force: true });
}

function touchedAt(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}
