// A request as a person wrote it -> what is sent: comments removed, shape checked, every complaint with its place in the text.

import type { Node, ParseError } from 'jsonc-parser';
import { InvalidBody, type Place } from '../../model/errors';
import { child, count, describe, members, moved, notJson, parsePlaces, slice, toStrictJson } from '../../base/jsonText';
import { isArray, isObject, member } from '../../base/shape';

/** The two shapes of an RRS request (contract 2.1): `table` has ColumnNames and Values, `rows` has an array of row objects. */
export type RequestForm = 'table' | 'rows';

/** A request that can be sent. */
export interface ScoreRequest {
  readonly form: RequestForm;
  /** Strict JSON, the person's own text wherever it was strict already: numbers keep their digits. */
  readonly json: string;
}

/** The form of a request that was read before. */
export function formIn({ form }: { readonly form?: string }): RequestForm {
  return form === 'rows' ? 'rows' : 'table';
}

const noun = 'request';

/** Reads the text of a request, JSON with or without comments. Throws InvalidBody, which names what is wrong and where. */
export function readScoreRequest(source: string): ScoreRequest {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const shift = source.length - text.length;
  try {
    return readStrict(text) ?? readSlowly(text);
  } catch (error) {
    throw error instanceof InvalidBody ? moved(error, shift) : error;
  }
}

/**
 * The same request with its row objects turned into ColumnNames and Values, for gateways that know only that form. Throws InvalidBody where
 * it is nested too deeply, and where the rows have so little in common that the table would be many times as long.
 */
export function toTableForm(json: string): string {
  const root = parsePlaces(json, [], noun);
  const inputs = root && child(root, 'Inputs');
  if (!root || inputs?.type !== 'object') return json;
  const parts = members(root).map(([name, value]) => {
    if (value !== inputs) return `${JSON.stringify(name)}:${slice(json, value)}`;
    const ports = members(inputs).map(
      ([port, rows]) => `${JSON.stringify(port)}:${rows.type === 'array' ? rowsToTable(json, rows) : slice(json, rows)}`,
    );
    return `"Inputs":{${ports.join(',')}}`;
  });
  return `{${parts.join(',')}}`;
}

/** A table of so many cells may be as empty as it likes; a larger one has at most so many cells for each that is given. */
const freeCells = 200_000;
const mostSparse = 20;

function rowsToTable(json: string, rows: Node): string {
  const columns = new Map<string, number>();
  for (const row of rows.children ?? []) for (const [name] of members(row)) if (!columns.has(name)) columns.set(name, columns.size);
  const cellCount = columns.size * (rows.children?.length ?? 0);
  const given = (rows.children ?? []).reduce((sum, row) => sum + (row.children?.length ?? 0), 0);
  if (cellCount > freeCells && cellCount > mostSparse * given) {
    throw new InvalidBody(
      { sentence: 'The rows have so few columns in common that they make no table.', advice: 'Give every row the same columns.' },
      { offset: rows.offset, length: 1 },
    );
  }
  const values = (rows.children ?? []).map((row) => {
    // A column that a row leaves out is a missing value.
    const cells = new Array<string>(columns.size).fill('null');
    for (const [name, value] of members(row)) {
      const index = columns.get(name);
      if (index !== undefined) cells[index] = slice(json, value);
    }
    return `[${cells.join(',')}]`;
  });
  return `{"ColumnNames":${JSON.stringify([...columns.keys()])},"Values":[${values.join(',')}]}`;
}

/** The fast way, for text that is strict JSON of a good shape; undefined when the slow way has to say what is wrong. */
function readStrict(text: string): ScoreRequest | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const inputs = member(body, 'Inputs');
  if (!isObject(inputs)) return undefined;
  const forms = new Set<RequestForm>();
  for (const input of Object.values(inputs)) {
    if (isArray(input) && input.every(isObject)) {
      forms.add('rows');
      continue;
    }
    const names = member(input, 'ColumnNames');
    const values = member(input, 'Values');
    if (!isArray(names) || !names.every((name) => typeof name === 'string') || !isArray(values)) return undefined;
    if (!values.every((row) => isArray(row) && row.length === names.length)) return undefined;
    forms.add('table');
  }
  if (forms.size > 1) return undefined;
  return { form: forms.has('rows') ? 'rows' : 'table', json: text };
}

