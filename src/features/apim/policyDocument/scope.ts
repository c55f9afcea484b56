// What a policy holds for, and where it is below its instance.

import * as l10n from '@vscode/l10n';
import { below } from '../../../arm/apimPaths';
import { percentDecoded } from '../../../base/percent';

/** What a policy holds for. The names are the last parts of ids, as they are. */
export type PolicyScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'api'; readonly api: string }
  | { readonly kind: 'operation'; readonly api: string; readonly operation: string }
  | { readonly kind: 'product'; readonly product: string };

/** The path of the policy below its instance, its names encoded. Throws InvalidInput for a name that no path can hold. */
export function scopePath(scope: PolicyScope): string {
  switch (scope.kind) {
    case 'all':
      return '/policies/policy';
    case 'api':
      return below('', '/apis', scope.api, 'policies', 'policy');
    case 'operation':
      return below('', '/apis', scope.api, 'operations', scope.operation, 'policies', 'policy');
    case 'product':
      return below('', '/products', scope.product, 'policies', 'policy');
    default:
      return scope satisfies never;
  }
}

/** The scope of such a path; undefined where it is that of no policy. */
export function readScopePath(path: string): PolicyScope | undefined {
  const [, kind, first, second, third, fourth, fifth, ...more] = path.split('/');
  if (more.length > 0) return undefined;
  const scope = scopeOf(kind, [first, second, third, fourth, fifth].map((part) => (part === undefined ? undefined : percentDecoded(part))));
  return scope !== undefined && isName(scope) ? scope : undefined;
}

function scopeOf(
  kind: string | undefined, [first, second, third, fourth, fifth]: readonly (string | undefined)[],
): PolicyScope | undefined {
  if (kind === 'policies' && first === 'policy' && second === undefined) return { kind: 'all' };
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

/** What may write the policy, as roles name it. */
export function writeAction({ kind }: PolicyScope): string {
  const types = { all: 'policies', api: 'apis/policies', operation: 'apis/operations/policies', product: 'products/policies' };
  return `Microsoft.ApiManagement/service/${types[kind]}/write`;
}

/** What calls have to expect without this policy, as a sentence. */
export function withoutIt(scope: PolicyScope): string {
  switch (scope.kind) {
    case 'all':
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
  if (kind === 'all') {
    return lines(
      '<policies>', '\t<inbound />', '\t<backend>', '\t\t<forward-request />', '\t</backend>', '\t<outbound />', '\t<on-error />',
      '</policies>',
    );
  }
  const sections = ['inbound', 'backend', 'outbound', 'on-error'];
  return lines('<policies>', ...sections.flatMap((name) => [`\t<${name}>`, '\t\t<base />', `\t</${name}>`]), '</policies>');
}
