// What looks wrong about an input file before it is uploaded: what a service would only tell after the job has failed.

import { RowReader } from '../../tables/rows';
import { formatOf } from '../../tables/tableFormat';

/** Remarks on an input file, by its name and the beginning of its text, read as UTF-8. `whole` tells that `head` is all of it. */
export function inputWarnings(name: string, head: string, whole: boolean): string[] {
  const format = formatOf(name);
  if (format === undefined)
    return [
      'Services take inputs whose names end in .csv, .tsv or .arff (.ilearner for trained models). This one ends in something else and ' +
      'would be refused.',
    ];
  if (format === 'ilearner') return [];
  const text = head.replace(/^\uFEFF/, '');
  if (text.trim() === '' && whole) return ['The file is empty.'];
  const encoding = encodingFault(text, whole);
  if (encoding !== undefined) return [encoding];
  if (/^\s*(?:\{\s*["}]|\[\s*[[{"\]])/.test(text)) return [`The file looks like JSON, not like ${format.toUpperCase()}.`];
  const reader = new RowReader(format);
  const rows = [...reader.push(text), ...(whole ? reader.end() : [])];
  const columns = reader.columns ?? [];
  const warnings = format === 'arff' ? arffFaults(text) : headerFaults(format, columns);
  if (whole && columns.length > 0 && rows.length === 0) warnings.push('The file has no rows below its header.');
  return [...warnings, ...reader.problems];
}

function encodingFault(text: string, whole: boolean): string | undefined {
  if (text.startsWith('PK\u0003\u0004')) return 'The file is a workbook or another packed file, not text. Save it as CSV.';
  // UTF-16 read as UTF-8: the mark becomes two replacement characters, and every other byte of plain letters is 0.
  if (/^\uFFFD\uFFFD/.test(text) || /^.\0.\0/s.test(text) || /^\0.\0./s.test(text))
    return 'The file is written in UTF-16. Services read UTF-8: save it with that encoding.';
  const nul = text.indexOf('\0');
  if (nul >= 0) return `Line ${lineAt(text, nul)} holds bytes that are no text (NUL). Services read UTF-8 text.`;
  const odd = text.indexOf('\uFFFD');
  // The last character may only have been cut.
  if (odd >= 0 && (whole || odd < text.length - 1))
    return `Line ${lineAt(text, odd)} is not written in UTF-8. Services read UTF-8: save the file with that encoding.`;
  return undefined;
}

function headerFaults(format: 'csv' | 'tsv', columns: readonly string[]): string[] {
  const warnings: string[] = [];
  const [only = ''] = columns;
  if (columns.length === 1) {
    const other = format === 'csv' ? [[';', 'semicolons'], ['\t', 'tabs']] as const : [[',', 'commas'], [';', 'semicolons']] as const;
    const used = other.find(([delimiter]) => only.includes(delimiter));
    if (used)
      return [`The columns seem to be parted by ${used[1]}. In a .${format} file services expect ${format === 'csv' ? 'commas' : 'tabs'}.`];
  }
  const number = columns.find((column) => /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(column.trim()));
  const empty = columns.findIndex((column) => column.trim() === '');
  const seen = new Set<string>();
  const twice = columns.find((column) => seen.size === seen.add(column).size);
  if (number !== undefined)
    warnings.push(
      `The first row has to hold the names of the columns, and one of them is the number ${number.trim()}. Is the header missing?`,
    );
  else if (empty >= 0) warnings.push(`The first row has to hold the names of the columns, and number ${empty + 1} is empty.`);
  if (number === undefined && twice !== undefined && twice.trim() !== '') warnings.push(`Two columns are called "${twice}".`);
  return warnings;
}

function arffFaults(text: string): string[] {
  return /^[^\S\r\n\u2028\u2029]*@(?:relation|attribute)\b/im.test(text)
    ? []
    : ['The file has no line that begins with @relation or @attribute, as ARFF has.'];
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
