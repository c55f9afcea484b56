// Text that VS Code shows as it is. The wrappers that show something take no other: VS Code draws [words](command:...) as a link that runs
// it, and $(name) as an icon.

import { withoutTurns } from '../base/directions';

declare const disarmed: unique symbol;

/** Text in which VS Code finds neither a link nor an icon. */
export type PlainText = string & { readonly [disarmed]: true };

/** A zero-width space: enough to break the syntax, and nobody sees it. */
const gap = '\u200b';

/**
 * The only way to PlainText: the same words, with nothing in them that is taken for a link or an icon, or turns around what stands beside
 * it. A function, or the tag of a template.
 */
export function plain(text: string | TemplateStringsArray, ...values: readonly (string | number)[]): PlainText {
  // Joined first: two values may make a link together that neither makes alone.
  const whole =
    typeof text === 'string' ? text : text.map((part, index) => (index === 0 ? part : `${values[index - 1] ?? ''}${part}`)).join('');
  const safe = withoutTurns(whole).replaceAll(/[\]$](?=\()/g, (before) => before + gap);
  if (!isPlain(safe)) throw new Error('A link or an icon was left in a text.');
  return safe;
}

function isPlain(text: string): text is PlainText {
  return !text.includes('](') && !text.includes('$(');
}
