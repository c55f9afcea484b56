// Finds the API and the operation that a request is for.

import { filledText } from '../../../base/shape';
import type { ApimStore, StoredResource } from '../store';
import { readQuery, splitQuery, type QueryArgument } from './address';
import { compareTemplates, fit, readTemplate, type Parameters, type Template } from './template';

/** A resource with its id, which is the last segment of its path. */
export interface Named {
  readonly id: string;
  readonly resource: StoredResource;
}

/** The API that a request is for, and what its path is behind the API's. */
export interface MatchedApi {
  readonly api: Named;
  /** Empty, or begins with a slash; not decoded. */
  readonly rest: string;
  readonly query: readonly QueryArgument[];
}

/** The operation that a request is for. */
export interface MatchedOperation extends MatchedApi {
  readonly operation: Named;
  readonly parameters: Parameters;
  /** Names of the query's arguments that the template has. */
  readonly templateArguments: readonly string[];
}

/** A resource with its id. */
export function named(resource: StoredResource): Named {
  return { id: resource.path.slice(resource.path.lastIndexOf('/') + 1), resource };
}

/** The id of an API without that of its revision. */
export function withoutRevision(id: string): string {
  return id.split(';rev=')[0] ?? id;
}

/** The API with the longest path that `target` begins with, in the revision that is named there (`;rev=2`) or the current one. */
export function findApi(store: ApimStore, target: string): MatchedApi | undefined {
  const [path, query] = splitQuery(target);
  let best: { readonly matched: MatchedApi; readonly length: number } | undefined;
  for (const resource of store.children('/apis')) {
    const suffix = trimSlashes(textOf(resource.properties.path));
    const rest = suffix === '' ? emptyRest(path) : restBehind(path, `/${suffix}`);
    if (!rest || (best && best.length >= suffix.length) || !isRevision(resource, rest.revision)) continue;
    best = { matched: { api: named(resource), rest: rest.rest, query: readQuery(query) }, length: suffix.length };
  }
  return best?.matched;
}

interface Rest {
  readonly rest: string;
  readonly revision: string | undefined;
}

function restBehind(path: string, suffix: string): Rest | undefined {
  if (!path.toLowerCase().startsWith(suffix.toLowerCase())) return undefined;
  const behind = path.slice(suffix.length);
  const [, revision, rest = ''] = /^;rev=([A-Za-z0-9-]+)(\/.*)?$/.exec(behind) ?? [];
  if (revision !== undefined) return { rest, revision };
  return behind === '' || behind.startsWith('/') ? { rest: behind, revision: undefined } : undefined;
}

/** An API without a path: its revision stands as a segment of its own. */
function emptyRest(path: string): Rest {
  const [, revision, rest = ''] = /^\/;rev=([A-Za-z0-9-]+)(\/.*)?$/.exec(path) ?? [];
  return revision === undefined ? { rest: path === '/' ? '' : path, revision: undefined } : { rest, revision };
}

function isRevision({ path, properties }: StoredResource, wanted: string | undefined): boolean {
  if (wanted === undefined) return properties.isCurrent !== false;
  const own = filledText(properties.apiRevision) ?? path.split(';rev=')[1] ?? '1';
  return own === wanted;
}

/** The operation that fits method, path and query, the most exact one of several; undefined where there is none. */
export function findOperation(store: ApimStore, matched: MatchedApi, method: string): MatchedOperation | undefined {
  const found: { readonly operation: Named; readonly template: Template; readonly parameters: Parameters }[] = [];
  for (const resource of store.children(`${matched.api.resource.path}/operations`)) {
    if (textOf(resource.properties.method).toUpperCase() !== method.toUpperCase()) continue;
    const template = readTemplate(textOf(resource.properties.urlTemplate));
    const parameters = fit(template, matched.rest, matched.query);
    if (parameters) found.push({ operation: named(resource), template, parameters });
  }
  const [best] = found.toSorted((one, other) => compareTemplates(one.template, other.template));
  if (!best) return undefined;
  const { operation, parameters, template } = best;
  return { ...matched, operation, parameters, templateArguments: template.query.map(({ name }) => name) };
}

function textOf(value: unknown): string {
  return filledText(value)?.trim() ?? '';
}

function trimSlashes(text: string): string {
  let [from, to] = [0, text.length];
  while (text[from] === '/') from++;
  while (to > from && text[to - 1] === '/') to--;
  return text.slice(from, to);
}
