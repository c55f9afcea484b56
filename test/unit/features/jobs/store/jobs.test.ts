// The store of jobs: what other windows do is seen, nothing is written over, and what was interrupted is found.

import { beforeEach, describe, expect, it } from 'vitest';
import { runningByService, worstState } from '../../../../../src/features/jobs/store/jobCounts';
import { jobText } from '../../../../../src/features/jobs/store/jobShape';
import { address, Computer, key, reading, someJob, type Window } from './jobTools';

let computer: Computer;
let one: Window;
let other: Window;
beforeEach(async () => {
  computer = new Computer();
  one = await computer.open();
  other = await computer.open();
  await Promise.all([one.jobs.start(), other.jobs.start()]);
});

const keys = (window: Window): string[] => window.jobs.open().map((job) => job.key);

describe('two windows', () => {
  it('see each other\'s jobs come, change and go, and are told of each once', async () => {
    const told: string[] = [];
    other.jobs.onDidChange((changed) => told.push(changed.join('+')));
    await one.jobs.save(someJob(key(1)));
    await one.jobs.save(someJob(key(2)));
    await computer.clock.pass(1000);
    expect(keys(other)).toEqual([key(2), key(1)]);
    await one.jobs.update(key(1), (job) => ({ ...job, title: 'new' }));
    await computer.clock.pass(1000);
    expect(other.jobs.openJob(key(1))?.title).toBe('new');
    await one.jobs.update(key(1), (job) => ({ ...job, step: 'ended' }));
    await computer.clock.pass(1000);
    expect(keys(other)).toEqual([key(2)]);
    expect((await other.jobs.find(key(1)))?.title).toBe('new');
    await one.jobs.remove(key(2));
    await computer.clock.pass(10_000);
    expect([keys(one), keys(other)]).toEqual([[], []]);
    expect(told).toEqual([`${key(1)}+${key(2)}`, key(1), key(1), key(2)]);
  });

  it('are told when past jobs change that are shown', async () => {
    await one.jobs.save(someJob(key(1), { step: 'ended' }));
    expect(await other.jobs.past(address, 10)).toEqual({ jobs: [someJob(key(1), { step: 'ended' })], more: false });
    let told = 0;
    await computer.clock.pass(4000);
    other.jobs.onDidChange(() => {
      told += 1;
    });
    await computer.clock.pass(30_000);
    expect(told).toBe(0);
    await one.jobs.save(someJob(key(1), { step: 'ended', title: 'again' }));
    await computer.clock.pass(4000);
    expect(told).toBe(1);
    expect((await other.jobs.past(address, 10)).jobs.map((job) => job.title)).toEqual(['again']);
  });

  it('do not write over each other: a change is made to what the file holds', async () => {
    await one.jobs.save(someJob(key(1)));
    await computer.clock.pass(1000);
    const add = (window: Window): ReturnType<Window['jobs']['update']> => window.jobs.update(key(1), (job) => ({ ...job, history: [...job.history, { at: 0, text: 'x' }] }));
    for (const window of [one, other, one]) expect((await add(window)).kind).toBe('saved');
    const atOnce = (await Promise.all([one, other, one, other].map(add))).filter((update) => update.kind === 'saved').length;
    expect(await one.jobs.update(key(1), () => undefined)).toMatchObject({ kind: 'unchanged', job: { history: { length: 3 + atOnce } } });
    const claim = await one.jobs.claim(key(1));
    expect(await other.jobs.update(key(1), (job) => job)).toEqual({ kind: 'claimed' });
    expect(await one.jobs.update(key(1), (job) => job, claim)).toMatchObject({ kind: 'saved' });
  });

  it('end a job once', async () => {
    await one.jobs.save(someJob(key(1)));
    const end = (window: Window): Promise<unknown> => window.jobs.update(key(1), (job) => ({ ...job, step: 'ended' }));
    expect(await end(one)).toMatchObject({ kind: 'saved', endedHere: true });
    expect(await end(other)).toEqual({ kind: 'gone' });
  });

  it('share which failures were seen', async () => {
    await one.jobs.save(someJob(key(1), { step: 'ended', status: reading('failed') }));
    await computer.clock.pass(4000);
    expect([...other.jobs.unseen()]).toEqual([key(1)]);
    await other.jobs.see(key(1));
    await one.jobs.save(someJob(key(1), { step: 'ended', status: reading('failed'), title: 'later' }));
    await computer.clock.pass(4000);
    expect([...one.jobs.unseen(), ...other.jobs.unseen()]).toEqual([]);
  });
});

