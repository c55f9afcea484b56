// Faults on demand: what a test can ask the sample to do wrong, and the queue of what is still to come.

/** The operations that faults can be planned for and that calls are counted of. */
export const operations = ['execute', 'swagger', 'submit', 'start', 'status', 'cancel'] as const;

/** One of the operations. */
export type Operation = (typeof operations)[number];

/** What one fault does. `normal` is the answer as if there were no fault, after the delay. Times are in milliseconds. */
export type FaultAction =
  | { readonly kind: 'normal' }
  /** Answers with this status, these headers and this body. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly json: boolean;
    }
  /** Cuts the connection without an answer, or after half of the normal one. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'middle' }
  /** The first half of the normal answer, as if it were the whole. */
  | { readonly kind: 'brokenJson' }
  /** Too many calls: 503 of the service, or 429 of a gateway. `retryAfter` is the header's value. */
  | { readonly kind: 'throttle'; readonly retryAfter: string; readonly gateway: boolean }
  /** Takes the request and never answers. */
  | { readonly kind: 'never' }
  /** The normal answer, so many bytes at a time. */
  | { readonly kind: 'slowBody'; readonly bytes: number; readonly everyMs: number }
  /** A valid table reply of about this size. */
  | { readonly kind: 'bytes'; readonly bytes: number }
  /** A valid table reply that tells what came: names of headers and the size of the body. */
  | { readonly kind: 'echo' };

/** One planned fault. `source` is how it was asked for. */
export interface Fault {
  readonly operation: Operation;
  /** How many calls it is for. */
  readonly times: number;
  readonly delayMs: number;
  readonly action: FaultAction;
  readonly source: Readonly<Record<string, unknown>>;
}

/** Holds the planned faults in order. A call takes the first that is meant for its operation. */
export class FaultQueue {
  private entries: { readonly fault: Fault; left: number }[] = [];

  /** Adds behind what is already planned. */
  add(faults: readonly Fault[]): void {
    for (const fault of faults) this.entries.push({ fault, left: fault.times });
  }

  /** Uses up one fault for a call to `operation`; undefined when none is planned. */
  take(operation: Operation): Fault | undefined {
    const entry = this.entries.find((each) => each.fault.operation === operation);
    if (!entry) return undefined;
    entry.left--;
    if (entry.left === 0) this.entries.splice(this.entries.indexOf(entry), 1);
    return entry.fault;
  }

  /** For how many calls faults are left. */
  get left(): number {
    return this.entries.reduce((sum, entry) => sum + entry.left, 0);
  }

  /** What is left, as it was asked for; `times` says for how many calls. */
  pending(): object[] {
    return this.entries.map(({ fault, left }) => ({ ...fault.source, times: left }));
  }

  /** Forgets all that is planned. */
  clear(): void {
    this.entries = [];
  }
}
