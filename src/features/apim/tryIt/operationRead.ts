// Reads an operation with its API, who may call it, and which service of the sidebar it is: all that its page shows.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import { InvalidInput } from '../../../model/errors';
import type { Secrets, Service } from '../../../model/service';
import type { CallShape } from '../../tryIt';
import { isOfApis, servicesBehind } from '../access/gatewayServices';
import { entriesAt, orElse } from '../access/reads';
import type { ApimInstance } from '../instance';
import type { Entry } from '../items';
import { readInstance } from '../load/readers';
import { instanceTitle } from '../nodes';
import { full, propertiesOf, type ArmPlace } from '../publish/reading';
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
  /** The service of the sidebar that is called through this API. */
  readonly service: Service | undefined;
  /** True where its own key is in the secret store. */
  readonly hasServiceKey: boolean;
}

/** The services of the sidebar, and which keys they have. */
export interface KnownServices {
  readonly services: () => readonly Service[];
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
  const service = serviceOf({ ...instance, gatewayUrls }, apiName, api, known.services());
  const secrets = service && (await known.secretsOf(service));
  return {
    api, operation: readOperation(name, properties, method), version, bases: basesOf(gatewayUrls, api, version.segment), siblings,
    keys: await readKeyChoices(place, apiName, api.keyNeeded, secrets?.subscriptionKey === undefined ? undefined : service),
    service, hasServiceKey: secrets?.serviceKey !== undefined,
  };
}

/** What the page shows. `jobId` is that of the last job that was submitted. */
export function shapeOf(
  { instance }: OperationPlace, { api, operation, version, bases, siblings, keys, service, hasServiceKey }: OperationRead,
  { file, jobId }: { readonly file: RequestFile | undefined; readonly jobId: string | undefined },
): CallShape {
  const role = roleOf({ method: operation.method, path: operation.template });
  const body = operation.body && bodyFor(operation.body, role, file);
  const parameters = [...operation.parameters, ...version.parameters].map((parameter) =>
    (jobId !== undefined && parameter.name.toLowerCase() === 'jobid' ? { ...parameter, value: jobId } : parameter));
  return {
    title: operation.title, owner: api.title, where: instanceTitle(instance), sample: instance.sample, method: operation.method, bases,
    template: operation.template, parameters, headers: [...operation.headers, ...version.headers],
    keyHeaders: [api.keyHeader.toLowerCase()], ...(body === undefined ? {} : { body }),
    keys: keys.choices, key: keys.first, notes: keys.notes,
    ...(service || (role !== undefined && hasAllRoles(siblings)) ? { serviceKey: serviceKeyOf(service, hasServiceKey) } : {}),
  };
}

function serviceOf(instance: ApimInstance, name: string, { path, title }: ApiShape, services: readonly Service[]): Service | undefined {
  const entry: Entry = { kind: 'api', id: `${instance.id}${below('', '/apis', name)}`, name, title, path };
  return servicesBehind(instance, services).find((service) => isOfApis(instance, service, [entry]));
}

function serviceKeyOf(service: Service | undefined, isSet: boolean): NonNullable<CallShape['serviceKey']> {
  const help = isSet
    ? l10n.t('It goes along as Authorization. The call needs it where the policy of the API does not add it.')
    : service
      ? l10n.t('None is set for {0}. The call needs one where the policy of the API does not add it.', service.name)
      : l10n.t('No service of the sidebar is called through this API. The call needs a key where the policy of the API does not add it.');
  return { ...(service ? { service: service.name } : {}), isSet, help };
}

/** Those that a person has named are known without their addresses. */
async function gatewaysOf(place: ArmPlace, instance: ApimInstance): Promise<readonly string[]> {
  if (instance.gatewayUrls.length > 0) return instance.gatewayUrls;
  const answer = await place.arm.find(instance.id, place.options);
  return readInstance(answer?.body, instance.endpointUrl, instance.sample)?.gatewayUrls ?? [];
}

function notCallable({ title }: ApiShape): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('This operation of "{0}" is no call that is made once and answered once, so it cannot be tried here.', title),
    advice: l10n.t('Try an operation that is called by GET, POST, PUT, PATCH, DELETE or HEAD.'),
  });
}
