// What tables ask of VS Code: questions about formats and files, the clipboard, progress that can be stopped.

import * as vscode from 'vscode';
import { Cancelled, LocalFailure } from '../../model/errors';
import { askChoice, askToConfirm, type Choice } from '../ask';
import { plain } from '../plain';
import type { TableHands } from '../panel/tablesTaken';
import { writeWhole } from './wholeFile';

type Format = Awaited<ReturnType<TableHands['chooseFormat']>>;

const formats: readonly Choice<Format['format']>[] = [
  { label: 'CSV', description: '.csv', detail: 'Commas between the cells; for spreadsheets, data frames and batch jobs', value: 'csv' },
  { label: 'TSV', description: '.tsv', detail: 'Tabs between the cells', value: 'tsv' },
  { label: 'JSON', description: '.json', detail: 'A list of objects, one a row', value: 'json' },
];

const guards: readonly Choice<boolean>[] = [
  { label: 'Guard them', detail: 'A quote (\') is put in front of such cells, numbers excepted; for files that are opened in a spreadsheet', value: true },
  { label: 'Write them as they are', detail: 'Every cell keeps its text; for programs, data frames and batch jobs', value: false },
];

/** The hands that do it in this window. */
export const editorHands: TableHands = {
  copy: async (text) => vscode.env.clipboard.writeText(text),
  tell: (sentence) => void vscode.window.setStatusBarMessage(plain(sentence), 5000),
  confirm: askToConfirm,
  chooseFormat: async (title) => {
    const format = await askChoice(plain(title), 'Choose a format', formats);
    if (format === 'json') return { format, guardFormulas: false };
    return { format, guardFormulas: await askChoice(plain(title), 'Cells that begin with =, +, - or @ are run as formulas by spreadsheets', guards) };
  },
  chooseFile: async (title, name) => {
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
    const file = await vscode.window.showSaveDialog({ title: plain(title), saveLabel: 'Export', ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}) });
    if (!file) throw new Cancelled();
    if (file.scheme !== 'file') throw new LocalFailure({ sentence: 'Tables can be exported only to a disk of the computer that the extension runs on.' });
    return file.fsPath;
  },
  write: writeWhole,
  progress: async (title, work) => {
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: plain(title), cancellable: true }, async (progress, token) => {
      const stopping = new AbortController();
      const listener = token.onCancellationRequested(() => stopping.abort());
      try {
        await work(stopping.signal, (message) => progress.report({ message }));
      } finally {
        listener.dispose();
      }
    });
  },
};
