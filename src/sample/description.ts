// The service's own description (swagger.json), as such services give it: with the query as a part of the path keys.

import { outputColumns, type Definition } from './definition';
import { jobDefinitions, jobPaths, reference } from './jobs/description';

/** Builds the document. `host` is the host with its port as the caller named it; `basePath` the path in front of the operations. */
export function describe(definition: Definition, host: string, basePath: string): object {
  const { input, output } = definition;
  const answers = (schema: object | undefined, what: string): object => ({
    200: { description: what, ...(schema ? { schema } : {}) },
    default: { description: 'The call was refused or failed.', schema: reference('ErrorResponse') },
  });
  return {
    swagger: '2.0',
    info: { version: '2.0', title: definition.name, description: definition.description, 'x-endpoint-name': 'default' },
    host,
    basePath,
    schemes: ['http'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: {
      '/swagger.json': {
        get: {
          operationId: 'getSwaggerDocument',
          summary: 'This description.',
          parameters: [],
          responses: answers({ type: 'object' }, 'The description of the service.'),
        },
      },
      '/execute?api-version=2.0&format=swagger': {
        post: {
          operationId: 'execute',
          summary: 'Scores the rows of the input.',
          parameters: [{ name: 'executionRequest', in: 'body', required: true, schema: reference('ExecutionRequest') }],
          responses: answers(reference('ExecutionResults'), 'The scored rows.'),
          security: [{ api_key: [] }],
        },
      },
      ...jobPaths(answers),
    },
    securityDefinitions: {
      api_key: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'The word Bearer, a blank and the API key.' },
    },
    definitions: {
      ExecutionRequest: {
        type: 'object',
        properties: { Inputs: reference('ExecutionInputs'), GlobalParameters: { type: 'object', properties: {} } },
        required: ['Inputs'],
        example: { Inputs: { [input.name]: [{ [input.column]: input.example }] }, GlobalParameters: {} },
      },
      ExecutionInputs: { type: 'object', properties: { [input.name]: rowsOf(input.name) } },
      [`${input.name}Item`]: { type: 'object', properties: { [input.column]: { type: 'string', 'x-nullable': true } } },
      ExecutionResults: { type: 'object', properties: { Results: reference('ExecutionOutputs') } },
      ExecutionOutputs: { type: 'object', properties: { [output.name]: rowsOf(output.name) } },
      [`${output.name}Item`]: {
        type: 'object',
        properties: Object.fromEntries(outputColumns(definition).map((name) => [name, { type: 'integer', format: 'int32' }])),
      },
      ...jobDefinitions(definition),
      ErrorResponse: { type: 'object', properties: { error: reference('Error') } },
      Error: {
        type: 'object',
        properties: { code: { type: 'string' }, message: { type: 'string' }, details: { type: 'array', items: reference('ErrorDetail') } },
      },
      ErrorDetail: { type: 'object', properties: { code: { type: 'string' }, target: { type: 'string' }, message: { type: 'string' } } },
    },
  };
}

function rowsOf(port: string): object {
  return { type: 'array', items: reference(`${port}Item`) };
}
