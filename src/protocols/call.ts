// A call to a service: where it goes, with which credential, how patiently.

import type { Service } from '../model/service';
import type { Header } from '../model/wire';
import type { Credential } from '../model/credential';

/** A call to a service, and how patient it is. */
export interface ServiceCall {
  readonly service: Service;
  /** Asked for before each try: keys may be changed while one waits, tokens expire. What it throws ends the call. */
  readonly credential: () => Promise<Credential>;
  /** Limit of each try, in milliseconds; 0 means none. */
  readonly timeoutMs: number;
  /** Absent for a service that decides by itself where a call goes. */
  readonly route?: CallRoute;
}

/** Where behind its address a service is to take a call to. */
export interface CallRoute {
  /** Name of the deployment that is to answer. */
  readonly deployment?: string;
  /** Headers that go along; none of them secret. */
  readonly headers?: readonly Header[];
}

/** How patient a call is with answers that may be repeated. */
export interface RepeatPolicy {
  /** Most repeats of one call; 0 switches repeating off. */
  readonly maxRepeats: number;
  /** The longest single wait that is made without asking, in milliseconds. */
  readonly maxWaitMs: number;
}
