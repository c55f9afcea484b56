// What lies in the folder of a sample's jobs and is no job: the others are read, and it goes when it is old.

import { lutimesSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SampleJob } from '../../../../src/sample/jobs/job';
import { JobFiles, keptMs } from '../../../../src/sample/jobs/jobFiles';

const storage = 'http://127.0.0.1:1/devstoreaccount1';
const place = { kind: 'token', endpoint: storage, container: 'c', name: 'n.csv', sas: '' } as const;
const id = 'a1'.repeat(16);
const job: SampleJob = {
  id, request: { input: place, format: 'csv', parameters: {} }, output: place, result: place, submittedAt: 1,
  stop: new AbortController(), status: 'finished', started: true, startedAt: 1, starts: 1, removed: false, ranFrom: 1, endedAt: 2, details: undefined,
};

let folder = '';
let told: string[] = [];
let files: JobFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobs-'));
  told = [];
  files = new JobFiles(folder, storage, (line) => told.push(line));
  files.write(job);
});
afterEach(() => rmSync(folder, { recursive: true }));

const ids = (): string[] => files.read().map((each) => each.id);

it('a link that leads nowhere, a folder and a text that is no job are passed over, each with a line', () => {
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link.json'));
  mkdirSync(join(folder, 'folder.json'));
  writeFileSync(join(folder, 'text.json'), 'no job');
  expect(ids()).toEqual([id]);
  const names = told.map((line) => /^The file (\S+) in .* holds no job/.exec(line)?.[1]);
  expect(names.sort()).toEqual(['folder.json', 'link.json', 'text.json']);
  expect(readdirSync(folder)).toHaveLength(4);
});

it('an old link goes by its own age, and what it leads to stays', () => {
  const target = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  writeFileSync(join(target, 'kept'), '');
  const longAgo = new Date(Date.now() - keptMs - 60_000);
  for (const [name, path] of [['nowhere.json', join(folder, 'nowhere')], ['there.json', target]] as const) {
    symlinkSync(path, join(folder, name));
    lutimesSync(join(folder, name), longAgo, longAgo);
  }
  expect(ids()).toEqual([id]);
  expect(readdirSync(folder)).toEqual([`${id}.json`]);
  expect(readdirSync(target)).toEqual(['kept']);
  rmSync(target, { recursive: true });
});
