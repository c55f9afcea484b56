// What a person pastes to give access to blob storage (a connection string, a container's address with its token) -> that access.

import { developmentAccount } from '../model/developmentAccount';
import type { Storage, StorageAccess } from '../model/storage';
import { blanks, withoutEnd, withoutStart } from '../base/ends';
import { isLoopback } from '../base/loopback';
import {
  accountOf, isPathStyle, oneBlob, onlyHttps, otherKind, pathParts, readContainerUrl, refused, toUrl, type StorageText,
} from './containerText';
import { blobHost } from './storageHosts';
import { storageLine } from './storageLine';

const what =
  'Paste a connection string (DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…) or the address of a container with its token ' +
  '(https://ACCOUNT.blob.core.windows.net/CONTAINER?sv=…&sig=…).';
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
    return refused(
      'This is a token without the address that it is for. Paste the whole address of the container with the token after it ' +
      '(“Blob SAS URL”).',
    );
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
      return {
        id: `${access.base}${access.container}`,
        name: `${accountOf(access.base)}/${access.container}`,
        base: access.base,
        container: access.container,
        local,
      };
    default:
      return access satisfies never;
  }
}

/**
 * Access as a text that `readStorage` reads as the same access: what is kept of a paste, which may have been a whole program. Holds the
 * secret.
 */
export function accessText(access: StorageAccess): string {
  return access.kind === 'account' ? access.connectionString : `${access.base}${access.container}${access.sas}`;
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
  if (key === '')
    return refused(
      parts.has('accountname') || endpoint !== ''
        ? 'The connection string has no AccountKey. Copy it again from the storage account’s page “Access keys”.'
        : `This gives no access to storage. ${what}`,
    );
  const account = parts.get('accountname') ?? '';
  if (account === '')
    return refused('The connection string has no AccountName. Copy it again from the storage account’s page “Access keys”.');
  if (/[{}$%]/.test(account + key))
    return refused('The connection string holds a variable in the place of its AccountName or AccountKey. Paste it with the real values.');
  if (!/^[a-z\d][\w-]{0,62}$/i.test(account))
    return refused(
      'The AccountName in the connection string is not that of a storage account. Such names have 3 to 24 lower-case letters and digits.',
    );
  if (!/^[a-z\d+/]+={0,2}$/i.test(key) || key.length % 4 !== 0)
    return refused(
      'The AccountKey in the connection string is not a key: keys are base64, mostly 88 characters that end in ==. Copy it again, ' +
      'whole, from the storage account’s page “Access keys”.',
    );
  const protocol = parts.get('defaultendpointsprotocol')?.toLowerCase() ?? 'https';
  if (protocol !== 'https' && protocol !== 'http') return refused('The DefaultEndpointsProtocol of the connection string has to be https.');
  // A suffix is that of all services of the account; some write it with one of them in front.
  const suffix = (parts.get('endpointsuffix') || 'core.windows.net').replace(/^\.?(?:blob|dfs|queue|table|file)\./i, '').replace(/^\./, '');
  const url = toUrl(endpoint === '' ? `${protocol}://${account}.blob.${suffix}/` : endpoint);
  if (url === undefined)
    return refused(
      endpoint === ''
        ? 'The EndpointSuffix of the connection string is not the end of a host name, such as core.windows.net.'
        : 'The BlobEndpoint of the connection string is not an address, such as https://ACCOUNT.blob.core.windows.net/.',
    );
  if (url.username !== '' || url.password !== '' || url.search !== '')
    return refused(
      'The BlobEndpoint of the connection string holds more than an address. Remove the user name, password or query from it.',
    );
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return refused(onlyHttps);
  const path = url.pathname === '/' && isPathStyle(url.hostname) ? `/${account}` : url.pathname;
  const given = parts.get('blobendpoint') ?? '';
  // What a service is given has to lead to the blobs as well.
  const connectionString = given === '' || given === endpoint ? text : text.replace(given, endpoint);
  return {
    ok: true,
    name: account,
    notes,
    access: { kind: 'account', base: `${url.origin}${withoutEnd(path, '/')}/`, account, key, connectionString },
  };
}

/**
 * The BlobEndpoint of a connection string; where another service of the account stands for it, the blobs beside it. Adds a note when it was
 * changed.
 */
function blobEndpoint(parts: ReadonlyMap<string, string>, notes: string[]): string {
  const given = parts.get('blobendpoint') ?? '';
  const beside = ['dfsendpoint', 'queueendpoint', 'tableendpoint', 'fileendpoint']
    .map((name) => parts.get(name) ?? '')
    .find((each) => each !== '');
  const endpoint = given === '' && !parts.has('endpointsuffix') ? (beside ?? '') : given;
  const blobs = blobHost(endpoint);
  if (blobs === undefined) return given;
  if (given !== '') notes.push('The BlobEndpoint was that of another service of the account. The address of its blobs was taken.');
  return blobs;
}

const wholeAccount =
  'This connection string holds a token (SharedAccessSignature) for a whole account. Jobs need either the account’s key or a token for ' +
  'one container: ' +
  'paste a connection string with AccountKey, or the address of a container with its token (“Blob SAS URL”).';
const nameless =
  'The token of this connection string is for one container (sr=c), not for a whole account, and the name of the container is missing. ' +
  'Paste the address of the container with its token (“Blob SAS URL”).';

/** A connection string with a token in the place of a key. */
function readToken(sas: string, endpoint: string, now: number): StorageText {
  const url = toUrl(endpoint);
  if (url !== undefined && pathParts(url).container !== undefined)
    return readContainerUrl(`${endpoint.replace(/[?#].*$/s, '')}?${sas}`, now);
  const token = new URLSearchParams(sas);
  const kind = token.get('sr');
  if (kind === null && token.has('tn')) return refused(otherKind);
  if (kind === null) return refused(wholeAccount);
  return refused(kind === 'c' ? nameless : kind === 'b' || kind === 'bs' || kind === 'bv' ? oneBlob : otherKind);
}

function readEmulator(proxy: string | undefined): StorageText {
  const host = proxy === undefined || proxy === '' ? toUrl('http://127.0.0.1') : toUrl(proxy);
  if (host === undefined || !isLoopback(host.hostname))
    return refused('The DevelopmentStorageProxyUri of the connection string is not an address on this computer.');
  const base = `http://${host.hostname}:${emulatorPort}/${developmentAccount.name}/`;
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=${developmentAccount.name};AccountKey=${developmentAccount.key};BlobEndpoint=${base.slice(0, -1)};`;
  return {
    ok: true,
    name: developmentAccount.name,
    notes: [],
    access: { kind: 'account', base, account: developmentAccount.name, key: developmentAccount.key, connectionString },
  };
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
