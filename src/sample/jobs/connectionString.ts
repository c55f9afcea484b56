// Reads connection strings of storage accounts.

import { developmentAccount } from '../../model/developmentAccount';
import { withoutEnd } from '../../base/ends';

/** What a connection string tells: the blob service's address with a slash at its end, and the account with its key. */
export interface Account {
  readonly endpoint: string;
  readonly account: string;
  readonly key: string;
}

/** Reads a connection string; a text says what is wrong with it, without any part of it. */
export function readConnectionString(text: string): Account | string {
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    if (part.trim() === '') continue;
    if (at <= 0) return 'it must be made of NAME=VALUE with semicolons in between';
    parts.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
  }
  if (parts.get('usedevelopmentstorage')?.toLowerCase() === 'true') {
    return {
      endpoint: `http://127.0.0.1:10000/${developmentAccount.name}/`,
      account: developmentAccount.name,
      key: developmentAccount.key,
    };
  }
  const account = parts.get('accountname') ?? '';
  const key = parts.get('accountkey') ?? '';
  if (account === '') return "it has no 'AccountName'";
  if (key === '') return "it has no 'AccountKey'";
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key) || key.length % 4 !== 0) return "its 'AccountKey' is not base64";
  const protocol = parts.get('defaultendpointsprotocol') ?? 'https';
  const endpoint = parts.get('blobendpoint') ?? `${protocol}://${account}.blob.${parts.get('endpointsuffix') ?? 'core.windows.net'}`;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
    return 'it gives no address of a blob service that can be used';
  const { origin, pathname } = new URL(endpoint);
  return { endpoint: `${origin}${withoutEnd(pathname, '/')}/`, account, key };
}
