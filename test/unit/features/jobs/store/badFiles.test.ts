// One file or folder of the journal that cannot be used: everything else goes on, and the file is named.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../../../src/model/job';
import { Claims } from '../../../../../src/features/jobs/store/claims';
import { pastFolder } from '../../../../../src/features/jobs/store/journal';
import { Quotas } from '../../../../../src/features/jobs/store/quotas';
import { diskMessages } from '../../../../../src/base/troubles';
import { address, Computer, key, MemoryFiles, someJob, type Window } from './jobTools';

let computer: Computer;
let one: Window;
beforeEach(async () => {
  computer = new Computer();
  one = await computer.open();
});

/** Three jobs on disk, and whatever is broken; then a window starts. */
async function startedWith(...broken: readonly (readonly [path: string, code: string])[]): Promise<Window> {
  for (const n of [1, 2, 3]) await one.jobs.save(someJob(key(n)));
  for (const [path, code] of broken) computer.files.broken.set(path, code);
  const window = await computer.open();
  await window.jobs.start();
  return window;
}

const keys = ({ jobs }: Window): string[] => jobs.open().map((job) => job.key);
const named = ({ jobs }: Window): string[] => jobs.problems().map(({ name }) => name);
const codes = ['EISDIR', 'ELOOP', 'EFBIG', 'ENXIO', 'EACCES', 'EIO'];

describe('a job', () => {
  it.each(codes)('whose file is broken (%s) is named, and the others are shown', async (code) => {
    const path = `open/${key(4)}.json`;
    const window = await startedWith([path, code]);
    expect(keys(window)).toEqual([key(3), key(2), key(1)]);
    expect(window.jobs.problems()).toEqual(
      [expect.objectContaining({ name: path, reason: diskMessages(Object.assign(new Error(`${code}: ${path}`), { code })).reason })],
    );
    computer.files.broken.clear();
    await computer.clock.pass(70_000);
    expect(named(window)).toEqual([]);
  });

  it('stays as it was while its file cannot be read just now, and is gone when something else is in its place', async () => {
    const window = await startedWith();
    const path = `open/${key(2)}.json`;
    const become = async (code: string): Promise<void> => {
      computer.files.broken.delete(path);
      await computer.files.write(path, 'something else');
      computer.files.broken.set(path, code);
      await computer.clock.pass(10_000);
    };
    await become('EACCES');
    expect(keys(window)).toEqual([key(3), key(2), key(1)]);
    expect(named(window)).toContain(path);
    await expect(window.jobs.update(key(2), (job) => job)).rejects.toMatchObject(
      { name: 'LocalFailure', message: expect.stringContaining(path) },
    );
    await become('EISDIR');
    expect(keys(window)).toEqual([key(3), key(1)]);
  });

  it('that was interrupted is settled though another cannot be written', async () => {
    for (const n of [1, 2]) await one.jobs.save(someJob(key(n), { step: 'submitting' }));
    computer.files.onWrite = (path) => {
      if (path === `open/${key(1)}.json` || path === `claims/${key(1)}`) throw new Error('ENOSPC');
    };
    const window = await computer.open();
    await window.jobs.start();
    expect(window.jobs.open().map(({ key: each, step }) => [each, step])).toEqual([[key(2), 'notKnown'], [key(1), 'submitting']]);
  });

  it('that has ended is found though the folder of another service, or its own file there, is broken', async () => {
    const other = { name: 'Other', address: 'https://region.example/workspaces/w/services/other' };
    const window = await startedWith();
    await one.jobs.save(someJob(key(7), { step: 'ended' }));
    await one.jobs.save(someJob(key(8), { step: 'ended', service: other }));
    computer.files.broken.set(`${pastFolder(other.address)}/${key(7)}.json`, 'EACCES');
    expect((await window.jobs.find(key(7)))?.key).toBe(key(7));
    computer.files.broken.set(`${pastFolder(address)}/${key(7)}.json`, 'EISDIR');
    await expect(window.jobs.find(key(7))).rejects.toMatchObject({ name: 'LocalFailure', message: expect.stringContaining(key(7)) });
  });

  describe('that has ended and whose file is bad', () => {
    const path = (n: number): string => `${pastFolder(address)}/${key(n)}.json`;
    const show = async (window: Window, count: number): Promise<string[]> =>
      (await window.jobs.past(address, count)).jobs.map((job) => job.key);
    let texts: string[] = [];
    beforeEach(async () => {
      for (const n of [7, 8]) await one.jobs.save(someJob(key(n), { step: 'ended' }));
      texts = [7, 8].map((n) => computer.files.texts.get(path(n)) ?? '');
    });

    /** A window that shows both, each of them bad: one by its text, one by what is in its place. */
    async function shown(code: string): Promise<Window> {
      computer.files.texts.set(path(7), 'half a fi');
      const window = await startedWith([path(8), code]);
      await show(window, 10);
      expect(named(window).sort()).toEqual([path(7), path(8)]);
      return window;
    }

    it.each(codes)('is named until it is removed (%s)', async (code) => {
      const window = await shown(code);
      let told = 0;
      window.jobs.onDidChange(() => (told += 1));
      computer.files.broken.clear();
      for (const n of [7, 8]) await computer.files.remove(path(n));
      await computer.clock.pass(10_000);
      expect([named(window), told > 0, await show(window, 10)]).toEqual([[], true, []]);
    });

    it.each(codes)('is named until it is mended in its place, also where it is not on the page (%s)', async (code) => {
      const window = await shown(code);
      await show(window, 1);
      let told = 0;
      window.jobs.onDidChange(() => (told += 1));
      computer.files.broken.clear();
      computer.files.mendInPlace(path(7), texts[0] ?? '');
      computer.files.mendInPlace(path(8), texts[1] ?? '');
      await computer.clock.pass(10_000);
      expect([named(window), told > 0, await show(window, 10)]).toEqual([[], true, [key(8), key(7)]]);
    });

    it('is forgotten by the page that is shown next', async () => {
      const window = await shown('EACCES');
      let told = 0;
      computer.files.broken.clear();
      for (const n of [7, 8]) await computer.files.remove(path(n));
      window.jobs.onDidChange(() => (told += 1));
      await show(window, 10);
      expect([named(window), told]).toEqual([[], 1]);
    });

    it('is not told of again and again while it stays', async () => {
      const window = await shown('EACCES');
      let told = 0;
      window.jobs.onDidChange(() => (told += 1));
      await computer.clock.pass(20_000);
      await show(window, 10);
      expect(told).toBe(0);
    });
  });

  it('that is deleted leaves no more behind than what cannot be removed', async () => {
    const window = await startedWith();
    computer.files.texts.set(`unseen/${key(1)}`, '');
    const past = `${pastFolder(address)}/${key(1)}.json`;
    computer.files.broken.set(past, 'EISDIR');
    await expect(window.jobs.remove(key(1))).rejects.toThrow('EISDIR');
    expect([...computer.files.texts.keys()].filter((path) => path.includes(key(1)))).toEqual([]);
  });
});

