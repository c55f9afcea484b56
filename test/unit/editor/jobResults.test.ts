// Results that are read piece by piece: no row is lost or doubled wherever the file is cut, and nothing is read that nobody asked for.

import { describe, expect, it } from 'vitest';
import { ResultReader, rowsAtOnce, type OpenedText } from '../../../src/editor/jobs/results';
import { OpenResults } from '../../../src/editor/panel/openResults';
import { Cancelled, StorageFailed } from '../../../src/model/errors';
import type { Job } from '../../../src/model/job';

const signal = new AbortController().signal;

/** A file in memory that is handed out in pieces of `step` bytes, as the client does: decoded across pieces, without a byte order mark. */
class FakeFile {
  readonly opened: number[] = [];
  closed = 0;
  handedOut = 0;
  etag: string | undefined = '"1"';
  failAt = Infinity;

  constructor(public bytes: Uint8Array, private readonly step: number) {}

  readonly open = async (from: number): Promise<OpenedText> => {
    this.opened.push(from);
    return Promise.resolve({ stream: this.stream(from), totalBytes: this.bytes.byteLength, etag: this.etag });
  };

  private async *stream(from: number): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: from > 0 });
    try {
      for (let at = from; at < this.bytes.byteLength; at += this.step) {
        if (at >= this.failAt) throw new StorageFailed({ sentence: 'Cut.' });
        const piece = this.bytes.subarray(at, at + this.step);
        this.handedOut += piece.byteLength;
        yield decoder.decode(piece, { stream: true });
        await Promise.resolve();
      }
      yield decoder.decode();
    } finally {
      this.closed++;
    }
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const fileOf = (text: string, step = 7): FakeFile => new FakeFile(encode(text), step);
const readerOf = (file: FakeFile): ResultReader => new ResultReader(file.open, 'csv');

async function readAll(reader: ResultReader, rows: number): Promise<number> {
  let calls = 0;
  while (reader.more && calls < 10_000) {
    await reader.readOn(signal, rows);
    calls++;
  }
  return calls;
}

const odd = 'näme,"a ""b""",日本\r\n1,"two\r\nlines",🙂\r\n2,,é\r\n3,"x,y","🙂🙂"\r\n4,last,ü';
const oddRows = [['1', 'two\r\nlines', '🙂'], ['2', '', 'é'], ['3', 'x,y', '🙂🙂'], ['4', 'last', 'ü']];

