// Operations of an API, and its schemas.

import { isObject, type JsonObject } from '../../../base/shape';
import { invalid } from '../armProblem';
import { objects, required, text, without } from '../read';
import type { Accepted, Kind, Write } from './kind';

/** Operations. */
export const operationKind: Kind = {
  noun: 'Operation',
  links: 'empty',
  accept,
  // A list leaves out what was sent with a request, as long as that is nothing.
  show: ({ properties }, how) => (how === 'row' && isBare(properties.request) ? without(properties, 'request') : properties),
};

/** Schemas: kept as they come. */
export const schemaKind: Kind = {
  noun: 'Schema',
  accept: ({ properties }) => {
    required(properties, ['contentType'], 256);
    return { properties };
  },
  show: ({ properties }) => properties,
};

function accept({ instance, path, properties }: Write): Accepted {
  const [displayName = '', method = '', urlTemplate = ''] = required(properties, ['displayName', 'method', 'urlTemplate']);
  if (displayName.length > 300) throw invalid(['displayName', "'displayName' must have at most 300 characters."]);
  if (!/^[A-Za-z]{1,20}$/.test(method)) throw invalid(['method', "'method' must be the name of an HTTP method."]);
  if (!urlTemplate.startsWith('/') && urlTemplate !== '*') throw invalid(['urlTemplate', "'urlTemplate' must begin with a slash."]);
  const parameters = objects(properties, 'templateParameters').map(parameter);
  checkTemplate(urlTemplate, parameters.map(({ name }) => name));
  const collection = path.slice(0, path.lastIndexOf('/'));
  const same = instance.store.children(collection).find((each) => each.path.toLowerCase() !== path.toLowerCase()
    && text(each.properties, 'method')?.toUpperCase() === method.toUpperCase() && text(each.properties, 'urlTemplate') === urlTemplate);
  if (same) throw invalid(['urlTemplate', `Operation with the same method and URL template already exists: '${same.path}'`]);
  const own = {
    displayName,
    method: method.toUpperCase(),
    urlTemplate,
    templateParameters: parameters,
    description: text(properties, 'description', 100_000) ?? null,
    request: request(properties.request),
    responses: objects(properties, 'responses').map(response),
    policies: null,
  };
  return { properties: { ...own, ...without(properties, ...Object.keys(own)) } };
}

function parameter(given: JsonObject): JsonObject & { readonly name: string } {
  const [name = '', type = ''] = required(given, ['name', 'type']);
  return { ...given, name, type, values: given.values ?? [] };
}

function request(given: unknown): JsonObject {
  if (given !== undefined && given !== null && !isObject(given)) throw invalid(['request', "'request' must be an object."]);
  const { queryParameters, headers, representations, ...rest } = given ?? {};
  return { ...rest, queryParameters: queryParameters ?? [], headers: headers ?? [], representations: representations ?? [] };
}

function response(given: JsonObject): JsonObject {
  if (typeof given.statusCode !== 'number') throw invalid(['statusCode', "'statusCode' must be a number."]);
  return { ...given, representations: given.representations ?? [], headers: given.headers ?? [] };
}

function isBare(given: unknown): boolean {
  return isObject(given) && Object.values(given).every((each) => Array.isArray(each) && each.length === 0);
}

/** The names in braces and the parameters have to be the same. */
function checkTemplate(template: string, names: readonly string[]): void {
  const used = template.split('{').slice(1).map((part) => part.split('}')[0]?.replace(/^\*/, '') ?? '');
  const strange = [...used.filter((name) => !names.includes(name)), ...names.filter((name) => !used.includes(name))];
  if (strange.length > 0) {
    const sentence = 'All template parameters used in the UriTemplate must be defined in the Operation, and those defined must be used';
    throw invalid(['templateParameters', `${sentence}: ${strange.map((name) => `'${name}'`).join(', ')}.`]);
  }
}
