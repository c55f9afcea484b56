// Inputs and outputs of a description: their columns, from the schema or else from the example, and the rows of the example.

import * as l10n from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import type { DescribedColumn, DescribedPort } from '../../description';
import type { DescriptionDocument } from './document';
import { names } from './names';
import { itemsOf, memberOf, propertiesOf, readColumns, readSchema, typeText, type Schema } from './schema';

/** So many inputs or outputs are read. */
const mostPorts = 200;

/** So many columns of one. */
const mostColumns = 50_000;

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

/** The parts of a request or an answer of another shape, named by where they stand in it. */
export function readOtherParts(document: DescriptionDocument, schema: Schema, name = '', depth = 0): readonly DescribedPort[] {
  const properties = propertiesOf(document, schema);
  if (properties.size > 0 && depth < deepest) {
    return [...properties].slice(0, mostPorts).flatMap(([each, node]) => {
      const inner = readSchema(document, node);
      const whole = name === '' ? each : `${name}.${each}`;
      return inner ? readOtherParts(document, inner, whole, depth + 1) : [{ name: whole, columns: [], rows: [] }];
    });
  }
  const items = schema.type === 'array' ? itemsOf(document, schema) : undefined;
  const columns = items && propertiesOf(document, items).size > 0 ? otherColumns(document, items) : [];
  return [{ name, ...typeText(document, schema), columns, rows: [] }];
}

/** Where a description keeps what it refers to. */
export function definitions(document: DescriptionDocument): Node | undefined {
  return document.member(document.root, 'definitions') ?? document.member(document.member(document.root, 'components'), 'schemas');
}

/** Columns of a shape in which a column may be a list or an object, too. */
function otherColumns(document: DescriptionDocument, row: Schema): readonly DescribedColumn[] {
  return [...propertiesOf(document, row)].slice(0, mostColumns).map(([name, node]) => {
    const own = readSchema(document, node);
    return { name, ...typeText(document, own), nullable: own?.nullable ?? false, required: false, choices: [], moreChoices: 0 };
  });
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
  const known = new Set(described.map((column) => column.name));
  const more = [...new Set(rows.flatMap((each) => [...each.keys()]))].filter((each) => !known.has(each));
  if (described.length === 0 && node)
    document.note(node, more.length > 0
      ? l10n.t('No columns of "{0}" are described here; those of the example are taken.', name)
      : l10n.t('No columns of "{0}" are described here.', name));
  else if (described.length > 0 && more.length > 0) {
    const named = more.slice(0, 5).map((each) => JSON.stringify(each)).join(', ');
    document.note(example, l10n.t('The example has columns that are not described: {0}.', named));
  }
  const columns = [...described, ...more.map(ofExample)];
  if (columns.length > mostColumns)
    document.note(node, l10n.t('There are {0} columns; the first {1} are read.', columns.length, mostColumns));
  const kept = columns.slice(0, mostColumns);
  return { name, ...typeText(document, own), columns: kept, rows: rows.map((each) => kept.map((column) => each.get(column.name))) };
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
    if (json === undefined) document.note(node, l10n.t('This is no value.'));
    else row.set(name, json);
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
