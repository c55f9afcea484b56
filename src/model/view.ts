// A table as it is looked at: its columns, an order of its rows, windows into it, what is marked, and pictures of its columns. Plain JSON.

import type { ErrorParts } from './errors';
import type { Column } from './table';

/** What a column holds: `number` when all its cells that are not empty are numbers, as far as they have been seen. */
export type ColumnKind = 'number' | 'text';

/**
 * A column of a table that is looked at. `group` names a band above neighbouring columns, such as what was sent and what came back;
 * `detail` is more about it, for the tooltip of its head.
 */
export interface ViewColumn extends Column {
  readonly kind: ColumnKind;
  readonly group?: string;
  readonly detail?: string;
}

/**
 * A cell on a page: null is JSON null; `{missing: true}` stands where a row ended early; `{cut}` is a long text's beginning, `length` its
 * whole in UTF-16 units.
 */
export type CellView = string | null | { readonly missing: true } | { readonly cut: string; readonly length: number };

/** Why a cell stands out in a comparison: its text changed, and this is the one before or after; or its row is in one answer only. */
export type CellChange = 'changed before' | 'changed after' | 'only before' | 'only after';

/** A row by its place in the source, counted from 0, with the cells that were asked for. */
export interface ViewRow {
  readonly number: number;
  readonly cells: readonly CellView[];
  /**
   * Those of the cells that stand out, by their column in the source; absent where there is none, as in all tables but those of
   * comparisons.
   */
  readonly changes?: Readonly<Record<number, CellChange>>;
}

/** Which column decides the order. Numbers come before text, empty cells last, both ways round; equals keep the source's order. */
export interface Sort {
  readonly column: number;
  readonly descending: boolean;
}

/** What a row has to be to be shown. Text is compared with case ignored, except by `is`; `least` and `most` are among what is shown. */
export type Filter =
  | { readonly kind: 'contains'; readonly column: number; readonly text: string }
  | { readonly kind: 'is'; readonly column: number; readonly text: string }
  | { readonly kind: 'range'; readonly column: number; readonly least?: number; readonly most?: number }
  /** Null, missing and empty text are all empty. */
  | { readonly kind: 'empty'; readonly column: number; readonly empty: boolean };

/** An order of a table's rows: all filters hold, and `search` stands somewhere in the row, case ignored. Columns are counted from 0. */
export interface TableQuery {
  readonly sort?: Sort;
  readonly filters: readonly Filter[];
  readonly search?: string;
}

/** How far a table's file has been read; sizes in bytes. */
export interface Reading {
  readonly readBytes: number;
  /** Absent where it is not known. */
  readonly totalBytes?: number;
  /** `paused` waits for a person to let it go on; `failed` tells why in `problem` and can be tried again. */
  readonly state: 'reading' | 'paused' | 'failed';
  readonly problem?: ErrorParts;
}

/**
 * What a script module of a model has drawn or said (contract 2.3), found in the cells of a table. Data is base64 of a PNG, JPEG or GIF
 * that was looked at.
 */
export type ScriptOutput =
  | { readonly kind: 'text'; readonly title: string; readonly text: string }
  | {
      readonly kind: 'image';
      readonly title: string;
      readonly mime: 'image/png' | 'image/jpeg' | 'image/gif';
      readonly data: string;
      readonly width: number;
      readonly height: number;
    }
  /** An image that is not shown, and why, in a sentence. */
  | { readonly kind: 'refused'; readonly title: string; readonly reason: string };

/** A table on a page, with the first rows in its order. */
export interface TableView {
  readonly name: string;
  readonly columns: readonly ViewColumn[];
  /** How many rows there are, or are read so far. */
  readonly totalRows: number;
  /** Changes whenever the rows have another order; rows belong to the order with their stamp. */
  readonly stamp: number;
  readonly query: TableQuery;
  /** The query without what looks like a secret: only this may be saved. Absent when it is the whole query. */
  readonly keepable?: TableQuery;
  /** How many rows are in the order. */
  readonly matchedRows: number;
  /** The first rows of the order, all their cells up to `blockColumns`. Perhaps none: they can be asked for. */
  readonly rows: readonly ViewRow[];
  readonly notes: readonly string[];
  /** Absent when all of the table is there. */
  readonly reading?: Reading;
  /** A new order that is being made, from 0 to 1; what is shown meanwhile is the last one. */
  readonly working?: number;
  /** Why the last order that was asked for could not be made. */
  readonly problem?: ErrorParts;
  readonly scripts: readonly ScriptOutput[];
  /** Whether what was sent stands beside; absent where there is nothing to put beside. */
  readonly joined?: boolean;
  /** How many columns there are without what was sent, also those that came back as they were sent; absent where `joined` is. */
  readonly ownColumns?: number;
}

/** Rows and columns are asked for in blocks of this size, so that what is there can be told by its number. */
export const blockRows = 100;
export const blockColumns = 64;

/**
 * What is marked: rows by their place in the order (both among them), columns by their number in the source, as they stand on the page.
 * `head` takes the names along.
 */
export interface Marked {
  readonly stamp: number;
  readonly fromRow: number;
  readonly toRow: number;
  readonly columns: readonly number[];
  readonly head: boolean;
}

/** How cells are written as text. */
export type TextFormat = 'tsv' | 'csv' | 'markdown' | 'json';

/** One bar of a histogram: values from `from` on and below `to`; of the last one also `to` itself. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** What a column holds, over all rows that were read. Counts are of rows. */
export type ColumnSummary =
  | {
    readonly kind: 'number'; readonly column: number; readonly rows: number; readonly empty: number;
    /** Cells that are neither empty nor finite numbers. */
    readonly other: number;
    readonly least: number; readonly most: number; readonly mean: number;
    /** Standard deviation of the sample; 0 for a single value. */
    readonly deviation: number;
    readonly bins: readonly Bin[];
  }
  | {
    readonly kind: 'text'; readonly column: number; readonly rows: number; readonly empty: number;
    /** How many different texts there are that are not empty; `atLeast` when there are more than were counted. */
    readonly distinct: number; readonly atLeast: boolean;
    /** The most frequent, most frequent first; long texts are cut. */
    readonly top: readonly { readonly text: string; readonly count: number }[];
  };
