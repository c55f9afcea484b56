// What kind of file a name tells of: those that the contract takes for inputs and outputs of batch jobs.

import { InvalidInput } from '../model/errors';

/** A table in one of three spellings, or a trained model. */
export type BlobFormat = 'csv' | 'tsv' | 'arff' | 'ilearner';

const formats: readonly BlobFormat[] = ['csv', 'tsv', 'arff', 'ilearner'];

/** The format that the extension of a name, a path or an address tells, case ignored; undefined for any other. */
export function formatOf(name: string): BlobFormat | undefined {
  const extension = /\.(\w+)\s*$/.exec(name)?.[1]?.toLowerCase();
  return formats.find((format) => format === extension);
}

/** The format of a file that is shown as a table, by its name. Throws InvalidInput for a name that tells of none. */
export function shownFormat(name: string): Exclude<BlobFormat, 'ilearner'> {
  const format = formatOf(name);
  if (format === undefined || format === 'ilearner')
    throw new InvalidInput({ sentence: `"${name}" is not opened as a table.`, advice: 'Files that end in .csv, .tsv or .arff are.' });
  return format;
}
