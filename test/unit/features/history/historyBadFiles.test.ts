// One file of the history that cannot be used: the others are listed, kept and removed, and the file is named.

import { describe, expect, it } from 'vitest';
import { historyOn, keep, MemoryFiles, someExchange } from './historyTools';

/** Files of which some are broken, with the code of the disk's error. */
class BrokenFiles extends MemoryFiles {
  readonly broken = new Map<string, string>();

  override async list(): Promise<readonly string[]> {
    return [...new Set([...(await super.list()), ...this.broken.keys()])];
  }

  override stamp(name?: string): Promise<string | undefined> {
    const code = name === undefined ? undefined : this.broken.get(name);
    if (code === 'ELOOP') return Promise.reject(fault(code));
    return code === undefined ? super.stamp(name) : Promise.resolve('broken');
  }

  override facts(name: string): ReturnType<MemoryFiles['facts']> {
    const code = this.broken.get(name);
    return code === 'ELOOP' ? Promise.reject(fault(code)) : super.facts(name);
  }

  override read(name: string): Promise<string | undefined> {
    return this.broken.has(name) ? Promise.reject(fault(this.broken.get(name))) : super.read(name);
  }

  readonly most: number[] = [];

  override readBody(name: string, most = Infinity): Promise<Uint8Array | undefined> {
    this.most.push(most);
    return this.broken.has(name) ? Promise.reject(fault(this.broken.get(name))) : super.readBody(name);
  }

  override remove(name: string): Promise<void> {
    return this.broken.has(name) ? Promise.reject(fault(this.broken.get(name))) : super.remove(name);
  }
}

function fault(code: string | undefined): Error {
  return Object.assign(new Error(`${code ?? ''}: it is broken`), { code });
}

const codes = ['EISDIR', 'ELOOP', 'EFBIG', 'EACCES', 'EIO'];

describe.each(codes)('what is broken (%s)', (code) => {
  it.each(['.json', '.request.gz', '.answer.gz', '.pin'])('as an entry\'s %s leaves the others as they are', async (ending) => {
    const files = new BrokenFiles();
    const { history } = historyOn(files);
    const [bad, good] = [await keep(history, someExchange()), await keep(history, someExchange())];
    files.broken.set(`${bad}${ending}`, code);
    files.texts.delete(`${bad}${ending}`);
    const newer = await keep(history, someExchange());
    const listed = (await history.list()).map(({ id }) => id).toSorted();
    expect(listed).toEqual((ending === '.json' ? [good, newer] : [bad, good, newer]).toSorted());
    expect(history.problems().map(({ name }) => name)).toEqual(ending === '.json' ? [`${bad}.json`] : []);
    expect((await history.exchange(good))?.requestBody).not.toBe('');
    if (ending.endsWith('.gz')) await expect(history.exchange(bad)).rejects.toMatchObject(
      { name: 'LocalFailure', message: expect.stringContaining(`${bad}${ending}`) },
    );
    await expect(history.removeAll(false)).rejects.toMatchObject(
      { name: 'LocalFailure', message: `One file of the history could not be deleted: "${bad}${ending}".` },
    );
    expect(await files.list()).not.toContain(`${good}.json`);
    // An entry whose text cannot be removed may still be one, and keeps its bodies; a folder is none.
    const stays = ending === '.json' && (code === 'EACCES' || code === 'EIO');
    expect((await files.list()).filter((name) => name.startsWith(bad))).toHaveLength(stays ? 3 : 1);
  });

  it('and alone does not keep what is new from being kept, nor the limit', async () => {
    const files = new BrokenFiles();
    const { history, logged } = historyOn(files, { limitBytes: () => 1200, now: () => Date.UTC(2027, 0, 1) });
    files.broken.set('000000001-aaaaaaaaaaaa.request.gz', code);
    files.broken.set('000000001-bbbbbbbbbbbb.json', code);
    files.broken.set('000000001-cccccccccccc.pin', code);
    for (let times = 0; times < 3; times += 1) expect(
      await history.add(history.newId(times), someExchange(), { file: 'f', sample: false, secrets: [] }),
    ).toBe(true);
    expect(await history.list()).toHaveLength(1);
    expect(new Set(logged).size).toBe(logged.length);
  });
});

it('a limit that cannot be kept to is told of where it was set', async () => {
  const files = new BrokenFiles();
  let limit = 1_000_000;
  const { history } = historyOn(files, { limitBytes: () => limit });
  const id = await keep(history, someExchange());
  files.remove = () => Promise.reject(fault('EACCES'));
  limit = 0;
  await expect(history.trim()).rejects.toMatchObject({ name: 'LocalFailure', message: expect.stringContaining(id) });
});

it('a folder that cannot be read says so, in words for a person', async () => {
  const files = new BrokenFiles();
  files.list = () => Promise.reject(fault('ENOTDIR'));
  await expect(historyOn(files).history.list()).rejects.toMatchObject({
    name: 'LocalFailure', message: 'The folder of the history cannot be read.',
    advice: 'A file is in the place of this folder. Move it away or delete it.',
  });
});

it('a body is read up to what the entry says of it', async () => {
  const files = new BrokenFiles();
  const { history } = historyOn(files);
  const id = await keep(history, someExchange());
  await history.exchange(id);
  expect(files.most).toHaveLength(2);
  expect(new Set(files.most)).toEqual(new Set([64 * 1024 * 1024]));
});
