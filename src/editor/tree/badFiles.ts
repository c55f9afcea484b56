// Files of the extension's own that cannot be used -> lines that say which, why, and what to do.

import type { UnreadableFile } from '../../state/troubles';

/** A line about such a file. */
export interface BadFileLine {
  readonly text: string;
  /** Where it is on this computer, as far as it is one file. */
  readonly path?: string;
}

/** So many files are named; the rest is counted. */
const mostNamed = 10;

/** The lines. `kept` says what the files are kept for, as in `batch jobs`; `pathOf` gives the place of a file by its name. */
export function badFileLines(files: readonly UnreadableFile[], kept: string, pathOf: (name: string) => string): readonly BadFileLine[] {
  const lines = files.slice(0, mostNamed).map(({ name, reason, advice }) => ({
    text: [
      `"${name}", where the ${kept} are kept, cannot be used.`, reason, advice ?? 'Move it away or delete it.',
    ].join(' '), path: pathOf(name),
  }));
  const more = files.length - lines.length;
  if (more === 0) return lines;
  return [...lines, {
    text: more === 1 ? `One more file of the ${kept} cannot be used.` : `${more} more files of the ${kept} cannot be used.`,
  }];
}
