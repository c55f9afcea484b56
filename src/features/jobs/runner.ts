// Takes a job from the file on disk to its start at the service: each step is written down before it is taken, and may be taken up again
// later.

import type { UploadProgress } from './messages';
import { systemClock, type Clock } from '../../model/clock';
import { Cancelled, InvalidInput, JobFailed } from '../../model/errors';
import type { Job, JobInput } from '../../model/job';
import { Emitter } from '../../model/lifetime';
import { shownParameters } from '../../protocols/jobParameters';
import type { SubmitOutcome } from '../../protocols/batch';
import { startAtService } from './jobStart';
import { serviceOfJob } from './serviceOfJob';
import { JobSteps, problemMember, recorded, startedBySubmission, stillHeld, type RunnerClaim } from './jobSteps';
import { UploadMeter } from './progress';
import type { JobDraft, RunnerParts } from './runnerParts';
import { hashOfBody, keptParameters, placeNow, submissionBody } from './submissionBody';

export type { RunnerClaim } from './jobSteps';

/** Name of the metadata that tells which job a blob was uploaded for; only such a blob is ever deleted. */
export const ownerMark = 'azuremljob';

/** How long a busy service is left alone that does not say how long, in milliseconds. */
const usualBusyMs = 5_000;

/** Runs jobs up to their start. */
export class JobRunner {
  private readonly progressed = new Emitter<string>();
  private readonly meters = new Map<string, UploadMeter>();
  /** Jobs that can be stopped without a loss: nothing has been submitted yet. */
  private readonly stoppable = new Map<string, AbortController>();
  /** Bodies of jobs that were made a moment ago: they may hold tokens and live in memory only. */
  private readonly bodies = new Map<string, string>();

  /** Raised with a job's key when its upload has come further or is over. */
  readonly onDidProgress = this.progressed.event;

  private readonly steps: JobSteps;

  /** @param ticks milliseconds that only go on: how fast an upload is has nothing to do with the time of day. */
  constructor(
    private readonly parts: RunnerParts, clock: Pick<Clock, 'sleep'> = systemClock,
    private readonly ticks: () => number = () => performance.now(),
  ) {
    this.steps = new JobSteps(parts, clock);
  }

