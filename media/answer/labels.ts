// The buttons of errors on the page of answers.

import * as l10n from '@vscode/l10n';
import { actionLabels, type ActionLabels } from '../kit/problem';

/** The words on them. */
export function answerLabels(): ActionLabels {
  return actionLabels(l10n.t('Send Again'));
}
