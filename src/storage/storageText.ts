// What a person pastes to give access to blob storage (a connection string, a container's address with its token) -> that access.

import { developmentAccount } from '../model/developmentAccount';
import type { Storage, StorageAccess } from '../model/storage';
import { checkContainerName } from './blobAddress';
import { blanks, withoutEnd, withoutStart } from '../base/ends';
import { isLoopback } from '../base/loopback';
import { percentDecoded } from '../base/percent';
import { blobHost, isStorageHost } from './storageHosts';
import { storageLine } from './storageLine';

export { checkBlobName, checkContainerName, placeUrl, referenceByAccount, referenceTo, resultUrl } from './blobAddress';

/** Access to storage with a name to show and remarks for the person, or the reason why the text gives none. No reason, name or remark holds a piece of a secret. */
export type StorageText =
  | { readonly ok: true; readonly access: StorageAccess; readonly name: string; readonly notes: string[] }
  | { readonly ok: false; readonly reason: string };

const what = 'Paste a connection string (DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…) or the address of a container with its token (https://ACCOUNT.blob.core.windows.net/CONTAINER?sv=…&sig=…).';
const onlyHttps = 'The storage is addressed with http, which would send data unprotected. Use https; http is only for storage on this computer.';
const emulatorPort = 10_000;

/** What a storage is, in words that a person knows; holds nothing secret. */
export interface StorageFacts {
  readonly kind: StorageAccess['kind'];
  readonly account: string;
  /** Address of the account's blobs with a slash at its end. */
  readonly blobEndpoint: string;
  readonly container?: string;
}

const several = 'The text names several storages. Paste one connection string, or the address of one container with its token.';

/**
 * Reads a connection string or a container's address with its token, also out of the line of code or the document that it stands in.
 * `now` in milliseconds since 1970 tells whether a token has expired. Never throws.
 */
