// The five operations of the contract at a gateway: their names, URL templates and what they lead to. Goes over the wire: English.

import type { PublishedOperation, PublishedParameter, PublishedTemplate } from '../../published';
import type { Schemas } from './schemas';

/** Where a service is, behind the origin and the prefix of its address. */
export interface ServicePlace {
  readonly group: 'workspaces' | 'subscriptions';
  readonly groupId: string;
  readonly serviceId: string;
}

interface Shape {
  readonly id: string;
  readonly name: string;
  readonly method: PublishedOperation['method'];
  readonly description: string;
  /** Behind the address of a service. */
  readonly tail: string;
  readonly shortPath: string;
  /** Arguments of the query: their names, and what stands for their values in a template. */
  readonly query: readonly (readonly [name: string, placeholder: string])[];
  /** Names of schemas. */
  readonly request?: readonly [description: string, schema: string];
  readonly response: readonly [description: string, schema?: string];
  readonly options?: readonly PublishedParameter[];
}

const version = ['api-version', 'apiversion'] as const;

/** Gateways pass it on to the service. */
const format: PublishedParameter = {
  name: 'format', description: 'Given as swagger, rows are sent and answered as objects.', type: 'string', required: false,
  values: ['swagger'],
};

const shapes: readonly Shape[] = [
  {
    id: 'rrs-execute', name: 'RRS Execute', method: 'POST', tail: '/execute', shortPath: '/score', query: [version, ['details', 'details']],
    description: 'Scores rows at once (request-response service).',
    request: ['The rows to be scored.', 'RrsRequest'], response: ['The scored rows.', 'RrsResponse'], options: [format],
  },
  {
    id: 'bes-submit', name: 'BES Submit', method: 'POST', tail: '/jobs', shortPath: '/jobs', query: [version],
    description: 'Submits a batch job (batch execution service). It runs once it is started.',
    request: ['Where the input is, where outputs go, and parameters.', 'BesSubmitRequest'], response: ['The id of the job.', 'BesJobId'],
  },
  {
    id: 'bes-start', name: 'BES Start', method: 'POST', tail: '/jobs/{jobid}/start', shortPath: '/jobs/{jobid}/start', query: [version],
    description: 'Starts a batch job that was submitted.', response: ['The job is started.'],
  },
  {
    id: 'bes-status', name: 'BES Status', method: 'GET', tail: '/jobs/{jobid}', shortPath: '/jobs/{jobid}', query: [version],
    description: 'Tells how far a batch job is, and where its results are once it has finished.',
    response: ['The status of the job.', 'BesStatus'],
  },
  {
    id: 'bes-delete', name: 'BES Delete', method: 'DELETE', tail: '/jobs/{jobid}', shortPath: '/jobs/{jobid}', query: [version],
    description: 'Cancels a batch job, or deletes one that has ended.', response: ['The job is cancelled or deleted.'],
  },
];

/** What portals show of the whole. */
export const about = 'A scoring service: request-response and batch execution.';

/** All of them, in the order of the guide. */
export function operationsAt(place: ServicePlace, { examples }: Pick<Schemas, 'examples'>): readonly PublishedOperation[] {
  const body = ([description, schema]: Shape['response']): PublishedOperation['response'] => {
    const example = schema === undefined ? undefined : examples[schema];
    return { description, ...(schema === undefined ? {} : { schema }), ...(example === undefined ? {} : { example }) };
  };
  return shapes.map((shape): PublishedOperation => ({
    id: shape.id,
    name: shape.name,
    method: shape.method,
    description: shape.description,
    template: whole(shape, place),
    short: short(shape, place),
    options: shape.options ?? [],
    ...(shape.request === undefined ? {} : { request: body(shape.request) }),
    response: body(shape.response),
  }));
}

function whole({ tail, query }: Shape, place: ServicePlace): PublishedTemplate {
  const open = query.map(([name, placeholder]) => `${name}={${placeholder}}`).join('&');
  const group = place.group === 'workspaces' ? 'workspace' : 'subscription';
  return template(`/${place.group}/{${group}}/services/{service}${tail}?${open}`, place);
}

function short({ tail, shortPath, query }: Shape, place: ServicePlace): PublishedOperation['short'] {
  const fixed = query.map(([name, placeholder]) => `${name}=${fixedValues[placeholder] ?? ''}`).join('&');
  return { ...template(shortPath, place), rewrite: `/${place.group}/${place.groupId}/services/${place.serviceId}${tail}?${fixed}` };
}

/** The version of the contract, and names and types of columns in answers. */
const fixedValues: Readonly<Record<string, string>> = { apiversion: '2.0', details: 'true' };

function template(urlTemplate: string, { groupId, serviceId }: ServicePlace): PublishedTemplate {
  const known: Readonly<Record<string, Omit<PublishedParameter, 'name' | 'type' | 'required'>>> = {
    workspace: { description: 'The id of the workspace.', defaultValue: groupId },
    subscription: { description: 'The id of the subscription that the service belongs to.', defaultValue: groupId },
    service: { description: 'The id of the service.', defaultValue: serviceId },
    jobid: { description: 'The id of the job, as BES Submit answered it.' },
    apiversion: { description: 'The version of the contract.', defaultValue: '2.0', values: ['2.0'] },
    details: { description: 'Whether answers name columns and their types.', defaultValue: 'true', values: ['true', 'false'] },
  };
  const parameters = [...urlTemplate.matchAll(/\{([a-z]+)\}/g)].map(([, name = '']): PublishedParameter => ({
    name, type: 'string', required: true, ...(known[name] ?? { description: '' }),
  }));
  return { urlTemplate, parameters };
}
