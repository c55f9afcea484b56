// What could not be done with a policy, in a sentence.

import * as l10n from '@vscode/l10n';
import type { PolicyLeft } from './left';

/** The sentence. What it holds of the policy is as it was written. */
export function leftText({ element, reason, attribute = '', value = '' }: PolicyLeft): string {
  switch (reason) {
    case 'expression':
      return l10n.t('"{0}" of {1} is an expression ({2}), and stays.', attribute, element, value);
    case 'namedValue':
      return l10n.t('"{0}" of {1} is a named value ({2}), and stays.', attribute, element, value);
    case 'stays':
      return l10n.t('"{0}" of {1} was not chosen, and stays ({2}).', attribute, element, value);
    case 'conditional':
      return l10n.t('{0} stands below a condition, and is not changed.', element);
    case 'beside':
      return l10n.t('Another limit of calls stands in the policy: both are in force.');
    case 'repeated':
      return l10n.t('{0} stands there several times: the first one is changed.', element);
    case 'inner':
      return l10n.t('{0} holds limits of single APIs or operations ({1}), and stays.', element, value);
    case 'noInbound':
      return l10n.t('The policy has no place for {0}.', element);
    case 'notUnderstood':
      return l10n.t('The policy makes no sense to its end, so {0} is not set.', element);
    default:
      return reason satisfies never;
  }
}