describe('reading', () => {
  it.each([1, 2, 3, 4, 5, 7, 11, 64])('in pieces of %d bytes, a row at a time, gives every row once', async (step) => {
    const file = fileOf(odd, step);
    const reader = readerOf(file);
    await readAll(reader, 1);
    expect(reader.table.columns).toEqual([{ name: 'näme' }, { name: 'a "b"' }, { name: '日本' }]);
    expect(reader.table.rows).toEqual(oddRows);
    expect(reader.table.totalRows).toBe(4);
    expect(reader.readBytes).toBe(encode(odd).byteLength);
    expect(reader.ended).toBe(true);
  });

  it('goes on where text was cut between the halves of a character', async () => {
    const text = 'a\n🙂🙂\n🙂\n🙂x\n';
    for (let cut = 1; cut < text.length; cut++) {
      const units = async (from: number): Promise<OpenedText> => {
        const whole = new TextDecoder().decode(encode(text).subarray(from));
        const pieces = from === 0 ? [text.slice(0, cut), text.slice(cut)] : [...Array(whole.length).keys()].map((at) => whole.charAt(at));
        return Promise.resolve({ stream: (async function* () { for (const piece of pieces) yield await Promise.resolve(piece); })() });
      };
      const reader = new ResultReader(units, 'csv');
      await readAll(reader, 1);
      expect(reader.table.rows).toEqual([['🙂🙂'], ['🙂'], ['🙂x']]);
      expect(reader.readBytes).toBe(encode(text).byteLength);
    }
  });

  it('stops early, closes the stream, and goes on later from that place', async () => {
    const rows = Array.from({ length: 2000 }, (_, row) => `${row},${row * row},é`);
    const file = fileOf(`a,b,c\n${rows.join('\n')}\n`, 1000);
    const reader = readerOf(file);
    await reader.readOn(signal, 100);
    expect(reader.table.totalRows).toBeGreaterThanOrEqual(100);
    expect(reader.table.totalRows).toBeLessThan(250);
    expect([reader.more, reader.ended, file.closed, reader.totalBytes]).toEqual([true, false, 1, file.bytes.byteLength]);
    expect(file.handedOut).toBeLessThan(4000);
    const before = reader.readBytes;
    await reader.readOn(signal, 100);
    expect(file.opened[1]).toBeGreaterThan(before - 600);
    await readAll(reader, 300);
    expect(reader.table.rows.map((row) => row.join(','))).toEqual(rows);
    expect(file.handedOut).toBeLessThan(file.bytes.byteLength * 1.5);
  });

  it('knows its place after a byte order mark, also where the rows are all alike', async () => {
    for (const row of ['1\r\n', '10\n', 'row,of,cells\n', '7\n']) {
      const file = new FakeFile(Uint8Array.of(0xef, 0xbb, 0xbf, ...encode(`x\n${row.repeat(3000)}`)), 500);
      const reader = readerOf(file);
      await readAll(reader, 700);
      expect(reader.table.rows.length).toBe(3000);
      expect(reader.table.columns[0]).toEqual({ name: 'x' });
    }
  });

  it('finds its place after a byte order mark without reading all of it again', async () => {
    const file = new FakeFile(Uint8Array.of(0xef, 0xbb, 0xbf, ...encode(`x\n${Array.from({ length: 3000 }, (_, row) => `${row}\n`).join('')}`)), 500);
    const reader = readerOf(file);
    await readAll(reader, 700);
    expect(reader.table.totalRows).toBe(3000);
    expect(file.opened.filter((from) => from === 0).length).toBe(1);
  });

  it('goes on past bytes that are no text', async () => {
    const rows = Array.from({ length: 500 }, (_, row) => encode(`${row},x\n`));
    const bytes = Buffer.concat([encode('a,b\n'), Uint8Array.of(0xff, 0xfe, 0x2c, 0x0a), ...rows]);
    const reader = readerOf(new FakeFile(bytes, 50));
    await readAll(reader, 100);
    expect(reader.table.rows.slice(1).map(([first]) => first)).toEqual(rows.map((_, row) => String(row)));
  });

  it('is not led astray by rows that are as long as the bytes that are no text are off', async () => {
    const bytes = Buffer.concat([encode('x'), Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff), encode(`\n${'012345678\n'.repeat(3000)}`)]);
    const reader = readerOf(new FakeFile(bytes, 500));
    await readAll(reader, 700);
    expect(reader.table.totalRows).toBe(3000);
  });

  it('ends when it is cancelled, and the stream is closed', async () => {
    const file = fileOf(`a\n${'1\n'.repeat(5000)}`, 100);
    const controller = new AbortController();
    const reader = readerOf(file);
    const reading = reader.readOn(controller.signal);
    controller.abort();
    await expect(reading).rejects.toThrow(Cancelled);
    expect([file.closed, reader.more]).toEqual([1, true]);
    expect(file.handedOut).toBeLessThan(1000);
  });

  it('of a file without rows, and of an empty one, ends', async () => {
    for (const text of ['', 'a,b\n', 'a,b']) {
      const reader = readerOf(fileOf(text));
      await reader.readOn(signal);
      expect([reader.table.totalRows, reader.more, reader.ended]).toEqual([0, false, true]);
    }
  });

  it('tells of rows of other lengths', async () => {
    const reader = readerOf(fileOf('a,b\n1\n1,2\n1,2,3\n'));
    await reader.readOn(signal);
    expect(reader.table.rows).toEqual([['1'], ['1', '2'], ['1', '2', '3']]);
    expect(reader.table.notes.length).toBe(2);
  });
});

describe('a file that is not as it was', () => {
  const long = `a,b\n${Array.from({ length: 400 }, (_, row) => `${row},x\n`).join('')}`;
  const changes: readonly (readonly [string, (file: FakeFile) => void])[] = [
    ['another tag', (file) => { file.etag = '"2"'; }],
    ['another size', (file) => { file.bytes = encode(`${long}more`); }],
    ['less than was read, and no tag', (file) => { file.etag = undefined; file.bytes = encode('a,b\n'); }],
    ['the same size and other text', (file) => { file.etag = undefined; file.bytes = encode(long.replaceAll('x', 'y')); }],
  ];
  it.each(changes)('%s: is said, and the rows are kept', async (_name, change) => {
    const file = fileOf(long, 100);
    const reader = readerOf(file);
    await reader.readOn(signal, 50);
    const { rows } = reader.table;
    const before = [...rows];
    change(file);
    await expect(reader.readOn(signal, 50)).rejects.toThrow('The file has changed since its first rows were read.');
    expect(reader.table.rows).toEqual(before);
    expect(reader.more).toBe(true);
    expect(file.closed).toBe(file.opened.length);
  });

  it('reading that was cut goes on at the next try', async () => {
    const file = fileOf(long, 100);
    const reader = readerOf(file);
    file.failAt = 1000;
    await expect(reader.readOn(signal)).rejects.toThrow('Cut.');
    const some = reader.table.totalRows;
    expect(some).toBeGreaterThan(50);
    file.failAt = Infinity;
    await reader.readOn(signal);
    expect(reader.table.rows.map(([first]) => first)).toEqual(Array.from({ length: 400 }, (_, row) => String(row)));
  });
});

