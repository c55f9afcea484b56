// Runs a job: reads the input piece by piece, hashes each row, writes the output, and takes as long as it was told to.

import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { outputColumns, type Definition } from '../definition';
import { hashText } from '../hashing';
import { makeContainer, openBlob, writeBlob, type OpenBlob } from './blobs';
import { csvLine } from './delimited';
import { elapsedMs } from './elapsed';
import { JobFault } from './jobFault';
import type { BlobAccess } from './reference';
import type { InputFormat } from './request';
import { rowReader } from './rows';

/** What is to be run. */
export interface Run {
  readonly input: BlobAccess;
  readonly format: InputFormat;
  readonly output: BlobAccess;
  /** True when the output's container is the service's own and is made where it is missing. */
  readonly ownContainer: boolean;
  /** When it began, in milliseconds since 1970: before now for a run that begins anew. */
  readonly began: number;
  /** The least that it takes from then on, in milliseconds, spread over the rows. */
  readonly runMs: number;
  /** The row to fail at, counted from 1. */
  readonly failAtRow?: number;
}

/** Runs to the end. Rejects with a JobFault, or with the signal's reason when it is raised: then there is no output. */
export async function run(task: Run, definition: Definition, signal: AbortSignal): Promise<void> {
  // What a restart has cut short counts; from here on by a clock that nobody sets.
  const began = performance.now() - elapsedMs(task.began, task.runMs);
  const blob = await openBlob(task.input, signal);
  if (task.ownContainer) await makeContainer(task.output, signal);
  await writeBlob(task.output, scored(blob, task, definition, began, signal), signal);
}

async function* scored(blob: OpenBlob, task: Run, definition: Definition, began: number, signal: AbortSignal): AsyncGenerator<string> {
  const reader = rowReader(task.format);
  const scorer = new Scorer(task, definition);
  const pace = async (done: number): Promise<void> => {
    const leftMs = began + task.runMs * done - performance.now();
    // Timers are not finer than this, and thousands of rows would pay for each.
    if (leftMs > 5) await sleep(leftMs, undefined, { signal });
  };
  let bytes = 0;
  for await (const { text, size } of decoded(blob)) {
    signal.throwIfAborted();
    const rows = reader.push(text);
    let piece = '';
    for (const [index, row] of rows.entries()) {
      piece += scorer.line(row);
      if (task.runMs > 0) await pace((bytes + (size * (index + 1)) / rows.length) / Math.max(1, blob.bytes));
    }
    bytes += size;
    yield piece;
    // Calls that came meanwhile are answered before the next piece is worked on.
    await breathe();
  }
  yield reader.end().map((row) => scorer.line(row)).join('');
  scorer.end();
  await pace(1);
}

async function* decoded({ content }: OpenBlob): AsyncGenerator<{ readonly text: string; readonly size: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of content) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      yield { text: decoder.decode(bytes, { stream: true }), size: bytes.length };
    }
    decoder.decode();
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new JobFault('Reader', 'NotUtf8', undefined, 'The input is not text in UTF-8.');
    }
    throw error;
  }
}

/** Turns one row after another into a line of output. */
class Scorer {
  private width: number | undefined;
  private column = 0;
  private count = 0;

  constructor(private readonly task: Run, private readonly definition: Definition) {}

  line(row: string[]): string {
    return this.width === undefined ? this.head(row) : this.score(row, this.width);
  }

  /** Throws when there was not even a header. */
  end(): void {
    if (this.width === undefined) throw new JobFault('Reader', 'NullOrEmpty', '0003', 'The input is empty: it has not even a header row.');
  }

  private head(names: string[]): string {
    const { column, name } = this.definition.input;
    this.width = names.length;
    this.column = names.indexOf(column);
    if (this.column < 0) {
      throw new JobFault(
        'Feature Hashing',
        'ColumnNotFound',
        '0001',
        `The input '${name}' has no column named '${column}'. The first row must name the columns.`,
      );
    }
    return csvLine([...names, ...outputColumns(this.definition)]);
  }

  private score(row: string[], width: number): string {
    this.count++;
    if (row.length !== width) {
      const words = `All rows must have same number of elements: row ${this.count} has ${row.length}, the header has ${width}`;
      throw new JobFault('Reader', 'AllRowsMustHaveSameElements', undefined, words);
    }
    if (this.count === this.task.failAtRow) {
      throw new JobFault(
        'Feature Hashing',
        'FailureAsked',
        undefined,
        `Row ${this.count} cannot be hashed: the parameter 'Fail at row' asks for a failure here`,
      );
    }
    return csvLine([...row, ...Array.from(hashText(row[this.column] ?? '', this.definition.hashing), String)]);
  }
}
