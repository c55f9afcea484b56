// Keeps the sample's own storage from growing without bound: blobs that are old or too many are deleted.

import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { developmentAccount } from '../../model/developmentAccount';
import { keptMs } from './jobFiles';
import type { BlobAccess } from './reference';

/** The most that all blobs may take together, in bytes: 1 GiB. */
export const mostBytes = 1024 ** 3;

/** So many blobs are kept. */
export const mostBlobs = 2_000;

/** A blob that was written so lately, in milliseconds, is about to be used and stays, however large it is. */
const newMs = 60 * 60 * 1000;

/** A blob as far as it matters here. `writtenAt` in milliseconds since 1970. */
export interface StoredBlob {
  readonly container: string;
  readonly name: string;
  readonly writtenAt: number;
  readonly bytes: number;
}

/** Deletes what is not kept any longer; what `inputs` name stays. Rejects with what storage says. `endpoint` has no slash at its end. */
export async function sweepBlobs(endpoint: string, inputs: readonly BlobAccess[]): Promise<void> {
  const credential = new StorageSharedKeyCredential(developmentAccount.name, developmentAccount.key);
  const service = new BlobServiceClient(endpoint, credential, { retryOptions: { maxTries: 1 } });
  const blobs: StoredBlob[] = [];
  for await (const { name: container } of service.listContainers()) {
    for await (const { name, properties } of service.getContainerClient(container).listBlobsFlat()) {
      blobs.push({ container, name, writtenAt: properties.lastModified.getTime(), bytes: properties.contentLength ?? 0 });
    }
  }
  for (const { container, name } of outdatedBlobs(blobs, inputs, Date.now())) {
    await service.getContainerClient(container).getBlobClient(name).deleteIfExists();
  }
}

type Named = Pick<BlobAccess, 'container' | 'name'>;

/**
 * Those of the blobs that are not kept: older than 30 days, or beyond what the newest may be together. `now` in milliseconds since 1970.
 */
export function outdatedBlobs(blobs: readonly StoredBlob[], inputs: readonly Named[], now: number): readonly StoredBlob[] {
  let bytes = 0;
  return [...blobs].sort((one, other) => other.writtenAt - one.writtenAt).filter((blob, index) => {
    bytes += blob.bytes;
    const age = now - blob.writtenAt;
    const tooMuch = age > newMs && (bytes > mostBytes || index >= mostBlobs);
    return (age > keptMs || tooMuch) && !inputs.some(({ container, name }) => container === blob.container && name === blob.name);
  });
}
