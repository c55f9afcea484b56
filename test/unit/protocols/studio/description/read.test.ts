// Descriptions as services and people write them: what is understood of each.

import { describe, expect, it } from 'vitest';
import { readDescription } from '../../../../../src/protocols/studio/description/read';
import { asking, classic, onlyInput, read } from './documents';

const plainColumn = { nullable: false, required: false, choices: [], moreChoices: 0 };

describe('the description of a classic service', () => {
  const description = read(classic());

  it('tells what it is and where', () => {
    expect(description).toMatchObject({
      format: 'Swagger 2.0', title: 'Tree heights', about: 'Guesses how high a tree is.',
      address: 'https://trees.example:443/workspaces/forest/services/heights', request: 'inputs', notUnderstood: [], moreNotUnderstood: 0,
    });
  });

  it('has operations, whose query stands in the name of the path', () => {
    expect(description.operations).toEqual([
      { method: 'GET', path: '/swagger.json', query: [], id: 'getSwaggerDocument', secured: false },
      { method: 'POST', path: '/execute', query: [['api-version', '2.0'], ['format', 'swagger']], id: 'execute', summary: 'Guesses.', secured: true },
      { method: 'DELETE', path: '/jobs/{jobId}', query: [['api-version', '2.0']], id: 'canceljob', secured: true },
    ]);
  });

  it('has inputs with columns, in their order, and the rows of the example', () => {
    const input = onlyInput(description);
    expect([input.name, input.type]).toEqual(['input1', 'object[]']);
    expect(input.columns).toEqual([
      { ...plainColumn, name: 'Kind', type: 'string', nullable: true, choices: ['"oak"', '"fir"'] },
      { ...plainColumn, name: 'Age', type: 'integer', format: 'int32', about: 'In years.' },
      { ...plainColumn, name: 'Soil "pH"', type: 'number', format: 'double' },
    ]);
    expect(input.rows).toEqual([['"oak"', '40', undefined]]);
  });

  it('has parameters, with the default and the example of each', () => {
    expect(description.parameters).toEqual([
      { ...plainColumn, name: 'Season', type: 'string', default: '"spring"', choices: ['"spring"', '"autumn"'] },
      { ...plainColumn, name: 'Trials', type: 'integer', required: true, example: '3' },
    ]);
  });

  it('has outputs', () => {
    expect(description.outputs).toEqual([
      { name: 'output1', type: 'object[]', rows: [], columns: [{ ...plainColumn, name: 'Scored Labels', type: 'number', format: 'double' }] },
    ]);
  });
});

