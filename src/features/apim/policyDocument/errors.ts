// What keeps a policy from being saved, a class per cause.

import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../base/format';
import { HumanError, InvalidInput, type ErrorParts } from '../../../model/errors';
import type { PlacedFault } from './faults';

/** What is at the service is not what a document is based on: nothing is overwritten. */
export class PolicyChanged extends HumanError {
  override readonly name = 'PolicyChanged';
}

/** The service does not take the text of a policy. */
export class PolicyRefused extends HumanError {
  override readonly name = 'PolicyRefused';
  constructor(parts: ErrorParts, readonly faults: readonly PlacedFault[]) {
    super(parts);
  }
}

/** The error where something else is at the service now; `isGone` where nothing is there any more. */
export function policyChanged(title: string, instance: string, isGone: boolean): PolicyChanged {
  return new PolicyChanged({
    sentence: isGone
      ? l10n.t('The policy of {0} was deleted in {1} since this document was opened.', title, instance)
      : l10n.t('The policy of {0} was changed in {1} since this document was opened.', title, instance),
    advice: l10n.t('Nothing was overwritten. Compare your text with what is there now.'),
  });
}

/** The error for a text that the service does not take. */
export function policyRefused(title: string, instance: string, faults: readonly PlacedFault[]): PolicyRefused {
  const [first] = faults;
  const [line, column] = [String((first?.line ?? 0) + 1), String((first?.column ?? 0) + 1)];
  const words = first?.brief ?? '';
  const sentence = first?.placed !== true
    ? l10n.t('{0} rejected the policy of {1}: {2}', instance, title, words)
    : faults.length === 1
      ? l10n.t('{0} rejected the policy of {1}. Line {2}, column {3}: {4}', instance, title, line, column, words)
      : l10n.t('{0} found {1} faults in the policy of {2}. The first is on line {3}, column {4}: {5}',
        instance, formatCount(faults.length), title, line, column, words);
  return new PolicyRefused({ sentence, advice: l10n.t('Nothing was changed there. The Problems panel has the full message.') }, faults);
}

/** The error for a text that holds nothing. */
export function emptyText(): InvalidInput {
  return new InvalidInput({
    sentence: l10n.t('An empty document is no policy, so it was not saved.'),
    advice: l10n.t('To take the policy away, use Delete Policy… in the sidebar.'),
  });
}
