// Takes a job from the file on disk to its start at the service: each step is written down before it is taken, and may be taken up again later.

import type { UploadProgress } from '../../messages';
import { Cancelled, HumanError, InvalidInput, JobFailed, LocalFailure, type ErrorParts } from '../../model/errors';
import type { Job, JobInput, JobOutput } from '../../model/job';
import { Emitter } from '../../model/lifetime';
import type { Service } from '../../model/service';
import type { StorageAccess } from '../../model/storage';
import { shownParameters } from '../../protocol/jobParameters';
import { withoutProblem } from '../../state/progress';
import type { SubmitOutcome } from '../../client/jobs';
import type { BlobCalls, JobCalls } from './calls';
import { UploadMeter } from './progress';
import { placeNow, submissionBody } from './submissionBody';

/** Name of the metadata that tells which job a blob was uploaded for; only such a blob is ever deleted. */
export const ownerMark = 'azuremljob';

/** A job that is to be made. */
export interface JobDraft {
  readonly service: Service;
  readonly title: string;
  readonly inputs: readonly JobInput[];
  readonly outputs: readonly JobOutput[];
  /** Strict JSON of an object. */
  readonly parametersJson: string;
  readonly startsItself: boolean;
  /** True to hand the account's connection string to the service instead of tokens. */
  readonly connectionStrings: boolean;
  /** A body as it is to be submitted, and the URI of its file. */
  readonly body?: { readonly json: string; readonly file: string };
}

/** The right to take steps with a job. */
export interface RunnerClaim {
  /** False when another window has taken this one for dead and gone on in its place. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

/** What the runner needs from outside. */
export interface RunnerParts {
  readonly newKey: () => string;
  readonly find: (key: string) => Job | undefined;
  /** Writes a job down; what it resolves to is on the disk. */
  readonly save: (job: Job) => Promise<void>;
  /** The right to take steps with a job, which one window has at a time; undefined while another has it. */
  readonly claim: (key: string) => Promise<RunnerClaim | undefined>;
  readonly access: (storage: string) => Promise<StorageAccess>;
  readonly parameters: { of(key: string): Promise<string>; set(key: string, json: string): Promise<void> };
  readonly service: (address: string) => Service | undefined;
  readonly calls: JobCalls;
  readonly blobs: BlobCalls;
  /** A submission body anew from its file, for a job that was made from one. */
  readonly readBody: (file: string) => Promise<string>;
  readonly now: () => number;
}

/** Runs jobs up to their start. */
export class JobRunner {
  private readonly progressed = new Emitter<string>();
  private readonly meters = new Map<string, UploadMeter>();
  private readonly uploads = new Map<string, AbortController>();
  /** Bodies of jobs that were made a moment ago: they may hold tokens and live in memory only. */
  private readonly bodies = new Map<string, string>();

  /** Raised with a job's key when its upload has come further or is over. */
  readonly onDidProgress = this.progressed.event;

  constructor(private readonly parts: RunnerParts) {}

  /** Writes a new job down. Nothing is sent yet. */
  async create(draft: JobDraft): Promise<Job> {
    const now = this.parts.now();
    const { service, body } = draft;
    const job: Job = {
      key: this.parts.newKey(),
      service: { name: service.name, address: service.address },
      title: draft.title,
      createdAt: now,
      ...(body ? { bodyFile: body.file } : {}),
      inputs: draft.inputs,
      outputs: draft.outputs,
      parameters: shownParameters(draft.parametersJson),
      startsItself: draft.startsItself,
      connectionStrings: draft.connectionStrings,
      step: 'prepared',
      stepAt: now,
      history: [],
    };
    await this.parts.parameters.set(job.key, draft.parametersJson);
    if (body) this.bodies.set(job.key, body.json);
    await this.parts.save(job);
    return job;
  }

  /** How far the upload of a job is; undefined when none is under way here. */
  upload(key: string): UploadProgress | undefined {
    return this.meters.get(key)?.progress(this.parts.now());
  }

  /** Gives an upload up; the job stays, and can be carried on. */
  stopUpload(key: string): void {
    this.uploads.get(key)?.abort();
  }

