// What kind of file a name tells of: those that the contract takes for inputs and outputs of batch jobs.

/** A table in one of three spellings, or a trained model. */
export type BlobFormat = 'csv' | 'tsv' | 'arff' | 'ilearner';

const formats: readonly BlobFormat[] = ['csv', 'tsv', 'arff', 'ilearner'];

/** The format that the extension of a name, a path or an address tells, case ignored; undefined for any other. */
export function formatOf(name: string): BlobFormat | undefined {
  const extension = /\.(\w+)\s*$/.exec(name)?.[1]?.toLowerCase();
  return formats.find((format) => format === extension);
}
