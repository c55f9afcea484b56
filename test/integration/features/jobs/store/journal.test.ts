// The journal on a real disk, under real processes that are killed: every file is whole, and the claims of the dead go to one.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AtomicFiles, isProcessAlive } from '../../../../../src/base/atomicFiles';
import { systemClock } from '../../../../../src/model/clock';
import { readJobText } from '../../../../../src/features/jobs/store/jobShape';
import { Journal } from '../../../../../src/features/jobs/store/journal';
import { Jobs } from '../../../../../src/features/jobs/store/jobs';
import { Windows } from '../../../../../src/features/jobs/store/windows';
import { key, someJob } from '../../../../unit/features/jobs/store/jobTools';

let program: string;
let folder: string;
let files: AtomicFiles;
const children: ChildProcess[] = [];

beforeAll(async () => {
  program = join(await mkdtemp(join(tmpdir(), 'journal-program-')), 'child.cjs');
  await build({ entryPoints: [join(import.meta.dirname, 'journalChild.ts')], bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outfile: program });
});
afterAll(() => rm(join(program, '..'), { recursive: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  files = new AtomicFiles(folder);
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await rm(folder, { recursive: true });
});

interface Child {
  readonly process: ChildProcess;
  readonly lines: Interface;
}

function start(...args: readonly string[]): Child {
  const child = spawn(process.execPath, [program, args[0] ?? '', folder, ...args.slice(1)], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  return { process: child, lines: createInterface({ input: child.stdout }) };
}

function line({ lines }: Child): Promise<string> {
  return new Promise((resolve) => lines.once('line', resolve));
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a process that is killed while it writes', () => {
  it('leaves whole files only, and none that is taken for a job and is none', async () => {
    let temporary = 0;
    for (let round = 0; round < 12; round += 1) {
      const child = start('write', key(round));
      expect(await line(child)).toBe('writing');
      await pause(60 + Math.random() * 60);
      await kill(child.process);
      temporary += (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.tmp')).length;
    }
    const journal = new Journal(files);
    const { keys, strange } = await journal.openKeys();
    expect([keys.length, strange]).toEqual([12, []]);
    for (const each of keys) expect(await journal.readOpen(each)).toMatchObject({ kind: 'job', job: { key: each } });
    const past = await journal.pastKeys('https://region.example/s');
    expect(past.length).toBeGreaterThan(12);
    for (const each of past) expect((await journal.readPast('https://region.example/s', each)).kind).toBe('job');
    // It was killed in the middle of a write at least once, or this test shows nothing.
    expect(temporary).toBeGreaterThan(0);
  });

  it('never shows a reader half a file', async () => {
    const child = start('write', key(1));
    await line(child);
    const seen = new Set<string>();
    const end = Date.now() + 1500;
    // On a busy machine the writer has its turn less often.
    while (Date.now() < end || (seen.size <= 5 && Date.now() < end + 30_000)) {
      const read = readJobText((await files.read(`open/${key(1)}.json`)) ?? '');
      if (!read.ok) throw new Error(read.reason);
      seen.add(read.job.title);
    }
    expect(seen.size).toBeGreaterThan(5);
  });

  it('leaves its claims to one of those who want them', async () => {
    const keys = Array.from({ length: 400 }, (_, n) => key(n)).join();
    const dead = start('holdMany', keys);
    expect(await line(dead)).toBe('held');
    const living = start('hold', key(900));
    expect(await line(living)).toBe('held');
    await kill(dead.process);
    const rivals = [start('compete', `${keys},${key(900)}`), start('compete', `${keys},${key(900)}`)];
    expect(await Promise.all(rivals.map(line))).toEqual(['ready', 'ready']);
    const answers = rivals.map(line);
    for (const rival of rivals) rival.process.stdin?.write('go\n');
    const won = (await Promise.all(answers)).map((answer) => answer.replace('won ', '').split(',').filter((each) => each !== ''));
    expect(won.flat().sort()).toEqual(keys.split(','));
    // Both were at it at the same time, or this test shows nothing.
    expect(Math.min(...won.map((each) => each.length))).toBeGreaterThan(0);
  });
});

it('windows of two processes: when the leader is killed the other leads within seconds, and takes up what was interrupted', async () => {
  await new Journal(files).write(someJob(key(1), { step: 'submitting' }));
  const leader = start('hold', key(1));
  expect(await line(leader)).toBe('held');
  const windows = new Windows({ files, clock: systemClock, host: 'here', pid: process.pid, isAlive: isProcessAlive, random: Math.random, log: () => undefined });
  await windows.start();
  const jobs = new Jobs({ files, windows, clock: systemClock, log: () => undefined });
  try {
    await jobs.start();
    expect([windows.isLeader, jobs.open().map((job) => [job.step, jobs.interrupted(job)])]).toEqual([false, [['submitting', false]]]);
    await kill(leader.process);
    const changed = new Promise<void>((resolve) => jobs.onDidChange((keys) => (keys.includes(key(1)) ? resolve() : undefined)));
    await changed;
    expect(windows.isLeader).toBe(true);
    expect(jobs.openJob(key(1))?.step).toBe('notKnown');
  } finally {
    jobs.dispose();
    await windows.stop();
  }
  expect(await readdir(join(folder, 'windows'))).toEqual([]);
  expect(await readdir(join(folder, 'claims'))).toEqual([]);
});

describe('the files', () => {
  it('are told of as they change, without those that are being written', async () => {
    let told = 0;
    const watching = files.watch(() => {
      told += 1;
    });
    await files.write('open/a.json', '1');
    for (let waited = 0; told === 0 && waited < 5000; waited += 20) await pause(20);
    expect(told).toBeGreaterThan(0);
    watching.dispose();
    await pause(50);
    const before = told;
    await files.write('open/a.json', '2');
    await pause(100);
    expect(told).toBe(before);
  });

  it('have stamps that change with them, and so have their folders', async () => {
    expect(await files.stamp('open')).toBeUndefined();
    await files.write('open/a.json', '1');
    const before = [await files.stamp('open'), await files.stamp('open/a.json')];
    await pause(20);
    expect([await files.stamp('open'), await files.stamp('open/a.json')]).toEqual(before);
    await files.write('open/a.json', '2');
    const after = [await files.stamp('open'), await files.stamp('open/a.json')];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    await pause(20);
    await files.remove('open/a.json');
    expect(await files.stamp('open')).not.toBe(after[0]);
    expect(await files.stamp('open/a.json')).toBeUndefined();
  });

  it('are made by one of many, and are the owner\'s alone', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => files.create('claims/a', String(n))));
    expect(made.filter((each) => each)).toHaveLength(1);
    expect(await files.read('claims/a')).toBe(String(made.indexOf(true)));
    expect(await readdir(join(folder, 'claims'))).toEqual(['a']);
    if (process.platform !== 'win32') expect((await stat(join(folder, 'claims/a'))).mode & 0o777).toBe(0o600);
  });

  it('that are not there are no error', async () => {
    expect([await files.list('open'), await files.read('open/a'), await files.stamp('open/a')]).toEqual([[], undefined, undefined]);
    await files.remove('open/a');
  });

  it('that a killed process had begun are removed when they are old', async () => {
    await mkdir(join(folder, 'open'));
    for (const name of ['.1-a-1.tmp', '.2-b-1.tmp', 'notes.tmp']) await writeFile(join(folder, 'open', name), '{"ver');
    for (const name of ['.1-a-1.tmp', 'notes.tmp']) await utimes(join(folder, 'open', name), 1, 1);
    expect(await files.list('open')).toEqual(['notes.tmp']);
    await files.write('open/a.json', '1');
    expect((await readdir(join(folder, 'open'))).sort()).toEqual(['.2-b-1.tmp', 'a.json', 'notes.tmp']);
  });

  it('come back when somebody took the folder away, and a disk that says no is told and leaves nothing', async () => {
    await files.write('open/a.json', '1');
    await rm(join(folder, 'open'), { recursive: true });
    await expect(files.write('open/a.json', '1')).rejects.toThrow('ENOENT');
    await files.write('open/a.json', '2');
    expect(await readFile(join(folder, 'open/a.json'), 'utf8')).toBe('2');
    await mkdir(join(folder, 'open/b.json/x'), { recursive: true });
    await expect(files.write('open/b.json', '1')).rejects.toThrow();
    expect((await readdir(join(folder, 'open'))).sort()).toEqual(['a.json', 'b.json']);
    await symlink('loop', join(folder, 'loop'));
    await expect(files.list('loop')).rejects.toThrow('ELOOP');
    await expect(files.read('loop')).rejects.toThrow('ELOOP');
    await expect(files.stamp('loop')).rejects.toThrow('ELOOP');
  });
});

it('a process is alive or not', async () => {
  expect(isProcessAlive(process.pid)).toBe(true);
  const child = start('hold', key(1));
  await line(child);
  const pid = child.process.pid ?? 0;
  expect(isProcessAlive(pid)).toBe(true);
  await kill(child.process);
  expect(isProcessAlive(pid)).toBe(false);
});
