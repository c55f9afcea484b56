// The blob storage of the sample as a program: Azurite's own blob service, in memory or in a folder, for the program that forked this one
// and no longer than it.

import BlobConfiguration from 'azurite/dist/src/blob/BlobConfiguration.js';
import BlobServer from 'azurite/dist/src/blob/BlobServer.js';
import { errorCode } from '../../model/errorCode';
import { isLocalHost } from '../localHost';
import { extentsFolder, locationId, openOnDisk, writtenAtOnce } from './disk';
import type { StorageMessage } from './message';

/** How long an idle connection is kept, in seconds. */
const keepAliveSeconds = 60;

async function run(port: number, folder: string | undefined): Promise<void> {
  const server = folder === undefined ? make(port, undefined) : await openOnDisk(folder, () => make(port, folder));
  guardHost(server);
  await server.start();
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The storage has no port.');
  tell({ kind: 'ready', port: address.port });
}

/**
 * Silent, so that no log is written. Lists of blobs and pieces are read and written by `openOnDisk`: the names of files for them are not
 * used.
 */
function make(port: number, folder: string | undefined): BlobServer {
  const folders = folder === undefined ? [] : [{ locationId, locationPath: extentsFolder(folder), maxConcurrency: writtenAtOnce }];
  return new BlobServer(
    new BlobConfiguration(
      '127.0.0.1',
      port,
      keepAliveSeconds,
      folder ?? '',
      folder ?? '',
      folders,
      false,
      undefined,
      false,
      undefined,
      true,
      true,
      '',
      '',
      '',
      undefined,
      true,
      folder === undefined,
    ),
  );
}

/** Lets nobody in who came here by a foreign name: the account's key is public, so a page could use it (DNS rebinding). */
function guardHost({ httpServer }: BlobServer): void {
  const listeners = httpServer.listeners('request');
  httpServer.removeAllListeners('request');
  httpServer.on('request', (request, response) => {
    if (isLocalHost(request.headers.host ?? '')) {
      for (const listener of listeners) Reflect.apply(listener, httpServer, [request, response]);
      return;
    }
    response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
    response.end('This storage is only for this machine: call it at 127.0.0.1 or localhost.');
  });
}

function tell(message: StorageMessage, then: () => void = () => undefined): void {
  if (process.send) process.send(message, undefined, {}, then);
  else then();
}

// A terminal sends these to the whole group. The sample ends at them, and this program then ends with it: not before, or it would look like
// a failure.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// The channel closes too when the sample is killed.
process.on('disconnect', () => process.exit(0));

run(Number(process.argv[2] ?? 0), process.argv[3]).catch((error: unknown) => {
  const code = errorCode(error) ?? 'unknown cause';
  tell({ kind: 'failed', code }, () => process.exit(1));
});
