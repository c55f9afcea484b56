// Run Job Again: the same input, with what was uploaded where that is still there, and outputs that overwrite nothing.

import * as vscode from 'vscode';
import { formatDateTime } from '../../../base/format';
import { sizeText } from '../../../base/size';
import { InvalidInput } from '../../../model/errors';
import type { InputFile, JobInput } from '../../../model/job';
import { askToConfirm, askWhich } from '../../../ui/ask';
import { freshName } from '../draft';
import { canRunAgain } from '../jobLook';
import { describeFile } from './inputFiles';
import { ownerMark } from '../runner';
import { keptParameters } from '../submissionBody';
import { isMissing } from '../../storage';
import { plain } from '../../../ui/plain';
import { inMessage } from '../../../ui/progress';
import { serviceOfJob } from '../serviceOfJob';
import { confirmUntrusted } from '../../../ui/trust';
import { jobFrom, jobGoesTo, type JobParts } from './jobCommands';
import { launch } from './launch';

/** Makes the same job again. */
export async function runJobAgain(parts: JobParts, argument: unknown): Promise<void> {
  const job = await jobFrom(parts, argument, plain`Run Job Again`, canRunAgain);
  if (job.bodyFile !== undefined)
    throw new InvalidInput({
      sentence: 'This job was submitted from a JSON file, which may hold keys and is not kept.',
      advice: 'Open that file and choose Submit as Batch Job.',
    });
  if (job.submittedElsewhere)
    throw new InvalidInput({
      sentence: 'This job was not submitted here: it is followed by its id, and what it was made of is not known.',
      advice: 'Submit it again where it was submitted, such as with Try It.',
    });
  const service = serviceOfJob(job, (address) => parts.services.find(address));
  await confirmUntrusted(plain`Run "${job.title}" again, from a folder that you do not trust?`, jobGoesTo(job), plain`Run`);
  const found = await inMessage(plain`Looking for the input of ${job.title}`, (signal) =>
    Promise.all(job.inputs.map((input) => findInput(parts, job.key, input, signal))),
  );
  const inputs: JobInput[] = [];
  for (const input of found) inputs.push(await chosenInput(input));
  const made = await parts.runner.create({
    service,
    title: job.title,
    inputs,
    // The results of the first run stay.
    outputs: job.outputs.map((output) => ({
      ...output,
      blob: { ...output.blob, name: freshName(lastPart(output.blob.name), Date.now()) },
    })),
    parametersJson: await keptParameters(job, parts.parameters),
    startsItself: true,
    connectionStrings: parts.givesConnectionStrings(service.address),
  });
  await launch(parts, [made.key]);
}

/** A file when it was uploaded, and now. */
interface ChangedFile {
  readonly before: InputFile;
  readonly now: InputFile;
}

/** What there is of an input of an earlier job: its blob, or the file that it was uploaded from, or both. */
interface FoundInput {
  readonly input: JobInput;
  /** Where the blob is by the storage account as it is now. */
  readonly blob: JobInput['blob'];
  readonly isUploaded: boolean;
  /** Absent for a blob that was no file of this computer, and for a file that is gone while the blob is not. */
  readonly file?: ChangedFile;
}

async function findInput(parts: JobParts, jobKey: string, input: JobInput, signal: AbortSignal): Promise<FoundInput> {
  const access = await parts.access(input.storage);
  const blob = { ...input.blob, base: access.base };
  const info = await parts.blobs.info(access, blob, signal).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  // A blob of the same name that somebody else has put there since is other data.
  const isUploaded = info !== undefined && (!input.file || info.metadata[ownerMark] === jobKey);
  const before = input.file ?? input.uploadedFrom;
  if (!before) {
    if (isUploaded) return { input, blob, isUploaded };
    throw new InvalidInput({
      sentence: `The input blob "${blob.name}" is no longer in storage.`,
      advice: 'Run a new job with another input.',
    });
  }
  const asking = describeFile(vscode.Uri.parse(before.uri));
  // The file is not needed where the blob is there.
  const now = isUploaded ? await asking.catch(() => undefined) : await asking;
  return { input, blob, isUploaded, ...(now ? { file: { before, now } } : {}) };
}

/** The input as it is in storage, or its file, to be uploaded to a new place. Where they differ a person says which. Throws Cancelled. */
async function chosenInput({ input, blob, isUploaded, file }: FoundInput): Promise<JobInput> {
  const { port, storage, file: uploadedFrom = input.uploadedFrom } = input;
  const place = { ...(port === undefined ? {} : { port }), storage, overwrite: false };
  const uploaded: JobInput = { ...place, ...(uploadedFrom ? { uploadedFrom } : {}), blob };
  if (!file) return uploaded;
  const { before, now } = file;
  const hasChanged = now.bytes !== before.bytes || now.modifiedAt !== before.modifiedAt;
  if (isUploaded && !(hasChanged && (await wantsFile(file)))) return uploaded;
  if (!isUploaded && hasChanged)
    await askToConfirm(
      plain`"${before.name}" has changed since that job ran. Run it with the file as it is now?`,
      plain`The uploaded input of that job is no longer in storage.`,
      plain`Run With the New File`,
    );
  return { ...place, file: now, blob: { ...blob, name: freshName(before.name, Date.now()) } };
}

async function wantsFile({ before, now }: ChangedFile): Promise<boolean> {
  const ways = [plain`Run With the File as It Is Now`, plain`Run With What Was Uploaded`];
  const then = plain`Uploaded: ${sizeText(before.bytes)}, changed ${formatDateTime(before.modifiedAt)}`;
  const today = plain`Now: ${sizeText(now.bytes)}, changed ${formatDateTime(now.modifiedAt)}`;
  return (await askWhich(plain`"${before.name}" has changed since it was uploaded for that job.`, plain`${then}\n${today}`, ways)) === 0;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
