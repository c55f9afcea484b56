// Reads a pasted text that is JSON by its structure: the members tell what is a name and what is a value, never their order.

import { toStrictJson } from '../jsonText';
import { readDescription } from './pasteDescription';
import { isNameMember, isValueMember } from './pasteLines';
import { plainName } from './pasteSecrets';
import { filledText, isArray, isObject, member, tryParse, type JsonObject } from '../shape';

/** One name with its value, as a document tells it; `role` is what the value is by its place where the name does not say so. */
export interface JsonPair {
  readonly name: string;
  readonly value: string;
  readonly role?: string;
  /** True for one that defines a variable. */
  readonly variable: boolean;
  /** The number of the innermost object with an address that the pair stands in. */
  readonly scope?: number;
  /** True for the address of a request. */
  readonly called?: true;
}

/** What a document tells: its names and values, or the text of the program that it holds. */
export type JsonDocument =
  | { readonly kind: 'pairs'; readonly pairs: readonly JsonPair[] }
  | { readonly kind: 'program'; readonly text: string };

const mostPairs = 20_000;
const mostDepth = 64;
const longestValue = 2048;
// Answers, bodies, scripts and words about a request hold no address and no key of the person's.
const passedOver = new Set([
  'response', 'responses', 'body', 'postdata', 'event', 'events', 'script', 'scripts', 'tests', 'description', 'documentation',
  'schema', 'ref', 'example', 'examples',
  'security', 'securitydefinitions', 'securityschemes', 'definitions', 'globalparameters', 'inputdata', 'rows', 'cookies', 'cookie',
  // Of a batch job's body: storage is no service.
  'connectionstring', 'baselocation', 'relativelocation', 'sasblobtoken',
]);
const variableHolder = /^(?:variables?|values|environments?|(?:restclient)?environmentvariables|data|vars|globals|secrets?|shared|env)$/;

