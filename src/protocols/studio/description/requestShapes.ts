// The shapes that a request may have, in words.

import * as l10n from '@vscode/l10n';
import type { RequestShape } from '../../description';
import type { RequestForm } from '../request';

/** The forms that a request may have. */
export function requestShapes(): readonly (RequestShape & { readonly id: RequestForm })[] {
  return [
    { id: 'rows', name: l10n.t('Row objects'), detail: l10n.t('Each row is an object that names its columns.') },
    {
      id: 'table',
      name: l10n.t('Column names and values'),
      detail: l10n.t('The columns are named once, and each row is a list of values: shorter where there are many rows.'),
    },
  ];
}
