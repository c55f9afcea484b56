// Rows that leave a table: on the clipboard, or in files that are there whole or not at all; and files that are kept only for looking.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { isProcessAlive } from '../../../../src/base/atomicFiles';
import { tableOpener } from '../../../../src/tables/tableOpener';
import { copyMarked, exportRows, type TableDialogs } from '../../../../src/ui/tables/tablesTaken';
import { TableCache } from '../../../../src/ui/tables/cache';
import { FetchedFile } from '../../../../src/ui/tables/fetchedFile';
import { copyWhole, writeWhole } from '../../../../src/ui/tables/wholeFile';
import { Cancelled, InvalidInput, LocalFailure } from '../../../../src/model/errors';
import type { OpenTable } from '../../../../src/model/openTable';
import type { Cell } from '../../../../src/model/table';
import type { Marked } from '../../../../src/model/view';

const never = new AbortController().signal;
const opener = tableOpener('no thread is needed for few rows', { cellsHere: Infinity });
afterAll(() => opener.dispose());

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'export-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

function tableOf(rows: Cell[][]): OpenTable {
  return opener.openHeld({ name: 'o', columns: [{ name: 'n' }, { name: '=text' }], rows, totalRows: rows.length, notes: [] });
}

/** Hands that answer as they are told and note what was done. */
function dialogsFor(answers: { readonly format?: 'csv' | 'tsv' | 'json'; readonly guard?: boolean; readonly path?: string; readonly yes?: boolean } = {}) {
  const done = { copied: [] as string[], said: [] as string[], titles: [] as string[], asked: [] as string[] };
  const dialogs: TableDialogs = {
    copy: (text) => Promise.resolve(void done.copied.push(text)),
    tell: (sentence) => void done.said.push(sentence),
    confirm: (question) => (done.asked.push(question), answers.yes ? Promise.resolve() : Promise.reject(new Cancelled())),
    chooseFormat: (title) => (done.titles.push(title), Promise.resolve({ format: answers.format ?? 'csv', guardFormulas: answers.guard ?? false })),
    chooseFile: (_title, name) => (done.asked.push(name), answers.path === undefined ? Promise.reject(new Cancelled()) : Promise.resolve(answers.path)),
    write: writeWhole,
    progress: (title, work) => (done.titles.push(title), work(never, () => undefined)),
  };
  return { dialogs, done };
}

const all = (table: OpenTable, changes: Partial<Marked> = {}): Marked => ({ stamp: 0, fromRow: 0, toRow: table.order.matchedRows - 1, columns: [0, 1], head: true, ...changes });

describe('copying', () => {
  const table = tableOf([['1.50', 'x "y"'], ['2', 'a\tb'], [null, undefined]]);

  it('takes what is marked, as it came, and says how much', async () => {
    const { dialogs, done } = dialogsFor();
    await copyMarked(table, all(table), 'tsv', dialogs);
    await copyMarked(table, all(table, { toRow: 0, columns: [1, 0], head: false }), 'csv', dialogs);
    expect(done.copied[0]?.split('\n').slice(0, 3)).toEqual(['n\t=text', '1.50\t"x ""y"""', '2\t"a\tb"']);
    expect(done.copied[1]?.trim()).toBe('"x ""y""",1.50');
    expect(done.said).toEqual(['Copied 3 rows.', 'Copied 1 row.']);
  });

  it('of a single cell is its bare text, in the order that is shown', async () => {
    const { dialogs, done } = dialogsFor();
    const sorted = tableOf([['1', 'two\nlines'], ['2', 'b'], ['3', null]]);
    await sorted.arrange({ sort: { column: 0, descending: true }, filters: [] }, never, () => undefined);
    for (const row of [2, 0]) await copyMarked(sorted, all(sorted, { fromRow: row, toRow: row, columns: [1], head: false }), 'tsv', dialogs);
    expect(done.copied).toEqual(['two\nlines', '']);
    expect(done.said).toEqual(['Copied 1 cell.', 'Copied 1 cell.']);
  });

  it('takes only what is there, and says when that is nothing', async () => {
    const { dialogs, done } = dialogsFor();
    await copyMarked(table, all(table, { toRow: 900, columns: [0, 7] }), 'csv', dialogs);
    expect(done.said).toEqual(['Copied 3 rows.']);
    await expect(copyMarked(table, all(table, { fromRow: 5, toRow: 9 }), 'csv', dialogs)).rejects.toThrow('Nothing is marked.');
    await expect(copyMarked(table, all(table, { columns: [7] }), 'csv', dialogs)).rejects.toThrow(InvalidInput);
  });

  it('of more than 20 MB is asked about, and of more than 50 MB refused', async () => {
    const long = 'x'.repeat(1024 * 1024);
    const twenty = tableOf(Array.from({ length: 22 }, () => ['1', long]));
    const left = dialogsFor();
    await expect(copyMarked(twenty, all(twenty), 'csv', left.dialogs)).rejects.toThrow(Cancelled);
    expect([left.done.copied, left.done.asked]).toEqual([[], ['Copy more than 20 MB of text?']]);
    const taken = dialogsFor({ yes: true });
    await copyMarked(twenty, all(twenty), 'csv', taken.dialogs);
    expect([taken.done.copied[0]?.length ?? 0, taken.done.asked.length, taken.done.said]).toEqual([expect.closeTo(22 * long.length, -3), 1, ['Copied 22 rows.']]);
    const fifty = tableOf(Array.from({ length: 52 }, () => ['1', long]));
    const refused = dialogsFor({ yes: true });
    await expect(copyMarked(fifty, all(fifty), 'csv', refused.dialogs)).rejects.toThrow('52 rows are more than 50 MB of text');
    expect(refused.done.copied).toEqual([]);
  });
});

