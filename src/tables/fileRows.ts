// Rows that are in a file: read where they are needed, a block at a time.

import type { GrowingFile } from '../model/openTable';
import type { Cell } from '../model/table';
import type { ViewColumn } from '../model/view';
import type { Slices } from '../base/slices';
import type { Block } from './blockIndex';
import { BlockParser, decoded, textOfBytes } from './blockParser';
import { isAscii } from '../base/ascii';
import { FileIndex, type FileSizes } from './fileIndex';
import type { Pass, RowSource } from './rowSource';
import type { ReadBytes, TableFile } from './tableFile';

/** Blocks that were parsed for a window are kept, up to so many bytes of their source. */
const keptBytes = 4 * 1024 * 1024;

/**
 * Rows that are gathered at once come from about so many bytes of source; more rows than a window has are not worth keeping their blocks.
 */
const gatheredBytes = 16 * 1024 * 1024;
const windowRows = 1000;

/** Places of rows that are gathered are below this, so that row and place fit into one number. */
const mostGathered = 2 ** 18;

/** A row source of a file, as far as `index` has read it. */
export class FileRows implements RowSource {
  readonly index: FileIndex;
  private parser: BlockParser | undefined;
  private readonly kept = new Map<number, string[][]>();
  private keptSize = 0;

  constructor(private readonly file: TableFile, private readonly format: GrowingFile['format'], private readonly sizes: FileSizes) {
    this.index = new FileIndex(format, sizes);
  }

  get columns(): readonly ViewColumn[] {
    return this.index.columns;
  }

  get rowCount(): number {
    return this.index.blocks.rows;
  }

  get rowsAtOnce(): number {
    const { rows, end } = this.index.blocks;
    return Math.max(1, Math.min(mostGathered, Math.floor((gatheredBytes * rows) / Math.max(1, end))));
  }

  async scan(pass: Pass, slices: Slices): Promise<void> {
    await this.file.read(async (read) => {
      const { blocks } = this.index;
      const parser = await this.parserFor(read);
      for (let from = 0; from < blocks.count && blocks.at(from).firstRow < pass.until;) {
        const start = blocks.at(from).start;
        let to = from + 1;
        while (to < blocks.count && blocks.at(to).end - start <= this.sizes.chunkBytes) to++;
        await this.scanBlocks(read, parser, from, to, pass, slices);
        from = to;
        pass.onProgress(Math.min(1, blocks.at(to - 1).endRow / pass.until));
        if (slices.due()) await slices.pass();
      }
    });
  }

  private async scanBlocks(read: ReadBytes, parser: BlockParser, from: number, to: number, pass: Pass, slices: Slices): Promise<void> {
    const { blocks } = this.index;
    const wanted = Array.from({ length: to - from }, (_, at) => from + at);
    const first = blocks.at(from);
    if (pass.wants?.(first.firstRow, blocks.at(to - 1).endRow) === false) return;
    const bytes = await read(first.start, blocks.at(to - 1).end);
    for (const number of wanted) {
      const block = blocks.at(number);
      if (pass.wants?.(block.firstRow, block.endRow) === false) continue;
      const text = textOfBytes(bytes.subarray(block.start - first.start, block.end - first.start), this.format);
      const ascii = isAscii(text);
      // ARFF has escapes, and what is not ASCII may change into it with its case.
      if (pass.sureText !== undefined && ascii && this.format !== 'arff' && !text.toLowerCase().includes(pass.sureText)) continue;
      const rows = this.parse(parser, number, text);
      for (let at = 0; at < rows.length && block.firstRow + at < pass.until; at++) {
        const row = rows[at] ?? [];
        if (!ascii) decodeCells(row, pass.columns);
        pass.visit(block.firstRow + at, row);
      }
      if (slices.due()) await slices.pass();
    }
  }

  async gather(rows: Uint32Array, take: (place: number, cells: readonly Cell[]) => void, slices: Slices): Promise<void> {
    for (let from = 0; from < rows.length; from += mostGathered) {
      await this.gatherPart(rows.subarray(from, from + mostGathered), (place, cells) => take(from + place, cells), slices);
    }
  }

  private async gatherPart(rows: Uint32Array, take: (place: number, cells: readonly Cell[]) => void, slices: Slices): Promise<void> {
    const { blocks } = this.index;
    await this.file.read(async (read) => {
      const sorted = Float64Array.from(rows, (row, place) => row * mostGathered + place).sort();
      for (let at = 0; at < sorted.length;) {
        const number = blocks.of(Math.floor((sorted[at] ?? 0) / mostGathered));
        const block = blocks.at(number);
        const cells = await this.rowsOf(read, number, block, rows.length <= windowRows);
        for (; at < sorted.length; at++) {
          const each = sorted[at] ?? 0;
          const row = Math.floor(each / mostGathered);
          if (row >= block.endRow) break;
          take(each % mostGathered, (cells[row - block.firstRow] ?? []).map(decoded));
        }
        if (slices.due()) await slices.pass();
      }
    });
  }

  private async rowsOf(read: ReadBytes, number: number, block: Block, keep: boolean): Promise<string[][]> {
    const known = this.kept.get(number);
    if (known !== undefined) {
      // To the end of the line: the one that nobody asked for the longest goes first.
      this.kept.delete(number);
      this.kept.set(number, known);
      return known;
    }
    const text = textOfBytes(await read(block.start, block.end), this.format);
    const rows = this.parse(await this.parserFor(read), number, text);
    if (keep) this.keepBlock(number, block, rows);
    return rows;
  }

  private keepBlock(number: number, block: Block, rows: string[][]): void {
    if (this.kept.has(number)) return;
    this.kept.set(number, rows);
    this.keptSize += block.end - block.start;
    for (const oldest of this.kept.keys()) {
      if (this.keptSize <= keptBytes) return;
      const { start, end } = this.index.blocks.at(oldest);
      this.kept.delete(oldest);
      this.keptSize -= end - start;
    }
  }

  private parse(parser: BlockParser, number: number, text: string): string[][] {
    const { endsFile, blocks } = this.index;
    return parser.parse(text, { first: number === 0, endsFile: endsFile && number === blocks.count - 1 });
  }

  private async parserFor(read: ReadBytes): Promise<BlockParser> {
    const { blocks, headCells } = this.index;
    if (this.parser !== undefined) return this.parser;
    // The first block ends as all rows do; where it is the only one, nobody asks.
    const { end } = blocks.at(0);
    const newline = blocks.count === 0 ? '' : (await read(end - 1, end)).toString('latin1');
    const parser = new BlockParser(this.format, headCells, newline, this.index.delimiter);
    if (blocks.count > 0) this.parser = parser;
    return parser;
  }
}

function decodeCells(row: string[], columns: readonly number[] | undefined): void {
  if (columns === undefined) {
    for (let column = 0; column < row.length; column++) row[column] = decoded(row[column] ?? '');
    return;
  }
  for (const column of columns) {
    const cell = row[column];
    if (cell !== undefined) row[column] = decoded(cell);
  }
}
