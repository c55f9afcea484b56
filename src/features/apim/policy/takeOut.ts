// Takes an element or an attribute out of a policy document: with the line that it has for itself, and with the blanks before it.

import { textIn, type PolicyAttribute, type PolicyElement, type PolicyText, type TextRange } from './policyText';
import { indentBefore, type TextChange } from './putIn';

/** Takes out an element: its line too, where nothing else stands on it. */
export function takeOut({ text }: PolicyText, { tag, closeTag }: PolicyElement): TextChange {
  return removal(text, ownLine(text, { start: tag.start, end: (closeTag ?? tag).end }));
}

/** Takes out an attribute with the white space before it. */
export function takeOutAttribute({ text }: PolicyText, { range }: PolicyAttribute): TextChange {
  let { start } = range;
  while (/\s/.test(text.charAt(start - 1))) start -= 1;
  return removal(text, { start, end: range.end });
}

function removal(text: string, range: TextRange): TextChange {
  return { range, before: textIn(text, range), after: '' };
}

/** The range with the line end before it and the blanks around it, where it is alone on its lines; else as it is. */
function ownLine(text: string, { start, end }: TextRange): TextRange {
  const before = indentBefore(text, start);
  let behind = end;
  while (text[behind] === ' ' || text[behind] === '\t') behind += 1;
  const endsLine = behind === text.length || text[behind] === '\n' || (text[behind] === '\r' && text[behind + 1] === '\n');
  // At the beginning of the document there is no line end to take.
  if (before === undefined || !endsLine || start < before.length) return { start, end };
  return { start: start - before.length, end: behind };
}
