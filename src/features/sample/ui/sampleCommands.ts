// Start and stop the sample service, and open its request.

import { TextDecoder } from 'node:util';
import * as vscode from 'vscode';
import { InvalidInput, SampleFailed } from '../../../model/errors';
import type { Secrets, Service } from '../../../model/service';
import { sampleChoice, type ServiceOfFile } from '../../services';
import { askToConfirm } from '../../../ui/ask';
import { notify, tellBriefly, type Button } from '../../../ui/notices';
import { plain, type PlainText } from '../../../ui/plain';
import { exists } from '../../../ui/requestFiles';
import type { SampleService } from '../sampleService';

/** What these commands need from outside. */
export interface SampleCommandParts {
  readonly sample: SampleService;
  readonly serviceOfFile: ServiceOfFile;
  /** The request that ships with the extension, and where the person's own copy of it goes. */
  readonly shippedRequest: vscode.Uri;
  readonly ownRequest: vscode.Uri;
  /** How many batch jobs of a service, by its address, are not over. */
  readonly openJobs: (address: string) => number;
  /** How many instances of its API Management are being created, restored or deleted. */
  readonly openInstances: () => number;
  /** True for the address of a service that is there. */
  readonly isService: (address: string) => boolean;
  /** A service's keys. */
  readonly keysOf: (service: Service) => Promise<Secrets>;
  /** Told when a service was chosen for a file. */
  readonly chosen: () => void;
}

/** Starts the sample and gives its service. Throws SampleFailed. */
export async function startSample(parts: SampleCommandParts): Promise<Service> {
  const [service] = (await parts.sample.start()).services;
  if (!service) throw new SampleFailed({ sentence: 'The sample service has no service in it.', actions: ['showLog'] });
  return service;
}

/** Starts the sample and opens its request, ready to be sent. */
export async function startAndOpen(parts: SampleCommandParts): Promise<void> {
  await startSample(parts);
  await openOwn(parts);
}

/** Ends the sample, after asking where jobs are not over, or instances are under way. */
export async function stopSample(
  { sample, openJobs, openInstances }: Pick<SampleCommandParts, 'openJobs' | 'openInstances'> & {
    readonly sample: Pick<SampleService, 'workspace' | 'keeps' | 'stop'>;
  },
): Promise<void> {
  const jobs = (sample.workspace?.services ?? []).reduce((sum, { address }) => sum + openJobs(address), 0);
  const instances = openInstances();
  if (jobs + instances > 0) {
    const details = [...(jobs > 0 ? [jobsDetail(sample.keeps)] : []), ...(instances > 0 ? [instancesDetail(instances, sample.keeps)] : [])];
    await askToConfirm(jobs > 0 ? jobsQuestion(jobs) : plain`Stop the sample service?`, plain(details.join(' ')), plain`Stop`);
  }
  sample.stop();
  tellBriefly(plain`The sample service has ended.`);
}

function jobsQuestion(jobs: number): PlainText {
  return jobs === 1
    ? plain`Stop the sample service? One of its batch jobs is not over.`
    : plain`Stop the sample service? ${jobs} of its batch jobs are not over.`;
}

function jobsDetail(keeps: boolean): PlainText {
  return keeps
    ? plain`Its jobs and the local storage are kept, and go on when it is started again.`
    : plain`It could keep jobs and the local storage in memory only: they end with it.`;
}

function instancesDetail(instances: number, keeps: boolean): PlainText {
  if (instances === 1) {
    return keeps
      ? plain`An instance of its API Management is being created, restored or deleted: that goes on when it is started again.`
      : plain`An instance of its API Management is being created, restored or deleted: that ends with it.`;
  }
  return keeps
    ? plain`${instances} instances of its API Management are being created, restored or deleted: that goes on when it is started again.`
    : plain`${instances} instances of its API Management are being created, restored or deleted: that ends with it.`;
}

/** Copies the sample's key, so that copied code can call it. Starts the sample where it does not run: its key is of no use then. */
export async function copySampleKey(parts: SampleCommandParts): Promise<void> {
  await askToConfirm(
    plain`Copy the key of the sample service, which opens nothing but the sample on this computer?`,
    undefined,
    plain`Copy`,
  );
  const service = await startSample(parts);
  const { serviceKey } = await parts.keysOf(service);
  if (serviceKey === undefined) throw new SampleFailed({ sentence: 'The sample service has no key.', actions: ['showLog'] });
  await vscode.env.clipboard.writeText(serviceKey);
  tellBriefly(plain`The key of the sample service was copied.`);
}

/** Opens the sample request, and offers the original when it has been changed. */
export async function openSampleRequest(parts: SampleCommandParts): Promise<void> {
  const document = await openOwn(parts);
  const original = new TextDecoder().decode(await vscode.workspace.fs.readFile(parts.shippedRequest));
  if (document.getText() !== original) offerOriginal(document, original);
}

/** Opens a copy of the person's own, which keeps what they write into it. */
async function openOwn(parts: SampleCommandParts): Promise<vscode.TextDocument> {
  const { ownRequest } = parts;
  if (!(await exists(ownRequest))) await vscode.workspace.fs.copy(parts.shippedRequest, ownRequest);
  // Whoever has chosen another service for it has done so knowingly.
  await parts.serviceOfFile.setFirst([ownRequest.toString()], sampleChoice, parts.isService);
  const document = await vscode.workspace.openTextDocument(ownRequest);
  await vscode.window.showTextDocument(document, { preview: false });
  parts.chosen();
  return document;
}

/** Not awaited by the command, since the message may stay. Undo brings the person's own text back. */
function offerOriginal(document: vscode.TextDocument, original: string): void {
  const restore: Button = { title: plain`Restore the Original` };
  void notify('information', plain`The sample request is as you have changed it.`, restore).then(async (chosen) => {
    if (chosen !== restore) return;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length)), original);
    await vscode.workspace.applyEdit(edit);
  });
}

/** Opens a sample input for a batch job; a copy of the person's own, which keeps what they write into it. */
export async function openSampleInput(parts: {
  readonly serviceOfFile: ServiceOfFile;
  readonly isService: (address: string) => boolean;
  readonly shipped: vscode.Uri;
  readonly own: vscode.Uri;
  readonly startSample: () => Promise<Service>;
}): Promise<void> {
  await parts.startSample();
  try {
    await vscode.workspace.fs.copy(parts.shipped, parts.own, { overwrite: false });
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError) || error.code !== 'FileExists')
      throw new InvalidInput({
        sentence: 'The sample input could not be written.',
        advice: error instanceof Error ? error.message : undefined,
      });
  }
  await parts.serviceOfFile.setFirst([parts.own.toString()], sampleChoice, parts.isService);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(parts.own), { preview: false });
}
