// Texts as literals of a language. Whatever a text holds, it comes out of the literal as it went in, and nothing in it is taken for code.

import type { Language } from './languages';

/**
 * Characters that hide, reorder what stands around them, end a line for some readers only, or do not survive an editor or a clipboard
 * (a carriage return, say). They are written as escapes.
 */
const hidden = String.raw`\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}`;
const hiddenOnes = new RegExp(`[${hidden}]`, 'gu');
const backslashed = new RegExp(String.raw`[\\'"${hidden}]`, 'gu');
/** PowerShell takes typographic quotes for quotes. */
const notInPowershell = new RegExp(String.raw`[\u2018-\u201b${hidden}]+`, 'gu');
/** A line feed may stand in a shell's quotes. */
const notInShell = new RegExp(String.raw`'|(?!\n)[${hidden}]`, 'gu');
/** R reads its source in the encoding of the place where it runs. */
const notInR = /[\\']|[^\x20-\x7e]/gu;

/**
 * A text as a literal on one line (a shell's goes over several where the text does). Null characters: not for cURL and R, which cannot hold
 * them.
 */
export function literal(language: Language, text: string): string {
  switch (language) {
    case 'curl':
      return `'${text.replace(notInShell, (each) => (each === "'" ? String.raw`'\''` : `'"$(printf '${octal(each)}')"'`))}'`;
    case 'python':
      return `'${text.replace(backslashed, (each) => (each === '"' ? each : escaped(each, (code) => `\\U${hex(code, 8)}`)))}'`;
    case 'r':
      return `'${text.replace(notInR, (each) => escaped(each, (code) => `\\U${hex(code, 8)}`))}'`;
    case 'csharp':
      return `"${text.replace(backslashed, (each) => (each === "'" ? each : escaped(each, pair)))}"`;
    case 'javascript':
      return `'${text.replace(backslashed, (each) => (each === '"' ? each : escaped(each, pair)))}'`;
    case 'powershell':
      return powershell(text);
    default:
      return language satisfies never;
  }
}

/** A text of several lines as a literal with a line for each, the later ones indented by `indent` blanks. */
export function lines(language: Language, text: string, indent: number): string {
  const parts = text.split(/(?<=\n)/).map((line) => literal(language, line));
  if (parts.length <= 1 || language === 'curl') return literal(language, text);
  const between = `\n${' '.repeat(indent)}`;
  switch (language) {
    case 'python':
      return `(${between}${parts.join(between)}${between.slice(0, -4)})`;
    case 'r':
      return `paste0(${between}${parts.join(`,${between}`)}${between.slice(0, -2)})`;
    case 'csharp':
    case 'javascript':
      return `${parts.join(` +${between}`)}`;
    case 'powershell':
      return `(@(${between}${text.split('\n').map(powershell).join(between)}${between.slice(0, -4)}) -join "\`n")`;
    default:
      return language satisfies never;
  }
}

/** What interpreters, editors and debuggers handle when it stands in a comment; a blank in it, and they do not know it. */
const obeyed = /(coding|source(?:Mapping)?URL|\b(?:vim?(?:[<=>]?\d+)?|ex))(?=[:=])/gi;

/** Words for a comment: on one line, with nothing in them that hides or ends it, and nothing that programs take for an order to them. */
export function commentText(words: string): string {
  return words.replace(hiddenOnes, ' ').replace(obeyed, '$1 ').replaceAll('-*-', '- * -').slice(0, 2000);
}

function powershell(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { index, 0: run } of text.matchAll(notInPowershell)) {
    if (index > from) pieces.push(inQuotes(text.slice(from, index)));
    pieces.push(spelled(run));
    from = index + run.length;
  }
  if (from < text.length || pieces.length === 0) pieces.push(inQuotes(text.slice(from)));
  return pieces.length === 1 ? pieces.join('') : `(${pieces.join(' + ')})`;
}

function inQuotes(plain: string): string {
  return `'${plain.replaceAll("'", "''")}'`;
}

function spelled(run: string): string {
  return `"${[...run].map((each) => `\`u{${(each.codePointAt(0) ?? 0).toString(16)}}`).join('')}"`;
}

function escaped(character: string, beyond: (code: number) => string): string {
  switch (character) {
    case '\\':
    case "'":
    case '"':
      return `\\${character}`;
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default: {
      const code = character.codePointAt(0) ?? 0;
      return code > 0xffff ? beyond(code) : `\\u${hex(code, 4)}`;
    }
  }
}

/** A character beyond the first plane as the two units that C# and JavaScript make of it. */
function pair(code: number): string {
  const text = String.fromCodePoint(code);
  return `\\u${hex(text.charCodeAt(0), 4)}\\u${hex(text.charCodeAt(1), 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function octal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
