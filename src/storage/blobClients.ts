// Clients of storage-blob for one operation, which never send a secret to another place than its own.

import { BlobServiceClient, ContainerClient, type BlockBlobClient } from '@azure/storage-blob';
import { InvalidInput } from '../model/errors';
import type { BlobPlace, StorageAccess } from '../model/storage';
import { codeOf, statusOf } from './blobErrors';
import { pipelineFor, type BlobTools } from './blobHttp';

/** What storage knows of a blob. Names of metadata are in lower case. */
export interface BlobInfo {
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly etag: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A client for one blob, whose calls end with `signal`. Throws InvalidInput for a blob that is elsewhere. */
export function blobClient(access: StorageAccess, place: BlobPlace, tools: BlobTools, signal: AbortSignal): BlockBlobClient {
  checkPlace(access, place);
  return containerClient(access, place.container, tools, signal).getBlockBlobClient(place.name);
}

/** What storage knows of a blob; throws what storage-blob does. */
export async function readInfo(client: BlockBlobClient, signal: AbortSignal): Promise<BlobInfo | undefined> {
  try {
    const { contentLength = 0, lastModified, etag = '', metadata = {} } = await client.getProperties({ abortSignal: signal });
    const named = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value] as const);
    return { bytes: contentLength, modifiedAt: lastModified?.getTime() ?? 0, etag, metadata: Object.fromEntries(named) };
  } catch (error) {
    const code = codeOf(error);
    if (statusOf(error) === 404 && (code === undefined || code === 'BlobNotFound' || code === 'ResourceNotFound')) return undefined;
    throw error;
  }
}

/** A client for a whole account, whose calls end with `signal`. */
export function accountClient(access: StorageAccess, tools: BlobTools, signal: AbortSignal): BlobServiceClient {
  return new BlobServiceClient(access.base.replace(/\/$/, ''), pipelineFor(access, tools, signal));
}

/** A client for one container, whose calls end with `signal`. Throws InvalidInput for another container than a token is for. */
export function containerClient(access: StorageAccess, container: string, tools: BlobTools, signal: AbortSignal): ContainerClient {
  checkContainer(access, container);
  const token = access.kind === 'container' ? access.sas : '';
  return new ContainerClient(`${access.base}${encodeURIComponent(container)}${token}`, pipelineFor(access, tools, signal));
}

/** Throws InvalidInput for a blob that is elsewhere. */
export function checkPlace(access: StorageAccess, { base, container }: BlobPlace): void {
  if (base !== access.base)
    throw new InvalidInput({
      sentence: `The blob is at ${new URL(base).host}, and the storage at hand is ${new URL(access.base).host}.`,
      advice: 'Choose the storage account that the blob is in.',
    });
  checkContainer(access, container);
}

/** A token for one container is never sent to another. */
function checkContainer(access: StorageAccess, container: string): void {
  if (access.kind === 'account' || access.container === container) return;
  throw new InvalidInput({
    sentence: `The token for the container "${access.container}" does not cover the container "${container}".`,
    advice: `Use the container "${access.container}", or add the whole storage account.`,
  });
}
