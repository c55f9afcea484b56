// What a page can call, made by the feature that knows how: an operation of an API.

import type { Exchange } from '../../model/exchange';
import type { RunItem } from '../scoring';
import type { Afterwards, CallDraft, CallHeader, CallShape, SavedTarget } from './shape';
import type { CallTraces } from './trace';

/** What a draft comes to. */
export interface PreparedCall {
  readonly url: string;
  /** Those that a person gave, and the type of the body. */
  readonly headers: readonly CallHeader[];
  /** Absent where none is sent. */
  readonly body?: string;
}

/** What whoever opens a page has set: it takes the place of what was given there before. */
export interface SetForCall {
  /** By the names of parameters, in lower case. */
  readonly values: ReadonlyMap<string, string>;
  /** Where it is the text that the body begins with. */
  readonly body?: string;
}

/** One thing that can be called, and how. */
export interface CallTarget {
  readonly saved: SavedTarget;
  /** What people call it, as far as that is known before it is read. */
  readonly title: string;
  readonly set?: SetForCall;
  /**
   * Takes the place of another target of the same ids: it goes on with the request that was in front, where it
   * has none, and with the traces.
   * True where both are at the same address: what the other one has offered holds.
   */
  succeed?(before: CallTarget): boolean;
  /** Reads what a call takes. `onWait` is told why it takes long. Throws what a person is told, and Cancelled. */
  read(signal: AbortSignal, onWait: (sentence: string | undefined) => void): Promise<CallShape>;
  /**
   * Asks what is to be asked before a call, and makes what is sent. Everything in the draft was checked; `call` is what it comes to. Throws
   * what a person is told, and Cancelled.
   */
  prepare(shape: CallShape, draft: CallDraft, call: PreparedCall): Promise<RunItem>;
  /** What can be done with an answer; undefined where that is nothing beyond looking at it. */
  after?(exchange: Exchange, draft: CallDraft): Afterwards | undefined;
  /** Does what was offered. */
  take?(offer: string): Promise<void>;
  /** Does what the button of the service's key says. */
  setKey?(): Promise<void>;
  /** Where its calls can be traced. */
  readonly traces?: CallTraces;
  /** Stops what it does by itself. */
  dispose?(): void;
}
