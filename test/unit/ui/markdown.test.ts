// Tooltips in Markdown: whatever a name holds, it is shown as it is.

import { expect, it, vi } from 'vitest';
import { code, markdown, md, table } from '../../../src/ui/markdown';

vi.mock('vscode', () => ({ MarkdownString: class { constructor(readonly value: string) {} } }));

const shown = (...paragraphs: readonly (ReturnType<typeof md> | undefined)[]): string => markdown(...paragraphs).value;

it.each([
  '[a](command:x)', '![a](https://h.example/x.png)', '<https://h.example>', 'https://h.example/x', 'www.h.example', 'me@h.example', '<b>a</b>', '&lt;b&gt;', '**a**', '_a_', '~~a~~', '`a`', '$(bug)', '# a', '- a', '1. a', '=== a', 'a | b', '[a]: https://h.example', '"a"', '\\[a](b)',
])('escapes what is markup: %s', (text) => {
  const punctuation = /[!-/:-@[-`{-~]/;
  const left = shown(md`${text}`).replace(/\\[!-/:-@[-`{-~]/g, '');
  expect(left).not.toMatch(punctuation);
  expect(shown(md`${text}`).replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(text);
});

it('keeps names on their line: no list, heading, code or paragraph begins in them', () => {
  expect(shown(md`Name: ${'a\n\n# b\r\n    c\u2028d'}`)).toBe('Name: a \\# b c d');
  expect(shown(code('a\n\n[b](command:c)'))).toBe('`a [b](command:c)`');
});

it('lets nothing out of code', () => {
  expect(shown(code('a` [b](command:c) `'))).toBe("`a' [b](command:c) '`");
});

it('keeps what is written in the template, and what is markup already', () => {
  expect(shown(md`**${'a*b'}**: ${code('c')} ${3}`, undefined, md`x`)).toBe('**a\\*b**: `c` 3\n\nx');
});

it('keeps the cells of a table in their places', () => {
  expect(shown(table(['Job', ''], [['a|b', 'c\nd']]))).toBe('| Job |  |\n|:--|:--|\n| a\\|b | c d |');
});
