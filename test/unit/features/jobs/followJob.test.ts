// A job that was submitted elsewhere is written down once, and followed.

import { describe, expect, it } from 'vitest';
import { followJob, type FollowParts } from '../../../../src/features/jobs/followJob';
import { canRunAgain } from '../../../../src/features/jobs/jobLook';
import { jobText, readJobText } from '../../../../src/features/jobs/store/jobShape';
import { isFollowed } from '../../../../src/features/jobs/store/progress';
import type { Job, JobStatus, PollOutcome } from '../../../../src/model/job';
import { service } from './runnerBench';

const never = new AbortController().signal;

function reading(status: JobStatus): PollOutcome {
  return { kind: 'status', reading: { status, text: status, results: [] } };
}

function bench(outcome: PollOutcome, startsLater = true): { readonly parts: FollowParts; readonly saved: Job[]; readonly asked: string[] } {
  const [saved, asked]: [Job[], string[]] = [[], []];
  const parts: FollowParts = {
    newKey: () => `00000000${saved.length}-a`, now: () => 1_700_000_000_000,
    save: (job) => Promise.resolve(void saved.push(job)),
    known: (address) => Promise.resolve(saved.filter((job) => job.service.address === address)),
    calls: {
      startsLater: () => startsLater,
      status: (job) => {
        asked.push(job.id ?? '');
        return Promise.resolve(outcome);
      },
    },
  };
  return { parts, saved, asked };
}

const problem = { sentence: 'No.' };
const submitted = { service, id: '2613', title: 'By hand', started: false };

describe('following a job that was submitted elsewhere', () => {
  it.each<[string, PollOutcome, boolean, Job['step']]>([
    ['one that was not started waits for its start', reading('notStarted'), false, 'submitted'],
    ['one that runs is asked for', reading('running'), false, 'started'],
    ['one that is over is asked once more by the tracker, which ends it', reading('finished'), false, 'started'],
    ['where the status cannot be had now, what the caller knows counts', { kind: 'offline', problem }, true, 'started'],
    ['where the status cannot be had now, and it was not started', { kind: 'busy', problem }, false, 'submitted'],
    ['a quota that is used up keeps nobody from following', { kind: 'quota', problem }, true, 'started'],
  ])('%s', async (_, outcome, started, step) => {
    const { parts, saved } = bench(outcome);
    const job = await followJob(parts, { ...submitted, started }, never);
    expect(saved).toEqual([job]);
    expect(job).toMatchObject({ step, id: '2613', title: 'By hand', submittedElsewhere: true });
    expect(isFollowed(job)).toBe(step === 'started');
  });

  it('one of a service that starts what is submitted runs', async () => {
    expect((await followJob(bench({ kind: 'offline', problem }, false).parts, submitted, never)).step).toBe('started');
  });

  it('one that is known is not made twice, and nothing is asked', async () => {
    const { parts, saved, asked } = bench(reading('running'));
    const first = await followJob(parts, submitted, never);
    expect(await followJob(parts, submitted, never)).toBe(first);
    expect([saved.length, asked.length]).toEqual([1, 1]);
  });

  it('an id that the service does not know is told, and nothing is written down', async () => {
    const { parts, saved } = bench({ kind: 'gone', problem });
    await expect(followJob(parts, submitted, never)).rejects.toThrow(/knows no job with the id 2613/);
    expect(saved).toEqual([]);
  });

  it.each<PollOutcome>([{ kind: 'refused', problem }, { kind: 'unreadable', problem }])('$kind is told, and nothing is written down', async (outcome) => {
    const { parts, saved } = bench(outcome);
    await expect(followJob(parts, submitted, never)).rejects.toThrow('No.');
    expect(saved).toEqual([]);
  });

  it('it survives its file, and is not run again without its input', async () => {
    const job = await followJob(bench(reading('running')).parts, submitted, never);
    expect(readJobText(jobText(job))).toEqual({ ok: true, job });
    expect(canRunAgain(job)).toBe(false);
    expect(canRunAgain({})).toBe(true);
  });
});