  /** Writes a new job down. Nothing is sent yet. */
  async create(draft: JobDraft): Promise<Job> {
    const now = this.parts.now();
    const { service, body } = draft;
    const job: Job = {
      key: this.parts.newKey(),
      service: { name: service.name, address: service.address },
      title: draft.title,
      createdAt: now,
      ...(body ? { bodyFile: body.file, bodyHash: hashOfBody(body.json) } : {}),
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
    try {
      await this.parts.save(job);
    } catch (error) {
      // There is no such job, and nobody is left who would take away what belongs to it.
      this.forget(job.key);
      await this.parts.parameters.forget(job.key).catch(() => undefined);
      throw error;
    }
    return job;
  }

  /** Forgets what is kept in memory of a job that is no longer there, or is over. */
  forget(key: string): void {
    this.bodies.delete(key);
    this.steps.forget(key);
  }

  /** How far the upload of a job is; undefined when none is under way here. */
  upload(key: string): UploadProgress | undefined {
    return this.meters.get(key)?.progress(this.ticks());
  }

  /** Gives an upload up, and what follows it as long as nothing was submitted; the job stays, and can be carried on. */
  stopUpload(key: string): void {
    this.stoppable.get(key)?.abort();
  }

  /**
   * Takes all steps that are left until the job is submitted, and started where that is wanted. Throws what stopped it, after it was
   * written down; Cancelled when it was given up before the submission. `start` starts a job that was only to be submitted.
   */
  async carryOn(key: string, { start = false }: { readonly start?: boolean } = {}): Promise<Job> {
    return this.claimed(key, async (before, claim) => {
      const job = (await this.steps.takeUp(before)) ?? before;
      if (job.step === 'submitting' || job.step === 'notKnown')
        throw new InvalidInput({
          sentence: 'It is not known whether the service has taken this job.',
          advice: 'Submit it anew, or delete it here.',
        });
      return this.go(job, claim, start);
    });
  }

  /** Submits a job once more of which nobody knows whether the service has it. */
  async submitAnew(key: string): Promise<Job> {
    return this.claimed(key, async (before, claim) => {
      const known = await this.steps.takeUp(before);
      if (known && known.step !== 'notKnown') return this.go(known, claim, false);
      const job = known ?? before;
      if (job.step !== 'notKnown')
        throw new InvalidInput({ sentence: 'Only a job of which it is not known whether it was submitted can be submitted anew.' });
      return this.go(
        await this.steps.take(job, { step: 'uploaded' }, 'To be submitted anew: what became of the first submission is not known'),
        claim,
        false,
      );
    });
  }

  dispose(): void {
    for (const each of this.stoppable.values()) each.abort();
    this.steps.dispose();
    this.progressed.dispose();
  }

  /** Works on a job for as long as nobody else does. */
  private async claimed(key: string, work: (job: Job, claim: RunnerClaim) => Promise<Job>): Promise<Job> {
    const claim = await this.parts.claim(key);
    if (!claim && this.parts.isOwn(key)) throw new InvalidInput(
      { sentence: 'This window is at work on this job already.', advice: 'Its page shows how far it is.', actions: ['openJob'] },
    );
    if (!claim)
      throw new InvalidInput({
        sentence: 'Another window is at work on this job.',
        advice: 'Its state is shown here as soon as it changes.',
      });
    try {
      return await work(this.found(key), claim);
    } finally {
      // Waited for, so that who is told of a failure can try again at once. What cannot be released lasts as long as this window.
      await claim.release().catch(() => undefined);
    }
  }

  private async go(before: Job, claim: RunnerClaim, start: boolean): Promise<Job> {
    let job = before;
    const stopping = new AbortController();
    this.stoppable.set(job.key, stopping);
    try {
      if (job.step === 'prepared' || job.step === 'uploading') job = await this.uploadAll(job, claim, stopping.signal);
      if (job.step === 'uploaded') job = await this.submit(job, claim, stopping.signal);
    } finally {
      this.stoppable.delete(job.key);
    }
    if (job.step !== 'submitted' && job.step !== 'starting') return job;
    const { calls, now } = this.parts;
    const wanted = start || job.startsItself;
    const service = wanted ? serviceOfJob(job, this.parts.service) : this.parts.service(job.service.address);
    if (service && !calls.startsLater(service))
      return recorded(await this.steps.record(job, claim, { step: 'started', startedAt: now() }, startedBySubmission));
    return service && wanted ? startAtService(job, claim, service, { calls, steps: this.steps, now }) : job;
  }

  private found(key: string): Job {
    const job = this.parts.find(key);
    if (!job) throw new InvalidInput({ sentence: 'This job is no longer there.' });
    return job;
  }

  private async uploadAll(before: Job, claim: RunnerClaim, signal: AbortSignal): Promise<Job> {
    // Nothing is uploaded for a service that is gone, or a job whose parameters are.
    serviceOfJob(before, this.parts.service);
    await keptParameters(before, this.parts.parameters);
    let job = before;
    try {
      for (const [index, input] of job.inputs.entries()) {
        if (input.file && input.uploadedAt === undefined) job = await this.uploadOne(job, index, input, claim, signal);
      }
    } catch (error) {
      // What another window has written since is newer than this.
      if (await claim.held())
        await this.steps.take(
          this.found(job.key),
          { step: 'prepared', ...problemMember(error) },
          error instanceof Cancelled ? 'Upload stopped' : 'Upload failed',
        );
      throw error;
    } finally {
      this.meters.delete(job.key);
      this.progressed.fire(job.key);
    }
    const sent = job.inputs.some((input) => input.file);
    return this.steps.take(job, { step: 'uploaded', ...(sent ? { uploadedAt: this.parts.now() } : {}) }, ...(sent ? ['Uploaded'] : []));
  }

  private async uploadOne(before: Job, index: number, input: JobInput, claim: RunnerClaim, signal: AbortSignal): Promise<Job> {
    const { file } = input;
    if (!file) return before;
    const { blobs, now } = this.parts;
    const access = await this.parts.access(input.storage);
    const blob = placeNow(input, access);
    let job = await this.steps.take(
      before,
      { step: 'uploading', inputs: before.inputs.map((each, at) => (at === index ? { ...input, blob } : each)) },
      ...(before.step === 'uploading' ? [] : ['Upload begins']),
    );
    const meter = new UploadMeter(file.name, file.bytes, this.ticks());
    this.meters.set(job.key, meter);
    this.progressed.fire(job.key);
    if (access.kind === 'account') await blobs.ensureContainer(access, blob.container, signal);
    // What an interrupted upload has put there is this job's own and may be put there again.
    const there = await blobs.info(access, blob, signal);
    const overwrite = input.overwrite || there?.metadata[ownerMark] === job.key;
    const onProgress = (bytes: number): void => {
      meter.reached(bytes, this.ticks());
      this.progressed.fire(job.key);
    };
    await blobs.upload(access, blob, file, { overwrite, metadata: { [ownerMark]: job.key }, onProgress }, signal);
    // An upload may outlast a night's sleep of the computer.
    await stillHeld(claim);
    job = await this.steps.take(job, { inputs: job.inputs.map((each, at) => (at === index ? { ...each, uploadedAt: now() } : each)) });
    return job;
  }

  private async submit(before: Job, claim: RunnerClaim, signal: AbortSignal): Promise<Job> {
    const service = serviceOfJob(before, this.parts.service);
    const { json: body, parametersJson } = await this.bodyOf(before);
    await stillHeld(claim);
    if (signal.aborted) {
      await this.steps.take(before, {}, 'Stopped before the submission');
      throw new Cancelled();
    }
    // Kept before anything is sent: what looks secret among them is looked for in what comes back.
    if (parametersJson !== undefined) await this.parts.parameters.set(before.key, parametersJson);
    const job = await this.steps.take(
      before,
      {
        step: 'submitting',
        ...(before.bodyFile === undefined ? {} : { bodyHash: hashOfBody(body) }),
        ...(parametersJson === undefined ? {} : { parameters: shownParameters(parametersJson) }),
      },
      'Submission begins',
    );
    let outcome: SubmitOutcome;
    try {
      outcome = await this.parts.calls.submit(job, service, body);
    } catch (error) {
      // Whatever fails once something is sent is an outcome: what is thrown, as by a secret store that fails, came before that.
      await this.steps.record(job, claim, { step: 'uploaded', ...problemMember(error) }, 'The submission could not be sent');
      throw error;
    }
    switch (outcome.kind) {
      case 'submitted': {
        const submitted = await this.steps.recordSubmitted(job, claim, outcome.id, this.parts.calls.startsLater(service));
        this.bodies.delete(job.key);
        return submitted;
      }
      case 'refused':
        await this.steps.record(job, claim, { step: 'uploaded', problem: outcome.problem }, 'The submission was refused');
        throw outcome.busy ? new JobFailed(outcome.problem, outcome.retryAfterMs ?? usualBusyMs) : new JobFailed(outcome.problem);
      case 'lost':
        await this.steps.record(job, claim, { step: 'notKnown', problem: outcome.problem }, 'The answer to the submission was lost');
        throw new JobFailed({
          ...outcome.problem,
          sentence: `${outcome.problem.sentence} It is not known whether the service has taken the job.`,
          actions: ['openJob'],
        });
      default:
        return outcome satisfies never;
    }
  }

  /** What is submitted; with its parameters where it was read anew, which may be others than were kept. */
  private async bodyOf(job: Job): Promise<{ readonly json: string; readonly parametersJson?: string }> {
    if (job.bodyFile === undefined) return { json: await submissionBody(job, this.parts) };
    const json = this.bodies.get(job.key);
    if (json !== undefined) return { json };
    return this.parts.readBody({ service: job.service, file: job.bodyFile, hash: job.bodyHash });
  }
}
