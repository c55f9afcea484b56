// Services of the sidebar that are called through the gateway of an instance, and the service that an API of it is.

import * as l10n from '@vscode/l10n';
import { withoutEnd } from '../../../base/ends';
import type { Service } from '../../../model/service';
import { endpointAt } from '../../../protocols/newService';
import type { ApimInstance } from '../instance';
import type { Entry } from '../items';
import { instanceTitle } from '../nodes';
import type { GatewayService } from '../publish/gatewayService';

/** Those whose address lies below a gateway address of the instance. */
export function servicesBehind({ gatewayUrls }: Pick<ApimInstance, 'gatewayUrls'>, services: readonly Service[]): readonly Service[] {
  return services.filter(({ address }) => gatewayUrls.some((url) => isBelow(address, url)));
}

/** True where the service is called at a path of one of these APIs. */
export function isOfApis({ gatewayUrls }: Pick<ApimInstance, 'gatewayUrls'>, service: Service, apis: readonly Entry[]): boolean {
  return apis.some(({ path = '' }) =>
    gatewayUrls.some((url) => isBelow(service.address, path === '' ? url : `${withoutEnd(url, '/')}/${path}`)));
}

function isBelow(address: string, url: string): boolean {
  if (!URL.canParse(address) || !URL.canParse(url)) return false;
  const [one, other] = [new URL(address), new URL(url)];
  const base = withoutEnd(other.pathname, '/').toLowerCase();
  const path = one.pathname.toLowerCase();
  // Behind the suffix a revision may be named.
  return one.origin === other.origin && (path === base || path.startsWith(`${base}/`) || path.startsWith(`${base};rev=`));
}

/**
 * The service that an API is through the gateway: at the first of its operations that is posted to and has no parameter in its path. `api`
 * is as it was read alone, with the names that carry its key.
 */
export function serviceOfApi(instance: ApimInstance, api: Entry, operations: readonly Entry[]): GatewayService {
  const [gateway] = instance.gatewayUrls;
  if (gateway === undefined) return { ok: false, reason: l10n.t('{0} tells no address of its gateway.', instanceTitle(instance)) };
  const posted = operations.filter(({ method, path }) => method?.toUpperCase() === 'POST' && path !== undefined);
  const template = posted.map(({ path = '' }) => path.split('?')[0] ?? '').find((path) => path.startsWith('/') && !path.includes('{'));
  if (template === undefined) {
    return { ok: false, reason: l10n.t('No operation of the API "{0}" is posted to at one fixed address.', api.title) };
  }
  const suffix = api.path === undefined || api.path === '' ? '' : `/${api.path}`;
  const read = endpointAt(`${withoutEnd(gateway, '/')}${suffix}${template}`);
  if (!read.ok) return { ok: false, reason: read.reason };
  return {
    ok: true,
    service: {
      name: l10n.t('{0} at {1}', api.title, instanceTitle(instance)), endpoint: read.endpoint,
      ...(api.keyHeader === undefined ? {} : { subscriptionKeyHeader: api.keyHeader }),
    },
  };
}