describe('a crash', () => {
  it('between two folders ends the job as it was written first, and shows the failure', async () => {
    await one.jobs.save(someJob(key(1)));
    await computer.clock.pass(1000);
    computer.files.onWrite = (path) => {
      if (path.startsWith('unseen')) throw new Error('killed');
    };
    await expect(one.jobs.update(key(1), (job) => ({ ...job, step: 'ended', status: reading('failed') }))).rejects.toThrow('killed');
    computer.files.onWrite = () => undefined;
    expect(computer.files.names('open')).toHaveLength(1);
    one.kill();
    await computer.clock.pass(10_000);
    expect(keys(other)).toEqual([]);
    expect(computer.files.names('open')).toEqual([]);
    expect([...other.jobs.unseen()]).toEqual([key(1)]);
    expect((await other.jobs.past(address, 1)).jobs[0]?.status?.status).toBe('failed');
  });

  it('during the submission makes it not known, once, and other steps interrupted', async () => {
    for (const [n, step] of ['uploading', 'submitting', 'submitted', 'started'].entries()) {
      await one.jobs.claim(key(n));
      await one.jobs.save(someJob(key(n), step === 'uploading' || step === 'submitting' || step === 'submitted' ? { step } : {}));
    }
    const third = await computer.open();
    await third.jobs.start();
    await computer.clock.pass(4000);
    expect(other.jobs.open().map((job) => other.jobs.interrupted(job))).toEqual([false, false, false, false]);
    let told = 0;
    other.jobs.onDidChange(() => {
      told += 1;
    });
    one.kill();
    await computer.clock.pass(10_000);
    expect(other.jobs.open().map((job) => [job.step, other.jobs.interrupted(job)])).toEqual([['started', false], ['submitted', true], ['notKnown', false], ['uploading', true]]);
    expect((await other.jobs.find(key(1)))?.history).toHaveLength(1);
    expect(told).toBeGreaterThan(0);
  });

  it.each(['submitting', 'uploading'] as const)('is not thought of where a step was finished between two looks: %s', async (step) => {
    const claim = await one.jobs.claim(key(1));
    const next = someJob(key(1), { step: 'submitted', startsItself: false });
    await one.jobs.save(someJob(key(1), { step }));
    // Just when the other window has read the job and is about to look at claims.
    const { list } = computer.files;
    computer.files.list = async (folder) => {
      if (folder === 'claims') {
        computer.files.list = list;
        await one.jobs.save(next);
        await claim?.release();
      }
      return list.call(computer.files, folder);
    };
    await other.jobs.rescan();
    expect(other.jobs.open()).toEqual([next]);
    expect(await one.jobs.find(key(1))).toEqual(next);
  });
});

it('a change is seen that came too soon after another for the time of the folder to tell', async () => {
  const { stamp } = computer.files;
  computer.files.stamp = (path) => (path === 'open' ? Promise.resolve('the same') : stamp.call(computer.files, path));
  await one.jobs.save(someJob(key(1)));
  await other.jobs.rescan();
  await one.jobs.save(someJob(key(2)));
  await other.jobs.rescan();
  expect(keys(other)).toEqual([key(2), key(1)]);
});

