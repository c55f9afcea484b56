// Reads what is asked of an instance: its body is checked as ARM and the service check it.

import { isObject, member, type JsonObject } from '../../../base/shape';
import { ArmProblem, badRequest, invalid, type ArmDetail } from '../armProblem';
import { required, text } from '../read';
import { findLocation, locations } from './locations';
import type { ServiceRecord } from './service';
import { isSkuName, skuNames, wrongCapacity, type Sku } from './tiers';

/** What an instance is to be like. */
export type AskedService = Pick<
  ServiceRecord, 'sku' | 'publisherEmail' | 'publisherName' | 'notificationSenderEmail' | 'tags' | 'identity'
>;

/** What a name has to be like, for the sentence of a refusal. */
export const nameRule = 'it has 1 to 50 letters, digits and hyphens, begins with a letter and does not end in a hyphen.';

/** From whom an instance sends mail where nobody says. */
const usualSender = 'sample@sample.invalid';

/** True for a name that an instance can have. */
export function isServiceName(name: string): boolean {
  return name.length <= 50 && /^[a-zA-Z](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(name);
}

/** The location of a new resource, as it is shown. Throws ARM's 400 where there is none, or no such one. */
export function readLocation(body: JsonObject, type: 'service' | 'group'): string {
  const given = text(body, 'location');
  if (given === undefined || given === '')
    throw badRequest('LocationRequired', 'The location property is required for this definition.');
  const found = findLocation(given);
  if (found) return found.displayName;
  const known = locations.map(({ name }) => name).join(',');
  throw type === 'group'
    ? badRequest('LocationNotAvailableForResourceGroup',
      `The provided location '${given}' is not available for resource group. List of available regions is '${known}'.`)
    : badRequest('LocationNotAvailableForResourceType',
      `The provided location '${given}' is not available for resource type 'Microsoft.ApiManagement/service'. `
      + `List of available regions for the resource type is '${known}'.`);
}

/** Reads the body of a PUT, or with `former` that of a PATCH, which may leave out what stays. Throws a 400 that names all that is wrong. */
export function readAsked(body: JsonObject, former?: ServiceRecord): AskedService {
  const given = isObject(body.properties) ? body.properties : {};
  const properties = former ? { ...own(former), ...given } : given;
  const problems: ArmDetail[] = [];
  const sku = collect(problems, () => readSku(body, former));
  const publisher = collect(problems, () => required(properties, ['publisherEmail', 'publisherName'], 100));
  const [publisherEmail = '', publisherName = ''] = publisher ?? [];
  if (publisher && !/^[^@\s]{1,64}@[^@\s]{1,99}$/.test(publisherEmail))
    problems.push(...invalid(['publisherEmail', `'${publisherEmail}' is no e-mail address.`]).details);
  const sender = collect(problems, () => text(properties, 'notificationSenderEmail', 100));
  if (!sku || problems.length > 0) throw invalid(...problems.map(({ target, message }) => [target, message] as const));
  const identity = member(body.identity, 'type');
  return {
    sku,
    publisherEmail,
    publisherName,
    notificationSenderEmail: sender ?? usualSender,
    tags: isObject(body.tags) ? body.tags : (former?.tags ?? {}),
    identity: typeof identity === 'string' && identity !== 'None' ? identity : former?.identity,
  };
}

function own({ publisherEmail, publisherName, notificationSenderEmail }: ServiceRecord): JsonObject {
  return { publisherEmail, publisherName, notificationSenderEmail };
}

function readSku(body: JsonObject, former: ServiceRecord | undefined): Sku {
  if (body.sku === undefined && former) return former.sku;
  const name = member(body.sku, 'name') ?? former?.sku.name;
  if (name === undefined || name === null) throw invalid(['sku.name', "'sku.name' must not be empty."]);
  if (!isSkuName(name)) throw invalid(['sku.name', `'sku.name' must be one of these: ${skuNames.join(', ')}.`]);
  const capacity = member(body.sku, 'capacity') ?? (former?.sku.name === name ? former.sku.capacity : undefined);
  if (typeof capacity !== 'number') throw invalid(['sku.capacity', "'sku.capacity' must be a number."]);
  const wrong = wrongCapacity({ name, capacity });
  if (wrong !== undefined) throw invalid(['sku.capacity', wrong]);
  if (former && (former.sku.name === 'Consumption') !== (name === 'Consumption'))
    throw invalid(['sku.name', `An instance of the tier ${former.sku.name} cannot become one of the tier ${name}.`]);
  return { name, capacity };
}

/** Reads a part, and notes why it cannot be read. */
function collect<T>(problems: ArmDetail[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ArmProblem)) throw error;
    problems.push(...error.details);
    return undefined;
  }
}
