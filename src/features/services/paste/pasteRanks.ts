// Rates the addresses of a pasted text: which of them may be a service, and which are pages, pictures, schemas or storage.

import type { Endpoint } from '../../../model/service';
import { parseEndpoint, type EndpointReading } from '../../../protocols/studio/endpoint';
import { endpointAddress } from '../../../protocols/studio/endpointAddress';
import { isLoopback } from '../../../base/loopback';
import { mostCandidates, standing, type Candidate, type Standing } from './pasteCandidates';
import { openVariables } from './pasteTemplates';
import { isCommented } from '../../../base/pasted/pasteText';

/** An address with what reading it gave. */
export interface Rated extends Candidate {
  readonly reading: EndpointReading;
  /** 4: shows the contract. 3: an exact address that looks like a service. 2: another exact address. 1: refused. 0: no service. */
  readonly rank: number;
  readonly comment: boolean;
  /** True when the text says that this is what is called. */
  readonly tied: boolean;
}

const pages = [
  'microsoft.com', 'github.com', 'githubusercontent.com', 'stackoverflow.com', 'nuget.org', 'pypi.org', 'npmjs.com', 'python.org',
  'r-project.org', 'w3.org', 'json-schema.org', 'swagger.io', 'openapis.org', 'wikipedia.org', 'schema.org', 'aka.ms', 'windows.net',
  'microsoftonline.com', 'portal.azure.com', 'ml.azure.com', 'powerbi.com', 'office.com', 'xmlsoap.org', 'openxmlformats.org',
  'getpostman.com', 'postman.com', 'insomnia.rest', 'usebruno.com', 'hoppscotch.io', 'shields.io', 'badge.fury.io', 'travis-ci.org',
  'travis-ci.com', 'codecov.io', 'coveralls.io', 'circleci.com', 'schemastore.org', 'readthedocs.io', 'medium.com', 'youtube.com',
  'youtu.be', 'google.com', 'googleapis.com', 'gstatic.com', 'bing.com', 'gitlab.com', 'bitbucket.org', 'docker.com', 'docker.io',
  'mozilla.org', 'visualstudio.com', 'dev.azure.com', 'sharepoint.com', 'atlassian.net', 'jsdelivr.net', 'unpkg.com', 'cloudflare.com',
  'bootstrapcdn.com', 'apache.org', 'opensource.org', 'creativecommons.org', 'vault.azure.net', 'applicationinsights.azure.com',
  'servicebus.azure.com', 'documents.azure.com', 'azurecr.io',
];
const webPage = new RegExp(`(?:^|\\.)(?:${pages.map((each) => each.replaceAll('.', '\\.')).join('|')})$`, 'i');
const looksServing = /\.azure-api\.(?:net|us|cn)$|\.inference\.ml\.azure\.(?:com|us|cn)$|\.azurecontainer\.io$|\.azurewebsites\.net$/i;
const servingPath = /\/(?:score|predict|execute|invoke|invocations|infer)\/?$/i;
const fileName =
  /\.(?:png|svg|gif|jpe?g|ico|webp|css|js|html?|md|pdf|xsd|wsdl|ya?ml|ipynb)$|\/(?:swagger|openapi|collection|schema)\.json$/i;

/** Rates each address once; `only` when the text is nothing but an address. In the text's order. */
export function rate(text: string, candidates: readonly Candidate[], only: boolean): Rated[] {
  const rated = new Map<string, Rated>();
  for (const candidate of candidates) {
    const known = rated.get(candidate.text);
    if (known === undefined && rated.size >= mostCandidates) continue;
    const place = only ? 'service' : standing(text, candidate.at);
    if (known === undefined) {
      const reading = only ? parseEndpoint(candidate.text) : readWhole(candidate.text);
      const comment = isCommented(text, candidate.at);
      rated.set(candidate.text, { ...candidate, reading, rank: rankOf(reading, only, place), comment, tied: place === 'service' });
    } else if (place === 'service' && !known.tied) {
      rated.set(candidate.text, { ...known, tied: true, rank: rankOf(known.reading, only, place) });
    }
  }
  return [...rated.values()].toSorted((one, two) => one.at - two.at);
}

/** An exact address is taken as it is: one with a variable in it leads nowhere. */
function readWhole(text: string): EndpointReading {
  const reading = parseEndpoint(text);
  const rest = text.replace(/^[^/]{0,10}\/\/[^/]{0,300}/, '');
  if (!reading.ok || reading.endpoint.form !== 'exact' || openVariables(rest).length === 0) return reading;
  return { ok: false, reason: 'The address has a variable in it. Put the real value in its place.' };
}

/** How likely a read address is a service, as in `Rated`; `place` is what the text says of it. */
export function rankOf(reading: EndpointReading, only: boolean, place: Standing = 'unknown'): number {
  if (!reading.ok) return reading.storage === true ? 0 : 1;
  if (reading.endpoint.form !== 'exact') return 4;
  const { hostname } = new URL(reading.endpoint.origin);
  const serves = servingPath.test(reading.endpoint.path);
  if (only) return looksServing.test(hostname) || isLoopback(hostname) || serves ? 3 : 2;
  if (fileName.test(reading.endpoint.path) || place === 'never' || (place === 'other' && !serves)) return 0;
  if (looksServing.test(hostname)) return 3;
  if (webPage.test(hostname)) return 0;
  return isLoopback(hostname) || /score|predict|execute|invo|infer/i.test(reading.endpoint.path) ? 3 : 2;
}

/** Surer than a rank: a link to an article about predictions is no service beside one that shows the contract. */
export function surelyServes(endpoint: Endpoint): boolean {
  return endpoint.form === 'exact' && (looksServing.test(new URL(endpoint.origin).hostname) || servingPath.test(endpoint.path));
}

/** True for an online endpoint at its maker's own host, whose address shows what it is. */
export function isOnline(endpoint: Endpoint): boolean {
  return endpoint.form === 'exact' && /\.inference\.ml\.azure\.(?:com|us|cn)$/i.test(new URL(endpoint.origin).hostname);
}

/** Drops the addresses that others go on from, as code keeps a base and adds the path to it. */
export function withoutBases<One extends { readonly endpoint: Endpoint }>(usable: readonly One[]): One[] {
  const sorted = usable.map((one) => `${endpointAddress(one.endpoint)}/`).toSorted();
  const bases = new Set(sorted.filter((one, index) => sorted[index + 1] !== one && sorted[index + 1]?.startsWith(one)));
  return usable.filter((one) => !bases.has(`${endpointAddress(one.endpoint)}/`));
}

/** True for a text that means to be the address of a service with ids in it. */
export function contractual(text: string): boolean {
  return /\/services\/|\/(?:workspaces|subscriptions)\/|services\.azureml|azureml\.net/i.test(text);
}
