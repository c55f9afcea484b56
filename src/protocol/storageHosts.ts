// The hosts of a storage account's services: blobs, file systems, queues, tables and files.

/** The address with the account's blobs in the place of another service of it; undefined when it is that of blobs already, or of no such host. */
export function blobHost(address: string): string | undefined {
  const changed = address.replace(/^(https?:\/\/[a-z\d-]{1,63}(?:\.z\d{1,3})?)\.(?:dfs|queue|table|file)\.((?:core|storage)\.[a-z.]{1,60})(?=[/:?#]|$)/i, '$1.blob.$2');
  return changed === address ? undefined : changed;
}
