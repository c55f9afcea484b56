// Tokens that let calls of one API be traced, and the traces of these calls: in memory alone, few and not for long.

import { createHash, randomBytes } from 'node:crypto';
import { sameName } from './address';
import type { Section } from './policies';

/** One line of a trace. `elapsed` is the time since the call came, as .NET writes it. */
export interface TraceEntry {
  readonly source: string;
  readonly timestamp: string;
  readonly elapsed: string;
  readonly data: object;
}

/** The lines of a trace, by the sections of policies. */
export type TraceEntries = Readonly<Record<Section, readonly TraceEntry[]>>;

/** What a token is good for: `expired` and `wrongApi` tell why it is not. */
export type TokenState =
  | { readonly kind: 'valid' | 'unknown' }
  | { readonly kind: 'expired'; readonly at: number }
  | { readonly kind: 'wrongApi'; readonly apiId: string };

/** So long a token is good at most, and so long a trace is kept, in milliseconds. */
export const longestTraceMs = 3_600_000;

/** So many tokens and traces are kept; the oldest go first. */
const mostTokens = 200;
const mostTraces = 100;

interface Issued {
  readonly apiId: string;
  readonly until: number;
}

interface Kept {
  readonly at: number;
  readonly entries: TraceEntries;
}

/** The tokens and traces of a gateway. */
export class Traces {
  /** By their hashes: no token is kept. */
  private readonly tokens = new Map<string, Issued>();
  private readonly traces = new Map<string, Kept>();

  constructor(private readonly now: () => number) {}

  /** A new token for the calls of an API, good for so many milliseconds. */
  issue(apiId: string, ms: number): string {
    const until = this.now() + Math.min(ms, longestTraceMs);
    const [ex, s] = [new Date(until).toISOString(), randomBytes(32).toString('base64url')];
    const token = new URLSearchParams({ aid: apiId, p: 'tracing', ex, s }).toString();
    this.tokens.set(hash(token), { apiId, until });
    dropOldest(this.tokens, mostTokens);
    return token;
  }

  /** Whether a token is good for a call of this API. */
  check(token: string, apiId: string): TokenState {
    const issued = this.tokens.get(hash(token));
    if (!issued) return { kind: 'unknown' };
    if (issued.until <= this.now()) return { kind: 'expired', at: issued.until };
    return sameName(issued.apiId, apiId) ? { kind: 'valid' } : { kind: 'wrongApi', apiId: issued.apiId };
  }

  /** Keeps what a call has left. */
  keep(id: string, entries: TraceEntries): void {
    this.traces.set(id, { at: this.now(), entries });
    dropOldest(this.traces, mostTraces);
  }

  /** A trace; undefined where there is none, or it is too old. */
  find(id: string): TraceEntries | undefined {
    const oldest = this.now() - longestTraceMs;
    for (const [each, { at }] of this.traces) if (at <= oldest) this.traces.delete(each);
    return this.traces.get(id)?.entries;
  }
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
