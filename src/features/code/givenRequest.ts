// The request of an exchange that is to be copied as code.

import { InvalidInput } from '../../model/errors';
import { member } from '../../base/shape';

/** The text of `{source, requestBody}`, or undefined for anything else. Throws InvalidInput for an exchange whose request was not kept. */
export function givenRequest(argument: unknown): string | undefined {
  const request = member(argument, 'requestBody');
  if (typeof request !== 'string') return undefined;
  // Nothing empty is ever sent.
  if (request !== '') return request;
  throw new InvalidInput({
    sentence: `The request "${String(member(argument, 'source'))}" is not in the history, as it was too large to be kept.`,
    advice: 'Open its file and copy that as code.',
  });
}
