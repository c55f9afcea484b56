// How often a status is asked for, and what a job becomes by the answers.

import { describe, expect, it } from 'vitest';
import type { PollOutcome } from '../../../../../src/model/job';
import { afterAnswer, hostWait, newFollowing, nextPollMs, type Following } from '../../../../../src/features/jobs/store/follow';
import { afterGone, afterStatus, isFollowed, isUnderWay, statusText } from '../../../../../src/features/jobs/store/progress';
import { key, reading, someJob } from './jobTools';

const problem = { sentence: 'No.' };

describe('the wait', () => {
  it.each([
    [false, 0, 1000], [false, 5000, 1000], [false, 60_000, 6000], [false, 300_000, 30_000], [false, 86_400_000, 30_000],
    [true, 0, 15_000], [true, 600_000, 60_000], [true, 86_400_000, 300_000],
  ])('behind a gateway: %s, after %d ms: %d ms and up to a tenth more', (gateway, elapsedMs, wait) => {
    const of = (random: number): number => nextPollMs({ elapsedMs, gateway, polls: 3, failures: 0 }, () => random);
    expect([of(0), of(1)]).toEqual([wait, Math.round(wait * 1.1)]);
  });

  it('is none for the first look at a job that runs for long, and never below the first wait for a new one', () => {
    const first = (elapsedMs: number, gateway: boolean): number => nextPollMs({ elapsedMs, gateway, polls: 0, failures: 0 }, () => 0);
    expect([first(0, false), first(400, false), first(60_000, false), first(0, true), first(-5, false)]).toEqual([1000, 600, 0, 15_000, 1000]);
  });

  it('grows with failures to a limit', () => {
    const of = (failures: number, gateway: boolean): number => nextPollMs({ elapsedMs: 0, gateway, polls: 9, failures }, () => 0);
    expect([1, 2, 5, 6, 1000].map((failures) => of(failures, false))).toEqual([2000, 4000, 32_000, 60_000, 60_000]);
    expect([1, 20].map((failures) => of(failures, true))).toEqual([30_000, 300_000]);
  });
});

describe('an answer', () => {
  const times = (n: number, outcome: PollOutcome, from: Following = newFollowing): Following => Array.from({ length: n }).reduce<Following>((before) => afterAnswer(before, outcome), from);
  const unknown: PollOutcome = { kind: 'status', reading: reading(undefined, 'Paused') };
  const unreadable: PollOutcome = { kind: 'unreadable', problem };

  it('with a status that is not known is asked for ten times more', () => {
    expect(times(10, unknown).stopped).toBeUndefined();
    expect(times(11, unknown).stopped).toEqual({ kind: 'unknownStatus' });
    expect(times(10, unknown, times(1, { kind: 'status', reading: reading('running') }, times(10, unknown))).stopped).toBeUndefined();
  });

  it('that is no status stops the asking after five', () => {
    expect(times(4, unreadable)).toMatchObject({ failures: 4, unreadable: 4 });
    expect(times(5, unreadable).stopped).toEqual({ kind: 'unreadable', problem });
    expect(times(1, { kind: 'status', reading: reading('running') }, times(5, unreadable))).toEqual({ ...newFollowing, polls: 6 });
  });

  it('that is a passing fault never stops the asking, makes it slower, and takes no part in the count of the others', () => {
    const passing: PollOutcome = { ...unreadable, passing: true };
    expect(times(1000, passing)).toEqual({ ...newFollowing, polls: 1000, unreadable: 1000, failures: 1000 });
    const mixed = times(4, unreadable, times(9, passing));
    expect([mixed.stopped, times(3, passing, mixed).stopped, times(1, unreadable, mixed).stopped?.kind]).toEqual([undefined, undefined, 'unreadable']);
  });

  it.each<[PollOutcome, number, boolean, number | undefined]>([
    [{ kind: 'busy', problem, retryAfterMs: 60_000 }, 3, false, 60_000],
    [{ kind: 'busy', problem, retryAfterMs: 0 }, 3, false, 1000],
    [{ kind: 'busy', problem, retryAfterMs: 99 * 3_600_000 }, 0, true, 3_600_000],
    [{ kind: 'busy', problem }, 0, false, 1000],
    [{ kind: 'busy', problem }, 30, false, 60_000],
    [{ kind: 'busy', problem }, 0, true, 15_000],
    [{ kind: 'busy', problem }, 30, true, 600_000],
    [{ kind: 'quota', problem, retryAfterMs: 432_000_000 }, 0, true, 432_000_000],
    [{ kind: 'quota', problem }, 0, true, 3_600_000],
    [{ kind: 'offline', problem }, 0, false, 1000],
    [{ kind: 'offline', problem }, 1000, false, 60_000],
    [{ kind: 'offline', problem }, 1000, true, 60_000],
    [{ kind: 'status', reading: reading('running') }, 0, false, undefined],
    [{ kind: 'unreadable', problem }, 0, false, undefined],
    [{ kind: 'refused', problem }, 0, false, undefined],
  ])('%j after %d failures, gateway %s, makes the host wait %s ms', (outcome, failures, gateway, wait) => {
    expect(hostWait(outcome, { failures, gateway }, () => 0)?.waitMs).toBe(wait);
  });
});

