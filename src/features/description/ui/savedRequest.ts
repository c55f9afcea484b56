// A new request that is saved keeps the service that was chosen for it: VS Code closes the untitled document and opens a file.

import * as vscode from 'vscode';
import { isJson, type ServiceOfFile } from '../../services';

/**
 * Chooses for a file that was just saved the service of the untitled document with the same text. False where there is none, and where
 * several such documents go to different services: nobody can tell which one was saved, so that the next sending asks.
 */
export async function keepServiceOfSaved(saved: vscode.TextDocument, serviceOfFile: ServiceOfFile): Promise<boolean> {
  if (!isJson(saved) || serviceOfFile.get(saved.uri.toString()) !== undefined) return false;
  const text = saved.getText();
  const untitled = vscode.workspace.textDocuments.filter((document) => document.uri.scheme === 'untitled' && document.getText() === text);
  const [choice, ...others] = new Set(untitled.map(({ uri }) => serviceOfFile.get(uri.toString())));
  if (choice === undefined || others.length > 0) return false;
  await serviceOfFile.set([saved.uri.toString()], choice);
  return true;
}
