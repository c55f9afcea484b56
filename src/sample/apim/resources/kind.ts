// What the stand-in knows of a kind of resource: what it takes, how it shows it, and what has to be done beside.

import type { JsonObject } from '../../../base/shape';
import type { Instance } from '../armCall';
import type { StoredResource } from '../store';

/** A write that is asked for. */
export interface Write {
  readonly instance: Instance;
  /** Below the instance, with the collections as the service spells them. */
  readonly path: string;
  /** Last segment. */
  readonly id: string;
  readonly former: StoredResource | undefined;
  /** What was sent; for a PATCH what was there, with what was sent in place of members of the same name. */
  readonly properties: JsonObject;
}

/** What becomes of it. */
export interface Accepted {
  readonly properties: JsonObject;
  /** Done behind it. */
  readonly then?: () => void;
  /** It is answered as a long operation. */
  readonly later?: boolean;
}

/** Once alone, in a list, and in the answer to a write. */
export type Shown = 'one' | 'row' | 'written' | 'patched';

/** A kind of resource. */
export interface Kind {
  /** In sentences of the service: `{noun} not found.` */
  readonly noun: string;
  /** Checks what is asked and says what is stored. Throws ArmProblem. */
  readonly accept: (write: Write) => Accepted;
  /** The properties as they are answered. */
  readonly show: (resource: StoredResource, how: Shown, instance: Instance, query: URLSearchParams) => JsonObject;
  /** Removes it, with what goes along. Throws ArmProblem where it has to stay. */
  readonly remove?: (instance: Instance, path: string, query: URLSearchParams) => void;
  /** Writing what is there already changes nothing, the ETag neither. */
  readonly keepsEqual?: boolean;
  /** A write below something that is not there is a wrong argument (400), and not 404. */
  readonly parentIsArgument?: boolean;
  /** How its lists end. */
  readonly links?: 'absent' | 'empty' | 'null';
}
