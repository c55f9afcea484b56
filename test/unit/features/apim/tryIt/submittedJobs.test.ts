// The job that was submitted last at an API is known after a reload, whatever stands in the memory.

import { expect, it } from 'vitest';
import { SubmittedJobs, submittedJobsName } from '../../../../../src/features/apim/tryIt/submittedJobs';

const kept = new Map<string, unknown>();
const memory = { get: (name: string) => kept.get(name), update: (name: string, value: unknown) => Promise.resolve(void kept.set(name, value)) };

it('is known after a reload, the last of each API, and not for ever', async () => {
  const jobs = new SubmittedJobs(memory);
  await jobs.set('a', 'j1');
  await jobs.set('__proto__', 'j2');
  await jobs.set('a', 'j3');
  const after = new SubmittedJobs(memory);
  expect([after.get('a'), after.get('__proto__'), after.get('b')]).toEqual(['j3', 'j2', undefined]);
  for (let index = 0; index < 50; index += 1) await jobs.set(`k${index}`, 'j');
  expect(new SubmittedJobs(memory).get('a')).toBeUndefined();
  expect(jobs.get('a')).toBe('j3');
});

it('is none where the memory holds something else', () => {
  for (const nonsense of ['x', [1, ['a'], ['a', 5], ['a', '../b'], ['a', 'x'.repeat(201)], { a: 1 }]]) {
    kept.set(submittedJobsName, nonsense);
    expect(new SubmittedJobs(memory).get('a')).toBeUndefined();
  }
});

it('is known in its window where the memory keeps nothing', async () => {
  const jobs = new SubmittedJobs({ get: () => undefined, update: () => Promise.reject(new Error('No.')) });
  await jobs.set('a', 'j1').catch(() => undefined);
  expect(jobs.get('a')).toBe('j1');
});
