// The outputs of a job as files that can be fetched.

import type { BlobReference } from '../../model/storage';
import { resultUrl } from '../../storage/blobAddress';
import type { ResultFile } from '../batch';

/** An output where its reference says that it is. A token stands in the address, and no key goes along (contract 3.3). */
export function resultFile(reference: BlobReference): ResultFile {
  // A name stands in the contract as it is; a service that writes it as in an address is understood too.
  const urls = [resultUrl(reference, 'name'), resultUrl(reference, 'address')].filter((url) => url !== undefined);
  return { name: reference.name, urls: [...new Set(urls)] };
}
