// Reads the address out of a description of a service (Swagger 2, OpenAPI 3). Descriptions hold no key, whatever their members are called.

import { withoutEnd } from '../ends';
import { isLoopback } from '../loopback';
import { filledText, isArray, isObject, member } from '../shape';

/** A name with its value, as a description tells it. */
export interface DescribedPair {
  readonly name: string;
  readonly value: string;
}

const mostServers = 50;
const contract = /\/(?:workspaces|subscriptions)\/[^/]+\/services\/[^/]/i;

/** The addresses that a description names; undefined when the document is none. What is left open in them stays as `{{name}}`. */
export function readDescription(document: unknown): DescribedPair[] | undefined {
  if (member(document, 'swagger') === undefined && member(document, 'openapi') === undefined) return undefined;
  const servers = isArray(member(document, 'servers')) ? openApiServers(member(document, 'servers')) : swaggerServers(document);
  const addresses = servers.slice(0, mostServers).flatMap((server) => addressesOf(server, member(document, 'paths')));
  return addresses.map((value) => ({ name: 'url', value }));
}

function swaggerServers(document: unknown): string[] {
  const host = filledText(member(document, 'host'));
  if (host === undefined) return [];
  const schemes = member(document, 'schemes');
  const secure = isArray(schemes) ? schemes.includes('https') : !isLoopback(host.replace(/:\d+$/, ''));
  return [`${secure ? 'https' : 'http'}://${host}${filledText(member(document, 'basePath')) ?? ''}`];
}

function openApiServers(servers: unknown): string[] {
  return (isArray(servers) ? servers : []).flatMap((server) => {
    const url = filledText(member(server, 'url'));
    if (url === undefined) return [];
    const valueOf = (name: string): string | undefined => filledText(member(member(member(server, 'variables'), name), 'default'));
    return [url.replace(/\{([\w.-]{1,80})\}/g, (_whole, name: string) => valueOf(name) ?? `{{${name}}}`)];
  });
}

/** The server's address where it shows the contract; else with the one path that requests are posted to. */
function addressesOf(server: string, paths: unknown): string[] {
  if (contract.test(server) || !isObject(paths)) return [server];
  const base = withoutEnd(server, '/');
  const entries = Object.entries(paths).filter(([, operations]) => member(operations, 'post') !== undefined);
  const posted = entries.map(([path]) => path.replace(/\{([\w.-]{1,80})\}/g, '{{$1}}'));
  return posted.length === 0 ? [server] : posted.map((path) => `${base}${path.startsWith('/') ? '' : '/'}${path}`);
}
