// What scripts have drawn and said: shown when it is what it says, and refused in words when it is not.

import { describe, expect, it } from 'vitest';
import type { Cell, Table } from '../../../src/model/table';
import { scriptOutputs } from '../../../src/tables/scripts';

function table(names: readonly string[], ...rows: readonly (readonly Cell[])[]): Table {
  return { name: 'output2', columns: names.map((name) => ({ name })), rows, totalRows: rows.length, notes: [] };
}

/** 31 × 17 pixels, as a browser has written them. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAB8AAAARCAYAAAAlpHdJAAAAOElEQVR4AezSwQkAAAhC0Wil9t+gnerkCnr5QXgUHvbOXOq7gkd5BB922K0CDM7KrTLYJWHNKPsDAAD//ylI+98AAAAGSURBVAMABZlEEhTS42oAAAAASUVORK5CYII=';
const jpeg = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAKBueIx4ZKCMgoy0qqC+8P//8Nzc8P//////////////////////////////////////////////////////////2wBDAaq0tPDS8P//////////////////////////////////////////////////////////////////////////////wAARCAARAB8DASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAED/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AkBGgAAAAAD//2Q==';

/** A GIF with a screen and one frame. */
function gif(screen: readonly [number, number], frame: readonly [number, number]): string {
  const side = (pixels: number): number[] => [pixels & 255, pixels >> 8];
  return Buffer.from([...Buffer.from('GIF89a'), ...screen.flatMap(side), 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x21, 0xf9, 4, 1, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, ...frame.flatMap(side), 0, 2, 2, 0x44, 1, 0, 0x3b]).toString('base64');
}

function changed(base64: string, ...changes: readonly (readonly [number, number])[]): string {
  const bytes = Buffer.from(base64, 'base64');
  for (const [at, byte] of changes) bytes[at] = byte;
  return bytes.toString('base64');
}

/** Output of an R module with these plots. */
function plots(...data: readonly unknown[]): Table {
  return table(['R Output JSON'], [JSON.stringify({ 'Graphics Device': data })]);
}

describe('R', () => {
  it('has text and plots in one cell', () => {
    const cell = JSON.stringify({ 'Standard Output': 'RWorker pushed "port1"\n', 'Standard Error': 'R reported no errors.', visualizationType: 'rOutput', 'Graphics Device': [png, jpeg.replace(/(.{76})/g, '$1\r\n')] });
    expect(scriptOutputs(table(['R Output JSON'], [cell]))).toEqual([
      { kind: 'text', title: 'Standard output', text: 'RWorker pushed "port1"\n' }, { kind: 'text', title: 'Standard error', text: 'R reported no errors.' },
      { kind: 'image', title: 'Plot 1 of 2', mime: 'image/png', data: png, width: 31, height: 17 }, { kind: 'image', title: 'Plot 2 of 2', mime: 'image/jpeg', data: jpeg, width: 31, height: 17 },
    ]);
  });

  it('may have nothing to say, or something that cannot be read', () => {
    const one = (cell: Cell): unknown => scriptOutputs(table(['R Output JSON'], [cell]));
    for (const cell of [null, undefined, '{}', '{"Standard Output":"","Standard Error":[],"Graphics Device":null}']) expect(one(cell)).toEqual([]);
    for (const cell of ['', '{"Graphics Device": ["iVB', '[]', '"x"']) expect(one(cell)).toEqual([{ kind: 'refused', title: 'R output', reason: 'It is not the JSON that R modules write.' }]);
    expect(one(`{"Standard Output":"${'x'.repeat(30_000_000)}"}`)).toEqual([{ kind: 'refused', title: 'R output', reason: 'It is longer than 30,000,000 characters.' }]);
    expect(scriptOutputs(table(['a'], [`data:text/plain,${'x'.repeat(30_000_000)}`]))).toEqual([{ kind: 'refused', title: 'Output', reason: 'It is longer than 30,000,000 characters.' }]);
    expect(one('{"Graphics Device":[{}]}')).toEqual([{ kind: 'refused', title: 'Plot 1 of 1', reason: 'It is broken: its data is not text.' }]);
  });
});

