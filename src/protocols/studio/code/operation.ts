// One call of any operation as a program, made of the call as it was shown: keys are known by their masks, and come from the environment.

import { mask, maskTokens } from '../../../redaction';
import type { Header } from '../../../model/wire';
import type { CopiedCall } from '../../code';
import type { LanguageInfo } from './languages';
import { commentText } from './literals';
import { common, jsonType, programBody, secretReplaced, type CallProgram, type KeyPlace } from './program';

/** Each program has these from what sends it. */
const ownHeaders = /^(?:host|connection|content-length|accept-encoding|content-type)$/i;

/** Makes the program of a call. What looks secret in its address, a header or its body is replaced by dots, and the program says so. */
export function operationProgram({ name, method, url, headers, body }: CopiedCall, language: LanguageInfo): CallProgram {
  const keys = headers.flatMap((header) => keyOf(header) ?? []);
  const address = maskTokens(url);
  const plain = headers.filter((header) => keyOf(header) === undefined && !ownHeaders.test(header.name))
    .map((header) => ({ name: header.name, value: maskTokens(header.value) }));
  const sent = body === undefined ? undefined : programBody(body, language);
  const comments = [
    `Calls "${name}" and prints the answer.`,
    ...common(language, keys),
    ...(sent?.comments ?? []),
    ...(address.includes(mask) ? [secretReplaced('address')] : []),
    ...(plain.some(({ value }) => value.includes(mask)) ? [secretReplaced('headers')] : []),
  ];
  return {
    method, url: address, keys, headers: plain, body: sent?.body ?? { kind: 'none' },
    contentType: headers.find((header) => header.name.toLowerCase() === 'content-type')?.value ?? jsonType,
    comments: comments.map(commentText),
  };
}

/** The key that a header carries, which is masked where it is shown; undefined for any other header. */
function keyOf({ name, value }: Header): KeyPlace | undefined {
  if (value !== mask && value !== `Bearer ${mask}`) return undefined;
  return name.toLowerCase() === 'authorization'
    ? { variable: 'AZUREML_SERVICE_KEY', what: 'the API key of the service', header: name, prefix: 'Bearer ', required: true }
    : {
      variable: 'AZUREML_SUBSCRIPTION_KEY', what: 'the subscription key of the gateway', header: name, prefix: '', required: true,
    };
}
