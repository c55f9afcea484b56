// Answers calls on an instance itself: read, made, changed, deleted, and asked how far that is.

import { isObject, member, type JsonObject } from '../../../base/shape';
import { ArmProblem, badRequest } from '../armProblem';
import type { ArmReply } from '../armCall';
import { flag } from '../read';
import { findLocation } from './locations';
import { isServiceName, nameRule, readAsked, readLocation } from './readService';
import { serviceId } from './service';
import type { ServiceOperations } from './operations';
import type { Service, Services } from './services';
import { serviceProblems } from './serviceProblems';
import { createdState, deletedState, shownService } from './showService';

/** A call on an instance. Names are as they stand in the path. */
export interface ServiceCall {
  readonly method: string;
  readonly group: string;
  readonly name: string;
  readonly body: JsonObject | undefined;
  readonly version: string;
  /** The activation that begins is to fail. */
  readonly fails: boolean;
}

/** Answers a call. Throws ArmProblem. */
export function answerService(services: Services, operations: ServiceOperations, call: ServiceCall): ArmReply {
  const found = services.find(call.name);
  const own = found && sameName(found.record.group, call.group) ? found : undefined;
  switch (call.method) {
    case 'GET':
    case 'HEAD':
      return shownService(200, existing(own, call.name));
    case 'PUT':
      return own && own.record.state !== 'Failed' ? change(services, own, call) : create(services, operations, call);
    case 'PATCH':
      return change(services, existing(own, call.name), call);
    case 'DELETE':
      return own ? remove(services, operations, own, call.version) : { status: 204 };
    default:
      throw new ArmProblem(405, 'MethodNotAllowed', `The method ${call.method} is not for an instance.`, { shape: 'arm' });
  }
}

function create(services: Services, operations: ServiceOperations, call: ServiceCall): ArmReply {
  const { name, group: asked, body = {}, version, fails } = call;
  const group = services.groups.find(asked)?.name ?? asked;
  const location = readLocation(body, 'service');
  if (!isServiceName(name)) throw badRequest('InvalidResourceName', `'${name}' is no name of a service: ${nameRule}`);
  const there = services.find(name)?.record;
  if (there && (there.state !== 'Failed' || !sameName(there.group, group))) throw serviceProblems.taken(name);
  const wanted = readAsked(body);
  const former = services.findDeleted(name)?.record;
  const properties = isObject(body.properties) ? body.properties : {};
  const restore = flag(properties, 'restore', false);
  if (former && !restore) throw serviceProblems.softDeleted(former.name);
  if (restore && (!former || !sameName(former.group, group) || former.location !== location)) throw serviceProblems.noUndelete();
  const made = services.create({ name: there?.name ?? former?.name ?? name, group, location }, wanted, fails);
  return { ...shownService(201, made, createdState(made.record)), headers: operations.headers(made.record, version) };
}

function change(services: Services, own: Service, { body = {}, method }: ServiceCall): ArmReply {
  const { record } = own;
  const given = member(body, 'location');
  if (method === 'PUT') readLocation(body, 'service');
  if (typeof given === 'string' && findLocation(given)?.displayName !== record.location) {
    const [here, other] = [findLocation(record.location)?.name ?? '', findLocation(given)?.name ?? given];
    const sentence = `The resource '${record.name}' already exists in location '${here}' in resource group '${record.group}'. `
      + `A resource with the same name cannot be created in location '${other}'. Please select a new resource name.`;
    throw new ArmProblem(409, 'InvalidResourceLocation', sentence, { shape: 'arm' });
  }
  if (record.state === 'Activating' || record.state === 'Deleting') throw serviceProblems.locked(record.name);
  return shownService(200, services.update(record.name, readAsked(body, record)) ?? own);
}

function remove(services: Services, operations: ServiceOperations, { record, builtIn }: Service, version: string): ArmReply {
  if (builtIn) {
    const sentence = `The scope '${serviceId(record)}' cannot perform delete operation because following scope(s) are locked: `
      + `'${serviceId(record)}'. This instance belongs to the sample and stays; instances that were made beside it can be deleted.`;
    throw new ArmProblem(409, 'ScopeLocked', sentence, { shape: 'arm' });
  }
  if (record.state === 'Activating' || record.state === 'Deleting') throw serviceProblems.locked(record.name);
  const gone = services.remove(record.name);
  if (!gone) throw serviceProblems.notFound(record.name);
  return { ...shownService(202, gone, deletedState(gone.record)), headers: operations.headers(gone.record, version) };
}

function existing(own: Service | undefined, name: string): Service {
  if (!own) throw serviceProblems.notFound(name);
  return own;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
