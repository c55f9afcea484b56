// A service before it is saved, and what it becomes.

import { defaultSubscriptionKeyHeader, type Endpoint, type Service } from '../model/service';
import { parseEndpoint } from './studio/endpoint';
import { endpointAddress } from './studio/endpointAddress';

/** A service that is to be added. */
export interface NewService {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Absent for the usual header. */
  readonly subscriptionKeyHeader?: string | undefined;
}

/** The service for an endpoint, with its canonical address. */
export function toService(added: NewService): Service {
  return {
    name: added.name,
    address: endpointAddress(added.endpoint),
    endpoint: added.endpoint,
    subscriptionKeyHeader: added.subscriptionKeyHeader ?? defaultSubscriptionKeyHeader,
  };
}

/** The endpoint of an address that the extension has made itself, or the reason why there is none. */
export function endpointAt(
  address: string,
): { readonly ok: true; readonly endpoint: Endpoint } | { readonly ok: false; readonly reason: string } {
  const read = parseEndpoint(address);
  return read.ok ? { ok: true, endpoint: read.endpoint } : { ok: false, reason: read.reason };
}
