// Settings that have lost their line ends: a box for one line makes blanks of them.

/** The words that a shell or cmd sets variables with. */
const setting: ReadonlySet<string> = new Set(['export', 'set', 'setx', 'env']);

const assignment = /^["']?[A-Za-z_$][\w.$:-]{0,80}=\S/;

/**
 * A text of one line that holds nothing but settings, as `A=1 B=2` or `export A=1 export B=2`, with a line for each of them; any other text
 * as it is. Values with blanks in them are not taken apart.
 */
export function settingsAsLines(text: string): string {
  const line = text.trim();
  if (line === '' || /[\r\n]/.test(line)) return text;
  const words = line.split(/[ \t]+/);
  const settings = words.filter((word) => !setting.has(word.toLowerCase()));
  return settings.length > 1 && settings.every((word) => assignment.test(word)) ? settings.join('\n') : text;
}
