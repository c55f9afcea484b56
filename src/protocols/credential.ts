// What a call proves its right with: headers, made for one address and refused to every other.

import { WrongAudience } from '../model/errors';
import type { SecretKind, Secrets } from '../model/service';
import type { Header } from '../model/wire';

/** The right to call what lies under one address. In memory only, for one try of a call: what it is made of may change or expire. */
export interface Credential {
  /** The address it was made for: its origin and its path, and whatever lies below that path. */
  readonly audience: string;
  /** Which secrets are in it, for the explanation of a refusal. Empty where the caller has none. */
  readonly kinds: readonly SecretKind[];
  /** Values that must be shown nowhere, should the other side send them back. */
  readonly hidden: readonly string[];
  /**
   * The headers for a call to `url`, of all its secrets or of these kinds. Throws WrongAudience for an address that it was not made for.
   */
  headers(url: string, kinds?: readonly SecretKind[]): readonly Header[];
}

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

/** Throws WrongAudience unless `url` is the address `audience` or lies below its path. A query counts on neither side. */
function requireAudience(audience: string, url: string): void {
  const [own, called] = [new URL(audience), new URL(url)];
  const path = own.pathname.endsWith('/') ? own.pathname : `${own.pathname}/`;
  if (called.origin === own.origin && `${called.pathname}/`.startsWith(path)) return;
  throw new WrongAudience({
    sentence: `A key that was made for ${own.host} is not sent to another address (${called.host}).`,
    advice: 'Nothing was sent. This is a fault of the extension: please report it.',
    actions: ['showLog'],
  });
}
