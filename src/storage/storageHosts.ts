// The hosts of a storage account's services: blobs, file systems, queues, tables and files.

const other = /^(https?:\/\/[a-z\d-]{1,63}(?:\.z\d{1,3})?)\.(?:dfs|queue|table|file)\.((?:core|storage)\.[a-z.]{1,60})(?=[/:?#]|$)/i;

/** The address with the account's blobs in the place of another service of it; undefined for one of blobs, or of no such host. */
export function blobHost(address: string): string | undefined {
  const changed = address.replace(other, '$1.blob.$2');
  return changed === address ? undefined : changed;
}

const storageKinds: ReadonlySet<string> = new Set(['blob', 'dfs', 'queue', 'table', 'file', 'web']);

/** What follows the kind in the host of a storage account: `core` and a cloud's own domain, or the one of zones of DNS. */
function isStorageDomain(labels: readonly string[]): boolean {
  return labels[0] === 'core'
    ? labels.length > 1 && labels.slice(1).every((label) => /^[a-z]*$/.test(label))
    : labels.join('.') === 'storage.azure.net';
}

/** True for a host of a storage account, whatever kind of it: blobs, tables, queues or files. */
export function isStorageHost(hostname: string): boolean {
  // By its labels: a pattern that is tied to the end would be tried at each place of a long name.
  const labels = hostname.toLowerCase().replace(/\.$/, '').split('.');
  const kind = labels.findLastIndex((label) => storageKinds.has(label));
  return kind > 0 && isStorageDomain(labels.slice(kind + 1));
}
