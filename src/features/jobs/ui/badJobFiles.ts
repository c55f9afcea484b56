// What is said of files of the journal that cannot be used.

import * as l10n from '@vscode/l10n';
import type { BadFileMessages } from '../../../ui/badFiles';

export const badJobFiles: BadFileMessages = {
  unusable: (name, reason, advice) => l10n.t('"{0}", where the batch jobs are kept, cannot be used. {1} {2}', name, reason, advice),
  oneMore: () => l10n.t('One more file of the batch jobs cannot be used.'),
  more: (count) => l10n.t('{0} more files of the batch jobs cannot be used.', count),
};
