// Opens tables on a real thread, and says what they ought to show by doing it the plain way.

import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import type { OpenTable } from '../../../src/model/openTable';
import type { Cell } from '../../../src/model/table';
import type { CellView, ColumnKind, Filter, TableQuery } from '../../../src/model/view';
import { RowReader } from '../../../src/tables/rows';

/** Builds the thread's program as it ships, into a folder of a test's own, and returns its path. */
export async function buildWorker(folder: string): Promise<string> {
  const { builds }: { builds: BuildOptions[] } = createRequire(import.meta.url)('../../../esbuild.js');
  const own = builds.filter(({ entryPoints = {}, outfile }) => /\/(?:errors|ranks)\.js$/.test(outfile ?? '') ||
    ['papaparse', 'tableWorker'].some((name) => name in entryPoints));
  await Promise.all(own.map((options) => {
    const { outfile } = options;
    const place = outfile === undefined ? { outdir: folder } : { outfile: join(folder, basename(outfile)) };
    return build({ ...options, ...place, sourcemap: false, metafile: false });
  }));
  return join(folder, 'tableWorker.js');
}

/** A signal that nobody raises. */
export const never = new AbortController().signal;

/** Waits until something is so of a table. */
export async function until(table: OpenTable, holds: () => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      listening.dispose();
      resolve();
    };
    const listening = table.onDidChange(look);
    look();
  });
}

/** Waits until a file was read to its end, or could not be. */
export async function read(table: OpenTable): Promise<void> {
  await until(table, () => table.status.reading === undefined || table.status.reading.state === 'failed');
}

/** All rows of a table in its order, with all cells. */
export async function all(table: OpenTable): Promise<{ numbers: number[]; cells: (readonly CellView[])[] }> {
  const rows = await table.rows(0, 1_000_000, 0, 1000);
  return { numbers: rows.map(({ number }) => number), cells: rows.map(({ cells }) => cells) };
}

/** What a file holds, read at once. */
export function readPlainly(bytes: Buffer, format: 'csv' | 'tsv'): { columns: string[]; rows: string[][]; problems: readonly string[] } {
  const body = bytes.subarray(0, 3).equals(Buffer.from('\ufeff')) ? bytes.subarray(3) : bytes;
  const reader = new RowReader(format, format === 'csv' ? 'any' : undefined);
  const decode = (cell: string): string => Buffer.from(cell, 'latin1').toString('utf8');
  const rows = [...reader.push(body.toString('latin1')), ...reader.end()];
  return { columns: (reader.columns ?? []).map(decode), rows: rows.map((row) => row.map(decode)), problems: reader.problems };
}

const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

const isNumber = (cell: Cell): boolean => typeof cell === 'string' && number.test(cell) && Number.isFinite(Number(cell));

/** The numbers of the rows that a query shows, in its order, found by trying and sorting each. */
export function arrangePlainly(rows: readonly (readonly Cell[])[], kinds: readonly ColumnKind[], { filters, search, sort }: TableQuery): number[] {
  const holds = (cell: Cell, text: string): boolean => (cell ?? '').toLowerCase().includes(text.toLowerCase()) && typeof cell === 'string';
  const passes = (cell: Cell, filter: Filter): boolean => {
    if (filter.kind === 'contains') return holds(cell, filter.text);
    if (filter.kind === 'is') return cell === filter.text;
    if (filter.kind === 'empty') return ((cell ?? '') === '') === filter.empty;
    return isNumber(cell) && Number(cell) >= (filter.least ?? -Infinity) && Number(cell) <= (filter.most ?? Infinity);
  };
  const found = rows.map((_, row) => row).filter((row) => filters.every((filter) => passes(rows[row]?.[filter.column], filter))
    && (search === undefined || search === '' || (rows[row] ?? []).some((cell) => holds(cell, search))));
  if (sort === undefined) return found;
  const { column, descending } = sort;
  const part = (cell: Cell): number => ((cell ?? '') === '' ? 2 : kinds[column] === 'number' && isNumber(cell) ? 0 : 1);
  const collator = new Intl.Collator('en');
  return found.sort((one, other) => {
    const left = rows[one]?.[column];
    const right = rows[other]?.[column];
    if (part(left) !== part(right)) return part(left) - part(right);
    const turn = descending ? -1 : 1;
    if (part(left) === 2) return 0;
    if (part(left) === 1) return turn * collator.compare(left ?? '', right ?? '');
    if (Number(left) !== Number(right)) return turn * (Number(left) - Number(right));
    if (!/^\s*[+-]?\d+\s*$/.test(left ?? '') || !/^\s*[+-]?\d+\s*$/.test(right ?? '')) return 0;
    const exact = BigInt(left?.trim().replace('+', '') ?? 0) - BigInt(right?.trim().replace('+', '') ?? 0);
    return turn * (exact < 0n ? -1 : exact > 0n ? 1 : 0);
  });
}

/** A cell as a page is given it. */
export function shown(cell: Cell): CellView {
  return cell === undefined ? { missing: true } : cell;
}
