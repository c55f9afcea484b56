// Signs a call to storage once more, by the account's own clock: storage refuses what is dated a quarter of an hour off.

import { StorageSharedKeyCredential, StorageSharedKeyCredentialPolicy, type WebResource } from '@azure/storage-blob';
import type { StorageAccess } from '../model/storage';

/**
 * Dates a call that was signed already at `now`, in milliseconds since 1970, and signs it with the account's key. A call by a token has no
 * signature.
 */
export function signAt(request: WebResource, access: StorageAccess, now: number): void {
  if (access.kind === 'account')
    new Signer(new StorageSharedKeyCredential(access.account, access.key)).sign(request, new Date(now).toUTCString());
}

/** storage-blob's own signer, which takes its date from this computer's clock. */
class Signer extends StorageSharedKeyCredentialPolicy {
  constructor(credential: StorageSharedKeyCredential) {
    super(
      { sendRequest: () => Promise.reject(new Error('A signer sends nothing.')) },
      { log: () => undefined, shouldLog: () => false },
      credential,
    );
  }

  sign(request: WebResource, date: string): void {
    const { headers } = request;
    const set = headers.set.bind(headers);
    headers.set = (name, value) => set(name, name.toLowerCase() === 'x-ms-date' ? date : value);
    try {
      this.signRequest(request);
    } finally {
      headers.set = set;
    }
  }
}
