// Schemas of a description: what type they are of, which members and elements they have, and what a value of them may be.

import * as l10n from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import type { DescribedBound, DescribedColumn } from '../../description';
import type { DescriptionDocument } from './document';

/** So many parts of one schema are put together. */
const mostParts = 50;

/** Of arrays in arrays so many are told. */
const deepest = 8;

/** So many of the values that a column may have are kept. */
const mostChoices = 100;

/** So many columns of one input or output are read. */
export const mostColumns = 50_000;

const scalars: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean']);

/** A schema: the object that says it, and those that it is put together from. */
export interface Schema {
  readonly parts: readonly Node[];
  /** `undefined` where it does not say. */
  readonly type: string | undefined;
  readonly nullable: boolean;
}

/** What was read once, however often it is referred to. A node is of one document only. */
const schemas = new WeakMap<Node, { readonly schema: Schema | undefined }>();
const propertiesOfSchemas = new WeakMap<object, ReadonlyMap<string, Node>>();

/** Reads a schema; undefined where there is none, and noted where it is no schema. */
export function readSchema(document: DescriptionDocument, node: Node | undefined): Schema | undefined {
  const target = document.resolve(node);
  if (!target) return undefined;
  const known = schemas.get(target);
  if (known) return known.schema;
  const schema = putTogether(document, target);
  schemas.set(target, { schema });
  return schema;
}

function putTogether(document: DescriptionDocument, node: Node): Schema | undefined {
  const parts: Node[] = [];
  const seen = new Set<Node>();
  let nullable = false;
  const gather = (each: Node | undefined): void => {
    const part = document.resolve(each);
    if (!part || seen.has(part) || parts.length >= mostParts) return;
    if (part.type !== 'object') {
      // `true` is the schema of anything.
      if (part.value !== true) document.note(part, l10n.t('A schema is expected here.'));
      return;
    }
    seen.add(part);
    parts.push(part);
    for (const all of elementsOf(document, document.member(part, 'allOf'))) gather(all);
    for (const name of ['oneOf', 'anyOf']) {
      const choices = elementsOf(document, document.member(part, name));
      const real = choices.filter((choice) => document.member(choice, 'type')?.value !== 'null');
      nullable ||= real.length < choices.length;
      if (real.length > 1) document.note(document.member(part, name), l10n.t('It may be one of several things; the first is taken.'));
      gather(real[0]);
    }
  };
  gather(node);
  if (parts.length === 0) return undefined;
  const { type, orNull } = typeOf(document, parts);
  const says = (name: string): boolean => memberOf(document, { parts }, name)?.value === true;
  nullable ||= orNull || ['nullable', 'x-nullable', 'x-ms-isnullable'].some(says);
  return { parts, type, nullable };
}

/** The elements of a list; none where there are too many to go through them. */
function elementsOf(document: DescriptionDocument, list: Node | undefined): readonly Node[] {
  const elements = list?.children ?? [];
  return document.budget.take('steps', elements.length) ? elements : [];
}

/** The member of a schema by its name, from whichever part says it first. */
export function memberOf(document: DescriptionDocument, { parts }: Pick<Schema, 'parts'>, name: string): Node | undefined {
  for (const part of parts) {
    const found = document.member(part, name);
    if (found) return found;
  }
  return undefined;
}

/** The members of an object that a schema describes, with what each is to be. */
export function propertiesOf(document: DescriptionDocument, schema: Schema): ReadonlyMap<string, Node> {
  const known = propertiesOfSchemas.get(schema);
  if (known) return known;
  const all = mergedProperties(document, schema);
  propertiesOfSchemas.set(schema, all);
  return all;
}

function mergedProperties(document: DescriptionDocument, { parts }: Schema): ReadonlyMap<string, Node> {
  const all = new Map<string, Node>();
  for (const part of parts) {
    const properties = document.resolve(document.member(part, 'properties'));
    if (!properties) continue;
    if (properties.type !== 'object') document.note(properties, l10n.t('An object with a member for each name is expected here.'));
    const members = document.members(properties);
    if (!document.budget.take('steps', members.size)) continue;
    for (const [name, value] of members) if (!all.has(name)) all.set(name, value);
  }
  return all;
}

/** The schema of an array's elements. */
export function itemsOf(document: DescriptionDocument, schema: Schema): Schema | undefined {
  const items = memberOf(document, schema, 'items');
  return readSchema(document, items?.type === 'array' ? items.children?.[0] : items);
}

/** The type with brackets for each array, such as `integer[][]`, and the format of what is in them. */
export function typeText(
  document: DescriptionDocument,
  schema: Schema | undefined,
): { readonly type?: string; readonly format?: string } {
  let brackets = '';
  let at = schema;
  let outer: string | undefined;
  while (at?.type === 'array' && brackets.length < 2 * deepest) {
    outer ??= document.textOf(memberOf(document, at, 'format'));
    brackets += '[]';
    at = itemsOf(document, at);
  }
  const format = (at && document.textOf(memberOf(document, at, 'format'))) ?? outer;
  const type = brackets === '' ? at?.type : `${at?.type ?? ''}${brackets}`;
  return { ...(type === undefined ? {} : { type }), ...(format === undefined ? {} : { format }) };
}

