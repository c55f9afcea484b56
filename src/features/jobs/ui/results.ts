// The results of a finished job: opened as tables, saved one by one, or all downloaded into a folder.

import * as vscode from 'vscode';
import { Cancelled, InvalidInput, LocalFailure } from '../../../model/errors';
import type { Job, JobResult } from '../../../model/job';
import { distinct, resultFileName } from '../../../base/fileNames';
import { sizeText } from '../../../base/size';
import { formatOf } from '../../../tables/tableFormat';
import { askToConfirm } from '../../../ui/ask';
import { exists } from '../../../ui/requestFiles';
import type { FreshResults, ResultAccess } from '../resultAccess';
import { command } from '../../../ui/ids';
import { notify, tellBriefly, type Button } from '../../../ui/notices';
import { plain, type PlainText } from '../../../ui/plain';
import { inMessage, inStatusBar } from '../../../ui/progress';
import { copyWhole } from '../../../ui/tables/wholeFile';
import { jobFrom, type JobParts } from './jobCommands';

/** What the results need from outside. */
export interface ResultCommandParts extends JobParts {
  readonly results: ResultAccess;
  /** The pattern of the names of downloaded files. */
  readonly namePattern: () => string;
  /** Shows a job's page with one of its results, counted from 0. */
  readonly showResult: (key: string, result: number) => void;
}

/** Opens the first result of a job as a table. */
export async function openResults(parts: ResultCommandParts, argument: unknown): Promise<void> {
  const job = await withResults(parts, argument, plain`Open Results of Job`);
  parts.showResult(job.key, 0);
}

/** Asks for a folder and downloads all results of a job into it. */
export async function downloadResults(parts: ResultCommandParts, argument: unknown): Promise<void> {
  const job = await withResults(parts, argument, plain`Download Results of Job`);
  const picked = await vscode.window.showOpenDialog({
    title: `Download ${count(job)} of ${job.title} to`,
    openLabel: 'Download',
    canSelectFolders: true,
    canSelectFiles: false,
  });
  const [folder] = picked ?? [];
  if (!folder) throw new Cancelled();
  const results = job.status?.results ?? [];
  const names = distinct(results.map((result) => nameFor(parts, job, result)));
  const files = results.map((result, index) => ({ result, file: vscode.Uri.joinPath(folder, names[index] ?? result.name) }));
  const there: string[] = [];
  for (const { file } of files) if (await exists(file)) there.push(vscode.workspace.asRelativePath(file));
  if (there.length > 0)
    await askToConfirm(
      there.length === 1 ? plain`A file is there already. Overwrite?` : plain`${there.length} files are there already. Overwrite?`,
      plain(there.join('\n')),
      plain`Overwrite`,
    );
  const fresh: FreshResults = {};
  for (const { result, file } of files) await fetch(parts, job, result.name, file, there.length > 0, fresh);
  const open: Button = { title: plain`Open Folder` };
  const asTable: Button = { title: plain`Open as Table` };
  const tables = files.filter(({ file }) => isTable(file));
  const chosen = notify(
    'information',
    plain`${job.title}: ${count(job)} downloaded to ${vscode.workspace.asRelativePath(folder)}.`,
    ...(tables.length === 1 ? [asTable] : []),
    ...(folder.scheme === 'file' ? [open] : []),
  );
  // Not awaited: the message may stay for hours.
  void chosen.then((button) => {
    if (button === open) void vscode.commands.executeCommand('revealFileInOS', files[0]?.file);
    if (button === asTable) void vscode.commands.executeCommand(command.openTable, tables[0]?.file);
  });
}

/** Asks for a file and saves one result in it; `whole` is where it is on this disk already, and is copied instead of coming once more. */
export async function saveResult(
  parts: Pick<ResultCommandParts, 'results' | 'namePattern'>,
  job: Job,
  name: string,
  whole?: string,
): Promise<void> {
  const result = job.status?.results.find((each) => each.name === name);
  if (!result) throw new InvalidInput({ sentence: `This job has no result "${name}".` });
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const suggested = nameFor(parts, job, result);
  const file = await vscode.window.showSaveDialog({
    title: `Save ${name}`,
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, suggested) } : {}),
  });
  if (!file) throw new Cancelled();
  // The dialog has asked already whether to overwrite.
  if (whole !== undefined && file.scheme === 'file') {
    await inStatusBar(plain`Saving ${name}`, () => copyWhole(whole, file.fsPath, new AbortController().signal));
  } else {
    await fetch(parts, job, name, file, true);
  }
  tellBriefly(plain`Saved ${vscode.workspace.asRelativePath(file)}.`);
}

async function withResults(parts: ResultCommandParts, argument: unknown, title: PlainText): Promise<Job> {
  const job = await jobFrom(parts, argument, title, (each) => (each.status?.results.length ?? 0) > 0);
  if ((job.status?.results.length ?? 0) === 0)
    throw new InvalidInput({
      sentence: `"${job.title}" has no results${job.step === 'ended' ? '' : ' yet'}.`,
      ...(job.step === 'ended' ? { advice: 'Its page tells what became of it.', actions: ['openJob' as const] } : {}),
    });
  return job;
}

function nameFor(parts: Pick<ResultCommandParts, 'namePattern'>, job: Job, result: JobResult): string {
  const extension = /\.[a-z\d]{1,10}$/i.exec(result.location)?.[0] ?? '';
  return resultFileName(parts.namePattern(), {
    job: job.title,
    id: job.id ?? job.key,
    service: job.service.name,
    output: result.name,
    at: job.endedAt ?? job.createdAt,
    extension,
  });
}

async function fetch(
  parts: Pick<ResultCommandParts, 'results'>,
  job: Job,
  name: string,
  file: vscode.Uri,
  overwrite: boolean,
  fresh: FreshResults = {},
): Promise<void> {
  if (file.scheme !== 'file')
    throw new LocalFailure({ sentence: 'Results can be downloaded only to a disk of the computer that the extension runs on.' });
  await inMessage(plain`Downloading ${name} of ${job.title}`, async (signal, report) => {
    let shown = 0;
    const onProgress = (done: number, total: number | undefined): void => {
      const percent = total === undefined || total === 0 ? 0 : (done / total) * 100;
      report({
        message: total === undefined ? plain(sizeText(done)) : plain`${sizeText(done)} of ${sizeText(total)}`,
        increment: percent - shown,
      });
      shown = percent;
    };
    await parts.results.download(job, name, file.fsPath, { overwrite, onProgress }, signal, fresh);
  });
}

function isTable(file: vscode.Uri): boolean {
  const format = formatOf(file.path);
  return format !== undefined && format !== 'ilearner';
}

function count(job: Job): string {
  const results = job.status?.results.length ?? 0;
  return `${results} ${results === 1 ? 'result' : 'results'}`;
}
