// Whose calls are limited, as ids: what a page keeps, and what of it is found again after a reload.

import { isObject, member } from '../../../base/shape';
import type { PolicyScope } from '../policy/policyScope';

/** What a page keeps to be found again after a reload. `instance` is an ARM id. */
export interface LimitsPlace {
  readonly instance: string;
  readonly scope: PolicyScope;
}

/** Longer than any id. */
const longestId = 1_000;

/** The place that a page had saved, or undefined when it did not say. */
export function readSavedLimits(state: unknown): LimitsPlace | undefined {
  const instance = idIn(state, 'instance');
  const scope = readScope(member(state, 'scope'));
  return instance === undefined || scope === undefined ? undefined : { instance, scope };
}

function readScope(value: unknown): PolicyScope | undefined {
  if (!isObject(value)) return undefined;
  const { kind } = value;
  const [api, operation, product] = [idIn(value, 'api'), idIn(value, 'operation'), idIn(value, 'product')];
  if (kind === 'allApis') return { kind };
  if (kind === 'api' && api !== undefined) return { kind, api };
  if (kind === 'product' && product !== undefined) return { kind, product };
  return kind === 'operation' && api !== undefined && operation !== undefined ? { kind, api, operation } : undefined;
}

function idIn(value: unknown, name: string): string | undefined {
  const id = member(value, name);
  return typeof id === 'string' && id !== '' && id.length <= longestId ? id : undefined;
}
