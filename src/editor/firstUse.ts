// What makes the extension start working by itself: an open request, or a sample that ran before a reload.

import * as vscode from 'vscode';
import { ServiceOfFile } from '../state/remembered';
import type { Memory } from '../state/ports';

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

/** True for a JSON document that was sent before or looks like a request. */
export function concernsUs(document: vscode.TextDocument, memory: Memory): boolean {
  return /^jsonc?$/.test(document.languageId) && (new ServiceOfFile(memory).get(document.uri.toString()) !== undefined || looksLikeRequest(document));
}

/** A request is recognised by its beginning: longer files are not read through at each change of the editor. */
const lookedAt = 4096;

function looksLikeRequest(document: vscode.TextDocument): boolean {
  const end = document.positionAt(lookedAt);
  return /"Inputs"\s*:/.test(document.getText(new vscode.Range(new vscode.Position(0, 0), end)));
}
