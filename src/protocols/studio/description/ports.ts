// Inputs and outputs of a description: their columns, from the schema or else from the example, and the rows of the example.

import * as l10n from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import { valueFor } from '../../columnFacts';
import type { DescribedColumn, DescribedPort } from '../../description';
import type { DescriptionDocument } from './document';
import { names } from './names';
import { itemsOf, memberOf, mostColumns, propertiesOf, readColumns, readSchema, takeColumn, typeText, type Schema } from './schema';

/** So many inputs or outputs are read. */
const mostPorts = 200;

/** So many rows of an example are kept. */
const mostRows = 20;

/** So deep objects in objects are gone into. */
const deepest = 3;

/** The ports under "Inputs" or "Results": `schema` describes that object, `example` is one. */
export function readPorts(document: DescriptionDocument, schema: Schema | undefined, example: Node | undefined): readonly DescribedPort[] {
  const described = schema ? propertiesOf(document, schema) : new Map<string, Node>();
  const examples = example ? document.members(example) : new Map<string, Node>();
  const all = [...new Set([...described.keys(), ...examples.keys()])];
  if (all.length > mostPorts)
    document.note(undefined, l10n.t('There are {0} inputs or outputs; the first {1} are read.', all.length, mostPorts));
  return all.slice(0, mostPorts).map((name) => {
    const node = described.get(name);
    const own = readSchema(document, node);
    // One definition for each port is what such documents have, whether or not it is referred to.
    const row = (own && rowOf(document, own)) ?? readSchema(document, document.member(definitions(document), `${name}Item`));
    return portOf(document, { name, node, own, row, example: examples.get(name) });
  });
}

/** The parts of a request or an answer of another shape, named by where they stand in it: as many as there is room for. */
export function readOtherParts(document: DescriptionDocument, schema: Schema): readonly DescribedPort[] {
  const found: DescribedPort[] = [];
  addOtherParts(document, found, { schema, name: '', depth: 0 });
  return found;
}

/** A part that is gone into. */
interface OtherPart {
  readonly schema: Schema | undefined;
  readonly name: string;
  readonly depth: number;
}

/** Adds what a part is made of; false once there is no room for more. */
function addOtherParts(document: DescriptionDocument, found: DescribedPort[], { schema, name, depth }: OtherPart): boolean {
  const properties = schema && propertiesOf(document, schema);
  if (properties && properties.size > 0 && depth < deepest) {
    let count = 0;
    for (const [each, node] of properties) {
      if (count >= mostPorts) break;
      count += 1;
      const whole = name === '' ? each : `${name}.${each}`;
      if (!addOtherParts(document, found, { schema: readSchema(document, node), name: whole, depth: depth + 1 })) return false;
    }
    return true;
  }
  if (!document.budget.take('ports') || !document.budget.take('characters', name.length)) return false;
  found.push(schema ? otherPart(document, schema, name) : { name, columns: [], rows: [] });
  return true;
}

function otherPart(document: DescriptionDocument, schema: Schema, name: string): DescribedPort {
  const items = schema.type === 'array' ? itemsOf(document, schema) : undefined;
  const columns = items && propertiesOf(document, items).size > 0 ? otherColumns(document, items) : [];
  return { name, ...typeText(document, schema), columns, rows: [] };
}

/** Where a description keeps what it refers to. */
export function definitions(document: DescriptionDocument): Node | undefined {
  return document.member(document.root, 'definitions') ?? document.member(document.member(document.root, 'components'), 'schemas');
}

/** Columns of a shape in which a column may be a list or an object, too. */
function otherColumns(document: DescriptionDocument, row: Schema): readonly DescribedColumn[] {
  const columns: DescribedColumn[] = [];
  for (const [name, node] of propertiesOf(document, row)) {
    if (columns.length >= mostColumns || !takeColumn(document, name)) break;
    const own = readSchema(document, node);
    columns.push({ name, ...typeText(document, own), nullable: own?.nullable ?? false, required: false, choices: [], moreChoices: 0 });
  }
  return columns;
}

/** What is known of a port before its columns are put together. */
interface PortParts {
  readonly name: string;
  readonly node: Node | undefined;
  readonly own: Schema | undefined;
  readonly row: Schema | undefined;
  readonly example: Node | undefined;
}

