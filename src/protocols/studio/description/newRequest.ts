// A description -> the text of a request with all inputs, columns and parameters in it, and what is known of each beside it.

import * as l10n from '@vscode/l10n';
import { columnNotes, typeName, valueFor } from '../../columnFacts';
import type { DescribedColumn, DescribedPort, ServiceDescription } from '../../description';

/** A line of comment is about so long at most, in UTF-16 units. */
const lineLength = 80;

/** A row of cells that is not longer stands on one line. */
const shortRow = 100;

/** What is not named otherwise. */
const unnamed: DescribedPort = {
  name: 'input1',
  rows: [['"value1"', '"value2"']],
  columns: ['column1', 'column2'].map((name) => ({ name, nullable: false, required: false, choices: [], moreChoices: 0 })),
};

/** Writes a request, JSON with comments; without a description of inputs, its shape. */
export function writeRequest(form: string, description: ServiceDescription | undefined, remarks: readonly string[]): string {
  const known = description?.request === 'inputs';
  const inputs = known ? description.inputs : [unnamed];
  const parameters = known ? description.parameters : [];
  return [
    ...remarks.flatMap(comment),
    ...(known ? [] : comment(l10n.t(
      'Put in the names of the inputs and columns of your service. "GlobalParameters" takes a member for each parameter, and may be empty.',
    ))),
    '{',
    ...block('  ', '"Inputs": {', inputs.map((port) => inputLines(port, form)), '},'),
    ...block('  ', '"GlobalParameters": {', parameters.map(parameterLines), '}'),
    '}',
    '',
  ].join('\n');
}

function parameterLines(column: DescribedColumn): readonly Line[] {
  return [beside(`    ${JSON.stringify(column.name)}: ${valueFor(column)}`, column)];
}

/** A sentence as lines of comment. What comes from outside ends no comment: it has no line breaks any more. */
export function comment(sentence: string): readonly string[] {
  const lines: string[] = [];
  let line = '//';
  for (const word of oneLine(sentence).split(' ')) {
    if (line.length > 2 && line.length + word.length >= lineLength) {
      lines.push(line);
      line = '//';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** A line of JSON, and a comment for whoever fills it in. `last` is false where a comma has to follow. */
interface Line {
  readonly json: string;
  readonly note: string;
}

function beside(json: string, column: DescribedColumn): Line {
  return { json, note: [typeName(column), ...columnNotes(column)].filter((note) => note !== '').join('; ') };
}

/** Several members or elements between brackets, with commas between them that stand in front of comments. */
function block(indent: string, open: string, parts: readonly (readonly Line[])[], close: string): readonly string[] {
  if (parts.length === 0) return [`${indent}${open}${close}`];
  return [`${indent}${open}`, ...separated(parts), `${indent}${close}`];
}

function separated(parts: readonly (readonly Line[])[]): readonly string[] {
  return parts.flatMap((lines, part) => lines.map(({ json, note }, index) => {
    const comma = part < parts.length - 1 && index === lines.length - 1 ? ',' : '';
    const words = oneLine(note);
    return `${json}${comma}${words === '' ? '' : ` // ${words}`}`;
  }));
}

function inputLines(port: DescribedPort, form: string): readonly Line[] {
  const given = port.rows.length === 0 ? [port.columns.map(() => undefined)] : port.rows;
  const rows = given.map((row) => port.columns.map((column, index) => row[index] ?? valueFor(column)));
  const name = JSON.stringify(port.name);
  return form === 'table' ? tableLines(name, port, rows) : rowLines(name, port, rows);
}

/** What is known of the columns stands beside those of the first row. */
function rowLines(name: string, { columns }: DescribedPort, rows: readonly (readonly string[])[]): readonly Line[] {
  const objects = rows.map((row, index): readonly Line[] => {
    const cells = row.map((cell, at): Line => {
      const column = columns[at];
      const json = `        ${JSON.stringify(column?.name)}: ${cell}`;
      return column && index === 0 ? beside(json, column) : { json, note: '' };
    });
    return bracketed('      ', '{', cells, '}');
  });
  return [plainLine(`    ${name}: [`), ...separated(objects).map(plainLine), plainLine('    ]')];
}

function tableLines(name: string, { columns }: DescribedPort, rows: readonly (readonly string[])[]): readonly Line[] {
  const names = columns.map((column) => beside(`        ${JSON.stringify(column.name)}`, column));
  const lists = rows.map((row): readonly Line[] => {
    const short = `        [${row.join(', ')}]`;
    if (short.length <= shortRow) return [plainLine(short)];
    return bracketed('        ', '[', row.map((cell, at) => ({ json: `          ${cell}`, note: columns[at]?.name ?? '' })), ']');
  });
  return [
    plainLine(`    ${name}: {`),
    ...bracketed('      ', '"ColumnNames": [', names, '],'),
    plainLine('      "Values": ['),
    ...separated(lists).map(plainLine),
    plainLine('      ]'),
    plainLine('    }'),
  ];
}

function bracketed(indent: string, open: string, lines: readonly Line[], close: string): readonly Line[] {
  return block(indent, open, lines.map((line) => [line]), close).map(plainLine);
}

function plainLine(json: string): Line {
  return { json, note: '' };
}

/** Without what ends a line, in an editor or for a reader of JSON, and without marks that turn the direction of what follows. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
