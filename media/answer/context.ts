// What every part of the page is handed: the ways out of it.

import type { FromPage } from '../../src/messages';

/** The page around a part. Parts that keep a timer or draw in steps stop when `signal` is raised. */
export interface PageContext {
  /** Tells the editor what the person wishes. */
  send(message: FromPage): void;
  /** Has a screen reader say a sentence when it is idle. */
  announce(sentence: string): void;
  /** Raised when the part leaves the page. */
  readonly signal: AbortSignal;
}
