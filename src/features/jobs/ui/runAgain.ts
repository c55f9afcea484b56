// Run Job Again: the same input, with what was uploaded where that is still there, and outputs that overwrite nothing.

import * as vscode from 'vscode';
import { InvalidInput } from '../../../model/errors';
import type { JobInput } from '../../../model/job';
import { askToConfirm } from '../../../ui/ask';
import { freshName } from '../draft';
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
  const job = await jobFrom(parts, argument, plain`Run Job Again`, ({ bodyFile }) => bodyFile === undefined);
  if (job.bodyFile !== undefined)
    throw new InvalidInput({
      sentence: 'This job was submitted from a JSON file, which may hold keys and is not kept.',
      advice: 'Open that file and choose Submit as Batch Job.',
    });
  const service = serviceOfJob(job, (address) => parts.services.find(address));
  await confirmUntrusted(plain`Run "${job.title}" again, from a folder that you do not trust?`, jobGoesTo(job), plain`Run`);
  const inputs = await inMessage(plain`Looking for the input of ${job.title}`, (signal) =>
    Promise.all(job.inputs.map((input) => sameInput(parts, job.key, input, signal))),
  );
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

/** The input as it is in storage still, or its file, to be uploaded to a new place. */
async function sameInput(parts: JobParts, jobKey: string, input: JobInput, signal: AbortSignal): Promise<JobInput> {
  const { port, storage, file } = input;
  const named = port === undefined ? {} : { port };
  const access = await parts.access(storage);
  const blob = { ...input.blob, base: access.base };
  const info = await parts.blobs.info(access, blob, signal).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  // A blob of the same name that somebody else has put there since is other data.
  if (info && (!file || info.metadata[ownerMark] === jobKey)) return { ...named, storage, blob, overwrite: false };
  if (!file)
    throw new InvalidInput({
      sentence: `The input blob "${blob.name}" is no longer in storage.`,
      advice: 'Run a new job with another input.',
    });
  const now = await describeFile(vscode.Uri.parse(file.uri));
  if (now.bytes !== file.bytes || now.modifiedAt !== file.modifiedAt)
    await askToConfirm(
      plain`"${file.name}" has changed since that job ran. Run it with the file as it is now?`,
      plain`The uploaded input of that job is no longer in storage.`,
      plain`Run With the New File`,
    );
  return { ...named, file: now, storage, blob: { ...blob, name: freshName(file.name, Date.now()) }, overwrite: false };
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
