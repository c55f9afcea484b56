// The hosts of a storage account's services: blobs, file systems, queues, tables and files.

const other = /^(https?:\/\/[a-z\d-]{1,63}(?:\.z\d{1,3})?)\.(?:dfs|queue|table|file)\.((?:core|storage)\.[a-z.]{1,60})(?=[/:?#]|$)/i;

/** The address with the account's blobs in the place of another service of it; undefined for one of blobs, or of no such host. */
export function blobHost(address: string): string | undefined {
  const changed = address.replace(other, '$1.blob.$2');
  return changed === address ? undefined : changed;
}
