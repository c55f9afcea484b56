// Policies: taken as xml or rawxml, checked, kept raw and formatted, and answered in the form that is asked for.

import { text, choice } from '../read';
import { ArmProblem, invalid } from '../armProblem';
import { argument } from '../query';
import type { Instance } from '../armCall';
import { checkPolicy, namesUsed, type PolicyScope } from '../policy/check';
import { formatPolicy } from '../policy/format';
import { PolicyUnreadable, type PolicyForm, type PolicyNode } from '../policy/nodes';
import { parsePolicy } from '../policy/parse';
import type { Accepted, Kind, Write } from './kind';

/** The longest document, in characters. */
const longest = 256 * 1024;

/** Policies of any scope. The store holds them as `rawxml`. */
export const policyKind: Kind = {
  noun: 'PoliciesConfiguration',
  parentIsArgument: true,
  keepsEqual: true,
  accept,
  show: ({ properties }, _how, _instance, query) => {
    const form: PolicyForm = argument(query, 'format') === 'rawxml' ? 'rawxml' : 'xml';
    const value = text(properties, 'value', Infinity) ?? '';
    return { format: form, value: form === 'rawxml' ? value : formatPolicy(parsePolicy(value, 'rawxml'), 'xml') };
  },
};

/** The form in which a policy was sent, which its answer has too. */
export function sentForm(properties: Write['properties']): PolicyForm {
  const format = choice(properties, 'format', ['xml', 'rawxml', 'xml-link', 'rawxml-link'], 'xml');
  if (format === 'xml' || format === 'rawxml') return format;
  throw invalid(['format', `The sample fetches nothing from elsewhere, so it does not take '${format}'. Send the document itself.`]);
}

function accept({ instance, path, properties }: Write): Accepted {
  const form = sentForm(properties);
  const value = text(properties, 'value', longest);
  if (value === undefined || value === '') throw invalid(['value', "'value' must not be empty."]);
  const nodes = read(value, form);
  const names = instance.store.children('/namedValues').map((each) => text(each.properties, 'displayName') ?? '');
  const fault = checkPolicy(value, nodes, scopeOf(path), names, instance.sku);
  if (fault) throw fault;
  return { properties: { format: 'rawxml', value: formatPolicy(nodes, 'rawxml') } };
}

function read(value: string, form: PolicyForm): readonly PolicyNode[] {
  try {
    return parsePolicy(value, form);
  } catch (error) {
    if (error instanceof PolicyUnreadable) throw invalid(['representation', error.message]);
    throw error;
  }
}

function scopeOf(path: string): PolicyScope {
  if (path.startsWith('/products/')) return 'product';
  if (!path.startsWith('/apis/')) return 'global';
  return path.includes('/operations/') ? 'operation' : 'api';
}

/** Throws a 400 where a policy uses a named value of this display name. */
export function refuseUsed({ store }: Instance, name: string): void {
  const wanted = name.toLowerCase();
  const all = ['/policies', '/apis', '/products'].flatMap((each) => store.subtree(each));
  const policies = all.filter(({ path }) => path.endsWith('/policies/policy'));
  const user = policies.find(({ properties }) =>
    namesUsed(parsePolicy(text(properties, 'value', Infinity) ?? '', 'rawxml')).some((used) => used.toLowerCase() === wanted));
  if (user)
    throw new ArmProblem(400, 'ValidationError', `The property '${name}' is used by the policy at '${user.path}' and cannot be deleted.`);
}
