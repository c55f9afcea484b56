// Azure Resource Manager as the features see it: an endpoint, calls on paths, raw JSON both ways. Plain types; src/arm does the work.

import type { Credential } from './credential';

/** Where resources are managed: Azure's public or a sovereign cloud, or the sample. */
export interface ArmEndpoint {
  /** Scheme, host and port with no trailing slash, such as `https://management.azure.com`. Its identity: a token is for it alone. */
  readonly url: string;
  /**
   * Asked for before each try. `renew` is true where the last one was refused as expired. Throws ArmFailed (`signIn`) where nobody is
   * signed in, and Cancelled.
   */
  readonly credential: (options: { readonly renew: boolean; readonly signal: AbortSignal }) => Promise<Credential>;
}

/** A JSON object as it came, or as it is sent: members that we do not know survive reading, changing and writing. */
export type ArmJson = Readonly<Record<string, unknown>>;

/** An answer that says yes. `body` is undefined where there was none. */
export interface ArmAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly etag?: string;
}

/** Why a call waits, for the person; `seconds` until the next try. `running` is a long operation that is polled. */
export interface ArmWait {
  readonly reason: 'throttled' | 'busy' | 'activating' | 'running';
  readonly seconds: number;
}

/** What goes along with each call. */
export interface ArmOptions {
  readonly signal: AbortSignal;
  readonly onWait?: (wait: ArmWait) => void;
  /** Added to `api-version`, which the client sets by the path. */
  readonly query?: Readonly<Record<string, string>>;
}

/** What goes along with a write. */
export interface ArmWriteOptions extends ArmOptions {
  /** The ETag that the change is based on, or `*`. */
  readonly ifMatch?: string;
  /**
   * Told the state of a long operation when it begins and after each poll, and undefined when it is over. A text for the secret store: it
   * holds signed addresses. `Arm.resume` goes on from it.
   */
  readonly onPoller?: (state: string | undefined) => Promise<void>;
}

/**
 * Calls on one endpoint. Paths begin with `/subscriptions/` or the like and hold no query; segments are encoded by whoever makes the path.
 * Each call throws ArmFailed, and Cancelled when its signal is raised. Throttling, conflicts that pass and activation are waited for.
 */
export interface Arm {
  readonly endpoint: ArmEndpoint;
  get(path: string, options: ArmOptions): Promise<ArmAnswer>;
  /** The same, undefined where there is nothing (404). */
  find(path: string, options: ArmOptions): Promise<ArmAnswer | undefined>;
  /** Pages of a list, in their order; the next is asked for when it is wanted. */
  pages(path: string, options: ArmOptions): AsyncGenerator<readonly ArmJson[]>;
  /** Writes wait for one another where they concern one API Management instance. A long operation is waited for to its end. */
  put(path: string, body: ArmJson | undefined, options: ArmWriteOptions): Promise<ArmAnswer>;
  patch(path: string, body: ArmJson, options: ArmWriteOptions): Promise<ArmAnswer>;
  delete(path: string, options: ArmWriteOptions): Promise<ArmAnswer>;
  /** For what is asked by POST (`listSecrets`, `checkNameAvailability`): no write, and not waited for. */
  post(path: string, body: ArmJson | undefined, options: ArmOptions): Promise<ArmAnswer>;
  /** Waits for a long operation whose state was noted before a reload. */
  resume(state: string, options: ArmWriteOptions): Promise<ArmAnswer>;
}
