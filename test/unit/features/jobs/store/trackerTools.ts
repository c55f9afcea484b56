// A tracker over a computer in memory, with services that answer what a test wants.

import type { Job, PollOutcome } from '../../../../../src/model/job';
import { Tracker, type TrackerParts } from '../../../../../src/features/jobs/store/tracker';
import { chance, reading, type Computer, type Window } from './jobTools';

export interface Call {
  readonly key: string;
  readonly host: string;
  readonly at: number;
  readonly signal: AbortSignal;
}

export const running: PollOutcome = { kind: 'status', reading: reading('running') };
export const finished: PollOutcome = { kind: 'status', reading: reading('finished') };
export const problem = { sentence: 'No.' };

/** All services of a test: what they answer, and what they were asked. */
export class Services {
  readonly calls: Call[] = [];
  /** Calls under way, and the most there were at once by host and by job. */
  readonly under = new Map<string, number>();
  readonly most = new Map<string, number>();
  /** How long an answer takes, in milliseconds of the test's clock. */
  answerMs = 0;
  answer: (job: Job, call: number) => PollOutcome = () => running;
  /** Behind a gateway when the host begins with `gw`. The host is a service's name. */
  readonly hostOf = (job: Job): { host: string; gateway: boolean } => ({ host: job.service.name, gateway: job.service.name.startsWith('gw') });

  constructor(private readonly computer: Computer) {}

  readonly poll = async (job: Job, signal: AbortSignal): Promise<PollOutcome> => {
    const host = job.service.name;
    const { clock } = this.computer;
    this.calls.push({ key: job.key, host, at: clock.now() - clock.jump, signal });
    const outcome = this.answer(job, this.calls.filter((call) => call.key === job.key).length);
    for (const each of [host, job.key]) {
      this.under.set(each, (this.under.get(each) ?? 0) + 1);
      this.most.set(each, Math.max(this.most.get(each) ?? 0, this.under.get(each) ?? 0));
    }
    try {
      if (this.answerMs > 0) await clock.sleep(this.answerMs, signal);
    } finally {
      for (const each of [host, job.key]) this.under.set(each, (this.under.get(each) ?? 1) - 1);
    }
    return outcome;
  };

  /** Times of the calls for one job, or all. */
  times(key?: string): number[] {
    return this.calls.filter((call) => key === undefined || call.key === key).map((call) => call.at);
  }

  /** Waits between the calls for one job, or all. */
  waits(key?: string): number[] {
    return this.times(key).slice(1).map((at, index) => at - (this.times(key)[index] ?? 0));
  }

  /** The most calls in any minute. */
  busiestMinute(host?: string): number {
    const times = this.calls.filter((call) => host === undefined || call.host === host).map((call) => call.at);
    let most = 0;
    let first = 0;
    times.forEach((at, index) => {
      while ((times[first] ?? at) <= at - 60_000) first += 1;
      most = Math.max(most, index - first + 1);
    });
    return most;
  }
}

/** Starts a tracker in a window; `ended` collects what it tells. */
export async function track(computer: Computer, window: Window, services: Services, asking: { readonly isLeader: boolean; readonly onDidChange: TrackerParts['onDidChangeAsking'] } = window.windows): Promise<{ tracker: Tracker; ended: string[] }> {
  const tracker = new Tracker({ jobs: window.jobs, poll: services.poll, clock: window.clock, random: chance(), asks: () => asking.isLeader, onDidChangeAsking: asking.onDidChange, hostOf: services.hostOf, log: (line) => void computer.log.push(line) });
  const ended: string[] = [];
  tracker.onDidEnd((job) => ended.push(`${job.key} ${job.status?.text ?? '-'}`));
  await window.jobs.start();
  tracker.start();
  return { tracker, ended };
}
