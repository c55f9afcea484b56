// The history on a real disk: whole files only, shared by windows, searched in what was sent and what came back, and quick with many entries.

import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HistoryFiles } from '../../../../src/features/history/historyFiles';
import { Cancelled } from '../../../../src/model/errors';
import { HistorySearch } from '../../../../src/features/history/historySearch';
import { entryText } from '../../../../src/features/history/historyShape';
import { historyOn, keep, noon, someExchange } from '../../../unit/features/history/historyTools';

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'history-'));
  // A folder that nobody has made yet, as in a window that has kept nothing.
  folder = join(root, 'workspace', 'history');
});
afterEach(() => rm(root, { recursive: true }));

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the files', () => {
  it('are a text and two packed bodies, for nobody else to read', async () => {
    const { history } = historyOn(new HistoryFiles(folder), { pause });
    expect(await history.list()).toEqual([]);
    const exchange = someExchange({ requestBody: `{"a":"${'x'.repeat(100_000)}"}` });
    const id = await keep(history, exchange);
    expect((await readdir(folder)).sort()).toEqual([`${id}.answer.gz`, `${id}.json`, `${id}.request.gz`]);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
    expect((await stat(join(folder, `${id}.request.gz`))).size).toBeLessThan(1000);
    const entry = await history.find(id);
    expect(entry?.keptBytes).toBe((await stat(join(folder, `${id}.request.gz`))).size + (await stat(join(folder, `${id}.answer.gz`))).size);
    expect(await history.exchange(id)).toEqual({ ...exchange, tables: [] });
  });

  it('hold no key, wherever it stood', async () => {
    const key = 'c2VjcmV0LWtleS1vZi10aGUtc2VydmljZS1mb3ItdGVzdHM9PQ==';
    const { history } = historyOn(new HistoryFiles(folder), { pause });
    const id = await keep(history, someExchange({
      requestBody: `{"k":"${key}","url":"https://a.blob.core.windows.net/c?sv=1&sig=${key}"}`, url: `http://localhost/?key=${key}`, notes: [key],
      answer: { status: 400, statusText: key, headers: [{ name: 'X-Echo', value: key }], body: Buffer.from(`"${key}"`) },
    }), [key]);
    const files = new HistoryFiles(folder);
    const all = [await readFile(join(folder, `${id}.json`), 'utf8'), ...await Promise.all(['request', 'answer'].map(async (part) => Buffer.from(await files.readBody(`${id}.${part}.gz`) ?? []).toString()))];
    expect(all.join()).not.toContain(key);
    expect(all.every((text) => text.includes('••••••••'))).toBe(true);
  });

  it('that are damaged say so and leave the others alone', async () => {
    const { history } = historyOn(new HistoryFiles(folder), { pause });
    const [broken, cut, good] = [await keep(history, someExchange()), await keep(history, someExchange()), await keep(history, someExchange())];
    await writeFile(join(folder, `${broken}.answer.gz`), 'not packed');
    await rm(join(folder, `${cut}.answer.gz`));
    await expect(history.exchange(broken)).rejects.toThrow('A file of the history is damaged');
    expect(await history.exchange(cut)).toMatchObject({ notes: ['A note.', 'The answer is no longer in the history.'], missing: { answer: 'gone' } });
    expect((await history.exchange(good))?.notes).toEqual(['A note.']);
    await history.remove([broken]);
    expect((await history.list()).map(({ id }) => id).sort()).toEqual([cut, good].sort());
  });

  it('left by a crash in the middle are in nobody’s way', async () => {
    const { history } = historyOn(new HistoryFiles(folder), { pause });
    const id = await keep(history, someExchange());
    await writeFile(join(folder, '.1-abc-body1.tmp'), 'half');
    await writeFile(join(folder, `${history.newId(noon)}.request.gz`), 'half');
    expect((await history.list()).map((entry) => entry.id)).toEqual([id]);
  });

  it('are all on the disk for certain before they have their names', async () => {
    await mkdir(folder, { recursive: true });
    const probe = await open(join(root, 'probe'), 'w');
    const handles: FileHandle = Object.getPrototypeOf(probe);
    const sync = handles.sync;
    const seen: (readonly string[])[] = [];
    const synced = vi.spyOn(handles, 'sync').mockImplementation(async function (this: FileHandle) {
      seen.push(await readdir(folder));
      await sync.call(this);
    });
    await probe.close();
    await new HistoryFiles(folder).writeBody('0mp2q1gg0-aaaaaaaaaaaa.answer.gz', Buffer.from('a'));
    expect(seen[0]).toEqual([expect.stringMatching(/^\..*\.tmp$/)]);
    synced.mockRestore();
  });

  it('of which the disk was too full for the last leave nothing behind, and those that were there stay', async () => {
    const files = new HistoryFiles(folder);
    const { history } = historyOn(files, { pause });
    const id = await keep(history, someExchange());
    const taken = await history.take(id);
    expect.assert(taken);
    const full = historyOn(Object.assign(new HistoryFiles(folder), { write: () => Promise.reject(new Error('ENOSPC')) }), { pause }).history;
    await expect(full.putBack(taken)).rejects.toThrow('ENOSPC');
    expect(await readdir(folder)).toEqual([]);
    await history.putBack(taken);
    // Both windows offer to take it back.
    await expect(full.putBack(taken)).rejects.toThrow('ENOSPC');
    expect((await history.exchange(id))?.missing).toBeUndefined();
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('cannot be written where a file stands in the way, and that is thrown', async () => {
    await writeFile(join(root, 'taken'), '');
    const { history } = historyOn(new HistoryFiles(join(root, 'taken', 'history')), { pause });
    await expect(keep(history, someExchange())).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});

describe('several windows', () => {
  it('write at once, and each sees what all have written', async () => {
    const windows = Array.from({ length: 3 }, () => historyOn(new HistoryFiles(folder), { pause }).history);
    const ids = (await Promise.all(windows.flatMap((history) => Array.from({ length: 5 }, (_, index) => keep(history, someExchange({ startedAt: noon + index })))))).sort();
    for (const history of windows) expect((await history.list()).map(({ id }) => id).sort()).toEqual(ids);
  });

  it('hear of each other', async () => {
    const [one, other] = [historyOn(new HistoryFiles(folder), { pause }).history, historyOn(new HistoryFiles(folder), { pause }).history];
    const watching = one.watch();
    const told = new Promise<void>((resolve) => one.onDidChange(resolve));
    await keep(other, someExchange());
    await told;
    expect(await one.list()).toHaveLength(1);
    watching.dispose();
  });

  it('pin and delete the same entry: what is deleted does not come back', async () => {
    const [one, other] = [historyOn(new HistoryFiles(folder), { pause }).history, historyOn(new HistoryFiles(folder), { pause }).history];
    const id = await keep(one, someExchange());
    await other.list();
    await one.remove([id]);
    await other.pin([id], true);
    expect(await other.list()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([['with its bodies', 1_000_000], ['that has none', 10]])('pin an entry %s at the moment that another deletes it: it is gone as a whole', async (_what, limit) => {
    const other = historyOn(new HistoryFiles(folder), { pause }).history;
    const files = new HistoryFiles(folder);
    const one = historyOn(files, { pause, limitBytes: () => limit }).history;
    const id = await keep(one, someExchange());
    files.write = async (name, text) => {
      await other.remove([id]);
      return HistoryFiles.prototype.write.call(files, name, text);
    };
    await one.pin([id], true);
    expect([await readdir(folder), await one.list()]).toEqual([[], []]);
  });

  it('pin and delete at once, again and again: nothing half is left', async () => {
    const [one, other] = [historyOn(new HistoryFiles(folder), { pause }).history, historyOn(new HistoryFiles(folder), { pause }).history];
    for (let round = 0; round < 20; round += 1) {
      const id = await keep(one, someExchange());
      await Promise.all([one.pin([id], true), other.remove([id])]);
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('delete all while another writes: what is written is there as a whole or not at all', async () => {
    const other = historyOn(new HistoryFiles(folder), { pause }).history;
    const files = new HistoryFiles(folder);
    const one = historyOn(files, { pause }).history;
    files.write = async (name, text) => {
      await other.removeAll(false);
      return HistoryFiles.prototype.write.call(files, name, text);
    };
    await keep(one, someExchange());
    expect(await readdir(folder)).toEqual([]);
  });

  it('delete an entry while another puts it back: it is there as a whole or not at all', async () => {
    const one = historyOn(new HistoryFiles(folder), { pause }).history;
    const files = new HistoryFiles(folder);
    const other = historyOn(files, { pause }).history;
    const taken = await one.take(await keep(one, someExchange()));
    expect.assert(taken);
    await one.putBack(taken);
    let put = false;
    files.remove = async (name) => {
      if (name.endsWith('.gz') && !put) {
        put = true;
        await one.putBack(taken);
      }
      return HistoryFiles.prototype.remove.call(files, name);
    };
    await other.remove([taken.entry.id]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('delete the same entry: one of them can take it back, as a whole', async () => {
    const one = historyOn(new HistoryFiles(folder), { pause }).history;
    const files = new HistoryFiles(folder);
    const other = historyOn(files, { pause }).history;
    const id = await keep(one, someExchange());
    files.readBody = async (name) => {
      await one.remove([id]);
      return HistoryFiles.prototype.readBody.call(files, name);
    };
    expect(await other.take(id)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it('make room without what another has just pinned', async () => {
    const one = historyOn(new HistoryFiles(folder), { pause }).history;
    const files = new HistoryFiles(folder);
    const other = historyOn(files, { pause, limitBytes: () => 0 }).history;
    const id = await keep(one, someExchange());
    files.stamp = async (name) => {
      if (name?.endsWith('.pin')) await one.pin([id], true);
      return HistoryFiles.prototype.stamp.call(files, name);
    };
    await other.trim();
    expect((await one.list()).map(({ pinned }) => pinned)).toEqual([true]);
  });
});

describe('a search', () => {
  it('finds words in what is shown and in the texts, all of them, in any case', async () => {
    const { history } = historyOn(new HistoryFiles(folder), { pause });
    const iris = await keep(history, someExchange());
    const wine = await keep(history, someExchange({ source: 'wine.json', requestBody: '{"colour":"RED"}', problem: { sentence: 'The key was refused.' }, tables: [], answer: { status: 401, statusText: 'Unauthorized', headers: [{ name: 'Content-Type', value: 'text/plain; charset=utf-16le' }], body: Buffer.from('kein Schlüssel', 'utf16le') } }));
    const find = async (text: string): Promise<readonly string[]> => (await new HistorySearch(text, history, pause).among(await history.list(), new AbortController().signal)).map(({ id }) => id);
    expect(await find('wine')).toEqual([wine]);
    expect(await find('red WINE 401')).toEqual([wine]);
    expect(await find('schlüssel')).toEqual([wine]);
    expect(await find('refused')).toEqual([wine]);
    expect(await find('größe 39.10')).toEqual([iris]);
    expect(await find('2026-05-12')).toHaveLength(2);
    expect(await find('tuesday may')).toHaveLength(2);
    expect(await find('a note')).toHaveLength(2);
    expect(await find('red iris.json nothing')).toEqual([]);
  });

  it('looks at each entry once, and stops when it is told to', async () => {
    const { history } = historyOn(new HistoryFiles(folder), { pause });
    await keep(history, someExchange());
    let reads = 0;
    const search = new HistorySearch('39.10', { bodies: (entry) => ((reads += 1), history.bodies(entry)) }, pause);
    for (let round = 0; round < 2; round += 1) expect(await search.among(await history.list(), new AbortController().signal)).toHaveLength(1);
    expect(reads).toBe(1);
    const stopped = new AbortController();
    stopped.abort();
    await expect(search.among(await history.list(), stopped.signal)).rejects.toThrow(Cancelled);
  });

  it('passes over what is damaged', async () => {
    const { history } = historyOn(new HistoryFiles(folder), { pause });
    const id = await keep(history, someExchange());
    await writeFile(join(folder, `${id}.request.gz`), 'not packed');
    expect(await new HistorySearch('39.10', history, pause).among(await history.list(), new AbortController().signal)).toEqual([]);
  });
});

describe('many entries', () => {
  it('are read in slices: others run in between, and nothing is read twice', async () => {
    const first = historyOn(new HistoryFiles(folder), { pause, limitBytes: () => 1e9 }).history;
    const entry = await first.find(await keep(first, someExchange()));
    expect.assert(entry);
    const files = new HistoryFiles(folder);
    for (let index = 1; index < 300; index += 1) {
      const id = first.newId(noon + index);
      await writeFile(join(folder, `${id}.json`), entryText({ ...entry, id }));
    }
    let pauses = 0;
    let reads = 0;
    const { history } = historyOn(Object.assign(files, { read: (name: string) => ((reads += 1), HistoryFiles.prototype.read.call(files, name)) }), { pause: () => ((pauses += 1), pause()) });
    expect(await history.list()).toHaveLength(300);
    expect([reads, pauses >= 9]).toEqual([300, true]);
    await history.list();
    expect(reads).toBe(300);
  });
});
