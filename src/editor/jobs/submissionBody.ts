// The body of a submission: references to blobs with tokens that are made at this moment, for exactly these blobs.

import type { Job, JobInput, JobOutput } from '../../model/job';
import type { BlobPlace, StorageAccess } from '../../model/storage';
import { submission, type WireReference } from '../../protocol/bes';
import { referenceByAccount, referenceTo } from '../../protocol/storageText';
import { localStorageId } from '../../state/storages';
import type { BlobCalls } from './calls';

/** How long the tokens in a submission are good, in hours: as long as those that services give out. */
export const tokenHours = 24;

/** What a body is made of besides the job. */
export interface BodyParts {
  readonly access: (storage: string) => Promise<StorageAccess>;
  readonly parameters: { of(key: string): Promise<string> };
  readonly blobs: Pick<BlobCalls, 'ensureContainer' | 'sign'>;
}

/** The body of a job that was made of files and blobs. Throws InvalidInput for a storage that is gone, and StorageFailed. */
export async function submissionBody(job: Job, parts: BodyParts): Promise<string> {
  const inputs = await Promise.all(job.inputs.map(async (input) => ({ ...(input.port === undefined ? {} : { port: input.port }), reference: await referenceOf(job, input, 'r', parts) })));
  const outputs = await Promise.all(job.outputs.map(async (output) => ({ port: output.port, reference: await referenceOf(job, output, 'cw', parts) })));
  return submission({ inputs, outputs, parametersJson: await parts.parameters.of(job.key) });
}

/** Where a blob is at this moment: the local storage listens where it can, so that its address changes from start to start. */
export function placeNow(at: { readonly storage: string; readonly blob: BlobPlace }, access: StorageAccess): BlobPlace {
  return at.storage === localStorageId ? { ...at.blob, base: access.base } : at.blob;
}

async function referenceOf(job: Job, at: JobInput | JobOutput, permissions: 'r' | 'cw', parts: BodyParts): Promise<WireReference> {
  const access = await parts.access(at.storage);
  const blob = placeNow(at, access);
  if (permissions === 'cw' && access.kind === 'account') await parts.blobs.ensureContainer(access, blob.container, new AbortController().signal);
  if (job.connectionStrings && access.kind === 'account') return referenceByAccount(blob, access.connectionString);
  return referenceTo(blob, await parts.blobs.sign(access, blob, permissions, tokenHours));
}
