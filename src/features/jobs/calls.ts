// The calls that jobs make to services and storage, bound to the keys, the transport and the log: their bundles are loaded on first use.

import type { ErrorParts } from '../../model/errors';
import type { InputFile, Job, PollOutcome } from '../../model/job';
import type { Secrets, Service } from '../../model/service';
import type { UploadSource } from '../../storage/blobs';
import type { BlobCalls, UploadOptions } from '../storage';
import type { BlobPlace, StorageAccess } from '../../model/storage';
import type { Transport } from '../../model/wire';
import { fewEnough, secretValues } from '../../redaction';
import { isObject, tryParse } from '../../base/shape';
import type { DeleteOutcome, JobCall, JobResults, StartOutcome, SubmitOutcome } from '../../protocols/batch';
import { batchOf, credentialOf, factsOf, startsLater } from '../../protocols/registry';

/** Calls to services about jobs. */
export interface JobCalls {
  submit(job: Job, service: Service, body: string): Promise<SubmitOutcome>;
  /** False for a service that starts a job as soon as it is submitted: there nothing is started. */
  startsLater(service: Service): boolean;
  start(service: Service, id: string): Promise<StartOutcome>;
  /** Of a job whose service is not there, or that has no id, nothing is asked. */
  status(job: Job, service: Service | undefined, signal: AbortSignal): Promise<PollOutcome>;
  /** The results of a finished job with tokens that were made just now. */
  results(job: Job & { readonly id: string }, service: Service, signal: AbortSignal): Promise<JobResults>;
  delete(service: Service, id: string): Promise<DeleteOutcome>;
}

/** The same calls to blob storage that others make, but an upload takes the file of a job. */
export interface JobBlobCalls extends Omit<BlobCalls, 'upload'> {
  upload(access: StorageAccess, blob: BlobPlace, file: InputFile, options: UploadOptions, signal: AbortSignal): Promise<void>;
}

/** What the calls need from outside. */
export interface CallParts {
  readonly secrets: (service: Service) => Promise<Secrets>;
  /** The global parameters of a job as JSON of an object, by its key. */
  readonly parameters: { of(key: string): Promise<string> };
  /** The access to a storage, by its id. What it throws for one that is gone is passed over. */
  readonly access: (storage: string) => Promise<StorageAccess>;
  readonly transport: () => Promise<Transport>;
  readonly timeoutMs: () => number;
  readonly now: () => number;
  readonly log: (line: string) => void;
  /** The file as a path on this computer, or all of its bytes where it is elsewhere. */
  readonly source: (file: InputFile) => Promise<UploadSource>;
}

/** Calls to services. */
export function jobCalls(parts: CallParts): JobCalls {
  const call = (service: Service, hidden: readonly string[] = []): JobCall => ({
    service, credential: async () => credentialOf(service, await parts.secrets(service)), timeoutMs: parts.timeoutMs(), hidden,
  });
  const tools = async () => ({ transport: await parts.transport(), now: parts.now, log: parts.log });
  const never = new AbortController().signal;
  return {
    submit: async (job, service, body) => {
      const { values, instead } = await hiddenOf(job, parts);
      const outcome = await batchOf(service).submit(call(service, values), body, await tools(), never);
      return instead === undefined || outcome.kind === 'submitted' ? outcome : withoutDetail(outcome);
    },
    startsLater,
    start: async (service, id) => (await batchOf(service).start?.(call(service), id, await tools(), never)) ?? { kind: 'already' },
    status: async (job, service, signal) => {
      if (!service)
        return {
          kind: 'refused',
          problem: {
            sentence: `The service "${job.service.name}" is not there, so it cannot be asked.`,
            advice: 'The job goes on by itself. Add the service again to see how it does.',
          },
        };
      if (job.id === undefined)
        return { kind: 'unreadable', problem: { sentence: 'The id of this job is not known, so its status cannot be asked for.' } };
      const hidden = await hiddenOf(job, parts);
      const outcome = await batchOf(service).status(
        call(service, [...hidden.values, ...(await storageSecrets(job, parts))]),
        job.id,
        await tools(),
        signal,
      );
      return hidden.instead === undefined ? outcome : withoutWords(outcome, hidden.instead);
    },
    results: async (job, service, signal) => {
      const hidden = await hiddenOf(job, parts);
      const { outcome, files } = await batchOf(service).results(
        call(service, [...hidden.values, ...(await storageSecrets(job, parts))]),
        job.id,
        await tools(),
        signal,
      );
      return { outcome: hidden.instead === undefined ? outcome : withoutWords(outcome, hidden.instead), files };
    },
    delete: async (service, id) => batchOf(service).cancel(call(service), id, await tools(), never),
  };
}

