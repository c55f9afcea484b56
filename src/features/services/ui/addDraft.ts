// A service while it is asked for, and the lines that show it.

import type { Endpoint, Secrets, Service } from '../../../model/service';
import type { ServiceFacts } from '../../../protocols/protocol';
import type { Health } from '../health';
import type { KeyStore } from '../keyStore';
import type { ServiceStore } from '../serviceStore';
import { toService } from '../../../protocols/newService';
import type { NamedKey } from '../keyLook';
import { plain, type PlainText } from '../../../ui/plain';

/** What a service is made of, while it is being asked for. Keys are in memory only. */
export interface Draft {
  endpoint: Endpoint;
  name: string;
  serviceKey: NamedKey | undefined;
  subscriptionKey: NamedKey | undefined;
  subscriptionKeyHeader: string | undefined;
}

/** What adding needs from outside. */
export interface AddParts {
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly health: Health;
  readonly factsOf: (service: Service) => ServiceFacts;
}

/** What can be chosen while the service is shown. */
export type Step = 'save' | 'note' | 'address' | 'name' | 'serviceKey' | 'subscriptionKey';

/** The keys that an entry which was deleted by hand has left for this address. */
export function keysLeft(endpoint: Endpoint, keys: KeyStore): Promise<Secrets> {
  return keys.of(toService({ name: '', endpoint }));
}

/** What is known of a service at this address before it has a name. */
export function factsAt({ factsOf }: AddParts, endpoint: Endpoint): ServiceFacts {
  return factsOf(toService({ name: '', endpoint }));
}

/** A second line, where there is one. */
export function detail(text: string | undefined): { readonly detail?: PlainText } {
  return text === undefined ? {} : { detail: plain(text) };
}
