// Blob storage: what is in it, whether it can be reached, tokens for single blobs. Uploads are in blobUpload.ts, downloads in download.ts.

import { BlobSASPermissions, generateBlobSASQueryParameters, SASProtocol, StorageSharedKeyCredential } from '@azure/storage-blob';
import type { BlobPlace, StorageAccess } from '../model/storage';
import { headerValue } from '../http/headers';
import { isLoopback } from '../base/loopback';
import { accountClient, blobClient, checkPlace, containerClient, readInfo, type BlobInfo } from './blobClients';
import { codeOf, explained, statusOf } from './blobErrors';
import type { BlobTools } from './blobHttp';

export type { BlobInfo } from './blobClients';
export type { BlobTools } from './blobHttp';
export { StorageClocks } from './storageClock';
export { uploadBlob, type UploadOptions, type UploadSource } from './blobUpload';

/** A blob in a list; `name` is its whole name. */
export interface ListedBlob {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970, like all times here. */
  readonly modifiedAt: number;
}

/** One level of a container. `folders` are whole prefixes with a slash at their end; `more` tells that the list was cut. */
export interface BlobList {
  readonly folders: readonly string[];
  readonly blobs: readonly ListedBlob[];
  readonly more: boolean;
}

/** The most containers that are listed. */
const mostContainers = 5_000;

/**
 * Makes a container unless it is there; with access to one container only, does nothing. Throws StorageFailed and Cancelled, like all of
 * these.
 */
export async function ensureContainer(access: StorageAccess, container: string, tools: BlobTools, signal: AbortSignal): Promise<void> {
  const client = containerClient(access, container, tools, signal);
  if (access.kind === 'container') return;
  await explained(access, { container }, signal, () => client.createIfNotExists({ abortSignal: signal }));
}

/** Names of the account's containers, in order; with access to one container, its name. */
export async function listContainers(access: StorageAccess, tools: BlobTools, signal: AbortSignal): Promise<readonly string[]> {
  if (access.kind === 'container') return [access.container];
  return explained(access, {}, signal, async () => {
    const names: string[] = [];
    for await (const { name } of accountClient(access, tools, signal).listContainers({ abortSignal: signal })) {
      names.push(name);
      if (names.length === mostContainers) break;
    }
    return names;
  });
}

/** Folders and blobs directly below `prefix` (empty, or with a slash at its end), `most` at most. */
export async function listBlobs(
  access: StorageAccess,
  container: string,
  prefix: string,
  most: number,
  tools: BlobTools,
  signal: AbortSignal,
): Promise<BlobList> {
  const client = containerClient(access, container, tools, signal);
  return explained(access, { container }, signal, async () => {
    const folders: string[] = [];
    const blobs: ListedBlob[] = [];
    const pages = client.listBlobsByHierarchy('/', { prefix, abortSignal: signal }).byPage({ maxPageSize: Math.min(most, 5_000) });
    for await (const { segment, continuationToken } of pages) {
      const room = () => folders.length + blobs.length < most;
      const all = [
        ...(segment.blobPrefixes ?? []).map(
          ({ name }) =>
            () =>
              folders.push(name),
        ),
        ...segment.blobItems.map(
          ({ name, properties }) =>
            () =>
              blobs.push({ name, bytes: properties.contentLength ?? 0, modifiedAt: properties.lastModified.getTime() }),
        ),
      ];
      for (const add of all) {
        if (!room()) return { folders, blobs, more: true };
        add();
      }
      if (!room()) return { folders, blobs, more: continuationToken !== undefined && continuationToken !== '' };
    }
    return { folders, blobs, more: false };
  });
}

/** What storage knows of a blob; undefined when there is none. */
export async function blobInfo(
  access: StorageAccess,
  place: BlobPlace,
  tools: BlobTools,
  signal: AbortSignal,
): Promise<BlobInfo | undefined> {
  return explained(access, place, signal, () => readInfo(blobClient(access, place, tools, signal), signal));
}

