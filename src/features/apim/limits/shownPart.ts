// What of a policy the page of the form gets: masked, and no more of it than a page shows with ease. The editor has all of it.

import { beginningOfText, cutText } from '../../../base/cutText';
import type { DiffLine } from './diffLines';
import { maskedText } from './maskedText';

/** A part that is shown, and whether something of the whole is missing in it. */
export interface ShownPart<T> {
  readonly shown: T;
  readonly cut: boolean;
}

/** No line of a policy is longer on the page, in UTF-16 units. */
const longestLine = 1_000;
/** So many lines of differences are shown at most. */
const mostLines = 500;
/** No text is longer on the page, in UTF-16 units. */
const longestText = 100_000;
/** No words from a policy within a sentence are longer, in UTF-16 units. */
const longestWords = 300;

/** How a policy would change. What looks like a key is masked before anything is cut: half a key would not look like one. */
export function shownDiff(lines: readonly DiffLine[]): ShownPart<readonly DiffLine[]> {
  let cut = lines.length > mostLines;
  const shown = lines.slice(0, mostLines).map((line): DiffLine => {
    if (line.kind === 'gap') return line;
    const text = cutText(maskedText(line.text), longestLine);
    cut ||= text.length > longestLine;
    return { ...line, text };
  });
  return { shown, cut };
}

/** A policy as it is, its lines ended by LF. */
export function shownText(text: string): ShownPart<string> {
  let cut = false;
  const lines = maskedText(text.replaceAll('\r\n', '\n')).split('\n').map((line) => {
    cut ||= line.length > longestLine;
    return cutText(line, longestLine);
  });
  const all = lines.join('\n');
  return { shown: beginningOfText(all, longestText), cut: cut || all.length > longestText };
}

/** Words from a policy, such as a limit or what could not be done with a value. */
export function shownWords(text: string): string {
  return cutText(maskedText(text), longestWords);
}
