// ARFF -> records, read as the text comes: attributes name the columns, rows follow behind @data.

import type { Records } from './records';

/** Reads dense ARFF. Names and values may stand in quotes of either kind, `?` is an empty cell, `%` begins a comment line. */
export class ArffRecords {
  consumed = 0;
  readonly problems: string[] = [];
  private rest = '';
  private line = 0;
  private readonly names: string[] = [];
  private inData = false;

  push(text: string): Records {
    if (!/[\r\n]/.test(text)) {
      this.rest += text;
      return { rows: [], lines: [] };
    }
    const whole = this.rest + text;
    // A CR at the end may be half of a CRLF.
    const end =
      Math.max(whole.lastIndexOf('\n'), whole.endsWith('\r') ? whole.lastIndexOf('\r', whole.length - 2) : whole.lastIndexOf('\r')) + 1;
    this.rest = whole.slice(end);
    return this.read(whole.slice(0, end));
  }

  end(): Records {
    const records = this.rest === '' ? { rows: [], lines: [] } : this.read(`${this.rest}\n`);
    this.consumed -= this.rest === '' ? 0 : 1;
    this.rest = '';
    if (!this.inData) this.note('The file has no line @data, so it has no rows.');
    return records;
  }

  private read(text: string): Records {
    const rows: string[][] = [];
    const lines: number[] = [];
    this.consumed += text.length;
    for (const line of text.split(/\r\n|\r|\n/).slice(0, -1)) {
      this.line++;
      const row = this.readLine(line.replace(/^\uFEFF/, '').trim());
      if (row === undefined) continue;
      rows.push(row);
      lines.push(this.line);
    }
    return { rows, lines };
  }

  private readLine(line: string): string[] | undefined {
    if (line === '' || line.startsWith('%')) return undefined;
    if (this.inData) return this.readValues(line);
    const word = /^@(\w+)/.exec(line)?.[1]?.toLowerCase();
    if (word === 'data') {
      this.inData = true;
      return this.names;
    }
    if (word === 'attribute') {
      const [, single, double, bare] = /^@\w+\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s{]+))/.exec(line) ?? [];
      this.names.push(unescaped(single ?? double ?? bare ?? ''));
      if ((single ?? double ?? bare) === undefined) this.note(`Line ${this.line} has an attribute without a name.`);
    } else if (word !== 'relation') this.note(`Line ${this.line} is neither a comment nor @relation, @attribute or @data.`);
    return undefined;
  }

  private readValues(line: string): string[] {
    if (line.startsWith('{')) {
      this.note(`Line ${this.line} is written in the sparse form, which is shown as it stands.`);
      return [line];
    }
    const values: string[] = [];
    const value = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,'"][^,]*|))\s*(,|$)/y;
    for (;;) {
      const from = value.lastIndex;
      const [, single, double, bare, end] = value.exec(line) ?? [];
      if (end === undefined) {
        this.note(`Line ${this.line} has a quote that is never closed, or text after a closing quote.`);
        return [...values, line.slice(from).trim()];
      }
      const plain = bare?.trim();
      values.push(plain === undefined ? unescaped(single ?? double ?? '') : plain === '?' ? '' : plain);
      if (end === '') return values;
    }
  }

  private note(problem: string): void {
    if (this.problems.length < 3) this.problems.push(problem);
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
