// What it costs to follow a thousand jobs: calls in a minute, how long the process stands still, and how late an end is seen.

import { join } from 'node:path';
import { StepFailed } from '../host/processes.mjs';
import { bundleProgram, runProgram, startStatuses } from './programs.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./follow').FollowResult} FollowResult */

const minuteMs = 60_000;
/** Long enough for the whole minute that counts the most calls, wherever it begins. */
const lastsMs = 62_000;

/** Times of ends, evenly spread. @param {number} count @param {number} fromMs @param {number} toMs */
const spread = (count, fromMs, toMs) => Array.from({ length: count }, (_, index) => Math.round(fromMs + ((toMs - fromMs) * index) / Math.max(1, count - 1)));

/** Jobs that do not end. @param {number} count @returns {null[]} */
const running = (count) => Array.from({ length: count }, () => null);

/** A thousand jobs: by far the most at one host, some behind a gateway, some that end at a host that they share, some that have a host to themselves. */
const plan = {
  crowd: running(900),
  gateway: running(50),
  shared: [...spread(10, 5_000, 45_000), ...running(20)],
  alone: spread(20, 6_000, 50_000),
};

/**
 * @param {string} dist The production build.
 * @param {string} folder For the journal.
 * @returns {Promise<Figure[]>}
 */
export async function polling(dist, folder) {
  const program = await bundleProgram('follow.ts', folder);
  const server = await startStatuses(3 + plan.alone.length);
  try {
    const hosts = [
      { address: server.address(0), ends: plan.crowd },
      { address: server.address(1, '/gateway'), ends: plan.gateway },
      { address: server.address(2), ends: plan.shared },
      ...plan.alone.map((end, index) => ({ address: server.address(3 + index), ends: [end] })),
    ];
    /** @type {[FollowResult, FollowResult]} The second one does nothing meanwhile. */
    const [ours, idle] = await Promise.all([
      runProgram(program, { dist, root: join(folder, 'journal'), hosts, lastsMs }),
      runProgram(program, { dist, root: join(folder, 'nothing'), hosts: [], lastsMs }),
    ]);
    const [crowd = [], gateway = []] = await server.calls();
    const [, , shared = [], ...alone] = ours.lateness;
    const expected = plan.alone.length + plan.shared.filter((end) => end !== null).length;
    const seen = shared.length + alone.flat().length;
    if (seen < expected) throw new StepFailed(`Only ${seen} of ${expected} ends were seen within ${lastsMs / 1000} s.`);
    const beside = { name: 'an idle process meanwhile' };
    return [
      { name: 'Following 1,000 jobs: calls to one service that has 900 of them', unit: 'a minute', ours: [busiest(crowd)], goal: { most: ours.limits.direct } },
      { name: 'Following 1,000 jobs: calls through a gateway with 50 of them', unit: 'a minute', ours: [busiest(gateway)], goal: { most: ours.limits.gateway } },
      { name: 'Following 1,000 jobs: 99 of 100 gaps of a 10 ms timer at most', unit: 'ms', ours: [ours.gapMs.p99], baseline: { ...beside, values: [idle.gapMs.p99] }, goal: { most: 20 } },
      { name: 'Following 1,000 jobs: longest gap of a 10 ms timer', unit: 'ms', ours: [ours.gapMs.most], baseline: { ...beside, values: [idle.gapMs.most] } },
      { name: 'Following 1,000 jobs: processor time in a minute', unit: 'ms', ours: [perMinute(ours.processorMs)], baseline: { ...beside, values: [perMinute(idle.processorMs)] } },
      { name: 'An end is seen after, one job at a host', unit: 'waits', ours: alone.flat() },
      { name: 'An end is seen after, 30 jobs at a host', unit: 'waits', ours: shared },
    ];
  } finally {
    server.stop();
  }
}

/**
 * The calls of that minute which saw the most.
 * @param {readonly number[]} times In milliseconds, in order.
 */
function busiest(times) {
  return times.reduce((most, from, index) => Math.max(most, times.slice(index).filter((time) => time < from + minuteMs).length), 0);
}

/** @param {number} value In the whole time. */
function perMinute(value) {
  return (value * minuteMs) / lastsMs;
}
