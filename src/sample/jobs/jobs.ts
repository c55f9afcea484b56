// The batch jobs of the sample: submit, start, status, cancel.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { developmentAccount } from '../../model/developmentAccount';
import { errorCode } from '../../model/errorCode';
import { isFinal, type JobStatus } from '../../model/job';
import type { Definition } from '../definition';
import { Problem } from '../problem';
import { usualBehaviour, type JobBehaviour } from './behaviour';
import { elapsedMs } from './elapsed';
import { statusDocument, statusName, type SampleJob } from './job';
import { detailsOf, JobFault } from './jobFault';
import { outdatedJobs, type JobFiles } from './jobFiles';
import { JobQueue } from './queue';
import type { BlobAccess } from './reference';
import { readJobRequest } from './request';
import { run } from './run';

/** Where results go when a submission names no place. */
const resultsContainer = 'results';

/**
 * A job that lost its storage waits so long before it fails, in milliseconds: where storage has ended, the sample ends, and the job goes on
 * after the next start.
 */
const lostStorageMs = 500;

/** Holds the jobs from their submission to the end of the sample, or on disk beyond it. Operations throw the Problem to answer with. */
export class Jobs {
  /** How jobs are treated from now on. */
  behaviour: JobBehaviour = usualBehaviour;
  private readonly jobs = new Map<string, SampleJob>();
  private readonly queue = new JobQueue();
  private stopped = false;

  /**
   * `blobEndpoint` is the address of the storage that runs with the sample; without it no job is taken. With `files`, jobs are on disk too.
   */
  constructor(
    private readonly definition: Definition,
    private readonly blobEndpoint: string | undefined,
    private readonly files?: JobFiles,
  ) {}

  /**
   * Takes up the jobs that are on disk: what ran goes on, what waited waits on. Called once, in the beginning. Throws what the disk throws.
   */
  resume(): void {
    const jobs = this.files?.read() ?? [];
    for (const job of jobs) this.jobs.set(job.id, job);
    const waiting = jobs
      .filter((job) => job.status === 'notStarted' && job.started)
      .sort((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0));
    for (const job of [...jobs.filter((each) => each.status === 'running'), ...waiting]) this.enqueue(job);
  }

  /** Takes a submission and returns the job's id. Nothing runs yet. */
  submit(body: Buffer): string {
    const storage = this.storage();
    const request = readJobRequest(body, this.definition, this.behaviour);
    const id = randomUUID().replaceAll('-', '');
    const output = request.output ?? resultPlace(storage);
    const job: SampleJob = {
      id,
      request,
      output,
      result: readable(output, storage),
      submittedAt: Date.now(),
      stop: new AbortController(),
      status: 'notStarted',
      started: false,
      startedAt: undefined,
      starts: 0,
      removed: false,
      ranFrom: undefined,
      endedAt: undefined,
      details: undefined,
    };
    this.write(job);
    this.jobs.set(id, job);
    return id;
  }

  /** Puts a job into the queue. */
  start(id: string): void {
    const job = this.find(id);
    job.starts++;
    this.files?.note(job);
    if (job.started || job.status !== 'notStarted') {
      const state = job.status === 'notStarted' ? 'Queued' : statusName(job.status);
      throw new Problem(
        400,
        'InvalidOperation',
        'CannotStartJob',
        `The job '${job.id}' cannot be started because it is in the state ${state}.`,
      );
    }
    job.started = true;
    job.startedAt = Date.now();
    this.files?.note(job);
    this.enqueue(job);
  }

  /** What is told of a job. */
  status(id: string): object {
    return statusDocument(this.find(id), this.definition.output.name, this.behaviour);
  }

  /** Stops a job that is not over, and forgets one that is. */
  cancel(id: string): void {
    const job = this.find(id);
    if (isFinal(job.status)) {
      job.removed = true;
      this.files?.note(job);
    } else {
      this.end(job, 'cancelled');
    }
  }

  /** All jobs that were ever submitted, in order. */
  seen(): object[] {
    return [...this.jobs.values()].map(({ id, status, submittedAt, starts, removed }) => ({
      id,
      status: statusName(status),
      submittedAt: new Date(submittedAt).toISOString(),
      starts,
      removed,
    }));
  }

  /** Forgets jobs that are not kept any longer, where jobs are kept on disk. */
  sweep(): void {
    if (!this.files) return;
    for (const { id } of outdatedJobs([...this.jobs.values()], Date.now())) {
      this.jobs.delete(id);
      this.files.remove(id);
    }
  }

