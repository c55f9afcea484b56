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
  /** True while `totalRows` is what was read so far of more. */
  readonly readsOn?: boolean;
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

/** What can be done with a batch job: from its page, its menu and the notice about it. */
export type JobAction =
  | 'start' | 'carryOn' | 'stopUpload' | 'cancel' | 'delete' | 'runAgain' | 'submitAnew' | 'checkNow' | 'copyId' | 'copyStatus' | 'download' | 'cleanUp' | 'openBody';

/** How a job stands, in one of the looks that icons and colours are there for. */
export type JobLook = 'waiting' | 'running' | 'finished' | 'failed' | 'cancelled' | 'attention';

/** An upload that is under way; sizes in bytes, times in milliseconds. */
export interface UploadProgress {
  readonly file: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** Absent until it can be told. */
  readonly bytesPerSecond?: number;
  readonly remainingMs?: number;
}

/** A batch job, ready to be drawn. Times are milliseconds since 1970. */
export interface JobView {
  readonly title: string;
  readonly service: string;
  readonly address: string;
  readonly id?: string;
  readonly look: JobLook;
  /** In a few words: `Running`, `Finished`, `Upload interrupted`. */
  readonly state: string;
  /** What a reader should know beyond the state, in sentences. */
  readonly notes: readonly string[];
  /** How long it runs already, or ran. */
  readonly elapsedMs?: number;
  /** True while the elapsed time goes on. */
  readonly running: boolean;
  /** How long it is until the service is asked again. */
  readonly nextLookMs?: number;
  readonly upload?: UploadProgress;
  /** The steps in order; `at` is absent for those that are not done. */
  readonly timeline: readonly { readonly label: string; readonly at?: number }[];
  readonly inputs: readonly { readonly port?: string; readonly source: string; readonly place: string; readonly bytes?: number }[];
  /** `result` is the number of the result that can be opened, absent while there is none. */
  readonly outputs: readonly { readonly name: string; readonly place: string; readonly result?: number }[];
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly history: readonly { readonly at: number; readonly text: string }[];
  readonly problem?: ErrorParts;
  /** All that the service said about a failure. */
  readonly details?: string;
  readonly actions: readonly JobAction[];
}

/** One output of a finished job by its name and the name of its file. */
export interface ResultHead {
  readonly name: string;
  readonly file: string;
}

/** What there is to see of a result. `file` is for outputs that are no tables, such as models. */
export type ResultView =
  | { readonly kind: 'closed' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'file'; readonly note: string }
  | { readonly kind: 'failed'; readonly problem: ErrorParts }
  /**
   * `table.totalRows` is what was read so far; `more` tells that reading can go on, `totalBytes` how long the file is where that is known,
   * `problem` why reading did not go on.
   */
  | {
    readonly kind: 'table'; readonly table: TableView; readonly more: boolean; readonly readBytes: number; readonly totalBytes?: number; readonly busy: boolean;
    readonly problem?: ErrorParts;
  };

/**
 * Editor to job page. `job` replaces everything but the views of results that are still there; those of another `key` are closed.
 * `result` replaces the view of one result, `rows` adds to its table. `open` is the result that is to be looked at.
 */
export type ToJobPage =
  | { readonly type: 'job'; readonly key: string; readonly job: JobView | undefined; readonly results: readonly ResultHead[]; readonly open?: number }
  | { readonly type: 'result'; readonly index: number; readonly result: ResultView }
  | { readonly type: 'rows'; readonly table: number; readonly from: number; readonly rows: readonly (readonly CellView[])[] };

/** What the parts that both pages have tell the editor. */
export type FromSharedPart =
  | { readonly type: 'action'; readonly action: ErrorAction }
  | { readonly type: 'moreRows'; readonly table: number; readonly from: number }
  | { readonly type: 'copy'; readonly what: 'table'; readonly table?: number }
  | { readonly type: 'copyCells'; readonly table: number; readonly lines: readonly MarkedCells[] };

/** Job page to editor. Results, which are the tables here, are counted from 0. */
export type FromJobPage =
  | FromSharedPart
  | { readonly type: 'ready' }
  | { readonly type: 'job'; readonly action: JobAction }
  | { readonly type: 'openResult' | 'readOn' | 'saveResult'; readonly result: number };
