// The face of storage accounts to other features.

export type { BlobCalls, UploadOptions } from './blobCalls';
export { contributeStorage, type StorageApi } from './ui/contribute';
export { isMissing, pickBlob, pickContainer, pickStorage, type StorageParts } from './ui/pickStorage';
