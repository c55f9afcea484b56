// The history lets go: what a person removes, what a crash or another version has left, and what the disk does not give up.

import { describe, expect, it } from 'vitest';
import { historyOn, keep, MemoryFiles, noon, someExchange } from './historyTools';

const day = 24 * 60 * 60 * 1000;

describe('what cannot be read', () => {
  const damaged = '0mp2q1gg0-aaaaaaaaaaaa';
  const newer = '0mp2q1gg0-bbbbbbbbbbbb';
  const onDisk = (files: MemoryFiles): number => [...files.texts.values()].reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) + [...files.bodies.values()].reduce((sum, body) => sum + body.byteLength, 0);

  async function withBoth(): Promise<MemoryFiles> {
    const files = new MemoryFiles();
    await files.writeBody(`${damaged}.request.gz`, Buffer.alloc(4000));
    await files.write(`${damaged}.json`, '{"schema":1,');
    await files.writeBody(`${newer}.answer.gz`, Buffer.alloc(4000));
    await files.write(`${newer}.json`, '{"schema":2}');
    return files;
  }

  it('counts with its bodies towards the limit, and goes before what can be read', async () => {
    const files = await withBoth();
    const { history } = historyOn(files, { limitBytes: () => 5000, now: () => noon + 2 * day });
    const id = await keep(history, someExchange({ startedAt: noon - day }));
    expect(onDisk(files)).toBeLessThanOrEqual(5000);
    expect((await history.list()).map((entry) => entry.id)).toEqual([id]);
    expect(await files.list()).not.toContain(`${damaged}.json`);
  });

  it('and was written by a newer version within a day stays: that is another window at work', async () => {
    const files = await withBoth();
    let now = noon + day - 1;
    const { history } = historyOn(files, { limitBytes: () => 0, now: () => now });
    await history.trim();
    expect((await files.list()).toSorted()).toEqual([`${newer}.answer.gz`, `${newer}.json`]);
    now = noon + day;
    await history.trim();
    expect(await files.list()).toEqual([]);
  });

  it('is never removed for being unreadable alone, nor when it is pinned', async () => {
    const files = await withBoth();
    let limit = 1_000_000;
    const { history } = historyOn(files, { limitBytes: () => limit, now: () => noon + 2 * day });
    await history.trim();
    expect(await files.list()).toHaveLength(4);
    await files.write(`${newer}.pin`, '');
    limit = 0;
    await history.trim();
    expect((await files.list()).toSorted()).toEqual([`${newer}.answer.gz`, `${newer}.json`, `${newer}.pin`]);
  });

  it('only for the moment, as where too many files are open, is counted and stays', async () => {
    const files = new MemoryFiles();
    const { history } = historyOn(files, { limitBytes: () => 0 });
    await files.write(`${damaged}.json`, '{}');
    const read = files.read.bind(files);
    files.read = () => Promise.reject(new Error('EMFILE'));
    await history.trim();
    expect([await history.unreadable(), await files.list()]).toEqual([1, [`${damaged}.json`]]);
    files.read = read;
    await history.trim();
    expect(await files.list()).toEqual([]);
  });

  it('is counted for who deletes all, and goes with the rest', async () => {
    const files = await withBoth();
    const { history } = historyOn(files);
    await keep(history, someExchange());
    await files.writeBody('0mp2q1gg0-cccccccccccc.request.gz', Buffer.from('left by a crash'));
    await files.write('notes.json', 'mine');
    expect(await history.unreadable()).toBe(3);
    await history.removeAll(false);
    expect([await history.unreadable(), await files.list()]).toEqual([0, ['notes.json']]);
  });
});

describe('removing', () => {
  it('one can be taken back as it was', async () => {
    const files = new MemoryFiles();
    const { history } = historyOn(files);
    const id = await keep(history, someExchange());
    await history.pin([id], true);
    const [before, exchange] = [await history.find(id), await history.exchange(id)];
    const taken = await history.take(id);
    expect(await files.list()).toEqual([]);
    expect.assert(taken);
    await history.putBack(taken);
    expect(await history.find(id)).toEqual(before);
    expect(await history.exchange(id)).toEqual(exchange);
    expect(await history.take('0mp2q1gg0-aaaaaaaaaaaa')).toBeUndefined();
  });

  it('all takes what is damaged too, and leaves what is pinned when that is wanted', async () => {
    const files = new MemoryFiles();
    const { history } = historyOn(files);
    const pinned = await keep(history, someExchange());
    await keep(history, someExchange());
    await history.pin([pinned], true);
    await files.write('0mp2q1gg0-aaaaaaaaaaaa.json', '');
    await files.write('notes.txt', 'mine');
    await history.removeAll(true);
    expect((await files.list()).filter((name) => name.endsWith('.json'))).toEqual([`${pinned}.json`]);
    expect((await history.list()).map((entry) => [entry.id, entry.pinned])).toEqual([[pinned, true]]);
    await history.removeAll(false);
    expect(await files.list()).toEqual(['notes.txt']);
  });

  it('bodies that a crash has left alone waits until nobody can be writing them', async () => {
    const files = new MemoryFiles();
    let now = noon;
    const { history } = historyOn(files, { now: () => now });
    await files.writeBody(`${history.newId(noon)}.request.gz`, Buffer.from('x'));
    await history.trim();
    expect(files.bodies.size).toBe(1);
    now += day;
    await history.trim();
    expect(files.bodies.size).toBe(0);
  });

  it('bodies leaves those alone that were written lately, whatever the time in their name', async () => {
    const files = new MemoryFiles();
    const { history } = historyOn(files, { now: () => noon + 1000 });
    await files.writeBody(`${history.newId(noon - day)}.request.gz`, Buffer.from('x'));
    await history.trim();
    expect(files.bodies.size).toBe(1);
  });

  it('goes on with the others when one cannot be removed, whose bodies stay with it', async () => {
    const files = new MemoryFiles();
    const { history } = historyOn(files);
    const [stuck, other] = [await keep(history, someExchange()), await keep(history, someExchange())];
    const remove = files.remove.bind(files);
    files.remove = (name) => (name === `${stuck}.json` ? Promise.reject(new Error('EROFS')) : remove(name));
    await expect(history.remove([stuck, other])).rejects.toMatchObject({
      name: 'LocalFailure', message: `One file of the history could not be deleted: "${stuck}.json".`,
      advice: expect.stringContaining('EROFS'),
    });
    expect((await files.list()).toSorted()).toEqual([`${stuck}.answer.gz`, `${stuck}.json`, `${stuck}.request.gz`]);
  });

  it('what is not ours is not done: an id is no path', async () => {
    const files = new MemoryFiles();
    await files.write('../a.json', '');
    await historyOn(files).history.remove(['../a']);
    expect(files.texts.size).toBe(1);
  });
});
