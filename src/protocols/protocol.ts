// A protocol is a value: all that features need to know of how a kind of service is called, and what its answers mean.

import type { Clock } from '../model/clock';
import type { ErrorParts } from '../model/errors';
import type { Exchange } from '../model/exchange';
import type { HealthState } from '../model/health';
import type { Service } from '../model/service';
import type { Table } from '../model/table';
import type { Transport, WireAnswer } from '../model/wire';
import type { Batch } from './batch';
import type { RepeatPolicy, ServiceCall } from './call';
import type { CallCode, ServiceCode } from './code';
import type { Describing, ServiceDescription } from './description';
import type { OperationCall } from './operation';
import type { PublishedService } from './published';
import type { RequestValuing } from './values';

export type { RepeatPolicy } from './call';

/** One kind of service. What has to be loaded for a call is loaded by the first call. */
export interface Protocol {
  /** Tells it from the others. Written down nowhere: which protocol a service speaks is found by `recognises`. */
  readonly id: string;
  /** True for a service of this kind, by its address as it is saved. */
  recognises(address: string): boolean;
  /**
   * What a JSON text can be sent as, by its shape alone. `whole` is false for the beginning of a longer one. Takes time in proportion to
   * the text. Absent where requests have no shape of their own: they are found by a person's choice then.
   */
  textKind?(text: string, whole: boolean): TextKind;
  /** Reads the text of a request, JSON with or without comments. Throws InvalidBody, which names what is wrong and where. */
  readRequest(text: string): ScoreRequest;
  /**
   * Sends a request. Faults of the service and of the network come back inside the exchange. Throws Cancelled when `signal` is raised,
   * InvalidBody when nothing can be sent, and WrongAudience.
   */
  score(call: ScoreCall, tools: ScoreTools, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void): Promise<Exchange>;
  /**
   * Calls any operation of a service or of an API, as it is told to; absent where nobody has written that for this kind. Throws as `score`
   * does, but for InvalidBody.
   */
  call?(call: OperationCall, tools: ScoreTools, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void): Promise<Exchange>;
  /** Reads an answer that says yes into tables. Throws only what `pause` throws. */
  readAnswer(answer: WireAnswer, context: AnswerContext): Promise<ScoreAnswer>;
  /** Reads an answer that says no. `now` is milliseconds since 1970. */
  readFault(answer: WireAnswer, now: number): Promise<ServiceFault>;
  /** Asks whether a service can be reached, without scoring anything. Throws Cancelled when `signal` is raised. */
  check(call: ServiceCall, transport: Transport, signal: AbortSignal): Promise<HealthState>;
  /** What a service takes and gives, in its own words; absent where services of this kind do not tell. */
  readonly describing?: Describing;
  /** Requests as values, for a form of fields; absent where requests of this kind have no rows and columns. */
  values?(): Promise<RequestValuing>;
  /** Batch jobs; absent where services of this kind have none. */
  readonly batch?: Batch;
  /** What is known of a service without asking it. */
  facts(service: Service): ServiceFacts;
  /** Writes calls to a service as programs; absent where nobody has written those for this kind of service. */
  codeFor?(service: Service): Promise<ServiceCode>;
  /** Writes single calls as programs, also of operations that the protocol has not; absent as above. */
  codeForCalls?(): Promise<CallCode>;
  /**
   * What an API gateway has to know of a service; absent where nobody has written that for this kind. Rejects with InvalidInput where the
   * address of the service does not do.
   */
  publishedAs?(service: Service, description: ServiceDescription | undefined): Promise<PublishedService>;
}

/** A request that can be sent. */
export interface ScoreRequest {
  /** Strict JSON, the person's own text wherever it was strict already: numbers keep their digits. */
  readonly json: string;
  /** Which of the protocol's shapes it has, where there are several. */
  readonly form?: string;
}

/** What is to be scored, where and how patiently. */
export interface ScoreCall extends ServiceCall {
  readonly request: ScoreRequest;
  /** Name of the file, for people. */
  readonly source: string;
  readonly repeats: RepeatPolicy;
}

/** What a call is doing: `waiting` lasts for `waitMs` from now on, in milliseconds, and is then followed by another try. */
export type ScoreProgress =
  | { readonly kind: 'sending' }
  | { readonly kind: 'waiting'; readonly reason: string; readonly waitMs: number };

/** The outside that scoring needs. */
export interface ScoreTools {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Numbers from 0 to 1, for the jitter of waits. */
  readonly random: () => number;
  /** One line for the log after each try: method, host, path, status, milliseconds; never a header or a body. */
  readonly log: (line: string) => void;
}

/** What an answer is read with. */
export interface AnswerContext {
  /** The body that it is the answer to. */
  readonly request: string;
  readonly description?: Description;
  /** Called every few thousand values; resolves when reading may go on, rejects to stop. */
  readonly pause: () => Promise<void>;
}

/** What an answer turned out to be: tables, JSON of another shape than the protocol's results, or no JSON. */
export interface ScoreAnswer {
  readonly kind: 'tables' | 'otherJson' | 'notJson';
  readonly tables: readonly Table[];
  /** What a reader should know, in sentences. */
  readonly notes: readonly string[];
}

/** What a service tells of itself, such as a Swagger document. */
export interface Description {
  /** JSON text, as it came. */
  readonly json: string;
}

/** An answer that says no, read. */
export interface ServiceFault {
  /** Who spoke: the service, a gateway in front of it, or something unknown in between. */
  readonly source: 'service' | 'gateway' | 'unknown';
  /** The class of the error, such as `BadArgument`. */
  readonly code?: string;
  /** The causes under it. */
  readonly detailCodes: readonly string[];
  /** The service's own id of this request, for those who run it. */
  readonly requestId?: string;
  /** How long to wait before the next try, in milliseconds, after so many were made already; undefined when there should be none. */
  repeatAfterMs(repeats: number, policy: RepeatPolicy, random: () => number): number | undefined;
}

/** What is known of a service without asking it. */
export interface ServiceFacts {
  /**
   * The address under which all its operations lie: what its keys are made for. Its path counts in whole segments: `/models/x:score` does
   * not lie below `/models/x`, but below `/models`.
   */
  readonly base: string;
  readonly id: string;
  /** What its workspace is known by: an id, or host and port where the address names none. */
  readonly workspaceId: string;
  /** A hint, no more, that an API gateway stands in front of it, which takes a key of its own and counts calls. */
  readonly gateway: boolean;
  /** False where a call without the service's key may succeed, as it can be added on the way. */
  readonly needsServiceKey: boolean;
  /** Why it has no batch jobs; absent where it has. */
  readonly noJobs?: Pick<ErrorParts, 'sentence' | 'advice'>;
  /** A remark for the person on where it is. */
  readonly remark?: string;
}

/** A request (RRS), the body of a batch job (BES), what may be both, none of them, or a beginning that does not tell yet. */
export type TextKind = 'request' | 'batch' | 'either' | 'other' | 'unclear';
