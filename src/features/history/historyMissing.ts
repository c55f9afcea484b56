// What a reader should know of an exchange whose bodies are not there any more.

import * as l10n from '@vscode/l10n';
import type { Missing } from '../../model/exchange';

/** A sentence for each of the bodies that is not there. */
export function missingNotes(request: Missing | undefined, answer: Missing | undefined): readonly string[] {
  return [
    ...(request === 'gone' ? [l10n.t('The request is no longer in the history.')] : []),
    ...(request === 'too large' ? [l10n.t('The request was too large to be kept in the history.')] : []),
    ...(answer === 'gone' ? [l10n.t('The answer is no longer in the history.')] : []),
    ...(answer === 'too large' ? [l10n.t('The answer was too large to be kept in the history.')] : []),
  ];
}