it('of copies and exports takes the rows in the order that was seen, whatever becomes of it before the first is written', async () => {
  const rows = Array.from({ length: 60_000 }, (_, row): Cell[] => [String(row), 'x']);
  const turn = (table: OpenTable, dialogs: TableDialogs): TableDialogs => ({ ...dialogs, progress: async (title, work) => {
    await table.arrange({ sort: { column: 0, descending: true }, filters: [] }, never, () => undefined);
    await dialogs.progress(title, work);
  } });
  const copied = tableOf(rows);
  const { dialogs, done } = dialogsFor();
  await copyMarked(copied, all(copied), 'csv', turn(copied, dialogs));
  expect(done.copied[0]?.split('\r\n').slice(1, 3)).toEqual(['0,x', '1,x']);
  const exported = tableOf(rows);
  const path = join(await folder(), 'seen.csv');
  await exportRows('o', exported, all(exported, { fromRow: 5, toRow: 6 }), () => undefined, turn(exported, dialogsFor({ path }).dialogs));
  expect((await readFile(path, 'utf8')).split('\r\n').slice(1, 3)).toEqual(['5,x', '6,x']);
});

describe('exporting', () => {
  const rows = Array.from({ length: 1200 }, (_, row): Cell[] => [String(row), row === 1 ? '=1+1' : `é ${row}`]);
  const table = tableOf(rows);

  it('writes all rows of the order, and tells what it writes', async () => {
    const path = join(await folder(), 'all.csv');
    const { dialogs, done } = dialogsFor({ path });
    await exportRows('a/b: output', table, undefined, () => undefined, dialogs);
    const lines = (await readFile(path, 'utf8')).split('\r\n');
    expect([lines[0], lines[2], lines[1200]]).toEqual(['n,=text', '1,=1+1', '1199,é 1199']);
    expect(done.titles).toEqual(['Export 1,200 rows × 2 columns of "a/b: output"', 'Exporting 1,200 rows × 2 columns of "a/b: output"']);
    expect(done.asked).toEqual(['a b output.csv']);
    expect(done.said).toEqual([expect.stringMatching(/^Exported 1,200 rows \([\d.]+ kB\) to all\.csv\.$/)]);
  });

  it('guards formulas where that is requested', async () => {
    const path = join(await folder(), 'guarded.tsv');
    await exportRows('o', table, all(table, { fromRow: 1, toRow: 1 }), () => undefined, dialogsFor({ path, format: 'tsv', guard: true }).dialogs);
    expect((await readFile(path, 'utf8')).trim().split('\n')).toEqual(["n\t'=text", "1\t'=1+1"]);
  });

  it('of a part says so, and JSON has the digits that came', async () => {
    const path = join(await folder(), 'part.json');
    const { dialogs, done } = dialogsFor({ path, format: 'json' });
    const some = opener.openHeld({ name: 'o', columns: [{ name: 'n', type: 'Double' }, { name: 'b' }], rows: [['1.50', 'x'], ['2.00', 'y']], totalRows: 2, notes: [] });
    await exportRows('o', some, { stamp: 0, fromRow: 1, toRow: 1, columns: [0], head: false }, () => undefined, dialogs);
    expect((await readFile(path, 'utf8')).replaceAll(/\s/g, '')).toBe('[{"n":2.00}]');
    expect(done.titles[0]).toBe('Export 1 of 2 rows × 1 of 2 columns of "o"');
  });

  it('of a table without rows writes its names', async () => {
    const path = join(await folder(), 'empty.csv');
    await exportRows('..', tableOf([]), undefined, () => undefined, dialogsFor({ path }).dialogs);
    expect((await readFile(path, 'utf8')).trim()).toBe('n,=text');
  });

  it('does not begin when it is left, or when the rows have another order by then', async () => {
    const into = await folder();
    await expect(exportRows('o', table, undefined, () => undefined, dialogsFor().dialogs)).rejects.toThrow(Cancelled);
    const gone = (): never => {
      throw new InvalidInput({ sentence: 'Another order.' });
    };
    await expect(exportRows('o', table, all(table), gone, dialogsFor({ path: join(into, 'x.csv') }).dialogs)).rejects.toThrow('Another order.');
    expect(await readdir(into)).toEqual([]);
  });
});

