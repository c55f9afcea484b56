// Tooltips in Markdown, in which nothing that came from outside is taken for markup.

import * as vscode from 'vscode';

/** Paragraphs; empty ones are left out. */
export function markdown(...paragraphs: readonly string[]): vscode.MarkdownString {
  return new vscode.MarkdownString(paragraphs.filter((paragraph) => paragraph !== '').join('\n\n'));
}

/** Text that Markdown shows as it is. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~$]/g, '\\$&');
}

/** Text inside backticks. */
export function code(text: string): string {
  return text.replaceAll('`', "'");
}