/** Deletes a blob when its metadata has this value, so that nobody else's goes; `notOurs` leaves it. */
export async function deleteBlob(
  access: StorageAccess,
  place: BlobPlace,
  onlyIf: { readonly name: string; readonly value: string },
  tools: BlobTools,
  signal: AbortSignal,
): Promise<'deleted' | 'gone' | 'notOurs'> {
  const client = blobClient(access, place, tools, signal);
  return explained(access, place, signal, async () => {
    const info = await readInfo(client, signal);
    if (info === undefined) return 'gone';
    if (info.metadata[onlyIf.name.toLowerCase()] !== onlyIf.value) return 'notOurs';
    try {
      await client.delete({ conditions: { ifMatch: info.etag }, abortSignal: signal });
      return 'deleted';
    } catch (error) {
      if (statusOf(error) === 412) return 'notOurs';
      if (statusOf(error) === 404) return 'gone';
      throw error;
    }
  });
}

/** Clocks differ, and may be set back by hours while a job waits: a token that begins now may not be valid yet. */
const startsEarlierMs = 24 * 3_600_000;

/** So long nobody waits to learn what time it is, in milliseconds. */
const longestAskMs = 10_000;

/**
 * Milliseconds since 1970 by the account's clock, which is asked where no answer has told it; by this computer's where there is no answer.
 */
export async function storageNow(access: StorageAccess, { transport, log, clocks }: BlobTools): Promise<number> {
  const { base } = access;
  const known = clocks?.now(base);
  // A container's token is given on as it is.
  if (!clocks || known !== undefined || access.kind === 'container') return known ?? Date.now();
  const from = performance.now();
  const outcome = await transport.send({ method: 'HEAD', url: base, headers: [], timeoutMs: longestAskMs }, new AbortController().signal);
  const { host, pathname } = new URL(base);
  log(`HEAD ${host}${pathname} ${outcome.ok ? outcome.answer.status : outcome.failure.kind} ${Math.round(performance.now() - from)} ms`);
  if (outcome.ok) clocks.note(base, headerValue(outcome.answer.headers, 'date'));
  return clocks.now(base) ?? Date.now();
}

/**
 * A token for one blob, with `?` in front: made with the account's key, for https only unless storage is on this computer; with access to
 * one container, that container's own token, whatever it permits. `permissions` are letters as in Azure (`r`, `cw`). Throws InvalidInput
 * for a blob that is elsewhere.
 */
export function signBlob(
  access: StorageAccess,
  place: BlobPlace,
  permissions: string,
  { hours, now }: { readonly hours: number; readonly now: number },
): string {
  checkPlace(access, place);
  if (access.kind === 'container') return access.sas;
  const query = generateBlobSASQueryParameters(
    {
      containerName: place.container,
      blobName: place.name,
      permissions: BlobSASPermissions.parse(permissions),
      startsOn: new Date(now - startsEarlierMs),
      expiresOn: new Date(now + hours * 3_600_000),
      ...(isLoopback(new URL(access.base).hostname) ? {} : { protocol: SASProtocol.Https }),
    },
    new StorageSharedKeyCredential(access.account, access.key),
  );
  return `?${query.toString()}`;
}

/** Resolves when the account or container can be reached and the secret is accepted. */
export async function checkAccess(access: StorageAccess, tools: BlobTools, signal: AbortSignal): Promise<void> {
  if (access.kind === 'account') {
    await explained(access, {}, signal, () =>
      accountClient(access, tools, signal).listContainers({ abortSignal: signal }).byPage({ maxPageSize: 1 }).next(),
    );
    return;
  }
  const { container } = access;
  await explained(access, { container }, signal, async () => {
    try {
      await containerClient(access, container, tools, signal).listBlobsFlat({ abortSignal: signal }).byPage({ maxPageSize: 1 }).next();
    } catch (error) {
      // The token is accepted and only does not permit to list, which jobs can do without.
      if (codeOf(error) !== 'AuthorizationPermissionMismatch') throw error;
    }
  });
}
