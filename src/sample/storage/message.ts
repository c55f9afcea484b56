// What the storage program tells the sample that forked it.

/** `code` is Node's, such as EADDRINUSE. */
export type StorageMessage = { readonly kind: 'ready'; readonly port: number } | { readonly kind: 'failed'; readonly code: string };
