// A request as values: what a form of fields is filled with, and what a filled form is written as.

/** How requests of a kind are taken apart into values and put together again. */
export interface RequestValuing {
  /**
   * Reads the text of a request, JSON with or without comments. What it gives is the whole request: `write` makes the same JSON value of
   * it, every number in its digits. A text that is more than values, or more of them than `most` allows, is refused with a sentence.
   */
  read(text: string, most: MostValues): ReadValues;
  /** The member of a request that has its global parameters. */
  readonly parametersMember: string;
  /** Writes a request, strict JSON without blanks. */
  write(values: RequestValues): string;
}

/** How much is read. */
export interface MostValues {
  /** Of one input. */
  readonly rows: number;
  /** Of all inputs together: rows times columns. */
  readonly cells: number;
  /** Of the text, in UTF-16 units. */
  readonly characters: number;
}

/** A request, or why it is none that values can hold. */
export type ReadValues =
  | {
      readonly ok: true;
      readonly values: RequestValues;
      /** True where the text has comments, which are no values. */
      readonly comments: boolean;
    }
  | { readonly ok: false; readonly sentence: string };

/** All values of a request. */
export interface RequestValues {
  /** Which of the protocol's shapes it has. */
  readonly form: string;
  readonly inputs: readonly InputValues[];
  /** Undefined where the request has no such member. */
  readonly parameters?: readonly ParameterValue[];
}

/** The rows of one input: JSON text for each column, undefined where the row leaves it out. */
export interface InputValues {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** A global parameter: its name, and JSON text. */
export interface ParameterValue {
  readonly name: string;
  readonly json: string;
}