describe('Python', () => {
  it('has data URIs', () => {
    expect(scriptOutputs(table(['', ''], ['data:text/plain,Execution OK\r\n', null]))).toEqual([{ kind: 'text', title: 'Standard output', text: 'Execution OK\r\n' }]);
    expect(scriptOutputs(table(['a', 'b'], ['data:text/plain;charset=utf-8;base64,w7w=', `DATA:image/png;base64,${png.replaceAll('=', '%3D')}`]))).toEqual([
      { kind: 'text', title: 'Standard output', text: 'ü' }, { kind: 'image', title: 'Plot 1 of 1', mime: 'image/png', data: png, width: 31, height: 17 },
    ]);
  });

  it('has text with percent signs, which stand for characters where they can', () => {
    expect(scriptOutputs(table(['a'], ['data:text/plain,100% of %C3%BC, 5%ff and %41%0a']))).toMatchObject([{ text: '100% of ü, 5%ff and A\n' }]);
    expect(scriptOutputs(table(['a'], ['data:text/plain;base64,*']))).toEqual([{ kind: 'refused', title: 'Standard output', reason: 'It is broken: its data is not base64.' }]);
  });

  it('is looked for in small tables only, and in cells that are data URIs', () => {
    const cell = `data:image/png;base64,${png}`;
    expect(scriptOutputs(table(['a'], ...Array.from({ length: 50 }, () => [cell])))).toHaveLength(21);
    expect(scriptOutputs(table(['a'], ...Array.from({ length: 51 }, () => [cell])))).toEqual([]);
    expect(scriptOutputs({ ...table(['a'], [cell]), totalRows: 51 })).toEqual([]);
    expect(scriptOutputs(table(['a'], ['data: see below, or ask'], ['data:'], ['database,x'], ['1'], [' data:text/plain,x'], [cell.slice(5)]))).toEqual([]);
  });
});

