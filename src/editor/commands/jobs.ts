// What can be done with a job that is there: start it, carry it on, cancel it, delete it, run it again, look at it.

import * as vscode from 'vscode';
import { InvalidInput, JobFailed } from '../../model/errors';
import { isFinal, type Job, type JobInput } from '../../model/job';
import type { Service } from '../../model/service';
import { member } from '../../protocol/shape';
import type { JobParameters } from '../../state/jobParameters';
import { withoutProblem } from '../../state/progress';
import { askChoice, askToConfirm } from '../ask';
import type { BlobCalls, JobCalls } from '../jobs/calls';
import { describeFile } from '../jobs/inputFiles';
import { ownerMark, type JobRunner } from '../jobs/runner';
import { busy, isMissing } from '../pickStorage';
import { plain } from '../plain';
import type { StorageAccess } from '../../model/storage';
import { launch, type LaunchParts } from './launch';

/** What these commands need from outside. */
export interface JobParts extends LaunchParts {
  readonly runner: JobRunner;
  readonly calls: JobCalls;
  readonly blobs: BlobCalls;
  readonly parameters: JobParameters;
  readonly access: (storage: string) => Promise<StorageAccess>;
  /** All jobs that are not over, and the last ones that are, newest first. */
  readonly recent: () => Promise<readonly Job[]>;
  readonly findAny: (key: string) => Promise<Job | undefined>;
  readonly forget: (key: string) => Promise<void>;
  /** Asks for a job's status at once. */
  readonly checkNow: (key: string) => Promise<void>;
  /** A job's state in a few words, with an icon in front. */
  readonly stateText: (job: Job) => string;
}

/** The job that a command was called for, by its key or a node of the tree; asks for one where it was called for none. */
export async function jobFrom(parts: JobParts, argument: unknown, title: string, fits: (job: Job) => boolean = () => true): Promise<Job> {
  const key = typeof argument === 'string' ? argument : member(member(argument, 'job'), 'key');
  if (typeof key === 'string') {
    const job = await parts.findAny(key);
    if (job) return job;
    throw new InvalidInput({ sentence: 'This job is no longer there.', advice: 'It was deleted, perhaps in another window.' });
  }
  const jobs = (await parts.recent()).filter(fits);
  if (jobs.length === 0) throw new InvalidInput({ sentence: 'There is no batch job for this.', advice: 'Right-click a CSV file in the Explorer and choose Run Batch Job.' });
  return askChoice(title, 'Choose a job', jobs.map((job) => ({ label: parts.stateText(job), description: job.title, detail: `${job.service.name} · ${new Date(job.createdAt).toLocaleString()}`, value: job })));
}

/** Starts a job that was submitted only. */
export async function startJob(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, 'Start Job', ({ step }) => step === 'submitted');
  await launch(parts, [job.key], { start: true });
}

/** Takes up a job where it was left. */
export async function carryOnJob(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, 'Carry On With Job', ({ step }) => step !== 'ended' && step !== 'started');
  await launch(parts, [job.key]);
}

/** Gives up the upload of a job; it can be carried on later. */
export async function stopUpload(parts: JobParts, argument: unknown): Promise<void> {
  parts.runner.stopUpload((await jobFrom(parts, argument, 'Stop Upload', ({ step }) => step === 'uploading')).key);
}

/** Submits a job once more of which nobody knows whether the service has it. */
export async function submitJobAnew(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, 'Submit Job Anew', ({ step }) => step === 'notKnown');
  await askToConfirm(`Submit "${job.title}" anew?`, 'The service may have taken it already: then a job stays there that was never started and that nobody can reach. It does nothing.', 'Submit Anew');
  parts.show(job.key);
  await parts.runner.submitAnew(job.key);
}

/** Asks for a job's status now. */
export async function checkJob(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, 'Check Job', ({ step }) => step === 'started' || step === 'cancelling');
  await parts.checkNow(job.key);
}

