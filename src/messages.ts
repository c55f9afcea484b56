// The contract between the editor and the answer page: one union each way. Everything in it is plain JSON.

import type { ErrorParts, ErrorAction } from './model/errors';
import type { Attempt } from './model/exchange';
import type { ColumnSummary, Marked, TableQuery, TableView, TextFormat, ViewRow } from './model/view';
import type { Header } from './model/wire';

/** News of the tables of a page, which are counted from 0. */
export type ToTable =
  | { readonly type: 'table'; readonly table: number; readonly view: TableView }
  /** Rows of the order with this stamp, from place `from` on: the cells of column `columnFrom` and the following. */
  | { readonly type: 'rows'; readonly table: number; readonly stamp: number; readonly from: number; readonly columnFrom: number; readonly rows: readonly ViewRow[] }
  /** One cell, whole as far as `limit` UTF-16 units go: `length` tells how long it is. */
  | { readonly type: 'cell'; readonly table: number; readonly row: number; readonly column: number; readonly text: string; readonly length: number }
  /** `done` goes from 0 to 1 while the columns are counted; then come the summaries, or the reason why there are none. */
  | {
    readonly type: 'summary'; readonly table: number; readonly columns: readonly number[];
    readonly done?: number; readonly summaries?: readonly ColumnSummary[]; readonly problem?: ErrorParts;
  };

/** What a page wishes of its tables. */
export type FromTable =
  | { readonly type: 'rows'; readonly table: number; readonly stamp: number; readonly from: number; readonly columnFrom: number }
  | { readonly type: 'arrange'; readonly table: number; readonly query: TableQuery }
  /** Stops the order that is being made. */
  | { readonly type: 'stopArranging'; readonly table: number }
  | { readonly type: 'cell'; readonly table: number; readonly row: number; readonly column: number }
  | { readonly type: 'summarize'; readonly table: number; readonly columns: readonly number[] }
  | { readonly type: 'stopSummary'; readonly table: number }
  | { readonly type: 'copyMarked'; readonly table: number; readonly marked: Marked; readonly format: TextFormat }
  /** Without `marked`, all rows of the order and all columns. */
  | { readonly type: 'export'; readonly table: number; readonly marked?: Marked }
  | { readonly type: 'join'; readonly table: number; readonly on: boolean }
  /** Lets the reading of the table's file go on, or be tried again. */
  | { readonly type: 'readOn'; readonly table: number };

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
export type ToPage = { readonly type: 'state'; readonly state: PanelState; readonly run: readonly RunEntry[]; readonly current: number } | ToTable;

/** What the parts that several pages have tell the editor. */
export type FromSharedPart = { readonly type: 'action'; readonly action: ErrorAction } | FromTable;

/** Page to editor. `ready` asks for the state; everything else is a wish of the person. */
export type FromPage =
  | FromSharedPart
  | { readonly type: 'ready' | 'cancel' | 'openBody' | 'saveBody' | 'copyCode' | 'openRequest' }
  | { readonly type: 'select'; readonly entry: number }
  | { readonly type: 'copy'; readonly what: 'url' | 'body' };

/** What can be done with a batch job: from its page, its menu and the notice about it. */
export type JobAction =
  | 'start' | 'carryOn' | 'stopUpload' | 'stopWaiting' | 'cancel' | 'delete' | 'runAgain' | 'submitAnew' | 'checkNow' | 'copyId' | 'copyStatus' | 'download' | 'cleanUp' | 'openBody';

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
  /** How long it is until a busy service is tried again. */
  readonly nextTryMs?: number;
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

/** What there is to see of a result. `file` is for outputs that are no tables, such as models. News of a table come as those of any other. */
export type ResultView =
  | { readonly kind: 'closed' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'file'; readonly note: string }
  | { readonly kind: 'failed'; readonly problem: ErrorParts }
  | { readonly kind: 'table'; readonly view: TableView };

/**
 * Editor to job page. `job` replaces everything but the views of results that are still there; those of another `key` are closed.
 * `result` replaces the view of one result. `open` is the result that is to be looked at.
 */