describe('what cannot be read', () => {
  it('is told and left alone, and taken up when it is mended', async () => {
    const path = `open/${key(1)}.json`;
    computer.files.texts.set(path, '{"version": 9}');
    await computer.files.write(`open/${key(2)}.json`, jobText(someJob(key(2))));
    await computer.clock.pass(1000);
    expect(keys(other)).toEqual([key(2)]);
    expect(other.jobs.problems()).toMatchObject([{ name: path }]);
    expect(await other.jobs.update(key(1), (job) => job)).toEqual({ kind: 'gone' });
    expect(computer.files.texts.get(path)).toBe('{"version": 9}');
    await computer.files.write(path, jobText(someJob(key(1))));
    await computer.clock.pass(1000);
    expect(keys(other)).toEqual([key(2), key(1)]);
    expect(other.jobs.problems()).toEqual([]);
  });

  it('is a disk for a while: what was known stays', async () => {
    await one.jobs.save(someJob(key(1)));
    await computer.clock.pass(1000);
    const { list } = computer.files;
    computer.files.list = () => Promise.reject(new Error('EIO'));
    await computer.files.write(`open/${key(2)}.json`, jobText(someJob(key(2))));
    await computer.clock.pass(10_000);
    expect(keys(other)).toEqual([key(1)]);
    expect(computer.log.join()).toContain('"open" cannot be used: EIO');
    computer.files.list = list;
    await computer.clock.pass(70_000);
    expect(keys(other)).toEqual([key(2), key(1)]);
  });

  it('reaches who saves: the job is as it was', async () => {
    await one.jobs.save(someJob(key(1)));
    computer.files.onWrite = (path) => {
      if (path.startsWith('open')) throw new Error('ENOSPC');
    };
    await expect(one.jobs.update(key(1), (job) => ({ ...job, title: 'new' }))).rejects.toThrow('ENOSPC');
    computer.files.onWrite = () => undefined;
    expect(one.jobs.openJob(key(1))?.title).toBe('days.csv');
    expect(await one.jobs.update(key(1), () => undefined)).toMatchObject({ kind: 'unchanged' });
  });
});

describe('the cost', () => {
  it('of ten thousand past jobs is that of the page that is shown', async () => {
    await one.jobs.save(someJob(key(0), { step: 'ended' }));
    const [first = ''] = computer.files.names('past');
    for (let n = 1; n < 10_000; n += 1) await computer.files.write(first.replace(key(0), key(n)), jobText(someJob(key(n), { step: 'ended' })));
    computer.files.reads = [];
    const page = await other.jobs.past(address, 30);
    expect(page.jobs.map((job) => job.key)).toEqual(Array.from({ length: 30 }, (_, n) => key(9999 - n)));
    expect(page.more).toBe(true);
    expect(computer.files.reads.filter((path) => path.startsWith('past'))).toHaveLength(30);
    await other.jobs.past(address, 30);
    expect(computer.files.reads.filter((path) => path.startsWith('past'))).toHaveLength(30);
    expect((await other.jobs.past(address, 20_000)).more).toBe(false);
  });

  it('of a journal without jobs is nothing that is told: the tree is drawn once', async () => {
    const third = await computer.open();
    let told = 0;
    third.jobs.onDidChange(() => (told += 1));
    await third.jobs.start();
    await computer.clock.pass(10_000);
    expect(told).toBe(0);
  });

  it('of jobs that do not change is no file read', async () => {
    for (let n = 0; n < 100; n += 1) await one.jobs.save(someJob(key(n)));
    await computer.clock.pass(10_000);
    computer.files.reads = [];
    await computer.clock.pass(60_000);
    expect(computer.files.reads.filter((path) => path.startsWith('open'))).toEqual([]);
  });
});

it('counts, and says the worst', async () => {
  const steps = ['started', 'uploading', 'submitted', 'notKnown'] as const;
  for (const [n, step] of steps.entries()) await one.jobs.save(someJob(key(n), { step, startsItself: false }));
  const now = (open = one.jobs.open(), paused = false, held = true): Parameters<typeof worstState>[0] => ({ open, unseen: one.jobs.unseen(), paused: () => paused, interrupted: (job) => !held && job.step === 'uploading' });
  const of = (...some: string[]): ReturnType<Window['jobs']['open']> => one.jobs.open().filter((job) => some.includes(job.step));
  expect(runningByService(now())).toEqual(new Map([[address, 2]]));
  expect(runningByService(now(one.jobs.open(), false, false))).toEqual(new Map([[address, 1]]));
  expect([worstState(now([])), worstState(now(of('submitted'))), worstState(now(of('started')))]).toEqual([undefined, undefined, 'running']);
  expect([worstState(now(of('started'), true)), worstState(now(of('notKnown'), true)), worstState(now(of('uploading'), true, false))]).toEqual(['paused', 'interrupted', 'interrupted']);
  await one.jobs.save(someJob(key(9), { step: 'ended', status: reading('failed') }));
  expect(worstState(now())).toBe('failed');
});

it('stops when it is disposed', async () => {
  for (const { jobs, windows } of [one, other]) {
    jobs.dispose();
    windows.dispose();
  }
  await computer.clock.pass(5000);
  expect(computer.clock.asleep).toBe(0);
});
