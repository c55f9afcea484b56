// The batch jobs of the sample: submit, start, status, cancel.

import { randomUUID } from 'node:crypto';
import { developmentAccount } from '../../model/developmentAccount';
import { isFinal, type JobStatus } from '../../model/job';
import type { Definition } from '../definition';
import { Problem } from '../problem';
import { usualBehaviour, type JobBehaviour } from './behaviour';
import { statusDocument, statusName, type SampleJob } from './job';
import { detailsOf, JobFault } from './jobFault';
import { JobQueue } from './queue';
import type { BlobAccess } from './reference';
import { readJobRequest } from './request';
import { run } from './run';

/** Where results go when a submission names no place. */
export const resultsContainer = 'results';

/** Holds the jobs from their submission to the end of the sample. Operations throw the Problem to answer with. */
export class Jobs {
  /** How jobs are treated from now on. */
  behaviour: JobBehaviour = usualBehaviour;
  private readonly jobs = new Map<string, SampleJob>();
  private readonly queue = new JobQueue();

  /** `blobEndpoint` is the address of the storage that runs with the sample; without it no job is taken. */
  constructor(private readonly definition: Definition, private readonly blobEndpoint: string | undefined) {}

  /** Takes a submission and returns the job's id. Nothing runs yet. */
  submit(body: Buffer): string {
    const storage = this.storage();
    const request = readJobRequest(body, this.definition, this.behaviour);
    const id = randomUUID().replaceAll('-', '');
    const output = request.output ?? resultPlace(storage);
    this.jobs.set(id, {
      id, request, output, result: readable(output, storage), submittedAt: Date.now(), stop: new AbortController(),
      status: 'notStarted', started: false, starts: 0, removed: false, ranFrom: undefined, endedAt: undefined, details: undefined,
    });
    return id;
  }

  /** Puts a job into the queue. */
  start(id: string): void {
    const job = this.find(id);
    job.starts++;
    if (job.started || job.status !== 'notStarted') {
      const state = job.status === 'notStarted' ? 'Queued' : statusName(job.status);
      throw new Problem(400, 'InvalidOperation', 'CannotStartJob', `The job '${job.id}' cannot be started because it is in the state ${state}.`);
    }
    job.started = true;
    const waitSeconds = job.request.parameters.queueSeconds ?? this.behaviour.queueSeconds;
    this.queue.add(job.id, waitSeconds * 1000, () => this.run(job));
  }

  /** What is told of a job. */
  status(id: string): object {
    return statusDocument(this.find(id), this.definition.output.name, this.behaviour);
  }

  /** Stops a job that is not over, and forgets one that is. */
  cancel(id: string): void {
    const job = this.find(id);
    if (isFinal(job.status)) job.removed = true;
    else this.end(job, 'cancelled');
  }

  /** All jobs that were ever submitted, in order. */
  seen(): object[] {
    return [...this.jobs.values()].map(({ id, status, submittedAt, starts, removed }) => ({
      id, status: statusName(status), submittedAt: new Date(submittedAt).toISOString(), starts, removed,
    }));
  }

  /** Ends all that runs or waits. */
  stop(): void {
    for (const job of this.jobs.values()) if (!isFinal(job.status)) this.end(job, 'cancelled');
  }

  private async run(job: SampleJob): Promise<void> {
    const { input, format, output, parameters } = job.request;
    job.status = 'running';
    job.ranFrom = Date.now();
    const runMs = (parameters.runSeconds ?? this.behaviour.runSeconds) * 1000;
    const failAtRow = parameters.failAtRow === undefined ? {} : { failAtRow: parameters.failAtRow };
    try {
      await run({ input, format, output: job.output, ownContainer: output === undefined, runMs, ...failAtRow }, this.definition, job.stop.signal);
      this.end(job, 'finished');
    } catch (error) {
      if (isFinal(job.status)) return;
      // What is no fault of the job is one of the sample: told as such, without words that might hold a secret.
      const fault = error instanceof JobFault ? error : brokenOff(error);
      job.details = detailsOf(fault, job.id);
      this.end(job, 'failed');
    }
  }

  /** The first end counts: a job that was cancelled does not finish. */
  private end(job: SampleJob, status: JobStatus): void {
    if (isFinal(job.status)) return;
    job.status = status;
    job.endedAt = Date.now();
    this.queue.remove(job.id);
    if (status === 'cancelled') job.stop.abort();
  }

  private find(id: string): SampleJob {
    this.storage();
    const job = this.jobs.get(id.toLowerCase());
    if (!job || job.removed) throw new Problem(404, 'NotFound', 'JobNotFound', `There is no job '${id}'.`);
    return job;
  }

  private storage(): string {
    if (this.blobEndpoint !== undefined) return this.blobEndpoint;
    const message = 'This sample service runs without blob storage, so it takes no batch jobs. Start it as a program: that comes with storage.';
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

/** Storage that ends while a blob is read or written breaks the stream off, with a code of the network. */
function brokenOff(error: unknown): JobFault {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return new JobFault('Reader', 'InternalError', undefined, code === undefined ? 'The sample service has a fault of its own.' : `The connection to storage broke off (${code}).`);
}
