// Revisions of APIs: `demo` is the current one, `demo;rev=2` another, and a release makes another the current one.

import { ArmProblem, invalid } from '../armProblem';
import type { Instance } from '../armCall';
import { text, without } from '../read';
import type { StoredResource } from '../store';
import type { Kind } from './kind';

/** What stays with the API and goes along with none of its revisions. */
const shared = '/releases/';

/** The number in `/apis/demo;rev=2`, undefined where the path has none. */
export function revisionOf(path: string): string | undefined {
  return /^\/apis\/[^/;]+;rev=(\d{1,9})/i.exec(path)?.[1];
}

/** `/apis/demo` of `/apis/demo;rev=2`. */
export function parentOf(path: string): string {
  const [, , id = ''] = path.split('/');
  return `/apis/${id.split(';')[0] ?? ''}`;
}

/** All revisions of an API, the current one too. */
export function revisionsOf({ store }: Instance, parent: string): readonly StoredResource[] {
  return store.children('/apis').filter(({ path }) => parentOf(path).toLowerCase() === parent.toLowerCase());
}

/** The path under which a resource is kept: the current revision is kept under the API's own, by whatever name it is asked for. */
export function keptPath({ store }: Instance, path: string): string {
  const number = revisionOf(path);
  if (number === undefined) return path;
  const current = store.get(parentOf(path));
  if (current === undefined || text(current.properties, 'apiRevision') !== number) return path;
  return current.path + path.slice(path.split('/').slice(0, 3).join('/').length);
}

/** Copies what is below one API to another: operations, policies, schemas. */
export function copyBelow({ store }: Instance, from: string, to: string): void {
  for (const each of below(store.subtree(from), from)) store.put(to + each.path.slice(from.length), each.properties);
}

/** Rows of the list of revisions. */
export function revisionRows(instance: Instance, parent: string): readonly object[] {
  return revisionsOf(instance, parent).map(({ path, properties }) => {
    const number = text(properties, 'apiRevision') ?? '1';
    const { createdDateTime, updatedDateTime } = properties;
    const isCurrent = !path.includes(';');
    const privateUrl = `/${text(properties, 'path') ?? ''};rev=${number}`;
    const apiId = `${parentOf(path)};rev=${number}`;
    const description = properties.apiRevisionDescription ?? null;
    return { apiId, apiRevision: number, createdDateTime, updatedDateTime, description, privateUrl, isOnline: true, isCurrent };
  });
}

/** Releases: each makes a revision the current one. */
export const releaseKind: Kind = {
  noun: 'ApiRelease',
  accept: ({ instance, path, properties, former }) => {
    const given = text(properties, 'apiId') ?? text(former?.properties ?? {}, 'apiId');
    if (given === undefined) throw invalid(['apiId', "'apiId' must not be empty."]);
    const short = given.toLowerCase().startsWith(instance.id.toLowerCase()) ? given.slice(instance.id.length) : given;
    const parent = parentOf(path);
    if (parentOf(short).toLowerCase() !== parent.toLowerCase()) throw invalid(['apiId', `'${short}' is no revision of '${parent}'.`]);
    const chosen = keptPath(instance, short);
    if (!instance.store.get(chosen)) throw new ArmProblem(404, 'ResourceNotFound', 'Api not found.');
    const now = new Date(instance.now()).toISOString();
    const own = { apiId: `${instance.id}${short}`, createdDateTime: former?.properties.createdDateTime ?? now, updatedDateTime: now };
    const properties_ = { ...own, notes: text(properties, 'notes') ?? null };
    return { properties: properties_, then: () => makeCurrent(instance, parent, chosen) };
  },
  show: ({ properties }) => properties,
};

/** The chosen revision and the one that was current change their places. */
function makeCurrent({ store }: Instance, parent: string, chosen: string): void {
  const current = store.get(parent);
  const next = store.get(chosen);
  if (!current || !next || current === next) return;
  const number = text(current.properties, 'apiRevision') ?? '1';
  const [oldBelow, newBelow] = [below(store.subtree(parent), parent), below(store.subtree(chosen), chosen)];
  for (const { path } of oldBelow) store.delete(path);
  store.delete(chosen);
  const former = `${parent};rev=${number}`;
  store.put(parent, { ...next.properties, isCurrent: true });
  store.put(former, without(current.properties, 'isCurrent'));
  for (const each of newBelow) store.put(parent + each.path.slice(chosen.length), each.properties);
  for (const each of oldBelow) store.put(former + each.path.slice(parent.length), each.properties);
}

function below(all: readonly StoredResource[], top: string): readonly StoredResource[] {
  return all.filter(({ path }) => path.length > top.length && !path.slice(top.length).startsWith(shared));
}
