// What an item holds as a text to be read and compared.

import type { ItemBody } from './items';

/** The text, with line ends as editors compare them; JSON is set out over lines. */
export function bodyText(body: ItemBody | undefined): string {
  if (!body || body.kind === 'link') return '';
  // The service writes CRLF: a diff is about what differs.
  if (body.kind === 'policy') return body.text.replaceAll('\r\n', '\n');
  return `${JSON.stringify(body.properties, undefined, 2)}\n`;
}

/** The ending of a file name that fits, for VS Code's colours. */
export function bodyEnding(body: ItemBody | undefined): 'xml' | 'json' {
  return body?.kind === 'policy' ? 'xml' : 'json';
}