describe('a file that is written', () => {
  async function* pieces(...texts: (string | Error)[]): AsyncGenerator<string> {
    for (const text of texts) {
      await Promise.resolve();
      if (text instanceof Error) throw text;
      yield text;
    }
  }

  it('takes the place of the one that is there only when it is whole', async () => {
    const into = await folder();
    const path = join(into, 'a.csv');
    await writeFile(path, 'old');
    await expect(writeWhole(path, pieces('new', new LocalFailure({ sentence: 'The thread has ended.' })), never, () => undefined)).rejects.toThrow('The thread has ended.');
    expect([await readFile(path, 'utf8'), await readdir(into)]).toEqual(['old', ['a.csv']]);
    const told: number[] = [];
    await writeWhole(path, pieces('né', 'w'), never, (bytes) => told.push(bytes));
    expect([await readFile(path, 'utf8'), await readdir(into), told]).toEqual(['néw', ['a.csv'], [3, 4]]);
  });

  it('that is cancelled leaves nothing behind', async () => {
    const into = await folder();
    const control = new AbortController();
    await expect(writeWhole(join(into, 'a.csv'), pieces('1', '2', '3'), control.signal, () => control.abort())).rejects.toThrow(Cancelled);
    await expect(copyWhole(join(import.meta.dirname, 'tableExport.test.ts'), join(into, 'b.csv'), control.signal)).rejects.toThrow(Cancelled);
    expect(await readdir(into)).toEqual([]);
  });

  it('cannot be written where there is no folder, or a folder has its name, and says so', async () => {
    const into = await folder();
    await mkdir(join(into, 'taken.csv', 'full'), { recursive: true });
    for (const path of [join(into, 'none', 'a.csv'), join(into, 'taken.csv')]) {
      const error: unknown = await writeWhole(path, pieces('1'), never, () => undefined).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(LocalFailure);
      expect(error).toMatchObject({ message: expect.stringMatching(/^The file "(?:a|taken)\.csv" cannot be written\.$/), advice: 'Choose another place.' });
    }
    await expect(copyWhole(join(into, 'nothing'), join(into, 'b.csv'), never)).rejects.toThrow('"b.csv" cannot be written');
    expect(await readdir(into)).toEqual(['taken.csv']);
  });

  it('says that the disk is full, or closed to it, in these words', async () => {
    const failing = (code: string) => Object.assign(new Error(code), { code, syscall: 'write' });
    await expect(writeWhole(join(await folder(), 'a.csv'), pieces(failing('ENOSPC')), never, () => undefined)).rejects.toThrow('There is no room on the disk for "a.csv".');
    await expect(writeWhole(join(await folder(), 'a.csv'), pieces(failing('EACCES')), never, () => undefined)).rejects.toThrow('There is no permission to write "a.csv" there.');
  });
});

