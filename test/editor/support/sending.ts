// Services of the tests' own under names, and files that are sent to them by answering the question.

import { strict as assert } from 'node:assert';
import type * as vscode from 'vscode';
import { nameOf, run, setServices } from './editor';
import { answer } from './questions';
import { startService, type RecordingService } from './service';
import { watched, type Question } from './watched';

/** Starts services and puts them into the settings, in this order, as Alpha, Beta and so on. */
export async function services(count: number): Promise<RecordingService[]> {
  const names = ['Alpha', 'Beta', 'Gamma'].slice(0, count);
  const started = await Promise.all(names.map(() => startService()));
  await setServices(...started.map(({ address }, index) => ({ name: names[index] ?? '', address })));
  return started;
}

/** Sends a file to the service that the question then offers under `name`. */
export async function sendTo(name: string, file: vscode.Uri, ...more: unknown[]): Promise<void> {
  const running = run('sendToRrs', file, ...more);
  const asked = watched.questions.length;
  await answer(Array.isArray(more[0]) && more[0].length > 1 ? `Send ${more[0].length} files to` : `Send ${nameOf(file)} to`, name);
  assert.equal(watched.questions.length - asked <= 1, true);
  await running;
}

/** Sends what the question then offers under `label` from a service's line of the tree. Gives the question back. */
export async function sendFromTree(service: RecordingService | undefined, name: string, label: string): Promise<Question> {
  const running = run('sendToService', { kind: 'service', service: { address: service?.address } }, undefined);
  const asked = await answer(`Send Request to ${name}`, label);
  await running;
  return asked;
}