/**
 * What must not be shown of a job's parameters, should the service send it back; and what is said instead of the service's words where that
 * is not known.
 */
interface Hidden {
  readonly values: readonly string[];
  readonly instead?: string;
}

const notKept: Hidden = {
  values: [],
  instead: 'What the service says is left out: it may hold a parameter of the job, and those are no longer kept on this computer.',
};
const tooMany =
  'What the service says is left out: it may hold a parameter of the job, and those are too many or too long to be looked for.';

async function hiddenOf(job: Job, { parameters }: CallParts): Promise<Hidden> {
  if (job.parameters.length === 0) return { values: [] };
  try {
    const known = tryParse(await parameters.of(job.key));
    if (!isObject(known) || !job.parameters.every(({ name }) => Object.hasOwn(known, name))) return notKept;
    const { values, all } = fewEnough(secretValues(known));
    return all ? { values } : { values, instead: tooMany };
  } catch {
    // How the job stands is worth more than the service's words about it.
    return notKept;
  }
}

/** Keys and tokens of the storages that the job reads from and writes to: its service was given them, or what was signed with them. */
async function storageSecrets({ inputs, outputs }: Job, { access }: CallParts): Promise<readonly string[]> {
  const found = await Promise.allSettled(
    [...new Set([...inputs, ...outputs].map(({ storage }) => storage))].map((storage) => access(storage)),
  );
  return found.flatMap((each) =>
    each.status === 'rejected' ? [] : each.value.kind === 'account' ? [each.value.key] : signatureOf(each.value.sas),
  );
}

function signatureOf(sas: string): string[] {
  const signature = new URLSearchParams(sas).get('sig');
  return signature === null ? [] : [signature];
}

/** The same without details, whoever they are of: the service's words may hold anything. */
function withoutDetail<T extends { readonly problem: ErrorParts }>(outcome: T): T {
  if (outcome.problem.detail === undefined) return outcome;
  const detail = 'Details are left out: they may hold a parameter of the job, and those could not be looked for.';
  return { ...outcome, problem: { ...outcome.problem, detail } };
}

/** The same with a sentence instead of the service's own words, which may hold anything. */
function withoutWords(outcome: PollOutcome, instead: string): PollOutcome {
  if (outcome.kind !== 'status') return { ...outcome, problem: { ...outcome.problem, detail: undefined } };
  const { reading } = outcome;
  return reading.details === undefined ? outcome : { kind: 'status', reading: { ...reading, details: instead } };
}

/** Calls to blob storage that upload the files of jobs. */
export function jobBlobCalls(calls: BlobCalls, source: CallParts['source']): JobBlobCalls {
  return {
    ...calls,
    upload: async (access, blob, file, options, signal) => calls.upload(access, blob, await source(file), options, signal),
  };
}

/** Calls to one host are counted together; behind a gateway they are few. */
export function hostOf(job: Job, service: Service | undefined): { readonly host: string; readonly gateway: boolean } {
  return { host: new URL(job.service.address).host, gateway: service !== undefined && factsOf(service).gateway };
}
