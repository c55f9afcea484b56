// Values of a request <-> the form: what kind of field each column gets, by the description where there is one, else by its values.

import { columnNotes, typeName, valueFor } from '../../../protocols/columnFacts';
import type { DescribedColumn, ServiceDescription } from '../../../protocols/description';
import type { InputValues, RequestValues } from '../../../protocols/values';
import { cellOf, fits, jsonKind, jsonOf } from './formCells';
import type { FieldKind, FormCell, FormContent, FormField } from './formShape';

/** The name of an input that nothing is known of. */
const firstInput = 'input1';

/** The values of a request that a description is an example of: one row of each input. */
export function describedValues({ inputs, parameters }: ServiceDescription, shape: string): RequestValues {
  return {
    form: shape,
    inputs: inputs.map(({ name, columns, rows: [row = []] }) => ({
      name, columns: columns.map((column) => column.name), rows: [columns.map((column, at) => row[at] ?? valueFor(column))],
    })),
    parameters: parameters.map((column) => ({ name: column.name, json: valueFor(column) })),
  };
}

/** The values of a request of which nothing is known: one row that has no columns yet. */
export function emptyValues(shape: string): RequestValues {
  return { form: shape, inputs: [{ name: firstInput, columns: [], rows: [[]] }], parameters: [] };
}

/**
 * The form for values, with what a description says of their columns. `kept` are the names of secret parameters whose value is kept,
 * `typed` the columns that were typed in.
 */
export function contentOf(
  { form, inputs, parameters }: RequestValues, description: ServiceDescription | undefined, kept: ReadonlySet<string> = new Set(),
  typed: ReadonlySet<string> = new Set(),
): FormContent {
  const known = description?.request === 'inputs' ? description : undefined;
  return {
    shape: form,
    inputs: inputs.map((input) => {
      const port = known?.inputs.find(({ name }) => name === input.name);
      const open = (port?.columns.length ?? 0) === 0;
      const fields = fieldsOf(input, port?.columns ?? [], form === 'rows')
        .map((field) => (open && typed.has(typedColumn(input.name, field.name)) ? { ...field, own: true } : field));
      return {
        name: input.name, fields, open,
        rows: input.rows.map((row) => fields.map(({ kind }, at) => cellOf(kind, row[at]))),
      };
    }),
    ...(parameters === undefined ? {} : { parameters: parametersOf(parameters, known?.parameters ?? [], kept) }),
  };
}

/** What stands for a column that was typed in, among those of all inputs. */
export function typedColumn(input: string, column: string): string {
  return JSON.stringify([input, column]);
}

function parametersOf(
  parameters: NonNullable<RequestValues['parameters']>, described: readonly DescribedColumn[], kept: ReadonlySet<string>,
): NonNullable<FormContent['parameters']> {
  const fields = parameters.map(({ name, json }) =>
    fieldOf({ name, values: [json], column: described.find((each) => each.name === name), isPartial: false, mayMiss: false }));
  const cells = parameters.map(({ name, json }, at): FormCell =>
    kept.has(name) ? { state: 'kept' } : cellOf(fields[at]?.kind ?? 'json', json));
  return { fields, cells };
}

function fieldsOf({ columns, rows }: InputValues, described: readonly DescribedColumn[], mayMiss: boolean): readonly FormField[] {
  const byName = new Map(described.map((column) => [column.name, column]));
  // Where nothing is said to be required, it is not said either that the others may be left out.
  const isPartial = described.some(({ required }) => required);
  return columns.map((name, at) =>
    fieldOf({ name, values: rows.map((row) => row[at]), column: byName.get(name), isPartial, mayMiss }));
}

/** A column with its values, undefined where it is left out, and what is known of it. */
interface Column {
  readonly name: string;
  readonly values: readonly (string | undefined)[];
  readonly column: DescribedColumn | undefined;
  /** True where a description says which columns have to be there. */
  readonly isPartial: boolean;
  /** True where the shape of the request lets a row leave out a column. */
  readonly mayMiss: boolean;
}

function fieldOf({ name, values, column, isPartial, mayMiss }: Column): FormField {
  const there = values.flatMap((json) => json ?? []);
  const wanted = column ? kindOf(column) : commonKind(there);
  const kind = there.every((json) => fits(wanted, json)) ? wanted : 'json';
  return {
    name, kind, help: column ? helpOf(column) : '',
    nullable: kind !== 'json' && (column === undefined || column.nullable || column.choices.includes('null') || there.includes('null')),
    optional: mayMiss && (there.length < values.length || (column !== undefined && isPartial && !column.required)),
    choices: kind === 'choice' ? (column?.choices ?? []).filter((choice) => choice !== 'null') : [],
    ...(column?.least ? { least: column.least } : {}), ...(column?.greatest ? { greatest: column.greatest } : {}),
  };
}

/** The kind of field for what a description says of a column. */
function kindOf({ type, format, choices, moreChoices }: DescribedColumn): FieldKind {
  // Of a longer list only the beginning is known.
  if (choices.length > 0 && moreChoices === 0 && choices.every((choice) => jsonKind(choice) !== 'other')) return 'choice';
  switch (type) {
    case 'string':
      return format === 'date' ? 'date' : format === 'date-time' ? 'dateTime' : 'text';
    case 'integer':
    case 'number':
    case 'boolean':
      return type;
    case undefined:
      return 'text';
    default:
      return 'json';
  }
}

/** The kind that all values have that are not null. */
function commonKind(values: readonly string[]): FieldKind {
  const [first = 'text', ...others] = new Set(values.filter((json) => json !== 'null').map(jsonKind));
  return others.length > 0 || first === 'other' || first === 'null' ? 'json' : first;
}

function helpOf(column: DescribedColumn): string {
  // The field itself offers what is allowed, and lets it be null.
  const notes = columnNotes({ ...column, choices: [], moreChoices: 0, nullable: false });
  return [typeName(column), ...notes].filter((note) => note !== '').join('; ');
}

/** The values that stand in a form; undefined where one of them is no JSON. `secrets` are the values of parameters that are kept. */
export function valuesOf({ shape, inputs, parameters }: FormContent, secrets: ReadonlyMap<string, string>): RequestValues | undefined {
  let wrong = false;
  const read = ({ kind }: FormField, cell: FormCell | undefined): string | undefined => {
    const outcome = jsonOf(kind, cell ?? { state: 'absent' });
    wrong ||= outcome === 'wrong';
    return outcome === 'wrong' ? undefined : outcome.json;
  };
  const values = {
    form: shape,
    inputs: inputs.map(({ name, fields, rows }) => ({
      name, columns: fields.map((field) => field.name), rows: rows.map((row) => fields.map((field, at) => read(field, row[at]))),
    })),
    ...(parameters === undefined ? {} : {
      parameters: parameters.fields.flatMap((field, at) => {
        const cell = parameters.cells[at];
        const json = cell?.state === 'kept' ? secrets.get(field.name) : read(field, cell);
        return json === undefined ? [] : [{ name: field.name, json }];
      }),
    }),
  };
  return wrong ? undefined : values;
}
