// Names for the files that results are downloaded to, and that tables are exported to.

import { blanks, withoutEnd, withoutStart } from './ends';

/** What a name can be made of. */
export interface NameParts {
  /** Title of the job; an ending such as .csv is left out. */
  readonly job: string;
  readonly id: string;
  readonly service: string;
  readonly output: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** With its dot; empty when there is none. */
  readonly extension: string;
}

/** The pattern of names unless a person sets another. */
export const usualPattern = '${job}-${output}${extension}';

/**
 * A file name from a pattern with `${job}`, `${id}`, `${service}`, `${output}`, `${date}`, `${time}` and `${extension}`; never a path,
 * never empty.
 */
export function resultFileName(pattern: string, parts: NameParts): string {
  const [date, time] = momentText(parts.at);
  const { id, service, output, extension } = parts;
  const job = parts.job.replace(/\.(csv|tsv|arff|jsonc?)$/i, '');
  const values = new Map(Object.entries({ job, id, service, output, date, time, extension }));
  const filled = pattern.replace(/\$\{(\w+)\}/g, (whole, key: string) => values.get(key) ?? whole);
  return safeFileName(filled) || safeFileName(`${parts.output}${parts.extension}`) || `result${safeFileName(parts.extension)}`;
}

/** Day and time of day. A file that was tampered with may hold a time that is none. */
function momentText(at: number): readonly [string, string] {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return ['no date', 'no time'];
  const [date = '', time = ''] = moment.toISOString().split('T');
  return [date, time.slice(0, 8).replaceAll(':', '-')];
}

/** In bytes of UTF-8. Most file systems take 255; the rest is for what is put behind a name. */
const longestName = 200;

/** Names of devices on Windows, whatever ending follows; the digits of COM and LPT may be superscript ones. */
const device = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$|clock\$)\s*(?:\.|$)/i;

/** What cannot be seen, or turns the direction of what follows: marks of format, fillers, selectors of variants. */
const unseen = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/**
 * The text without what no file system takes, what cannot be seen, and what would lead into another folder or to a device; empty when
 * nothing is left.
 * A name of more than `most` bytes of UTF-8 is cut and keeps its ending.
 */
export function safeFileName(text: string, most = longestName): string {
  const plain = text.normalize('NFC').replace(unseen, '').replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}<>:"/\\|?*]/gu, '_');
  const safe = withoutTail(withoutStart(plain, `.${blanks}`));
  const short = Buffer.byteLength(safe) <= most ? safe : shortened(safe, most);
  return device.test(short) ? `_${short}` : short;
}

function shortened(name: string, most: number): string {
  const ending = /\.[^.]{1,10}$/.exec(name.slice(-11))?.[0] ?? '';
  return withoutTail(cut(name.slice(0, name.length - ending.length), most - Buffer.byteLength(ending))) + ending;
}

/** Windows leaves out dots and blanks at the end of a name. */
function withoutTail(text: string): string {
  return withoutEnd(text, `.${blanks}`);
}

/** The beginning of the text that has so many bytes at most, without half a character at its end. */
function cut(text: string, bytes: number): string {
  let end = 0;
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/**
 * The names with a number behind each that stands there twice, so that no file is written over another of the same download. Names are one
 * that any file system may take for one: in other case, or with their accents put together in another way.
 */
export function distinct(names: readonly string[]): string[] {
  const used = new Set<string>();
  const numbers = new Map<string, number>();
  return names.map((name) => {
    const key = sameName(name);
    if (!used.has(key)) {
      used.add(key);
      return name;
    }
    const dot = name.lastIndexOf('.');
    const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    const numbered = (number: number): string => `${stem} (${number})${ending}`;
    let number = numbers.get(key) ?? 2;
    while (used.has(sameName(numbered(number)))) number += 1;
    numbers.set(key, number + 1);
    used.add(sameName(numbered(number)));
    return numbered(number);
  });
}

function sameName(name: string): string {
  return name.normalize('NFKD').toLowerCase().toUpperCase().normalize('NFKD');
}