  /**
   * Takes all steps that are left until the job is submitted, and started where that is wanted. Throws what stopped it, after it was written
   * down; Cancelled when the upload was given up. `start` starts a job that was only to be submitted.
   */
  async carryOn(key: string, { start = false }: { readonly start?: boolean } = {}): Promise<Job> {
    return this.claimed(key, (job, claim) => {
      if (job.step === 'submitting' || job.step === 'notKnown') throw new InvalidInput({ sentence: 'It is not known whether the service has taken this job.', advice: 'Submit it anew, or delete it here.' });
      return this.go(job, claim, start);
    });
  }

  /** Submits a job once more of which nobody knows whether the service has it. */
  async submitAnew(key: string): Promise<Job> {
    return this.claimed(key, async (job, claim) => {
      if (job.step !== 'notKnown') throw new InvalidInput({ sentence: 'Only a job of which it is not known whether it was submitted can be submitted anew.' });
      return this.go(await this.step(job, { step: 'uploaded' }, 'To be submitted anew: what became of the first submission is not known'), claim, false);
    });
  }

  dispose(): void {
    for (const each of this.uploads.values()) each.abort();
    this.progressed.dispose();
  }

  /** Works on a job for as long as nobody else does. */
  private async claimed(key: string, work: (job: Job, claim: RunnerClaim) => Promise<Job>): Promise<Job> {
    const claim = await this.parts.claim(key);
    if (!claim) throw new InvalidInput({ sentence: 'Another window is at work on this job.', advice: 'Its state is shown here as soon as it changes.' });
    try {
      return await work(this.found(key), claim);
    } finally {
      // Waited for, so that who is told of a failure can try again at once. What cannot be released lasts as long as this window.
      await claim.release().catch(() => undefined);
    }
  }

  private async go(before: Job, claim: RunnerClaim, start: boolean): Promise<Job> {
    let job = before;
    if (job.step === 'prepared' || job.step === 'uploading') job = await this.uploadAll(job, claim);
    if (job.step === 'uploaded') job = await this.submit(job, claim);
    if ((job.step === 'submitted' || job.step === 'starting') && (start || job.startsItself)) job = await this.start(job, claim);
    return job;
  }

  private found(key: string): Job {
    const job = this.parts.find(key);
    if (!job) throw new InvalidInput({ sentence: 'This job is no longer there.' });
    return job;
  }

  private serviceOf(job: Job): Service {
    const service = this.parts.service(job.service.address);
    if (!service) throw new InvalidInput({ sentence: `The service "${job.service.name}" is not there any more.`, advice: 'Add it again, or start the sample service if it was that.' });
    return service;
  }

  private async uploadAll(before: Job, claim: RunnerClaim): Promise<Job> {
    // Nothing is uploaded for a service that is gone.
    this.serviceOf(before);
    let job = before;
    const stopping = new AbortController();
    this.uploads.set(job.key, stopping);
    try {
      for (const [index, input] of job.inputs.entries()) {
        if (input.file && input.uploadedAt === undefined) job = await this.uploadOne(job, index, input, claim, stopping.signal);
      }
    } catch (error) {
      // What another window has written since is newer than this.
      if (await claim.held()) await this.step(this.found(job.key), { step: 'prepared', ...problemMember(error) }, error instanceof Cancelled ? 'Upload stopped' : 'Upload failed');
      throw error;
    } finally {
      this.uploads.delete(job.key);
      this.meters.delete(job.key);
      this.progressed.fire(job.key);
    }
    const sent = job.inputs.some((input) => input.file);
    return this.step(job, { step: 'uploaded', ...(sent ? { uploadedAt: this.parts.now() } : {}) }, sent ? 'Uploaded' : undefined);
  }

  private async uploadOne(before: Job, index: number, input: JobInput, claim: RunnerClaim, signal: AbortSignal): Promise<Job> {
    const { file } = input;
    if (!file) return before;
    const { blobs, now } = this.parts;
    const access = await this.parts.access(input.storage);
    const blob = placeNow(input, access);
    let job = await this.step(before, { step: 'uploading', inputs: before.inputs.map((each, at) => (at === index ? { ...input, blob } : each)) }, before.step === 'uploading' ? undefined : 'Upload begins');
    const meter = new UploadMeter(file.name, file.bytes, now());
    this.meters.set(job.key, meter);
    this.progressed.fire(job.key);
    if (access.kind === 'account') await blobs.ensureContainer(access, blob.container, signal);
    // What an interrupted upload has put there is this job's own and may be put there again.
    const there = await blobs.info(access, blob, signal);
    const overwrite = input.overwrite || there?.metadata[ownerMark] === job.key;
    const onProgress = (bytes: number): void => {
      meter.reached(bytes, now());
      this.progressed.fire(job.key);
    };
    await blobs.upload(access, blob, file, { overwrite, metadata: { [ownerMark]: job.key }, onProgress }, signal);
    // An upload may outlast a night's sleep of the computer.
    await stillHeld(claim);
    job = await this.step(job, { inputs: job.inputs.map((each, at) => (at === index ? { ...each, uploadedAt: now() } : each)) });
    return job;
  }

