// What all calls of a gateway share.

import type { ApimStore } from '../store';
import type { Backends } from './forward';
import type { Limits } from './limits';
import type { PolicyDocuments } from './policies';
import type { Traces } from './traces';

/** A gateway as its calls see it. */
export interface Gateway {
  readonly store: ApimStore;
  readonly now: () => number;
  readonly limits: Limits;
  readonly traces: Traces;
  readonly documents: PolicyDocuments;
  readonly backends: Backends;
  readonly log: (line: string) => void;
}
