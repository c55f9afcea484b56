// An exchange of the history -> the text of its request or its answer, or why there is none to show.

import { InvalidInput, LocalFailure } from '../../model/errors';
import type { Exchange } from '../../model/exchange';
import { answerText } from '../../http/answerText';
import { sizeText } from '../../base/size';

/** What of an exchange is looked at. */
export type TextPart = 'request' | 'answer';

/** VS Code's editors become slow beyond this, in UTF-16 units. */
const largestInEditor = 20 * 1024 * 1024;

/** The text. Throws InvalidInput when it is not there, as when it was not kept, and LocalFailure when it is too large for an editor. */
export function textOf({ source, requestBody, answer, missing }: Exchange, part: TextPart): string {
  if (part === 'answer' && !answer) throw new InvalidInput({ sentence: `No answer came to "${source}", so there is no text of it.` });
  const what = part === 'request' ? `The request "${source}"` : `The answer to "${source}"`;
  const why = missing?.[part];
  if (why === 'too large') throw new InvalidInput({ sentence: `${what} is not in the history, as it was too large to be kept.` });
  if (why === 'gone') throw new InvalidInput({ sentence: `${what} is no longer in the history.` });
  const text = part === 'request' ? requestBody : answer ? answerText(answer) : '';
  if (text.length > largestInEditor) throw new LocalFailure({ sentence: `The ${part} of "${source}" is too large for an editor (${sizeText(text.length)}).` });
  return text;
}
