// Descriptions as services give them, made up for tests.

import { ok } from 'node:assert/strict';
import type { ServiceDescription } from '../../../../../src/protocols/description';
import { readDescription } from '../../../../../src/protocols/studio/description/read';

/** What a classic service tells, with the query in the names of its paths; `parts` takes the place of what it has by itself. */
export function classic(parts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const reference = (name: string): object => ({ $ref: `#/definitions/${name}` });
  return {
    swagger: '2.0',
    info: { version: '2.0', title: 'Tree heights', description: 'Guesses how high a tree is.', 'x-endpoint-name': 'default' },
    host: 'trees.example:443',
    basePath: '/workspaces/forest/services/heights',
    schemes: ['https'],
    paths: {
      '/swagger.json': { get: { operationId: 'getSwaggerDocument', responses: {} } },
      '/execute?api-version=2.0&format=swagger': {
        post: {
          operationId: 'execute',
          summary: 'Guesses.',
          parameters: [{ name: 'body', in: 'body', schema: reference('ExecutionRequest') }],
          responses: { 200: { schema: reference('ExecutionResults') }, default: { schema: reference('Failure') } },
          security: [{ api_key: [] }],
        },
      },
      '/jobs/{jobId}?api-version=2.0': { delete: { operationId: 'canceljob', security: [{ api_key: [] }] } },
    },
    definitions: {
      ExecutionRequest: {
        type: 'object',
        properties: {
          Inputs: { type: 'object', properties: { input1: { type: 'array', items: reference('input1Item') } } },
          GlobalParameters: {
            type: 'object',
            properties: { Season: { type: 'string', default: 'spring', enum: ['spring', 'autumn'] }, Trials: { type: 'integer' } },
            required: ['Trials'],
          },
        },
        example: { Inputs: { input1: [{ Kind: 'oak', Age: 40 }] }, GlobalParameters: { Trials: 3 } },
      },
      input1Item: {
        type: 'object',
        properties: {
          Kind: { type: 'string', enum: ['oak', 'fir'], 'x-ms-isnullable': true },
          Age: { type: 'integer', format: 'int32', description: 'In years.' },
          'Soil "pH"': { type: 'number', format: 'double' },
        },
      },
      ExecutionResults: {
        type: 'object',
        properties: { Results: { type: 'object', properties: { output1: { type: 'array', items: reference('output1Item') } } } },
      },
      output1Item: { type: 'object', properties: { 'Scored Labels': { type: 'number', format: 'double' } } },
    },
    ...parts,
  };
}

/** A classic description whose request is this; the definitions stand beside those that it has. */
export function asking(request: unknown, definitions: object = {}): Record<string, unknown> {
  const whole = classic();
  return { ...whole, definitions: { ...Object(whole['definitions']), ExecutionRequest: request, ...definitions } };
}

/** Reads a description that is given as a value. */
export function read(document: unknown): ServiceDescription {
  return readDescription(JSON.stringify(document));
}

/** The only input of a description. */
export function onlyInput({ inputs }: ServiceDescription): ServiceDescription['inputs'][number] {
  const [first, ...more] = inputs;
  ok(first && more.length === 0);
  return first;
}
