// The body of a submission: references to blobs with tokens that are made at this moment, for exactly these blobs.

import { createHash } from 'node:crypto';
import { LocalFailure } from '../../model/errors';
import type { Job, JobInput, JobOutput } from '../../model/job';
import type { BlobPlace, StorageAccess, WireReference } from '../../model/storage';
import { shownParameters } from '../../protocols/jobParameters';
import { referenceByAccount, referenceTo } from '../../storage/blobAddress';
import { batchOf } from '../../protocols/registry';
import { localStorageId } from '../../storage/storages';
import type { JobBlobCalls } from './calls';

/** How long the tokens in a submission are good, in hours: as long as those that services give out. */
export const tokenHours = 24;

/** What a body is made of besides the job. */
export interface BodyParts {
  readonly access: (storage: string) => Promise<StorageAccess>;
  readonly parameters: { of(key: string): Promise<string> };
  readonly blobs: Pick<JobBlobCalls, 'ensureContainer' | 'sign'>;
}

/**
 * The body of a job that was made of files and blobs. Throws InvalidInput for a storage that is gone, LocalFailure for parameters that are,
 * and StorageFailed.
 */
export async function submissionBody(job: Job, parts: BodyParts): Promise<string> {
  const parametersJson = await keptParameters(job, parts.parameters);
  const inputs = await Promise.all(
    job.inputs.map(async (input) => ({
      ...(input.port === undefined ? {} : { port: input.port }),
      reference: await referenceOf(job, input, 'r', parts),
    })),
  );
  const outputs = await Promise.all(
    job.outputs.map(async (output) => ({ port: output.port, reference: await referenceOf(job, output, 'cw', parts) })),
  );
  return batchOf(job.service).writeBody({ inputs, outputs, parametersJson });
}

/**
 * The parameters of a job as strict JSON of an object. Throws LocalFailure when it had some and the secret store no longer has them: the
 * service would take its own defaults.
 */
export async function keptParameters(job: Pick<Job, 'key' | 'parameters'>, parameters: BodyParts['parameters']): Promise<string> {
  const json = await parameters.of(job.key);
  if (job.parameters.length === 0 || shownParameters(json).length > 0) return json;
  throw new LocalFailure({
    sentence:
      `The parameters of this job (${job.parameters.map(({ name }) => name).join(', ')}) are no longer in the secret store of this ` +
      'computer. It is not submitted without them.',
    advice: 'Run a new job with the same inputs and give it the parameters once more. On Linux a keyring such as gnome-keyring has to run.',
    actions: ['showLog'],
  });
}

/** A body that the person has agreed to submit: the URI of its file, its hash, and the service that it goes to. */
export interface AgreedBody {
  readonly service: Job['service'];
  readonly file: string;
  readonly hash: string | undefined;
}

/** What tells one body from another: the SHA-256 of its strict JSON, in hex. */
export function hashOfBody(json: string): string {
  return createHash('sha256').update(json).digest('hex');
}

/**
 * What a person is told of a body before it is submitted after a restart; nothing when it is the one of `hash` and nothing looks wrong with
 * it.
 */
export function bodyRemarks(json: string, hash: string | undefined, warnings: readonly string[]): readonly string[] {
  return [...(hashOfBody(json) === hash ? [] : ['The file is not as it was when this job was made.']), ...warnings];
}

/** Where a blob is at this moment: the local storage listens where it can, so that its address changes from start to start. */
export function placeNow(at: { readonly storage: string; readonly blob: BlobPlace }, access: StorageAccess): BlobPlace {
  return at.storage === localStorageId ? { ...at.blob, base: access.base } : at.blob;
}

async function referenceOf(job: Job, at: JobInput | JobOutput, permissions: 'r' | 'cw', parts: BodyParts): Promise<WireReference> {
  const access = await parts.access(at.storage);
  const blob = placeNow(at, access);
  if (permissions === 'cw' && access.kind === 'account')
    await parts.blobs.ensureContainer(access, blob.container, new AbortController().signal);
  if (job.connectionStrings && access.kind === 'account') return referenceByAccount(blob, access.connectionString);
  return referenceTo(blob, await parts.blobs.sign(access, blob, permissions, tokenHours));
}
