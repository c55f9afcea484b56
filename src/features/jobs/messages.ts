// What the editor and the page of a job tell each other, plain JSON; what the page sends is checked before it is used.

import { readFromSharedPart, readNumber, type KnownActions } from '../../ui/tables/tablesFromPage';
import type { ErrorParts } from '../../model/errors';
import type { TableView } from '../../model/view';
import { member } from '../../base/shape';
import type { FromSharedPart, ToTable } from '../../ui/tables/messages';

/** What can be done with a batch job: from its page, its menu and the notice about it. */
export type JobAction =
  | 'start'
  | 'carryOn'
  | 'stopUpload'
  | 'stopWaiting'
  | 'cancel'
  | 'delete'
  | 'runAgain'
  | 'submitAnew'
  | 'checkNow'
  | 'copyId'
  | 'copyStatus'
  | 'download'
  | 'cleanUp'
  | 'openBody';

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
  /** The steps in order; `at` is absent for those that are not done. `underWay` is the one that is being taken. */
  readonly timeline: readonly { readonly label: string; readonly at?: number; readonly underWay?: true }[];
  /** Set where it is followed by its id alone: what it was made of is not known here. */
  readonly submittedElsewhere?: true;
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

/**
 * What there is to see of a result. `file` is for outputs that are no tables, such as models. News of a table come as those of any other.
 */
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
  | {
      readonly type: 'job';
      readonly key: string;
      readonly job: JobView | undefined;
      readonly results: readonly ResultHead[];
      readonly open?: number;
    }
  | { readonly type: 'result'; readonly index: number; readonly result: ResultView }
  | ToTable;

/** Job page to editor. Results, which are the tables here, are counted from 0. */
export type FromJobPage =
  | FromSharedPart
  | { readonly type: 'ready' }
  | { readonly type: 'job'; readonly action: JobAction }
  | { readonly type: 'openResult' | 'saveResult'; readonly result: number };

/** All there are: one that is missing here does not compile. */
const jobActions: Readonly<Record<JobAction, JobAction>> = {
  start: 'start',
  carryOn: 'carryOn',
  stopUpload: 'stopUpload',
  stopWaiting: 'stopWaiting',
  cancel: 'cancel',
  delete: 'delete',
  runAgain: 'runAgain',
  submitAnew: 'submitAnew',
  checkNow: 'checkNow',
  copyId: 'copyId',
  copyStatus: 'copyStatus',
  download: 'download',
  cleanUp: 'cleanUp',
  openBody: 'openBody',
};

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromJobPage(message: unknown, actions: KnownActions): FromJobPage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
      return { type };
    case 'job': {
      const action = Object.values(jobActions).find((known) => known === member(message, 'action'));
      return action && { type, action };
    }
    case 'openResult':
    case 'saveResult': {
      const result = readNumber(message, 'result');
      return result === undefined ? undefined : { type, result };
    }
    default:
      return readFromSharedPart(message, actions);
  }
}