  /** The inputs of jobs that are not over. */
  openInputs(): BlobAccess[] {
    return [...this.jobs.values()].filter(({ status }) => !isFinal(status)).map(({ request }) => request.input);
  }

  /** Ends all that runs or waits. What is on disk stays as it is, and goes on from there. */
  stop(): void {
    this.stopped = true;
    for (const job of this.jobs.values()) if (!isFinal(job.status)) this.end(job, 'cancelled');
  }

  private enqueue(job: SampleJob): void {
    const waitSeconds = job.request.parameters.queueSeconds ?? this.behaviour.queueSeconds;
    // One that ran already has waited, and so has one that a restart found waiting, for as long as the time of day can tell.
    const waitMs = job.ranFrom === undefined ? waitSeconds * 1000 - elapsedMs(job.startedAt, waitSeconds * 1000) : 0;
    this.queue.add(job.id, waitMs, () => this.run(job));
  }

  private async run(job: SampleJob): Promise<void> {
    const { input, format, output, parameters } = job.request;
    job.status = 'running';
    // One that goes on after a restart has had its time in between.
    const ranFrom = (job.ranFrom ??= Date.now());
    this.files?.note(job);
    const runMs = (parameters.runSeconds ?? this.behaviour.runSeconds) * 1000;
    const failAtRow = parameters.failAtRow === undefined ? {} : { failAtRow: parameters.failAtRow };
    try {
      await run(
        { input, format, output: job.output, ownContainer: output === undefined, began: ranFrom, runMs, ...failAtRow },
        this.definition,
        job.stop.signal,
      );
      this.end(job, 'finished');
    } catch (error) {
      if (isFinal(job.status)) return;
      // What is no fault of the job is one of the sample: told as such, without words that might hold a secret.
      const fault = error instanceof JobFault ? error : brokenOff(error);
      if (this.files && lacksAnswer(error)) await sleep(lostStorageMs);
      this.end(job, 'failed', detailsOf(fault, job.id));
    }
  }

  /** The first end counts: a job that was cancelled does not finish. */
  private end(job: SampleJob, status: JobStatus, details?: string): void {
    if (isFinal(job.status)) return;
    job.details = details;
    job.status = status;
    job.endedAt = Date.now();
    if (!this.stopped) this.files?.note(job);
    this.queue.remove(job.id);
    if (status === 'cancelled') job.stop.abort();
  }

  private find(id: string): SampleJob {
    this.storage();
    const job = this.jobs.get(id.toLowerCase());
    if (!job || job.removed) throw new Problem(404, 'NotFound', 'JobNotFound', `There is no job '${id}'.`);
    return job;
  }

  /** A job that the disk does not take is not taken. */
  private write(job: SampleJob): void {
    try {
      this.files?.write(job);
    } catch {
      throw new Problem(
        503,
        'ServiceUnavailable',
        'NoMoreResources',
        'The job cannot be written into the folder of the sample service, so it is not taken.',
      );
    }
  }

  private storage(): string {
    if (this.blobEndpoint !== undefined) return this.blobEndpoint;
    const message =
      'This sample service runs without blob storage, so it takes no batch jobs. Start it as a program: that comes with storage.';
    throw new Problem(503, 'ServiceUnavailable', 'NoMoreResources', message);
  }
}

function resultPlace(storage: string): BlobAccess {
  return { ...ownAccount(storage), container: resultsContainer, name: `${randomUUID()}.csv` };
}

/** For a place in the sample's own storage the key is known, so that each status can have a token of its own for it. */
function readable(output: BlobAccess, storage: string): BlobAccess {
  const { kind, endpoint, container, name } = output;
  return kind === 'token' && endpoint === `${storage}/` ? { ...ownAccount(storage), container, name } : output;
}

function ownAccount(storage: string): { kind: 'account'; endpoint: string; account: string; key: string } {
  return { kind: 'account', endpoint: `${storage}/`, account: developmentAccount.name, key: developmentAccount.key };
}

/** True where storage may have ended: it gave no answer, or broke off. */
function lacksAnswer(error: unknown): boolean {
  return error instanceof JobFault ? error.unanswered : true;
}

/** Storage that ends while a blob is read or written breaks the stream off, with a code of the network. */
function brokenOff(error: unknown): JobFault {
  const code = errorCode(error);
  return new JobFault(
    'Reader',
    'InternalError',
    undefined,
    code === undefined ? 'The sample service has a fault of its own.' : `The connection to storage broke off (${code}).`,
  );
}
