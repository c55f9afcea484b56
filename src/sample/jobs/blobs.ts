// Reads and writes blobs piece by piece, and signs tokens for results.

import {
  AnonymousCredential,
  BlobSASPermissions,
  ContainerClient,
  generateBlobSASQueryParameters,
  RestError,
  SASProtocol,
  StorageSharedKeyCredential,
  type BlockBlobClient,
  type StoragePipelineOptions,
} from '@azure/storage-blob';
import { isLoopback } from '../../base/loopback';
import { JobFault } from './jobFault';
import type { BlobAccess } from './reference';

/** Bytes that go up at once: as much of the output is in memory. */
const blockBytes = 4 * 1024 * 1024;

/** A blob that is being read. */
export interface OpenBlob {
  /** Its whole size in bytes. */
  readonly bytes: number;
  readonly content: AsyncIterable<Buffer | string>;
}

/** Begins to read a blob. Rejects with a JobFault that names no key and no token. */
export async function openBlob(access: BlobAccess, signal: AbortSignal): Promise<OpenBlob> {
  return telling('Reader', access, signal, async () => {
    const { readableStreamBody, contentLength = 0 } = await clientOf(access, 'Reader').download(0, undefined, { abortSignal: signal });
    if (!readableStreamBody) throw new Error('The answer has no stream.');
    return { bytes: contentLength, content: readableStreamBody };
  });
}

/**
 * Writes a blob as blocks while `pieces` are made; it is there, whole, when all have gone up, and unchanged when `pieces` throw or the
 * signal is raised.
 */
export async function writeBlob(access: BlobAccess, pieces: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  const client = clientOf(access, 'Writer');
  const ids: string[] = [];
  let waiting: Buffer[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    const block = Buffer.concat(waiting);
    const id = Buffer.from(String(ids.length).padStart(8, '0')).toString('base64');
    waiting = [];
    length = 0;
    await telling('Writer', access, signal, () => client.stageBlock(id, block, block.length, { abortSignal: signal }));
    ids.push(id);
  };
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece, 'utf8');
    waiting.push(bytes);
    length += bytes.length;
    if (length >= blockBytes) await flush();
  }
  if (length > 0) await flush();
  signal.throwIfAborted();
  // Not to be cut short: nobody could tell whether the blob is there then.
  await telling('Writer', access, signal, () =>
    client.commitBlockList(ids, { blobHTTPHeaders: { blobContentType: 'text/csv; charset=utf-8' } }),
  );
}

/** Makes the container if it is not there. */
export async function makeContainer(access: BlobAccess, signal: AbortSignal): Promise<void> {
  await telling('Writer', access, signal, () => containerOf(access, 'Writer').createIfNotExists({ abortSignal: signal }));
}

/** A clock may be set back by hours before a token is used: it begins to work a day before it is made, in milliseconds. */
const startsEarlierMs = 24 * 3_600_000;

/** A new token that reads this one blob, from now on for so many seconds, rounded up to whole ones. Begins with `?`. */
export function readToken({ container, name, account, key }: Extract<BlobAccess, { kind: 'account' }>, seconds: number): string {
  const now = Date.now();
  // The token's times have no fractions: what is cut off at its end would be missing.
  const expiresOn = new Date(Math.ceil(now / 1000) * 1000 + seconds * 1000);
  const values = {
    containerName: container, blobName: name, permissions: BlobSASPermissions.parse('r'),
    startsOn: new Date(now - startsEarlierMs), expiresOn, protocol: SASProtocol.HttpsAndHttp,
  };
  return `?${generateBlobSASQueryParameters(values, new StorageSharedKeyCredential(account, key)).toString()}`;
}

function clientOf(access: BlobAccess, module: 'Reader' | 'Writer'): BlockBlobClient {
  return containerOf(access, module).getBlockBlobClient(access.name);
}

function containerOf(access: BlobAccess, module: 'Reader' | 'Writer'): ContainerClient {
  const { host, hostname } = new URL(access.endpoint);
  if (!isLoopback(hostname)) {
    throw new JobFault(
      module,
      'BlobNotFound',
      undefined,
      `The blob ${access.container}/${access.name} is on ${host}, but the sample service reads and writes storage on this computer only.`,
    );
  }
  // Redirects to other places are not followed by storage-blob: they would lead to other computers.
  const options: StoragePipelineOptions = { retryOptions: { maxTries: 3, retryDelayInMs: 100, maxRetryDelayInMs: 400 } };
  const address = `${access.endpoint}${encodeURIComponent(access.container)}`;
  switch (access.kind) {
    case 'account':
      return new ContainerClient(address, new StorageSharedKeyCredential(access.account, access.key), options);
    case 'token':
      return new ContainerClient(`${address}${access.sas}`, new AnonymousCredential(), options);
    default:
      return access satisfies never;
  }
}

/** Turns what storage says into a fault of the job. Its own words are left out: they can repeat what was signed. */
async function telling<T>(
  module: 'Reader' | 'Writer',
  { endpoint, container, name }: BlobAccess,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof RestError)) throw error;
    const verb = module === 'Reader' ? 'read' : 'written';
    const { host } = new URL(endpoint);
    const why =
      error.statusCode === undefined
        ? `cannot be reached (${error.code ?? 'no answer'})`
        : `answered ${error.statusCode} ${error.code ?? ''}`.trim();
    const words = `The blob ${container}/${name} cannot be ${verb}: the storage at ${host} ${why}.`;
    throw new JobFault(module, error.code ?? 'BlobNotFound', undefined, words, error.statusCode === undefined);
  }
}
