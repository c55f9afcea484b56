// The credential that is made of a service's keys.

import { requireAudience, type Credential } from '../model/credential';
import type { SecretKind, Secrets } from '../model/service';
import type { Header } from '../model/wire';

/** A header, and the secret in it. */
interface KeyHeader extends Header {
  readonly kind: SecretKind;
  readonly secret: string;
}

/** A credential made of keys: the service's own goes into `Authorization`, that of a gateway into a header with this name. */
export function keyCredential(audience: string, subscriptionKeyHeader: string, secrets: Secrets): Credential {
  const { serviceKey, subscriptionKey } = secrets;
  const all: KeyHeader[] = [];
  if (serviceKey !== undefined) all.push({ kind: 'serviceKey', secret: serviceKey, name: 'Authorization', value: `Bearer ${serviceKey}` });
  if (subscriptionKey !== undefined) {
    all.push({ kind: 'subscriptionKey', secret: subscriptionKey, name: subscriptionKeyHeader, value: subscriptionKey });
  }
  return {
    audience,
    kinds: all.map(({ kind }) => kind),
    hidden: all.map(({ secret }) => secret),
    headers: (url, kinds) => {
      requireAudience(audience, url);
      return all.filter(({ kind }) => kinds === undefined || kinds.includes(kind)).map(({ name, value }) => ({ name, value }));
    },
  };
}
