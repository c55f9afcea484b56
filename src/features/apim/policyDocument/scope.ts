// What holds without a policy, and the text of one that changes nothing.

import * as l10n from '@vscode/l10n';
import type { PolicyScope } from '../policy/policyScope';

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
