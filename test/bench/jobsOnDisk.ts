// Batch jobs as they occur, and a journal that is full of them.

import { readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { isProcessAlive, AtomicFiles } from '../../src/base/atomicFiles';
import { systemClock } from '../../src/model/clock';
import type { Job } from '../../src/model/job';
import { jobText } from '../../src/features/jobs/store/jobShape';
import { Jobs } from '../../src/features/jobs/store/jobs';
import { Journal } from '../../src/features/jobs/store/journal';
import { newJobKey } from '../../src/base/fileKeys';
import { Windows } from '../../src/features/jobs/store/windows';

const minuteMs = 60_000;
const base = 'https://account.blob.core.windows.net/';

/** So many files are written at once. */
const atOnce = 64;

/** A job that was started at a time, in milliseconds since 1970, and runs. */
export function startedJob(address: string, id: string, at: number): Job {
  const key = newJobKey(at, Math.random);
  const title = `customers-${id}.csv`;
  return {
    key,
    service: { name: 'Bench', address },
    title,
    createdAt: at - minuteMs,
    inputs: [{ file: { uri: `file:///data/customers/${title}`, name: title, bytes: 1_234_567, modifiedAt: at - 10 * minuteMs }, storage: 'account', blob: { base, container: 'in', name: `${key}/${title}` }, overwrite: false, uploadedAt: at - 2000 }],
    outputs: [{ port: 'output1', storage: 'account', blob: { base, container: 'out', name: `${key}/result.csv` } }],
    parameters: [{ name: 'Season', value: 'summer' }, { name: 'Threshold', value: '0.5' }],
    startsItself: true,
    connectionStrings: false,
    step: 'started',
    stepAt: at,
    id,
    uploadedAt: at - 2000,
    submittedAt: at - 1000,
    startedAt: at,
    history: ['The file is being uploaded', 'The file is in storage', 'The job was submitted', 'The job was started'].map((text, line) => ({ at: at - 4000 + line * 1000, text })),
  };
}

/** The same job once it has finished. */
export function endedJob(address: string, id: string, at: number): Job {
  const job = startedJob(address, id, at);
  const endedAt = at + minuteMs;
  const time = (ms: number): string => new Date(ms).toISOString();
  return {
    ...job,
    step: 'ended',
    stepAt: endedAt,
    endedAt,
    status: { status: 'finished', text: 'Finished', createdAt: time(job.createdAt), startTime: time(at), endTime: time(endedAt), results: [{ name: 'output1', base, location: `out/${job.key}/result.csv` }] },
    history: [...job.history, { at: endedAt, text: 'Finished' }],
  };
}

/** Puts jobs into the journal below `root`, all of one service and all open or all ended. The first goes the usual way and shows where; for the rest that would take minutes. */
export async function fillJournal(root: string, jobs: readonly Job[]): Promise<void> {
  const [first, ...rest] = jobs;
  if (!first) return;
  const journal = new Journal(new AtomicFiles(root));
  await (first.step === 'ended' ? journal.end(first) : journal.write(first));
  const file = (await readdir(root, { recursive: true })).find((name) => name.endsWith(`${first.key}.json`));
  if (file === undefined) throw new Error('The journal did not keep the job in a file of its name.');
  const folder = join(root, dirname(file));
  for (let start = 0; start < rest.length; start += atOnce) {
    await Promise.all(rest.slice(start, start + atOnce).map((job) => writeFile(join(folder, `${job.key}.json`), jobText(job))));
  }
}

/** The store of jobs on a journal, wired as in the extension. What it would log is a failure here. */
export function openStore(root: string): { readonly windows: Windows; readonly jobs: Jobs; readonly log: (line: string) => void; readonly close: () => Promise<void> } {
  const files = new AtomicFiles(root);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const windows = new Windows({ files, clock: systemClock, host: hostname(), pid: process.pid, isAlive: isProcessAlive, random: Math.random, log });
  const jobs = new Jobs({ files, windows, clock: systemClock, log });
  return {
    windows,
    jobs,
    log,
    close: async () => {
      jobs.dispose();
      await windows.stop();
      if (lines.length > 0) throw new Error(lines.join('\n'));
    },
  };
}