export function readStorage(text: string, now: number): StorageText {
  const line = storageLine(text);
  if ('several' in line) return refused(several);
  const plain = unwrapped(line.text);
  if (plain === '') return refused(what);
  if (/^https?:\/\//i.test(plain)) return readContainerUrl(plain, now);
  if (/^\??(?:sv|sig|sp|se|sr|ss)=/i.test(plain) && !plain.includes(';')) {
    return refused('This is a token without the address that it is for. Paste the whole address of the container with the token after it (“Blob SAS URL”).');
  }
  return /^[\w\s]+=/.test(plain) ? readConnectionString(plain, now) : refused(`This gives no access to storage. ${what}`);
}

/** What access that was read is for: its kind, the account, the address of its blobs and the container. */
export function storageFacts(access: StorageAccess): StorageFacts {
  switch (access.kind) {
    case 'account':
      return { kind: access.kind, account: access.account, blobEndpoint: access.base };
    case 'container':
      return { kind: access.kind, account: accountOf(access.base), blobEndpoint: access.base, container: access.container };
    default:
      return access satisfies never;
  }
}

/** The storage that `access` is for, without its secret. `local` tells that it runs with the sample service. */
export function storageOf(access: StorageAccess, local = false): Storage {
  switch (access.kind) {
    case 'account':
      return { id: access.base, name: access.account, base: access.base, local };
    case 'container':
      return { id: `${access.base}${access.container}`, name: `${accountOf(access.base)}/${access.container}`, base: access.base, container: access.container, local };
    default:
      return access satisfies never;
  }
}

/** Access as a text that `readStorage` reads as the same access: what is kept of a paste, which may have been a whole program. Holds the secret. */
export function accessText(access: StorageAccess): string {
  return access.kind === 'account' ? access.connectionString : `${access.base}${access.container}${access.sas}`;
}

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

function readConnectionString(text: string, now: number): StorageText {
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    if (part.trim() === '') continue;
    if (equals < 0) return refused('A part of the connection string is no name=value. Paste it whole and in one piece.');
    parts.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim().replace(/^["']|["']$/g, ''));
  }
  if (parts.get('usedevelopmentstorage')?.toLowerCase() === 'true') return readEmulator(parts.get('developmentstorageproxyuri'));
  const sas = parts.get('sharedaccesssignature');
  const key = parts.get('accountkey')?.replace(/\s+/g, '') ?? '';
  const notes: string[] = [];
  const endpoint = blobEndpoint(parts, notes);
  if (key === '' && sas !== undefined) return readToken(sas.replace(/^\?/, ''), endpoint, now);
  if (key === '') return refused(parts.has('accountname') || endpoint !== '' ? 'The connection string has no AccountKey. Copy it again from the storage account’s page “Access keys”.' : `This gives no access to storage. ${what}`);
  const account = parts.get('accountname') ?? '';
  if (account === '') return refused('The connection string has no AccountName. Copy it again from the storage account’s page “Access keys”.');
  if (/[{}$%]/.test(account + key)) return refused('The connection string holds a variable in the place of its AccountName or AccountKey. Paste it with the real values.');
  if (!/^[a-z\d][\w-]{0,62}$/i.test(account)) return refused('The AccountName in the connection string is not that of a storage account. Such names have 3 to 24 lower-case letters and digits.');
  if (!/^[a-z\d+/]+={0,2}$/i.test(key) || key.length % 4 !== 0) return refused('The AccountKey in the connection string is not a key: keys are base64, mostly 88 characters that end in ==. Copy it again, whole, from the storage account’s page “Access keys”.');
  const protocol = parts.get('defaultendpointsprotocol')?.toLowerCase() ?? 'https';
  if (protocol !== 'https' && protocol !== 'http') return refused('The DefaultEndpointsProtocol of the connection string has to be https.');
  // A suffix is that of all services of the account; some write it with one of them in front.
  const suffix = (parts.get('endpointsuffix') || 'core.windows.net').replace(/^\.?(?:blob|dfs|queue|table|file)\./i, '').replace(/^\./, '');
  const url = toUrl(endpoint === '' ? `${protocol}://${account}.blob.${suffix}/` : endpoint);
  if (url === undefined) return refused(endpoint === '' ? 'The EndpointSuffix of the connection string is not the end of a host name, such as core.windows.net.' : 'The BlobEndpoint of the connection string is not an address, such as https://ACCOUNT.blob.core.windows.net/.');
  if (url.username !== '' || url.password !== '' || url.search !== '') return refused('The BlobEndpoint of the connection string holds more than an address. Remove the user name, password or query from it.');
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return refused(onlyHttps);
  const path = url.pathname === '/' && isPathStyle(url.hostname) ? `/${account}` : url.pathname;
  const given = parts.get('blobendpoint') ?? '';
  // What a service is given has to lead to the blobs as well.
  const connectionString = given === '' || given === endpoint ? text : text.replace(given, endpoint);
  return { ok: true, name: account, notes, access: { kind: 'account', base: `${url.origin}${withoutEnd(path, '/')}/`, account, key, connectionString } };
}

/** The BlobEndpoint of a connection string; where another service of the account stands for it, the blobs beside it. Adds a note when it was changed. */
function blobEndpoint(parts: ReadonlyMap<string, string>, notes: string[]): string {
  const given = parts.get('blobendpoint') ?? '';
  const beside = ['dfsendpoint', 'queueendpoint', 'tableendpoint', 'fileendpoint'].map((name) => parts.get(name) ?? '').find((each) => each !== '');
  const endpoint = given === '' && !parts.has('endpointsuffix') ? (beside ?? '') : given;
  const blobs = blobHost(endpoint);
  if (blobs === undefined) return given;
  if (given !== '') notes.push('The BlobEndpoint was that of another service of the account. The address of its blobs was taken.');
  return blobs;
}

const wholeAccount = 'This connection string holds a token (SharedAccessSignature) for a whole account. Jobs need either the account’s key or a token for one container: '
  + 'paste a connection string with AccountKey, or the address of a container with its token (“Blob SAS URL”).';
const nameless = 'The token of this connection string is for one container (sr=c), not for a whole account, and the name of the container is missing. '
  + 'Paste the address of the container with its token (“Blob SAS URL”).';

/** A connection string with a token in the place of a key. */
function readToken(sas: string, endpoint: string, now: number): StorageText {
  const url = toUrl(endpoint);
  if (url !== undefined && pathParts(url).container !== undefined) return readContainerUrl(`${endpoint.replace(/[?#].*$/s, '')}?${sas}`, now);
  const token = new URLSearchParams(sas);
  const kind = token.get('sr');
  if (kind === null && token.has('tn')) return refused(otherKind);
  if (kind === null) return refused(wholeAccount);
  return refused(kind === 'c' ? nameless : kind === 'b' || kind === 'bs' || kind === 'bv' ? oneBlob : otherKind);
}

function readEmulator(proxy: string | undefined): StorageText {
  const host = proxy === undefined || proxy === '' ? toUrl('http://127.0.0.1') : toUrl(proxy);
  if (host === undefined || !isLoopback(host.hostname)) return refused('The DevelopmentStorageProxyUri of the connection string is not an address on this computer.');
  const base = `http://${host.hostname}:${emulatorPort}/${developmentAccount.name}/`;
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=${developmentAccount.name};AccountKey=${developmentAccount.key};BlobEndpoint=${base.slice(0, -1)};`;
  return { ok: true, name: developmentAccount.name, notes: [], access: { kind: 'account', base, account: developmentAccount.name, key: developmentAccount.key, connectionString } };
}

const oneBlob = 'This token is for one blob (sr=b). A job needs a place for its inputs and its results: paste the address of a container with its own token (sr=c).';
const otherKind = 'This token is for a part of a container or for another kind of storage. Paste the address of a container with its own token (sr=c).';
const noBlobs = 'This token is for queues, tables or files (ss) and opens no blobs. Paste the address of a container with its own token (sr=c).';
const opensAll = 'The token opens the whole storage account and not only this container. A token for the container alone (sr=c) gives less away.';
const otherService = 'This is an address of queues, tables, files or a website. A job’s inputs and results are blobs: paste the address of a container with its token (https://ACCOUNT.blob.core.windows.net/CONTAINER?…).';

function readContainerUrl(given: string, now: number): StorageText {
  const isLake = /^https?:\/\/[^/?#]{1,253}\.dfs\./i.test(given);
  const text = isLake ? (blobHost(given) ?? given) : given;
  const url = toUrl(text);
  if (url === undefined || url.hostname === '') return refused('The host or the port of the address is not written correctly.');
  if (url.username !== '' || url.password !== '') return refused('The address holds a user name or password in front of the host (…@…). Remove that part.');
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return refused(onlyHttps);
  if (isStorageHost(url.hostname) && !/\.blob\./i.test(url.hostname)) return refused(otherService);
  const token = url.searchParams;
  if (!token.get('sig')) return refused('The address has no token (…?sv=…&sig=…), so it gives no access. In the portal: container, “Shared access tokens”, then copy the “Blob SAS URL”.');
  const kind = token.get('sr');
  if (kind === 'b' || kind === 'bs' || kind === 'bv') return refused(oneBlob);
  if ((kind !== null && kind !== 'c') || (kind === null && token.has('tn'))) return refused(otherKind);
  const { base, container, rest } = pathParts(url);
  if (kind === null && (container === undefined || !/o/.test(token.get('srt') ?? 'o'))) return refused('This token is for a whole account, and names no container whose blobs it opens. Paste a connection string with AccountKey, or the address of a container with its own token (sr=c).');
  if (kind === null && token.get('ss')?.includes('b') === false) return refused(noBlobs);
  if (container === undefined) return refused('The address names no container. It should be https://ACCOUNT.blob.core.windows.net/CONTAINER?… with the token after it.');
  const wrong = checkContainerName(container);
  if (wrong !== undefined) return refused(wrong);
  const end = tokenEnd(url.search);
  if (end !== undefined && end <= now) return refused(`This token expired on ${momentText(end)}. Make a new one for the container and paste its address.`);
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
  if (may !== null && !may.includes('r')) notes.push('The token does not allow reading (r): results cannot be fetched with it, and a service cannot read inputs.');
  if (may !== null && !/[wc]/.test(may)) notes.push('The token does not allow writing (w) or creating (c): files cannot be uploaded with it.');
  if (may !== null && !may.includes('l')) notes.push('The token does not allow listing (l): the container cannot be browsed.');
  const start = Date.parse(token.get('st') ?? '');
  if (start > now) notes.push(`The token begins to work on ${momentText(start)}.`);
  if (token.has('sip')) notes.push('The token works from certain network addresses only; the service’s own has to be among them.');
  return notes;
}

/** The account's base address, the container and whether more follows. Hosts that are numbers or localhost have the account in the path. */
function pathParts(url: URL): { base: string; container: string | undefined; rest: boolean } {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const before = isPathStyle(url.hostname) ? segments.slice(0, 1) : [];
  const [container, ...rest] = segments.slice(before.length);
  return { base: `${url.origin}/${before.map((segment) => `${segment}/`).join('')}`, container: container === undefined ? undefined : percentDecoded(container), rest: rest.length > 0 };
}

/** The account's name in its base address: the path where there is one, else the first part of the host. */
function accountOf(base: string): string {
  const url = new URL(base);
  return url.pathname.split('/').find((segment) => segment !== '') ?? (isPathStyle(url.hostname) ? url.host : (url.hostname.split('.')[0] ?? ''));
}

function isPathStyle(hostname: string): boolean {
  return /^(?:localhost|\d+(?:\.\d+){3}|\[.*\])$/i.test(hostname);
}

/** The text alone, out of quotes, a line `ConnectionString=…` and line breaks. */
function unwrapped(text: string): string {
  const line = text
    .trim()
    .replace(/^["'`]?(?:[\w:.]*ConnectionString|AzureWebJobsStorage)["'`]?\s*[:=]\s*/i, '')
    .replace(/;?[\r\n]{1,8}[ \t]{0,40}(?=[A-Za-z]{4,40}\s{0,4}=[^=])/g, ';')
    .replace(/[\r\n]+\s*/g, '');
  return withoutEnd(withoutStart(line, `"'\`“”<${blanks}`), `"'\`“”>,${blanks}`)
    .replace(/&amp;|\\u0026/gi, '&');
}

function toUrl(text: string): URL | undefined {
  return URL.canParse(text) && /^https?:\/\//i.test(text) ? new URL(text) : undefined;
}

function refused(reason: string): StorageText {
  return { ok: false, reason };
}
