// The request of an exchange that is to be copied as code, and the call that it was.

import { InvalidInput } from '../../model/errors';
import { filledText, isArray, member } from '../../base/shape';
import type { Header } from '../../model/wire';
import type { CopiedCall } from '../../protocols/code';

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

/**
 * The call that an exchange was, or undefined where the argument is none. Throws InvalidInput for one whose body was not kept, though
 * `requestBytes` tells that there was one.
 */
export function givenCall(argument: unknown, name: string): CopiedCall | undefined {
  const [method, url] = [filledText(member(argument, 'method')), filledText(member(argument, 'url'))];
  if (method === undefined || url === undefined) return undefined;
  const headers = member(argument, 'requestHeaders');
  return {
    name, method, url, subscriptionKeyHeader: filledText(member(argument, 'subscriptionKeyHeader')),
    headers: (isArray(headers) ? headers : []).flatMap((each) => readHeader(each) ?? []),
    body: member(argument, 'requestBytes') === 0 ? undefined : givenRequest(argument),
  };
}

function readHeader(value: unknown): Header | undefined {
  const [name, text] = [filledText(member(value, 'name')), member(value, 'value')];
  return name === undefined || typeof text !== 'string' ? undefined : { name, value: text };
}
