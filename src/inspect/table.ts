// A file -> the table that is shown of it: its columns, how many rows there are and the first of them.

import { basename } from 'node:path';
import { unshared } from '../tables/blockParser';
import { usualSizes } from '../tables/fileIndex';
import { FileRows } from '../tables/fileRows';
import { TableFile } from '../tables/tableFile';
import { TimeSlices } from '../base/timeSlices';
import { TableWork } from '../tables/work';
import { InvalidInput } from '../model/errors';
import type { ViewColumn } from '../model/view';
import { shownFormat } from '../tables/tableFormat';
import { firstRows, rowTexts, type Json } from './report';

const nobody = (): void => undefined;

/** What the viewer makes of a file, in the order of the column `sort` where one is named. Throws InvalidInput and LocalFailure. */
export async function inspectTable(path: string, sort: string | undefined): Promise<Json> {
  const format = shownFormat(basename(path));
  const turns = new TimeSlices(new AbortController().signal);
  const file = new TableFile(path);
  const rows = new FileRows(file, format, usualSizes);
  const bytes = await file.settle();
  await file.read((read) => rows.index.readOn(read, bytes, true, turns, nobody));
  const { columns, rowCount, index } = rows;
  const query = { filters: [], ...(sort === undefined ? {} : { sort: { column: columnCalled(sort, columns), descending: false } }) };
  const order = await new TableWork(rows, unshared).arrange(query, turns, nobody);
  const first: Json[] = [];
  await rows.gather(order.subarray(0, firstRows), (place, cells) => {
    first[place] = rowTexts(cells, columns.length);
  }, turns);
  return {
    format,
    // Whatever the file is written in, this is how it is read.
    encoding: 'utf-8',
    separator: format === 'arff' ? null : index.delimiter,
    columns: columns.map(({ name, kind }) => ({ name, type: kind })),
    rows: rowCount,
    first,
    notes: index.notes,
  };
}

function columnCalled(name: string, columns: readonly ViewColumn[]): number {
  const found = columns.findIndex((column) => column.name === name);
  if (found >= 0) return found;
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  throw new InvalidInput({ sentence: `The table has no column "${name}". Its columns are: ${names}.` });
}
