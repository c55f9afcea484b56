// The face of storage accounts to other features.

export type { BlobCalls, UploadOptions } from './blobCalls';
export { contributeStorage, type StorageApi } from './ui/contribute';
