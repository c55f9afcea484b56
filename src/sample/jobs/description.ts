// The part of the service's description (swagger.json) about batch jobs.

import type { Definition } from '../definition';

/** A reference to one of the document's definitions. */
export function reference(name: string): object {
  return { $ref: `#/definitions/${name}` };
}

/** The four operations. `answers` makes the responses of an operation from the schema of its good answer, if that has a body. */
export function jobPaths(answers: (schema: object | undefined, what: string) => object): object {
  const security = [{ api_key: [] }];
  const jobId = { name: 'jobId', in: 'path', type: 'string', required: true, description: 'The id that the submission gave.' };
  return {
    '/jobs?api-version=2.0': {
      post: {
        operationId: 'submitjob',
        summary: 'Submits a batch job. It does not run before it is started.',
        parameters: [{ name: 'batchExecutionRequest', in: 'body', required: true, schema: reference('BatchExecutionRequest') }],
        responses: answers({ type: 'string' }, 'The id of the job.'),
        security,
      },
    },
    '/jobs/{jobId}/start?api-version=2.0': {
      post: {
        operationId: 'startjob',
        summary: 'Starts a batch job.',
        parameters: [jobId],
        responses: answers(undefined, 'The job is started.'),
        security,
      },
    },
    '/jobs/{jobId}?api-version=2.0': {
      get: {
        operationId: 'getjobstatus',
        summary: 'The status of a batch job, and its results when it is finished.',
        parameters: [jobId],
        responses: answers(reference('BatchExecutionStatus'), 'The status.'),
        security,
      },
      delete: {
        operationId: 'canceljob',
        summary: 'Cancels a batch job.',
        parameters: [jobId],
        responses: answers(undefined, 'The job is cancelled.'),
        security,
      },
    },
  };
}

/** What the operations refer to. */
export function jobDefinitions({ input, output }: Definition): object {
  const text = { type: 'string' };
  const textOrNull = { ...text, 'x-nullable': true };
  const time = { type: 'string', format: 'date-time' };
  return {
    BatchExecutionRequest: {
      type: 'object',
      properties: {
        Input: reference('BlobReference'),
        Inputs: { type: 'object', properties: { [input.name]: reference('BlobReference') } },
        Outputs: { type: 'object', properties: { [output.name]: reference('BlobReference') } },
        GlobalParameters: {
          type: 'object',
          properties: { 'Run seconds': { type: 'number' }, 'Queue seconds': { type: 'number' }, 'Fail at row': { type: 'integer' } },
        },
      },
    },
    BlobReference: {
      type: 'object',
      properties: { ConnectionString: textOrNull, RelativeLocation: text, BaseLocation: text, SasBlobToken: text },
    },
    BatchExecutionStatus: {
      type: 'object',
      properties: {
        StatusCode: { type: 'string', enum: ['NotStarted', 'Running', 'Failed', 'Cancelled', 'Finished'] },
        Results: { type: 'object', properties: { [output.name]: reference('BlobReference') }, 'x-nullable': true },
        Details: textOrNull,
        CreatedAt: time,
        StartTime: time,
        EndTime: time,
      },
    },
  };
}
