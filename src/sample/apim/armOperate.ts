// Leads a call on the stand-in's ARM to the part that answers it.

import { isObject, member, type JsonObject } from '../../base/shape';
import { answerGroup, checkPlace, groups, locations, permissions, subscription, tenants } from './armAround';
import type { ArmReply } from './armCall';
import { ArmProblem, notInTier } from './armProblem';
import { answerProvider, checkRegistered } from './armProvider';
import type { ArmRoute } from './armRoutes';
import { argument } from './query';
import { answerQuota } from './quotas';
import { answerReport } from './reports/reports';
import { answerResource } from './resources/resources';
import { answerService } from './services/answerService';
import type { ServiceOperations } from './services/operations';
import { answerGateway } from './gatewayActions';
import { checkActive, serviceProblems } from './services/serviceProblems';
import type { Service, Services } from './services/services';
import { hasCollection } from './services/tiers';

/** A call whose path was read. */
export interface RoutedCall {
  readonly method: string;
  readonly route: ArmRoute;
  readonly query: URLSearchParams;
  readonly body: JsonObject | undefined;
  readonly ifMatch: string | undefined;
  /** Uses up a fault that is meant for this call, and says whether there was one. */
  readonly takes: (fault: 'reader' | 'activationFails' | 'pollError' | 'poll404') => boolean;
}

/** What answers calls. */
export interface ArmParts {
  readonly services: Services;
  readonly operations: ServiceOperations;
}

/** Answers a call. Throws ArmProblem. */
export function operate({ services, operations }: ArmParts, call: RoutedCall): ArmReply {
  const { method, route, query, body, takes } = call;
  const version = argument(query, 'api-version') ?? '';
  if ('subscription' in route) checkPlace(services, route.kind === 'group' ? { subscription: route.subscription } : route);
  switch (route.kind) {
    case 'tenants':
      return { status: 200, body: tenants() };
    case 'subscriptions':
      return { status: 200, body: { value: [subscription()], count: { type: 'Total', value: 1 } } };
    case 'subscription':
      return { status: 200, body: subscription() };
    case 'locations':
      return { status: 200, body: locations() };
    case 'groups':
      return groups(services);
    case 'group':
      return answerGroup(services, method, route.group, body);
    case 'permissions':
    case 'groupPermissions':
      return permissions(takes('reader'));
    case 'provider':
      return answerProvider(services, { method, rest: route.rest, group: route.group, body });
    case 'operation':
      if (takes('poll404')) throw new ArmProblem(404, 'ResourceNotFound', 'Operation not found.');
      if (takes('pollError')) services.fail(route.service);
      return operations.poll({ name: route.service, token: route.token, query, version });
    case 'instance': {
      const { group, service: name, rest } = route;
      if (rest.length > 0) return below(serviceAt(services, group, name), rest, call);
      if (method === 'PUT') checkRegistered(services);
      const fails = method === 'PUT' && takes('activationFails');
      return answerService(services, operations, { method, group, name, body, version, fails });
    }
    default:
      return route satisfies never;
  }
}

function serviceAt(services: Services, group: string, name: string): Service {
  const found = services.find(name);
  if (found?.record.group.toLowerCase() !== group.toLowerCase()) throw serviceProblems.notFound(name);
  return found;
}

function below({ record, instance }: Service, rest: readonly string[], { method, query, body, ifMatch }: RoutedCall): ArmReply {
  checkActive(record);
  const [first = '', name] = rest;
  if (!hasCollection(record.sku.name, first)) throw notInTier(record.sku.name);
  if (first.toLowerCase() === 'reports' && method === 'GET' && name !== undefined) return answerReport(instance, name, query);
  if (first.toLowerCase() === 'gateways') return answerGateway(instance, method, rest, body);
  const given = member(body, 'properties');
  const properties = isObject(given) ? given : {};
  if (first.toLowerCase() === 'quotas' && name !== undefined && rest.length === 2) return answerQuota(instance, method, name, properties);
  return answerResource(instance, { method, segments: rest, query, ifMatch, properties });
}
