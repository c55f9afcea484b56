// Names for the files that results are downloaded to.

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

/** A file name from a pattern with `${job}`, `${id}`, `${service}`, `${output}`, `${date}`, `${time}` and `${extension}`; never a path, never empty. */
export function resultFileName(pattern: string, parts: NameParts): string {
  const [date = '', time = ''] = new Date(parts.at).toISOString().split('T');
  const values: Readonly<Record<string, string>> = {
    job: parts.job.replace(/\.(csv|tsv|arff|jsonc?)$/i, ''), id: parts.id, service: parts.service, output: parts.output, date, time: time.slice(0, 8).replaceAll(':', '-'), extension: parts.extension,
  };
  const filled = pattern.replace(/\$\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
  const safe = safeName(filled) || safeName(`${parts.output}${parts.extension}`) || `result${parts.extension}`;
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe) ? `_${safe}` : safe;
}

/** In bytes of UTF-8. Most file systems take 255; the rest is for what is put behind a name. */
const longestName = 200;

/** The text without what no file system takes and what would lead into another folder; empty when nothing is left. A name that is too long keeps its ending. */
function safeName(text: string): string {
  const safe = text.replace(/[\p{Cc}<>:"/\\|?*]/gu, '_').replace(/^\.+/, '').replace(/[. ]+$/, '');
  if (Buffer.byteLength(safe) <= longestName) return safe;
  const ending = /\.[^.]{1,10}$/.exec(safe)?.[0] ?? '';
  return cut(safe.slice(0, safe.length - ending.length), longestName - Buffer.byteLength(ending)).replace(/[. ]+$/, '') + ending;
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

/** The names with a number behind each that stands there twice (case ignored), so that no file is written over another of the same download. */
export function distinct(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const dot = name.lastIndexOf('.');
    const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    let candidate = name;
    for (let number = 2; used.has(candidate.toLowerCase()); number++) candidate = `${stem} (${number})${ending}`;
    used.add(candidate.toLowerCase());
    return candidate;
  });
}
