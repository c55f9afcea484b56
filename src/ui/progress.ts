// Work that lasts, shown while it does: in a message with a button that stops it, in the status bar, or above a view.

import * as vscode from 'vscode';
import type { PlainText } from './plain';

/** Tells how far the work is; `increment` is in percent of the whole. */
export type ReportProgress = (progress: { readonly message: PlainText; readonly increment?: number }) => void;

/** Shows a message with a cancel button, which aborts the signal, until the work is over. */
export async function inMessage<T>(title: PlainText, work: (signal: AbortSignal, report: ReportProgress) => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const stopping = new AbortController();
      const listener = token.onCancellationRequested(() => stopping.abort());
      try {
        return await work(stopping.signal, (now) => progress.report(now));
      } finally {
        listener.dispose();
      }
    },
  );
}

/** Shows a few words in the status bar until the work is over; nothing stops it. */
export async function inStatusBar<T>(title: PlainText, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
}

/** Shows a bar above a view until the work is over. */
export async function inView<T>(viewId: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: { viewId } }, work);
}
