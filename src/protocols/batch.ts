// Batch jobs of a protocol: what is submitted, what each call can come to, and where results are.

import type { ErrorParts, Place } from '../model/errors';
import type { PollOutcome } from '../model/job';
import type { WireReference } from '../model/storage';
import type { Transport } from '../model/wire';
import type { Credential } from '../model/credential';
import type { ServiceCall } from './call';

/**
 * The operations on batch jobs, one call each. Nothing repeats by itself. All throw Cancelled when `signal` is raised, and WrongAudience.
 */
export interface Batch {
  /** The body of a submission. Throws InvalidInput for parameters that cannot be sent. */
  writeBody(parts: JobBodyParts): string;
  /** Reads a body that a person wrote, as `readRequest` does; absent where nobody writes them. `now` is milliseconds since 1970. */
  readBody?(text: string, now: number): JobBody;
  /** Submits a job, which makes it. It runs at once where there is no `start`. */
  submit(call: JobCall, body: string, tools: JobTools, signal: AbortSignal): Promise<SubmitOutcome>;
  /** Starts a submitted job; absent where services start what is submitted. */
  start?(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<StartOutcome>;
  status(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<PollOutcome>;
  /** Cancels a job, or removes one that is over. */
  cancel(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<DeleteOutcome>;
  /** The status once more, and the files that the job has written with fresh rights to read them: secrets, for memory only. */
  results(call: JobCall, id: string, tools: JobTools, signal: AbortSignal): Promise<JobResults>;
  /** Why a job failed, from the service's own words about it. Never throws. */
  explainFailure(details: string): JobFailure;
}

/** Whose job it is. */
export interface JobCall extends ServiceCall {
  /**
   * Values of the job's parameters, and keys of its storages, that are shown nowhere, should the service send them back. Tokens of a
   * submission are found in its body.
   */
  readonly hidden?: readonly string[];
  /** The right to read the results where they lie in a storage of their own; absent where what the service tells is enough. */
  readonly storage?: () => Promise<Credential>;
}

/** The outside that the operations need. */
export interface JobTools {
  readonly transport: Transport;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** One line for the log after each call: method, host, path, status, milliseconds; never a header, a query or a body. */
  readonly log: (line: string) => void;
}

/** What a submission is made of. `parametersJson` is strict JSON of an object, sent as it is written, so that numbers keep their digits. */
export interface JobBodyParts {
  readonly inputs: readonly { readonly port?: string; readonly reference: WireReference }[];
  readonly outputs: readonly { readonly port: string; readonly reference: WireReference }[];
  readonly parametersJson: string;
}

/** Something that looks wrong and may be meant: the body can be submitted all the same. */
export interface BodyWarning {
  readonly sentence: string;
  readonly place: Place;
}

/** A body that can be submitted. */
export interface JobBody {
  /** Strict JSON, the person's own text wherever it was strict already. Holds secrets: lives in memory only. */
  readonly json: string;
  /** Its parameters as strict JSON of an object, whatever the body calls them: secrets among them are looked for in what comes back. */
  readonly parametersJson: string;
  readonly warnings: readonly BodyWarning[];
}

/**
 * `refused`: no job was made, for certain. `lost`: the service may hold the job, under an id that nobody knows. What is thrown came before
 * anything was sent, or at the request of the caller; the same goes for the other calls.
 */
export type SubmitOutcome =
  | { readonly kind: 'submitted'; readonly id: string }
  | { readonly kind: 'refused'; readonly problem: ErrorParts; readonly retryAfterMs?: number; readonly busy: boolean }
  | { readonly kind: 'lost'; readonly problem: ErrorParts };

/** `already`: the service says that the job is beyond starting, and in which state. `certain`: it was not started by this call. */
export type StartOutcome =
  | { readonly kind: 'started' }
  | { readonly kind: 'already'; readonly state?: string }
  | { readonly kind: 'gone'; readonly problem: ErrorParts }
  | { readonly kind: 'failed'; readonly problem: ErrorParts; readonly retryAfterMs?: number; readonly certain: boolean };

/** `certain`: the service did not do it. */
export type DeleteOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly problem: ErrorParts; readonly certain: boolean };

/** A file that a job has written. */
export interface ResultFile {
  readonly name: string;
  /** Where it may be, the likeliest first, tokens included. Empty where the service named no address that is called. */
  readonly urls: readonly string[];
  /** What it is fetched with; absent where the address is enough. */
  readonly credential?: Credential;
}

/** `files` is empty unless `outcome` is a status. */
export interface JobResults {
  readonly outcome: PollOutcome;
  readonly files: readonly ResultFile[];
}

/** Why a job failed, for people. Tokens are masked everywhere. */
export interface JobFailure {
  readonly sentence: string;
  readonly advice?: string;
  readonly module?: string;
  /** The row or line of the input that the service names, as it counts. */
  readonly row?: number;
  readonly column?: string;
  /** Number of the error, or else the innermost code that came. */
  readonly code?: string;
  /** The innermost name of the cause. */
  readonly errorId?: string;
  readonly requestId?: string;
}
