// Which services of the sidebar are two ways to the same one: direct, and through the gateway of an instance.

import type { Endpoint, Service } from '../../../model/service';
import { toService } from '../../../protocols/newService';
import type { ApimInstance } from '../instance';
import { gatewayService } from '../publish/gatewayService';
import type { PublishJournal } from '../publish/journal';
import type { Publishing } from '../publish/publishing';

/** An API of an instance. */
export interface ApiPlace {
  readonly instance: ApimInstance;
  /** The last part of its id. */
  readonly api: string;
}

/** Both ways to a service. `place` is the API that the gateway's way goes through, where that is known. */
export interface WayPair {
  readonly direct: Service;
  readonly gateway: Service;
  readonly place?: ApiPlace;
}

/** What is known of ways. */
export interface KnownWays {
  readonly services: readonly Service[];
  readonly publishings: readonly Pick<Publishing, 'instance' | 'definition' | 'steps'>[];
}

/** The publishings of this computer; those that cannot be read have none. */
export async function readPublishings(journal: Pick<PublishJournal, 'keys' | 'read'>): Promise<readonly Publishing[]> {
  const found: Publishing[] = [];
  for (const key of await journal.keys()) {
    const entry = await journal.read(key);
    if (entry.kind === 'publishing') found.push(entry.publishing);
  }
  return found;
}

/** The pair that a service belongs to: as it was published, else by the ids in its address. Undefined where there is none. */
export function pairOf(service: Pick<Service, 'address'>, known: KnownWays): WayPair | undefined {
  const isOf = ({ direct, gateway }: WayPair): boolean => direct.address === service.address || gateway.address === service.address;
  return publishedPairs(known).find(isOf) ?? alikePairs(known.services).find(isOf);
}

/** The ways to the same service, itself among them, the direct one first; empty where there is no other one. */
export function waysTo(service: Service, known: KnownWays): readonly Service[] {
  const pair = pairOf(service, known);
  return pair ? [pair.direct, pair.gateway] : [];
}

/** The API that a service of the sidebar was published as from this computer. */
export function placeOf(gateway: Pick<Service, 'address'>, { publishings }: Pick<KnownWays, 'publishings'>): ApiPlace | undefined {
  const found = publishings.find((publishing) => isMade(publishing) && gatewayAddress(publishing) === gateway.address);
  return found && { instance: found.instance, api: found.definition.choices.apiId };
}

function publishedPairs({ services, publishings }: KnownWays): readonly WayPair[] {
  return publishings.filter(isMade).flatMap((publishing) => {
    const { definition, instance } = publishing;
    const address = gatewayAddress(publishing);
    const direct = services.find((each) => each.address === definition.service.address);
    const gateway = services.find((each) => each.address === address);
    return direct && gateway ? [{ direct, gateway, place: { instance, api: definition.choices.apiId } }] : [];
  });
}

function isMade({ steps }: Pick<Publishing, 'steps'>): boolean {
  return steps.some(({ kind, state }) => kind === 'api' && state === 'done');
}

function gatewayAddress({ definition, instance }: Pick<Publishing, 'definition' | 'instance'>): string | undefined {
  const found = gatewayService(definition, instance);
  return found.ok ? toService(found.service).address : undefined;
}

/** Addresses with the same ids, of which one lies below a path of its own, as behind a gateway. */
function alikePairs(services: readonly Service[]): readonly WayPair[] {
  return services.flatMap((direct) => {
    const own = partsOf(direct.endpoint);
    if (own?.prefix !== '') return [];
    const gateway = services.find(({ endpoint }) => {
      const other = partsOf(endpoint);
      return other !== undefined && other.prefix !== '' && other.ids === own.ids && other.origin !== own.origin;
    });
    return gateway ? [{ direct, gateway }] : [];
  });
}

interface AddressParts {
  readonly origin: string;
  readonly prefix: string;
  readonly ids: string;
}

/** Undefined for an address that shows no ids. */
function partsOf(endpoint: Endpoint): AddressParts | undefined {
  if (!('service' in endpoint)) return undefined;
  const { origin, prefix, service } = endpoint;
  const above = 'workspace' in endpoint ? endpoint.workspace : endpoint.subscription;
  return { origin, prefix, ids: `${above.toLowerCase()}/${service.toLowerCase()}` };
}