describe('files that are kept for looking', () => {
  it('are this person\'s alone, and go with the window', async () => {
    const into = await folder();
    const cache = new TableCache(join(into, 'tables'), isProcessAlive);
    await expect(readdir(join(into, 'tables'))).rejects.toThrow();
    const [one, other] = [await cache.newFile('csv'), await cache.newFile('tsv')];
    await Promise.all([one, other].map((path) => writeFile(path, 'x')));
    expect((await stat(join(one, '..'))).mode & 0o777).toBe(0o700);
    await cache.remove(one);
    await cache.remove(one);
    expect(await readdir(join(one, '..'))).toEqual(['2.tsv']);
    cache.dispose();
    expect(await readdir(join(into, 'tables'))).toEqual([]);
  });

  it('of a process that is gone are swept away, those of others and what is not ours stay', async () => {
    const into = await folder();
    const gone = execFileSync(process.execPath, ['-e', 'console.log(process.pid)'], { encoding: 'utf8' }).trim();
    const living = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    onTestFinished(async () => {
      living.kill();
      await once(living, 'exit');
    });
    const names = [`${gone}-aabbccddeeff`, `${living.pid ?? 0}-aabbccddeeff`, `${gone}-notours`, 'notes'];
    for (const name of names) await mkdir(join(into, name));
    await writeFile(join(into, names[0] ?? '', '1.csv'), 'x');
    await new TableCache(into, isProcessAlive).sweep();
    expect((await readdir(into)).sort()).toEqual(names.slice(1).sort());
    await new TableCache(join(into, 'none'), isProcessAlive).sweep();
  });

  it('that cannot be made say so, and are tried again', async () => {
    const into = await folder();
    await writeFile(join(into, 'tables'), 'a file');
    const cache = new TableCache(join(into, 'tables'), isProcessAlive);
    await expect(cache.newFile('csv')).rejects.toThrow(LocalFailure);
    await rm(join(into, 'tables'));
    expect(await cache.newFile('csv')).toContain(`${process.pid}-`);
    cache.dispose();
  });
});

describe('a file from elsewhere', () => {
  async function fetched(read: () => Promise<Uint8Array>, size = 3) {
    const tables = join(await folder(), 'tables');
    const cache = new TableCache(tables, isProcessAlive);
    const kept = async (): Promise<readonly string[]> => (await readdir(tables, { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.csv'));
    return { kept, file: new FetchedFile(cache, { name: 'far.csv', size: () => Promise.resolve(size), read }) };
  }

  it('is kept in one copy, which goes when it is fetched anew or no longer looked at', async () => {
    const { file, kept } = await fetched(() => Promise.resolve(Buffer.from('a\n1')));
    await file.fetch('csv');
    const path = await file.fetch('csv');
    expect([await readFile(path, 'utf8'), (await stat(path)).mode & 0o777, (await kept()).length]).toEqual(['a\n1', 0o600, 1]);
    await file.end();
    expect(await kept()).toEqual([]);
  });

  it('leaves nothing when nobody looks at it any more before it is there', async () => {
    let come: (bytes: Uint8Array) => void = () => undefined;
    const early = await fetched(() => new Promise((resolve) => (come = resolve)));
    const fetching = early.file.fetch('csv');
    await new Promise(setImmediate);
    await early.file.end();
    come(Buffer.from('a'));
    await expect(fetching).rejects.toBeInstanceOf(Cancelled);
    expect(await early.kept()).toEqual([]);
    for (const turns of [0, 1, 2, 3, 4]) {
      const late = await fetched(() => Promise.resolve(Buffer.alloc(5_000_000)));
      const writing = late.file.fetch('csv').catch((error: unknown) => error);
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      await late.file.end();
      expect(await writing).toBeInstanceOf(Cancelled);
      expect(await late.kept()).toEqual([]);
    }
  });

  it('that is too large is not read', async () => {
    const { file, kept } = await fetched(() => Promise.reject(new Error('It was read.')), 600 * 1024 * 1024);
    await expect(file.fetch('csv')).rejects.toThrow('"far.csv" has 600 MB. Files that are not on this computer are opened as tables up to 512 MB.');
    expect(await kept()).toEqual([]);
  });
});
