// Which proxy a call goes through: VS Code's settings first, then the environment's variables. Pure.

import { STATUS_CODES } from 'node:http';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { NetworkSettings } from '../model/wire';
import { isLoopback } from '../base/loopback';
import { failureCode, ProxyError } from './networkFailure';
import { percentDecoded } from '../base/percent';

/** A proxy that can be used. `host` is `host:port` without credentials; `authorization` is a secret. */
export interface Proxy {
  readonly origin: string;
  readonly host: string;
  readonly authorization?: string;
}

/** The proxy for an address, or undefined where it is reached directly. Throws ProxyError where the proxy's own address cannot be used. */
export function chooseProxy(target: URL, settings: NetworkSettings): Proxy | undefined {
  if (settings.proxySupport === 'off' || isLoopback(target.hostname)) return undefined;
  const address =
    settings.proxy.trim() || fromEnvironment(settings.environment, ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']);
  if (address === '') return undefined;
  const exceptions = [...settings.noProxy, ...fromEnvironment(settings.environment, ['NO_PROXY', 'no_proxy']).split(/[\s,]+/)];
  if (exceptions.some((exception) => isExcepted(target, exception.trim()))) return undefined;
  return readProxy(address, settings.proxyAuthorization);
}

/** What a proxy's refusal to open the way means; `challenge` is its Proxy-Authenticate header. */
export function proxyRefusal(status: number, challenge: string | string[] | undefined): ProxyError {
  const reason = `The proxy answered ${status} ${STATUS_CODES[status] ?? ''}`.trim();
  if (status !== 407) return new ProxyError(failureCode.proxyRefused, `${reason}.`);
  // Only the names of the ways to sign in: what follows them is the proxy's business.
  const schemes = [challenge ?? []].flat().map((line) => /^[\w-]+/.exec(line)?.[0]).filter((scheme) => scheme !== undefined);
  const wanted = schemes.length === 0 ? '' : ` It accepts: ${schemes.join(', ')}.`;
  return new ProxyError(failureCode.proxyAuthRequired, `${reason}.${wanted}`);
}

/** Host and port of an address, the port also where the scheme implies it. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'http:' ? '80' : '443');
}

function fromEnvironment(environment: NetworkSettings['environment'], names: readonly string[]): string {
  return names.map((name) => environment[name]?.trim() ?? '').find((value) => value !== '') ?? '';
}

/** The proxy's address may hold a password, so nothing of it that is not host or port enters a message. */
function readProxy(address: string, authorization: string | undefined): Proxy {
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`);
  } catch {
    throw new ProxyError(failureCode.proxyAddressInvalid, 'The address of the proxy is not a URL.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const scheme = url.protocol.slice(0, -1);
    throw new ProxyError(failureCode.proxyUnsupported, `Proxies of the kind "${scheme}" are not supported; "http" and "https" are.`);
  }
  const header = authorization?.trim() || basicAuthorization(url);
  return { origin: url.origin, host: hostAndPort(url), ...(header === undefined ? {} : { authorization: header }) };
}

function basicAuthorization(url: URL): string | undefined {
  if (url.username === '' && url.password === '') return undefined;
  return `Basic ${Buffer.from(`${percentDecoded(url.username)}:${percentDecoded(url.password)}`).toString('base64')}`;
}

/** One entry of a no-proxy list: `*`, a name (also for what ends in it), `host:port`, an IP address, a range such as `10.0.0.0/8`. */
function isExcepted(target: URL, exception: string): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const host = bare(target.hostname);
  const range = /^\[?([^\]/]+)\]?\/(\d{1,3})$/.exec(exception);
  if (range !== null) return isInRange(host, range[1] ?? '', Number(range[2]));
  const withPort = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(exception);
  if (withPort !== null && withPort[2] !== portOf(target)) return false;
  const name = bare(withPort?.[1] ?? exception);
  if (family(name) !== undefined) return isSameAddress(host, name);
  const suffix = name.replace(/^\*?\./, '');
  return host === suffix || (family(host) === undefined && host.endsWith(`.${suffix}`));
}

function bare(hostname: string): string {
  return hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

function family(host: string): 'ipv4' | 'ipv6' | undefined {
  if (isIPv4(host)) return 'ipv4';
  return isIPv6(host) ? 'ipv6' : undefined;
}

function isSameAddress(host: string, address: string): boolean {
  return isInRange(host, address, isIPv4(address) ? 32 : 128);
}

function isInRange(host: string, network: string, prefix: number): boolean {
  const [hostFamily, networkFamily] = [family(host), family(network)];
  if (hostFamily === undefined || networkFamily === undefined || prefix > (networkFamily === 'ipv4' ? 32 : 128)) return false;
  const range = new BlockList();
  range.addSubnet(network, prefix, networkFamily);
  return range.check(host, hostFamily);
}
