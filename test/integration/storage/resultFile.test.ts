// Results that are looked at while they come: nothing is lost or doubled wherever the download is cut, nothing is fetched that nobody asked for.

import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ResultFile } from '../../../src/storage/resultFile';
import { describeError, folder, never, resultOf, serve, Served, table } from './resultServed';

describe('a result that comes', () => {
  it('is on this disk as it is on the other side, for nobody else to read, and tells how far it is', async () => {
    const file = new Served(table(20_000));
    const result = await resultOf(file);
    const told: (readonly [number, string | undefined])[] = [];
    result.onDidChange(() => told.push([result.readBytes, result.reading?.state]));
    await result.readOn(never);
    expect((await readFile(result.path)).equals(file.bytes)).toBe(true);
    expect((await stat(result.path)).mode & 0o777).toBe(0o600);
    expect([result.reading, result.readBytes, file.asked]).toEqual([undefined, file.bytes.byteLength, [undefined]]);
    expect([told[0], told[1]?.[0], told.at(-1)]).toEqual([[0, 'reading'], expect.any(Number), [file.bytes.byteLength, undefined]]);
    expect(told[1]?.[0]).toBeLessThan(file.bytes.byteLength);
    await result.readOn(never);
    expect(file.asked).toHaveLength(1);
  });

  it('pauses, closes its connection, and goes on from there when it is told to', async () => {
    const file = new Served(table(100_000));
    const result = await resultOf(file, 300_000);
    await result.readOn(never);
    expect(result.reading).toEqual({ readBytes: expect.any(Number), totalBytes: file.bytes.byteLength, state: 'paused' });
    expect(result.readBytes).toBeGreaterThanOrEqual(300_000);
    expect(result.readBytes).toBeLessThan(400_000);
    const before = result.readBytes;
    await result.readOn(never);
    expect(file.asked[1]).toBe(`bytes=${before - 1024}-`);
    expect(result.readBytes).toBeGreaterThanOrEqual(before + 300_000);
    while (result.reading) await result.readOn(never);
    expect((await readFile(result.path)).equals(file.bytes)).toBe(true);
  });

  it('does not pause at its very end', async () => {
    const file = new Served(Buffer.alloc(10_000, 'x\n'));
    const result = await resultOf(file, 10_000);
    await result.readOn(never);
    expect(result.reading).toBeUndefined();
  });

  it.each([
    ['with ranges', true, true, '"1"'], ['where the server knows no ranges', false, true, '"1"'], ['where the size is not told', true, false, '"1"'],
    ['without a tag', true, true, undefined], ['with a weak tag', true, true, 'W/"1"'],
  ] as const)('goes on by itself after cuts, %s', async (_how, ranges, tellsSize, etag) => {
    const file = Object.assign(new Served(table(3000)), { ranges, tellsSize, etag, cuts: [900, 10_000, 20_001] });
    const result = await resultOf(file);
    await result.readOn(never);
    expect(result.reading).toBeUndefined();
    expect((await readFile(result.path)).equals(file.bytes)).toBe(true);
    expect(file.asked).toHaveLength(4);
  });

  it('does not go on for ever, and can be tried again', async () => {
    const file = new Served(table(30_000));
    file.cuts = Array.from({ length: 20 }, (_, turn) => 5000 + turn * 5000);
    const result = await resultOf(file);
    await result.readOn(never);
    expect(result.reading).toMatchObject({ state: 'failed', problem: { sentence: expect.stringContaining('closed before') } });
    expect(file.asked).toHaveLength(6);
    file.cuts = [];
    await result.readOn(never);
    expect(result.reading).toBeUndefined();
    expect((await readFile(result.path)).equals(file.bytes)).toBe(true);
  });

  it('of an empty file ends', async () => {
    const result = await resultOf(new Served(Buffer.alloc(0)));
    await result.readOn(never);
    expect([result.reading, await readFile(result.path, 'utf8')]).toEqual([undefined, '']);
  });

  it('ends when nobody wants it any more', async () => {
    const file = new Served(table(200_000));
    const result = await resultOf(file);
    const control = new AbortController();
    result.onDidChange(() => {
      if (result.readBytes > 0) control.abort();
    });
    await result.readOn(control.signal);
    expect(result.readBytes).toBeLessThan(file.bytes.byteLength);
    expect(result.reading?.state).toBe('reading');
  });

  const changes: readonly (readonly [string, string | undefined, (file: Served) => void])[] = [
    ['another tag', '"1"', (file) => { file.etag = '"2"'; }],
    ['another size and no tag', undefined, (file) => { file.bytes = Buffer.concat([file.bytes, Buffer.from('more')]); }],
    ['less than was read, and no tag', undefined, (file) => { file.bytes = Buffer.from('a,b\n'); }],
    ['the same size and other text, and no tag', undefined, (file) => { file.bytes = Buffer.from(file.bytes.toString('utf8').replaceAll('é', 'ü')); }],
  ];
  it.each(changes)('that is another file meanwhile (%s) is said to be, and what came stays', async (_how, etag, change) => {
    const file = Object.assign(new Served(table(30_000)), { etag });
    const result = await resultOf(file, 20_000);
    await result.readOn(never);
    const before = await readFile(result.path);
    expect(result.hasChanged).toBe(false);
    change(file);
    await result.readOn(never);
    expect(result.reading).toMatchObject({ state: 'failed', problem: { sentence: expect.stringContaining('changed') } });
    expect([result.hasChanged, (await readFile(result.path)).equals(before)]).toEqual([true, true]);
  });

  it('that cannot be kept on the disk says so', async () => {
    const path = join(await folder(), '1.csv');
    await writeFile(path, 'somebody else\'s');
    const result = new ResultFile({ path, open: await serve(new Served(table(3))), describe: describeError });
    await result.readOn(never);
    expect(result.reading).toMatchObject({ state: 'failed', problem: { sentence: 'The file cannot be kept on this computer while it is looked at.' } });
    expect(await readFile(path, 'utf8')).toBe('somebody else\'s');
  });
});
