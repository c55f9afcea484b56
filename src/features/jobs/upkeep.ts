// Keeps jobs true by hand: changes as they are written down, a status asked for now, jobs that are lost with their service.

import { InvalidInput, JobFailed } from '../../model/errors';
import type { Job } from '../../model/job';
import type { Service } from '../../model/service';
import type { Jobs } from './store/jobs';
import { afterGone, afterSeen, afterStatus, isFollowed } from './store/progress';
import type { ServiceStore } from '../services';
import type { Tracker } from './store/tracker';
import type { JobCalls } from './calls';

/** What a job's loss is put down to where the sample could keep jobs in memory only. */
const endedWithSample = {
  sentence: 'The sample service has ended, and its jobs with it: it could keep them in memory only.',
  advice: 'Start it again and run the job again.',
};

/** What is said of a job that the sample does not know. */
export const unknownToSample = {
  sentence: 'The sample service no longer has this job: it was deleted, or it was kept in memory only.',
  advice: 'Run the job again.',
};

/** What the upkeep needs. */
export interface UpkeepParts {
  readonly jobs: Jobs;
  readonly tracker: Tracker;
  readonly calls: JobCalls;
  readonly services: ServiceStore;
  /** Whether it is this window that asks for a job's status by itself. */
  readonly asks: (job: Job) => boolean;
  /** Tells of a job that has just ended. */
  readonly tellOfEnd: (job: Job) => void;
}

/** Changes of jobs that come from the person. */
export class JobUpkeep {
  constructor(private readonly parts: UpkeepParts) {}

  /** Changes a job as it is written down now, over or not. Throws InvalidInput when it is gone, or another window is at work on it. */
  async change(key: string, change: (job: Job) => Job): Promise<Job> {
    const { jobs } = this.parts;
    const past = jobs.openJob(key) ? undefined : await jobs.find(key);
    if (past) {
      const changed = change(past);
      // What is over stays over, whatever was meant for it while it ran.
      if (changed.step !== 'ended') throw new InvalidInput({ sentence: `"${past.title}" has ended meanwhile.`, actions: ['openJob'] });
      await jobs.save(changed);
      return changed;
    }
    const update = await jobs.update(key, change);
    if (update.kind === 'saved' || update.kind === 'unchanged') return update.job;
    throw new InvalidInput(
      update.kind === 'gone'
        ? { sentence: 'This job is over, or no longer there.' }
        : { sentence: 'This job is being worked on.', advice: 'Try again in a moment.' },
    );
  }

  /** Lets jobs that were paused be followed again: those of the services concerned, and those of services that are not here. */
  resume(concerns: (service: Service) => boolean = () => true): void {
    const { jobs, services, tracker } = this.parts;
    for (const address of new Set(jobs.open().map((job) => job.service.address))) {
      const service = services.find(address);
      if (!service || concerns(service)) tracker.resume(address);
    }
  }

  /**
   * Asks for a job's status at once, or as soon as the other side allows; also where another window asks by itself, and for a job of which
   * it is not known whether it was started. Throws JobFailed when nothing could be learned.
   */
  async checkNow(key: string): Promise<void> {
    const { jobs, tracker, calls, services, asks } = this.parts;
    if (tracker.pollNow(key)) return;
    const job = jobs.openJob(key);
    if (!job || (isFollowed(job) && asks(job))) return;
    const outcome = await calls.status(job, services.find(job.service.address), new AbortController().signal);
    if (outcome.kind !== 'status' && outcome.kind !== 'gone') throw new JobFailed(outcome.problem);
    const update = await jobs.update(key, (current) =>
      outcome.kind === 'gone'
        ? afterGone(current, outcome.problem, Date.now())
        : afterStatus(afterSeen(current, outcome.reading), outcome.reading, Date.now()),
    );
    if (update.kind === 'saved' && update.endedHere) this.parts.tellOfEnd(update.job);
  }

  /** Ends the jobs of services that keep them in memory only and have ended. */
  async endLost(addresses: readonly string[]): Promise<void> {
    const { jobs } = this.parts;
    for (const { key } of jobs.open().filter((job) => job.id !== undefined && addresses.includes(job.service.address))) {
      // One that was being cancelled has come to no other end than it would have.
      await jobs.update(key, (job) =>
        afterGone(job.step === 'cancelling' ? job : { ...job, step: 'started' }, endedWithSample, Date.now()),
      );
    }
  }
}
