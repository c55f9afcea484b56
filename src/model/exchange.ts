// One question to a service and what came back, as it is shown: secrets are masked before it is made.

import type { ErrorParts } from './errors';
import type { Table } from './table';
import type { Header, WireAnswer } from './wire';

/** One try that did not settle the matter and was followed by another. */
export interface Attempt {
  /** Status of the answer, absent when none came. */
  readonly status?: number;
  /** Goes on after the status, in a few words: where it came from, or what happened when none came. */
  readonly reason: string;
  /** How long was waited before the next try, in milliseconds. */
  readonly waitMs: number;
}

/** Why a body is not here though there was one: it was not kept, or is no longer there. */
export type Missing = 'too large' | 'gone';

/** What was sent and what came back. Header values that are secret are masked. */
export interface Exchange {
  readonly service: { readonly name: string; readonly address: string };
  /** Name of the file that was sent. */
  readonly source: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly Header[];
  /** The body that was sent, secrets masked. */
  readonly requestBody: string;
  /** Size of the body that was sent, in bytes. */
  readonly requestBytes: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** From the start of the last try to its last byte, in milliseconds. */
  readonly durationMs: number;
  readonly earlierAttempts: readonly Attempt[];
  /** What came back; absent when nothing came. */
  readonly answer?: WireAnswer;
  /** The outputs, when the answer is an RRS result. */
  readonly tables: readonly Table[];
  /** What went wrong, when something did. */
  readonly problem?: ErrorParts;
  /** What a reader should know about this exchange, in sentences. */
  readonly notes: readonly string[];
  /** True for a call that was made on a page of its own: it is no request to its service that can be sent again. */
  readonly own?: true;
  /** The header that carried a subscription's key, for those who write the call down; absent where it is not known. */
  readonly subscriptionKeyHeader?: string;
  /** Bodies of an exchange of the history that are empty here and were not; absent when all are here. */
  readonly missing?: { readonly request?: Missing; readonly answer?: Missing };
}
