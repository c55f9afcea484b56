// Following jobs: each answer does what it should, in one window, at a bearable pace.

import { beforeEach, describe, expect, it } from 'vitest';
import type { PollOutcome } from '../../../../../src/model/job';
import type { Tracker } from '../../../../../src/features/jobs/store/tracker';
import { address, Computer, key, reading, someJob, type Window } from './jobTools';
import { finished, problem, running, Services, track } from './trackerTools';

let computer: Computer;
let window: Window;
let services: Services;
let tracker: Tracker;
let ended: string[];
const a = key(1);
const b = key(2);
const job = (id: string, host = 'direct', service = address): ReturnType<typeof someJob> => someJob(id, { service: { name: host, address: service }, startedAt: computer.clock.now(), stepAt: computer.clock.now() });
const script = (...outcomes: PollOutcome[]) => (_: unknown, call: number): PollOutcome => outcomes[Math.min(call, outcomes.length) - 1] ?? running;

beforeEach(async () => {
  computer = new Computer();
  window = await computer.open();
  services = new Services(computer);
  ({ tracker, ended } = await track(computer, window, services));
});

describe('a job', () => {
  it('is followed to its end, which is told once and saved', async () => {
    services.answer = script({ kind: 'status', reading: reading('notStarted') }, running, running, { kind: 'status', reading: reading('finished', '4', { endTime: '2026-03-01T00:00:00Z' }) });
    await window.jobs.save(job(a));
    await computer.clock.pass(60_000);
    expect(services.calls).toHaveLength(4);
    expect(ended).toEqual([`${a} 4`]);
    expect(window.jobs.open()).toEqual([]);
    const saved = await window.jobs.find(a);
    expect(saved).toMatchObject({ step: 'ended', endedAt: Date.parse('2026-03-01T00:00:00Z'), history: [{ text: 'Not started' }, { text: 'Running' }, { text: 'Finished' }] });
    expect(tracker.stateOf(a)).toEqual({ failures: 0 });
  });

  it('is asked for slower and slower, and written only when something changed', async () => {
    await window.jobs.save(job(a));
    let writes = 0;
    computer.files.onWrite = (path) => {
      if (!path.startsWith('windows')) writes += 1;
    };
    await computer.clock.pass(3_600_000);
    const waits = services.waits(a);
    expect(services.times(a)[0]).toBeLessThan(1_700_000_003_000);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...waits)).toBeLessThan(35_000);
    expect(waits.length).toBeLessThan(160);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(30_000);
    // One claim, one change, one release.
    expect(writes).toBe(3);
    const { nextAt = 0, lastAt = 0, failures } = tracker.stateOf(a);
    expect([nextAt - lastAt > 29_000, nextAt - lastAt < 35_000, failures]).toEqual([true, true, 0]);
  });

  it('behind a gateway is asked for rarely, and after hours every five minutes', async () => {
    await window.jobs.save(job(a, 'gw'));
    await computer.clock.pass(4 * 3_600_000);
    expect(services.waits(a)[0]).toBeGreaterThanOrEqual(15_000);
    expect(services.waits(a).at(-1)).toBeGreaterThanOrEqual(300_000);
    expect(services.calls.length).toBeLessThan(80);
  });

  it('that is cancelled is asked for soon and ends as it truly ended', async () => {
    let outcome = running;
    services.answer = () => outcome;
    await window.jobs.save(job(a));
    await computer.clock.pass(600_000);
    const before = services.calls.length;
    await window.jobs.update(a, (now) => ({ ...now, step: 'cancelling', stepAt: computer.clock.now() }));
    await computer.clock.pass(2500);
    expect([1, 2]).toContain(services.calls.length - before);
    expect(window.jobs.openJob(a)?.step).toBe('cancelling');
    outcome = finished;
    await computer.clock.pass(5000);
    expect(ended).toEqual([`${a} finished`]);
  });

  it('that is gone ends: with a problem, or without when it was cancelled', async () => {
    services.answer = () => ({ kind: 'gone', problem });
    await window.jobs.save(job(a));
    await window.jobs.save({ ...job(b), step: 'cancelling', status: reading('running') });
    await computer.clock.pass(5000);
    expect(ended.sort()).toEqual([`${a} -`, `${b} running`]);
    expect([(await window.jobs.find(a))?.problem, (await window.jobs.find(b))?.problem]).toEqual([problem, undefined]);
  });

  it('that somebody else works on is left alone, and taken up later', async () => {
    services.answer = () => finished;
    await window.jobs.save(job(a));
    const other = await computer.open();
    const claim = await other.windows.claim(a);
    await computer.clock.pass(30_000);
    expect([ended, window.jobs.openJob(a)?.step]).toEqual([[], 'started']);
    await claim?.release();
    await computer.clock.pass(35_000);
    expect(ended).toEqual([`${a} finished`]);
  });

  it('whose change cannot be saved says so, and is saved when that is possible again', async () => {
    services.answer = () => finished;
    await window.jobs.save(job(a));
    computer.files.onWrite = (path) => {
      if (path.startsWith('past')) throw new Error('ENOSPC');
    };
    await computer.clock.pass(10_000);
    expect(tracker.stateOf(a).unsaved?.advice).toBe('ENOSPC');
    expect(ended).toEqual([]);
    computer.files.onWrite = () => undefined;
    await computer.clock.pass(30_000);
    expect(ended).toEqual([`${a} finished`]);
  });
});

