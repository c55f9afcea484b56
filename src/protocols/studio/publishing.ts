// The bundle that says what an API gateway has to know of a service of this contract.

import * as l10n from '@vscode/l10n';
import { InvalidInput } from '../../model/errors';
import type { Endpoint, Service } from '../../model/service';
import type { ServiceDescription } from '../description';
import type { PublishedService } from '../published';
import { about, operationsAt, type ServicePlace } from './publishing/operations';
import { schemasOf } from './publishing/schemas';

/**
 * The five operations of a service, with what its description tells of them. A service that is linked by its OData form is called at its
 * plain one. Throws InvalidInput for an address that shows nothing of the contract.
 */
export function publishedAs({ name, endpoint }: Service, description: ServiceDescription | undefined): PublishedService {
  if (endpoint.form === 'exact') {
    throw new InvalidInput({
      sentence: l10n.t(
        'No API can be defined for "{0}": its address shows nothing of the paths of such services, so most operations would lead nowhere.',
        name,
      ),
      advice: l10n.t('Add the service with an address that ends in /workspaces/…/services/….'),
    });
  }
  const schemas = schemasOf(description);
  return {
    backendUrl: `${endpoint.origin}${endpoint.prefix}`,
    about,
    operations: operationsAt(placeOf(endpoint), schemas),
    schemas: schemas.schemas,
  };
}

function placeOf(endpoint: Exclude<Endpoint, { readonly form: 'exact' }>): ServicePlace {
  return endpoint.form === 'classic'
    ? { group: 'workspaces', groupId: endpoint.workspace, serviceId: endpoint.service }
    : { group: 'subscriptions', groupId: endpoint.subscription, serviceId: endpoint.service };
}
