// A program for the tests of the journal's files: works on a shared folder until it is killed.

import { AtomicFiles, isProcessAlive } from '../../../../../src/base/atomicFiles';
import { systemClock } from '../../../../../src/model/clock';
import type { Job } from '../../../../../src/model/job';
import { Journal } from '../../../../../src/features/jobs/store/journal';
import { newJobKey } from '../../../../../src/base/fileKeys';
import { Windows } from '../../../../../src/features/jobs/store/windows';

const [, , task = '', root = '', argument = ''] = process.argv;
const files = new AtomicFiles(root);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A job of some size, so that half of it can be told from the whole. */
function job(key: string, count: number): Job {
  return {
    key, service: { name: 'Weather', address: 'https://region.example/s' }, title: `after ${count}`, createdAt: 1, inputs: [], outputs: [], parameters: [],
    startsItself: true, connectionStrings: false, step: 'started', stepAt: count, id: key,
    history: Array.from({ length: 200 + (count % 50) }, (_, at) => ({ at, text: `${count}: ${'x'.repeat(50)}` })),
  };
}

/** Writes, ends and removes jobs, as fast as it can. */
async function write(): Promise<void> {
  const journal = new Journal(files);
  const key = argument;
  for (let count = 0; ; count += 1) {
    await journal.write(job(key, count));
    if (count === 0) say('writing');
    await journal.end({ ...job(newJobKey(count, Math.random), count), step: 'ended' });
  }
}

async function window(): Promise<Windows> {
  const windows = new Windows({ files, clock: systemClock, host: 'here', pid: process.pid, isAlive: isProcessAlive, random: Math.random, log: say });
  await windows.start();
  return windows;
}

/** Claims a job and stays. */
async function hold(): Promise<void> {
  const windows = await window();
  say((await windows.claim(argument)) ? 'held' : 'refused');
}

/** Tries to get each of a hundred jobs, once it is told to. */
async function compete(): Promise<void> {
  const windows = await window();
  say('ready');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const won: string[] = [];
  for (const key of argument.split(',')) if (await windows.claim(key)) won.push(key);
  say(`won ${won.join(',')}`);
}

/** Claims jobs that stay claimed when it is killed. */
async function holdMany(): Promise<void> {
  const windows = await window();
  for (const key of argument.split(',')) await windows.claim(key);
  say('held');
}

const tasks = new Map([['write', write], ['hold', hold], ['compete', compete], ['holdMany', holdMany]]);
void tasks.get(task)?.();
