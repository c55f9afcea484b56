// Traces of calls as the page shows them: state and steps in words, plain JSON, what the page asks for, and who does it.

import type { ErrorParts } from '../../model/errors';
import type { Event } from '../../model/lifetime';

/** A step as it is shown. */
export interface ShownStep {
  readonly source: string;
  /** How long it took, in words; empty where it is not known. */
  readonly took: string;
  /** When it was, counted from the call's beginning, in words; empty where it is not known. */
  readonly at: string;
  /** Its part of the whole, from 0 to 1. */
  readonly share: number;
  /** What happened, in sentences. The first stands in the list. */
  readonly said: readonly string[];
  /** What it changed, in sentences. */
  readonly changed: readonly string[];
  /** Headers of a request or an answer that it tells of. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** What is not understood, as JSON. */
  readonly rest?: string;
}

/** The steps of a section. */
export interface ShownSection {
  /** Tells it from the others. */
  readonly section: string;
  readonly title: string;
  readonly took: string;
  readonly steps: readonly ShownStep[];
}

/** The trace of the last call. */
export interface ShownTrace {
  /** Which call, and how long it took. */
  readonly title: string;
  readonly sections: readonly ShownSection[];
  /** What is to be known of it, in sentences. */
  readonly notes: readonly string[];
}

/** What the page knows of traces. */
export interface TraceView {
  readonly state: 'off' | 'on' | 'runOut';
  /** Until when, and how long that is, in words; while it is on. */
  readonly until?: string;
  readonly busy?: 'switching' | 'fetching';
  /** Why a call on ARM waits. */
  readonly wait?: string;
  readonly problem?: ErrorParts;
  readonly trace?: ShownTrace;
  /** True where the last call was sent without asking for a trace, and the one that is shown is of a call before it. */
  readonly older?: boolean;
}

/** What the page asks for. `again` asks for the trace of the last call once more. */
export const traceRequests = ['traceOn', 'traceOff', 'traceAgain', 'traceStop'] as const;

/** One of them. */
export type TraceRequest = (typeof traceRequests)[number];

/** Has the calls of a target traced, where its gateway can do that. Whoever makes the target makes it, and ends it. */
export interface CallTraces {
  /** Raised at every change of the view. */
  readonly onDidChange: Event<void>;
  view(): TraceView;
  /** Does what the page asks for. Never throws: what goes wrong is in the view. */
  request(what: TraceRequest): Promise<void>;
}

/** True for what a page can ask for. */
export function isTraceRequest(type: unknown): type is TraceRequest {
  return traceRequests.some((each) => each === type);
}
