// What an import makes of OpenAPI documents in their less usual forms.

import { describe, expect, it } from 'vitest';
import { readOpenApi } from '../../../../../src/sample/apim/resources/importApi';

const document = {
  openapi: '3.0.3',
  info: { title: 'T' },
  servers: [{ url: '/relative' }],
  paths: {
    '/a/{id}': {
      summary: 'no operation',
      parameters: [{ $ref: '#/components/parameters/Id' }, { name: 'q', in: 'query', description: 'of the path' }],
      put: {
        operationId: 'change it!',
        parameters: [
          { name: 'q', in: 'query', required: true, description: 'of the operation', schema: { $ref: '#/components/schemas/Q' } },
          { name: 'X-Trace', in: 'header' },
          { name: 'c', in: 'cookie' },
        ],
        requestBody: { $ref: '#/components/requestBodies/B' },
        responses: { 200: { $ref: '#/components/responses/R' }, '4XX': { description: 'bad' }, default: { description: 'any' } },
      },
      delete: { summary: 'x'.repeat(400) },
    },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'integer' } } },
    schemas: { Q: { type: 'string', enum: ['a', 'b'], default: 'a' } },
    requestBodies: { B: { description: 'rows', content: { 'text/csv': { examples: { one: { $ref: '#/components/examples/E' } } } } } },
    responses: { R: { description: 'done', content: { 'application/json': { schema: { $ref: '#/components/schemas/Q' } } } } },
    examples: { E: { value: 'a,b' } },
  },
};
const read = (options: object = {}): ReturnType<typeof readOpenApi> => readOpenApi(JSON.stringify(document), { ...options });

describe('readOpenApi', () => {
  it('follows references, and lets parameters of an operation stand in place of those of its path', () => {
    const { operations, schemas, serviceUrl, title, description } = read();
    expect({ serviceUrl, title, description }).toEqual({ serviceUrl: undefined, title: 'T', description: undefined });
    expect(operations.map(({ id }) => id)).toEqual(['change-it', 'delete-a-id']);
    expect(operations[0]?.properties).toEqual({
      displayName: 'change it!',
      method: 'PUT',
      urlTemplate: '/a/{id}?q={q}',
      templateParameters: [
        { name: 'id', type: 'integer', required: true, values: [] },
        { name: 'q', description: 'of the operation', type: 'string', defaultValue: 'a', required: true, values: ['a', 'b'] },
      ],
      description: null,
      request: {
        description: 'rows',
        queryParameters: [],
        headers: [{ name: 'X-Trace', type: 'string', required: false, values: [] }],
        representations: [{ contentType: 'text/csv', examples: { one: { value: 'a,b' } } }],
      },
      responses: [{
        statusCode: 200, description: 'done', headers: [],
        representations: [{ contentType: 'application/json', schemaId: schemas[0]?.id, typeName: 'Q' }],
      }],
      policies: null,
    });
    expect(operations[1]?.properties.displayName).toHaveLength(300);
    expect(schemas).toEqual([{ id: 'components', properties: {
      contentType: 'application/vnd.oai.openapi.components+json', document: { components: { schemas: document.components.schemas } },
    } }]);
  });

  it('leaves required query arguments out of the template where that is asked for', () => {
    const [first] = read({ translateRequiredQueryParameters: 'query' }).operations;
    expect(first?.properties).toMatchObject({ urlTemplate: '/a/{id}', request: { queryParameters: [{ name: 'q', required: true }] } });
  });

  it.each([
    [{ openapi: '3.0.0', paths: { '/a': { get: { parameters: [{ in: 'query' }] } } } }, 'A parameter has no name'],
    [{ openapi: '3.0.0', paths: { '/a': { get: { parameters: [{ $ref: '#/x' }] } } }, x: { $ref: '#/x' } }, 'round in a circle'],
  ])('refuses %j', (value, message) => {
    expect(() => readOpenApi(JSON.stringify(value), {})).toThrow(expect.objectContaining({ status: 400 }));
    expect(() => readOpenApi(JSON.stringify(value), {})).toThrow(expect.objectContaining({ more: { details: [expect.objectContaining({ message: expect.stringContaining(message) })] } }));
  });
});
