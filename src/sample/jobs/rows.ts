// Chooses the reader for a kind of table.

import { ArffReader } from './arff';
import { DelimitedReader } from './delimited';
import type { InputFormat } from './request';
import type { RowReader } from './rowReader';

/** A reader for this kind of table. */
export function rowReader(format: InputFormat): RowReader {
  switch (format) {
    case 'csv':
      return new DelimitedReader(',');
    case 'tsv':
      return new DelimitedReader('\t');
    case 'arff':
      return new ArffReader();
    default:
      return format satisfies never;
  }
}