describe('a job', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  const started = someJob(key(1));

  it('tells each change of its status once, however it is spelled, and keeps the times', () => {
    const { startedAt, ...fresh } = started;
    expect(startedAt).toBeLessThan(now);
    const waiting = afterStatus(fresh, reading('notStarted', '0'), now);
    expect(waiting?.startedAt).toBeUndefined();
    expect(waiting && afterStatus(waiting, reading('notStarted', '0', { results: [{ name: 'a', base: 'b', location: 'c' }] }), now)).toBeUndefined();
    const spelled = waiting && afterStatus(waiting, reading('notStarted', 'Not started'), now);
    const running = spelled && afterStatus(spelled, reading('running', 'Running', { startTime: '2026-03-01T11:00:00Z', createdAt: '0001-01-01T00:00:00Z' }), now + 1);
    expect(running?.history).toEqual([{ at: now, text: 'Not started' }, { at: now + 1, text: 'Running' }]);
    expect(running?.startedAt).toBe(Date.parse('2026-03-01T11:00:00Z'));
    expect(afterStatus(fresh, reading('running'), now)?.startedAt).toBe(now);
    expect(afterStatus(fresh, reading('running', '1', { startTime: 'soon' }), now)?.startedAt).toBe(now);
  });

  it.each(['failed', 'cancelled', 'finished'] as const)('ends when it is %s, with the service\'s time or ours', (status) => {
    const from = { ...started, step: 'cancelling' as const, problem };
    expect(afterStatus(from, reading(status, 'x', { endTime: '2026-03-01T11:30:00Z' }), now)).toEqual({
      ...started, step: 'ended', stepAt: now, endedAt: Date.parse('2026-03-01T11:30:00Z'), status: reading(status, 'x', { endTime: '2026-03-01T11:30:00Z' }), history: [{ at: now, text: statusText(status) }],
    });
    expect(afterStatus(from, reading(status, 'x', { endTime: '0001-01-01T00:00:00Z' }), now)?.endedAt).toBe(now);
    // The same status as before is an end all the same.
    expect(afterStatus({ ...from, status: reading(status) }, reading(status), now)).toMatchObject({ step: 'ended', history: [] });
  });

  it('with a status that is not known shows it and goes on', () => {
    const once = afterStatus(started, reading(undefined, 'Paused'), now);
    expect(once).toMatchObject({ step: 'started', status: { text: 'Paused' }, history: [{ text: 'The service tells a status that is not known: "Paused"' }] });
    expect(once && afterStatus(once, reading(undefined, 'Waiting'), now)?.history).toHaveLength(2);
  });

  it('that the service forgot is over: by failure, or as it was asked for', () => {
    expect(afterGone(started, problem, now)).toMatchObject({ step: 'ended', endedAt: now, problem });
    expect(afterGone({ ...started, step: 'cancelling', problem }, problem, now)).not.toHaveProperty('problem');
  });

  it('is followed once it was started and has an id; is under way while somebody has to do something', () => {
    const steps = ['prepared', 'uploading', 'uploaded', 'submitting', 'notKnown', 'submitted', 'starting', 'started', 'cancelling', 'ended'] as const;
    expect(steps.filter((step) => isFollowed({ ...started, step }))).toEqual(['started', 'cancelling']);
    const { id, ...nameless } = started;
    expect([id, isFollowed(nameless)]).toEqual([`id-${key(1)}`, false]);
    expect(steps.filter((step) => isUnderWay({ ...started, step }))).toEqual(['prepared', 'uploading', 'uploaded', 'submitting', 'submitted', 'starting', 'cancelling']);
    expect(isUnderWay({ ...started, step: 'submitted', startsItself: false })).toBe(false);
  });
});

