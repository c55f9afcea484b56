// What the editor and the page that compares tell each other, plain JSON; what the page sends is checked before it is used.

import { readFromSharedPart, type KnownActions } from '../../ui/tables/tablesFromPage';
import type { ErrorParts } from '../../model/errors';
import type { TableView } from '../../model/view';
import { member } from '../../base/shape';
import type { FromSharedPart, ToTable } from '../../ui/tables/messages';

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
      readonly type: 'compare';
      readonly key: string;
      readonly before: ComparedHead;
      readonly after: ComparedHead;
      readonly compared: readonly ComparedTable[];
      readonly views: readonly TableView[];
      readonly notes: readonly string[];
      readonly problem?: ErrorParts;
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

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromComparePage(message: unknown, actions: KnownActions): FromComparePage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
    case 'swap':
    case 'diffAnswers':
    case 'diffRequests':
      return { type };
    case 'allRows': {
      const on = member(message, 'on');
      return typeof on === 'boolean' ? { type, on } : undefined;
    }
    default:
      return readFromSharedPart(message, actions);
  }
}

/** The ids of the two exchanges that a page had saved, or undefined when it had none. */
export function readSavedPair(state: unknown): readonly [before: string, after: string] | undefined {
  const key = member(state, 'key');
  const [before, after, ...rest] = typeof key === 'string' ? key.split(' ') : [];
  return before === undefined || after === undefined || rest.length > 0 ? undefined : [before, after];
}
