// Where a call goes: reads the address, refuses the ones that are not called, and chooses the proxy. Pure.

import type { NetworkFailure, NetworkSettings } from '../model/wire';
import { isLoopback } from '../base/loopback';
import { failureCode, failureOf, networkFailure, type HostRoute } from './networkFailure';
import { chooseProxy, hostAndPort, type Proxy } from './proxy';

/** Where a call goes, and what to name in its failures. */
export interface Target {
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  readonly route: HostRoute;
  readonly proxy: Proxy | undefined;
}

/**
 * Reads an address; a failure says why it is not called. Without TLS only this computer itself is called, so no key crosses a network in
 * clear.
 */
export function readTarget(address: string, settings: NetworkSettings): Target | NetworkFailure {
  const url = parsed(address);
  if (url === undefined) return failureOf('protocol', failureCode.addressInvalid, 'The address is not a URL.', { host: '' });
  const route = { host: hostAndPort(url) };
  const refuse = (message: string) => failureOf('protocol', failureCode.addressNotAllowed, message, route);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('Only https addresses are called.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return refuse('Without https only this computer itself is called.');
  if (url.username !== '' || url.password !== '') return refuse('The address holds a user name or a password.');
  try {
    const proxy = chooseProxy(url, settings);
    return {
      origin: url.origin,
      path: url.pathname + url.search,
      route: proxy === undefined ? route : { ...route, proxy: proxy.host },
      proxy,
    };
  } catch (error) {
    return networkFailure(error, route);
  }
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
