// APIs: made empty, from a document, or as a revision of another; no two have the same path.

import { isObject, type JsonObject } from '../../../base/shape';
import { ArmProblem, invalid, notFound } from '../armProblem';
import type { Instance } from '../armCall';
import { argument } from '../query';
import { flag, text, texts, without } from '../read';
import type { StoredResource } from '../store';
import { readOpenApi, type Imported } from './importApi';
import type { Accepted, Kind, Write } from './kind';
import { linksTo } from './products';
import { copyBelow, parentOf, revisionOf, revisionsOf } from './revisions';
import { subscriptionsOf } from './subscriptions';

const usualKeyNames = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };

/** Formats of documents that are taken as a text. */
const formats = ['openapi', 'openapi+json'];

/** Members that steer a write and are no properties of an API. */
const steering = ['format', 'value', 'sourceApiId', 'translateRequiredQueryParameters', 'wsdlSelector', 'apiType', 'serviceUrlOverride'];

/** Members that the stand-in keeps for itself. */
const kept = ['createdDateTime', 'updatedDateTime'];

const hasRevisions = 'The API has further revisions. Delete them first, or with it by deleteRevisions=true.';

/** APIs. */
export const apiKind: Kind = {
  noun: 'Api',
  accept,
  // Lists say nothing of authentication and of the names of keys.
  show: ({ properties }, how) => ({
    ...without(properties, ...kept),
    ...(how === 'row' ? { authenticationSettings: null, subscriptionKeyParameterNames: null } : {}),
  }),
  remove: (instance, path, query) => {
    const revisions = revisionsOf(instance, parentOf(path));
    if (!path.includes(';')) {
      if (revisions.length > 1 && argument(query, 'deleteRevisions')?.toLowerCase() !== 'true')
        throw new ArmProblem(400, 'ValidationError', hasRevisions);
      const links = linksTo(instance, path.slice('/apis/'.length));
      const gone = [...links, ...subscriptionsOf(instance, path).map((each) => each.path), ...revisions.map((each) => each.path)];
      for (const each of gone) instance.store.delete(each);
    }
    instance.store.delete(path);
  },
};

function accept(write: Write): Accepted {
  const { instance, path, former, properties } = write;
  const now = new Date(instance.now()).toISOString();
  const times = { createdDateTime: text(former?.properties ?? {}, 'createdDateTime') ?? now, updatedDateTime: now };
  const source = former ? undefined : sourceOf(write);
  const imported = readImport(properties);
  const base = source ? { ...without(source.properties, 'apiRevisionDescription', 'isCurrent'), ...properties } : properties;
  const own = { ...checked(write, base, imported), ...times };
  const rest = without(base, ...Object.keys(own), ...steering, 'isCurrent', 'apiRevision');
  return {
    properties: { ...own, ...rest },
    then: () => {
      if (source) copyBelow(instance, source.path, path);
      if (imported) replaceOperations(instance, path, imported);
    },
    later: imported !== undefined,
  };
}

function checked(write: Write, properties: JsonObject, imported: Imported | undefined): JsonObject {
  const { path, id, former } = write;
  const number = revisionOf(path) ?? text(former?.properties ?? {}, 'apiRevision') ?? '1';
  const protocols = texts(properties, 'protocols', imported?.protocols ?? ['https']);
  const strange = protocols.find((each) => !['http', 'https', 'ws', 'wss'].includes(each));
  if (strange !== undefined) throw invalid(['protocols', `'${strange}' is no protocol of an API.`]);
  const settings = isObject(properties.authenticationSettings) ? properties.authenticationSettings : {};
  const names = isObject(properties.subscriptionKeyParameterNames) ? properties.subscriptionKeyParameterNames : {};
  const isCurrent = revisionOf(path) === undefined;
  return {
    displayName: imported?.title ?? text(properties, 'displayName', 300) ?? id,
    apiRevision: number,
    description: imported?.description ?? text(properties, 'description', 100_000) ?? null,
    subscriptionRequired: flag(properties, 'subscriptionRequired', true),
    serviceUrl: text(properties, 'serviceUrl', 2000) ?? imported?.serviceUrl ?? null,
    path: readPath(write, properties),
    protocols,
    authenticationSettings: { oAuth2: null, openid: null, ...settings },
    subscriptionKeyParameterNames: {
      header: text(names, 'header', 256) ?? usualKeyNames.header,
      query: text(names, 'query', 256) ?? usualKeyNames.query,
    },
    ...(isCurrent ? { isCurrent } : {}),
  };
}

/** The path without slashes at its ends. Throws a 400 where another API has it. */
function readPath({ instance, path, id }: Write, properties: JsonObject): string {
  const given = text(properties, 'path', 400);
  if (given === undefined) throw invalid(['path', "'path' must be given; it may be empty."]);
  const own = given.replace(/^\/{1,100}/, '').replace(/\/{1,100}$/, '');
  if (/[?#\s]/.test(own)) throw invalid(['path', `'${own}' is no path of an address.`]);
  const family = parentOf(path).toLowerCase();
  const versions = text(properties, 'apiVersionSetId');
  const taken = instance.store.children('/apis').find((other) => parentOf(other.path).toLowerCase() !== family
    && text(other.properties, 'path')?.toLowerCase() === own.toLowerCase()
    && (versions === undefined || text(other.properties, 'apiVersionSetId') !== versions));
  if (taken) {
    const other = text(taken.properties, 'displayName') ?? '';
    const sentence = `Cannot create API '${id}' with the same Path '${own}' as API '${other}'  unless it's a part of the same version set`;
    throw invalid(['path', sentence]);
  }
  return own;
}

/** What a new one is a copy of: the API of a revision, or the one that is named. */
function sourceOf({ instance, path, properties }: Write): StoredResource | undefined {
  const named = text(properties, 'sourceApiId');
  if (named !== undefined) {
    const short = named.toLowerCase().startsWith(instance.id.toLowerCase()) ? named.slice(instance.id.length) : named;
    const found = /^\/apis\/[^/]+$/i.test(short) ? instance.store.get(short) : undefined;
    if (!found) throw invalid(['sourceApiId', `There is no API '${short}'.`]);
    return found;
  }
  if (revisionOf(path) === undefined) return undefined;
  const current = instance.store.get(parentOf(path));
  if (!current) throw notFound('Api');
  return current;
}

function readImport(properties: JsonObject): Imported | undefined {
  const format = text(properties, 'format');
  const value = text(properties, 'value', Infinity);
  if (format === undefined && value === undefined) return undefined;
  if (format === undefined || !formats.includes(format)) {
    const sentence = `The sample imports the text of OpenAPI documents ('openapi+json', or 'openapi' with JSON) and not '${format ?? ''}'.`;
    throw invalid(['format', sentence]);
  }
  return readOpenApi(value ?? '', properties);
}

/** Operations of the same id keep their policies; the others go. */
function replaceOperations({ store }: Instance, path: string, { operations, schemas }: Imported): void {
  const ids = new Set(operations.map(({ id }) => id.toLowerCase()));
  for (const each of store.children(`${path}/operations`)) {
    if (!ids.has(each.path.slice(each.path.lastIndexOf('/') + 1).toLowerCase())) store.delete(each.path);
  }
  for (const each of store.children(`${path}/schemas`)) store.delete(each.path);
  for (const { id, properties } of operations) store.put(`${path}/operations/${id}`, properties);
  for (const { id, properties } of schemas) store.put(`${path}/schemas/${id}`, properties);
}