describe('asking stops', () => {
  it('for a status that is not known after ten times more, until asked by hand', async () => {
    services.answer = () => ({ kind: 'status', reading: reading(undefined, 'Paused') });
    await window.jobs.save(job(a));
    await computer.clock.pass(3000);
    expect(window.jobs.openJob(a)?.status?.text).toBe('Paused');
    await computer.clock.pass(2 * 3_600_000);
    expect(services.calls).toHaveLength(11);
    const waits = services.waits(a);
    expect(waits.slice(0, 4)).toEqual([...waits.slice(0, 4)].sort((left, right) => left - right));
    expect(Math.min(...waits.slice(5))).toBeGreaterThanOrEqual(60_000);
    expect(tracker.stateOf(a)).toMatchObject({ pause: { kind: 'unknownStatus' } });
    expect(tracker.pollNow(a)).toBe(true);
    await computer.clock.pass(3_600_000);
    expect(services.calls).toHaveLength(12);
    services.answer = () => finished;
    tracker.pollNow(a);
    await computer.clock.pass(1000);
    expect(ended).toHaveLength(1);
  });

  it('after five answers that are no status, and after a call that throws as well', async () => {
    services.answer = () => {
      throw new Error('broken');
    };
    await window.jobs.save(job(a));
    await computer.clock.pass(3_600_000);
    expect(services.calls).toHaveLength(5);
    expect(tracker.stateOf(a)).toMatchObject({ failures: 5, pause: { kind: 'unreadable', problem: { advice: 'broken' } } });
  });

  it('never for a service that is down: it is asked ever more slowly, and the end is told soon after it is back', async () => {
    services.answer = () => ({ kind: 'unreadable', problem, passing: true });
    await window.jobs.save(job(a));
    await window.jobs.save(job(b, 'gw'));
    await computer.clock.pass(8 * 3_600_000);
    expect([a, b].map((id) => tracker.stateOf(id).pause)).toEqual([undefined, undefined]);
    expect([a, b].map((id) => Math.floor(Math.max(...services.waits(id)) / 60_000))).toEqual([1, 5]);
    expect(services.times(a).length).toBeLessThan(8 * 60 + 10);
    services.answer = () => finished;
    await computer.clock.pass(6 * 60_000);
    expect(ended).toHaveLength(2);
  });

  it('for all jobs of a service that refuses the key, until the key changes or one is asked for by hand', async () => {
    services.answer = () => ({ kind: 'refused', problem });
    for (const id of [a, b]) await window.jobs.save(job(id));
    await window.jobs.save(job(key(3), 'direct', 'https://other/'));
    await computer.clock.pass(3_600_000);
    expect(services.calls).toHaveLength(2);
    expect(tracker.stateOf(b)).toEqual({ failures: 0, pause: { kind: 'refused', problem } });
    services.answer = () => running;
    tracker.resume(address);
    await computer.clock.pass(40_000);
    expect([a, b, key(3)].map((id) => services.times(id).length > 1)).toEqual([expect.any(Boolean), true, false]);
    expect(tracker.stateOf(b).pause).toBeUndefined();
    tracker.pollNow(key(3));
    await computer.clock.pass(2000);
    expect(tracker.stateOf(key(3)).pause).toBeUndefined();
  });

  it('for a whole host that is busy, as long as it says, and one call tries whether it is over', async () => {
    let busy = true;
    services.answer = () => (busy ? { kind: 'busy', retryAfterMs: 600_000, problem } : running);
    for (let n = 0; n < 20; n += 1) await window.jobs.save(job(key(n)));
    await window.jobs.save(job(key(50), 'elsewhere'));
    await computer.clock.pass(590_000);
    expect(services.calls.filter(({ host }) => host === 'direct')).toHaveLength(1);
    const { pause } = tracker.stateOf(key(7));
    expect(pause).toMatchObject({ kind: 'retryAfter', problem });
    expect(tracker.pollNow(key(7))).toBe(false);
    await computer.clock.pass(20_000);
    expect(services.calls.filter(({ host }) => host === 'direct')).toHaveLength(2);
    busy = false;
    await computer.clock.pass(620_000);
    expect(services.calls.filter(({ host }) => host === 'direct').length).toBeGreaterThan(21);
    expect(tracker.stateOf(key(7)).pause).toBeUndefined();
  });

  it('for a busy host also when answers to earlier calls come later, and then one call at a time tries', async () => {
    services.answerMs = 3000;
    services.answer = () => (services.calls.length === 1 ? { kind: 'busy', retryAfterMs: 60_000, problem } : running);
    for (let n = 0; n < 20; n += 1) await window.jobs.save(job(key(n)));
    await computer.clock.pass(50_000);
    const before = services.calls.length;
    expect([before > 1, before < 6]).toEqual([true, true]);
    services.answer = () => ({ kind: 'busy', retryAfterMs: 10_000, problem });
    services.most.clear();
    await computer.clock.pass(120_000);
    expect(services.calls.length).toBeGreaterThan(before + 5);
    expect(services.most.get('direct')).toBe(1);
  });

  it('for a quota until it is replenished, hours later, and not before', async () => {
    services.answer = (_, call) => (call === 1 ? { kind: 'quota', retryAfterMs: 5 * 3_600_000, problem } : running);
    await window.jobs.save(job(a, 'gw'));
    await computer.clock.pass(4.9 * 3_600_000);
    expect(services.calls).toHaveLength(1);
    expect(tracker.stateOf(a).pause?.kind).toBe('quota');
    expect(tracker.pollNow(a)).toBe(false);
    await computer.clock.pass(0.11 * 3_600_000);
    expect(services.calls.length).toBeGreaterThan(1);
    expect(services.waits(a)[0]).toBeGreaterThanOrEqual(5 * 3_600_000);
  });

  it('never where no answer comes: that is tried for ever, at most a minute apart', async () => {
    services.answer = () => ({ kind: 'offline', problem });
    for (const id of [a, b]) await window.jobs.save(job(id));
    await computer.clock.pass(3_600_000);
    expect(Math.max(...services.waits())).toBeLessThan(65_000);
    expect(services.calls.length).toBeLessThan(90);
    expect(tracker.stateOf(b).pause?.kind).toBe('offline');
    services.answer = () => finished;
    await computer.clock.pass(65_000);
    expect(ended).toHaveLength(2);
  });
});
