// Reads ARFF: attributes name the columns, the rows follow behind @data.

import { JobFault } from './jobFault';
import { longestRow, rowName, type RowReader } from './rowReader';

/**
 * A simple reader of dense ARFF: names and values may stand in quotes of either kind, `?` is a missing value, `%` begins a comment line.
 */
export class ArffReader implements RowReader {
  private rest = '';
  private readonly names: string[] = [];
  private inData = false;
  /** How many rows of data were read. */
  private count = 0;

  push(text: string): string[][] {
    const lines = (this.rest + text).split(/\r?\n/);
    this.rest = lines.pop() ?? '';
    if (this.rest.length > longestRow)
      throw new JobFault('Reader', 'RowTooLong', undefined, `${rowName(this.count + 1)} is longer than ${longestRow} characters.`);
    return lines.flatMap((line) => this.readLine(line.trim()));
  }

  end(): string[][] {
    const rows = this.readLine(this.rest.trim());
    this.rest = '';
    if (!this.inData) throw new JobFault('Reader', 'NoData', undefined, 'The ARFF file has no line @data, so there are no rows.');
    return rows;
  }

  private readLine(line: string): string[][] {
    if (line === '' || line.startsWith('%')) return [];
    if (this.inData) {
      this.count++;
      return [this.readValues(line)];
    }
    const [, word = ''] = /^@(\w+)/.exec(line) ?? [];
    switch (word.toLowerCase()) {
      case 'relation':
        return [];
      case 'attribute': {
        const [, single, double, bare] = /^@\w+\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s{]+))/.exec(line) ?? [];
        const name = single ?? double ?? bare;
        if (name === undefined)
          throw new JobFault('Reader', 'NotArff', undefined, `Attribute ${this.names.length + 1} of the ARFF file has no name.`);
        this.names.push(unescaped(name));
        return [];
      }
      case 'data':
        this.inData = true;
        return [this.names];
      default:
        throw new JobFault(
          'Reader',
          'NotArff',
          undefined,
          'The file is not ARFF: a line in front of @data is neither a comment nor @relation nor @attribute.',
        );
    }
  }

  private readValues(line: string): string[] {
    const values: string[] = [];
    const value = /\s*(?:'((?:[^'\\]|\\.)*)'\s*|"((?:[^"\\]|\\.)*)"\s*|([^\s,'"][^,'"]*|))(,|$)/y;
    for (;;) {
      const [, single, double, bare, end] = value.exec(line) ?? [];
      if (end === undefined)
        throw new JobFault(
          'Reader',
          'NotArff',
          undefined,
          `Row ${this.count} of the ARFF file has a quote where none can be, or one that is never closed.`,
        );
      const plain = bare?.trim();
      values.push(plain === undefined ? unescaped(single ?? double ?? '') : plain === '?' ? '' : plain);
      if (end === '') return values;
    }
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
