// What is known of a service of this contract by its address.

import type { Service } from '../../model/service';
import { retiredHostNote } from './endpoint';
import { endpointAddress, isGateway, needsServiceKey, operationsAddress, serviceId, workspaceId } from './endpointAddress';
import type { ServiceFacts } from '../protocol';

/** What the address of a service tells. */
export function studioFacts({ name, endpoint }: Pick<Service, 'name' | 'endpoint'>): ServiceFacts {
  const operations = operationsAddress(endpoint);
  const remark = retiredHostNote(endpoint);
  return {
    base: operations ?? endpointAddress(endpoint),
    id: serviceId(endpoint),
    workspaceId: workspaceId(endpoint),
    gateway: isGateway(endpoint),
    needsServiceKey: needsServiceKey(endpoint),
    ...(operations === undefined ? { noJobs: noJobs(name) } : {}),
    ...(remark === undefined ? {} : { remark }),
  };
}

function noJobs(name: string): NonNullable<ServiceFacts['noJobs']> {
  return {
    sentence: `"${name}" has no batch jobs: its address shows nothing of the contract's paths.`,
    advice: 'Add the service with an address that ends in /workspaces/…/services/….',
  };
}
