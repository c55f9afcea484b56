// Tells when a job has ended or stopped, with the way to its results or to what went wrong.

import * as vscode from 'vscode';
import { messageOf } from '../../../model/errors';
import { canRunAgain } from '../jobLook';
import type { Job } from '../../../model/job';
import type { Service } from '../../../model/service';
import { protocolOf } from '../../../protocols/registry';
import type { ErrorReporter } from '../../../ui/errorReporter';
import { command } from '../../../ui/ids';
import { notify, type Weight } from '../../../ui/notices';
import { plain, type PlainText } from '../../../ui/plain';
import { placeOf } from '../../../ui/whereTold';

/** Which ends of jobs are told of. */
export type NoticeChoice = 'all' | 'failed' | 'none';

/**
 * Tells of a job that has just ended, as far as the person wants to hear of it and its page does not tell. Not awaited: messages stay for
 * hours.
 */
export function tellOfEnd(job: Job, choice: NoticeChoice, pageVisible: boolean): void {
  if (placeOf('jobEnded', pageVisible) !== 'message') return;
  // A job that was being cancelled and that the service no longer knows went as it was to go.
  const status = job.status?.status ?? (job.problem === undefined ? 'cancelled' : undefined);
  const failed = status !== 'finished' && status !== 'cancelled';
  if (choice === 'none' || (choice === 'failed' && !failed)) return;
  const show: Offered = { title: plain`Show Job`, command: command.openJob };
  if (status === 'finished') {
    const results = job.status?.results.length ?? 0;
    const open: Offered = { title: plain`Open Results`, command: command.openResults };
    return offer('information', plain`${job.title} has finished on ${job.service.name}.`, results === 0 ? [show] : [open, show], job);
  }
  if (status === 'cancelled') return offer('information', plain`${job.title} was cancelled on ${job.service.name}.`, [show], job);
  const { details } = job.status ?? {};
  // The reason first: a message shows one line of it until it is pointed at.
  const reason =
    status === 'failed'
      ? details === undefined
        ? 'The service gave no reason.'
        : (protocolOf(job.service).batch?.explainFailure(details).sentence ?? details)
      : (job.problem?.sentence ?? 'How it ended is not known.');
  const text =
    status === 'failed'
      ? plain`${reason} (${job.title} on ${job.service.name} has failed)`
      : plain`${reason} (${job.title} on ${job.service.name} is gone)`;
  const actions: Offered[] = [{ title: plain`Show Error`, command: command.openJob }];
  if (canRunAgain(job)) actions.push({ title: plain`Run Again`, command: command.runJobAgain });
  offer('error', text, actions, job);
}

/** Shows what has stopped a job, with buttons that go on with this job, unless its page tells of it. */
export function tellOfFailure(
  error: unknown,
  key: string,
  job: Job | undefined,
  service: Service | undefined,
  reporter: Pick<ErrorReporter, 'show'>,
  pageVisible: boolean,
): void {
  // What was not written down with the job is on no page.
  const told = job?.problem !== undefined && messageOf(error).startsWith(job.problem.sentence);
  if (placeOf('jobStopped', told && pageVisible) === 'page') return;
  const retry = async (): Promise<void> => void (await vscode.commands.executeCommand(command.carryOnJob, key));
  reporter.show(error, { service, file: job?.bodyFile, job: key, retry });
}

/** A button that runs a command for the job. */
interface Offered {
  readonly title: PlainText;
  readonly command: string;
}

function offer(weight: Weight, message: PlainText, actions: readonly Offered[], job: Job): void {
  void notify(weight, message, ...actions).then((chosen) => {
    if (chosen) void vscode.commands.executeCommand(chosen.command, job.key);
  });
}