describe('what varies', () => {
  const rowsOf = (example: unknown): unknown => onlyInput(read(asking({
    properties: { Inputs: { properties: { input1: { type: 'array', items: { $ref: '#/definitions/input1Item' } } } } }, example: { Inputs: { input1: example } },
  }))).rows;

  it('an example is a list of rows, one row, or names with values', () => {
    expect(rowsOf([{ Kind: 'fir' }, { Age: 2 }])).toEqual([['"fir"', undefined, undefined], [undefined, '2', undefined]]);
    expect(rowsOf({ Age: 2 })).toEqual([[undefined, '2', undefined]]);
    expect(rowsOf({ ColumnNames: ['Age', 'Kind'], Values: [[1, null], [2]] })).toEqual([['null', '1', undefined], [undefined, '2', undefined]]);
  });

  it('numbers keep their digits', () => {
    const text = JSON.stringify(classic()).replace('"Age":40', '"Age":40.00000000000000000001E+2');
    expect(onlyInput(readDescription(text)).rows[0]?.[1]).toBe('40.00000000000000000001E+2');
  });

  it('an input that is described as its row, and one that is found by its name alone', () => {
    const row = { type: 'object', properties: { Kind: { type: 'String' } } };
    expect(onlyInput(read(asking({ properties: { Inputs: { properties: { trees: row } } } }))).columns).toEqual([{ ...plainColumn, name: 'Kind', type: 'string' }]);
    const byName = read(asking({ properties: { Inputs: { type: 'object' } }, example: { Inputs: { trees: [] } } }, { treesItem: row }));
    expect(onlyInput(byName)).toMatchObject({ name: 'trees', columns: [{ name: 'Kind' }] });
  });

  it('without a schema the columns are those of the example', () => {
    const description = read(asking({ properties: { Inputs: { properties: { input1: {} } } }, example: { Inputs: { input1: [{ A: 1 }, { B: 2 }] } } }, { input1Item: {} }));
    expect(onlyInput(description)).toMatchObject({ columns: [{ name: 'A' }, { name: 'B' }], rows: [['1', undefined], [undefined, '2']] });
    expect(description.notUnderstood).toEqual([{
      path: '$.definitions.ExecutionRequest.properties.Inputs.properties.input1',
      what: 'No columns of "input1" are described here; those of the example are taken.',
    }]);
  });

  it('columns that only the example has come last, and are told of', () => {
    const description = read(classic({}));
    expect(description.notUnderstood).toEqual([]);
    const more = read(asking({
      properties: { Inputs: { properties: { input1: { items: { $ref: '#/definitions/input1Item' } } } } }, example: { Inputs: { input1: [{ Height: 3, Age: 1 }] } },
    }));
    expect(onlyInput(more).columns.map(({ name }) => name)).toEqual(['Kind', 'Age', 'Soil "pH"', 'Height']);
    expect(more.notUnderstood).toMatchObject([{ path: '$.definitions.ExecutionRequest.example.Inputs.input1', what: expect.stringContaining('"Height"') }]);
  });

  it('schemas that are put together, and types that may be null', () => {
    const item = {
      allOf: [{ properties: { A: { type: ['null', 'integer'] } } }, { properties: { B: { anyOf: [{ type: 'null' }, { type: 'string' }] }, C: { nullable: true } } }],
    };
    const description = read(asking({ properties: { Inputs: { properties: { input1: { type: 'array', items: item } } } } }));
    expect(onlyInput(description).columns).toMatchObject([
      { name: 'A', type: 'integer', nullable: true }, { name: 'B', type: 'string', nullable: true }, { name: 'C', nullable: true },
    ]);
    expect(description.notUnderstood).toEqual([]);
  });

  it('several inputs, and none at all', () => {
    const input = { type: 'array', items: { properties: { A: { type: 'string' } } } };
    expect(read(asking({ properties: { Inputs: { properties: { one: input, 'two words': input } } } })).inputs.map(({ name }) => name)).toEqual(['one', 'two words']);
    expect(read(asking({ properties: { Inputs: { type: 'object' } } }))).toMatchObject({ request: 'inputs', inputs: [], notUnderstood: [] });
  });

  it('OpenAPI 3, with its own places for the body, the example and the address', () => {
    const description = read({
      openapi: '3.0.3', servers: [{ url: 'https://trees.example/v1' }], security: [{ Bearer: [] }],
      paths: {
        '/score': {
          post: {
            requestBody: { content: { 'text/csv': {}, 'application/json': { schema: { $ref: '#/components/schemas/Request' }, examples: { one: { value: { Inputs: { input1: [{ A: 7 }] } } } } } } },
            responses: { '2XX': { content: { 'application/json': { schema: { properties: { Results: { properties: { output1: { items: { properties: { B: {} } } } } } } } } } } },
          },
        },
        '/health': { get: { security: [{}] } },
      },
      components: { schemas: { Request: { properties: { Inputs: { properties: { input1: { items: { properties: { A: { type: 'integer' } } } } } } } } } },
    });
    expect(description).toMatchObject({
      format: 'OpenAPI 3.0.3', address: 'https://trees.example/v1', notUnderstood: [],
      inputs: [{ name: 'input1', columns: [{ name: 'A', type: 'integer' }], rows: [['7']] }], outputs: [{ name: 'output1', columns: [{ name: 'B' }] }],
      operations: [{ path: '/score', secured: true }, { path: '/health', secured: false }],
    });
  });

  it('requests of another shape are told by their parts', () => {
    const other = read({
      swagger: '2.0',
      paths: { '/score': { post: { parameters: [{ in: 'body', schema: { $ref: '#/definitions/ServiceInput' } }], responses: { 200: { schema: { type: 'array', items: { type: 'number' } } } } } } },
      definitions: {
        ServiceInput: {
          properties: {
            data: { type: 'array', format: 'numpy.ndarray', items: { type: 'array', items: { type: 'integer', format: 'int64' } } },
            frame: { type: 'array', items: { type: 'object', properties: { A: { type: 'array', items: { type: 'string' } } } } },
            inner: { type: 'object', properties: { deep: { type: 'string' } } },
            any: {},
          },
          example: { data: [[1.0, 2]] },
        },
      },
    });
    expect(other).toMatchObject({
      request: 'other', notUnderstood: [], outputs: [{ name: '', type: 'number[]' }],
      inputs: [
        { name: 'data', type: 'integer[][]', format: 'int64' }, { name: 'frame', type: 'object[]', columns: [{ name: 'A', type: 'string[]' }] },
        { name: 'inner.deep', type: 'string' }, { name: 'any' },
      ],
    });
    expect(other.example).toBe('{"data":[[1,2]]}');
  });

  it('a schema alone is the request', () => {
    expect(read({ type: 'object', properties: { param: { type: 'array', items: { properties: { A: { type: 'string' } } } } } })).toMatchObject({
      request: 'other', inputs: [{ name: 'param', columns: [{ name: 'A' }] }], notUnderstood: [],
    });
  });
});
