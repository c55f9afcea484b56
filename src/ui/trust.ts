// Whatever sends something of a folder that is not trusted, with a key of the person's, asks each time.

import * as vscode from 'vscode';
import { askToConfirm } from './ask';
import type { PlainText } from './plain';

/** Asks, in a window whose folder is not trusted; throws Cancelled unless the answer is the given word. */
export async function confirmUntrusted(question: PlainText, detail: PlainText, yes: PlainText): Promise<void> {
  if (!vscode.workspace.isTrusted) await askToConfirm(question, detail, yes);
}
