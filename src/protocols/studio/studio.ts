// The protocol of Azure Machine Learning Studio (classic) web services: request-response and batch execution, directly or behind a gateway.

import { submission } from './bes';
import { readSubmission } from './besBody';
import { explainDetails } from './besDetails';
import { parseEndpoint } from './endpoint';
import { readScoreRequest } from './request';
import type { Batch } from '../batch';
import type { Describing } from '../description';
import type { Protocol } from '../protocol';
import { requestShapes } from './description/requestShapes';
import { studioFacts } from './facts';
import { textKind } from './textKind';

/** Addresses of services whose gateway does not take row objects, as calls have shown it, for as long as the window lives. */
const tableOnly = new Set<string>();

const batch = {
  writeBody: submission,
  readBody: readSubmission,
  submit: async (...call) => (await import('./jobs')).submitJob(...call),
  start: async (...call) => (await import('./jobs')).startJob(...call),
  status: async (...call) => (await import('./jobs')).jobStatus(...call),
  cancel: async (...call) => (await import('./jobs')).deleteJob(...call),
  results: async (...call) => (await import('./jobs')).jobResults(...call),
  explainFailure: explainDetails,
} satisfies Batch;

const describing = {
  fetch: async (...call) => (await import('./describing')).fetchDescription(...call),
  read: async (json) => (await import('./describing')).readDescription(json),
  forms: requestShapes,
  newRequest: async (...parts) => (await import('./describing')).writeRequest(...parts),
  fromLast: async (...parts) => (await import('./describing')).fromLastRequest(...parts),
} satisfies Describing;

/** Services of the contract, and any other address as one operation that is called as it stands. */
export const studio = {
  id: 'studio',
  recognises: (address) => parseEndpoint(address).ok,
  textKind,
  readRequest: readScoreRequest,
  score: async (call, tools, ...rest) => (await import('./scoring')).score(call, { ...tools, tableOnly }, ...rest),
  call: async (...call) => (await import('./operationCall')).callOperation(...call),
  readAnswer: async (answer, context) => (await import('./scoring')).readTables(answer, context),
  readFault: async (answer, now) => (await import('./scoring')).readServiceFault(answer, now),
  check: async (...call) => (await import('./checking')).checkService(...call),
  values: async () => (await import('./requestValues')).requestValues,
  describing,
  batch,
  facts: studioFacts,
  codeFor: async (service) => (await import('./writing')).studioCode(service),
  codeForCalls: async () => (await import('./writing')).callCode,
  publishedAs: async (...parts) => (await import('./publishing')).publishedAs(...parts),
} satisfies Protocol;
