// A real blob service for tests: Azurite in a process of its own, in memory, on 127.0.0.1.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlobPlace, StorageAccess } from '../../../src/model/storage';
import { developmentAccount } from '../../../src/model/developmentAccount';
import type { NetworkSettings } from '../../../src/model/wire';

const program = join(import.meta.dirname, '../../../node_modules/azurite/dist/src/blob/main.js');

/** Network settings without any proxy. */
export const direct: NetworkSettings = { proxy: '', proxySupport: 'override', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} };

export interface RunningStorage {
  readonly port: number;
  readonly access: Extract<StorageAccess, { kind: 'account' }>;
  place(container: string, name: string): BlobPlace;
  stop(): Promise<void>;
}

/** Starts Azurite on a free port, with the development account or one of the test's own, and waits until it listens. */
export async function startStorage(account: Account = developmentAccount): Promise<RunningStorage> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'storage-'));
  const child = spawn(process.execPath, [program, '--blobHost', '127.0.0.1', '--blobPort', String(port), '--inMemoryPersistence', '--silent', '--disableTelemetry', '--skipApiVersionCheck'], {
    cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, AZURITE_ACCOUNTS: `${account.name}:${account.key}` },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('listens')) resolve();
    });
    void ended.then(() => reject(new Error('Azurite ended before it listened.')));
  });
  return { port, ...accountAt(port, account), stop: async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  } };
}

/** A storage account: its name, and its key in base64. */
export interface Account {
  readonly name: string;
  readonly key: string;
}

/** Access to an account at a port. */
export function accountAt(port: number, { name: account, key }: Account = developmentAccount): Pick<RunningStorage, 'access' | 'place'> {
  const base = `http://127.0.0.1:${port}/${account}/`;
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${base}`;
  return { access: { kind: 'account', base, account, key, connectionString }, place: (container, name) => ({ base, container, name }) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
