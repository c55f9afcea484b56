// The address of a policy's document: a path that people read, and the ARM id in the query. Nothing in it is secret.

import * as l10n from '@vscode/l10n';
import { instancePath, parseInstanceId } from '../../../arm/apimPaths';
import { safeFileName } from '../../../base/fileNames';
import type { ApimInstance } from '../instance';
import { instanceTitle } from '../nodes';
import type { PolicyScope } from '../policy/policyScope';
import { policyPath, readPolicyPath } from '../policy/scopePaths';

/** The end of each document's name, which begins with what the policy is of, so that tabs tell whose they are. */
export const policyEnding = '.policy.xml';

/**
 * The first folder of each document's path, by which package.json knows its language: one of its own, which VS Code never saves by itself,
 * whatever is set for other files. A policy that is saved holds at once.
 */
const firstFolder = 'azure-api-management';

/** What a document's address tells. */
export interface PolicyAddress {
  /** ARM id of the instance. */
  readonly instanceId: string;
  /** What the instance is called: the second folder of the document's path. */
  readonly instanceTitle: string;
  readonly scope: PolicyScope;
  /** Path of the policy below the instance. */
  readonly path: string;
  /** What it is the policy of, as people call it: the parts of the document's path below that. */
  readonly title: string;
  /** Set for a look at what is at the service, beside the document: its number. */
  readonly look?: string;
}

/** The parts of a URI that hold it. */
export interface AddressParts {
  readonly path: string;
  readonly query: string;
}

/** A look has this behind the id, whose own parts are encoded. */
const lookMark = '&look=';

/** The address of a policy's document. `titles` are what its API, its API and operation, or its product are called; none for all APIs. */
export function partsOfPolicy(instance: ApimInstance, scope: PolicyScope, titles: readonly string[]): AddressParts {
  const names = scope.kind === 'allApis' ? [l10n.t('All APIs')] : titles;
  const parts = [instanceTitle(instance), ...names].map((name) => safeFileName(name) || '_');
  return { path: `/${firstFolder}/${parts.join('/')}${policyEnding}`, query: `${instance.id}${policyPath(scope)}` };
}

/** The address of a look at what is at the service now, beside the document. Each number is read anew. */
export function partsOfLook({ path, query }: AddressParts, number: number): AddressParts {
  return { path, query: `${query}${lookMark}${number}` };
}

/** The document that a look was beside. */
export function partsOfDocument({ path, query }: AddressParts): AddressParts {
  return { path, query: query.split(lookMark, 1)[0] ?? '' };
}

/** Reads an address, which may come from anywhere; undefined for one that is that of no policy. */
export function readAddress({ path, query }: AddressParts): PolicyAddress | undefined {
  const [id = '', look, ...more] = query.split(lookMark);
  if (more.length > 0 || (look !== undefined && !/^\d{1,15}$/.test(look))) return undefined;
  const read = parseInstanceId(id);
  if (!read.ok) return undefined;
  const { subscriptionId, resourceGroup, name } = read.instance;
  const own = instancePath(subscriptionId, resourceGroup, name);
  // Nothing may stand before the id, and only a policy behind it.
  if (id.slice(0, own.length).toLowerCase() !== own.toLowerCase()) return undefined;
  const scope = readPolicyPath(id.slice(own.length));
  if (scope === undefined || !path.endsWith(policyEnding)) return undefined;
  const [, first, instanceTitle = '', ...names] = path.slice(0, -policyEnding.length).split('/');
  if (first !== firstFolder || names.length !== (scope.kind === 'operation' ? 2 : 1)) return undefined;
  const title = names.join(' / ');
  return {
    instanceId: id.slice(0, own.length), instanceTitle, scope, path: policyPath(scope), title, ...(look === undefined ? {} : { look }),
  };
}
