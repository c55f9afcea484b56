// What is said of instances that are not there, not free or not ready, in the service's words.

import { ArmProblem, badRequest } from '../armProblem';
import type { ServiceRecord } from './service';

const inner = { shape: 'instance' } as const;

/** Errors of instances, in the service's words. */
export const serviceProblems = {
  notFound: (name: string) => new ArmProblem(404, 'ServiceNotFound', `Api service does not exist: ${name}`, inner),
  taken: (name: string) => new ArmProblem(409, 'ServiceAlreadyExists', `Api service already exists: ${name}`, inner),
  softDeleted: (name: string) => new ArmProblem(
    409, 'ServiceAlreadyExistsInSoftDeletedState',
    `Api service ${name} was soft-deleted. In order to create the new service with the same name, you have to either undelete the service `
    + 'or purge it. See https://aka.ms/apimsoftdelete.',
    inner,
  ),
  noUndelete: () => new ArmProblem(400, 'ServiceUndeleteNotPossible', 'Unable to undelete service', inner),
  locked: (name: string) => new ArmProblem(
    409, 'ServiceLocked', `The API Service ${name} is transitioning at this time. Please try the request again later.`, inner,
  ),
  activating: () => badRequest('InvalidOperation', 'API Management service is activating'),
  failed: () => badRequest('InvalidOperation', 'API Management service is in a failed state'),
} as const;

/** Throws what calls below an instance are answered while it is not active. */
export function checkActive({ state, name }: Pick<ServiceRecord, 'state' | 'name'>): void {
  switch (state) {
    case 'Succeeded':
      return;
    case 'Activating':
      throw serviceProblems.activating();
    case 'Deleting':
      throw serviceProblems.locked(name);
    case 'Failed':
      throw serviceProblems.failed();
    default:
      state satisfies never;
  }
}
