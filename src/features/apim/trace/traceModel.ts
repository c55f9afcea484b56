// A trace as it is shown: the steps of a call in their order, with what each has changed. Secrets are masked before it is made.

/** The sections of policies, in the order in which a call goes through them. */
export const traceSections = ['inbound', 'backend', 'outbound', 'on-error'] as const;

/** One of them. */
export type TraceSection = (typeof traceSections)[number];

/** A header, as a trace names it. `value` is undefined where only its name is told. */
export interface TracedHeader {
  readonly name: string;
  readonly value: string | undefined;
}

/** What a step says of the call. */
export type TraceFact =
  | { readonly kind: 'headerSet' | 'headerRemoved'; readonly header: TracedHeader }
  | {
    readonly kind: 'request'; readonly method: string | undefined; readonly url: string | undefined;
    readonly headers: readonly TracedHeader[];
  }
  | {
    readonly kind: 'response'; readonly status: number | undefined; readonly reason: string | undefined;
    readonly headers: readonly TracedHeader[];
  }
  | { readonly kind: 'backend' | 'url'; readonly before: string | undefined; readonly after: string }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string }
  | { readonly kind: 'expression'; readonly text: string; readonly value: string };

/** One line of a trace. */
export interface TraceStep {
  readonly section: TraceSection;
  /** The policy, or the part of the gateway. */
  readonly source: string;
  /** How long after the call had come it was written, in milliseconds; undefined where that cannot be read. */
  readonly atMs: number | undefined;
  /** Since the step before it, in milliseconds. */
  readonly tookMs: number | undefined;
  readonly messages: readonly string[];
  readonly facts: readonly TraceFact[];
  /** What of it is not understood, as JSON. */
  readonly rest: string | undefined;
}

/** A trace. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  /** Until its last step, in milliseconds. */
  readonly totalMs: number | undefined;
  /** So many steps are left out, since nobody reads as many. */
  readonly left: number;
}
