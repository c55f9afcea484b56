// The form of a request as plain data, which the page knows, too: fields, what stands in each, and what is wrong with it.

import type { DescribedBound } from '../../../protocols/description';

/** What a field takes. `json` is for columns whose values are of several kinds: each is written as JSON. */
export type FieldKind = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'dateTime' | 'choice' | 'json';

/** The kinds that a column may be given that is typed in. */
export const typedKinds = ['text', 'number', 'boolean', 'json'] as const;

/** One of them. */
export type TypedKind = (typeof typedKinds)[number];

/** A column of an input, or a global parameter. */
export interface FormField {
  readonly name: string;
  readonly kind: FieldKind;
  /** What the description says of it, in a few words; empty where it says nothing. */
  readonly help: string;
  /** Whether it may be null, and whether it may be left out. */
  readonly nullable: boolean;
  readonly optional: boolean;
  /** True where the person has typed in the column, and may take it away again. */
  readonly own?: boolean;
  /** What a `choice` chooses from, JSON texts. */
  readonly choices: readonly string[];
  readonly least?: DescribedBound;
  readonly greatest?: DescribedBound;
}

/**
 * What stands in a field. `text` is the text itself for texts and dates, and JSON for all other kinds, in the digits that were typed.
 * `kept` is a secret parameter that is in the secret store: its value is not on the page.
 */
export type FormCell =
  | { readonly state: 'value'; readonly text: string }
  | { readonly state: 'null' | 'absent' | 'kept' };

/** The rows of one input. */
export interface FormInput {
  readonly name: string;
  readonly fields: readonly FormField[];
  readonly rows: readonly (readonly FormCell[])[];
  /** True where the columns are the person's own, who may add others and take some away. */
  readonly open: boolean;
}

/** The whole form. */
export interface FormContent {
  /** Which of the protocol's shapes the request has. */
  readonly shape: string;
  readonly inputs: readonly FormInput[];
  /** Undefined where the request has no such member. */
  readonly parameters?: { readonly fields: readonly FormField[]; readonly cells: readonly FormCell[] };
}

/** Where a field is: an input by its number, -1 for the global parameters; row and column count from 0. */
export interface FormPlace {
  readonly input: number;
  readonly row: number;
  readonly column: number;
}

/** What is wrong with a field. `sentence` names row and column, `brief` stands at the field itself. */
export interface FormProblem extends FormPlace {
  readonly sentence: string;
  readonly brief: string;
}

/** The place of the global parameters. */
export const parametersAt = -1;

/** So many rows an input of a form has at most: what is more is for a file. */
export const mostFormRows = 50;

/** So many values a form has at most, rows times columns of all inputs: each is a field of its own. */
export const mostFormCells = 1_000;