describe('a folder', () => {
  it.each(
    ['open', 'unseen', 'claims', 'windows', 'past', pastFolder(address)].flatMap(
      (folder) => ['ENOTDIR', 'EACCES'].map((code) => [folder, code] as const),
    ),
  )('%s that is broken (%s) leaves all that is elsewhere', async (folder, code) => {
    const window = await startedWith([folder, code]);
    expect(keys(window)).toEqual(folder === 'open' ? [] : [key(3), key(2), key(1)]);
    expect(await window.jobs.past(address, 10)).toEqual({ jobs: [], more: false });
    if (folder !== 'past') expect(named(window)).toContain(folder);
    computer.files.broken.clear();
    await computer.clock.pass(10_000);
    expect(keys(window)).toEqual([key(3), key(2), key(1)]);
    await window.jobs.past(address, 10);
    expect(named(window)).toEqual([]);
  });

  it('of ended jobs tells of what is broken once, however often it is drawn', async () => {
    const window = await startedWith([pastFolder(address), 'EACCES']);
    let told = 0;
    window.jobs.onDidChange(() => {
      told += 1;
      void window.jobs.past(address, 10);
    });
    await window.jobs.past(address, 10);
    await computer.clock.pass(20_000);
    expect(told).toBe(1);
  });

  it('of windows that cannot be read has this window ask by itself', async () => {
    const window = await startedWith();
    await computer.clock.pass(3000);
    expect(window.windows.isLeader).toBe(false);
    computer.files.broken.set('windows', 'ENOTDIR');
    await computer.clock.pass(3000);
    expect(window.windows.isLeader).toBe(true);
    computer.files.broken.clear();
    await computer.clock.pass(3000);
    expect(window.windows.isLeader).toBe(false);
  });
});

describe('a window', () => {
  it.each(codes)('whose file is broken (%s) is dead in time, and does not hide the others', async (code) => {
    const window = await startedWith();
    computer.files.broken.set('windows/000000000-a.json', code);
    one.kill();
    await computer.clock.pass(3000);
    expect(computer.files.names('windows')).toEqual([`windows/${window.windows.name}.json`]);
    expect(window.windows.isLeader).toBe(false);
    await computer.clock.pass(30_000);
    expect(window.windows.isLeader).toBe(true);
    // It stays so, though the file stays.
    let told = 0;
    window.windows.onDidChange(() => (told += 1));
    await computer.clock.pass(100_000);
    expect([window.windows.isLeader, told]).toEqual([true, 0]);
    expect(named(window)).toContain('windows/000000000-a.json');
  });
});

