// Whether two policy documents say the same: the service indents them anew, with tabs and CRLF, and puts values into double quotes.

import { decoded } from './escapes';
import { readPolicy, textIn, type PolicyToken } from './policyText';

/**
 * True where two documents (rawxml) are equal but for white space between tags, line ends, how empty elements are written, the order of
 * attributes and their quotes. In expressions only line ends may differ, which the service writes in its own way everywhere.
 */
export function samePolicy(a: string, b: string): boolean {
  if (a === b) return true;
  const [first, second] = [essence(a), essence(b)];
  return first.length === second.length && first.every((part, index) => part === second[index]);
}

/** What is left of a document when the way of writing it is taken away, piece by piece. */
function essence(text: string): readonly string[] {
  const { tokens, fault } = readPolicy(text);
  // What cannot be read is compared as it stands.
  if (fault) return [`fault:${lines(text).trim()}`];
  return tokens.flatMap((token) => pieces(text, token));
}

function pieces(text: string, token: PolicyToken): readonly string[] {
  const raw = lines(textIn(text, token.range));
  switch (token.kind) {
    case 'text':
      return raw.trim() === '' ? [] : [`text:${raw}`];
    case 'declaration':
      return raw === '\ufeff' ? [] : [`declaration:${raw}`];
    case 'expression':
    case 'comment':
    case 'cdata':
      return [`${token.kind}:${raw}`];
    case 'open': {
      const attributes = token.attributes.map(({ name, value, expression }) => {
        const inside = lines(textIn(text, value));
        return `${name}=${expression ? inside.trim() : decoded(inside)}`;
      });
      const tag = `open:${JSON.stringify([token.name, ...attributes.sort()])}`;
      return token.empty ? [tag, `close:${token.name}`] : [tag];
    }
    case 'close':
      return [`close:${token.name}`];
    default:
      return token satisfies never;
  }
}

function lines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