describe('limits', () => {
  it('so many cells are held, then the person is told to save the file', async () => {
    const row = `${Array.from({ length: 500 }, () => '1').join(',')}\n`;
    const reader = readerOf(fileOf(row.repeat(2500), 1 << 20));
    await readAll(reader, rowsAtOnce);
    expect(reader.table.totalRows).toBeGreaterThanOrEqual(2000);
    expect(reader.table.totalRows).toBeLessThan(2499);
    expect([reader.more, reader.ended, reader.table.notes.at(-1)]).toEqual([false, false, 'The file is too large to be shown whole: these are its first rows. Save it to have them all.']);
  });

  it('a quote that is never closed does not read the file for ever', async () => {
    const file = fileOf(`a,b\n1,"${'x'.repeat(12 * 1024 * 1024)}`, 1 << 20);
    const reader = readerOf(file);
    await readAll(reader, rowsAtOnce);
    expect(reader.table.notes.join(' ')).toContain('perhaps a quote is not closed');
    expect(file.handedOut).toBeLessThan(10 * 1024 * 1024);
  }, 60_000);
});

describe('the results of the job that is shown', () => {
  const job = { status: { status: 'finished', text: 'Finished', results: ['o.csv', 'm.ilearner', 'p.png'].map((file, at) => ({ name: `o${at}`, base: 'b', location: `/c/${file}` })) } };
  const given: Job = { key: 'k', service: { name: 'S', address: 'a' }, title: 't', createdAt: 0, inputs: [], outputs: [], parameters: [], startsItself: true, connectionStrings: false, step: 'ended', stepAt: 0, history: [], status: { ...job.status, status: 'finished' } };

  function results(open: () => Promise<ResultReader>): { readonly shown: OpenResults; readonly kinds: string[] } {
    const kinds: string[] = [];
    const shown: OpenResults = new OpenResults({ open, describe: (error) => ({ sentence: String(error) }), changed: (index) => kinds.push(shown.view(index).kind) });
    return { shown, kinds };
  }

  it('are read when somebody looks, and read on', async () => {
    const file = fileOf(`a\n${'1\n'.repeat(25_000)}`, 4096);
    const { shown, kinds } = results(() => Promise.resolve(readerOf(file)));
    expect(shown.view(0)).toEqual({ kind: 'closed' });
    await shown.read(given, 0);
    expect(kinds).toEqual(['reading', 'table']);
    expect(shown.view(0)).toMatchObject({ more: true, busy: false, totalBytes: 50_002, table: { name: 'o0' } });
    expect(shown.isWhole(0)).toBe(false);
    await shown.read(given, 0);
    expect(file.opened.length).toBe(1);
    await Promise.all([shown.readOn(0), shown.readOn(0)]);
    await shown.readOn(0);
    expect(shown.table(0)?.totalRows).toBe(25_000);
    expect([shown.isWhole(0), shown.view(0)]).toMatchObject([true, { more: false, readBytes: 50_002 }]);
  });

  it('that are no tables are files', async () => {
    const { shown } = results(() => Promise.reject(new Error('is not opened')));
    await shown.read(given, 1);
    await shown.read(given, 2);
    await shown.read(given, 9);
    expect([shown.view(1), shown.view(2), shown.view(9)]).toEqual([{ kind: 'file', note: 'This is a trained model, not a table.' }, { kind: 'file', note: 'Files of this kind are not shown as tables.' }, { kind: 'closed' }]);
  });

  it('that fail say so and can be tried again; a person who gives up is told nothing', async () => {
    const outcomes: (() => Promise<ResultReader>)[] = [() => Promise.reject(new Error('no')), () => Promise.reject(new Cancelled()), () => Promise.resolve(readerOf(fileOf('a\n1\n')))];
    const { shown, kinds } = results(() => (outcomes.shift() ?? (() => Promise.reject(new Error('none left'))))());
    for (let times = 0; times < 3; times++) await shown.read(given, 0);
    expect(kinds).toEqual(['reading', 'failed', 'reading', 'closed', 'reading', 'table']);
  });

  it('whose reading on fails keep their rows and are read anew on demand', async () => {
    const file = fileOf(`a\n${Array.from({ length: 15_000 }, (_, row) => `${row}\n`).join('')}`, 1024);
    const { shown } = results(() => Promise.resolve(readerOf(file)));
    await shown.read(given, 0);
    const before = shown.table(0)?.totalRows;
    file.etag = '"2"';
    await shown.readOn(0);
    expect(shown.view(0)).toMatchObject({ kind: 'table', busy: false, problem: { sentence: expect.stringContaining('has changed') }, table: { totalRows: before } });
    await shown.read(given, 0);
    expect(shown.view(0)).not.toHaveProperty('problem');
  });

  it('of a job that is left come to nobody', async () => {
    let give: (reader: ResultReader) => void = () => undefined;
    const { shown, kinds } = results(() => new Promise((done) => { give = done; }));
    const reading = shown.read(given, 0);
    shown.clear();
    give(readerOf(fileOf('a\n1\n')));
    await reading;
    expect([kinds, shown.open]).toEqual([['reading'], []]);
  });
});
