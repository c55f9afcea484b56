// The calls to blob storage, bound to the transport and the log: their bundle is loaded on first use.

import type { BlobInfo, BlobList, StorageClocks, UploadSource } from '../../storage/blobs';
import type { BlobPlace, StorageAccess } from '../../model/storage';
import type { Transport } from '../../model/wire';

/** How an upload is to be done. `onProgress` gets the bytes that are through. */
export interface UploadOptions {
  readonly overwrite: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  readonly onProgress: (bytes: number) => void;
}

/** Calls to blob storage. All throw StorageFailed, and Cancelled when the signal is raised. */
export interface BlobCalls {
  ensureContainer(access: StorageAccess, container: string, signal: AbortSignal): Promise<void>;
  info(access: StorageAccess, blob: BlobPlace, signal: AbortSignal): Promise<BlobInfo | undefined>;
  upload(access: StorageAccess, blob: BlobPlace, source: UploadSource, options: UploadOptions, signal: AbortSignal): Promise<void>;
  sign(access: StorageAccess, blob: BlobPlace, permissions: 'r' | 'cw', hours: number): Promise<string>;
  check(access: StorageAccess, signal: AbortSignal): Promise<void>;
  containers(access: StorageAccess, signal: AbortSignal): Promise<readonly string[]>;
  list(access: StorageAccess, container: string, prefix: string, most: number, signal: AbortSignal): Promise<BlobList>;
  /** Deletes a blob only when its metadata says that it was uploaded for this job. */
  deleteOwn(
    access: StorageAccess,
    blob: BlobPlace,
    mark: { readonly name: string; readonly value: string },
    signal: AbortSignal,
  ): Promise<'deleted' | 'gone' | 'notOurs'>;
}

/** What the calls need from outside. */
export interface BlobCallParts {
  readonly transport: () => Promise<Transport>;
  readonly log: (line: string) => void;
}

/** Calls to blob storage. */
export function blobCalls(parts: BlobCallParts): BlobCalls {
  const client = () => import('../../storage/blobs');
  // One for all calls: what one answer tells of an account's clock holds for the tokens that are made after it.
  let clocks: StorageClocks | undefined;
  const tools = async () => ({
    transport: await parts.transport(),
    log: parts.log,
    clocks: (clocks ??= new (await client()).StorageClocks()),
  });
  return {
    ensureContainer: async (access, container, signal) => (await client()).ensureContainer(access, container, await tools(), signal),
    info: async (access, blob, signal) => (await client()).blobInfo(access, blob, await tools(), signal),
    upload: async (access, blob, source, options, signal) =>
      void (await (await client()).uploadBlob(access, blob, source, options, await tools(), signal)),
    sign: async (access, blob, permissions, hours) => {
      const { signBlob, storageNow } = await client();
      return signBlob(access, blob, permissions, { hours, now: await storageNow(access, await tools()) });
    },
    check: async (access, signal) => (await client()).checkAccess(access, await tools(), signal),
    containers: async (access, signal) => (await client()).listContainers(access, await tools(), signal),
    list: async (access, container, prefix, most, signal) =>
      (await client()).listBlobs(access, container, prefix, most, await tools(), signal),
    deleteOwn: async (access, blob, mark, signal) => (await client()).deleteBlob(access, blob, mark, await tools(), signal),
  };
}
