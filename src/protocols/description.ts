// What a service tells of itself, as far as it was understood, and what a protocol does with it: fetch, read, write a request from it.

import type { ErrorParts } from '../model/errors';
import type { Transport } from '../model/wire';
import type { ServiceCall } from './call';

/** What services of a kind tell of themselves. What it needs is loaded by the first call. */
export interface Describing {
  /** Asks a service for its description. What goes wrong is told in the outcome. Throws Cancelled when `signal` is raised. */
  fetch(call: ServiceCall, transport: Transport, signal: AbortSignal): Promise<DescribeOutcome>;
  /** Reads a description, however odd: what is not understood is told in it. */
  read(json: string): Promise<ServiceDescription>;
  /** The shapes that a request may have, in the words of the display language. */
  forms(): readonly RequestShape[];
  /**
   * Writes a request in one of these shapes, with all inputs, columns and parameters of the description, or the shape alone where there is
   * none. JSON with comments; `remarks` are sentences that stand above it.
   */
  newRequest(form: string, description: ServiceDescription | undefined, remarks: readonly string[]): Promise<string>;
  /** The beginning of a request that was sent, as a new one; `remarks` gets what was left out. Undefined where it is none. */
  fromLast(json: string, remarks: readonly string[]): Promise<string | undefined>;
}

/** A shape that a request may have. */
export interface RequestShape {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
}

/** What came of asking for a description: `none` where there is nothing to be asked, or nothing there. Nothing in it is secret. */
export type DescribeOutcome =
  | { readonly kind: 'described'; readonly json: string }
  | { readonly kind: 'none' | 'failed'; readonly problem: ErrorParts };

/** A description that was read. All texts of it come from outside. */
export interface ServiceDescription {
  /** What it is written as, such as `Swagger 2.0`; undefined where that is not known. */
  readonly format?: string;
  readonly title?: string;
  readonly about?: string;
  /** Where it says that the service is. For people: nothing is ever sent there. */
  readonly address?: string;
  readonly operations: readonly DescribedOperation[];
  /** `inputs` are those of the protocol's requests; `other` where the request has another shape than those. */
  readonly request: 'inputs' | 'other' | 'unknown';
  readonly inputs: readonly DescribedPort[];
  readonly parameters: readonly DescribedColumn[];
  readonly outputs: readonly DescribedPort[];
  /** The description's example of a request of another shape, JSON text. */
  readonly example?: string;
  readonly notUnderstood: readonly NotUnderstood[];
  /** How many more there are. */
  readonly moreNotUnderstood: number;
}

/** A place in a description that was passed over, or taken for something that it may not be. */
export interface NotUnderstood {
  /** `$.definitions.input1Item.properties["My column"]` */
  readonly path: string;
  /** A sentence. */
  readonly what: string;
}

/** An operation. `path` is the part in front of the query. */
export interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  /** Names and values of what stands in the path's query, as they are written there, decoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly id?: string;
  readonly summary?: string;
  /** Whether it asks for a key. */
  readonly secured: boolean;
}

/** An input or an output. */
export interface DescribedPort {
  readonly name: string;
  /** `object[]` for rows. */
  readonly type?: string;
  readonly format?: string;
  readonly columns: readonly DescribedColumn[];
  /** Rows of the example: JSON text for each column, undefined where the row has none. */
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** A column or a parameter. `type` and `format` are the description's own words. */
export interface DescribedColumn {
  readonly name: string;
  readonly type?: string;
  readonly format?: string;
  readonly nullable: boolean;
  readonly required: boolean;
  /** The values that it may have, JSON text each; the first hundred. */
  readonly choices: readonly string[];
  readonly moreChoices: number;
  /** The least and the greatest number that it may be. */
  readonly least?: DescribedBound;
  readonly greatest?: DescribedBound;
  /** JSON text. */
  readonly default?: string;
  /** JSON text. */
  readonly example?: string;
  readonly about?: string;
}

/** An end of a range. */
export interface DescribedBound {
  /** A number, JSON text. */
  readonly value: string;
  /** True where the number itself lies outside. */
  readonly exclusive: boolean;
}
