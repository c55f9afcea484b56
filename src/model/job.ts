// A batch job as it is remembered and shown: plain data with no key, token or connection string in it.

import type { ErrorParts } from './errors';
import type { BlobPlace } from './storage';

/** The five states of the contract (section 3.3). The last three are final. */
export type JobStatus = 'notStarted' | 'running' | 'failed' | 'cancelled' | 'finished';

/**
 * How far a job has come. Each step is written down before it is taken, so that `uploading`, `submitting`, `starting` and `cancelling` tell
 * what may have happened when nobody is left who knows how it went.
 */
export type JobStep =
  /** Written down; nothing was sent. */
  | 'prepared'
  | 'uploading'
  /** All inputs are in storage. */
  | 'uploaded'
  | 'submitting'
  /** The answer to the submission was lost: the service may hold the job, under an id that nobody knows. */
  | 'notKnown'
  /** The service has given the job an id; it has not been started. */
  | 'submitted'
  | 'starting'
  /** Its status is asked for until it is over. */
  | 'started'
  | 'cancelling'
  /** Its last status is known, or the service no longer knows the job. */
  | 'ended';

/** A file on this computer as it was when the job was made. */
export interface InputFile {
  /** A URI, as VS Code writes it. */
  readonly uri: string;
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** One input: a file that is uploaded to `blob`, or a blob that is there already (then `file` is absent). */
export interface JobInput {
  /** Name of the service's input port; absent for the one input of a service that has one (`Input` in the body). */
  readonly port?: string;
  readonly file?: InputFile;
  /** The file that an earlier job has uploaded to `blob`, as it was then; beside no `file`. */
  readonly uploadedFrom?: InputFile;
  /** Id of the storage account that `blob` is in. */
  readonly storage: string;
  readonly blob: BlobPlace;
  /** True when the person has said that what stands at `blob` may be overwritten. */
  readonly overwrite: boolean;
  /** Set when the extension has put the file there, whole. Milliseconds since 1970. */
  readonly uploadedAt?: number;
}

/** Where one output is to be written. Outputs that are not listed are left to the service. */
export interface JobOutput {
  readonly port: string;
  readonly storage: string;
  readonly blob: BlobPlace;
}

/** A global parameter as it may be shown: a value that looks like a secret is masked. */
export interface ShownParameter {
  readonly name: string;
  readonly value: string;
}

/** One output that the service has written, without its token. `location` is relative to `base`. */
export interface JobResult {
  readonly name: string;
  readonly base: string;
  readonly location: string;
}

/** What a status answer told. */
export interface StatusReading {
  /** Undefined for a status that the contract does not know; `text` then is all there is. */
  readonly status: JobStatus | undefined;
  /** The status as it came: a name or a number. */
  readonly text: string;
  /** The service's own words about a failure, tokens masked. */
  readonly details?: string;
  /** Times as they came, in ISO 8601; absent when not told or told as year 1. */
  readonly createdAt?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly results: readonly JobResult[];
}

/** A line of a job's history: when it was noticed (milliseconds since 1970) and what. */
export interface HistoryLine {
  readonly at: number;
  readonly text: string;
}

/** One batch job. */
export interface Job {
  /** Identity on this computer: fit for a file name, and in the order of creation. */
  readonly key: string;
  readonly service: { readonly name: string; readonly address: string };
  /** What people call it: the name of its input file. */
  readonly title: string;
  /** Milliseconds since 1970, like all times here. */
  readonly createdAt: number;
  /** URI of the JSON body that was submitted, for jobs that were made from one. */
  readonly bodyFile?: string;
  /** SHA-256 in hex of that body as strict JSON, as the person has agreed to it. */
  readonly bodyHash?: string;
  /** Set for a job that was not submitted as one of these, but is followed by its id: what it was made of is not known here. */
  readonly submittedElsewhere?: true;
  readonly inputs: readonly JobInput[];
  readonly outputs: readonly JobOutput[];
  readonly parameters: readonly ShownParameter[];
  /** False for jobs that are submitted only. */
  readonly startsItself: boolean;
  /** True when the service was to get connection strings instead of tokens for single blobs. */
  readonly connectionStrings: boolean;
  readonly step: JobStep;
  readonly stepAt: number;
  /** The service's id of the job, once it is known. */
  readonly id?: string;
  readonly uploadedAt?: number;
  readonly submittedAt?: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** The last status that the service told. */
  readonly status?: StatusReading;
  readonly history: readonly HistoryLine[];
  /** Why the last step did not succeed, when it did not. */
  readonly problem?: ErrorParts;
}

/** What came of asking for a job's status. */
export type PollOutcome =
  | { readonly kind: 'status'; readonly reading: StatusReading }
  /** The service does not know the job (404). */
  | { readonly kind: 'gone'; readonly problem: ErrorParts }
  /** Busy or limited (429, 503): ask again after `retryAfterMs`, if the other side told. */
  | { readonly kind: 'busy'; readonly retryAfterMs?: number; readonly problem: ErrorParts }
  /** A gateway's quota is used up (403); `retryAfterMs` tells when it is replenished. */
  | { readonly kind: 'quota'; readonly retryAfterMs?: number; readonly problem: ErrorParts }
  /** A key is missing or refused. */
  | { readonly kind: 'refused'; readonly problem: ErrorParts }
  /** No answer came. */
  | { readonly kind: 'offline'; readonly problem: ErrorParts }
  /**
   * An answer came that is no status: an error, a page, something else. `passing`: a fault of the other side's own (5xx), which it may mend
   * by itself.
   */
  | { readonly kind: 'unreadable'; readonly problem: ErrorParts; readonly passing?: boolean };

/** True for a state that a job does not leave. */
export function isFinal(status: JobStatus | undefined): boolean {
  return status === 'failed' || status === 'cancelled' || status === 'finished';
}
