// What tests of the runner share: a service, a storage and a journal in memory, all of whose events stand in one list in their order.

import { JobRunner, ownerMark } from '../../../../src/features/jobs/runner';
import type { JobDraft, RunnerParts } from '../../../../src/features/jobs/runnerParts';
import { Cancelled } from '../../../../src/model/errors';
import type { InputFile, Job, JobInput, PollOutcome } from '../../../../src/model/job';
import type { BlobPlace, StorageAccess } from '../../../../src/model/storage';
import type { StartOutcome, SubmitOutcome } from '../../../../src/protocols/batch';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { toService } from '../../../../src/protocols/newService';

/** Secrets that go through the runner and may be in no saved job. */
export const secrets = { account: 'c3RvcmFnZSBrZXkgdGhhdCBub2JvZHkgbWF5IHNlZQ==', signature: 'c2lnbmF0dXJlLW9mLWEtdG9rZW4', parameter: 'hunter2-and-more' } as const;

export const base = 'https://weather.blob.core.windows.net/';

export const account: StorageAccess = { kind: 'account', base, account: 'weather', key: secrets.account, connectionString: `AccountName=weather;AccountKey=${secrets.account}` };

const endpoint = parseEndpoint('https://region.example/workspaces/w/services/s');
if (!endpoint.ok) throw new Error(endpoint.reason);
export const service = toService({ name: 'Weather', endpoint: endpoint.endpoint });

export function file(name = 'days.csv'): InputFile {
  return { uri: `file:///data/${name}`, name, bytes: 100, modifiedAt: 1 };
}

export function input(name = 'days.csv', more: Partial<JobInput> = {}): JobInput {
  return { file: file(name), storage: base, blob: { base, container: 'in', name }, overwrite: false, ...more };
}

export function draft(more: Partial<JobDraft> = {}): JobDraft {
  return { service, title: 'days.csv', inputs: [input()], outputs: [], parametersJson: '{}', startsItself: true, connectionStrings: false, ...more };
}

const problem = { sentence: 'No.' };

/** A runner and all that it needs, in memory. */
export class Bench {
  /** Saves as `save STEP`, calls as `call NAME …`. */
  readonly events: string[] = [];
  readonly saved: Job[] = [];
  readonly bodies: string[] = [];
  readonly started: string[] = [];
  /** Blobs by container/name, with the job that they were uploaded for. */
  readonly blobs = new Map<string, string>();
  readonly parameters = new Map<string, string>();
  readonly submits: SubmitOutcome[] = [];
  /** Runs before each job is written down, and may throw as a disk does. */
  onSave: (job: Job) => void = () => undefined;
  /** Pauses that the runner has made, in milliseconds. They take no time. */
  readonly pauses: number[] = [];
  /** Runs when the service has taken a submission, before its answer comes. */
  duringSubmit: () => void = () => undefined;
  readonly statuses: PollOutcome[] = [];
  /** What the next submissions throw. */
  throwsAtSubmit: Error | undefined;
  /** The same of starts, and of the question how a job stands. */
  throwsAtStart: Error | undefined;
  throwsAtStatus: Error | undefined;
  readonly starts: StartOutcome[] = [];
  access: StorageAccess = account;
  /** Runs in the middle of each upload, and may fail as one does. */
  duringUpload: (place: BlobPlace, signal: AbortSignal) => Promise<void> = () => Promise.resolve();
  claimed: 'free' | 'taken' = 'free';
  isOwn = false;
  /** Answers to the question whether the claim is still held, one after another; then yes. */
  readonly held: boolean[] = [];
  released = 0;
  services = [service];
  /** False for a service that starts what is submitted. */
  startsLater = true;
  /** Hashes with which bodies were read anew. */
  readonly readHashes: (string | undefined)[] = [];
  /** The services for which that was, and the parameters that are in the body by then. */
  readonly readFor: Job['service'][] = [];
  readParameters = '{}';
  /** The person does not want the body as it is now. */
  refusesBody = false;
  private readonly jobs = new Map<string, Job>();
  private keys = 0;
  private time = 1_700_000_000_000;