/** Reads a text that is JSON, be it with comments or commas too many; undefined for any other text. Never throws. */
export function readJson(text: string): JsonDocument | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (!/^[{[]/.test(trimmed)) return undefined;
  const value = tryParse(trimmed) ?? lenient(trimmed);
  if (!isObject(value) && !isArray(value)) return undefined;
  const program = programOf(value);
  if (program !== undefined) return { kind: 'program', text: program };
  const described = readDescription(value);
  if (described !== undefined) return { kind: 'pairs', pairs: described.map((pair) => ({ ...pair, variable: false })) };
  const walk = new Walk();
  walk.value(value, '', false, 0);
  return { kind: 'pairs', pairs: walk.pairs };
}

function lenient(text: string): unknown {
  // Only what begins and ends like JSON is worth a second reading.
  if (!/[}\]]$/.test(text) || !/^[[{]\s*(?:["[{\]}]|\/[/*])/.test(text)) return undefined;
  return tryParse(toStrictJson(text));
}

/** The code of a notebook, which is JSON around a program. */
function programOf(value: unknown): string | undefined {
  const cells = member(value, 'cells');
  if (!isArray(cells)) return undefined;
  const sources = cells.filter((cell) => member(cell, 'cell_type') !== 'markdown').map((cell) => member(cell, 'source'));
  const linesOf = (source: unknown): readonly unknown[] => (isArray(source) ? source : [source]);
  const textOf = (source: unknown): string => linesOf(source).filter((line) => typeof line === 'string').join('');
  const lines = sources.map(textOf);
  return lines.some((line) => line !== '') ? lines.join('\n') : undefined;
}

/** Walks over a document and collects its names and values. */
class Walk {
  readonly pairs: JsonPair[] = [];
  private scopes = 0;
  private scope: number | undefined;
  private isRequest = false;

  value(value: unknown, name: string, variable: boolean, depth: number): void {
    if (depth > mostDepth || this.pairs.length >= mostPairs) return;
    if (isArray(value)) this.array(value, name, variable, depth);
    else if (isObject(value)) this.object(value, name, variable, depth);
    else if (typeof value === 'string' || typeof value === 'number') this.text(String(value), name, variable, depth);
  }

  private add(name: string, value: string, variable: boolean, role?: string): void {
    if (value.length > longestValue || value.trim() === '') return;
    const called = this.isRequest && /^(?:url|uri)$/i.test(name) ? { called: true as const } : {};
    const scope = this.scope === undefined ? {} : { scope: this.scope };
    this.pairs.push({ name, value: value.trim(), variable, ...(role === undefined ? {} : { role }), ...scope, ...called });
  }

  private text(value: string, name: string, variable: boolean, depth: number): void {
    if (/^headers?$/i.test(name) && value.includes(':')) {
      for (const line of value.split('\n')) this.headerLine(line);
      return;
    }
    // Settings may hold a document of their own.
    const inner = /^\s*[{[]\s*["{[]/.test(value) ? tryParse(value) : undefined;
    if (inner !== undefined) this.value(inner, name, variable, depth + 1);
    else if (!value.trim().includes('\n')) this.add(name, value, variable);
  }

  private headerLine(line: string): void {
    const colon = line.indexOf(':');
    if (colon > 0) this.add(line.slice(0, colon).trim(), line.slice(colon + 1), false);
  }

  private array(list: readonly unknown[], name: string, variable: boolean, depth: number): void {
    const [first, second] = list;
    if (list.length === 2 && typeof first === 'string' && typeof second === 'string' && depth > 0 && /^[\w-]{1,80}$/.test(first)) {
      if (!/^[A-Z][\w-]{0,60}$/.test(second)) this.add(first, second, variable);
      return;
    }
    for (const each of list) {
      const entry = typeof each === 'string' ? /^([A-Za-z_][\w.-]{0,80})=(.*)$/.exec(each) : null;
      if (entry !== null) this.add(entry[1] ?? '', entry[2] ?? '', true);
      else if (typeof each === 'string' && /^headers?$/i.test(name)) this.headerLine(each);
      else this.value(each, name, variable, depth + 1);
    }
  }

  private object(object: JsonObject, name: string, variable: boolean, depth: number): void {
    if (isOff(object)) return;
    if (!hasAddress(object)) return this.members(object, name, variable, depth);
    const { scope, isRequest } = this;
    this.scopes += 1;
    this.scope = this.scopes;
    this.isRequest = isCall(object);
    this.members(object, name, variable, depth);
    this.scope = scope;
    this.isRequest = isRequest;
  }

  private members(object: JsonObject, name: string, variable: boolean, depth: number): void {
    const members = Object.entries(object);
    const named = members.find(([each, value]) => isNameMember(each) && typeof value === 'string');
    const isDefault = ([each]: readonly [string, unknown]): boolean => /^(?:default|current|initial)_?value$/i.test(each);
    const valued = members.find(([each]) => isValueMember(each)) ?? members.find(isDefault);
    if (valued !== undefined && (named !== undefined || (name !== '' && !isObject(valued[1]) && !isArray(valued[1])))) {
      const own = named === undefined ? name : String(named[1]);
      if (isObject(valued[1]) || isArray(valued[1])) this.value(valued[1], own, variable, depth + 1);
      else this.text(String(valued[1] ?? ''), own, variable, depth);
      return;
    }
    // A parameter or a security scheme of a description: it tells a name and has no value.
    if (typeof member(object, 'in') === 'string') return;
    const bearer = /^bearer$/i.test(filledText(member(object, 'type') ?? member(object, 'authType') ?? member(object, 'mode')) ?? '');
    for (const [each, value] of members) this.member(each, value, variable, bearer, depth);
  }

  private member(name: string, value: unknown, variable: boolean, bearer: boolean, depth: number): void {
    const plain = plainName(name);
    if (passedOver.has(plain) || (/^inputs?$/.test(plain) && !isRequest(value))) return;
    if (plain === 'token' && bearer && typeof value === 'string') return this.add(name, value, variable, 'Authorization');
    if (plain === 'bearer' && this.authorization(value)) return;
    if (plain === 'apikey' && isArray(value) && this.apiKey(value)) return;
    if (/^(?:basic|digest|oauth[12]?|awsv4|hawk|ntlm|edgegrid)$/.test(plain) && !(typeof value === 'string')) return;
    const address = /^(?:url|uri)$/.test(plain) ? urlOf(value) : undefined;
    if (address === undefined) return this.value(value, name, variable || variableHolder.test(plain), depth + 1);
    this.add(name, address, variable);
    this.value(member(value, 'query'), 'query', false, depth + 1);
  }

  /** The token of a request's sign-in, as collections write it: `[{key: 'token', value}]` or `{token}`. */
  private authorization(value: unknown): boolean {
    const token = isArray(value) ? member(value.find((each) => member(each, 'key') === 'token'), 'value') : member(value, 'token');
    if (typeof token !== 'string') return false;
    this.add('token', token, false, 'Authorization');
    return true;
  }

  /** `[{key: 'key', value: NAME}, {key: 'value', value: VALUE}]` is NAME: VALUE. */
  private apiKey(list: readonly unknown[]): boolean {
    const of = (wanted: string): string | undefined => filledText(member(list.find((each) => member(each, 'key') === wanted), 'value'));
    const name = of('key');
    const value = of('value');
    if (name !== undefined && value !== undefined) this.add(name, value, false);
    return list.some((each) => /^(?:key|value|in)$/.test(String(member(each, 'key'))));
  }
}

/** True for an entry that a person has switched off. */
function isOff(object: JsonObject): boolean {
  return object['disabled'] === true || object['enabled'] === false || object['active'] === false;
}

/** True for an object with an address right in it: what else it holds is likely for that address. */
function hasAddress(object: JsonObject): boolean {
  return Object.entries(object).some(([name, value]) => {
    if (isNameMember(name) || isValueMember(name) || name === 'raw') return false;
    if (typeof value !== 'string') return /^(?:url|uri)$/i.test(name) && isObject(value);
    return /^\s*(?:https?:\/\/|\{\{)/i.test(value) && /ur[il]|endpoint|host|address|server/i.test(name);
  });
}

/** True for an object that is a request: an address, with the method or the headers that it is called with. */
function isCall(object: JsonObject): boolean {
  return Object.keys(object).some((name) => /^(?:method|headers?|auth(?:entication|orization)?)$/i.test(name));
}

function isRequest(value: unknown): boolean {
  return ['uri', 'url', 'headers'].some((name) => member(value, name) !== undefined);
}

/** The address of a collection's request, whole or put together from its parts; path variables are filled in where they have values. */
function urlOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const list = (name: string): string[] | undefined => {
    const own = member(value, name);
    if (typeof own === 'string') return [own];
    return isArray(own) ? own.map((each) => filledText(each) ?? filledText(member(each, 'value')) ?? '') : undefined;
  };
  const raw = filledText(member(value, 'raw'));
  const host = list('host')?.join('.');
  const port = filledText(member(value, 'port'));
  if (raw === undefined && host === undefined) return undefined;
  const protocol = filledText(member(value, 'protocol'));
  const origin = `${protocol === undefined ? '' : `${protocol}://`}${host ?? ''}${port === undefined ? '' : `:${port}`}`;
  const whole = raw ?? `${origin}/${list('path')?.join('/') ?? ''}`;
  const filled = isArray(member(value, 'variable')) ? pathVariables(member(value, 'variable')) : new Map<string, string>();
  return whole.replace(/\/:([A-Za-z_]\w{0,80})(?=[/?#]|$)/g, (_whole, name: string) => `/${filled.get(name) ?? `{{${name}}}`}`);
}

function pathVariables(list: unknown): Map<string, string> {
  const known = new Map<string, string>();
  for (const each of isArray(list) ? list : []) {
    const name = filledText(member(each, 'key')) ?? filledText(member(each, 'id'));
    const value = filledText(member(each, 'value'));
    if (name !== undefined && value !== undefined && !/^[<{]/.test(value)) known.set(name, value);
  }
  return known;
}
