// Reads the address of a container with its token, and what the token tells of itself.

import type { StorageAccess } from '../model/storage';
import { checkContainerName } from './blobAddress';
import { isLoopback } from '../base/loopback';
import { percentDecoded } from '../base/percent';
import { blobHost, isStorageHost } from './storageHosts';

/**
 * Access to storage with a name to show and remarks for the person, or the reason why the text gives none. No reason, name or remark holds
 * a piece of a secret.
 */
export type StorageText =
  | { readonly ok: true; readonly access: StorageAccess; readonly name: string; readonly notes: string[] }
  | { readonly ok: false; readonly reason: string };

/** Said of addresses with http. */
export const onlyHttps =
  'The storage is addressed with http, which would send data unprotected. Use https; http is only for storage on this computer.';

/** When a token ends, in milliseconds since 1970; undefined when it does not say so. */
export function tokenEnd(sas: string): number | undefined {
  const value = new URLSearchParams(sas.replace(/^\?/, '')).get('se');
  const end = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(end) ? undefined : end;
}

/** A moment (milliseconds since 1970) for people: `2017-03-02 10:06 UTC`. */
export function momentText(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Said of tokens for one blob. */
export const oneBlob =
  'This token is for one blob (sr=b). A job needs a place for its inputs and its results: paste the address of a container with its own ' +
  'token (sr=c).';

/** Said of tokens for anything else that is neither a container nor an account. */
export const otherKind =
  'This token is for a part of a container or for another kind of storage. Paste the address of a container with its own token (sr=c).';

const noBlobs =
  'This token is for queues, tables or files (ss) and opens no blobs. Paste the address of a container with its own token (sr=c).';

const opensAll =
  'The token opens the whole storage account and not only this container. A token for the container alone (sr=c) gives less away.';

const otherService =
  'This is an address of queues, tables, files or a website. A job’s inputs and results are blobs: paste the address of a container ' +
  'with its token (https://ACCOUNT.blob.core.windows.net/CONTAINER?…).';

/** Reads a container's address with its token. `now` in milliseconds since 1970. */
export function readContainerUrl(given: string, now: number): StorageText {
  const isLake = /^https?:\/\/[^/?#]{1,253}\.dfs\./i.test(given);
  const text = isLake ? (blobHost(given) ?? given) : given;
  const url = toUrl(text);
  if (url === undefined || url.hostname === '') return refused('The host or the port of the address is not written correctly.');
  if (url.username !== '' || url.password !== '')
    return refused('The address holds a user name or password in front of the host (…@…). Remove that part.');
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return refused(onlyHttps);
  if (isStorageHost(url.hostname) && !/\.blob\./i.test(url.hostname)) return refused(otherService);
  const token = url.searchParams;
  if (!token.get('sig'))
    return refused(
      'The address has no token (…?sv=…&sig=…), so it gives no access. In the portal: container, “Shared access tokens”, then copy the ' +
      '“Blob SAS URL”.',
    );
  const kind = token.get('sr');
  if (kind === 'b' || kind === 'bs' || kind === 'bv') return refused(oneBlob);
  if ((kind !== null && kind !== 'c') || (kind === null && token.has('tn'))) return refused(otherKind);
  const { base, container, rest } = pathParts(url);
  if (kind === null && (container === undefined || !/o/.test(token.get('srt') ?? 'o')))
    return refused(
      'This token is for a whole account, and names no container whose blobs it opens. Paste a connection string with AccountKey, or ' +
      'the address of a container with its own token (sr=c).',
    );
  if (kind === null && token.get('ss')?.includes('b') === false) return refused(noBlobs);
  if (container === undefined)
    return refused(
      'The address names no container. It should be https://ACCOUNT.blob.core.windows.net/CONTAINER?… with the token after it.',
    );
  const wrong = checkContainerName(container);
  if (wrong !== undefined) return refused(wrong);
  const end = tokenEnd(url.search);
  if (end !== undefined && end <= now)
    return refused(`This token expired on ${momentText(end)}. Make a new one for the container and paste its address.`);
  const notes = tokenNotes(token, now);
  if (kind === null && (token.has('ss') || token.has('srt'))) notes.push(opensAll);
  if (isLake) notes.push('The address was that of the account’s file systems (dfs). The address of its blobs was taken.');
  if (end !== undefined) notes.push(`The token ends on ${momentText(end)}; then the storage has to be added anew.`);
  if (rest) notes.push('The address goes on after the container; only the container was kept.');
  // Portals add what lists the container; the rest is kept as it is spelled.
  const sas = `?${url.search.slice(1).split('&').filter((part) => part !== '' && !/^(?:restype|comp)=/i.test(part)).join('&')}`;
  return { ok: true, name: `${accountOf(base)}/${container}`, notes, access: { kind: 'container', base, container, sas } };
}

function tokenNotes(token: URLSearchParams, now: number): string[] {
  const notes: string[] = [];
  const may = token.get('sp');
  if (may !== null && !may.includes('r'))
    notes.push('The token does not allow reading (r): results cannot be fetched with it, and a service cannot read inputs.');
  if (may !== null && !/[wc]/.test(may))
    notes.push('The token does not allow writing (w) or creating (c): files cannot be uploaded with it.');
  if (may !== null && !may.includes('l')) notes.push('The token does not allow listing (l): the container cannot be browsed.');
  const start = Date.parse(token.get('st') ?? '');
  if (start > now) notes.push(`The token begins to work on ${momentText(start)}.`);
  if (token.has('sip')) notes.push('The token works from certain network addresses only; the service’s own has to be among them.');
  return notes;
}

/** The account's base address, the container and whether more follows. Hosts that are numbers or localhost have the account in the path. */
export function pathParts(url: URL): { base: string; container: string | undefined; rest: boolean } {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const before = isPathStyle(url.hostname) ? segments.slice(0, 1) : [];
  const [container, ...rest] = segments.slice(before.length);
  return {
    base: `${url.origin}/${before.map((segment) => `${segment}/`).join('')}`,
    container: container === undefined ? undefined : percentDecoded(container),
    rest: rest.length > 0,
  };
}

/** The account's name in its base address: the path where there is one, else the first part of the host. */
export function accountOf(base: string): string {
  const url = new URL(base);
  return (
    url.pathname.split('/').find((segment) => segment !== '') ?? (isPathStyle(url.hostname) ? url.host : (url.hostname.split('.')[0] ?? ''))
  );
}

/** True for hosts whose addresses have the account in the path. */
export function isPathStyle(hostname: string): boolean {
  return /^(?:localhost|\d+(?:\.\d+){3}|\[.*\])$/i.test(hostname);
}

/** An address with http or https; undefined for everything else. */
export function toUrl(text: string): URL | undefined {
  return URL.canParse(text) && /^https?:\/\//i.test(text) ? new URL(text) : undefined;
}

/** A text that gives no access, and why. */
export function refused(reason: string): StorageText {
  return { ok: false, reason };
}
