// Every message to the person that is no question: notifications, with or without buttons, and a few words in the status bar.

import * as vscode from 'vscode';
import type { PlainText } from './plain';

/** A button of a message. It is known by the object, never by its label. */
export interface Button {
  readonly title: PlainText;
}

/** How much a message is worth. */
export type Weight = 'information' | 'warning' | 'error';

const ways: Readonly<Record<Weight, <T extends Button>(message: string, ...buttons: T[]) => Thenable<T | undefined>>> = {
  information: (message, ...buttons) => vscode.window.showInformationMessage(message, ...buttons),
  warning: (message, ...buttons) => vscode.window.showWarningMessage(message, ...buttons),
  error: (message, ...buttons) => vscode.window.showErrorMessage(message, ...buttons),
};

/** Shows a message; resolves with the button that was pressed, perhaps after hours, or with undefined when the message was closed. */
export async function notify<T extends Button>(weight: Weight, message: PlainText, ...buttons: readonly T[]): Promise<T | undefined> {
  return ways[weight](message, ...buttons);
}

/** Shows a text that has to be read before anything else; resolves when it is closed. */
export async function tellInFull(message: PlainText): Promise<void> {
  await vscode.window.showInformationMessage(message, { modal: true });
}

/** Says in passing what was done. */
export function tellBriefly(message: PlainText, forMs = 5000): void {
  vscode.window.setStatusBarMessage(message, forMs);
}
