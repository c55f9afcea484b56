// How jobs are ended: cancelled, deleted, and what was uploaded for them cleaned up.

import { InvalidInput, JobFailed } from '../../../model/errors';
import { isFinal, type Job, type JobInput } from '../../../model/job';
import { afterStatus, withoutProblem } from '../store/progress';
import { askToConfirm, askWhich } from '../../../ui/ask';
import { problemMember } from '../jobSteps';
import { ownerMark, type RunnerClaim } from '../runner';
import { tellBriefly } from '../../../ui/notices';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import { serviceOfJob } from '../serviceOfJob';
import { jobFrom, type JobParts } from './jobCommands';

/** How long a job that is being worked on is waited for before it is deleted, in milliseconds. */
const longestWaitMs = 5_000;
const lookMs = 100;

/** Asks the service to cancel a job, after asking the person; what became of it is told when the service tells. */
export async function cancelJob(parts: JobParts, argument: unknown): Promise<void> {
  const asked = cancellable(await jobFrom(parts, argument, plain`Cancel Job`, canBeCancelled));
  await askToConfirm(
    plain`Cancel "${asked.title}"?`,
    plain`The service is told to stop it. Results that are not complete are lost.`,
    plain`Stop the Job`,
  );
  // It may have gone on while the question was open, and what is over is not to be cancelled: some services forget such a job, and its
  // results with it.
  const job = cancellable((await parts.findAny(asked.key)) ?? asked);
  const service = serviceOfJob(job, (address) => parts.services.find(address));
  const outcome = await parts.calls.status(job, service, new AbortController().signal);
  if (outcome.kind === 'status' && isFinal(outcome.reading.status)) {
    await parts.change(job.key, (current) => afterStatus(current, outcome.reading, Date.now()) ?? current);
    throw new InvalidInput({ sentence: `"${job.title}" was over before it could be cancelled.`, actions: ['openJob'] });
  }
  const { step } = job;
  await note(parts, job.key, 'Cancelling', (current) => ({ ...cancellable(current), step: 'cancelling' }));
  // What the service did not take must not stay "cancelling"; a job that has ended meanwhile stays as it ended.
  const goBack = async (line: string, problem: Pick<Job, 'problem'>): Promise<void> => {
    if ((await parts.findAny(job.key))?.step === 'cancelling') await note(
      parts, job.key, line, (current) => ({ ...current, step, ...problem }),
    );
  };
  const told = await parts.calls.delete(service, job.id).catch(async (error: unknown) => {
    // Whatever fails once something is sent is an outcome: what is thrown, as by a secret store that fails, came before that.
    await goBack('The cancelling could not be sent', problemMember(error));
    throw error;
  });
  if (told.kind === 'failed') {
    await goBack(told.certain ? 'The service did not take the cancelling' : 'Whether the service took the cancelling is not known', {
      problem: told.problem,
    });
    throw new JobFailed(told.problem);
  }
  // The truth is what the status says: a job may have ended in between.
  await parts.checkNow(job.key);
}

function canBeCancelled({ step, id }: Job): boolean {
  return id !== undefined && (step === 'submitted' || step === 'starting' || step === 'started' || step === 'cancelling');
}

function cancellable(job: Job): Job & { readonly id: string } {
  const { id } = job;
  if (canBeCancelled(job) && id !== undefined) return { ...job, id };
  throw new InvalidInput({
    sentence: `"${job.title}" cannot be cancelled: ${job.step === 'ended' ? 'it is over' : 'the service does not have it yet'}.`,
  });
}

/** Deletes a job at the service and here, after asking; what was uploaded for it as well where that is requested. */
export async function deleteJob(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, plain`Delete Job`);
  const atService = job.id !== undefined && parts.services.find(job.service.address) !== undefined;
  const over = job.step === 'ended';
  const chosen = await askWhich(
    plain`Delete "${job.title}"?`,
    plain(
      [
        atService
          ? over
            ? 'It is deleted at the service and here.'
            : 'It is not over: the service stops it, and it is deleted there and here.'
          : 'It is deleted here; the service is not asked.',
        'Results that were downloaded stay.',
      ].join(' '),
    ),
    uploadedOf(job).length === 0 ? [plain`Delete`] : [plain`Delete`, plain`Delete With Uploaded Input`],
  );
  parts.runner.stopUpload(job.key);
  const claim = await claimSoon(parts, job.key);
  try {
    const now = await parts.findAny(job.key);
    if (!now) return;
    const service = parts.services.find(now.service.address);
    if (service && now.id !== undefined) {
      const outcome = await parts.calls.delete(service, now.id);
      if (outcome.kind === 'failed')
        await askToConfirm(
          outcome.certain
            ? plain`The service did not delete the job. Delete it here all the same?`
            : plain`It is not known whether the service deleted the job. Delete it here all the same?`,
          plain([outcome.problem.sentence, outcome.problem.advice ?? ''].join(' ')),
          plain`Delete Here`,
        );
    }
    if (chosen === 1) await removeUploads(parts, now);
    await parts.forget(now.key);
    await parts.parameters.forget(now.key);
  } finally {
    await claim.release();
  }
}

