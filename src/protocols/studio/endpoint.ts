// Reads every form of a service's address, and builds the addresses that are called.

import type { Endpoint } from '../../model/service';
import { withoutEnd } from '../../base/ends';
import { isLoopback } from '../../base/loopback';
import { splitQuery } from '../../base/pasted/pasteSecrets';
import { isStorageHost } from '../../storage/storageHosts';

/** What the address of a help page tells; only the host that answers is not in it. */
export interface MissingHost {
  readonly kind: 'host';
  readonly workspace: string;
  readonly service: string;
}

/**
 * A read address with remarks for the person, or the reason why it cannot be used; `storage` when it is that of storage. Neither holds a
 * secret.
 */
export type EndpointReading =
  | { readonly ok: true; readonly endpoint: Endpoint; readonly notes: string[] }
  | { readonly ok: false; readonly reason: string; readonly missing?: MissingHost; readonly storage?: true };

const longestAddress = 4096;
const operation = /^(?:(?:execute|score|swagger\.json|apidocument|\$metadata|jobs(?:\/[^/]+(?:\/start)?)?)(?:\/help)?|help)?$/i;
const managingHost = /(?:^|\.)(?:studio|studioapi|management)\.azureml(?:-int)?\.(?:net|de)$|^services\.azureml\.net$/;
const resourceHost = /^management\.(?:azure\.com|chinacloudapi\.cn|usgovcloudapi\.net|core\.windows\.net)$/;
const answeringHost = /\.services\.azureml(?:-int)?\.(?:net|de)$/;
const wrappers = ['<>', '""', "''", '``', '“”', '„“', '‘’', '«»', '()'];
const form = '/workspaces/…/services/…';