/** Reads the columns of a row, or the parameters of a request: as many as there is room for. */
export function readColumns(document: DescriptionDocument, row: Schema): readonly DescribedColumn[] {
  const required = new Set(elementsOf(document, memberOf(document, row, 'required')).map(({ value }): unknown => value));
  const columns: DescribedColumn[] = [];
  for (const [name, node] of propertiesOf(document, row)) {
    if (columns.length >= mostColumns || !takeColumn(document, name)) break;
    columns.push(readColumn(document, { name, node, required: required.has(name) }));
  }
  return columns;
}

/** Takes the room for one column; false where there is none. */
export function takeColumn({ budget }: DescriptionDocument, name: string): boolean {
  return budget.take('columns') && budget.take('characters', name.length);
}

/** A name, what says what it is, and whether it has to be there. */
interface NamedNode {
  readonly name: string;
  readonly node: Node;
  readonly required: boolean;
}

function readColumn(document: DescriptionDocument, { name, node, required }: NamedNode): DescribedColumn {
  const schema = readSchema(document, node);
  if (!schema) return { name, nullable: false, required, choices: [], moreChoices: 0 };
  if (schema.type !== undefined && !scalars.has(schema.type)) {
    document.note(node, schema.type === 'array' || schema.type === 'object'
      ? l10n.t('A column holds texts, numbers, true or false; this one is described as "{0}".', schema.type)
      : l10n.t('The type "{0}" is not known.', schema.type));
  }
  const own = (member: string): Node | undefined => memberOf(document, schema, member);
  const choices = own('enum');
  if (choices && choices.type !== 'array') document.note(choices, l10n.t('A list of values is expected here.'));
  const values = choices?.type === 'array' ? (choices.children ?? []) : [];
  const kept = values.slice(0, mostChoices).flatMap((value) => document.jsonOf(value) ?? []);
  const optional = {
    ...typeText(document, schema),
    least: boundOf(document, own('minimum'), own('exclusiveMinimum'), Math.sign),
    greatest: boundOf(document, own('maximum'), own('exclusiveMaximum'), (difference) => -Math.sign(difference)),
    default: document.jsonOf(own('default')),
    example: document.jsonOf(own('example') ?? own('examples')?.children?.[0] ?? own('x-example')),
    about: document.textOf(own('description')),
  };
  const { type = '', format = '', about = '' } = optional;
  if (!document.budget.take('characters', type.length + format.length + about.length))
    return { name, nullable: schema.nullable, required, choices: [], moreChoices: values.length };
  return { name, nullable: schema.nullable, required, choices: kept, moreChoices: values.length - kept.length, ...given(optional) };
}

/**
 * One end of a range. What excludes it is true beside it in the older versions, and a number of its own in the newer ones; where both are
 * numbers, the narrower one counts. `order` is positive for a difference that leads into the range.
 */
function boundOf(
  document: DescriptionDocument, including: Node | undefined, excluding: Node | undefined, order: (difference: number) => number,
): DescribedBound | undefined {
  const number = (node: Node | undefined): string | undefined => {
    if (node && node.type !== 'number' && node.type !== 'boolean') document.note(node, l10n.t('A number is expected here.'));
    return node?.type === 'number' ? document.jsonOf(node) : undefined;
  };
  const [own, other] = [number(including), number(excluding)];
  if (other !== undefined && (own === undefined || order(Number(other) - Number(own)) >= 0)) return { value: other, exclusive: true };
  return own === undefined ? undefined : { value: own, exclusive: excluding?.value === true };
}

/** Without the members that are undefined. */
function given<T extends object>(parts: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const kept: { [Name in keyof T]?: Exclude<T[Name], undefined> } = {};
  return Object.assign(kept, Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)));
}

function typeOf(document: DescriptionDocument, parts: readonly Node[]): { readonly type: string | undefined; readonly orNull: boolean } {
  const node = memberOf(document, { parts }, 'type');
  const said = node?.type === 'array' ? elementsOf(document, node) : node ? [node] : [];
  const names = said.flatMap((each) => document.textOf(each) ?? []);
  if (names.length < said.length) document.note(node, l10n.t('The name of a type is expected here.'));
  const real = names.filter((name) => name !== 'null');
  if (real.length > 1) document.note(node, l10n.t('It may be one of several things; the first is taken.'));
  const [first] = real;
  const known = first?.toLowerCase();
  // The platform's own word for a type begins with a capital in some documents.
  const type = known !== undefined && scalars.has(known) ? known : first;
  const shape = (name: string): boolean => memberOf(document, { parts }, name) !== undefined;
  const guessed = shape('properties') ? 'object' : shape('items') ? 'array' : undefined;
  return { type: type ?? guessed, orNull: real.length < names.length };
}
