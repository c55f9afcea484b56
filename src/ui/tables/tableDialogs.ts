// What tables ask of VS Code: questions about formats and files, the clipboard, progress that can be stopped.

import * as vscode from 'vscode';
import { Cancelled, LocalFailure } from '../../model/errors';
import { askChoice, askToConfirm, type Choice } from '../ask';
import { tellBriefly } from '../notices';
import { plain } from '../plain';
import { inMessage } from '../progress';
import type { TableDialogs } from './tablesTaken';
import { writeWhole } from './wholeFile';

type Format = Awaited<ReturnType<TableDialogs['chooseFormat']>>;

const formats: readonly Choice<Format['format']>[] = [
  {
    label: plain`CSV`,
    description: plain`.csv`,
    detail: plain`Commas between the cells; for spreadsheets, data frames and batch jobs`,
    value: 'csv',
  },
  { label: plain`TSV`, description: plain`.tsv`, detail: plain`Tabs between the cells`, value: 'tsv' },
  { label: plain`JSON`, description: plain`.json`, detail: plain`A list of objects, one a row`, value: 'json' },
];

const guards: readonly Choice<boolean>[] = [
  {
    label: plain`Guard them`,
    detail: plain`A quote (') is put in front of such cells, numbers excepted; for files that are opened in a spreadsheet`,
    value: true,
  },
  {
    label: plain`Write them as they are`,
    detail: plain`Every cell keeps its text; for programs, data frames and batch jobs`,
    value: false,
  },
];

/** The dialogs of this window. */
export const editorDialogs: TableDialogs = {
  copy: async (text) => vscode.env.clipboard.writeText(text),
  tell: (sentence) => tellBriefly(sentence),
  confirm: askToConfirm,
  chooseFormat: async (title) => {
    const format = await askChoice(title, plain`Choose a format`, formats);
    if (format === 'json') return { format, guardFormulas: false };
    return {
      format,
      guardFormulas: await askChoice(title, plain`Cells that begin with =, +, - or @ are run as formulas by spreadsheets`, guards),
    };
  },
  chooseFile: async (title, name) => {
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
    const file = await vscode.window.showSaveDialog({
      title,
      saveLabel: 'Export',
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    });
    if (!file) throw new Cancelled();
    if (file.scheme !== 'file')
      throw new LocalFailure({ sentence: 'Tables can be exported only to a disk of the computer that the extension runs on.' });
    return file.fsPath;
  },
  write: writeWhole,
  progress: (title, work) => inMessage(title, (signal, report) => work(signal, (message) => report({ message }))),
};
