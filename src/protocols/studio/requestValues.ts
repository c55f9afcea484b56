// Requests of the contract as values, and back: rows and columns in JSON text, so that no digit is lost on the way.

import * as l10n from '@vscode/l10n';
import { createScanner } from 'jsonc-parser';
import { formatCount } from '../../base/format';
import { JsonCursor } from '../../base/jsonCursor';
import { token } from '../../base/jsonTokens';
import { InvalidBody } from '../../model/errors';
import type { InputValues, MostValues, ParameterValue, ReadValues, RequestValues, RequestValuing } from '../values';
import { readScoreRequest } from './request';

/** Why a request is more than values can hold. Never leaves this file. */
class NoValues extends Error {
  override readonly name = 'NoValues';
}

/** What is read, and how much of it is still allowed. */
interface Reading {
  readonly cursor: JsonCursor;
  readonly most: MostValues;
  cellsLeft: number;
}

const parametersMember = 'GlobalParameters';

/** How requests of the contract are taken apart. */
export const requestValues: RequestValuing = { read: readValues, write: writeValues, parametersMember };

function readValues(text: string, most: MostValues): ReadValues {
  try {
    if (text.length > most.characters)
      throw new NoValues(l10n.t('The request is longer than {0} characters.', formatCount(most.characters)));
    const { json, form } = readScoreRequest(text);
    const reading: Reading = { cursor: new JsonCursor(json), most, cellsLeft: most.cells };
    return { ok: true, values: { form, ...readRoot(reading) }, comments: json !== text && hasComments(text) };
  } catch (error) {
    if (error instanceof NoValues || error instanceof InvalidBody) return { ok: false, sentence: error.message };
    throw error;
  }
}

function hasComments(text: string): boolean {
  const scanner = createScanner(text, false);
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan())
    if (kind === token.lineComment || kind === token.blockComment) return true;
  return false;
}

function readRoot(reading: Reading): Pick<RequestValues, 'inputs' | 'parameters'> {
  const { cursor } = reading;
  let inputs: readonly InputValues[] = [];
  let parameters: readonly ParameterValue[] | undefined;
  for (const name of once(cursor, (again) => l10n.t('The request has "{0}" twice.', again))) {
    if (name === 'Inputs') inputs = readInputs(reading);
    else if (name === parametersMember) parameters = readParameters(cursor);
    else throw new NoValues(l10n.t('The request has the member "{0}", which a form does not hold.', name));
  }
  return { inputs, ...(parameters === undefined ? {} : { parameters }) };
}

/** The names of the members of an object; throws NoValues for one that comes twice. */
function* once(cursor: JsonCursor, twice: (name: string) => string): Generator<string, void, void> {
  const seen = new Set<string>();
  for (const name of cursor.object()) {
    if (seen.has(name)) throw new NoValues(twice(name));
    seen.add(name);
    yield name;
  }
}

function readInputs(reading: Reading): readonly InputValues[] {
  const { cursor } = reading;
  const inputs: InputValues[] = [];
  for (const name of once(cursor, (again) => l10n.t('The request has the input "{0}" twice.', again)))
    inputs.push(cursor.atArray ? readObjects(reading, name) : readTable(reading, name));
  return inputs;
}

function readObjects(reading: Reading, input: string): InputValues {
  const { cursor } = reading;
  const columns = new Map<string, number>();
  const rows: (string | undefined)[][] = [];
  if (cursor.enterArray()) {
    do {
      checkRoom(reading, input, rows.length + 1, 0);
      const row: (string | undefined)[] = [];
      const at = rows.length + 1;
      for (const name of once(cursor, (again) => l10n.t('Row {0} of "{1}" has the column "{2}" twice.', formatCount(at), input, again))) {
        const index = columns.get(name) ?? columns.size;
        columns.set(name, index);
        row[index] = readCell(cursor, () => nestedCell(at, input, name));
      }
      rows.push(row);
    } while (cursor.another());
  }
  checkRoom(reading, input, rows.length, columns.size);
  // A row that ends early leaves out the columns that only later rows have.
  return { name: input, columns: [...columns.keys()], rows: rows.map((row) => Array.from({ length: columns.size }, (_, at) => row[at])) };
}