  private async submit(before: Job, claim: RunnerClaim): Promise<Job> {
    const service = this.serviceOf(before);
    const body = before.bodyFile === undefined ? await submissionBody(before, this.parts) : this.bodies.get(before.key) ?? (await this.parts.readBody(before.bodyFile));
    await stillHeld(claim);
    const job = await this.step(before, { step: 'submitting' }, 'Submission begins');
    let outcome: SubmitOutcome;
    try {
      outcome = await this.parts.calls.submit(service, body);
    } catch (error) {
      // Failures of the call itself are outcomes: what is thrown, as by a secret store that fails, came before anything was sent.
      await this.step(job, { step: 'uploaded', ...problemMember(error) }, 'The submission could not be sent');
      throw error;
    }
    switch (outcome.kind) {
      case 'submitted':
        return this.step(job, { step: 'submitted', id: outcome.id, submittedAt: this.parts.now() }, 'Submitted');
      case 'refused':
        await this.step(job, { step: 'uploaded', problem: outcome.problem }, 'The submission was refused');
        throw new JobFailed(outcome.problem);
      case 'lost':
        await this.step(job, { step: 'notKnown', problem: outcome.problem }, 'The answer to the submission was lost');
        throw new JobFailed({ ...outcome.problem, sentence: `${outcome.problem.sentence} It is not known whether the service has taken the job.`, actions: ['openJob'] });
      default:
        return outcome satisfies never;
    }
  }

  private async start(before: Job, claim: RunnerClaim): Promise<Job> {
    const service = this.serviceOf(before);
    const { id } = before;
    if (id === undefined) throw new LocalFailure({ sentence: 'The id of this job is not known, so it cannot be started.', advice: 'Run it again.' });
    await stillHeld(claim);
    const job = await this.step(before, { step: 'starting' }, 'Start begins');
    const outcome = await this.parts.calls.start(service, id);
    switch (outcome.kind) {
      case 'started':
        return this.step(job, { step: 'started', startedAt: this.parts.now() }, 'Started');
      case 'already':
        // It was started before, and that answer was lost: nothing is started twice.
        return this.step(job, { step: 'started', startedAt: job.startedAt ?? this.parts.now() }, 'Had been started already');
      case 'gone':
      case 'failed':
        await this.step(job, { step: 'submitted', problem: outcome.problem }, 'The start failed');
        throw new JobFailed(outcome.problem);
      default:
        return outcome satisfies never;
    }
  }

  /** Writes the next step down; a problem of an earlier one is over unless it is named again. */
  private async step(job: Job, change: Partial<Job>, line?: string): Promise<Job> {
    const now = this.parts.now();
    const history = line === undefined ? job.history : [...job.history, { at: now, text: line }];
    const next: Job = { ...withoutProblem(job), ...change, history, stepAt: now };
    await this.parts.save(next);
    if (next.step === 'submitted' || next.step === 'started') this.bodies.delete(job.key);
    return next;
  }
}

/** A computer that slept may wake up to another window that has gone on with the job. */
async function stillHeld(claim: RunnerClaim): Promise<void> {
  if (!(await claim.held())) throw new InvalidInput({ sentence: 'Another window has gone on with this job.', advice: 'Its state is shown here as soon as it changes.' });
}

/** What is written down of an error; nothing of the person's own wish to stop. */
export function problemMember(error: unknown): { readonly problem?: ErrorParts } {
  if (error instanceof Cancelled) return {};
  if (!(error instanceof HumanError)) return { problem: { sentence: 'Azure ML Web Services met a fault of its own.', actions: ['showLog'] } };
  return { problem: { sentence: error.message, ...(error.detail === undefined ? {} : { detail: error.detail }), ...(error.advice === undefined ? {} : { advice: error.advice }), actions: error.actions } };
}
