// Starts the storage program and tells when it has ended.

import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { developmentAccount } from '../../model/developmentAccount';
import type { StorageMessage } from './message';

/** Storage that runs. It ends with this process, however that ends. */
export interface StorageProcess {
  /** Address of the development account's blob service, without a slash at its end. */
  readonly blobEndpoint: string;
  /** Resolves when storage has ended, with how: an exit code or a signal. */
  readonly ended: Promise<string>;
}

/** Storage did not start. `code` is Node's, such as EADDRINUSE, or says how the program ended. */
export class StorageNotStarted extends Error {
  override readonly name = 'StorageNotStarted';

  constructor(readonly code: string) {
    super(`Storage did not start: ${code}`);
  }
}

/**
 * Starts storage at this port of 127.0.0.1; 0 takes any free one. Its blobs are in memory, or in a folder that is there. Rejects with
 * StorageNotStarted.
 */
export async function startStorage(program: string, port: number, folder?: string): Promise<StorageProcess> {
  if (!existsSync(program)) throw new StorageNotStarted(`its program ${program} is missing`);
  // Only what Node itself needs: Azurite reads accounts, databases and proxies from variables.
  const needed = ['ELECTRON_RUN_AS_NODE', 'SystemRoot'];
  const env = Object.fromEntries(needed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const child = fork(program, [String(port), ...(folder === undefined ? [] : [folder])], {
    env,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = endOf(child);
  const message = await Promise.race([firstMessage(child), ended]);
  if (typeof message === 'string') throw new StorageNotStarted(`it ended with ${message}`);
  if (message.kind === 'failed') throw new StorageNotStarted(message.code);
  return { blobEndpoint: `http://127.0.0.1:${message.port}/${developmentAccount.name}`, ended };
}

function firstMessage(child: ChildProcess): Promise<StorageMessage> {
  return new Promise((resolve) => {
    child.once('message', (message) => {
      if (typeof message !== 'object' || !('kind' in message)) return;
      if (message.kind === 'ready' && 'port' in message && typeof message.port === 'number') resolve({ kind: 'ready', port: message.port });
      if (message.kind === 'failed' && 'code' in message) resolve({ kind: 'failed', code: String(message.code) });
    });
  });
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code === null ? String(signal) : `exit code ${code}`));
  });
}
