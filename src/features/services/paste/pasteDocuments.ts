// Parts a pasted text into the environments and collections in it, which are JSON, and the rest.

import { isNameMember, isValueMember } from '../../../base/pasted/pasteLines';
import { readJson, type JsonPair } from '../../../base/pasted/pasteJson';
import { isArray, isObject, member, tryParse } from '../../../base/shape';

/** The names and values of each document of a text, and the text without them. */
export interface Parts {
  readonly documents: readonly (readonly JsonPair[])[];
  readonly rest: string;
}

const mostDocuments = 20;
const mostFailures = 40;

/** Parts a text that is not one document; without any document of its kind, the rest is the whole text. Never throws. */
export function partsOf(text: string): Parts {
  const documents: JsonPair[][] = [];
  const rest: string[] = [];
  let failures = 0;
  let at = 0;
  let asked = false;
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at);
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    const line = text.slice(at, next);
    const mayBegin = /^[ \t]{0,8}(?:\{(?!\{)|\[)/.test(line) && documents.length < mostDocuments && failures < mostFailures;
    const end = mayBegin ? documentEnd(text, at) : undefined;
    const pairs = end === undefined ? undefined : pairsOf(text.slice(at, end), asked);
    if (end !== undefined && pairs !== undefined) {
      // Every document has a number space of its own for its requests.
      const first = (documents.length + 1) * 1_000_000;
      documents.push(pairs.map((pair) => (pair.scope === undefined ? pair : { ...pair, scope: first + pair.scope })));
      at = end;
      continue;
    }
    if (mayBegin) failures += 1;
    if (/^(?:GET|POST|PUT|PATCH|DELETE) \S/.test(line)) asked = true;
    rest.push(line);
    at = next;
  }
  return documents.length === 0 ? { documents, rest: text } : { documents, rest: rest.join('') };
}

/** The offset behind the bracket that closes the first one; undefined when something follows it on its line, or it stays open. */
function documentEnd(text: string, from: number): number | undefined {
  let depth = 0;
  let inText = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (inText && sign === '\\') at += 1;
    else if (sign === '"') inText = !inText;
    else if (inText) continue;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    if (depth > 0 || inText || !/[}\]]/.test(sign)) continue;
    return /^[ \t]{0,80}(?:\r?\n|$)/.test(text.slice(at + 1, at + 100)) ? at + 1 : undefined;
  }
  return undefined;
}

/** What a document defines; undefined for one of any other kind, such as the body of a request. `asked` when a request stands above. */
function pairsOf(text: string, asked: boolean): JsonPair[] | undefined {
  const value = tryParse(text);
  const all = isArray(value) ? value : [value];
  const isOne = all.some((one) => isEnvironment(one) || isCollection(one) || isVariable(one)) || (!asked && isNamedSets(value));
  const document = isOne ? readJson(text) : undefined;
  return document?.kind === 'pairs' ? definingPairs(value, document.pairs) : undefined;
}

/** A bare list of names and values defines variables like that of an environment. */
function definingPairs(value: unknown, pairs: readonly JsonPair[]): JsonPair[] {
  const defines = isNamedSets(value) || (isArray(value) && value.some(isVariable));
  return pairs.map((pair) => (defines ? { ...pair, variable: true } : pair));
}

function isVariable(value: unknown): boolean {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  return names.some(isNameMember) && names.some(isValueMember);
}

function isEnvironment(value: unknown): boolean {
  return ['values', 'variable', 'variables', 'data'].some((name) => {
    const list = member(value, name);
    return isArray(list) && list.some(isVariable);
  });
}

function isCollection(value: unknown): boolean {
  return (isObject(member(value, 'info')) && isArray(member(value, 'item'))) || isArray(member(member(value, 'log'), 'entries'));
}

/** Environments by their names, each with its variables: `{"dev": {"host": "…"}}`. */
function isNamedSets(value: unknown): boolean {
  if (!isObject(value)) return false;
  const sets = Object.values(value);
  return sets.length > 0 && sets.every((set) => isObject(set) && Object.values(set).every((each) => typeof each === 'string'));
}
