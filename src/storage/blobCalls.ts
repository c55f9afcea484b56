// What can be asked of blob storage, whatever holds the access to it.

import type { InputFile } from '../model/job';
import type { BlobPlace, StorageAccess } from '../model/storage';
import type { BlobInfo, BlobList } from './blobs';

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
  upload(access: StorageAccess, blob: BlobPlace, file: InputFile, options: UploadOptions, signal: AbortSignal): Promise<void>;
  sign(access: StorageAccess, blob: BlobPlace, permissions: 'r' | 'cw', hours: number): Promise<string>;
  check(access: StorageAccess, signal: AbortSignal): Promise<void>;
  containers(access: StorageAccess, signal: AbortSignal): Promise<readonly string[]>;
  list(access: StorageAccess, container: string, prefix: string, most: number, signal: AbortSignal): Promise<BlobList>;
  /** Deletes a blob only when its metadata says that it was uploaded for this job. */
  deleteOwn(access: StorageAccess, blob: BlobPlace, mark: { readonly name: string; readonly value: string }, signal: AbortSignal): Promise<'deleted' | 'gone' | 'notOurs'>;
}
