// Works on a journal of jobs, in a process that has done nothing before, and tells how long that took. A program of its own; it writes JSON.

import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../../src/model/job';
import { jobText } from '../../src/features/jobs/store/jobShape';
import { endedJob, fillJournal, openStore, startedJob } from './jobsOnDisk';

/** What is to be done; `root` is the journal's folder. */
export type JournalTask =
  /** Makes a journal. Gives nothing. */
  | { readonly do: 'fill'; readonly root: string; readonly address: string; readonly past: number; readonly open: number }
  /** Starts the store and takes the first page of ended jobs, as the tree does. */
  | { readonly do: 'page'; readonly root: string; readonly address: string }
  /** Starts the store and takes the jobs that are open. */
  | { readonly do: 'start'; readonly root: string }
  /** Only reads and parses the files of the jobs that are open. */
  | { readonly do: 'read'; readonly root: string }
  /** Writes jobs one after another. */
  | { readonly do: 'write'; readonly root: string };

/** Milliseconds. */
export interface JournalTimes {
  readonly tookMs?: number;
  /** Medians of writing one job, of changing one as it is done when its status changes, and of a plain file of the same text that is made safe on the disk. */
  readonly saveMs?: number;
  readonly updateMs?: number;
  readonly plainMs?: number;
}

const pageSize = 50;
const writes = 60;
const tenMinutesMs = 600_000;

async function fill(root: string, address: string, past: number, openJobs: number): Promise<void> {
  const now = Date.now();
  await fillJournal(root, Array.from({ length: past }, (_, index) => endedJob(address, `past-${index}`, now - (index + 1) * tenMinutesMs)));
  await fillJournal(root, Array.from({ length: openJobs }, (_, index) => startedJob(address, `open-${index}`, now - index * 1000)));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function page(root: string, address: string): Promise<JournalTimes> {
  const { windows, jobs, close } = openStore(root);
  const tookMs = await timed(async () => {
    await windows.start();
    await jobs.start();
    const shown = await jobs.past(address, pageSize);
    if (shown.jobs.length !== pageSize) throw new Error(`The first page has ${shown.jobs.length} jobs.`);
  });
  await close();
  return { tookMs };
}

async function start(root: string): Promise<JournalTimes> {
  const { windows, jobs, close } = openStore(root);
  const tookMs = await timed(async () => {
    await windows.start();
    await jobs.start();
    if (jobs.open().length === 0) throw new Error('No job is open.');
  });
  await close();
  return { tookMs };
}

async function read(root: string): Promise<JournalTimes> {
  const folder = join(root, 'open');
  const atOnce = 64;
  return { tookMs: await timed(async () => {
    const names = await readdir(folder);
    for (let at = 0; at < names.length; at += atOnce) {
      await Promise.all(names.slice(at, at + atOnce).map(async (name) => void JSON.parse(await readFile(join(folder, name), 'utf8'))));
    }
  }) };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

async function write(root: string): Promise<JournalTimes> {
  const { windows, jobs, close } = openStore(root);
  await windows.start();
  await jobs.start();
  const [first] = jobs.open();
  if (!first) throw new Error('No job is open.');
  const { key } = first;
  const changed = (job: Job, count: number): Job => ({ ...job, stepAt: job.stepAt + count });
  const plain = async (text: string, count: number): Promise<void> => {
    const file = await open(join(root, `plain-${count}`), 'w');
    await file.writeFile(text);
    await file.sync();
    await file.close();
  };
  const times = { save: [] as number[], update: [] as number[], plain: [] as number[] };
  for (let count = 1; count <= writes; count += 1) {
    const job = changed(first, count);
    times.save.push(await timed(() => jobs.save(job)));
    times.update.push(await timed(async () => {
      const { kind } = await jobs.update(key, (current) => changed(current, count));
      if (kind !== 'saved') throw new Error(`The change of a job came to "${kind}".`);
    }));
    times.plain.push(await timed(() => plain(jobText(job), count)));
  }
  await close();
  return { saveMs: median(times.save), updateMs: median(times.update), plainMs: median(times.plain) };
}

async function work(task: JournalTask): Promise<JournalTimes> {
  switch (task.do) {
    case 'fill':
      await fill(task.root, task.address, task.past, task.open);
      return {};
    case 'page':
      return page(task.root, task.address);
    case 'start':
      return start(task.root);
    case 'read':
      return read(task.root);
    case 'write':
      return write(task.root);
    default:
      return task satisfies never;
  }
}

void work(JSON.parse(process.argv[2] ?? '')).then((times) => process.stdout.write(JSON.stringify(times), () => process.exit()));
