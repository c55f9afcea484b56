// Prints a definition as OpenAPI 3.0. Imported into API Management, it makes the API and its operations; policies are not part of it.

import type { ArmJson } from '../../../../model/arm';
import { isArray, isObject, member } from '../../../../base/shape';
import type { ApiDefinition, DefinitionResource } from '../definition';

/** The document. It is read out of the resources, so that both always say the same. */
export function openApi({ resources, choices: { addsKey } }: ApiDefinition): ArmJson {
  const api = propertiesOf(resources.find(({ kind }) => kind === 'api'));
  const operations = resources.filter(({ kind }) => kind === 'operation');
  const document = member(propertiesOf(resources.find(({ kind }) => kind === 'schema')), 'document');
  const schemas = member(member(document, 'components'), 'schemas');
  const keyNames = member(api, 'subscriptionKeyParameterNames');
  const own = addsKey ? {} : { serviceKey: [] };
  return {
    openapi: '3.0.3',
    info: { title: textOf(api, 'displayName'), description: textOf(api, 'description'), version: '1.0' },
    // What is imported leads here, and no import is refused for want of it. Callers use the gateway's address in its place.
    servers: [{ url: textOf(api, 'serviceUrl'), description: 'The service that the gateway leads to.' }],
    paths: pathsOf(operations),
    components: {
      schemas: isObject(schemas) ? schemas : {},
      securitySchemes: {
        subscriptionKeyHeader: { type: 'apiKey', in: 'header', name: textOf(keyNames, 'header') },
        subscriptionKeyQuery: { type: 'apiKey', in: 'query', name: textOf(keyNames, 'query') },
        ...(addsKey ? {} : { serviceKey: { type: 'http', scheme: 'bearer', description: 'The API key of the service.' } }),
      },
    },
    security: [{ subscriptionKeyHeader: [], ...own }, { subscriptionKeyQuery: [], ...own }],
  };
}

function propertiesOf(resource: DefinitionResource | undefined): unknown {
  return member(resource?.body, 'properties');
}

function textOf(value: unknown, name: string): string {
  const text = member(value, name);
  return typeof text === 'string' ? text : '';
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = member(value, name);
  return isArray(list) ? list : [];
}

/** Operations by their paths, and there by their methods. */
function pathsOf(operations: readonly DefinitionResource[]): ArmJson {
  const paths = new Map<string, ArmJson>();
  for (const resource of operations) {
    const properties = propertiesOf(resource);
    const [path = ''] = textOf(properties, 'urlTemplate').split('?');
    const method = textOf(properties, 'method').toLowerCase();
    paths.set(path, { ...paths.get(path), [method]: operationOf(resource.path.split('/').at(-1) ?? '', properties) });
  }
  return Object.fromEntries(paths);
}

function operationOf(id: string, properties: unknown): ArmJson {
  const request = member(properties, 'request');
  const [, query = ''] = textOf(properties, 'urlTemplate').split('?');
  const inQuery = new Map(query === '' ? [] : query.split('&').map((part): [string, string] => {
    const [name = '', placeholder = ''] = part.split('=');
    return [placeholder.slice(1, -1), name];
  }));
  const parameters = [
    ...listOf(properties, 'templateParameters').map((each) => {
      const name = inQuery.get(textOf(each, 'name'));
      return parameterOf(each, name === undefined ? { in: 'path', name: textOf(each, 'name') } : { in: 'query', name });
    }),
    ...listOf(request, 'queryParameters').map((each) => parameterOf(each, { in: 'query', name: textOf(each, 'name') })),
  ];
  const content = contentOf(request);
  return {
    operationId: id,
    summary: textOf(properties, 'displayName'),
    description: textOf(properties, 'description'),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(content === undefined ? {} : { requestBody: { description: textOf(request, 'description'), required: true, content } }),
    responses: Object.fromEntries(listOf(properties, 'responses').map((response) => {
      const answer = contentOf(response);
      return [String(member(response, 'statusCode')), {
        description: textOf(response, 'description'), ...(answer === undefined ? {} : { content: answer }),
      }];
    })),
  };
}

function parameterOf(parameter: unknown, place: { readonly in: 'path' | 'query'; readonly name: string }): ArmJson {
  const values = listOf(parameter, 'values');
  const standard = member(parameter, 'defaultValue');
  return {
    name: place.name,
    in: place.in,
    description: textOf(parameter, 'description'),
    required: member(parameter, 'required') === true,
    schema: {
      type: textOf(parameter, 'type'),
      ...(values.length === 0 ? {} : { enum: values }),
      ...(standard === undefined ? {} : { default: standard }),
    },
  };
}

/** Bodies by their kinds; undefined where there are none. */
function contentOf(holder: unknown): ArmJson | undefined {
  const representations = listOf(holder, 'representations');
  if (representations.length === 0) return undefined;
  return Object.fromEntries(representations.map((representation) => {
    const example = member(member(member(representation, 'examples'), 'default'), 'value');
    return [textOf(representation, 'contentType'), {
      schema: { $ref: `#/components/schemas/${textOf(representation, 'typeName')}` }, ...(example === undefined ? {} : { example }),
    }];
  }));
}
