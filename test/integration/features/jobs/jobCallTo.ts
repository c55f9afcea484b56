// Calls about jobs of a service at some address, with keys.

import type { Secrets } from '../../../../src/model/service';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import type { JobCall } from '../../../../src/protocols/batch';
import { credentialOf } from '../../../../src/protocols/registry';

/** A call to a service called Weather at this origin, or at this address where it has a path. */
export function jobCallTo(origin: string, base: string, secrets: Secrets, changes: Partial<JobCall> = {}): JobCall {
  const reading = parseEndpoint(origin.includes('/', 8) ? origin : `${origin}${base}`);
  if (!reading.ok) throw new Error(reading.reason);
  const { endpoint } = reading;
  const service = { name: 'Weather', address: `${origin}${base}`, endpoint, subscriptionKeyHeader: 'Ocp-Apim-Subscription-Key' };
  return { service, credential: () => Promise.resolve(credentialOf(service, secrets)), timeoutMs: 5_000, ...changes };
}
