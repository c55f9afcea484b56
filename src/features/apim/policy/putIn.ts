// Puts elements into a policy document, indented as the document is: every other character stays as it is.

import { inbounds } from './limits';
import { textIn, type PolicyText, type TextRange } from './policyText';

/** A part of the text that is replaced; an empty range is where something is put in. */
export interface TextChange {
  readonly range: TextRange;
  readonly before: string;
  readonly after: string;
}

/**
 * Puts elements into the inbound section: `first` behind its `<base />`, where what follows comes after them, or `last`. An element is
 * its text, with LF and two blanks for each level. A change for each, in their order; undefined where there is no place for them.
 */
export function putIn(policy: PolicyText, elements: readonly string[], where: 'first' | 'last'): readonly TextChange[] | undefined {
  if (elements.length === 0) return [];
  const { text, roots } = policy;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const change = (range: TextRange, after: (element: string, index: number) => string): readonly TextChange[] =>
    elements.map((element, index) => ({
      range: index === 0 ? range : { start: range.end, end: range.end },
      before: index === 0 ? textIn(text, range) : '',
      after: after(element, index),
    }));
  const last = elements.length - 1;
  const [inbound] = inbounds(roots);
  if (!inbound) {
    const root = roots.find(({ name, closeTag }) => name === 'policies' && closeTag);
    if (!root) return undefined;
    const outer = indentBefore(text, root.children[0]?.tag.start) ?? `${newLine}${unit(text)}`;
    const inner = `${outer}${unit(text)}`;
    return change({ start: root.tag.end, end: root.tag.end }, (element, index) => {
      const begin = index === 0 ? `${outer}<inbound>${inner}<base />` : '';
      return `${begin}${inner}${indented(text, element, inner)}${index === last ? `${outer}</inbound>` : ''}`;
    });
  }
  const outer = indentBefore(text, inbound.tag.start);
  const inner = outer === undefined ? '' : `${outer}${unit(text)}`;
  if (!inbound.closeTag) {
    // <inbound /> has to be opened: its end is what is replaced.
    const { end } = inbound.tag;
    const start = trimmedEnd(text, end - 2);
    return change({ start, end }, (element, index) =>
      `${index === 0 ? '>' : ''}${inner}${indented(text, element, inner)}${index === last ? `${outer ?? ''}</inbound>` : ''}`);
  }
  const base = inbound.children.find(({ name }) => name === 'base');
  const end = inbound.children.at(-1);
  const behind = where === 'first' ? base : end;
  const after = behind ? (behind.closeTag ?? behind.tag).end : inbound.tag.end;
  // Behind all that stands before the closing tag, comments too.
  const at = where === 'last' && end ? trimmedEnd(text, inbound.closeTag.start) : after;
  const before = indentBefore(text, behind?.tag.start ?? inbound.children[0]?.tag.start) ?? inner;
  // Where the closing tag follows at once, it goes to its own line.
  const close = inbound.children.length === 0 && at === inbound.closeTag.start ? outer ?? '' : '';
  return change({ start: at, end: at }, (element, index) => `${before}${indented(text, element, before)}${index === last ? close : ''}`);
}

/** An element's text as it stands in a document, at a place that has these characters before it. */
export function indented(text: string, element: string, before: string): string {
  const own = unit(text);
  // Where all of a document is one line, an element is, too.
  const [newLine = '', blanks = ''] = /^(\r?\n)?([ \t]*)$/.exec(before)?.slice(1) ?? [];
  return element.split('\n').map((line, index) => {
    if (index === 0) return line;
    const level = (line.length - line.trimStart().length) / 2;
    return newLine === '' ? line.trimStart() : `${newLine}${blanks}${own.repeat(level)}${line.trimStart()}`;
  }).join('');
}

/** The line end and the blanks before a place; undefined where something else stands before it on its line. */
export function indentBefore(text: string, at: number | undefined): string | undefined {
  if (at === undefined) return undefined;
  let from = at;
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from -= 1;
  if (text[from - 1] !== '\n') return from === 0 ? `${text.includes('\r\n') ? '\r\n' : '\n'}${text.slice(from, at)}` : undefined;
  const lineEnd = text[from - 2] === '\r' ? '\r\n' : '\n';
  return `${lineEnd}${text.slice(from, at)}`;
}

/** The text with its changes, which are in the order of their places. */
export function applied(text: string, changes: readonly TextChange[]): string {
  let [result, from] = ['', 0];
  for (const { range, after } of changes) {
    result += text.slice(from, range.start) + after;
    from = range.end;
  }
  return result + text.slice(from);
}

/** What one more level is indented by in this document. */
function unit(text: string): string {
  return /\n(\t| {1,8})</.exec(text)?.[1] ?? '  ';
}

function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (/\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}