export type ToJobPage =
  | { readonly type: 'job'; readonly key: string; readonly job: JobView | undefined; readonly results: readonly ResultHead[]; readonly open?: number }
  | { readonly type: 'result'; readonly index: number; readonly result: ResultView }
  | ToTable;

/** Job page to editor. Results, which are the tables here, are counted from 0. */
export type FromJobPage =
  | FromSharedPart
  | { readonly type: 'ready' }
  | { readonly type: 'job'; readonly action: JobAction }
  | { readonly type: 'openResult' | 'saveResult'; readonly result: number };

/** Editor to the page of a table's file; `view` is its one table, absent until its columns are known. */
export type ToFilePage =
  | { readonly type: 'file'; readonly name: string; readonly place: string; readonly view?: TableView; readonly problem?: ErrorParts }
  | ToTable;

/** Page of a table's file to editor. */
export type FromFilePage = FromSharedPart | { readonly type: 'ready' | 'openAsText' };

/** One of two exchanges that are compared. */
export interface ComparedHead {
  readonly service: string;
  readonly source: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly status?: number;
}

/** What two exchanges have in common and what not; counts and figures in words, a line each. */
export interface ComparedTable {
  readonly name: string;
  /** For those who only want to know whether anything differs. */
  readonly same: boolean;
  readonly facts: readonly string[];
  /** Columns whose numbers differ: how many rows, the largest and the mean absolute difference, as they are shown. */
  readonly columns: readonly { readonly name: string; readonly rows: string; readonly most: string; readonly mean: string }[];
}

/** Editor to the page that compares. Tables are counted as in `compared`. */
export type ToComparePage =
  | {
    readonly type: 'compare'; readonly key: string; readonly before: ComparedHead; readonly after: ComparedHead;
    readonly compared: readonly ComparedTable[]; readonly views: readonly TableView[]; readonly notes: readonly string[]; readonly problem?: ErrorParts;
    /** True when the two answers say the same thing. */
    readonly same: boolean;
    /** Present when an answer was not kept, so that nobody can tell whether they say the same. */
    readonly unknown?: true;
    /** Whether rows that are the same are in the tables too. */
    readonly allRows: boolean;
  }
  /** The two are being read, or are no longer there: then `problem` says so. */
  | { readonly type: 'comparing'; readonly key: string; readonly problem?: ErrorParts }
  | ToTable;

/** Page that compares to editor. `allRows` shows also the rows that are the same. */
export type FromComparePage =
  | FromSharedPart
  | { readonly type: 'ready' | 'swap' | 'diffAnswers' | 'diffRequests' }
  | { readonly type: 'allRows'; readonly on: boolean };

/** One way to call a service, as its page shows it. */
export interface CodeView {
  readonly language: string;
  /** What has to be there to run it, in a sentence. */
  readonly needs: string;
  readonly code: string;
}

/** One operation of a service, as its page shows it. Holds no key: `headers` have placeholders. */
export interface OperationView {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly request?: string;
  /** Where the body of the request comes from, in a sentence. */
  readonly requestNote?: string;
  readonly response?: string;
  readonly notes: readonly string[];
}

/** Editor to a service's page. */
export interface ToServicePage {
  readonly type: 'service';
  readonly name: string;
  readonly address: string;
  readonly facts: readonly string[];
  /** Request-response and batch, where the service has both. */
  readonly ways: readonly { readonly name: string; readonly operations: readonly OperationView[]; readonly codes: readonly CodeView[] }[];
}

/** A service's page to editor: `way`, `operation` and `code` are counted from 0. */
export type FromServicePage =
  | { readonly type: 'ready' | 'send' | 'runJob' | 'copyAddress' }
  | { readonly type: 'action'; readonly action: ErrorAction }
  | { readonly type: 'copyUrl' | 'copyRequest'; readonly way: number; readonly operation: number }
  | { readonly type: 'copyCode' | 'openCode'; readonly way: number; readonly code: number };
