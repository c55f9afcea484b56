// What people read of a policy by what it holds for: nobody is to take the policy of all APIs for that of one.

import * as l10n from '@vscode/l10n';
import type { PolicyAddress } from './address';

/** What is said in passing when a policy is opened; undefined where nothing is to be said. `isNew` where there is none at the service. */
export function openedText({ scope, title, instanceTitle }: PolicyAddress, isNew: boolean): string | undefined {
  if (scope.kind !== 'allApis') return isNew ? l10n.t('{0} has no policy yet.', title) : undefined;
  return isNew
    ? l10n.t('There is no policy for all APIs of {0} yet.', instanceTitle)
    : l10n.t('This policy holds for all APIs of {0}.', instanceTitle);
}

/** What is asked before a policy is deleted. */
export function deleteQuestion({ scope, title, instanceTitle }: PolicyAddress): string {
  return scope.kind === 'allApis'
    ? l10n.t('Delete the policy that holds for all APIs of {0}?', instanceTitle)
    : l10n.t('Delete the policy of {0} in {1}?', title, instanceTitle);
}
