// Files as inputs of batch jobs: which are meant, what is wrong with them, and how they are read.

import { open as openFile } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import * as vscode from 'vscode';
import { Cancelled, InvalidInput, LocalFailure, messageOf } from '../../../model/errors';
import type { InputFile } from '../../../model/job';
import { inputWarnings } from '../inputWarnings';
import { formatOf } from '../../../tables/rows';
import { sizeText } from '../../../base/size';
import { askToConfirm } from '../../../ui/ask';
import { plain } from '../../../ui/plain';
import { nameOf } from '../../../ui/requestFiles';

/** So much of a file is looked at for warnings, in bytes. */
const lookedAt = 64 * 1024;

/** A file that is not on this computer's own disk has to be held in memory whole. */
const largestElsewhere = 256 * 1024 * 1024;

/** True for a file that can be the input of a batch job. */
function isInput(uri: vscode.Uri): boolean {
  return formatOf(uri.path) !== undefined;
}

/** The input files that a command means: what was chosen in the Explorer, or the one given, or the one in the active editor. */
export function inputsFrom(clicked: unknown, selected: unknown): vscode.Uri[] {
  const many = Array.isArray(selected) ? selected.filter((each) => each instanceof vscode.Uri) : [];
  if (clicked instanceof vscode.Uri)
    return many.length > 1 && many.some((uri) => uri.toString() === clicked.toString()) ? many.filter(isInput) : [clicked];
  const active = activeFile();
  return active && isInput(active) ? [active] : [];
}

function activeFile(): vscode.Uri | undefined {
  const tab: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return (
    vscode.window.activeTextEditor?.document.uri ??
    (tab instanceof vscode.TabInputText || tab instanceof vscode.TabInputCustom ? tab.uri : undefined)
  );
}

/** Takes a file as an input: saved, there, and looked at. Throws Cancelled, or InvalidInput for what is no file. */
export async function takeFile(uri: vscode.Uri): Promise<{ readonly file: InputFile; readonly warnings: readonly string[] }> {
  const name = nameOf(uri);
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (document?.isUntitled)
    throw new InvalidInput({
      sentence: `"${name}" has not been saved yet.`,
      advice: 'Save it first: what is uploaded is the file on the disk.',
    });
  if (document?.isDirty) {
    await askToConfirm(
      plain`"${name}" has changes that are not saved.`,
      plain`What is uploaded is the file on the disk.`,
      plain`Save and Go On`,
    );
    if (!(await document.save())) throw new LocalFailure({ sentence: `"${name}" could not be saved.` });
  }
  const file = await describeFile(uri);
  const head = await headOf(uri, file);
  return { file, warnings: inputWarnings(name, head, file.bytes <= lookedAt) };
}

/** Asks for a file on this computer. Throws Cancelled. */
export async function askFile(): Promise<vscode.Uri> {
  const picked = await vscode.window.showOpenDialog({
    title: 'Input of the Batch Job',
    openLabel: 'Choose',
    filters: { 'Tables (CSV, TSV, ARFF)': ['csv', 'tsv', 'arff'], 'All files': ['*'] },
  });
  const [uri] = picked ?? [];
  if (!uri) throw new Cancelled();
  return uri;
}

/** The file as it is now. Throws LocalFailure when it cannot be read. */
export async function describeFile(uri: vscode.Uri): Promise<InputFile> {
  const name = nameOf(uri);
  let stat: vscode.FileStat;
  try {
    stat = await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound')
      throw new LocalFailure({ sentence: `"${name}" is no longer there.` });
    throw new LocalFailure({ sentence: `"${name}" cannot be read: ${messageOf(error)}` });
  }
  if ((stat.type & vscode.FileType.Directory) !== 0)
    throw new InvalidInput({ sentence: `"${name}" is a folder; the input of a batch job is a file.` });
  return { uri: uri.toString(), name, bytes: stat.size, modifiedAt: stat.mtime };
}

/**
 * Where the bytes of a file come from when it is uploaded. Throws LocalFailure when it has changed since the job was made, or cannot be
 * read.
 */
export async function sourceOf(
  file: InputFile,
): Promise<{ readonly path: string; readonly bytes: number } | { readonly data: Uint8Array }> {
  const uri = vscode.Uri.parse(file.uri);
  const now = await describeFile(uri);
  if (now.bytes !== file.bytes || now.modifiedAt !== file.modifiedAt) {
    throw new LocalFailure({
      sentence: `"${file.name}" has changed since this job was made.`,
      advice: 'Run a new job with the file as it is now; this one can be deleted.',
    });
  }
  if (uri.scheme === 'file') return { path: uri.fsPath, bytes: now.bytes };
  if (now.bytes > largestElsewhere)
    throw new LocalFailure({
      sentence: `"${file.name}" (${sizeText(now.bytes)}) is not on a disk of this computer, and too large to be read through the editor.`,
      advice: 'Copy it to this computer, or put it into blob storage and choose it there.',
    });
  return { data: await vscode.workspace.fs.readFile(uri) };
}

async function headOf(uri: vscode.Uri, file: InputFile): Promise<string> {
  try {
    if (uri.scheme !== 'file')
      return file.bytes > largestElsewhere ? '' : decoded((await vscode.workspace.fs.readFile(uri)).subarray(0, lookedAt));
    const handle = await openFile(uri.fsPath, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(lookedAt), 0, lookedAt, 0);
      return decoded(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new LocalFailure({ sentence: `"${file.name}" cannot be read: ${messageOf(error)}` });
  }
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes, { stream: true });
}
