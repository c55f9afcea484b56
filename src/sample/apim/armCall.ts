// A call on the stand-in's ARM as its parts see it, and what they answer.

import type { JsonObject } from '../../base/shape';
import type { MemoryStore } from './memoryStore';
import type { Limits } from './gateway/limits';
import type { Traces } from './gateway/traces';
import type { SkuName } from './services/tiers';

/** The instance that a call is about. */
export interface Instance {
  /** ARM id, `/subscriptions/.../service/{name}`. */
  readonly id: string;
  readonly store: MemoryStore;
  /** Its tier, which some things are not for. */
  readonly sku: SkuName;
  /** The counters of its gateway, where that is there. */
  readonly limits?: Limits;
  /** The traces of its gateway, where that is there. */
  readonly traces?: Traces;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A call on something below the instance. */
export interface ArmCall {
  readonly method: string;
  /** Decoded parts of the path below the instance. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly ifMatch: string | undefined;
  /** Of the body; empty where there was none. */
  readonly properties: JsonObject;
}

/** What is answered. Without `body` nothing is sent but the head. */
export interface ArmReply {
  readonly status: number;
  readonly body?: unknown;
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Rows to be paged: `body` is made from them. `links` is how the end of the list looks. */
  readonly rows?: readonly unknown[];
  readonly links?: 'absent' | 'empty' | 'null' | 'never';
  /** A long operation has begun: answered by 202 and the address to ask at, and at its end by `code` and what is at `path` then. */
  readonly started?: Started;
}

/** A long operation. What it does is done already; `undo` takes that back where it is to fail. */
export interface Started {
  readonly path: string;
  readonly code: 200 | 201;
  readonly undo: () => void;
}
