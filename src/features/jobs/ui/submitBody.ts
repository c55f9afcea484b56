// Submit as Batch Job: the BES body in a JSON editor goes to a service as it stands.

import * as vscode from 'vscode';
import { InvalidBody, InvalidInput } from '../../../model/errors';
import type { JobBody } from '../../../protocols/batch';
import { readJobBody, startsLater } from '../../../protocols/registry';
import type { ServiceOfFile } from '../../services';
import { pickService, requireJobs, sampleChoice } from '../../services';
import type { Service } from '../../../model/service';
import { askChoice, askToConfirm } from '../../../ui/ask';
import type { JobRunner } from '../runner';
import { bodyRemarks, type AgreedBody } from '../submissionBody';
import { plain } from '../../../ui/plain';
import { filesFrom, nameOf, textOf, type BodyFaults } from '../../../ui/requestFiles';
import { confirmUntrusted } from '../../../ui/trust';
import { rememberedService } from '../../scoring';
import { launch, type LaunchParts } from './launch';

/** What submitting a body needs from outside. */
export interface SubmitBodyParts extends LaunchParts {
  readonly runner: JobRunner;
  readonly faults: BodyFaults;
  readonly serviceOfFile: ServiceOfFile;
  readonly startSample: () => Promise<Service>;
}

/** Submits the body in the active editor, or in a file of the Explorer, after showing what looks wrong with it. */
export async function submitBody(parts: SubmitBodyParts, clicked: unknown): Promise<void> {
  const [file] = filesFrom(clicked, undefined);
  if (!file) throw new InvalidInput({ sentence: 'There is no body to submit.', advice: 'Open a JSON file with the body of a batch job.' });
  const text = await textOf(file);
  const bound = parts.services.find(parts.serviceOfFile.get(file.toString()) ?? '');
  // What is wrong is said before a service is asked for or started; then the one that it goes to decides how it is read.
  const first = await readBody(parts, file, text, bound);
  const service = await serviceFor(parts, file);
  const { json, parametersJson, warnings } = service.address === bound?.address ? first : await readBody(parts, file, text, service);
  if (warnings.length > 0) {
    await parts.faults.warn(file, warnings);
    await askToConfirm(
      plain`Submit "${nameOf(file)}" as it is?`,
      plain(warnings.map(({ sentence }) => `• ${sentence}`).join('\n')),
      plain`Submit`,
    );
  }
  await confirmUntrusted(
    plain`Submit "${nameOf(file)}" of a folder that you do not trust?`,
    plain`The text goes with your key to:\n${service.name} (${service.address})`,
    plain`Submit`,
  );
  const startsItself = !startsLater(service) || await askChoice(plain`Submit ${nameOf(file)}`, plain`to ${service.name}`, [
    { icon: 'run-all', label: plain`Run`, description: plain`submits and starts the job`, value: true },
    { icon: 'cloud-upload', label: plain`Submit Only`, description: plain`to be started later`, value: false },
  ]);
  const job = await parts.runner.create({
    service,
    title: nameOf(file),
    inputs: [],
    outputs: [],
    parametersJson,
    startsItself,
    connectionStrings: false,
    body: { json, file: file.toString() },
  });
  await launch(parts, [job.key]);
}

/** The body of a file, read for a service where one is known. Throws InvalidBody, shown in the editor at the place that is wrong. */
async function readBody(
  parts: Pick<SubmitBodyParts, 'faults'>, file: vscode.Uri, text: string, service: Pick<Service, 'name' | 'address'> | undefined,
): Promise<JobBody> {
  parts.faults.clear(file);
  try {
    return readJobBody(text, Date.now(), service);
  } catch (error) {
    throw error instanceof InvalidBody ? await parts.faults.show(file, error) : error;
  }
}

async function serviceFor(parts: SubmitBodyParts, file: vscode.Uri): Promise<Service> {
  const known = await rememberedService(parts, file);
  const service = known ?? (await pickService(parts.services, { title: plain`Submit ${nameOf(file)} to`, startSample: parts.startSample }));
  requireJobs(service);
  if (!known) await parts.serviceOfFile.set([file.toString()], parts.services.isSample(service) ? sampleChoice : service.address);
  return service;
}

/**
 * The body of a submission that is taken up again after a restart, as its file is now. Asks when it is not the one of this hash, or when
 * something looks wrong with it; throws Cancelled when the answer is no.
 */
export async function bodyAgain(parts: Pick<SubmitBodyParts, 'faults'>, { service, file, hash }: AgreedBody): Promise<JobBody> {
  const uri = vscode.Uri.parse(file);
  const body = await readBody(parts, uri, await textOf(uri), service);
  const { json, warnings } = body;
  const remarks = bodyRemarks(json, hash, warnings.map(({ sentence }) => sentence));
  if (warnings.length > 0) await parts.faults.warn(uri, warnings);
  if (remarks.length > 0)
    await askToConfirm(
      plain`Submit "${nameOf(uri)}" as it is now?`,
      plain(remarks.map((sentence) => `• ${sentence}`).join('\n')),
      plain`Submit`,
    );
  return body;
}
