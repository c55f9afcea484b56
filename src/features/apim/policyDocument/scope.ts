// What a policy's document needs to know of what its policy holds for.

import * as l10n from '@vscode/l10n';
import { percentDecoded } from '../../../base/percent';
import type { PolicyScope } from '../policy/policyScope';

/** The scope of the path of a policy below its instance; undefined where it is that of no policy. */
export function readPolicyPath(path: string): PolicyScope | undefined {
  const [, kind, first, second, third, fourth, fifth, ...more] = path.split('/');
  if (more.length > 0) return undefined;
  const scope = scopeOf(kind, [first, second, third, fourth, fifth].map((part) => (part === undefined ? undefined : percentDecoded(part))));
  return scope !== undefined && isName(scope) ? scope : undefined;
}

function scopeOf(
  kind: string | undefined, [first, second, third, fourth, fifth]: readonly (string | undefined)[],
): PolicyScope | undefined {
  if (kind === 'policies' && first === 'policy' && second === undefined) return { kind: 'allApis' };
  if (first === undefined) return undefined;
  const isPolicy = second === 'policies' && third === 'policy' && fourth === undefined;
  if (kind === 'products') return isPolicy ? { kind: 'product', product: first } : undefined;
  if (kind !== 'apis') return undefined;
  if (isPolicy) return { kind: 'api', api: first };
  return second === 'operations' && third !== undefined && fourth === 'policies' && fifth === 'policy'
    ? { kind: 'operation', api: first, operation: third } : undefined;
}

/** Names that lead a level up, or nowhere, are none. */
function isName(scope: PolicyScope): boolean {
  return Object.values(scope).every((name) => name !== '' && name !== '.' && name !== '..' && !name.includes('/'));
}

/** What calls have to expect without this policy, as a sentence. */
export function withoutIt(scope: PolicyScope): string {
  switch (scope.kind) {
    case 'allApis':
      return l10n.t('Without it, only the policies of products, APIs and operations hold.');
    case 'api':
      return l10n.t('Without it, the API inherits the policy of all APIs, and that of the product through which it is called.');
    case 'operation':
      return l10n.t('Without it, the operation inherits the policy of its API.');
    case 'product':
      return l10n.t('Without it, what is called through the product inherits the policy of all APIs; limits of the product hold no more.');
    default:
      return scope satisfies never;
  }
}

const lines = (...all: readonly string[]): string => all.join('\r\n');

/** The document that changes nothing, in the form in which the service writes policies. */
export function emptyPolicy({ kind }: PolicyScope): string {
  if (kind === 'allApis') {
    return lines(
      '<policies>', '\t<inbound />', '\t<backend>', '\t\t<forward-request />', '\t</backend>', '\t<outbound />', '\t<on-error />',
      '</policies>',
    );
  }
  const sections = ['inbound', 'backend', 'outbound', 'on-error'];
  return lines('<policies>', ...sections.flatMap((name) => [`\t<${name}>`, '\t\t<base />', `\t</${name}>`]), '</policies>');
}
