// What a person does to the form: each change gives a new one.

import { firstCell } from './formCells';
import {
  mostFormCells, mostFormRows, parametersAt, type FormCell, type FormContent, type FormInput, type FormPlace, type TypedKind,
} from './formShape';

/** The form with something else in one field; as it was where there is no such field. */
export function withCell(content: FormContent, { input, row, column }: FormPlace, cell: FormCell): FormContent {
  const { parameters } = content;
  if (input === parametersAt)
    return parameters ? { ...content, parameters: { ...parameters, cells: replaced(parameters.cells, column, () => cell) } } : content;
  // What is kept is a parameter.
  if (cell.state === 'kept') return content;
  return withInput(content, input, (each) => ({
    ...each, rows: replaced(each.rows, row, (cells) => replaced(cells, column, () => cell)),
  }));
}

/** The form with one more row, like the last one; as it was where there is no room for it. */
export function withRow(content: FormContent, input: number): FormContent {
  if (isFull(content, input)) return content;
  return withInput(content, input, (each) => {
    const row = each.rows.at(-1) ?? each.fields.map(({ kind, choices }) => firstCell(kind, choices));
    return { ...each, rows: [...each.rows, row] };
  });
}

/** True where an input has no room for another row. */
export function isFull({ inputs }: FormContent, input: number): boolean {
  const cells = inputs.reduce((sum, { rows, fields }) => sum + rows.length * fields.length, 0);
  const { rows, fields } = inputs[input] ?? { rows: [], fields: [] };
  return rows.length >= mostFormRows || cells + fields.length > mostFormCells;
}

/** The form without a row; the last one stays. */
export function withoutRow(content: FormContent, input: number, row: number): FormContent {
  return withInput(content, input, (each) =>
    each.rows.length < 2 ? each : { ...each, rows: each.rows.filter((_, at) => at !== row) });
}

/** The form with one more column, which has a value in each row; as it was where the columns are not the person's own, or it is there. */
export function withColumn(
  content: FormContent, input: number, { name, kind }: { readonly name: string; readonly kind: TypedKind },
): FormContent {
  return withInput(content, input, (each) => {
    if (!each.open || each.fields.some((field) => field.name === name)) return each;
    const field = { name, kind, help: '', nullable: kind !== 'json', optional: false, own: true, choices: [] };
    const rows = each.rows.length === 0 ? [[]] : each.rows;
    return { ...each, fields: [...each.fields, field], rows: rows.map((row) => [...row, firstCell(kind)]) };
  });
}

/** The form without a column; as it was where the columns are not the person's own. */
export function withoutColumn(content: FormContent, input: number, column: number): FormContent {
  return withInput(content, input, (each) => (each.open ? {
    ...each,
    fields: each.fields.filter((_, at) => at !== column),
    rows: each.rows.map((row) => row.filter((_, at) => at !== column)),
  } : each));
}

function withInput(content: FormContent, input: number, change: (input: FormInput) => FormInput): FormContent {
  return { ...content, inputs: replaced(content.inputs, input, change) };
}

/** The list with another element in one place; as it was where there is no such place. */
function replaced<T>(list: readonly T[], at: number, change: (now: T) => T): readonly T[] {
  const now = list[at];
  if (now === undefined) return list;
  return [...list.slice(0, at), change(now), ...list.slice(at + 1)];
}