function readTable(reading: Reading, input: string): InputValues {
  const { cursor } = reading;
  let columns: readonly string[] = [];
  let cells: string[][] = [];
  const nested: { readonly row: number; readonly column: number }[] = [];
  for (const name of once(cursor, (again) => l10n.t('The input "{0}" has "{1}" twice.', input, again))) {
    if (name === 'ColumnNames') columns = list(cursor, () => cursor.cell() ?? '');
    else if (name === 'Values') cells = list(cursor, (row) => {
      checkRoom(reading, input, row, 0);
      return list(cursor, (column) => readCell(cursor, () => {
        nested.push({ row, column });
        return undefined;
      }) ?? 'null');
    });
    else throw new NoValues(l10n.t('The input "{0}" has the member "{1}", which a form does not hold.', input, name));
  }
  // The names of the columns may stand behind the values.
  const [first] = nested;
  if (first) throw new NoValues(nestedCell(first.row, input, columns[first.column - 1] ?? ''));
  checkRoom(reading, input, cells.length, columns.length);
  return { name: input, columns, rows: cells };
}

/** The elements of the array under the cursor; they are counted from 1. */
function list<T>(cursor: JsonCursor, element: (at: number) => T): T[] {
  const elements: T[] = [];
  if (cursor.enterArray()) do elements.push(element(elements.length + 1)); while (cursor.another());
  return elements;
}

function readParameters(cursor: JsonCursor): readonly ParameterValue[] {
  if (!cursor.atObject) throw new NoValues(l10n.t('"GlobalParameters" is no object.'));
  const parameters: ParameterValue[] = [];
  for (const name of once(cursor, (again) => l10n.t('The request has the global parameter "{0}" twice.', again))) {
    const sentence = (): string => l10n.t('The global parameter "{0}" is a list or an object, which a form does not hold.', name);
    parameters.push({ name, json: readCell(cursor, sentence) ?? 'null' });
  }
  return parameters;
}

/** A value as JSON text. `nested` says why a list or an object is refused, or nothing where that is told later. */
function readCell(cursor: JsonCursor, nested: () => string | undefined): string | undefined {
  if (!cursor.atScalar) {
    const sentence = nested();
    if (sentence !== undefined) throw new NoValues(sentence);
    cursor.skip();
    return undefined;
  }
  const text = cursor.peekString();
  const source = cursor.cell();
  return text === undefined ? (source ?? 'null') : JSON.stringify(text);
}

function nestedCell(row: number, input: string, column: string): string {
  const at = formatCount(row);
  return l10n.t('Row {0} of "{1}" has a list or an object in the column "{2}", which a form does not hold.', at, input, column);
}

function checkRoom(reading: Reading, input: string, rows: number, columns: number): void {
  const { most } = reading;
  if (rows > most.rows)
    throw new NoValues(l10n.t('The input "{0}" has more than {1} rows: a file holds them better.', input, formatCount(most.rows)));
  reading.cellsLeft -= Math.max(rows, 1) * columns;
  if (reading.cellsLeft < 0)
    throw new NoValues(l10n.t('The request has more than {0} values: a file holds them better.', formatCount(most.cells)));
}

function writeValues({ form, inputs, parameters }: RequestValues): string {
  const written = object(inputs.map((input) => [input.name, form === 'rows' ? objects(input) : table(input)]));
  const global = parameters === undefined ? '' : `,"${parametersMember}":${object(parameters.map(({ name, json }) => [name, json]))}`;
  return `{"Inputs":${written}${global}}`;
}

function objects({ columns, rows }: InputValues): string {
  const written = rows.map((row) => object(columns.flatMap((name, at) => {
    const json = row[at];
    return json === undefined ? [] : [[name, json] as const];
  })));
  return `[${written.join(',')}]`;
}

/** A cell that is left out has no place in a table: it is a missing value there. */
function table({ columns, rows }: InputValues): string {
  const values = rows.map((row) => `[${columns.map((_, at) => row[at] ?? 'null').join(',')}]`);
  return `{"ColumnNames":${JSON.stringify(columns)},"Values":[${values.join(',')}]}`;
}

function object(members: readonly (readonly [name: string, json: string])[]): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}
