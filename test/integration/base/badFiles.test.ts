// What can stand in the place of a file on a real disk: it is not read, and says what it is.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HistoryFiles } from '../../../src/features/history/historyFiles';
import { AtomicFiles, largestText } from '../../../src/base/atomicFiles';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const windows = process.platform === 'win32';
const makers: Readonly<Record<string, (path: string) => void>> = {
  EISDIR: (path) => mkdirSync(path),
  EFBIG: (path) => {
    writeFileSync(path, '');
    // Without blocks on the disk: larger than a history's body may be, too.
    truncateSync(path, 1024 * 1024 * 1024 + 1);
  },
  ...(windows ? {} : {
    ELOOP: (path: string) => symlinkSync(path, path),
    'ELOOP (to nowhere)': (path: string) => symlinkSync('/nowhere/at/all', path),
    // To open one waits for somebody who writes into it.
    ENXIO: (path: string) => void execFileSync('mkfifo', [path]),
  }),
};

it.each(Object.keys(makers))('%s', async (what) => {
  const code = what.split(' ')[0];
  makers[what]?.(join(folder, 'a.json'));
  await expect(new AtomicFiles(folder).read('a.json')).rejects.toMatchObject({ code });
  await expect(new HistoryFiles(folder).readBody('a.json')).rejects.toMatchObject({ code });
});

it('a folder where a file is to be removed is told as one', async () => {
  mkdirSync(join(folder, 'a.json'));
  await expect(new AtomicFiles(folder).remove('a.json')).rejects.toMatchObject({ code: 'EISDIR' });
});

it('what is as large as it may be is read', async () => {
  writeFileSync(join(folder, 'a.json'), 'x'.repeat(largestText));
  expect(await new AtomicFiles(folder).read('a.json')).toHaveLength(largestText);
});

it('a body that is packed to look small is not unpacked beyond what it may have', async () => {
  const files = new HistoryFiles(folder);
  await files.writeBody('a.gz', new Uint8Array(5_000_000));
  expect(await files.readBody('a.gz', 5_000_000)).toHaveLength(5_000_000);
  await expect(files.readBody('a.gz', 1_000_000)).rejects.toMatchObject({ name: 'LocalFailure', message: expect.stringContaining('a.gz') });
});
