// Secret parameters in a text: dots stand in their place wherever the text is shown, and the values come back where it is sent.

import type { Node } from 'jsonc-parser';
import { parsePlaces } from '../../../base/jsonText';
import { tryParse } from '../../../base/shape';
import { InvalidBody } from '../../../model/errors';
import { looksSecret, mask } from '../../../redaction';

/**
 * The text with the kept values, JSON each by its name, in the place of the dots that global parameters of these names have. Here as below
 * the parameters are in this `member` of the request; undefined where requests have no parameters.
 */
export function withKept(text: string, kept: ReadonlyMap<string, string>, member: string | undefined): string {
  if (!text.includes(mask)) return text;
  return replaced(text, parametersIn(rootOf(text), member).flatMap(({ name, value }) => {
    const json = value.value === mask ? kept.get(name) : undefined;
    return json === undefined ? [] : [{ node: value, by: json }];
  }));
}

/** The text with dots in the place of secret global parameters, and the names of all parameters that have dots in it. */
export function withDots(text: string, member: string | undefined): { readonly text: string; readonly names: readonly string[] } {
  const secrets = parametersIn(rootOf(text), member).filter(({ name, value }) =>
    value.value === mask || isSecretParameter(name, text.slice(value.offset, value.offset + value.length)));
  return {
    text: replaced(text, secrets.map(({ value }) => ({ node: value, by: JSON.stringify(mask) }))),
    names: [...new Set(secrets.map(({ name }) => name))],
  };
}

/** Whether a global parameter, a JSON value, is one that must not be shown. */
export function isSecretParameter(name: string, json: string): boolean {
  const value = tryParse(json);
  if (typeof value === 'number') return looksSecret(name, json);
  return typeof value === 'string' && value !== '' && looksSecret(name, value);
}

/** Where the first value stands that is nothing but dots, and for which nothing is kept; undefined where there is none. */
export function dotsLeft(text: string, kept: ReadonlyMap<string, string>, member: string | undefined): number | undefined {
  if (!text.includes(mask)) return undefined;
  const root = rootOf(text);
  const filled = new Set(parametersIn(root, member).flatMap(({ name, value }) => (kept.has(name) ? [value.offset] : [])));
  const open = root ? [root] : [];
  let first: number | undefined;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { type, value, offset, children = [] } = node;
    if (type === 'string' && value === mask && !filled.has(offset)) first = Math.min(first ?? offset, offset);
    // Names of members are no values.
    open.push(...(type === 'property' ? children.slice(1) : children));
  }
  return first;
}

/** A global parameter, and where its value stands. */
interface Parameter {
  readonly name: string;
  readonly value: Node;
}

function parametersIn(root: Node | undefined, member: string | undefined): readonly Parameter[] {
  return membersOf(root).filter(({ name }) => name === member).flatMap(({ value }) => membersOf(value));
}

function membersOf(node: Node | undefined): readonly Parameter[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    (key && value ? [{ name: String(key.value), value }] : []));
}

/** The text with others in the place of some of its values. */
function replaced(text: string, changes: readonly { readonly node: Node; readonly by: string }[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const { node, by } of [...changes].sort((one, other) => one.node.offset - other.node.offset)) {
    parts.push(text.slice(end, node.offset), by);
    end = node.offset + node.length;
  }
  return [...parts, text.slice(end)].join('');
}

function rootOf(text: string): Node | undefined {
  try {
    return parsePlaces(text, [], 'request');
  } catch (error) {
    // Nested too deeply: what checks the text says so.
    if (error instanceof InvalidBody) return undefined;
    throw error;
  }
}
