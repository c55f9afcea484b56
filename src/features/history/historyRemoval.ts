// Removes entries of the history, file by file: one that cannot be removed does not keep the others, and is named.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../base/format';
import { LocalFailure } from '../../model/errors';
import { bodyEndings, pinEnding, type HistoryFiles } from './historyFolder';
import { diskMessages, isNoFile } from '../../base/troubles';

/** So many entries are removed at a time. */
const removedAtOnce = 32;

/** A file that could not be removed. */
export interface Stuck {
  readonly name: string;
  readonly error: unknown;
}

/** Removes what can be removed of these, and gives what cannot. Never throws. */
export async function removeEntries(files: Pick<HistoryFiles, 'remove'>, ids: readonly string[]): Promise<readonly Stuck[]> {
  const stuck: Stuck[] = [];
  for (let from = 0; from < ids.length; from += removedAtOnce) {
    await Promise.all(ids.slice(from, from + removedAtOnce).map(async (id) => stuck.push(...(await removeOne(files, id)))));
  }
  return stuck;
}

/** Throws LocalFailure when something could not be removed: all else was. */
export function throwStuck(stuck: readonly Stuck[]): void {
  const [first] = stuck;
  if (!first) return;
  const { reason, advice } = diskMessages(first.error);
  const sentence = stuck.length === 1
    ? l10n.t('One file of the history could not be deleted: "{0}".', first.name)
    : l10n.t('{0} files of the history could not be deleted, among them "{1}".', formatCount(stuck.length), first.name);
  throw new LocalFailure(
    {
      sentence, advice: [reason, advice ?? l10n.t('Move it away or delete it by hand.'), l10n.t('All else was deleted.')].join(' '),
      actions: ['showLog'],
    },
  );
}

async function removeOne(files: Pick<HistoryFiles, 'remove'>, id: string): Promise<readonly Stuck[]> {
  const stuck = new Map<string, unknown>();
  // The text goes first: what is half removed is listed nowhere. And once more at last: another window may have put it there in between.
  for (const ending of ['.json', ...bodyEndings, pinEnding, '.json']) {
    const name = `${id}${ending}`;
    await files.remove(name).catch((error: unknown) => void stuck.set(name, error));
    // An entry that has to stay keeps its bodies; what is no file, such as a folder, is no entry.
    if (ending === '.json' && stuck.has(name) && !isNoFile(stuck.get(name))) break;
  }
  return [...stuck].map(([name, error]) => ({ name, error }));
}
