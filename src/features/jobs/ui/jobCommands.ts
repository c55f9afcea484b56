// What can be done with a job that is there: start it, carry it on, submit it anew, look at it, copy what is known of it.

import * as vscode from 'vscode';
import { InvalidInput } from '../../../model/errors';
import type { Job } from '../../../model/job';
import { member } from '../../../base/shape';
import type { JobParameters } from '../store/jobParameters';
import { askChoice, askToConfirm } from '../../../ui/ask';
import type { JobBlobCalls, JobCalls } from '../calls';
import { formatDateTime } from '../../../base/format';
import type { JobRunner, RunnerClaim } from '../runner';
import type { StorageAccess } from '../../../model/storage';
import { tellBriefly } from '../../../ui/notices';
import { plain, type PlainText } from '../../../ui/plain';
import { confirmUntrusted } from '../../../ui/trust';
import { launch, type LaunchParts } from './launch';

/** What these commands need from outside. */
export interface JobParts extends LaunchParts {
  readonly runner: JobRunner;
  readonly calls: JobCalls;
  readonly blobs: JobBlobCalls;
  readonly parameters: JobParameters;
  readonly access: (storage: string) => Promise<StorageAccess>;
  /** All jobs that are not over, and the last ones that are, newest first. */
  readonly recent: () => Promise<readonly Job[]>;
  readonly findAny: (key: string) => Promise<Job | undefined>;
  /** Removes a job from the journal. */
  readonly forget: (key: string) => Promise<void>;
  /** The right to take steps with a job; undefined while another has it. */
  readonly claim: (key: string) => Promise<RunnerClaim | undefined>;
  /** All jobs that are not over. */
  readonly open: () => readonly Job[];
  /** Asks for a job's status at once. */
  readonly checkNow: (key: string) => Promise<void>;
  /** A job's state in a few words, with an icon in front. */
  readonly stateText: (job: Job) => string;
}

/** The job that a command was called for, by its key or a node of the tree; asks for one where it was called for none. */
export async function jobFrom(
  parts: JobParts,
  argument: unknown,
  title: PlainText,
  fits: (job: Job) => boolean = () => true,
): Promise<Job> {
  const key = typeof argument === 'string' ? argument : member(member(argument, 'job'), 'key');
  if (typeof key === 'string') {
    const job = await parts.findAny(key);
    if (job) return job;
    throw new InvalidInput({ sentence: 'This job is no longer there.', advice: 'It was deleted, perhaps in another window.' });
  }
  const jobs = (await parts.recent()).filter(fits);
  if (jobs.length === 0)
    throw new InvalidInput({
      sentence: 'There is no batch job for this.',
      advice: 'Right-click a CSV file in the Explorer and choose Run Batch Job.',
    });
  return askChoice(
    title,
    plain`Choose a job`,
    jobs.map((job) => ({
      label: plain(parts.stateText(job)),
      description: plain(job.title),
      detail: plain`${job.service.name} · ${formatDateTime(job.createdAt)}`,
      value: job,
    })),
  );
}

/** Where what belongs to a job goes to, for a question. */
export function jobGoesTo({ service }: Job): PlainText {
  return plain`What belongs to it goes with your keys to its storage, and to:\n${service.name} (${service.address})`;
}

/** Starts a job that was submitted only. */
export async function startJob(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, plain`Start Job`, ({ step }) => step === 'submitted');
  await confirmUntrusted(plain`Start "${job.title}", from a folder that you do not trust?`, jobGoesTo(job), plain`Start`);
  await launch(parts, [job.key], { start: true });
}

/** Takes up a job where it was left. */
export async function carryOnJob(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, plain`Carry On With Job`, ({ step }) => step !== 'ended' && step !== 'started');
  await confirmUntrusted(plain`Carry on with "${job.title}", from a folder that you do not trust?`, jobGoesTo(job), plain`Carry On`);
  await launch(parts, [job.key]);
}

/** Gives up the upload of a job; it can be carried on later. */
export async function stopUpload(parts: JobParts, argument: unknown): Promise<void> {
  parts.runner.stopUpload((await jobFrom(parts, argument, plain`Stop Upload`, ({ step }) => step === 'uploading')).key);
}

/** Submits a job once more of which nobody knows whether the service has it. */
export async function submitJobAnew(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, plain`Submit Job Anew`, ({ step }) => step === 'notKnown');
  await askToConfirm(
    plain`Submit "${job.title}" anew?`,
    plain`The service may have taken it already: then a job stays there that was never started and that nobody can reach. It does nothing.`,
    plain`Submit Anew`,
  );
  await confirmUntrusted(plain`Submit "${job.title}", from a folder that you do not trust?`, jobGoesTo(job), plain`Submit`);
  parts.show(job.key);
  try {
    await parts.runner.submitAnew(job.key);
  } catch (error) {
    parts.tellFailure(error, job.key);
  }
}

/** Asks for a job's status now. */
export async function checkJob(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, plain`Check Job`, ({ step }) => step === 'started' || step === 'cancelling');
  await parts.checkNow(job.key);
}

/** Copies the service's id of a job. */
export async function copyJobId(parts: JobParts, argument: unknown): Promise<void> {
  const { id } = await jobFrom(parts, argument, plain`Copy Job ID`, (job) => job.id !== undefined);
  if (id === undefined) throw new InvalidInput({ sentence: 'This job has no id: the service does not have it yet.' });
  await vscode.env.clipboard.writeText(id);
  tellBriefly(plain`Job ID copied.`, 3000);
}

/** Copies the last status of a job as JSON, as the contract writes it and without tokens. */
export async function copyJobStatus(parts: JobParts, argument: unknown): Promise<void> {
  const { id, status } = await jobFrom(parts, argument, plain`Copy Status of Job`, (job) => job.status !== undefined);
  if (!status) throw new InvalidInput({ sentence: 'The service has not told a status of this job yet.' });
  const results = status.results.map(({ name, base, location }) => [name, { BaseLocation: base, RelativeLocation: location }] as const);
  const json = {
    JobId: id,
    StatusCode: status.text,
    CreatedAt: status.createdAt,
    StartTime: status.startTime,
    EndTime: status.endTime,
    Details: status.details ?? null,
    Results: results.length === 0 ? null : Object.fromEntries(results),
  };
  await vscode.env.clipboard.writeText(`${JSON.stringify(json, undefined, 2)}\n`);
  tellBriefly(plain`Status copied, without tokens.`, 3000);
}
