// The contract between the editor and the answer page: one union each way. Everything in it is plain JSON.

import type { ErrorParts, ErrorAction } from './model/errors';
import type { Attempt } from './model/exchange';
import type { Column } from './model/table';
import type { Header } from './model/wire';

/** A cell on the page: null is JSON null; `{missing: true}` stands where a row ended early; `{cut}` is a long text's beginning. */
export type CellView = string | null | { readonly missing: true } | { readonly cut: string; readonly length: number };

/** The first rows of one output; more are asked for with `moreRows`. */
export interface TableView {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly CellView[])[];
  readonly totalRows: number;
  /** How many rows the host holds and can still send; the rest is only in the body, which can be saved as a file. */
  readonly availableRows: number;
  readonly notes: readonly string[];
}

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

/** Editor to page. `state` replaces everything; `rows` adds to one output of the view that is shown. */
export type ToPage =
  | { readonly type: 'state'; readonly state: PanelState; readonly run: readonly RunEntry[]; readonly current: number }
  | { readonly type: 'rows'; readonly table: number; readonly from: number; readonly rows: readonly (readonly CellView[])[] };

/** Page to editor. `ready` asks for the state; everything else is a wish of the person. */
export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'cancel' }
  | { readonly type: 'action'; readonly action: ErrorAction }
  | { readonly type: 'moreRows'; readonly table: number; readonly from: number }
  | { readonly type: 'select'; readonly entry: number }
  | { readonly type: 'openBody' }
  | { readonly type: 'saveBody' }
  | { readonly type: 'copy'; readonly what: 'url' | 'body' | 'table'; readonly table?: number }
  | { readonly type: 'copyCells'; readonly table: number; readonly lines: readonly MarkedCells[] };

/** Cells of one row that stand side by side, from column `from` to column `to`, both counted from 0 and both among them; row -1 is the head. */
export interface MarkedCells {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}
