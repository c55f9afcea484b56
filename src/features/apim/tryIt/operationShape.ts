// What ARM tells of an API and of one of its operations -> what a call of it takes. Texts come from outside; no key is in them.

import { beginningOfText } from '../../../base/cutText';
import { withoutEnd, withoutEnds } from '../../../base/ends';
import { filledText, isArray, isObject, member, tryStringify } from '../../../base/shape';
import { defaultSubscriptionKeyHeader } from '../../../model/service';
import type { WireRequest } from '../../../model/wire';
import type { CallBody, CallHeader, CallParameter } from '../../tryIt';

/** An API, as far as calls need to know it. */
export interface ApiShape {
  readonly title: string;
  /** Below the gateway, without slashes around. */
  readonly path: string;
  /** The header that carries a subscription's key. */
  readonly keyHeader: string;
  /** The argument of the query that may carry it as well. */
  readonly keyQuery: string;
  readonly keyNeeded: boolean;
  /** `http`, `soap`, `websocket`, `graphql`, ... */
  readonly type: string;
  /** The name of a set of versions, and which of them this is. */
  readonly version?: { readonly name: string; readonly setId: string };
  /** Behind the path, where a revision is called that is not the current one. */
  readonly revision: string;
}

/** An operation of it. */
export interface OperationShape {
  readonly title: string;
  readonly method: WireRequest['method'];
  readonly template: string;
  readonly parameters: readonly CallParameter[];
  readonly headers: readonly CallHeader[];
  readonly body?: CallBody;
}

/** Names are cut at this length, descriptions and values at that, in UTF-16 units. */
const longestName = 300;
const longestWords = 1_000;
const longestValue = 10_000;
/** Longer examples are left out, and no more parameters, values and headers are shown than these. */
const longestExample = 1024 * 1024;
const most = 200;

/** Reads the properties of an API; `name` is the last part of its id. */
export function readApi(name: string, properties: unknown): ApiShape {
  const names = member(properties, 'subscriptionKeyParameterNames');
  const version = filledText(member(properties, 'apiVersion'));
  const setId = filledText(member(properties, 'apiVersionSetId'));
  const revision = /;rev=\d{1,9}$/.exec(name)?.[0] ?? '';
  return {
    title: nameIn(properties, 'displayName') ?? name, path: withoutEnds(filledText(member(properties, 'path')) ?? '', '/'),
    keyHeader: filledText(member(names, 'header')) ?? defaultSubscriptionKeyHeader,
    keyQuery: filledText(member(names, 'query')) ?? 'subscription-key',
    keyNeeded: member(properties, 'subscriptionRequired') !== false,
    type: (filledText(member(properties, 'type')) ?? filledText(member(properties, 'apiType')) ?? 'http').toLowerCase(),
    ...(version === undefined || setId === undefined ? {} : { version: { name: version, setId: setId.slice(setId.lastIndexOf('/') + 1) } }),
    revision: member(properties, 'isCurrent') === true ? '' : revision,
  };
}

/** Where an API can be called, at each address of its gateway; `segment` is that of its version. */
export function basesOf(gatewayUrls: readonly string[], { path, revision }: Pick<ApiShape, 'path' | 'revision'>, segment = ''): string[] {
  const parts = [path, segment].filter((part) => part !== '').map((part) => part.split('/').map(encodeSegment).join('/'));
  const suffix = parts.length === 0 ? '' : `/${parts.join('/')}`;
  return gatewayUrls.map((url) => `${withoutEnd(url, '/')}${suffix}${revision === '' ? '' : `${suffix === '' ? '/' : ''}${revision}`}`);
}

