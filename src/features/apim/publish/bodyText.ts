// What an item holds as a text to be read and compared.

import type { ItemBody } from './items';

/** The text, with line ends as editors compare them; JSON is set out over lines. */
export function bodyText(body: ItemBody | undefined): string {
  if (!body || body.kind === 'link') return '';
  // The service writes CRLF: a diff is about what differs.
  if (body.kind === 'policy') return body.text.replaceAll('\r\n', '\n');
  return `${JSON.stringify(body.properties, undefined, 2)}\n`;
}

/** What several items hold, as one: each under its name. */
export function bodyOfAll(items: readonly { readonly name: string; readonly body: ItemBody | undefined }[]): ItemBody | undefined {
  const [only] = items;
  if (items.length === 1) return only?.body;
  const headed = (name: string, text: string): string => `<!-- ${name.replaceAll('--', '- -')} -->\n${text}`;
  const policies = items.flatMap(({ name, body }) => (body?.kind === 'policy' ? [headed(name, body.text)] : []));
  if (policies.length > 0) return { kind: 'policy', text: policies.join('\n') };
  const all = items.map(({ name, body }) => [name, body?.kind === 'json' ? body.properties : {}] as const);
  return { kind: 'json', properties: Object.fromEntries(all) };
}

/** The ending of a file name that fits, for VS Code's colours. */
export function bodyEnding(body: ItemBody | undefined): 'xml' | 'json' {
  return body?.kind === 'policy' ? 'xml' : 'json';
}
