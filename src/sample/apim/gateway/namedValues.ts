// Puts named values into the texts of policies.

import type { ApimStore } from '../store';

/** A named value that a policy asks for and that has no value here. Its message is its name, as the policy writes it. */
export class NamedValueMissing extends Error {
  override readonly name = 'NamedValueMissing';
}

/** Longer names are none. */
const longest = 256;

/** The text with each `{{name}}` replaced by the value with that display name, once: values hold no others. Throws NamedValueMissing. */
export function withNamedValues(text: string, store: ApimStore): string {
  let filled = '';
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('{{', at);
    if (open < 0) return filled + text.slice(at);
    const [name = '', behind] = text.slice(open + 2, open + longest + 4).split('}}', 2);
    const close = open + 2 + name.length;
    // Doubled braces are C# as well, in interpolated texts.
    if (behind === undefined || !/^[A-Za-z0-9._-]+$/.test(name)) {
      filled += text.slice(at, open + 1);
      at = open + 1;
      continue;
    }
    const found = store.children('/namedValues').find(({ properties }) => properties.displayName === name);
    const value = found?.properties.value;
    if (typeof value !== 'string') throw new NamedValueMissing(name);
    filled += text.slice(at, open) + value;
    at = close + 2;
  }
  return filled;
}