describe('a claim', () => {
  it('that is broken as a file is nobody\'s: the job is worked on, again and again', async () => {
    const window = await startedWith([`claims/${key(1)}`, 'EISDIR']);
    expect(keys(window)).toHaveLength(3);
    expect(named(window)).toContain(`claims/${key(1)}`);
    for (let times = 0; times < 3; times += 1) {
      const claim = await window.jobs.claim(key(1));
      expect(await claim?.held()).toBe(true);
      expect(await one.jobs.claim(key(1))).toBeUndefined();
      await claim?.release();
    }
    const update = await window.jobs.update(key(1), (job) => ({ ...job, title: 'new' }));
    expect(update).toMatchObject({ kind: 'saved', job: { title: 'new' } });
    expect(computer.files.names('claims')).toEqual([]);
  });

  it('that cannot be read just now may be a living window\'s: it holds, and the others are looked at', async () => {
    await one.jobs.save(someJob(key(1), { step: 'uploading' }));
    const claim = await one.jobs.claim(key(1));
    const window = await startedWith([`claims/${key(2)}`, 'EACCES']);
    expect(window.jobs.interrupted(someJob(key(2), { step: 'uploading' }))).toBe(false);
    expect(window.jobs.interrupted(someJob(key(1), { step: 'uploading' }))).toBe(false);
    await expect(window.jobs.claim(key(2))).rejects.toMatchObject(
      { name: 'LocalFailure', message: expect.stringContaining(`claims/${key(2)}`) },
    );
    await claim?.release();
  });

  it.each([
    ['one is half a file', { k1: '' }],
    ['two are half a file', { k1: '', 'k1~unreadable': '' }],
    ['three are half a file', { k1: '', 'k1~unreadable': '', 'k1~unreadable2': '{' }],
    ['two name each other', { k1: '{"id":"a","window":"w"}', 'k1~a': '{"id":"a","window":"w"}' }],
    ['three stand in a circle', { k1: '{"id":"a","window":"w"}', 'k1~a': '{"id":"b","window":"w"}', 'k1~b': '{"id":"a","window":"w"}' }],
  ])('is found, given and taken away where %s', async (_what, texts) => {
    const files = new MemoryFiles();
    for (const [name, text] of Object.entries(texts)) await files.write(`claims/${name}`, text);
    let reads = 0;
    const read = files.read.bind(files);
    files.read = (path) => (++reads > 1000 ? Promise.reject(new Error('It is read for ever.')) : read(path));
    let ids = 0;
    const claims = new Claims(files, 'me', () => `new${++ids}`, (window) => Promise.resolve(window === 'me'));
    await claims.look();
    expect(claims.isHeld('k1')).toBe(false);
    const claim = await claims.claim('k1');
    expect(await claim?.held()).toBe(true);
    await claim?.release();
    expect(files.names('claims')).toEqual([]);
  });

  it('that cannot be released does not keep the others', async () => {
    const window = await startedWith();
    for (const n of [1, 2]) await window.jobs.claim(key(n));
    computer.files.onWrite = (path) => {
      if (path === `claims/${key(1)}`) throw new Error('EIO');
    };
    await expect(window.windows.stop()).rejects.toThrow('EIO');
    expect(computer.files.names('claims')).toEqual([`claims/${key(1)}`]);
    expect(computer.files.names('windows')).toEqual([`windows/${one.windows.name}.json`]);
  });
});

it('a failure that was looked at is seen though its mark cannot be removed', async () => {
  const failed: Job = someJob(key(1), { step: 'ended', problem: { sentence: 'No.' } });
  await one.jobs.save(failed);
  const window = await startedWith([`unseen/${key(1)}`, 'EISDIR']);
  expect([...window.jobs.unseen()]).toEqual([key(1)]);
  await window.jobs.see(key(1));
  expect([...window.jobs.unseen()]).toEqual([]);
  await computer.clock.pass(10_000);
  expect([...window.jobs.unseen()]).toEqual([]);
  expect(named(window)).toEqual([`unseen/${key(1)}`]);
});

it('a quota that cannot be read or written does not stop the asking', async () => {
  const quotas = new Quotas(computer.files, () => 0, () => undefined);
  computer.files.broken.set('quotas/host.json', 'EISDIR');
  const outcome = { kind: 'quota', retryAfterMs: 1000, problem: { sentence: 'Used up.' } } as const;
  expect(await quotas.ask('host', () => Promise.resolve(outcome))).toEqual(outcome);
  expect(quotas.problems()).toMatchObject([{ name: 'quotas/host.json' }]);
});
