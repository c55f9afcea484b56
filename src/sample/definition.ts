// What the sample serves, as data: its ids, its ports and how it hashes.

import type { Hashing } from './hashing';

/** Everything that makes the sample service what it is. */
export interface Definition {
  /** 32 hexadecimal digits. */
  readonly workspace: string;
  /** 32 hexadecimal digits. */
  readonly service: string;
  readonly name: string;
  readonly description: string;
  /** The one input port, with its one column of type String, and a text to show as an example. */
  readonly input: { readonly name: string; readonly column: string; readonly example: string };
  readonly output: { readonly name: string };
  readonly hashing: Hashing;
}

/** The sample experiment: `Col2` hashed to 3 bits with words and pairs of words. */
export const sampleDefinition: Definition = {
  workspace: 'a507428ca161295fac5c0a1e05681174',
  service: 'cc5624dde639e98004d92ca12a8fb962',
  name: 'SimpleFeatureHashingExperiment',
  description: 'Turns a text into columns of counts by feature hashing.',
  input: { name: 'input1', column: 'Col2', example: 'This is a good day' },
  output: { name: 'output1' },
  hashing: { bits: 3, ngrams: 2 },
};

/** The names of the output's columns, in order. Each is of type Int32. */
export function outputColumns(definition: Definition): string[] {
  return Array.from({ length: 2 ** definition.hashing.bits }, (_, index) => `${definition.input.column} - Hashing feature ${index + 1}`);
}
