// What jobs know of a service goes along to its other address, and when it cannot have another one yet.

import { expect, it } from 'vitest';
import { isAtWork, moveJobs } from '../../../../../src/features/jobs/ui/moveJobs';
import type { JobsFeature } from '../../../../../src/features/jobs/ui/jobsFeature';
import type { Job, JobStep } from '../../../../../src/model/job';
import { isObject } from '../../../../../src/base/shape';
import { someJob } from '../store/jobTools';

function feature(open: readonly Job[], more: { readonly interrupted?: boolean; readonly waits?: boolean } = {}): Pick<JobsFeature, 'jobs' | 'waits'> {
  const given: unknown = { jobs: { open: () => open, interrupted: () => more.interrupted ?? false }, waits: { until: () => (more.waits ? 1 : undefined) } };
  expect.assert(isFeature(given));
  return given;
}

function isFeature(value: unknown): value is Pick<JobsFeature, 'jobs' | 'waits'> {
  return isObject(value);
}

const job = (step: JobStep): Job => someJob('000000001-a', { step, service: { name: 'S', address: 'a' }, startsItself: false });

it.each<[JobStep, boolean]>([['uploading', true], ['submitting', true], ['starting', true], ['submitted', false], ['started', false], ['cancelling', false], ['notKnown', false]])(
  'a job that is %s is worked on: %s', (step, atWork) => {
    expect(isAtWork(feature([job(step)]), 'a')).toBe(atWork);
    expect(isAtWork(feature([job(step)]), 'b')).toBe(false);
    expect(isAtWork(feature([job(step)], { interrupted: true }), 'a')).toBe(false);
    expect(isAtWork(feature([job(step)], { interrupted: true, waits: true }), 'a')).toBe(true);
  },
);

it('the storage that was chosen last goes along; that connection strings may be given does not; jobs do as it is said', async () => {
  const memory = new Map<string, unknown>([['storageOfService', { a: 'x', c: 'y' }], ['givesConnectionStrings', ['a']]]);
  const box = { get: (name: string) => memory.get(name), update: (name: string, value: unknown) => Promise.resolve(void memory.set(name, value)) };
  const moved: string[] = [];
  let left = 0;
  const rehome = (from: string, to: string): Promise<number> => Promise.resolve(moved.push(`${from} ${to}`)).then(() => left);
  await moveJobs(rehome, box, 'a', 'b', false);
  expect([[...memory], moved]).toEqual([[['storageOfService', { c: 'y', b: 'x' }], ['givesConnectionStrings', ['a']]], []]);
  await moveJobs(rehome, box, 'a', 'b', true);
  expect([memory.get('storageOfService'), moved]).toEqual([{ c: 'y', b: 'x' }, ['a b']]);
  for (const [count, said] of [[1, '1 batch job stayed'], [2, '2 batch jobs stayed']] as const) {
    left = count;
    await expect(moveJobs(rehome, box, 'b', 'd', true)).rejects.toThrow(said);
  }
});
