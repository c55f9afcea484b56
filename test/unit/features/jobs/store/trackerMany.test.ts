// Many jobs, many windows, wrong clocks: the pace holds, and one window asks.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../../../src/model/job';
import { address, Computer, key, someJob } from './jobTools';
import { finished, running, Services, track } from './trackerTools';

let computer: Computer;
let services: Services;
beforeEach(() => {
  computer = new Computer();
  services = new Services(computer);
});

const job = (n: number, host = 'direct'): Job => someJob(key(n), { service: { name: host, address }, startedAt: computer.clock.now(), stepAt: computer.clock.now() });

describe('a thousand jobs', () => {
  it('are asked for evenly, at the pace of their hosts, and each once in a round', async () => {
    const window = await computer.open();
    const { ended } = await track(computer, window, services);
    for (let n = 0; n < 1000; n += 1) await window.jobs.save(job(n, n < 980 ? 'direct' : 'gw'));
    services.answerMs = 700;
    await computer.clock.pass(30 * 60_000);
    expect(services.busiestMinute('direct')).toBeLessThanOrEqual(120);
    expect(services.busiestMinute('gw')).toBeLessThanOrEqual(4);
    expect([services.most.get('direct'), services.most.get('gw')]).toEqual([2, 1]);
    expect(Math.max(...Array.from({ length: 1000 }, (_, n) => services.most.get(key(n)) ?? 0))).toBe(1);
    const direct = services.calls.filter(({ host }) => host === 'direct');
    // Evenly: no second has more than its share, and the rate is used.
    expect(direct.length).toBeGreaterThan(30 * 110);
    const counts = Array.from({ length: 980 }, (_, n) => services.times(key(n)).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    // All end: each is seen within one round, which takes 980 / 120 minutes.
    services.answer = () => finished;
    await computer.clock.pass(9 * 60_000);
    expect(ended.length).toBeGreaterThanOrEqual(980 + 20);
    expect(new Set(ended).size).toBe(ended.length);
  }, 60_000);

  it('wait for slow answers four at a time, and stop when the tracker does', async () => {
    const window = await computer.open();
    const { tracker } = await track(computer, window, services);
    services.answerMs = 60_000;
    for (let n = 0; n < 50; n += 1) await window.jobs.save(job(n));
    await computer.clock.pass(30_000);
    expect(services.most.get('direct')).toBe(4);
    tracker.dispose();
    expect(services.calls.map(({ signal }) => signal.aborted)).toEqual([true, true, true, true]);
    await computer.clock.pass(600_000);
    expect(services.calls).toHaveLength(4);
    window.jobs.dispose();
    window.windows.dispose();
    await computer.clock.pass(5000);
    expect(computer.clock.asleep).toBe(0);
  });
});

describe('several windows', () => {
  it('ask from one of them; when it dies the next goes on within seconds', async () => {
    const [first, second] = [await computer.open(), await computer.open()];
    const theirs = [new Services(computer), new Services(computer)];
    const [one, two] = theirs;
    if (!one || !two) throw new Error('Two are made above.');
    await track(computer, first, one);
    const { tracker, ended } = await track(computer, second, two);
    await second.jobs.save(job(1));
    await computer.clock.pass(120_000);
    expect(one.calls.length).toBeGreaterThan(10);
    expect(two.calls).toEqual([]);
    expect(second.jobs.openJob(key(1))?.status?.text).toBe('running');
    expect(tracker.pollNow(key(1))).toBe(false);
    first.kill();
    two.answer = () => finished;
    const dead = one.calls.length;
    await computer.clock.pass(5000);
    expect(two.calls).toHaveLength(1);
    expect(one.calls.length - dead).toBe(0);
    expect(ended).toEqual([`${key(1)} finished`]);
  });

  it('that lead for a moment both tell of an end once', async () => {
    const [first, second] = [await computer.open(), await computer.open()];
    const lead = { isLeader: true, onDidChange: second.windows.onDidChange };
    const others = new Services(computer);
    const { ended } = await track(computer, first, services);
    const { ended: also } = await track(computer, second, others, lead);
    for (let n = 0; n < 50; n += 1) await first.jobs.save(job(n));
    await computer.clock.pass(5000);
    // Some ends only one of them notices, most both do.
    services.answer = ({ key: id }) => (id < key(40) ? finished : running);
    others.answer = ({ key: id }) => (id >= key(10) ? finished : running);
    await computer.clock.pass(120_000);
    expect([...ended, ...also].sort()).toEqual(Array.from({ length: 50 }, (_, n) => `${key(n)} finished`));
    expect([ended.length >= 10, also.length >= 10]).toEqual([true, true]);
  });

  it('stop asking when they no longer lead', async () => {
    const window = await computer.open();
    const { tracker } = await track(computer, window, services);
    await window.jobs.save(job(1));
    await computer.clock.pass(5000);
    services.answerMs = 10_000;
    await computer.clock.pass(2000);
    computer.files.onWrite = (path) => {
      if (path.startsWith('windows')) throw new Error('EROFS');
    };
    await computer.clock.pass(40_000);
    const calls = services.calls.length;
    await computer.clock.pass(600_000);
    expect(services.calls.length).toBe(calls);
    expect(tracker.stateOf(key(1))).toEqual({ failures: 0 });
  });
});

describe('a clock that jumps', () => {
  it.each([[12, 'forward'], [-12, 'back']])('%d hours neither storms nor stalls', async (hours) => {
    const window = await computer.open();
    await track(computer, window, services);
    for (let n = 0; n < 5; n += 1) await window.jobs.save(job(n));
    await computer.clock.pass(600_000);
    const before = services.calls.length;
    await computer.clock.pass(300_000);
    const usual = services.calls.length - before;
    computer.clock.jump += hours * 3_600_000;
    await computer.clock.pass(300_000);
    const after = services.calls.length - before - usual;
    expect(Math.abs(after - usual)).toBeLessThanOrEqual(5);
  });

  it('lets a wait be cut short by hand that is over by the time of day: the computer slept', async () => {
    const window = await computer.open();
    const { tracker } = await track(computer, window, services);
    services.answer = (_, call) => (call === 1 ? { kind: 'quota', retryAfterMs: 3_600_000, problem: { sentence: 'No.' } } : running);
    await window.jobs.save(job(1));
    await computer.clock.pass(5000);
    expect(tracker.pollNow(key(1))).toBe(false);
    computer.clock.jump += 3_600_000;
    expect(tracker.pollNow(key(1))).toBe(true);
    await computer.clock.pass(1000);
    expect(services.calls).toHaveLength(2);
  });
});
