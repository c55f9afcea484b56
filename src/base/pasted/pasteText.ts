// Makes a pasted text plain before it is read, and tells what kind of text it is.

/** What a pasted text looks like; every language without a kind of its own counts as text. */
export type PasteKind = 'address' | 'python' | 'csharp' | 'r' | 'curl' | 'text';

/** A name and what stands beside it, found at `at`; `quoted` when code says it, not a bare line. */
export interface Pair {
  readonly name: string;
  readonly value: string;
  readonly at: number;
  readonly comment: boolean;
  readonly quoted: boolean;
  /** What the value is by its place in the text, where the name does not say so: the header of an `auth` block, for example. */
  readonly role?: string;
  /** How the text refers to the value: `$NAME` in a shell, `{{name}}` in a template. */
  readonly refers?: 'shell' | 'template';
  /** True when the value was put in for a variable. */
  readonly filled?: true;
  /** In a document: the number of the object with an address that the pair stands in. */
  readonly scope?: number;
  /** True for the address of a document's request. */
  readonly called?: true;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
  '#x27': "'",
  '#34': '"',
  '#x22': '"',
  '#38': '&',
  '#160': ' ',
};
const addressStart = /^["'`<([*_]{0,3}(?:[a-z][a-z\d+.-]{0,20}:\/\/|[\w<>{}-]+(?:\.[\w-]+)+(?::\d+)?\/)/i;

/** Undoes what mail programs, web pages and word processors do to code: smart quotes, invisible characters, entities, continued lines. */
export function plainText(text: string): string {
  return withoutCarets(text)
    .replace(/[\u200B-\u200F\u2060\uFEFF\u00AD]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t]{0,8}(?:```|~~~)[ \w-]{0,40}$/gm, '')
    .replace(/[\u00A0\u2007\u202F]/g, ' ')
    .replace(/[\u201C\u201D\u201E\u201F\u00AB\u00BB\u2033]/g, '"')
    .replace(/[\u2018\u2019\u201A\u201B\u2032]/g, "'")
    .replace(/&(amp|quot|lt|gt|apos|nbsp|#39|#x27|#34|#x22|#38|#160);/gi, (entity, name: string) => entities[name.toLowerCase()] ?? entity)
    .replace(/(?:\\|(?<=[\s"'])[`^])[ \t]{0,8}\n/g, ' ')
    // Properties of Java write a colon so.
    .replace(/(https?)\\:/gi, '$1:')
    .replace(/\n[ \t]{0,40}(?=[?&][\w.-]{1,80}=)/g, '')
    .replace(/<(https?:\/\/[^<>"']{1,3000})>/gi, (_whole, inside: string) => `<${inside.replace(/[ \t]{0,8}\n[ \t]{0,8}/g, '')}>`);
}

/** Browsers copy a request for cmd with a caret in front of every sign that cmd would read; what follows the caret is meant. */
function withoutCarets(text: string): string {
  return text.includes('^"') ? text.replace(/\^([\x21-\x7e])/g, '$1') : text;
}

/** The kind of a plain text. */
export function kindOf(text: string): PasteKind {
  const trimmed = text.trim();
  if (trimmed !== '' && trimmed.length < 5000 && !/[\s{}]/.test(trimmed.replace(/\{[\w-]{1,40}\}/g, '')) && addressStart.test(trimmed))
    return 'address';
  if (/^[ \t>$#]{0,8}curl(?:\.exe)?\s/m.test(text)) return 'curl';
  if (/\blibrary\(|\bcurlPerform\(|\badd_headers\(|\bhttr::|\bpaste0?\(|^[ \t]{0,40}[\w.]{1,80} ?<- /m.test(text)) return 'r';
  if (/\busing System\b|\bHttpClient\b|\bnew Uri\(|\b(?:const|static) string\b|\bstring [A-Za-z_]\w* =/.test(text)) return 'csharp';
  if (
    /^[ \t]{0,40}(?:import [\w., ]{1,80}$|from [\w.]{1,80} import )|\burllib2?\b|\brequests\.(?:post|get|request)\b|^[ \t]{0,40}def \w|\bprint\(|\bos\.environ\b|\bjson\.dumps\(/m.test(
      text,
    )
  )
    return 'python';
  return 'text';
}

/** True when the line that holds the offset is a comment. */
export function isCommented(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 300), at);
  return /^\s*(?:#|\/\/|--|\/?\*|rem\s)/i.test(before.slice(before.lastIndexOf('\n') + 1));
}