function portOf(document: DescriptionDocument, { name, node, own, row, example }: PortParts): DescribedPort {
  const rows = example ? rowsOf(document, example) : [];
  const described = row ? readColumns(document, row) : [];
  const known = row ? propertiesOf(document, row) : new Map<string, Node>();
  const more = [...new Set(rows.flatMap((each) => [...each.keys()]))].filter((each) => !known.has(each));
  if (known.size === 0 && node)
    document.note(node, more.length > 0
      ? l10n.t('No columns of "{0}" are described here; those of the example are taken.', name)
      : l10n.t('No columns of "{0}" are described here.', name));
  else if (known.size > 0 && more.length > 0) {
    const named = more.slice(0, 5).map((each) => JSON.stringify(each)).join(', ');
    document.note(example, l10n.t('The example has columns that are not described: {0}.', named));
  }
  const columns = [...described];
  for (const each of more) {
    if (columns.length >= mostColumns || !takeColumn(document, each)) break;
    columns.push(ofExample(each));
  }
  if (known.size + more.length > mostColumns)
    document.note(node, l10n.t('There are {0} columns; the first {1} are read.', known.size + more.length, mostColumns));
  // What a row does not have is written with the column's name and value into each row of a request.
  const cost = columns.reduce((sum, column) => sum + column.name.length + valueFor(column).length, 0);
  const kept = rows.filter(() => document.budget.take('characters', cost));
  return { name, ...typeText(document, own), columns, rows: kept.map((each) => columns.map((column) => each.get(column.name))) };
}

/** The schema of one row: of a list of rows, or of a port that is described as the row itself. */
function rowOf(document: DescriptionDocument, port: Schema): Schema | undefined {
  const items = port.type === 'array' ? itemsOf(document, port) : port;
  return items && propertiesOf(document, items).size > 0 && !isTable(document, items) ? items : undefined;
}

/** True for a port in the form of names and rows: its columns are in no schema. */
function isTable(document: DescriptionDocument, schema: Schema): boolean {
  const members = propertiesOf(document, schema);
  return members.has(names.columnNames) && members.has(names.values);
}

function ofExample(name: string): DescribedColumn {
  return { name, nullable: false, required: false, choices: [], moreChoices: 0 };
}

/** The rows of an example: a list of objects, one object, or names with rows. */
function rowsOf(document: DescriptionDocument, example: Node): readonly ReadonlyMap<string, string>[] {
  const columnNames = document.member(example, names.columnNames);
  const values = document.member(example, names.values);
  if (columnNames && values) {
    const columns = (columnNames.children ?? []).map(({ value }) => String(value));
    return (values.children ?? []).slice(0, mostRows).map((row) => cellsOf(document, (row.children ?? []).flatMap((cell, index) => {
      const column = columns[index];
      return column === undefined ? [] : [[column, cell] as const];
    })));
  }
  const rows = example.type === 'array' ? (example.children ?? []) : [example];
  return rows.slice(0, mostRows).flatMap((row) => {
    if (row.type === 'object') return [cellsOf(document, document.members(row))];
    document.note(row, l10n.t('A row with a value for each column is expected here.'));
    return [];
  });
}

function cellsOf(document: DescriptionDocument, cells: Iterable<readonly [string, Node]>): ReadonlyMap<string, string> {
  const row = new Map<string, string>();
  for (const [name, node] of cells) {
    const json = document.jsonOf(node);
    if (json !== undefined) row.set(name, json);
    else if (!document.budget.isCut) document.note(node, l10n.t('This is no value.'));
  }
  return row;
}

/** The example that a schema, or what holds it, gives. */
export function exampleOf(document: DescriptionDocument, schema: Schema | undefined, holder: Node | undefined): Node | undefined {
  const [first] = [...(document.resolve(document.member(holder, 'examples'))?.children ?? [])];
  // Each of OpenAPI's named examples has its value in a member of its own.
  const named = first?.type === 'property' ? document.member(document.resolve(first.children?.[1]), 'value') : undefined;
  const own = schema && (memberOf(document, schema, 'example') ?? memberOf(document, schema, 'examples')?.children?.[0] ??
    memberOf(document, schema, 'x-example'));
  return document.resolve(document.member(holder, 'example') ?? named ?? own);
}
