// What makes the extension start working by itself: an open request, or a sample that ran before a reload.

import type * as vscode from 'vscode';
import { ServiceOfFile } from './remembered';
import type { Memory } from '../../base/ports';
import { mayBeSent } from '../../protocols/firstLook';

/** Where a window notes that the sample runs, so that a reload starts it again. */
export const sampleRanKey = 'sampleRan';

/** True when the sample ran when this window was last closed or reloaded. */
export function sampleRan(context: vscode.ExtensionContext): boolean {
  return context.workspaceState.get(sampleRanKey) === true;
}

/** Where it is noted, for all windows, that jobs are not over, so that the next window looks after them. */
export const jobsUnderWayKey = 'jobsUnderWay';

/** True when jobs were not over when a window last knew of them. */
export function jobsUnderWay(context: vscode.ExtensionContext): boolean {
  return context.globalState.get(jobsUnderWayKey) === true;
}

/** Where it is noted, for all windows, that instances of API Management are made, restored or deleted. */
export const instancesUnderWayKey = 'instancesUnderWay';

/** True when some were when a window last knew of them. */
export function instancesUnderWay(context: vscode.ExtensionContext): boolean {
  return context.globalState.get(instancesUnderWayKey) === true;
}

/**
 * True for a JSON document that was sent before, or may be a request or the body of a batch job: what is loaded then looks more closely.
 */
export function concernsUs(document: vscode.TextDocument, memory: Memory): boolean {
  if (!isJson(document)) return false;
  const bound = new ServiceOfFile(memory).get(document.uri.toString()) !== undefined;
  return bound || mayBeSent(beginningOf(document));
}

/** True for what is edited as JSON, with comments or without. */
export function isJson(document: vscode.TextDocument): boolean {
  return /^jsonc?$/.test(document.languageId);
}

/** A request is recognised by so many characters: longer files are not read through at each change. */
export const lookedAt = 16_384;

/** How long after a change a document is looked at again, in milliseconds: one look for all that is typed meanwhile. */
export const lookPauseMs = 300;

/** The first characters of a document. Taken line by line: positions of a long document cost VS Code a walk through all of it. */
export function beginningOf(document: vscode.TextDocument): string {
  let text = '';
  for (let line = 0; line < document.lineCount && text.length < lookedAt; line++) {
    text += `${document.lineAt(line).text.slice(0, lookedAt)}\n`;
  }
  return text.slice(0, lookedAt);
}
