// An exchange that was kept: what a list shows of it. Its bodies lie beside it and are read when they are wanted.

import type { ErrorParts } from './errors';
import type { Attempt } from './exchange';
import type { Header } from './wire';

/** One output of an answer that was kept, in figures. */
export interface KeptOutput {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

/** An exchange in the history, without its bodies. Holds no secret. */
export interface HistoryEntry {
  /** Fit for a file name, and in the order of time. */
  readonly id: string;
  readonly service: { readonly name: string; readonly address: string };
  /** True for the sample service, whose address is another each time it starts. */
  readonly sample: boolean;
  /** Name of the file that was sent. */
  readonly source: string;
  /** The file's URI; absent where it is not known. */
  readonly file?: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly Header[];
  /** Size of the body that was sent, in bytes. */
  readonly requestBytes: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly earlierAttempts: readonly Attempt[];
  /** Absent when nothing came; `bytes` is the size of its body. */
  readonly answer?: { readonly status: number; readonly statusText: string; readonly headers: readonly Header[]; readonly bytes: number };
  readonly problem?: ErrorParts;
  readonly notes: readonly string[];
  readonly outputs: readonly KeptOutput[];
  /** True for a call that was made on a page of its own. */
  readonly own?: true;
  /** The header that carried a subscription's key, for those who write the call down; absent where it is not known. */
  readonly subscriptionKeyHeader?: string;
  /** Pinned ones are never removed to make room. */
  readonly pinned: boolean;
  /** Which bodies were kept: those that are too large are not. */
  readonly kept: { readonly request: boolean; readonly answer: boolean };
  /** Room that the bodies take on disk, in bytes. */
  readonly keptBytes: number;
}
