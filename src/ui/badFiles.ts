// Files of the extension's own that cannot be used -> lines that say which, why, and what to do.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../base/format';
import type { UnreadableFile } from '../base/troubles';

/** A line about such a file. */
export interface BadFileLine {
  readonly text: string;
  /** Where it is on this computer, as far as it is one file. */
  readonly path?: string;
}

/** So many files are named; the rest is counted. */
const mostNamed = 10;

/** What is said of files of one kind, each in a sentence of its own or more. */
export interface BadFileMessages {
  /** `reason` and `advice` are sentences. */
  readonly unusable: (name: string, reason: string, advice: string) => string;
  readonly oneMore: () => string;
  readonly more: (count: string) => string;
}

/** The lines. `pathOf` gives the place of a file by its name. */
export function badFileLines(
  files: readonly UnreadableFile[],
  messages: BadFileMessages,
  pathOf: (name: string) => string,
): readonly BadFileLine[] {
  const lines = files.slice(0, mostNamed).map(({ name, reason, advice }) => ({
    text: messages.unusable(name, reason, advice ?? l10n.t('Move it away or delete it.')),
    path: pathOf(name),
  }));
  const rest = files.length - lines.length;
  if (rest === 0) return lines;
  return [...lines, { text: rest === 1 ? messages.oneMore() : messages.more(formatCount(rest)) }];
}
