// What the service finds wrong with a policy -> places in the text that was sent.

import type { ArmSaid } from '../../../model/errors';

/** A fault at its place: lines and columns count from 0, in UTF-16 units, as VS Code counts. */
export interface PlacedFault {
  /** The service's own words. */
  readonly message: string;
  /** The words without the place, where that stands in front of them. */
  readonly brief: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** False where the words name no place: it is then the beginning of the text. */
  readonly placed: boolean;
}

/** `Error in element 'cors' on line 2, column 5: …`: .NET counts from 1, and a column is that of the element's name. */
const ofElement = /^Error in element '[^']{1,200}' on line (\d{1,7}), column (\d{1,7}): ?/i;

/** `… Line 9, position 3.` Where several places stand in a sentence, the fault was met at the last one. */
const ofText = /\bline (\d{1,7}),? (?:position|column) (\d{1,7})/gi;

/** The places of faults in the text that was sent, in the order in which the service named them. */
export function placeFaults(said: readonly ArmSaid[], text: string): readonly PlacedFault[] {
  const lines = text.split(/\r\n|\r|\n/);
  return said.map(({ message }) => {
    const [start, elementLine, elementColumn] = ofElement.exec(message) ?? [];
    const last = [...message.matchAll(ofText)].at(-1);
    const brief = start === undefined ? message : message.slice(start.length);
    const [line, column] = start === undefined ? [last?.[1], last?.[2]] : [elementLine, elementColumn];
    if (line === undefined || column === undefined) return { message, brief, ...wholeLine(lines, 0), placed: false };
    const at = Number(line) - 1;
    const found = lines[at];
    // A place behind the end is that of what is missing there.
    if (found === undefined) return { message, brief, ...wholeLine(lines, Math.max(0, lines.length - 1)), placed: true };
    return { message, brief, line: at, ...wordAt(found, Number(column) - 1), placed: true };
  });
}

/** The name at a place of a line; a sign alone where there is none, and the last one where the place is behind the end. */
function wordAt(line: string, named: number): { readonly column: number; readonly length: number } {
  const asked = Math.max(0, Math.min(named, line.length - 1));
  const column = line[asked] === '<' && /[\w/]/.test(line[asked + 1] ?? '') ? asked + 1 : asked;
  const word = /^\/?[\w.:-]{1,200}/.exec(line.slice(column))?.[0] ?? '';
  return { column, length: Math.max(word.length, Math.min(1, line.length)) };
}

function wholeLine(lines: readonly string[], line: number): Pick<PlacedFault, 'line' | 'column' | 'length'> {
  return { line, column: 0, length: lines[line]?.length ?? 0 };
}
