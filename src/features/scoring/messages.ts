// What the editor and the answer page tell each other, plain JSON; what the page sends is checked before it is used.

import { readFromSharedPart, readNumber, type KnownActions } from '../../ui/tables/tablesFromPage';
import type { ErrorParts } from '../../model/errors';
import type { Attempt } from '../../model/exchange';
import type { TableView } from '../../model/view';
import type { Header } from '../../model/wire';
import { filledText, member } from '../../base/shape';
import type { FromSharedPart, ToTable } from '../../ui/tables/messages';

/** The body as text, perhaps only its beginning. */
export interface BodyView {
  readonly text: string;
  /** What it is: decides the words around it, never how it is drawn (always as text). */
  readonly kind: 'json' | 'html' | 'xml' | 'text' | 'binary' | 'empty';
  /** Size of the answer's body in bytes, and how many of them `text` shows. */
  readonly totalBytes: number;
  readonly shownBytes: number;
}

/** One exchange, ready to be drawn. */
export interface ExchangeView {
  /** Tells it from all others; what a person looked at is remembered under it. */
  readonly key: string;
  /** True for one that was opened from the history. */
  readonly past: boolean;
  readonly service: string;
  readonly address: string;
  readonly source: string;
  readonly method: string;
  readonly url: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly requestBytes: number;
  readonly requestHeaders: readonly Header[];
  readonly status?: number;
  readonly statusText?: string;
  readonly responseHeaders: readonly Header[];
  readonly earlierAttempts: readonly Attempt[];
  readonly tables: readonly TableView[];
  readonly body?: BodyView;
  readonly problem?: ErrorParts;
  readonly notes: readonly string[];
}

/**
 * What the panel is doing. `pending` waits for its turn in a run of several files; `elapsedMs` is how long the sending lasts already and
 * `remainingMs` how long it is until the next try. Both are spans, as the page's clock need not agree with the editor's.
 */
export type PanelState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pending'; readonly service: string; readonly source: string }
  | { readonly kind: 'sending'; readonly service: string; readonly source: string; readonly elapsedMs: number }
  | { readonly kind: 'waiting'; readonly service: string; readonly source: string; readonly reason: string; readonly remainingMs: number }
  | { readonly kind: 'answered'; readonly view: ExchangeView }
  | { readonly kind: 'cancelled'; readonly service: string; readonly source: string };

/** One line of the list that is shown when several files were sent in one go. */
export interface RunEntry {
  readonly source: string;
  readonly service: string;
  readonly outcome: 'pending' | 'sending' | 'ok' | 'failed' | 'cancelled';
}

/** Editor to page. `state` replaces everything. */
export type ToPage =
  | { readonly type: 'state'; readonly state: PanelState; readonly run: readonly RunEntry[]; readonly current: number }
  /** Whether the exchange of this key is pinned in the history; `pinned` is absent where it is not there. */
  | { readonly type: 'kept'; readonly key: string; readonly pinned?: boolean }
  | ToTable;

/** Page to editor. `ready` asks for the state; everything else is a request of the person. */
export type FromPage =
  | FromSharedPart
  | { readonly type: 'ready' | 'cancel' | 'openBody' | 'saveBody' | 'copyCode' | 'openRequest' }
  /** With the key of the exchange that the page shows. */
  | { readonly type: 'compare'; readonly key: string }
  | { readonly type: 'pin'; readonly key: string; readonly on: boolean }
  | { readonly type: 'select'; readonly entry: number }
  | { readonly type: 'copy'; readonly what: 'url' | 'body' };

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromPage(message: unknown, actions: KnownActions): FromPage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
    case 'cancel':
    case 'openBody':
    case 'saveBody':
    case 'copyCode':
    case 'openRequest':
      return { type };
    case 'compare': {
      const key = filledText(member(message, 'key'));
      return key === undefined ? undefined : { type, key };
    }
    case 'pin': {
      const [key, on] = [filledText(member(message, 'key')), member(message, 'on')];
      return key !== undefined && typeof on === 'boolean' ? { type, key, on } : undefined;
    }
    case 'select': {
      const entry = readNumber(message, 'entry');
      return entry === undefined ? undefined : { type, entry };
    }
    case 'copy': {
      const what = member(message, 'what');
      return what === 'url' || what === 'body' ? { type, what } : undefined;
    }
    default:
      return readFromSharedPart(message, actions);
  }
}