/** Asks the service to cancel a job, after asking the person; what became of it is told when the service tells. */
export async function cancelJob(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, 'Cancel Job', canBeCancelled);
  const { id } = job;
  if (!canBeCancelled(job) || id === undefined) throw new InvalidInput({ sentence: `"${job.title}" cannot be cancelled: ${job.step === 'ended' ? 'it is over' : 'the service does not have it yet'}.` });
  await askToConfirm(`Cancel "${job.title}"?`, 'The service is told to stop it. Results that are not complete are lost.', 'Cancel Job');
  const service = serviceOf(parts, job);
  await note(parts, job.key, 'Cancelling', { step: 'cancelling' });
  const outcome = await parts.calls.delete(service, id);
  if (outcome.kind === 'failed') {
    // What the service did not take must not stay "cancelling".
    await note(parts, job.key, 'The service did not take the cancelling', { step: job.step, problem: outcome.problem });
    throw new JobFailed(outcome.problem);
  }
  // The truth is what the status says: a job may have ended in between.
  await parts.checkNow(job.key);
}

function canBeCancelled({ step, id }: Job): boolean {
  return id !== undefined && (step === 'submitted' || step === 'starting' || step === 'started' || step === 'cancelling');
}

/** Deletes a job at the service and here, after asking. */
export async function deleteJob(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, 'Delete Job');
  const atService = job.id !== undefined && parts.services.find(job.service.address) !== undefined;
  const over = isFinal(job.status?.status) || !atService;
  const own = job.inputs.some((input) => input.file && input.uploadedAt !== undefined);
  await askToConfirm(
    `Delete "${job.title}"?`,
    [atService ? (over ? 'It is deleted at the service and here.' : 'It is not over: the service stops it, and it is deleted there and here.') : 'It is deleted here; the service is not asked.',
      'Results that were downloaded stay.', own ? 'Its uploaded input stays in storage; Clean Up Blobs removes that before.' : ''].filter((line) => line !== '').join(' '),
    'Delete',
  );
  if (atService && job.id !== undefined) {
    const outcome = await parts.calls.delete(serviceOf(parts, job), job.id);
    if (outcome.kind === 'failed') await askToConfirm('The service did not delete the job. Delete it here all the same?', [outcome.problem.sentence, outcome.problem.advice ?? ''].join(' '), 'Delete Here');
  }
  await parts.parameters.forget(job.key);
  await parts.forget(job.key);
}

/** Makes the same job again: with the blobs that are still there, and the files for those that are not. */
export async function runJobAgain(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, 'Run Job Again');
  if (job.bodyFile !== undefined) throw new InvalidInput({ sentence: 'This job was submitted from a JSON file, which may hold keys and is not kept.', advice: 'Open that file and choose Submit as Batch Job.' });
  const service = serviceOf(parts, job);
  const inputs = await busy(`Looking for the input of ${job.title}`, (signal) => Promise.all(job.inputs.map((input) => sameInput(parts, input, signal))));
  const made = await parts.runner.create({
    service,
    title: job.title,
    inputs,
    outputs: job.outputs,
    parametersJson: await parts.parameters.of(job.key),
    startsItself: true,
    connectionStrings: parts.givesConnectionStrings(service.address),
  });
  await launch(parts, [made.key]);
}

