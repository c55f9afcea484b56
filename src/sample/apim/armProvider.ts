// Answers what is asked of the provider of a subscription: its registration, names that are free, instances, and those that were deleted.

import { filledText, member, type JsonObject } from '../../base/shape';
import type { ArmReply } from './armCall';
import { ArmProblem, invalid } from './armProblem';
import { samplePlace } from './place';
import { findLocation, locations } from './services/locations';
import { isServiceName, nameRule } from './services/readService';
import { serviceProblems } from './services/serviceProblems';
import type { Services } from './services/services';
import { deletedDocument, serviceDocument } from './services/showService';

/** A call on the provider, of the subscription or of a group. */
export interface ProviderCall {
  readonly method: string;
  /** Decoded segments behind the provider. */
  readonly rest: readonly string[];
  readonly group: string | undefined;
  readonly body: JsonObject | undefined;
}

/** Answers a call. Throws ArmProblem. */
export function answerProvider(services: Services, { method, rest, group, body }: ProviderCall): ArmReply {
  const what = `${method} ${rest.join('/').toLowerCase()}`;
  switch (what) {
    case 'GET ':
      return { status: 200, body: registration(services) };
    case 'POST register':
    case 'POST unregister':
      services.register(what === 'POST register');
      return { status: 200, body: registration(services) };
    case 'POST checknameavailability':
      return { status: 200, body: nameCheck(services, body) };
    case 'GET service':
      return { status: 200, body: { value: services.list(group).map((each) => serviceDocument(each.record, each.gatewayUrl)) } };
    case 'GET deletedservices':
      return { status: 200, body: { value: services.deletedOnes().map(deletedDocument) } };
    default: {
      const [first = '', place = '', third = '', name, ...more] = rest;
      const isDeleted = first.toLowerCase() === 'locations' && third.toLowerCase() === 'deletedservices' && more.length === 0;
      if (isDeleted && name !== undefined) return answerDeleted(services, method, place, name);
      throw new ArmProblem(404, 'NotFound', 'The sample has no such call of the provider.', { shape: 'arm' });
    }
  }
}

/** Throws a 409 where the subscription is not registered: nothing can be made then. */
export function checkRegistered(services: Services): void {
  if (!services.registered) throw unregistered();
}

/** The error for a subscription that is not registered. */
export function unregistered(): ArmProblem {
  const message = "The subscription is not registered to use namespace 'Microsoft.ApiManagement'. "
    + 'See https://aka.ms/rps-not-found for how to register subscriptions.';
  const code = 'MissingSubscriptionRegistration';
  return new ArmProblem(409, code, message, { details: [{ code, target: 'Microsoft.ApiManagement', message }] });
}

function registration(services: Services): object {
  const names = locations.map(({ displayName }) => displayName);
  const apiVersions = ['2024-05-01'];
  const types: readonly (readonly [string, readonly string[]])[] = [
    ['service', names], ['deletedServices', []], ['locations', []], ['locations/deletedServices', names], ['checkNameAvailability', []],
  ];
  return {
    id: `/subscriptions/${samplePlace.subscriptionId}/providers/Microsoft.ApiManagement`,
    namespace: 'Microsoft.ApiManagement',
    registrationPolicy: 'RegistrationRequired',
    registrationState: services.registered ? 'Registered' : 'NotRegistered',
    resourceTypes: types.map(([resourceType, own]) => ({ resourceType, locations: own, apiVersions, capabilities: 'None' })),
  };
}

function nameCheck(services: Services, body: unknown): object {
  const name = filledText(member(body, 'name'));
  if (name === undefined) throw invalid(['name', "'name' must not be empty."]);
  const no = (reason: string, message: string): object => ({ nameAvailable: false, reason, message });
  if (!isServiceName(name)) return no('Invalid', `'${name}' is no name of a service: ${nameRule}`);
  if (services.find(name)) return no('AlreadyExists', `${name} is already in use.`);
  if (services.findDeleted(name))
    return no('AlreadyExists', `${name} is the name of a service that was soft-deleted: undelete that one or purge it.`);
  return { nameAvailable: true, reason: 'Valid', message: '' };
}

function answerDeleted(services: Services, method: string, place: string, name: string): ArmReply {
  const found = services.findDeleted(name);
  const own = found && findLocation(place)?.displayName === found.record.location ? found : undefined;
  switch (method) {
    case 'GET':
      if (!own) throw serviceProblems.notFound(name);
      return { status: 200, body: deletedDocument(own) };
    case 'DELETE':
      if (!own) return { status: 204 };
      services.purge(name);
      return { status: 200 };
    default:
      throw new ArmProblem(405, 'MethodNotAllowed', `The method ${method} is not for a service that was deleted.`, { shape: 'arm' });
  }
}
