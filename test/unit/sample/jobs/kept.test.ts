// How many jobs and blobs a sample keeps in its folder, and for how long.

import { expect, it } from 'vitest';
import type { SampleJob } from '../../../../src/sample/jobs/job';
import { keptMs, mostJobs, outdatedJobs } from '../../../../src/sample/jobs/jobFiles';
import { mostBlobs, mostBytes, outdatedBlobs, type StoredBlob } from '../../../../src/sample/jobs/sweepBlobs';

const now = Date.UTC(2026, 5, 1);
const hourMs = 3_600_000;
const place = { kind: 'token', endpoint: 'http://127.0.0.1:1/a/', container: 'c', name: 'n.csv', sas: '' } as const;

function job(id: number, some: Partial<SampleJob> = {}): SampleJob {
  return {
    id: String(id), request: { input: place, format: 'csv', parameters: {} }, output: place, result: place, submittedAt: now - 2 * hourMs, stop: new AbortController(),
    status: 'finished', started: true, startedAt: now, starts: 1, removed: false, ranFrom: now, endedAt: now - hourMs, details: undefined, ...some,
  };
}

const ids = (jobs: readonly SampleJob[]): string[] => jobs.map(({ id }) => id);

it('jobs go so long after their end, or after their submission when they were never started, but not while they run or wait', () => {
  const old = now - keptMs - 1;
  const jobs = [
    job(1, { submittedAt: old }), job(2, { submittedAt: old, endedAt: old }), job(3, { submittedAt: old, status: 'notStarted', started: false, endedAt: undefined }),
    job(4, { submittedAt: old, status: 'notStarted', endedAt: undefined }), job(5, { submittedAt: old, status: 'running', endedAt: undefined }),
  ];
  expect(ids(outdatedJobs(jobs, now))).toEqual(['2', '3']);
});

it('of too many jobs the oldest go that neither run nor wait', () => {
  const running = job(0, { status: 'running', endedAt: undefined });
  const jobs = [running, ...Array.from({ length: mostJobs + 1 }, (_, index) => job(index + 1))];
  expect(ids(outdatedJobs(jobs, now))).toEqual(['1', '2']);
  expect(outdatedJobs(jobs.slice(0, mostJobs), now)).toEqual([]);
});

const blob = (name: string, ageMs: number, bytes = 1): StoredBlob => ({ container: 'c', name, writtenAt: now - ageMs, bytes });
const names = (blobs: readonly StoredBlob[]): string[] => blobs.map(({ name }) => name);

it('blobs go when they are old, but not while a job is to read them', () => {
  const blobs = [blob('old', keptMs + 1), blob('new', keptMs - 1), blob('n.csv', keptMs + 1)];
  expect(names(outdatedBlobs(blobs, [place], now))).toEqual(['old']);
});

it('blobs beyond what the newest may take go, but not what was written just now', () => {
  const large = [blob('oldest', 4 * hourMs), blob('half', 3 * hourMs, mostBytes / 2), blob('other half', 2 * hourMs, mostBytes / 2)];
  expect(names(outdatedBlobs(large, [], now))).toEqual(['oldest']);
  expect(outdatedBlobs([blob('huge', hourMs / 2, mostBytes + 1)], [], now)).toEqual([]);
  const many = Array.from({ length: mostBlobs + 1 }, (_, index) => blob(String(index), (index + 2) * hourMs / 100 + hourMs));
  expect(names(outdatedBlobs(many, [], now))).toEqual([String(mostBlobs)]);
});