/** Reads with positions: removes comments and trailing commas, or throws with the place that is wrong. */
function readSlowly(text: string): ScoreRequest {
  if (text.trim() === '') {
    throw new InvalidBody(
      { sentence: 'The request is empty.', advice: 'Write a JSON request with "Inputs", or start from the sample request.' },
      { offset: 0, length: 0 },
    );
  }
  const errors: ParseError[] = [];
  const root = parsePlaces(text, errors, noun);
  const first = errors[0];
  if (first) throw notJson(text, first, noun);
  if (!root || root.type !== 'object') throw notRequest(root, 'An RRS request is a JSON object with "Inputs".');
  const inputs = child(root, 'Inputs');
  if (!inputs) throw notRequest(root, missingInputs(root), { offset: root.offset, length: 1 });
  if (inputs.type !== 'object') throw notRequest(inputs, '"Inputs" has to be an object with one member for each input, such as "input1".');
  const checked = members(inputs).map(([name, input]) => checkInput(name, input));
  const odd = checked.find((input) => input.form !== checked[0]?.form);
  if (odd)
    throw notRequest(odd.node, 'All inputs of one request have to use the same form: either "ColumnNames" and "Values", or row objects.');
  return { form: checked[0]?.form ?? 'table', json: toStrictJson(text) };
}

function checkInput(name: string, input: Node): { node: Node; form: RequestForm } {
  if (input.type === 'array') {
    const odd = input.children?.findIndex((row) => row.type !== 'object') ?? -1;
    const row = input.children?.[odd];
    if (row)
      throw notRequest(row, `Row ${odd + 1} of "${name}" is ${describe(row)}; each row has to be an object with a member for each column.`);
    return { node: input, form: 'rows' };
  }
  if (input.type !== 'object')
    throw notRequest(
      input,
      `Input "${name}" is ${describe(input)}; it has to hold "ColumnNames" and "Values", or be an array of row objects.`,
    );
  const names = child(input, 'ColumnNames');
  const values = child(input, 'Values');
  const isReference = child(input, 'ConnectionString') !== undefined || child(input, 'RelativeLocation') !== undefined;
  for (const exact of isReference ? [] : [...(names ? [] : ['ColumnNames']), ...(values ? [] : ['Values'])]) {
    const [written, node] = members(input).find(([each]) => each.toLowerCase() === exact.toLowerCase()) ?? [];
    if (written !== undefined)
      throw notRequest(node, `Input "${name}" has ${JSON.stringify(written)}, but the member has to be called "${exact}" exactly.`);
  }
  if (!names && !values && !isReference) {
    throw notRequest(input, `Input "${name}" has neither "ColumnNames" and "Values" nor an array of row objects.`);
  }
  if (!names && !values)
    throw notRequest(
      input,
      `Input "${name}" points to a file in blob storage: this is the body of a batch job (BES), not of a request (RRS).`,
    );
  if (!names) throw notRequest(input, `Input "${name}" has "Values" and no "ColumnNames".`);
  if (!values) throw notRequest(input, `Input "${name}" has "ColumnNames" and no "Values".`);
  if (names.type !== 'array') throw notRequest(names, `"ColumnNames" of "${name}" has to be an array of names.`);
  const oddName = names.children?.find((column) => column.type !== 'string');
  if (oddName)
    throw notRequest(oddName, `"ColumnNames" of "${name}" holds ${describe(oddName)}; each name has to be text in double quotes.`);
  if (values.type !== 'array') throw notRequest(values, `"Values" of "${name}" has to be an array of rows.`);
  const width = names.children?.length ?? 0;
  (values.children ?? []).forEach((row, index) => {
    if (row.type !== 'array')
      throw notRequest(row, `Row ${index + 1} of "${name}" is ${describe(row)}; in "Values" each row has to be an array.`);
    const cells = row.children?.length ?? 0;
    if (cells !== width)
      throw notRequest(
        row,
        `Row ${index + 1} of "${name}" has ${count(cells, 'value')}, but there ${width === 1 ? 'is' : 'are'} ` +
        `${count(width, 'column name')}.`,
      );
  });
  return { node: input, form: 'table' };
}

function missingInputs(root: Node): string {
  if (child(root, 'Input'))
    return 'This is the body of a batch job (BES), which has "Input"; a request (RRS) has "Inputs" with rows in it.';
  if (child(root, 'Instance'))
    return (
      'This is a request of the contract\'s first version ("Instance"), which is no longer spoken; write the row under ' +
      '"Inputs" instead.'
    );
  const near = members(root).find(([name]) => name.toLowerCase().replace(/s$/, '') === 'input');
  if (near) return `The request has "${near[0]}", but the member has to be called "Inputs" exactly.`;
  return 'The request has no "Inputs".';
}

function notRequest(node: Node | undefined, sentence: string, place?: Place): InvalidBody {
  return new InvalidBody(
    { sentence, advice: 'A request looks like {"Inputs": {"input1": {"ColumnNames": ["a"], "Values": [["1"]]}}, "GlobalParameters": {}}.' },
    place ?? { offset: node?.offset ?? 0, length: node?.length ?? 0 },
  );
}