async function sameInput(parts: JobParts, input: JobInput, signal: AbortSignal): Promise<JobInput> {
  const { port, storage, blob, file } = input;
  const named = port === undefined ? {} : { port };
  try {
    const access = await parts.access(storage);
    if (await parts.blobs.info(access, { ...blob, base: access.base }, signal)) return { ...named, storage, blob: { ...blob, base: access.base }, overwrite: false };
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  if (!file) throw new InvalidInput({ sentence: `The input blob "${blob.name}" is no longer in storage.`, advice: 'Run a new job with another input.' });
  const now = await describeFile(vscode.Uri.parse(file.uri));
  if (now.bytes !== file.bytes || now.modifiedAt !== file.modifiedAt) await askToConfirm(`"${file.name}" has changed since that job ran. Run it with the file as it is now?`, 'The uploaded input of that job is no longer in storage.', 'Run With the New File');
  return { ...named, file: now, storage, blob, overwrite: false };
}

/** Removes from storage what was uploaded for a job, and nothing else. */
export async function cleanUpBlobs(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, 'Clean Up Blobs of Job', (each) => each.inputs.some((input) => input.file && input.uploadedAt !== undefined));
  const uploaded = job.inputs.filter((input) => input.file && input.uploadedAt !== undefined);
  if (uploaded.length === 0) throw new InvalidInput({ sentence: `Nothing that was uploaded for "${job.title}" is left in storage.` });
  if (job.step !== 'ended') throw new InvalidInput({ sentence: `"${job.title}" is not over, and the service may still read its input.`, advice: 'Clean up when it has ended.' });
  await askToConfirm(`Remove the uploaded input of "${job.title}" from storage?`, uploaded.map(({ blob }) => `${blob.container}/${blob.name}`).join('\n'), 'Remove');
  const kept: string[] = [];
  for (const input of uploaded) {
    const access = await parts.access(input.storage);
    const outcome = await busy(`Removing ${input.blob.name}`, (signal) => parts.blobs.deleteOwn(access, input.blob, { name: ownerMark, value: job.key }, signal));
    if (outcome === 'notOurs') {
      kept.push(`${input.blob.container}/${input.blob.name}`);
      continue;
    }
    await parts.change(job.key, (current) => withLine({ ...current, inputs: current.inputs.map((each) => (sameBlob(each, input) ? withoutUpload(each) : each)) }, outcome === 'gone' ? 'The input was gone from storage' : 'Input removed from storage'));
  }
  if (kept.length > 0) throw new InvalidInput({ sentence: `${kept.join(', ')} was put there by somebody else since, and stays.` });
  vscode.window.setStatusBarMessage(plain(`${job.title}: the uploaded input is removed.`), 5000);
}

function withoutUpload(input: JobInput): JobInput {
  const { port, file, storage, blob, overwrite } = input;
  return { ...(port === undefined ? {} : { port }), ...(file ? { file } : {}), storage, blob, overwrite };
}

/** Copies the service's id of a job. */
export async function copyJobId(parts: JobParts, argument: unknown): Promise<void> {
  const { id } = await jobFrom(parts, argument, 'Copy Job ID', (job) => job.id !== undefined);
  if (id === undefined) throw new InvalidInput({ sentence: 'This job has no id: the service does not have it yet.' });
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage('Job ID copied.', 3000);
}

/** Copies the last status of a job as JSON, as the contract writes it and without tokens. */
export async function copyJobStatus(parts: JobParts, argument: unknown): Promise<void> {
  const { id, status } = await jobFrom(parts, argument, 'Copy Status of Job', (job) => job.status !== undefined);
  if (!status) throw new InvalidInput({ sentence: 'The service has not told a status of this job yet.' });
  const results = status.results.map(({ name, base, location }) => [name, { BaseLocation: base, RelativeLocation: location }] as const);
  const json = { JobId: id, StatusCode: status.text, CreatedAt: status.createdAt, StartTime: status.startTime, EndTime: status.endTime, Details: status.details ?? null, Results: results.length === 0 ? null : Object.fromEntries(results) };
  await vscode.env.clipboard.writeText(`${JSON.stringify(json, undefined, 2)}\n`);
  vscode.window.setStatusBarMessage('Status copied, without tokens.', 3000);
}

function serviceOf(parts: JobParts, job: Job): Service {
  const service = parts.services.find(job.service.address);
  if (!service) throw new InvalidInput({ sentence: `The service "${job.service.name}" is not there any more.`, advice: 'Add it again, or start the sample service if it was that.' });
  return service;
}

/** Writes down what happens with a job, with a line about it. */
async function note(parts: JobParts, key: string, text: string, change: Partial<Job>): Promise<Job> {
  return parts.change(key, (job) => ({ ...withLine(withoutProblem(job), text), ...change, stepAt: Date.now() }));
}

function withLine(job: Job, text: string): Job {
  return { ...job, history: [...job.history, { at: Date.now(), text }] };
}

function sameBlob(one: JobInput, other: JobInput): boolean {
  return one.blob.base === other.blob.base && one.blob.container === other.blob.container && one.blob.name === other.blob.name;
}
