// Takes secrets out of the query of an address: arguments whose names or values tell that they are some.

import { mask } from './mask';
import { looksSecret } from './tokenMask';

/** Names of keys that no word in them gives away: those of functions and of signatures. */
const names: readonly string[] = ['code', 'sig'];

/** An address that can be shown, and what stands there no more: as it was written, and as it was meant. */
export interface ShownAddress {
  readonly text: string;
  readonly values: readonly string[];
}

/** The address with dots for each secret in its query; `more` are names of arguments that carry keys, in any case. */
export function withoutSecretQuery(url: string, more: readonly string[] = []): ShownAddress {
  const mark = url.indexOf('?');
  if (mark < 0) return { text: url, values: [] };
  const secret = new Set([...names, ...more].map((name) => name.toLowerCase()));
  const hash = url.indexOf('#', mark);
  const end = hash < 0 ? url.length : hash;
  const values: string[] = [];
  const parts = url.slice(mark + 1, end).split('&').map((part) => {
    const at = part.indexOf('=');
    const value = part.slice(at + 1);
    if (at < 0 || value === '' || value === mask) return part;
    const [name, meant] = [decoded(part.slice(0, at)), decoded(value)];
    if (!secret.has(name.toLowerCase()) && !looksSecret(name, meant)) return part;
    values.push(value, ...(meant === value ? [] : [meant]));
    return `${part.slice(0, at)}=${mask}`;
  });
  return { text: `${url.slice(0, mark)}?${parts.join('&')}${url.slice(end)}`, values };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
