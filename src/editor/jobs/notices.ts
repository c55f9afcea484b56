// Tells when a job has ended, with the way to its results or to what went wrong.

import * as vscode from 'vscode';
import type { Job } from '../../model/job';
import { explainDetails } from '../../protocol/besDetails';
import { command } from '../ids';
import { plain } from '../plain';

/** Which ends of jobs are told of. */
export type NoticeChoice = 'all' | 'failed' | 'none';

/** Tells of a job that has just ended, as far as the person wants to hear of it. Not awaited: messages stay for hours. */
export function tellOfEnd(job: Job, choice: NoticeChoice): void {
  // A job that was being cancelled and that the service no longer knows went as it was to go.
  const status = job.status?.status ?? (job.problem === undefined ? 'cancelled' : undefined);
  const failed = status !== 'finished' && status !== 'cancelled';
  if (choice === 'none' || (choice === 'failed' && !failed)) return;
  if (status === 'finished') {
    const results = job.status?.results.length ?? 0;
    const actions = results === 0 ? { 'Show Job': command.openJob } : { 'Open Results': command.openResults, 'Show Job': command.openJob };
    offer(vscode.window.showInformationMessage(plain(`${job.title} has finished on ${job.service.name}.`), ...Object.keys(actions)), actions, job);
    return;
  }
  if (status === 'cancelled') {
    const actions = { 'Show Job': command.openJob };
    offer(vscode.window.showInformationMessage(plain(`${job.title} was cancelled on ${job.service.name}.`), ...Object.keys(actions)), actions, job);
    return;
  }
  const { details } = job.status ?? {};
  // The reason first: a message shows one line of it until it is pointed at.
  const reason = status === 'failed' ? (details === undefined ? 'The service gave no reason.' : explainDetails(details).sentence) : job.problem?.sentence ?? 'How it ended is not known.';
  const actions = { 'Show Error': command.openJob, ...(job.bodyFile === undefined ? { 'Run Again': command.runJobAgain } : {}) };
  offer(vscode.window.showErrorMessage(plain(`${reason} (${job.title} on ${job.service.name} ${status === 'failed' ? 'has failed' : 'is gone'})`), ...Object.keys(actions)), actions, job);
}

function offer(message: Thenable<string | undefined>, actions: Readonly<Record<string, string>>, job: Job): void {
  void message.then((label) => {
    const chosen = label === undefined ? undefined : actions[label];
    if (chosen !== undefined) void vscode.commands.executeCommand(chosen, job.key);
  });
}
