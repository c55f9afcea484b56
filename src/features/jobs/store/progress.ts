// How a job changes by what is learned of it: pure functions from job to job.

import type { ErrorParts } from '../../../model/errors';
import { isFinal, type Job, type JobStatus, type StatusReading } from '../../../model/job';

/** True for steps that somebody is in the middle of, or that somebody is to go on from at once. */
export function isUnderWay(job: Job): boolean {
  switch (job.step) {
    case 'prepared':
    case 'uploading':
    case 'uploaded':
    case 'submitting':
    case 'starting':
    case 'cancelling':
      return true;
    case 'submitted':
      return job.startsItself;
    case 'notKnown':
    case 'started':
    case 'ended':
      return false;
    default:
      return job.step satisfies never;
  }
}

/** True for a job whose status is asked for from time to time. */
export function isFollowed(job: Job): boolean {
  return (job.step === 'started' || job.step === 'cancelling') && job.id !== undefined;
}

/** True for a job that did not end well: its status says so, or it ended with a problem and no status that says otherwise. */
export function hasFailed(job: Job): boolean {
  if (job.step !== 'ended') return false;
  return job.status?.status === 'failed' || (job.problem !== undefined && !isFinal(job.status?.status));
}

/** The job whose submission nobody knows the outcome of. `now` in milliseconds since 1970, here and below. */
export function afterLostSubmission(job: Job, now: number): Job {
  return {
    ...withLine(job, now, 'What came of the submission was not written down. Whether the service has the job is not known.'),
    step: 'notKnown',
    stepAt: now,
  };
}

/** A job of which it was not known whether it was started, after its status has told that it was. */
export function afterSeen(job: Job, reading: StatusReading): Job {
  const started = (job.step === 'starting' || job.step === 'submitted') && reading.status !== 'notStarted';
  return started ? { ...withoutProblem(job), step: 'started' } : job;
}

/** The job after a status answer; undefined when it told nothing new. */
export function afterStatus(job: Job, reading: StatusReading, now: number): Job | undefined {
  const final = isFinal(reading.status);
  if (!final && job.status && sameReading(job.status, reading)) return undefined;
  const startedAt = timeOf(reading.startTime) ?? job.startedAt ?? (reading.status === 'notStarted' ? undefined : now);
  const told = {
    ...(sameStatus(job.status, reading) ? job : withLine(job, now, statusLine(reading))),
    status: reading,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
  if (!final) return told;
  // What an earlier step ran into is past: the job has come to its end.
  return { ...withoutProblem(told), step: 'ended', stepAt: now, endedAt: timeOf(reading.endTime) ?? now };
}

/** The job that the service no longer knows. For one that is being cancelled that is how it goes; for others it is a failure. */
export function afterGone(job: Job, problem: ErrorParts, now: number): Job {
  return {
    ...withoutProblem(withLine(job, now, 'The service no longer knows the job.')),
    ...(job.step === 'cancelling' ? {} : { problem }),
    step: 'ended',
    stepAt: now,
    endedAt: now,
  };
}

/** A status as a person reads it. */
export function statusText(status: JobStatus): string {
  switch (status) {
    case 'notStarted':
      return 'Not started';
    case 'running':
      return 'Running';
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
    case 'finished':
      return 'Finished';
    default:
      return status satisfies never;
  }
}

function statusLine(reading: StatusReading): string {
  return reading.status === undefined ? `The service tells a status that is not known: "${reading.text}"` : statusText(reading.status);
}

function withLine(job: Job, at: number, text: string): Job {
  return { ...job, history: [...job.history, { at, text }] };
}

/** The job without what an earlier step ran into. */
export function withoutProblem(job: Job): Job {
  const copy: { -readonly [K in keyof Job]: Job[K] } = { ...job };
  delete copy.problem;
  return copy;
}

/** One status can be spelled in several ways. */
function sameStatus(left: StatusReading | undefined, right: StatusReading): boolean {
  return left !== undefined && left.status === right.status && (left.status !== undefined || left.text === right.text);
}

function sameReading(left: StatusReading, right: StatusReading): boolean {
  return sameStatus(left, right) && left.text === right.text && left.details === right.details
    && left.createdAt === right.createdAt && left.startTime === right.startTime && left.endTime === right.endTime;
}

/** Milliseconds since 1970, or undefined for what is no time of our days. */
function timeOf(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return time > 0 ? time : undefined;
}
