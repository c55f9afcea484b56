// Reads the body of a scoring call, in the table form or the row-object form, into the texts to hash.

import type { Definition } from './definition';
import { isObject, kindOf, parseJson } from './json';
import { badArgument, badData } from './problem';
import type { Form } from './query';

/** Returns one text per row, null where the cell is null. Numbers and booleans become their text. Throws the Problem to answer with. */
export function readTexts(body: Buffer, form: Form, definition: Definition): (string | null)[] {
  const value = readInput(body, definition);
  return form === 'rows' ? readRowObjects(value, definition) : readTable(value, definition);
}

function readInput(body: Buffer, { input }: Definition): unknown {
  if (body.every((byte) => byte <= 0x20)) throw badArgument('RequestIsEmpty', 'The request has no body.');
  const json = parseJson(body);
  if (!json) throw badArgument('RequestBodyInvalid', 'The body of the request is not JSON in UTF-8.');
  if (!isObject(json.value)) throw badArgument('RequestBodyInvalid', `The body must be a JSON object, not ${kindOf(json.value)}.`);

  const { Inputs: inputs, GlobalParameters: parameters } = json.value;
  if (inputs === undefined || inputs === null) {
    throw badArgument('MissingRequestInput', `The body has no 'Inputs'. The service expects the input '${input.name}'.`);
  }
  if (!isObject(inputs)) throw badArgument('RequestBodyInvalid', `'Inputs' must be an object, not ${kindOf(inputs)}.`);
  const strange = Object.keys(inputs).filter((name) => name !== input.name);
  if (strange.length > 0) {
    throw badArgument('InvalidInputNames', `The service has no input named ${quoted(strange)}. Its input is '${input.name}'.`);
  }
  const value = inputs[input.name];
  if (value === undefined || value === null) throw badArgument('MissingRequestInput', `The input '${input.name}' is missing.`);

  if (parameters !== undefined && parameters !== null) {
    if (!isObject(parameters)) throw badArgument('RequestBodyInvalid', `'GlobalParameters' must be an object, not ${kindOf(parameters)}.`);
    const names = Object.keys(parameters);
    if (names.length > 0) throw badArgument('UnexpectedParameter', `The service has no global parameter named ${quoted(names)}.`);
  }
  return value;
}

function readTable(value: unknown, { input }: Definition): (string | null)[] {
  const { name, column } = input;
  if (!isObject(value)) {
    const hint = Array.isArray(value) ? ' Row objects are read with format=swagger in the query.' : '';
    throw badData('InputParseError', `The input '${name}' must be an object with ColumnNames and Values, not ${kindOf(value)}.${hint}`);
  }
  const { ColumnNames: names, Values: rows } = value;
  if (!Array.isArray(names))
    throw badData('InputParseError', `'ColumnNames' of the input '${name}' must be an array, not ${kindOf(names)}.`);
  if (!Array.isArray(rows)) throw badData('InputParseError', `'Values' of the input '${name}' must be an array, not ${kindOf(rows)}.`);
  names.forEach((each: unknown, index) => {
    if (typeof each !== 'string')
      throw badData('InputParseError', `Name ${index + 1} in 'ColumnNames' must be a string, not ${kindOf(each)}.`);
    if (each !== column) throw badData('InputMismatchError', unknownColumn(each, input));
  });
  if (names.length === 0) throw badData('InputMismatchError', `The column '${column}' of the input '${name}' is missing.`);
  if (names.length > 1)
    throw badData('InputMismatchError', `The column '${column}' of the input '${name}' is named ${names.length} times.`);

  return rows.map((row: unknown, index) => {
    if (!Array.isArray(row))
      throw badData('InputParseError', `Row ${index + 1} of the input '${name}' must be an array, not ${kindOf(row)}.`);
    if (row.length !== names.length) {
      throw badData(
        'InputParseError',
        `Row ${index + 1} of the input '${name}' has ${cells(row.length)}, but there are ${names.length} column names.`,
      );
    }
    return readCell(row[0], index, input);
  });
}

function readRowObjects(value: unknown, { input }: Definition): (string | null)[] {
  const { name, column } = input;
  if (!Array.isArray(value)) {
    const hint = isObject(value) && 'ColumnNames' in value ? ' A table is read without format=swagger in the query.' : '';
    throw badData('InputParseError', `The input '${name}' must be an array of row objects, not ${kindOf(value)}.${hint}`);
  }
  return value.map((row: unknown, index) => {
    if (!isObject(row)) throw badData('InputParseError', `Row ${index + 1} of the input '${name}' must be an object, not ${kindOf(row)}.`);
    const strange = Object.keys(row).find((each) => each !== column);
    if (strange !== undefined) throw badData('InputMismatchError', `Row ${index + 1}: ${unknownColumn(strange, input)}`);
    // A row may leave out what it has no value for.
    return Object.hasOwn(row, column) ? readCell(row[column], index, input) : null;
  });
}

function readCell(cell: unknown, index: number, { name, column }: Definition['input']): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  throw badData(
    'InputParseError',
    `Row ${index + 1}, column '${column}' of the input '${name}' must be of type String, not ${kindOf(cell)}.`,
  );
}

function unknownColumn(column: string, input: Definition['input']): string {
  return `The input '${input.name}' has no column named '${column}'. Its column is '${input.column}'.`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

function cells(count: number): string {
  return count === 1 ? '1 cell' : `${count} cells`;
}
