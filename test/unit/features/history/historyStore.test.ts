// The history: what is kept comes back as it was shown, within its limits, and one bad file spoils nothing.

import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../src/model/exchange';
import { mostEntries } from '../../../../src/features/history/historyStore';
import { entryText, readEntryText } from '../../../../src/features/history/historyShape';
import { historyOn, keep, MemoryFiles, noon, someExchange } from './historyTools';
import { someActions } from '../../ui/someActions';

const day = 24 * 60 * 60 * 1000;

describe('an exchange that is kept', () => {
  it('comes back as it was shown, without its tables, which are read from the body again', async () => {
    const { history } = historyOn(new MemoryFiles());
    const exchange = someExchange({ requestHeaders: [{ name: 'X-A', value: '1' }, { name: 'X-A', value: '2' }] });
    expect(await history.exchange(await keep(history, exchange))).toEqual({ ...exchange, tables: [] });
  });

  it('comes back when it failed, and when no answer came', async () => {
    const { history } = historyOn(new MemoryFiles());
    const failed: Exchange = { ...someExchange({ tables: [], problem: { sentence: 'No.', detail: 'Why', advice: 'Do', actions: ['retry', 'setServiceKey'] } }) };
    expect(await history.exchange(await keep(history, failed))).toEqual(failed);
    const { answer: body, ...silent } = failed;
    expect(body).toBeDefined();
    expect(await history.exchange(await keep(history, silent))).toEqual(silent);
  });

  it('says that it was made on a page of its own, where it was', async () => {
    const { history } = historyOn(new MemoryFiles());
    const id = await keep(history, someExchange({ own: true, subscriptionKeyHeader: 'X-Team-Key' }));
    expect((await history.find(id))?.own).toBe(true);
    expect(await history.exchange(id)).toMatchObject({ own: true, subscriptionKeyHeader: 'X-Team-Key' });
    expect(await history.find(await keep(history, someExchange()))).not.toHaveProperty('own');
  });

  it('is listed with its figures, newest first', async () => {
    const { history } = historyOn(new MemoryFiles());
    const old = await keep(history, someExchange({ startedAt: noon - day }));
    const young = await keep(history, someExchange());
    const entries = await history.list();
    expect(entries.map(({ id }) => id)).toEqual([young, old]);
    expect(entries[0]).toMatchObject({ source: 'iris.json', file: 'file:///iris.json', pinned: false, outputs: [{ name: 'output1', rows: 1, columns: 1 }], kept: { request: true, answer: true }, answer: { status: 200, bytes: 96 } });
  });

  it('says so when it is gone, or its id is none', async () => {
    const { history } = historyOn(new MemoryFiles());
    expect(await history.exchange('0mp2q1gg0-aaaaaaaaaaaa')).toBeUndefined();
    expect(await history.exchange('../../etc/passwd')).toBeUndefined();
  });

  it('leaves nothing behind when the disk fails half way, and the next one is kept', async () => {
    const files = new MemoryFiles();
    const { history } = historyOn(files);
    files.fail = (name) => {
      if (name.endsWith('.json')) throw new Error('ENOSPC');
    };
    await expect(keep(history, someExchange())).rejects.toThrow('ENOSPC');
    expect(await files.list()).toEqual([]);
    files.fail = () => undefined;
    await keep(history, someExchange());
    expect(await history.list()).toHaveLength(1);
  });
});

describe('the limit', () => {
  /** Room that one exchange of the tests takes. */
  const one = async (): Promise<number> => {
    const files = new MemoryFiles();
    await keep(historyOn(files).history, someExchange());
    return [...files.texts.values()].reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) + [...files.bodies.values()].reduce((sum, body) => sum + body.byteLength, 0);
  };

  it('has the oldest go first, with their bodies, and never what is pinned', async () => {
    const files = new MemoryFiles();
    const limit = (await one()) * 3.5;
    const { history } = historyOn(files, { limitBytes: () => limit });
    const first = await keep(history, someExchange({ startedAt: noon }));
    await history.pin([first], true);
    const ids: string[] = [];
    for (let index = 1; index <= 4; index += 1) ids.push(await keep(history, someExchange({ startedAt: noon + index })));
    expect((await history.list()).map(({ id }) => id)).toEqual([ids[3], ids[2], first]);
    expect(files.bodies.size).toBe(6);
  });

  it('leaves the newest also where pinned ones take all the room', async () => {
    let limit = 1_000_000;
    const { history } = historyOn(new MemoryFiles(), { limitBytes: () => limit });
    const pinned = [await keep(history, someExchange()), await keep(history, someExchange())];
    await history.pin(pinned, true);
    limit = 1000;
    const young = await keep(history, someExchange({ startedAt: noon + 1 }));
    expect((await history.list()).map(({ id }) => id)).toEqual(expect.arrayContaining([...pinned, young]));
  });

  it('of nothing keeps nothing, and lets go what there was but for what is pinned', async () => {
    let limit = 1_000_000;
    const files = new MemoryFiles();
    const { history } = historyOn(files, { limitBytes: () => limit });
    const pinned = await keep(history, someExchange());
    await keep(history, someExchange());
    await history.pin([pinned], true);
    limit = 0;
    expect(await history.add(history.newId(noon), someExchange(), { file: '', sample: false, secrets: [] })).toBe(false);
    expect((await history.list()).map(({ id }) => id)).toEqual([pinned]);
    expect(files.bodies.size).toBe(2);
  });

  it('has bodies of more than a quarter left out, and that is said', async () => {
    const { history } = historyOn(new MemoryFiles(), { limitBytes: () => 300 });
    const id = await keep(history, someExchange());
    expect(await history.find(id)).toMatchObject({ kept: { request: true, answer: false }, keptBytes: 66, answer: { bytes: 96 } });
    const exchange = await history.exchange(id);
    expect(exchange?.notes).toEqual(['A note.', 'The answer was too large to be kept in the history.']);
    expect(exchange?.answer?.body.byteLength).toBe(0);
    expect(exchange?.missing).toEqual({ answer: 'too large' });
    expect((await history.exchange(await keep(history, someExchange({ requestBody: 'x'.repeat(80) }))))?.missing).toEqual({ request: 'too large', answer: 'too large' });
    expect((await history.exchange(await keep(history, someExchange({ requestBody: 'x'.repeat(80) }))))?.notes).toContain('The request was too large to be kept in the history.');
  });

  it('is also one of number', async () => {
    const files = new MemoryFiles();
    const { history } = historyOn(files, { limitBytes: () => 1e12 });
    const first = await keep(history, someExchange());
    const entry = await history.find(first);
    expect.assert(entry);
    for (let index = 1; index <= mostEntries; index += 1) {
      const id = history.newId(noon + index);
      await files.write(`${id}.json`, entryText({ ...entry, id }));
    }
    await history.trim();
    const left = await history.list();
    expect(left).toHaveLength(mostEntries);
    expect(left.map(({ id }) => id)).not.toContain(first);
  });
});

