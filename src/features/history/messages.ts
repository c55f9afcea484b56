// What the editor and the page that compares tell each other, plain JSON; what the page sends is checked before it is used.

import { readFromSharedPart, readNumber, type KnownActions } from '../../ui/tables/tablesFromPage';
import type { ErrorParts } from '../../model/errors';
import type { TableView } from '../../model/view';
import { isArray, member } from '../../base/shape';
import type { ColumnSide } from './compareOut';
import type { ChangePlace, ChangeStep } from './compareSteps';
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
  /** True when nothing differs: not what came back, and not what was sent for it as far as it was compared. */
  readonly same: boolean;
  /** What differs first, in a few words; absent where no difference was found, also when not all rows were compared. */
  readonly difference?: string;
  /** Whether a cell of the table stands out, so that one can go there. What differs may be in no cell, such as the type of a column. */
  readonly hasChanges: boolean;
  readonly facts: readonly string[];
  /** Columns that differ, those that were sent first: how many rows, the largest and the mean absolute difference, as they are shown. */
  readonly columns: readonly { readonly name: string; readonly rows: string; readonly most: string; readonly mean: string }[];
  /** By the columns of the table: which of them are others, or hold something else, when the two change places. */
  readonly sides: Readonly<Record<number, ColumnSide>>;
}

/** Where somebody is in an output, and the columns that they see. */
export type ShownPlace = { readonly output: number } & Pick<ChangeStep, 'from' | 'columns'>;

/** Editor to the page that compares. Tables are counted as in `compared`. */
export type ToComparePage =
  | {
      readonly type: 'compare';
      readonly key: string;
      /** Another one for each table that is made: places in the tables of one comparison mean nothing in those of another. */
      readonly comparison: number;
      /** The first of those since the two were chosen: what was entered for one before it counts no more. */
      readonly first: number;
      readonly before: ComparedHead;
      readonly after: ComparedHead;
      readonly compared: readonly ComparedTable[];
      readonly views: readonly TableView[];
      readonly notes: readonly string[];
      readonly problem?: ErrorParts;
      /** True when the answers say the same within the tolerance, and what was sent for their rows is the same where it was compared. */
      readonly same: boolean;
      /** Present when an answer was not kept, so that nobody can tell whether the two are the same. */
      readonly unknown?: true;
      /** Whether rows that are the same are in the tables too. */
      readonly allRows: boolean;
      /** How far numbers may be apart and still count as the same, as it is shown: `0`, `0.001`, `1%`. */
      readonly tolerance: string;
      /** The text that the page has given for it; absent where it is not from this page. */
      readonly givenTolerance?: string;
      /** The output in which somebody was at a change before the two were compared again: the page asks for it by `sameChange`. */
      readonly stay?: number;
    }
  /** The change that was looked for, in the order that the rows have by now; absent where there is none. */
  | { readonly type: 'change'; readonly output: number; readonly place?: ChangePlace }
  /** The last tolerance that was given is none, and why. */
  | { readonly type: 'badTolerance'; readonly sentence: string }
  /** The two are being read, or are no longer there: then `problem` says so. */
  | { readonly type: 'comparing'; readonly key: string; readonly problem?: ErrorParts }
  | ToTable;

/** What is asked for of a comparison on the page. `allRows` shows also the rows that are the same; outputs are counted as in `compared`. */
type OfComparison =
  | { readonly type: 'swap'; readonly at?: ShownPlace }
  | { readonly type: 'allRows'; readonly on: boolean; readonly at?: ShownPlace }
  | { readonly type: 'tolerance'; readonly text: string; readonly at?: ShownPlace }
  | { readonly type: 'sameChange'; readonly output: number; readonly columns: readonly number[] }
  | ({ readonly type: 'findChange'; readonly output: number } & ChangeStep);

/** Page that compares to editor. `comparison` is the one that is shown, and `at` what is to be looked at in the next one too. */
export type FromComparePage =
  | FromSharedPart
  | { readonly type: 'ready' | 'diffAnswers' | 'diffRequests' }
  | (OfComparison & { readonly comparison: number });

/** Longer texts, in UTF-16 units, are no tolerance that somebody has typed, and wider tables are on no page. */
const longestTolerance = 1_000;
const mostColumns = 100_000;

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromComparePage(message: unknown, actions: KnownActions): FromComparePage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
    case 'diffAnswers':
    case 'diffRequests':
      return { type };
    case 'swap':
    case 'allRows':
    case 'tolerance':
    case 'sameChange':
    case 'findChange': {
      const [comparison, asked] = [readNumber(message, 'comparison'), readOfComparison(type, message)];
      return asked && comparison !== undefined ? { ...asked, comparison } : undefined;
    }
    default:
      return readFromSharedPart(message, actions);
  }
}

function readOfComparison(type: OfComparison['type'], message: unknown): OfComparison | undefined {
  switch (type) {
    case 'swap':
      return { type, ...readAt(message) };
    case 'allRows': {
      const on = member(message, 'on');
      return typeof on === 'boolean' ? { type, on, ...readAt(message) } : undefined;
    }
    case 'tolerance': {
      const text = member(message, 'text');
      return typeof text === 'string' && text.length <= longestTolerance ? { type, text, ...readAt(message) } : undefined;
    }
    case 'sameChange': {
      const place = readPlace(message);
      return place && { type, output: place.output, columns: place.columns };
    }
    case 'findChange': {
      const [place, forth] = [readPlace(message), member(message, 'forth')];
      return !place || typeof forth !== 'boolean' ? undefined : { type, forth, ...place };
    }
    default:
      return type satisfies never;
  }
}

/** What else is wanted does not hang on it: a place that makes no sense is none. */
function readAt(message: unknown): { readonly at?: ShownPlace } {
  const at = readPlace(member(message, 'at'));
  return at ? { at } : {};
}

function readPlace(message: unknown): ShownPlace | undefined {
  const [output, from, columns] = [readNumber(message, 'output'), member(message, 'from'), member(message, 'columns')];
  if (output === undefined || !isArray(columns) || columns.length > mostColumns) return undefined;
  const shown = columns.filter((column): column is number => typeof column === 'number' && Number.isSafeInteger(column) && column >= 0);
  if (shown.length !== columns.length) return undefined;
  const place = { output, columns: shown };
  if (from === undefined) return place;
  const [row, column] = [member(from, 'row') === -1 ? -1 : readNumber(from, 'row'), readNumber(from, 'column')];
  return row === undefined || column === undefined ? undefined : { ...place, from: { row, column } };
}

/** The ids of the two exchanges that a page had saved, or undefined when it had none. */
export function readSavedPair(state: unknown): readonly [before: string, after: string] | undefined {
  const key = member(state, 'key');
  const [before, after, ...rest] = typeof key === 'string' ? key.split(' ') : [];
  return before === undefined || after === undefined || rest.length > 0 ? undefined : [before, after];
}

/** The tolerance that a page had saved, which may be none that there is; undefined where it had saved none. */
export function readSavedTolerance(state: unknown): string | undefined {
  const text = member(state, 'tolerance');
  return typeof text === 'string' && text.length <= longestTolerance ? text : undefined;
}
