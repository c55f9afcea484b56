// Start and stop the sample service, and open its request.

import { TextDecoder } from 'node:util';
import * as vscode from 'vscode';
import { SampleFailed } from '../../model/errors';
import type { Service } from '../../model/service';
import { sampleChoice, type ServiceOfFile } from '../../state/remembered';
import { askToConfirm } from '../ask';
import { notify, tellBriefly, type Button } from '../notices';
import { plain } from '../plain';
import { exists } from '../requestFiles';
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

/** Ends the sample, after asking where jobs would end with it. */
export async function stopSample({ sample, openJobs }: SampleCommandParts): Promise<void> {
  const jobs = (sample.workspace?.services ?? []).reduce((sum, { address }) => sum + openJobs(address), 0);
  if (jobs > 0) await askToConfirm(plain`Stop the sample service? ${jobs} of its batch jobs ${jobs === 1 ? 'is' : 'are'} not over.`, plain`The sample keeps jobs and the local storage in memory: they end with it.`, plain`Stop`);
  sample.stop();
  tellBriefly(plain`The sample service has ended.`);
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
  await parts.serviceOfFile.set([ownRequest.toString()], sampleChoice);
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