/** What a path holds already as it is to be stays so. */
function encodeSegment(segment: string): string {
  return segment.replace(/[^\w.~!$&'()*+,;=:@%-]/gu, (sign) => encodeURIComponent(sign));
}

const methods: readonly WireRequest['method'][] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The method of an operation; undefined for one that nobody can call from here. */
export function methodOf(properties: unknown): WireRequest['method'] | undefined {
  const given = filledText(member(properties, 'method'))?.toUpperCase();
  return methods.find((method) => method === given);
}

/** Reads the properties of an operation whose method is known; `name` is the last part of its id. */
export function readOperation(name: string, properties: unknown, method: WireRequest['method']): OperationShape {
  const given = filledText(member(properties, 'urlTemplate')) ?? '';
  // A star at the end of a path stands for all that may follow.
  const written = given === '*' ? '/{*path}' : given.replace(/\/\*(?=$|\?)/, '/{*path}');
  const rest = new Set(namesIn(written).filter((each) => each.startsWith('*')).map(bareName));
  const template = written.replace(/\{([^{}]{1,256})\}/g, (_, each: string) => `{${bareName(each)}}`);
  const mark = template.indexOf('?');
  const path = mark < 0 ? template : template.slice(0, mark);
  const request = member(properties, 'request');
  const listed = objectsIn(properties, 'templateParameters').flatMap((each) => readParameter(each, 'path') ?? []);
  const known = new Set(listed.map((each) => each.name.toLowerCase()));
  const unlisted = namesIn(template).filter((each) => !known.has(each.toLowerCase()))
    .map((each): CallParameter => ({ name: each, place: 'path', required: true, value: '', values: [] }));
  const inPath = new Set(namesIn(path).map((each) => each.toLowerCase()));
  const ofTemplate = withoutTwice([...listed, ...unlisted]).map((parameter): CallParameter => {
    if (!inPath.has(parameter.name.toLowerCase())) return { ...parameter, place: 'query' };
    // What stands in a path cannot be left out, unless it is the rest of it.
    const isRest = rest.has(parameter.name);
    return { ...parameter, place: 'path', required: !isRest, ...(isRest ? { rest: true } : {}) };
  });
  const inQuery = mark < 0 ? '' : template.slice(mark + 1);
  const options = objectsIn(request, 'queryParameters').flatMap((each) => readParameter(each, 'option') ?? [])
    .filter((each) => !`&${inQuery}`.toLowerCase().includes(`&${each.name.toLowerCase()}=`));
  const body = method === 'GET' || method === 'HEAD' ? undefined : readBody(request, method);
  return {
    title: nameIn(properties, 'displayName') ?? name, method, template, parameters: [...ofTemplate, ...options].slice(0, most),
    headers: headersIn(request), ...(body === undefined ? {} : { body }),
  };
}

/** The first of each name: a template has one value for all places of a name, in whatever case. */
function withoutTwice(parameters: readonly CallParameter[]): readonly CallParameter[] {
  const names = parameters.map(({ name }) => name.toLowerCase());
  return parameters.filter((_, index) => names.indexOf(names[index] ?? '') === index);
}

function namesIn(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]{1,256})\}/g)].map(([, name = '']) => name);
}

/** The name between two braces: a star stands for the rest of a path, and a colon before what restricts it. */
function bareName(name: string): string {
  return (name.startsWith('*') ? name.slice(1) : name).split(':')[0] ?? '';
}

function readParameter(json: unknown, place: CallParameter['place']): CallParameter | undefined {
  const name = nameIn(json, 'name');
  if (name === undefined) return undefined;
  const [description, type, value] = [textIn(json, 'description', longestWords), nameIn(json, 'type'), member(json, 'defaultValue')];
  const values = member(json, 'values');
  return {
    name, place, required: member(json, 'required') === true, value: typeof value === 'string' ? beginningOfText(value, longestValue) : '',
    values: (isArray(values) ? values : []).slice(0, most).flatMap((each) => filledText(each) ?? []),
    ...(description === undefined ? {} : { description }), ...(type === undefined ? {} : { type }),
  };
}

/** Those that the operation asks for, or knows a value of. */
function headersIn(request: unknown): readonly CallHeader[] {
  return objectsIn(request, 'headers').flatMap((each) => {
    const parameter = readParameter(each, 'option');
    return parameter && (parameter.required || parameter.value !== '') ? [{ name: parameter.name, value: parameter.value }] : [];
  }).slice(0, most);
}

/** The first representation that is JSON, else the first: with its example. */
function readBody(request: unknown, method: string): CallBody | undefined {
  const all = objectsIn(request, 'representations');
  const chosen = all.find((each) => isJson(typeOf(each))) ?? all[0];
  if (chosen === undefined) {
    if (method === 'DELETE') return undefined;
    // An operation need not say what it takes: one can be added.
    return { contentType: 'application/json', json: true, comments: false, required: false, text: '', untold: true };
  }
  const contentType = typeOf(chosen);
  return { contentType, json: isJson(contentType), comments: false, required: false, text: exampleIn(chosen) };
}

function typeOf(representation: unknown): string {
  const given = filledText(member(representation, 'contentType'))?.trim() ?? 'application/json';
  return /^[\x21-\x7e ]{1,256}$/.test(given) ? given : 'application/json';
}

function isJson(contentType: string): boolean {
  return /^[\w.!#$&^+-]{1,100}\/(?:[\w.!#$&^+-]{1,100}\+)?json(?:[;\s]|$)/i.test(contentType);
}

function exampleIn(representation: unknown): string {
  const examples = member(representation, 'examples');
  const [first] = isObject(examples) ? Object.values(examples) : [];
  const value = member(first, 'value') ?? member(representation, 'sample');
  const text = typeof value === 'string' ? value : value === undefined || value === null ? '' : tryIndented(value) ?? '';
  return text.length > longestExample ? '' : text;
}

function tryIndented(value: unknown): string | undefined {
  return tryStringify(value) === undefined ? undefined : JSON.stringify(value, undefined, 2);
}

function objectsIn(value: unknown, name: string): readonly unknown[] {
  const list = member(value, name);
  return (isArray(list) ? list : []).filter(isObject);
}

function nameIn(value: unknown, name: string): string | undefined {
  return textIn(value, name, longestName);
}

function textIn(value: unknown, name: string, longest: number): string | undefined {
  const text = filledText(member(value, name));
  return text === undefined ? undefined : beginningOfText(text, longest).replace(/[\r\n\u2028\u2029]/g, ' ');
}
