// What of the extension's own files cannot be used, and why: one bad file is named and told of, and everything else goes on.

import * as l10n from '@vscode/l10n';
import { errorCode } from '../model/errorCode';
import { HumanError, LocalFailure, messageOf } from '../model/errors';

/** A file or folder of the extension's own that cannot be used as what it should be. It is left as it is. */
export interface UnreadableFile {
  /** Path below the folder that it belongs to. */
  readonly name: string;
  /** A sentence. */
  readonly reason: string;
  /** What to do about it, in a sentence; absent where moving it away is all there is to do. */
  readonly advice?: string | undefined;
}

/** What stands in the place of a file without being one, and stays so until somebody takes it away. */
const noFiles: ReadonlyMap<string, () => string> = new Map([
  ['EISDIR', () => l10n.t('A folder is in the place of this file.')],
  ['ENOTDIR', () => l10n.t('A file is in the place of this folder.')],
  ['ELOOP', () => l10n.t('It is a link that leads nowhere.')],
  ['ENXIO', () => l10n.t('It is neither a file nor a folder.')],
  ['EFBIG', () => l10n.t('It is larger than anything that the extension writes.')],
]);

/** True when what was thrown says that there is no file of ours at all, and not only that it cannot be read just now. */
export function isNoFile(error: unknown): boolean {
  return noFiles.has(errorCode(error) ?? '');
}

/** What a person is told of an error of the disk. */
export function diskMessages(error: unknown): Pick<UnreadableFile, 'reason' | 'advice'> {
  if (error instanceof HumanError) return { reason: error.message, ...(error.advice === undefined ? {} : { advice: error.advice }) };
  const code = errorCode(error) ?? '';
  const shape = noFiles.get(code);
  if (shape !== undefined) return { reason: shape() };
  if (code === 'EACCES' || code === 'EPERM') return {
    reason: l10n.t('This account has no permission for it.'), advice: l10n.t('Give your account the right to read and write it.'),
  };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS') return {
    reason: l10n.t('The disk does not take anything: {0}.', messageOf(error)),
    advice: l10n.t('Make room on the disk, or have it writable.'),
  };
  return { reason: l10n.t('The disk says: {0}.', messageOf(error)), advice: l10n.t('It is tried again by itself.') };
}

/** Says that the file of a job that is asked for cannot be read. */
export function unreadableJob({ name, reason, advice }: UnreadableFile): LocalFailure {
  const sentence = l10n.t('The file of this job, "{0}", cannot be read. {1}', name, reason);
  return new LocalFailure({ sentence, advice, actions: ['showLog'] });
}

/** The troubles that there are at the moment, by the name of the file or folder. */
export class Troubles {
  private readonly known = new Map<string, UnreadableFile>();

  /** @param log gets a line for each trouble when it begins. */
  constructor(private readonly log: (line: string) => void) {}

  /**
   * Does something with one file or folder. What the disk throws is remembered under its name until the same succeeds, and `otherwise`
   * is given.
   */
  async attempt<T, U>(name: string, work: () => Promise<T>, otherwise: U): Promise<T | U> {
    try {
      const result = await work();
      this.known.delete(name);
      return result;
    } catch (error) {
      this.note(name, error);
      return otherwise;
    }
  }

  /** Remembers what was thrown when this file or folder was used. */
  note(name: string, error: unknown): void {
    const messages = diskMessages(error);
    if (this.known.get(name)?.reason !== messages.reason) this.log(`"${name}" cannot be used: ${messageOf(error)}`);
    this.known.set(name, { name, ...messages });
  }

  /** Forgets what was said of this file or folder. */
  forget(name: string): void {
    this.known.delete(name);
  }

  /** Forgets what was said of files of a folder that are not there any more. */
  keepOnly(folder: string, names: readonly string[]): void {
    const there = new Set(names.map((name) => `${folder}/${name}`));
    for (const name of [...this.known.keys()]) if (name.startsWith(`${folder}/`) && !there.has(name)) this.known.delete(name);
  }

  all(): readonly UnreadableFile[] {
    return [...this.known.values()];
  }
}