  readonly parts: RunnerParts = {
    newKey: () => `00000000${++this.keys}-a`,
    find: (key) => this.jobs.get(key),
    save: async (job) => {
      await Promise.resolve();
      this.onSave(job);
      this.put(job);
    },
    claim: async () => {
      await Promise.resolve();
      if (this.claimed === 'taken') return undefined;
      return { held: () => Promise.resolve(this.held.shift() ?? true), release: () => (this.released++ ? Promise.resolve() : Promise.reject(new Error('The disk is full.'))) };
    },
    access: () => Promise.resolve(this.access),
    parameters: {
      of: (key) => Promise.resolve(this.parameters.get(key) ?? '{}'),
      set: (key, json) => Promise.resolve(void this.parameters.set(key, json)),
      forget: (key) => Promise.resolve(void this.parameters.delete(key)),
    },
    isOwn: () => this.isOwn,
    service: (address) => this.services.find((each) => each.address === address),
    calls: {
      submit: (_job, _service, body) => {
        if (this.throwsAtSubmit) return Promise.reject(this.throwsAtSubmit);
        this.events.push('call submit');
        this.bodies.push(body);
        this.duringSubmit();
        return Promise.resolve(this.submits.shift() ?? { kind: 'submitted', id: `id${this.bodies.length}` });
      },
      startsLater: () => this.startsLater,
      start: (_service, id) => {
        if (this.throwsAtStart) return Promise.reject(this.throwsAtStart);
        this.events.push(`call start ${id}`);
        this.started.push(id);
        return Promise.resolve(this.starts.shift() ?? { kind: 'started' });
      },
      status: () => this.throwsAtStatus ? Promise.reject(this.throwsAtStatus) : Promise.resolve(
        this.statuses.shift() ?? { kind: 'offline', problem },
      ),
      results: () => Promise.resolve({ outcome: { kind: 'offline', problem }, files: [] }),
      delete: () => Promise.resolve({ kind: 'done' }),
    },
    blobs: {
      ensureContainer: (_access, container) => Promise.resolve(void this.events.push(`call container ${container}`)),
      info: (_access, { container, name }) => {
        const owner = this.blobs.get(`${container}/${name}`);
        return Promise.resolve(owner === undefined ? undefined : { bytes: 1, etag: '"1"', modifiedAt: 0, metadata: { [ownerMark]: owner } });
      },
      upload: async (_access, blob, { bytes }, { overwrite, metadata, onProgress }, signal) => {
        const name = `${blob.container}/${blob.name}`;
        this.events.push(`call upload ${name}`);
        if (this.blobs.has(name) && !overwrite) throw new Error(`There is ${name} already.`);
        onProgress(bytes / 2);
        await this.duringUpload(blob, signal);
        if (signal.aborted) throw new Cancelled();
        this.blobs.set(name, metadata[ownerMark] ?? '');
        onProgress(bytes);
      },
      sign: (_access, { name }, permissions) => Promise.resolve(`?sp=${permissions.includes('w') ? 'w' : 'r'}&sr=${name}&sig=${secrets.signature}`),
      check: () => Promise.resolve(),
      containers: () => Promise.resolve([]),
      list: () => Promise.resolve({ folders: [], blobs: [], more: false }),
      deleteOwn: () => Promise.resolve('gone'),
    },
    readBody: (agreed) => {
      this.readHashes.push(agreed.hash);
      this.readFor.push(agreed.service);
      const body = { json: `{"read":"${agreed.file}"}`, parametersJson: this.readParameters };
      return this.refusesBody ? Promise.reject(new Cancelled()) : Promise.resolve(body);
    },
    now: () => (this.time += 10),
  };

  private readonly clock = {
    sleep: (ms: number): Promise<void> => {
      this.pauses.push(ms);
      return Promise.resolve();
    },
  };

  runner = new JobRunner(this.parts, this.clock);

  /** What was written down last of a job. */
  now(key: string): Job {
    const job = this.jobs.get(key);
    if (!job) throw new Error(`There is no job ${key}.`);
    return job;
  }

  /** As another window would leave a job, or a process that was killed. */
  put(job: Job): void {
    this.events.push(`save ${job.step}`);
    this.saved.push(job);
    this.jobs.set(job.key, job);
  }

  /** What a new process knows: the journal and nothing else. */
  restart(): void {
    this.runner = new JobRunner(this.parts, this.clock);
    this.events.length = 0;
  }
}
