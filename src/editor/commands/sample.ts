// Start and stop the sample service, and open its request.

import * as vscode from 'vscode';
import { SampleFailed } from '../../model/errors';
import type { Service } from '../../model/service';
import { sampleChoice, type ServiceOfFile } from '../../state/remembered';
import type { SampleService } from '../sampleService';

/** What these commands need from outside. */
export interface SampleCommandParts {
  readonly sample: SampleService;
  readonly serviceOfFile: ServiceOfFile;
  /** The request that ships with the extension, and where the person's own copy of it goes. */
  readonly shippedRequest: vscode.Uri;
  readonly ownRequest: vscode.Uri;
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
  await openSampleRequest(parts);
}

/** Opens the sample request: a copy of the person's own, which keeps what they write into it. */
export async function openSampleRequest(parts: SampleCommandParts): Promise<void> {
  const { ownRequest } = parts;
  if (!(await exists(ownRequest))) await vscode.workspace.fs.copy(parts.shippedRequest, ownRequest);
  await parts.serviceOfFile.set([ownRequest.toString()], sampleChoice);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(ownRequest), { preview: false });
  parts.chosen();
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
