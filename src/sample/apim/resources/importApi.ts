// Makes operations of an OpenAPI 3 document, as an import does.

import { isArray, isObject, member, tryParse, type JsonObject } from '../../../base/shape';
import { invalid } from '../armProblem';
import { text } from '../read';

/** What a document gives. */
export interface Imported {
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly serviceUrl: string | undefined;
  readonly protocols: readonly string[] | undefined;
  readonly operations: readonly { readonly id: string; readonly properties: JsonObject }[];
  readonly schemas: readonly { readonly id: string; readonly properties: JsonObject }[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Reads a document that is JSON. Throws a 400 where it is none or is no OpenAPI 3. `options` are the properties of the write. */
export function readOpenApi(value: string, options: JsonObject): Imported {
  const document = tryParse(value);
  if (!isObject(document)) throw unreadable('The document is not JSON. The sample does not read YAML.');
  const version = document.openapi;
  if (typeof version !== 'string' || !version.startsWith('3.')) throw unreadable("The document has no 'openapi' of version 3.");
  if (!isObject(document.paths)) throw unreadable("The document has no 'paths'.");
  const asTemplate = text(options, 'translateRequiredQueryParameters') !== 'query';
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = member(item, method);
      return isObject(operation) ? [readOperation({ document, path, method, item, operation, asTemplate })] : [];
    }),
  );
  checkIds(operations.map(({ id }) => id));
  const schemas = member(document.components, 'schemas');
  const server = isArray(document.servers) ? filled(member(document.servers[0], 'url')) : undefined;
  const scheme = server === undefined ? undefined : /^(https?|wss?):/i.exec(server)?.[1]?.toLowerCase();
  return {
    title: filled(member(document.info, 'title')),
    description: filled(member(document.info, 'description')),
    serviceUrl: scheme === undefined ? undefined : server,
    protocols: undefined,
    operations,
    schemas: isObject(schemas) && Object.keys(schemas).length > 0 ? [schemaResource(schemas)] : [],
  };
}

/** The one schema resource that holds all that the document names. */
const schemaId = 'components';

function schemaResource(schemas: JsonObject): Imported['schemas'][number] {
  return {
    id: schemaId,
    properties: { contentType: 'application/vnd.oai.openapi.components+json', document: { components: { schemas } } },
  };
}

interface Place {
  readonly document: JsonObject;
  readonly path: string;
  readonly method: string;
  readonly item: unknown;
  readonly operation: JsonObject;
  readonly asTemplate: boolean;
}

function readOperation({ document, path, method, item, operation, asTemplate }: Place): Imported['operations'][number] {
  const resolve = (value: unknown): unknown => resolved(document, value);
  const parameters = merged([member(item, 'parameters'), operation.parameters].map((each) => (isArray(each) ? each.map(resolve) : [])));
  const at = (place: string): readonly JsonObject[] => parameters.filter((each) => each.in === place);
  const inTemplate = asTemplate ? at('query').filter((each) => each.required === true) : [];
  const inQuery = at('query').filter((each) => !inTemplate.includes(each));
  const query = inTemplate.map(({ name }) => `${String(name)}={${String(name)}}`).join('&');
  const id = idOf(filled(operation.operationId) ?? `${method}-${path}`);
  const responses = isObject(operation.responses) ? operation.responses : {};
  const body = resolve(operation.requestBody);
  return {
    id,
    properties: {
      displayName: (filled(operation.summary) ?? filled(operation.operationId) ?? path).slice(0, 300),
      method: method.toUpperCase(),
      urlTemplate: query === '' ? path : `${path}?${query}`,
      templateParameters: [...at('path'), ...inTemplate].map((each) => ({ ...readParameter(each, resolve), required: true })),
      description: filled(operation.description) ?? null,
      request: {
        ...(filled(member(body, 'description')) === undefined ? {} : { description: member(body, 'description') }),
        queryParameters: inQuery.map((each) => readParameter(each, resolve)),
        headers: at('header').map((each) => readParameter(each, resolve)),
        representations: representations(member(body, 'content'), resolve),
      },
      responses: Object.entries(responses).filter(([status]) => /^\d{3}$/.test(status)).map(([status, value]) => {
        const found = resolve(value);
        return {
          statusCode: Number(status),
          description: filled(member(found, 'description')) ?? null,
          representations: representations(member(found, 'content'), resolve),
          headers: [],
        };
      }),
      policies: null,
    },
  };
}

/** Parameters of an operation stand in place of those of its path. */
function merged(lists: readonly (readonly unknown[])[]): readonly JsonObject[] {
  const found = new Map<string, JsonObject>();
  for (const each of lists.flat()) {
    if (!isObject(each) || typeof each.name !== 'string' || typeof each.in !== 'string')
      throw unreadable('A parameter has no name or place.');
    found.set(`${each.in} ${each.name}`, each);
  }
  return [...found.values()];
}

function readParameter(given: JsonObject, resolve: (value: unknown) => unknown): JsonObject {
  const schema = resolve(given.schema);
  const values = member(schema, 'enum');
  const usual = member(schema, 'default');
  return {
    name: given.name,
    ...(filled(given.description) === undefined ? {} : { description: given.description }),
    type: filled(member(schema, 'type')) ?? 'string',
    ...(usual === undefined ? {} : { defaultValue: String(usual) }),
    required: given.required === true,
    values: isArray(values) ? values.map(String) : [],
  };
}

function representations(content: unknown, resolve: (value: unknown) => unknown): readonly JsonObject[] {
  if (!isObject(content)) return [];
  return Object.entries(content).map(([contentType, media]) => {
    const name = /^#\/components\/schemas\/([^/]+)$/.exec(filled(member(member(media, 'schema'), '$ref')) ?? '')?.[1];
    const several = member(media, 'examples');
    const one = member(media, 'example');
    const examples = isObject(several)
      ? Object.fromEntries(Object.entries(several).map(([key, value]) => [key, resolve(value)]))
      : one === undefined ? undefined : { default: { value: one } };
    return { contentType, ...(examples ? { examples } : {}), ...(name === undefined ? {} : { schemaId, typeName: name }) };
  });
}

/** What `$ref` leads to within the document. */
function resolved(document: JsonObject, value: unknown): unknown {
  let found = value;
  for (let steps = 0; steps < 20; steps++) {
    const reference = filled(member(found, '$ref'));
    if (reference === undefined) return found;
    if (!reference.startsWith('#/')) throw unreadable(`'${reference}' leads out of the document.`);
    const parts = reference.slice(2).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    found = parts.reduce<unknown>((at, part) => member(at, part), document);
    if (found === undefined) throw unreadable(`'${reference}' leads to nothing.`);
  }
  throw unreadable('References lead round in a circle.');
}

function checkIds(ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.findIndex((each) => each.toLowerCase() === id.toLowerCase()) < index);
  if (twice !== undefined) throw unreadable(`Two operations have the id '${twice}'.`);
}

/** Ids have letters, digits and hyphens. */
function idOf(text: string): string {
  const id = text.split(/[^A-Za-z0-9_]/).filter((part) => part !== '').join('-');
  return id.slice(0, 80);
}

function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function unreadable(sentence: string): ReturnType<typeof invalid> {
  return invalid(['representation', `Parsing error(s): ${sentence}`]);
}
