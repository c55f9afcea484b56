// Where the files of a definition go within a workspace's folder, as a person has typed it.

import * as l10n from '@vscode/l10n';

/** What is offered first. */
export function offeredFolder(apiId: string): string {
  return `apim/${apiId}`;
}

/** The parts of a path, with slashes of either kind; empty for the folder of the workspace itself. */
export function foldersIn(text: string): readonly string[] {
  return text.trim().split(/[\\/]/).filter((part) => part !== '' && part !== '.');
}

/** Why the files cannot go there, or undefined when they can. */
export function checkFolder(text: string): string | undefined {
  const path = text.trim();
  if (/^(?:[\\/]|[A-Za-z]:)/.test(path)) return l10n.t('Type a path within the folder of the workspace, such as apim/my-api.');
  if (path.length > 400) return l10n.t('The path is too long.');
  const parts = foldersIn(path);
  if (parts.includes('..')) return l10n.t('The path leads out of the folder of the workspace.');
  const isOdd = parts.some((part) => /[<>:"|?*\p{Cc}]/u.test(part) || /[ .]$/.test(part));
  return isOdd ? l10n.t('A name in the path holds a character that not all systems take.') : undefined;
}
