// An exchange of the history -> the text of its request or its answer, or why there is none to show.

import * as l10n from '@vscode/l10n';
import { formatBytes } from '../../base/format';
import { InvalidInput, LocalFailure } from '../../model/errors';
import type { Exchange, Missing } from '../../model/exchange';
import { answerText } from '../../http/answerText';

/** What of an exchange is looked at. */
export type TextPart = 'request' | 'answer';

/** VS Code's editors become slow beyond this, in UTF-16 units. */
const largestInEditor = 20 * 1024 * 1024;

/** The text. Throws InvalidInput when it is not there, as when it was not kept, and LocalFailure when it is too large for an editor. */
export function textOf({ source, requestBody, answer, missing }: Exchange, part: TextPart): string {
  if (part === 'answer' && !answer)
    throw new InvalidInput({ sentence: l10n.t('No answer came to "{0}", so there is no text of it.', source) });
  const why = missing?.[part];
  if (why) throw new InvalidInput({ sentence: missingText(part, why, source) });
  const text = part === 'request' ? requestBody : answer ? answerText(answer) : '';
  if (text.length > largestInEditor) throw new LocalFailure({ sentence: tooLargeText(part, source, formatBytes(text.length)) });
  return text;
}

function missingText(part: TextPart, why: Missing, source: string): string {
  switch (why) {
    case 'too large':
      return part === 'request'
        ? l10n.t('The request "{0}" is not in the history, as it was too large to be kept.', source)
        : l10n.t('The answer to "{0}" is not in the history, as it was too large to be kept.', source);
    case 'gone':
      return part === 'request'
        ? l10n.t('The request "{0}" is no longer in the history.', source)
        : l10n.t('The answer to "{0}" is no longer in the history.', source);
    default:
      return why satisfies never;
  }
}

function tooLargeText(part: TextPart, source: string, size: string): string {
  return part === 'request'
    ? l10n.t('The request of "{0}" is too large for an editor ({1}).', source, size)
    : l10n.t('The answer of "{0}" is too large for an editor ({1}).', source, size);
}