describe('the list', () => {
  it('reads a file once for as long as it does not change', async () => {
    const files = new MemoryFiles();
    const { history } = historyOn(files);
    const ids = [await keep(history, someExchange()), await keep(history, someExchange())];
    await history.list();
    files.reads = 0;
    await history.list();
    expect(files.reads).toBe(0);
    await history.pin([ids[0] ?? ''], true);
    files.reads = 0;
    expect((await history.list()).filter(({ pinned }) => pinned)).toHaveLength(1);
    expect(files.reads).toBe(0);
  });

  it('shows what another window has written', async () => {
    const files = new MemoryFiles();
    const { history } = historyOn(files);
    const other = historyOn(files).history;
    await keep(history, someExchange());
    expect(await other.list()).toHaveLength(1);
    const added = await keep(other, someExchange());
    await other.pin([added], true);
    expect((await history.list()).find(({ id }) => id === added)?.pinned).toBe(true);
    await other.remove([added]);
    expect(await history.list()).toHaveLength(1);
  });

  it('leaves out what is damaged, tells of it once, and leaves the file', async () => {
    const files = new MemoryFiles();
    const { history, logged } = historyOn(files);
    const good = await keep(history, someExchange());
    const entry = await history.find(good);
    expect.assert(entry);
    await files.write('0mp2q1gg0-aaaaaaaaaaaa.json', '{"schema":1,');
    await files.write('0mp2q1gg0-bbbbbbbbbbbb.json', entryText(entry));
    await files.write('notes.json', 'mine');
    for (let round = 0; round < 2; round += 1) expect((await history.list()).map(({ id }) => id)).toEqual([good]);
    expect(logged).toEqual(['A file of the history cannot be read: 0mp2q1gg0-aaaaaaaaaaaa.json. It is not whole.', 'A file of the history cannot be read: 0mp2q1gg0-bbbbbbbbbbbb.json. It holds an exchange of another name.']);
    expect(files.texts.size).toBe(4);
  });

  it('is told of each change', async () => {
    const { history } = historyOn(new MemoryFiles());
    let changes = 0;
    history.onDidChange(() => void (changes += 1));
    const id = await keep(history, someExchange());
    await history.pin([id], true);
    await history.remove([id]);
    expect(changes).toBe(3);
  });
});

describe('the text of an entry', () => {
  const id = '0mp2q1gg0-aaaaaaaaaaaa';
  const good = async (): Promise<Record<string, unknown>> => {
    const { history } = historyOn(new MemoryFiles());
    const entry = await history.find(await keep(history, someExchange({ problem: { sentence: 'No.' } })));
    return { schema: 1, ...entry, id };
  };

  it('is read as it was written', async () => {
    const value = await good();
    expect(readEntryText(JSON.stringify(value), id)).toMatchObject({ ok: true, entry: { source: 'iris.json' } });
  });

  it.each([
    ['an older version', { schema: 0 }, 'It was written by another version of the extension.'],
    ['a time that is none', { startedAt: 1e300 }, 'Something in it is not as it should be.'],
    ['no service', { service: 'Iris' }, 'Something in it is not as it should be.'],
    ['a header without a value', { requestHeaders: [{ name: 'a' }] }, 'Something in it is not as it should be.'],
    ['an answer without a status', { answer: {} }, 'Something in it is not as it should be.'],
    ['a problem without a sentence', { problem: {} }, 'Something in it is not as it should be.'],
    ['notes that are none', { notes: [1] }, 'Something in it is not as it should be.'],
  ])('with %s is damaged', async (_what, parts, reason) => {
    expect(readEntryText(JSON.stringify({ ...await good(), ...parts }), id)).toEqual({ ok: false, reason });
  });

  it('of a newer version is known as such', async () => {
    expect(readEntryText(JSON.stringify({ ...await good(), schema: 2 }), id)).toEqual({ ok: false, reason: 'It was written by another version of the extension.', newer: true });
  });

  it('offers no button that nobody knows', async () => {
    const read = readEntryText(JSON.stringify({ ...await good(), problem: { sentence: 'No.', actions: ['retry', 'formatDisk', 'toString'] } }), id);
    const { actions = [] } = (read.ok && read.entry.problem) || {};
    expect(someActions().offered(actions, {}).map(({ id: button }) => button)).toEqual(['retry']);
  });
});
