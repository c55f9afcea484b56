// The reports: calls of the gateway by API, operation, product, subscription, user, time, place and request.

import { ArmProblem, badRequest } from '../armProblem';
import type { ArmReply, Instance } from '../armCall';
import { argument } from '../query';
import { text } from '../read';
import type { CountedCall, StoredResource } from '../store';
import { filteredBy, filteredIds, readFilter, readInterval, type FilteredId } from './filter';
import { numbersOf } from './rows';

/** Answers GET on `/reports/{name}`. Throws a 400 without a filter, a 404 for a name that is none. */
export function answerReport(instance: Instance, name: string, query: URLSearchParams): ArmReply {
  const report = name.toLowerCase();
  const make = reports.get(report);
  if (!make) throw new ArmProblem(404, 'ResourceNotFound', `There is no report '${name}'.`);
  const filter = readFilter(argument(query, '$filter'), instance.now(), filteredBy(report));
  const calls = instance.store.calls.filter((call) =>
    call.at >= filter.from && call.at <= filter.to
    && filteredIds.every((id) => filter.ids[id] === undefined || call[id].toLowerCase() === filter.ids[id]));
  const order = argument(query, '$orderby');
  if (order !== undefined && unordered.includes(report)) throw badRequest('ValidationError', `The report '${name}' takes no '$orderby'.`);
  return { status: 200, rows: ordered(make(instance, calls, query), order), links: report === 'byrequest' ? 'never' : 'null' };
}

/** Reports that come as they come. */
const unordered = ['bygeo', 'byrequest'];

type Row = Readonly<Record<string, unknown>>;
type Make = (instance: Instance, calls: readonly CountedCall[], query: URLSearchParams) => readonly Row[];

const reports = new Map<string, Make>([
  ['byapi', ({ store }, calls) => groups(currentApis(store), calls, 'apiId', ({ path, properties }) =>
    ({ name: named(properties), apiId: path }))],
  ['byoperation', byOperation],
  ['byproduct', ({ store }, calls) => groups(store.children('/products'), calls, 'productId', ({ path, properties }) =>
    ({ name: named(properties), productId: path }))],
  ['bysubscription', bySubscription],
  ['byuser', ({ store }, calls) => groups(store.children('/users'), calls, 'userId', ({ path, properties }) =>
    ({ name: `${text(properties, 'firstName') ?? ''} ${text(properties, 'lastName') ?? ''}`.trim(), userId: path }))],
  ['bytime', byTime],
  ['bygeo', (_, calls) => (calls.length === 0 ? [] : [{ country: '', region: '', zip: '', ...numbersOf(calls) }])],
  ['byrequest', byRequest],
]);

/** A row for each resource, also for those that nobody called. */
function groups(
  resources: readonly StoredResource[], calls: readonly CountedCall[], id: FilteredId, head: (resource: StoredResource) => Row,
): readonly Row[] {
  return resources.map((resource) => {
    const own = last(resource.path).toLowerCase();
    return { ...head(resource), ...numbersOf(calls.filter((call) => call[id].toLowerCase() === own)) };
  });
}

function byOperation({ store }: Instance, calls: readonly CountedCall[]): readonly Row[] {
  return currentApis(store).flatMap((api) => {
    const own = calls.filter((call) => call.apiId.toLowerCase() === last(api.path).toLowerCase());
    return groups(store.children(`${api.path}/operations`), own, 'operationId', ({ path, properties }) =>
      ({ name: named(properties), apiId: api.path, operationId: path }));
  });
}

function bySubscription({ id, store }: Instance, calls: readonly CountedCall[]): readonly Row[] {
  return groups(store.children('/subscriptions'), calls, 'subscriptionId', ({ path, properties }) => {
    const scope = text(properties, 'scope') ?? '';
    const short = scope.slice(id.length);
    const owner = text(properties, 'ownerId');
    return {
      name: named(properties),
      userId: owner === undefined ? '/users/-' : owner.slice(id.length),
      productId: short.startsWith('/products/') ? short : '/products/-',
      subscriptionId: path,
    };
  });
}

/** Only times that have calls. */
function byTime(_: Instance, calls: readonly CountedCall[], query: URLSearchParams): readonly Row[] {
  const interval = argument(query, 'interval');
  const ms = readInterval(interval);
  const slots = new Map<number, CountedCall[]>();
  for (const call of calls) {
    const start = Math.floor(call.at / ms) * ms;
    const slot = slots.get(start) ?? [];
    slots.set(start, slot);
    slot.push(call);
  }
  return [...slots].sort(([a], [b]) => a - b).map(([start, slot]) =>
    ({ timestamp: `${new Date(start).toISOString().slice(0, 19)}Z`, interval, ...numbersOf(slot) }));
}

function byRequest({ store }: Instance, calls: readonly CountedCall[]): readonly Row[] {
  const short = (collection: string, id: string): string =>
    id === '' ? `/${collection}/-` : (store.get(`/${collection}/${id}`)?.path ?? `/${collection}/${id}`);
  return calls.map((call) => ({
    apiId: short('apis', call.apiId),
    operationId: `${short('apis', call.apiId)}/operations/${call.operationId === '' ? '-' : call.operationId}`,
    productId: short('products', call.productId),
    userId: short('users', call.userId),
    method: call.method,
    url: call.url,
    ipAddress: call.ip,
    backendResponseCode: call.backendMs > 0 ? String(call.status) : null,
    responseCode: call.status,
    responseSize: call.responseBytes,
    timestamp: new Date(call.at).toISOString(),
    cache: 'none',
    apiTime: call.ms,
    serviceTime: call.backendMs,
    apiRegion: 'Sample',
    subscriptionId: short('subscriptions', call.subscriptionId),
    requestId: call.requestId,
    requestSize: call.requestBytes,
  }));
}

function currentApis(store: Instance['store']): readonly StoredResource[] {
  return store.children('/apis').filter(({ path }) => !path.includes(';'));
}

function ordered(rows: readonly Row[], by: string | undefined): readonly Row[] {
  if (by === undefined) return rows;
  const [, name = '', direction = 'asc'] = /^(\w+)(?:\s+(asc|desc))?$/i.exec(by.trim()) ?? [];
  if (name === '') throw badRequest('ValidationError', `'$orderby' cannot be read: ${by}`);
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a[name], b[name]));
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function named(properties: StoredResource['properties']): string {
  return text(properties, 'displayName') ?? '';
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