/** Reads an address in any form, with or without operation and query. Never throws; a refusal says in one or two sentences what to do. */
export function parseEndpoint(text: string): EndpointReading {
  const notes: string[] = [];
  let address = unwrapped(text);
  if (address === '') return refused('Type or paste the address of a service.');
  if (address.length > longestAddress) return refused(tooLong);
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(address)) {
    address = address.replace(/^\/\//, '');
    if (/^[^/?#]*@/.test(address)) return refused(userInfo);
    if (/^[a-z][a-z\d+.-]*:(?!\d)/i.test(address)) return refused(otherScheme);
    if (!/^(?:localhost|\[[\da-f:.]+\]|[^/?#]+\.[^/?#]+)(?::\d+)?(?:[/?#]|$)/i.test(address))
      return refused(`This is not an address. An address begins with https:// and a host, and goes on with ${form}.`);
    address = `https://${address}`;
    notes.push('The address came without https://, which was put in front of it.');
  }
  const [, scheme = '', authority = '', rawPath = '', rawQuery = ''] =
    /^([^:]*):\/\/([^/?#\\]*)([^?#]*)(?:\?([^#]*))?/s.exec(address) ?? [];
  if (authority.includes('@')) return refused(userInfo);
  if (!/^https?$/i.test(scheme)) return refused(otherScheme);
  if (/[\s\\\p{Cc}]/u.test(authority + rawPath + rawQuery))
    return refused('The address holds a blank or a backslash. Paste only the address, in one piece.');
  const path = plainPath(withoutEncodedBlanks(rawPath));
  if (path === undefined)
    return refused(
      'The path of the address holds an encoded slash, an unfinished % or a step such as “..”, which could lead somewhere else. Write ' +
      'the path out plainly.',
    );
  if (placeholderIn(authority) !== undefined) return refusedPlaceholder(authority);

  const query = splitQuery(rawQuery);
  const kept = withoutEncodedBlanks(query.kept);
  let url: URL;
  try {
    url = new URL(`${scheme}://${authority}${path}${kept === '' ? '' : `?${kept}`}`);
  } catch {
    return refused(badHost);
  }
  if (/[$%()!*'&+,;=~]/.test(url.hostname)) return refused(badHost);
  if (url.href.length > longestAddress) return refused(tooLong);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return refused(
      'The address begins with http, which would send the key unprotected. Use https; http is only for a service on this computer ' +
      '(localhost).',
    );
  if (query.taken.length > 0)
    notes.push(
      'A key stood in the query of the address. It was taken out, because addresses are stored as readable text. Where it is not shown ' +
      'as set, set it as API key or subscription key.',
    );
  return readPath(url, path, notes);
}

/** Completes the address of a help page with a host, a region or a base address that a person typed. */
export function withHost(missing: MissingHost, hostText: string): EndpointReading {
  const typed = unwrapped(hostText);
  const whole = parseEndpoint(typed);
  if (whole.ok && whole.endpoint.form !== 'exact') {
    return whole.endpoint.form === 'classic' &&
      whole.endpoint.workspace.toLowerCase() === missing.workspace.toLowerCase() &&
      whole.endpoint.service.toLowerCase() === missing.service.toLowerCase()
      ? whole
      : refused('This address names another service than the help page does. Type only its host, or paste this address on its own.');
  }
  const base = withoutEnd(typed.replace(/[?#].*$/s, ''), '/').replace(/\/workspaces(?:\/[^/]*(?:\/services)?)?$/i, '');
  if (base === '') return refused('Type the host that answers, such as ussouthcentral.services.azureml.net.');
  const host = /^[a-z]+$/i.test(base) && base.toLowerCase() !== 'localhost' ? `${base}.services.azureml.net` : base;
  return parseEndpoint(`${host.includes('://') ? '' : 'https://'}${host}/workspaces/${missing.workspace}/services/${missing.service}`);
}

/** The reason why a text cannot be used as an address, or undefined when it can: for input boxes. */
export function checkAddress(text: string): string | undefined {
  const reading = parseEndpoint(text);
  return reading.ok ? undefined : reading.reason;
}

/** A remark for the person when the endpoint is at one of Microsoft's own hosts, which are switched off; undefined for every other host. */
export function retiredHostNote(endpoint: Endpoint): string | undefined {
  if (!answeringHost.test(new URL(endpoint.origin).hostname.replace(/\.$/, ''))) return undefined;
  return 'Microsoft retired its own hosts for these services on 31 August 2024. This one answers only if your network redirects its name.';
}

const tooLong = `This is too long for an address (more than ${longestAddress} characters). Paste only the address.`;
const userInfo = 'The address holds a user name or password in front of the host (…@…). Remove that part; keys are given on their own.';
const badHost = 'The host or the port of the address is not written correctly.';
const ofStorage =
  'This is the address of a storage account, not of a service. Paste the request address, or add the storage with “Add Storage Account”.';
const otherScheme = 'Only addresses that begin with https:// can be used (http:// for a service on this computer).';

function readPath(url: URL, path: string, notes: string[]): EndpointReading {
  const { origin, hostname, pathname } = url;
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const words = segments.map((segment) => segment.toLowerCase());
  const at = words.findIndex((word, index) => (word === 'workspaces' || word === 'subscriptions') && words[index + 2] === 'services');
  const page = managementPage(hostname, segments, words);
  if (page !== undefined) return page;
  if (segments.length === 0)
    return refused(`The address ends after the host. What is missing is the path to the service, such as ${form}.`);
  if (at < 0) return readExact(url, path, words, notes);

  const [group = '', , service = ''] = segments.slice(at + 1);
  if (service === '') return refused('The address ends after /services. What is missing is the id of the service.');
  const odata = words[at] === 'workspaces' && words[at - 1] === 'odata';
  const before = segments.slice(0, odata ? at - 1 : at);
  const named = [...before, group, service].join('/');
  if (placeholderIn(named) !== undefined) return refusedPlaceholder(named);
  if (!isId(group) || !isId(service))
    return refused('An id in the address holds characters that ids do not have. Ids are made of letters, digits and dashes.');
  const rest = segments.slice(at + 4).join('/');
  if (!operation.test(rest))
    return refused(
      'The address goes on after the id of the service with something that is no operation of a service. Remove what follows the id, ' +
      'or check it.',
    );
  if (/^score/i.test(rest))
    notes.push('The address ends in /score, the first version of the interface. The service is called at /execute, its version 2.0.');
  const prefix = before.map((segment) => `/${segment}`).join('');
  return {
    ok: true,
    notes,
    endpoint:
      words[at] === 'workspaces'
        ? { form: 'classic', origin, prefix, odata, workspace: group, service }
        : { form: 'new', origin, prefix, subscription: group, service },
  };
}

function readExact(url: URL, path: string, words: readonly string[], notes: string[]): EndpointReading {
  if (answeringHost.test(url.hostname)) {
    return refused(
      words.includes('workspaces') || words.includes('subscriptions')
        ? `The address names no service. It should go on with ${form}.`
        : `The path is not that of a service on this host. It should be ${form}.`,
    );
  }
  const query = url.search.slice(1);
  const whole = `${path}?${query}`;
  if (placeholderIn(whole) !== undefined) return refusedPlaceholder(whole);
  return { ok: true, notes, endpoint: { form: 'exact', origin: url.origin, path: url.pathname, query } };
}

function managementPage(host: string, segments: readonly string[], words: readonly string[]): EndpointReading | undefined {
  const at = words.findIndex((word, index) => word === 'workspaces' && words[index + 2] === 'webservices');
  const workspace = segments[at + 1] ?? '';
  const service = segments[at + 5] ?? '';
  if (at >= 0 && words[at + 4] === 'endpoints' && isWholeId(workspace) && isWholeId(service)) {
    return {
      ok: false,
      reason:
        'This is the address of a help page. It names the service, but not the host that answers, such as ' +
        'ussouthcentral.services.azureml.net.',
      missing: { kind: 'host', workspace, service },
    };
  }
  if (at >= 0)
    return refused(
      'This is the address of a page about a service. It does not hold the id of the endpoint, so the service’s own address cannot be ' +
      'made from it. Paste the request address that the page shows.',
    );
  if (managingHost.test(host))
    return refused(`This host manages services and does not answer requests. Paste the request address, which has ${form} in it.`);
  if (isStorageHost(host)) return { ok: false, reason: ofStorage, storage: true };
  if (resourceHost.test(host))
    return refused(
      'This is the address of the Azure resource, not of the service that answers. Paste the request address from the service’s ' +
      'Consume page.',
    );
  return undefined;
}

/** True for an id as the platform makes them: 32 hexadecimal digits, with or without dashes. */
export function isWholeId(text: string): boolean {
  return /^[\da-f]{32}$|^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

function withoutEncodedBlanks(text: string): string {
  let end = text.length;
  while (text.endsWith('%20', end)) end -= 3;
  return text.slice(0, end);
}

function isId(text: string): boolean {
  return /^[\w.~-]+$/.test(text);
}

function plainPath(path: string): string | undefined {
  const plain = path.replace(/%[\da-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : code.toUpperCase();
  });
  const unclear = /%(?![\dA-F]{2})|%(?:2F|5C|25|[01][\dA-F]|7F)/.test(plain);
  return unclear || plain.split('/').some((segment) => /^\.{1,2}(?:;|%3B|$)/.test(segment)) ? undefined : plain;
}

function placeholderIn(text: string): string | undefined {
  const plain = text.replace(/%7B|%3C/gi, '<').replace(/%7D|%3E/gi, '>').replace(/%20/g, ' ');
  return /[<{[]\s*[a-z_][\w .$-]{0,40}[>}\]]/i.exec(plain)?.[0] ?? /(?:^|[/.=])(your[-_ ][\w-]*|x{4,})(?=[/.&]|$)/i.exec(plain)?.[1];
}

function refusedPlaceholder(text: string): EndpointReading {
  return refused(`The address still holds a placeholder, ${placeholderIn(text) ?? ''}. Put the real value in its place.`);
}

function unwrapped(text: string): string {
  let plain = text.trim().slice(0, longestAddress + 1).replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '').replace(/&(?:amp;)+/gi, '&');
  while (plain.length > 1 && wrappers.includes(plain.charAt(0) + plain.charAt(plain.length - 1))) plain = plain.slice(1, -1).trim();
  return plain;
}

function refused(reason: string): EndpointReading {
  return { ok: false, reason };
}
