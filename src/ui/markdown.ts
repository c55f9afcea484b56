// Tooltips in Markdown, in which nothing that came from outside is taken for markup.

import * as vscode from 'vscode';
import { withoutTurns } from '../base/directions';

/** A paragraph of Markdown. Only `md` and `code` make one. */
class Markup {
  constructor(readonly text: string) {}
}

export type { Markup };

/** Tooltips: paragraphs; what is undefined is left out. */
export function markdown(...paragraphs: readonly (Markup | undefined)[]): vscode.MarkdownString {
  return new vscode.MarkdownString(paragraphs.flatMap((paragraph) => (paragraph === undefined ? [] : [paragraph.text])).join('\n\n'));
}

/** The tag of a template that is written in Markdown: values stand in it as they are, whatever is in them. */
export function md(template: TemplateStringsArray, ...values: readonly (string | number | Markup)[]): Markup {
  return new Markup(template.map((part, index) => (index === 0 ? part : `${escaped(values[index - 1] ?? '')}${part}`)).join(''));
}

/** A table: its head, and a cell for each name in every row. */
export function table(names: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return new Markup([line(names), `|${':--|'.repeat(names.length)}`, ...rows.map(line)].join('\n'));
}

/** Text as code. */
export function code(text: string): Markup {
  // An empty line would end the paragraph, and the code with it.
  return new Markup(`\`${oneLine(text).replaceAll('`', "'")}\``);
}

/** Text that Markdown shows as it is. */
function escaped(value: string | number | Markup): string {
  // Of the punctuation none is left out: a colon or an @ alone makes addresses into links.
  return value instanceof Markup ? value.text : oneLine(String(value)).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Lines of a name would begin lists, headings and code. */
function oneLine(text: string): string {
  return withoutTurns(text).replace(/\s+/g, ' ').trim();
}