/** Nobody may be at work on a job that is deleted: it would be written down again, and submitted. */
async function claimSoon(parts: JobParts, key: string): Promise<RunnerClaim> {
  for (let waitedMs = 0; waitedMs <= longestWaitMs; waitedMs += lookMs) {
    const claim = await parts.claim(key);
    if (claim) return claim;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  throw new InvalidInput({ sentence: 'This job is being worked on, here or in another window.', advice: 'Delete it when that is over.' });
}

/** Removes from storage what was uploaded for a job, and nothing else. */
export async function cleanUpBlobs(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, plain`Clean Up Blobs of Job`, (each) => uploadedOf(each).length > 0);
  const uploaded = uploadedOf(job);
  if (uploaded.length === 0) throw new InvalidInput({ sentence: `Nothing that was uploaded for "${job.title}" is left in storage.` });
  if (job.step !== 'ended')
    throw new InvalidInput({
      sentence: `"${job.title}" is not over, and the service may still read its input.`,
      advice: 'Clean up when it has ended.',
    });
  await askToConfirm(
    plain`Remove the uploaded input of "${job.title}" from storage?`,
    plain(uploaded.map(({ blob }) => `${blob.container}/${blob.name}`).join('\n')),
    plain`Remove`,
  );
  await removeUploads(parts, job);
  await parts.change(job.key, (current) =>
    withLine(
      { ...current, inputs: current.inputs.map((input) => (input.file ? withoutUpload(input) : input)) },
      'Input removed from storage',
    ),
  );
  tellBriefly(plain`${job.title}: the uploaded input is removed.`);
}

function uploadedOf(job: Job): readonly JobInput[] {
  // A blob may be there whole though nobody was left to write that down.
  return job.inputs.filter((input) => input.file && (input.uploadedAt !== undefined || (job.step !== 'ended' && job.step !== 'prepared')));
}

/**
 * Removes the blobs that bear the mark of this job. Throws InvalidInput for one that another job still needs, or that somebody else has put
 * there since.
 */
async function removeUploads(parts: JobParts, job: Job): Promise<void> {
  for (const input of uploadedOf(job)) {
    const user = parts.open().find((other) => other.key !== job.key && other.inputs.some((each) => sameBlob(each, input)));
    const place = `${input.blob.container}/${input.blob.name}`;
    if (user)
      throw new InvalidInput({
        sentence: `${place} is also the input of "${user.title}", which is not over.`,
        advice: 'Remove it when that job has ended.',
      });
    const access = await parts.access(input.storage);
    const outcome = await inMessage(plain`Removing ${input.blob.name}`, (signal) =>
      parts.blobs.deleteOwn(access, input.blob, { name: ownerMark, value: job.key }, signal),
    );
    if (outcome === 'notOurs') throw new InvalidInput({ sentence: `${place} was put there by somebody else since, and stays.` });
  }
}

function withoutUpload({ port, file, storage, blob, overwrite }: JobInput): JobInput {
  return { ...(port === undefined ? {} : { port }), ...(file ? { file } : {}), storage, blob, overwrite };
}

function sameBlob(one: JobInput, other: JobInput): boolean {
  return one.blob.base === other.blob.base && one.blob.container === other.blob.container && one.blob.name === other.blob.name;
}

/** Writes down what happens with a job, with a line about it. */
async function note(parts: JobParts, key: string, text: string, change: (job: Job) => Job): Promise<Job> {
  return parts.change(key, (job) => ({ ...change(withLine(withoutProblem(job), text)), stepAt: Date.now() }));
}

function withLine(job: Job, text: string): Job {
  return { ...job, history: [...job.history, { at: Date.now(), text }] };
}
