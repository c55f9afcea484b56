// The service as it is reached through the gateway once it is published.

import * as l10n from '@vscode/l10n';
import { member } from '../../../base/shape';
import { withoutEnd } from '../../../base/ends';
import { endpointAt, type NewService } from '../../../protocols/newService';
import type { ApiDefinition, DefinitionResource } from '../definition/definition';
import type { ApimInstance } from '../instance';
import { lastSegment, propertiesOf } from './reading';

/** The service behind the gateway, or why there is none. */
export type GatewayService =
  | { readonly ok: true; readonly service: NewService }
  | { readonly ok: false; readonly reason: string };

/** Makes the entry for the services tree out of what was published. */
export function gatewayService(definition: ApiDefinition, instance: ApimInstance): GatewayService {
  const [gateway] = instance.gatewayUrls;
  if (gateway === undefined)
    return { ok: false, reason: l10n.t('The instance tells no address of its gateway, so the service was not added to the sidebar.') };
  const path = pathOf(definition);
  const read = path === undefined ? undefined : endpointAt(`${withoutEnd(gateway, '/')}${path}`);
  if (!read?.ok) {
    const reasons = [l10n.t('The service was not added to the sidebar: its address behind the gateway cannot be used.'), read?.reason];
    return { ok: false, reason: reasons.filter((part) => part !== undefined).join(' ') };
  }
  const header = member(propertiesOf(apiOf(definition)?.body)['subscriptionKeyParameterNames'], 'header');
  const service: NewService = {
    name: l10n.t('{0} at {1}', definition.choices.displayName, instance.name),
    endpoint: read.endpoint,
    ...(typeof header === 'string' && header !== '' ? { subscriptionKeyHeader: header } : {}),
  };
  return { ok: true, service };
}

/** Below the gateway: the API's suffix, and the service's own path or the short one. */
function pathOf({ choices, service, resources }: ApiDefinition): string | undefined {
  const api = apiOf({ resources });
  const suffix = choices.path === '' ? '' : `/${choices.path}`;
  const revision = /;rev=\d{1,9}$/.exec(api ? lastSegment(api.path) : '')?.[0] ?? '';
  const own = choices.shortPaths ? shortPath(resources) : ownPath(service.address, propertiesOf(api?.body)['serviceUrl']);
  return own === undefined ? undefined : `${suffix}${revision}${own}`;
}

/** What the service's address has beyond the place that the API leads to. */
function ownPath(address: string, serviceUrl: unknown): string | undefined {
  if (typeof serviceUrl !== 'string') return undefined;
  const base = withoutEnd(serviceUrl, '/');
  return address.startsWith(`${base}/`) ? address.slice(base.length) : undefined;
}

/** The first operation that is posted to is the one that scores. */
function shortPath(resources: readonly DefinitionResource[]): string | undefined {
  const operations = resources.filter(({ kind }) => kind === 'operation').map(({ body }) => propertiesOf(body));
  const template = operations.find(({ method }) => method === 'POST')?.['urlTemplate'];
  return typeof template === 'string' && template.startsWith('/') ? template.split('?')[0] : undefined;
}

function apiOf({ resources }: Pick<ApiDefinition, 'resources'>): DefinitionResource | undefined {
  return resources.find(({ kind }) => kind === 'api');
}
