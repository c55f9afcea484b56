// What every part of the page is handed: the ways out of it.

import type { FromPage } from '../../src/features/scoring/messages';
import type { FromSharedPart } from '../../src/ui/tables/messages';

/** The page around a part. Parts that keep a timer or draw in steps stop when `signal` is raised. */
export interface PageOf<Message> {
  /** Tells the editor what the person asks for. */
  send(message: Message): void;
  /** Has a screen reader say a sentence when it is idle. */
  announce(sentence: string): void;
  /** Raised when the part leaves the page. */
  readonly signal: AbortSignal;
}

/** The answer page. */
export type PageContext = PageOf<FromPage>;

/** Any page, for the parts that several have. */
export type AnyPage = PageOf<FromSharedPart>;

/** Any page whose problems have buttons: those send nothing but which of them was pressed. */
export type ActionPage = PageOf<Extract<FromSharedPart, { readonly type: 'action' }>>;
