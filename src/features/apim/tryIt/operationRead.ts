// Reads an operation with its API, who may call it, and which service of the sidebar it is: all that its page shows.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import { InvalidInput } from '../../../model/errors';
import type { Secrets, Service } from '../../../model/service';
import type { CallParameter, CallShape } from '../../tryIt';
import { entriesAt, orElse } from '../access/reads';
import type { ApimInstance } from '../instance';
import type { Entry } from '../items';
import { readInstance } from '../load/readers';
import { instanceTitle } from '../nodes';
import { full, propertiesOf, type ArmPlace } from '../publish/reading';
import { calledService, type SavedServices } from './calledService';
import { readKeyChoices, type KeyChoices } from './keyChoices';
import { basesOf, methodOf, readApi, readOperation, type ApiShape, type OperationShape } from './operationShape';
import { bodyFor, type RequestFile } from './requestFile';
import { hasAllRoles, roleOf } from './roles';
import { readVersion, type CallVersion } from './version';

/** Which operation of which instance is meant, by its names. `title` is what people call it, as far as that is known. */
export interface OperationPlace {
  readonly instance: ApimInstance;
  readonly api: string;
  readonly operation: string;
  readonly title: string;
}

/** What was read for the page. */
export interface OperationRead {
  readonly api: ApiShape;
  readonly operation: OperationShape;
  readonly version: CallVersion;
  readonly bases: readonly string[];
  readonly siblings: readonly Entry[];
  readonly keys: KeyChoices;
  /** The service of the sidebar that this operation calls, or may call. */
  readonly service: Service | undefined;
  /** True where its own key is in the secret store. */
  readonly hasServiceKey: boolean;
  /** True where the address that stands on the page first is that of the service. */
  readonly isFirst: boolean;
}

/** The services of the sidebar, and which keys they have. */
export interface KnownServices extends SavedServices {
  readonly secretsOf: (service: Service) => Promise<Secrets>;
}

/** Reads it. Throws ArmFailed, InvalidInput for what cannot be called from here, and Cancelled. */
export async function readCall(
  place: ArmPlace, { instance, api: apiName, operation: name }: OperationPlace, known: KnownServices,
): Promise<OperationRead> {
  const { arm, options } = place;
  const path = below('', '/apis', apiName);
  const operations = `${path}/operations`;
  const [ofApi, ofOperation, siblings, gatewayUrls] = await Promise.all([
    arm.get(full(place, path), options), arm.get(full(place, below('', '/apis', apiName, 'operations', name)), options),
    orElse(() => entriesAt(place, 'operation', operations), []), gatewaysOf(place, instance),
  ]);
  const api = readApi(apiName, propertiesOf(ofApi.body));
  const properties = propertiesOf(ofOperation.body);
  const method = methodOf(properties);
  if (gatewayUrls.length === 0) {
    throw new InvalidInput({ sentence: l10n.t('{0} tells no address of its gateway.', instanceTitle(instance)) });
  }
  if (api.type === 'websocket' || api.type === 'grpc' || method === undefined) throw notCallable(api);
  const version = await readVersion(place, api);
  const operation = readOperation(name, properties, method);
  const bases = basesOf(gatewayUrls, api, version.segment);
  const called = calledService(known, { bases, template: operation.template, parameters: operation.parameters });
  const secrets = called && (await known.secretsOf(called.service));
  const stored = called && secrets?.subscriptionKey !== undefined ? { service: called.service, isFirst: called.isFirst } : undefined;
  return {
    api, operation, version, bases: called ? [called.base, ...bases.filter((base) => base !== called.base)] : bases, siblings,
    keys: await readKeyChoices(place, apiName, api.keyNeeded, stored),
    service: called?.service, hasServiceKey: secrets?.serviceKey !== undefined, isFirst: called?.isFirst === true,
  };
}

/** What the page shows. `jobId` is that of the last job that was submitted. */
export function shapeOf(
  { instance }: OperationPlace, { api, operation, version, bases, siblings, keys, service, hasServiceKey, isFirst }: OperationRead,
  { file, jobId }: { readonly file: RequestFile | undefined; readonly jobId: string | undefined },
): CallShape {
  const role = roleOf({ method: operation.method, path: operation.template });
  const body = operation.body && bodyFor(operation.body, role, file);
  const parameters = [...operation.parameters, ...version.parameters].map((each) => withoutKey(each, api)).map((parameter) =>
    (jobId !== undefined && parameter.name.toLowerCase() === 'jobid' ? { ...parameter, value: jobId } : parameter));
  return {
    title: operation.title, owner: api.title, where: instanceTitle(instance), sample: instance.sample, method: operation.method, bases,
    template: operation.template, parameters, headers: [...operation.headers, ...version.headers],
    keyHeaders: [api.keyHeader.toLowerCase()], ...(body === undefined ? {} : { body }),
    keys: keys.choices, key: keys.first, notes: keys.notes,
    ...(service || (role !== undefined && hasAllRoles(siblings)) ? { serviceKey: serviceKeyOf(service, hasServiceKey, isFirst) } : {}),
  };
}

/** What carries the key of a subscription is not typed: the chosen one goes along. */
function withoutKey(parameter: CallParameter, { keyQuery }: ApiShape): CallParameter {
  const isKey = parameter.place !== 'path' && parameter.name.toLowerCase() === keyQuery.toLowerCase();
  return isKey ? { ...parameter, required: false, value: '', values: [], key: true } : parameter;
}

function serviceKeyOf(service: Service | undefined, isSet: boolean, isFirst: boolean): NonNullable<CallShape['serviceKey']> {
  const help = helpOf(service, isSet, isFirst);
  return { ...(service ? { service: service.name } : {}), isSet, ...(isSet && !isFirst ? { isOther: true } : {}), help };
}

function helpOf(service: Service | undefined, isSet: boolean, isFirst: boolean): string {
  if (!service) {
    return l10n.t(
      'No service of the sidebar is called through this API. The call needs a key where the policy of the API does not add it.',
    );
  }
  if (!isSet) return l10n.t('None is set for {0}. The call needs one where the policy of the API does not add it.', service.name);
  return isFirst
    ? l10n.t('It goes along as Authorization. The call needs it where the policy of the API does not add it.')
    : l10n.t('It goes to the address of {0} alone: this operation may lead to others too.', service.name);
}

/** As they are just now: a page lives longer than what the tree knew when it was opened. What may not be read is as the tree knows it. */
async function gatewaysOf(place: ArmPlace, { id, endpointUrl, sample, gatewayUrls }: ApimInstance): Promise<readonly string[]> {
  const answer = await orElse(() => place.arm.find(id, place.options), undefined);
  const now = readInstance(answer?.body, endpointUrl, sample)?.gatewayUrls ?? [];
  return now.length > 0 ? now : gatewayUrls;
}

function notCallable({ title }: ApiShape): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('This operation of "{0}" is no call that is made once and answered once, so it cannot be tried here.', title),
    advice: l10n.t('Try an operation that is called by GET, POST, PUT, PATCH, DELETE or HEAD.'),
  });
}
