// A call of any operation behind an API gateway, or of a service itself: its method, its address, its headers, with or without a body.

import type { Credential } from '../model/credential';
import type { Header, WireRequest } from '../model/wire';
import type { RepeatPolicy } from './call';

/** What is called, and with what. */
export interface OperationCall {
  /** Whose operation it is: its API as people call it, and where that lies. */
  readonly service: { readonly name: string; readonly address: string };
  /** What the operation is called, for people. */
  readonly source: string;
  readonly method: WireRequest['method'];
  /** Whole, with its query. */
  readonly url: string;
  /** What goes along beside the headers of the credential, of the body's length and of codings. */
  readonly headers: readonly Header[];
  /** Absent where none is sent. */
  readonly body?: string;
  /** Asked for before each try. What it throws ends the call. */
  readonly credential: () => Promise<Credential>;
  /** The header in which the gateway looks for a subscription's key, for the explanation of a refusal. */
  readonly subscriptionKeyHeader: string;
  /** The argument of the query that may carry one as well; absent where it is not known. */
  readonly subscriptionKeyQuery?: string;
  /** Limit of each try, in milliseconds; 0 means none. */
  readonly timeoutMs: number;
  readonly repeats: RepeatPolicy;
  /** True for what may have changed something, should no answer come: it is not repeated. */
  readonly changes: boolean;
}
