// Files of the extension's own that cannot be used -> lines that say which, why, and what to do.

import type { UnreadableFile } from '../base/troubles';

/** A line about such a file. */
export interface BadFileLine {
  readonly text: string;
  /** Where it is on this computer, as far as it is one file. */
  readonly path?: string;
}

/** So many files are named; the rest is counted. */
const mostNamed = 10;

/** What is said of files of each kind. */
interface Words {
  readonly unusable: (name: string) => string;
  readonly oneMore: string;
  readonly more: (count: number) => string;
}

const words: Readonly<Record<'jobs' | 'history', Words>> = {
  jobs: {
    unusable: (name) => `"${name}", where the batch jobs are kept, cannot be used.`,
    oneMore: 'One more file of the batch jobs cannot be used.',
    more: (count) => `${count} more files of the batch jobs cannot be used.`,
  },
  history: {
    unusable: (name) => `"${name}", where the requests of the history are kept, cannot be used.`,
    oneMore: 'One more file of the requests of the history cannot be used.',
    more: (count) => `${count} more files of the requests of the history cannot be used.`,
  },
};

/** The lines. `kept` says what the files are kept for; `pathOf` gives the place of a file by its name. */
export function badFileLines(
  files: readonly UnreadableFile[],
  kept: keyof typeof words,
  pathOf: (name: string) => string,
): readonly BadFileLine[] {
  const { unusable, oneMore, more } = words[kept];
  const lines = files.slice(0, mostNamed).map(({ name, reason, advice }) => ({
    text: [unusable(name), reason, advice ?? 'Move it away or delete it.'].join(' '),
    path: pathOf(name),
  }));
  const rest = files.length - lines.length;
  if (rest === 0) return lines;
  return [...lines, { text: rest === 1 ? oneMore : more(rest) }];
}