describe('pictures', () => {
  it('are what their bytes say', () => {
    expect(scriptOutputs(plots(gif([9, 300], [9, 300]), jpeg))).toMatchObject([{ mime: 'image/gif', width: 9, height: 300 }, { mime: 'image/jpeg' }]);
    // A browser draws a first frame that is larger than the screen as a whole.
    expect(scriptOutputs(plots(gif([1, 1], [9, 7])))).toMatchObject([{ width: 9, height: 7 }]);
    // Tables of codes, whose marker is one of those between which the size stands, may come in front of it.
    const bytes = Buffer.from(jpeg, 'base64');
    expect(scriptOutputs(plots(Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, 0xc4, 0, 9, 1, 2, 3, 4, 5, 6, 7, 0xff]), bytes.subarray(2)]).toString('base64')))).toMatchObject([{ mime: 'image/jpeg', width: 31, height: 17 }]);
    expect(scriptOutputs(table(['a'], [`data:image/jpg;base64,${png}`]))).toMatchObject([{ mime: 'image/png' }]);
  });

  const notPicture = 'It is neither PNG nor JPEG nor GIF, or it is broken.';
  it.each<[string, string, string]>([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'), notPicture],
    ['an empty one', ' \n', 'It is empty.'],
    ['one that is not base64', `${png.slice(0, -4)}*===`, 'It is broken: its data is not base64.'],
    ['one that is cut in base64', png.slice(0, -3), 'It is broken: its data is not base64.'],
    ['a PNG that ends in its header', png.slice(0, 40), notPicture],
    ['a PNG whose first piece is another', changed(png, [12, 0x50]), notPicture],
    ['a PNG without pixels', changed(png, [19, 0]), 'It is broken: it says that it has no pixels.'],
    ['a PNG that is a bomb', changed(png, [18, 0x20], [22, 0x20]), 'It is too large to be drawn: 8223 × 8209 pixels.'],
    ['a PNG with an absurd side', changed(png, [16, 0x7f]), 'It is too large to be drawn: 2130706463 × 17 pixels.'],
    ['a PNG with a side that is too long', changed(png, [18, 0x4e], [19, 0x20]), 'It is too large to be drawn: 20000 × 17 pixels.'],
    ['a JPEG without a size', Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xd0, 0xff, 0xe0, 0, 2, 0xff, 0xda, 0, 0, 0, 0, 0, 0, 0, 0, 0]).toString('base64'), notPicture],
    ['a JPEG that goes round in circles', Buffer.from([0xff, 0xd8, ...Array.from({ length: 100 }, () => [0xff, 0xe0, 0, 0]).flat()]).toString('base64'), notPicture],
    ['a GIF without a frame', changed(gif([1, 1], [1, 1]), [27, 0x3b]), notPicture],
    ['a GIF whose frame is a bomb', gif([1, 1], [60_000, 60_000]), 'It is too large to be drawn: 60000 × 60000 pixels.'],
    ['a GIF that breaks off in an extension', gif([1, 1], [1, 1]).slice(0, 28), notPicture],
    ['a GIF that breaks off in a frame', gif([1, 1], [1, 1]).slice(0, 40), notPicture],
    ['more than 5 MB', `${png}${'A'.repeat(5 * 1024 * 1024)}`, 'It is larger than 5 MB.'],
  ])('are refused: %s', (_name, data, reason) => {
    expect(scriptOutputs(plots(data))).toEqual([{ kind: 'refused', title: 'Plot 1 of 1', reason }]);
  });

  it.each([
    ['data:image/svg+xml,<svg/>', 'Plot 1 of 1', 'It is image/svg+xml. Only PNG, JPEG and GIF are shown.'], ['data:IMAGE/webp;base64,AAAA', 'Plot 1 of 1', 'It is image/webp. Only PNG, JPEG and GIF are shown.'],
    [`data:image/png,${png}`, 'Plot 1 of 1', 'It is broken: its data is not base64.'], ['data:text/html,<script>alert(1)</script>', 'Output', 'It is text/html. Only text, PNG, JPEG and GIF are shown.'],
  ])('are refused by their type: %s', (cell, title, reason) => {
    expect(scriptOutputs(table(['a'], [cell]))).toEqual([{ kind: 'refused', title, reason }]);
  });

  it('and texts are named by where they stood, when there is more than one place', () => {
    const uri = `data:image/png;base64,${png}`;
    const outputs = scriptOutputs(table(['a', 'b'.repeat(100)], [uri, 'data:text/plain,x'], [null, uri]));
    expect(outputs.map(({ title }) => title)).toEqual(['Plot 1 of 2 (column "a", row 1)', `Standard output (column "${'b'.repeat(60)}", row 1)`, `Plot 2 of 2 (column "${'b'.repeat(60)}", row 2)`]);
  });

  it('and texts are at most twenty each, and long texts are cut', () => {
    const outputs = scriptOutputs(plots(...Array.from({ length: 25 }, () => png)));
    expect(outputs).toHaveLength(21);
    expect(outputs.slice(19)).toMatchObject([{ kind: 'image', title: 'Plot 20 of 25' }, { kind: 'refused', title: 'More outputs', reason: '5 more outputs of scripts are not shown.' }]);
    const texts = scriptOutputs(table(Array.from({ length: 21 }, String), Array.from({ length: 21 }, () => 'data:text/plain,x')));
    expect(texts.slice(20)).toEqual([{ kind: 'refused', title: 'More outputs', reason: 'One more output of scripts is not shown.' }]);
    const [long] = scriptOutputs(table(['a'], [`data:text/plain,${'x'.repeat(99_999)}😀😀`]));
    expect(long).toEqual({ kind: 'text', title: 'Standard output, the first 99,999 of 100,003 characters', text: 'x'.repeat(99_999) });
  });
});
