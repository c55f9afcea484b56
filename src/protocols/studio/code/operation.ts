// One call of any operation as a program, made of the call as it was shown: keys come from the environment, each in its own header.

import { mask, maskTokens, withoutSecretQuery } from '../../../redaction';
import { defaultSubscriptionKeyHeader } from '../../../model/service';
import type { Header } from '../../../model/wire';
import type { CopiedCall } from '../../code';
import type { LanguageInfo } from './languages';
import { commentText } from './literals';
import { common, jsonType, programBody, secretReplaced, type CallProgram, type KeyPlace } from './program';

/** Each program has these from what sends it; the token of a trace is out of date before anyone runs the program. */
const ownHeaders = /^(?:host|connection|content-length|accept-encoding|content-type|apim-debug-authorization)$/i;

/** Makes the program of a call. What looks secret in its address, a header or its body is replaced by dots, and the program says so. */
export function operationProgram(call: CopiedCall, language: LanguageInfo): CallProgram {
  const { name, method, url, headers, body } = call;
  const keyHeader = (call.subscriptionKeyHeader ?? defaultSubscriptionKeyHeader).toLowerCase();
  const keyOf = (header: Header): KeyPlace | undefined => keyIn(header, keyHeader);
  const keys = headers.flatMap((header) => keyOf(header) ?? []);
  const address = maskTokens(withoutSecretQuery(url).text);
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

/** The key that a header carries, by its name and its mask; undefined for any other header, whatever secret a person has put into it. */
function keyIn({ name, value }: Header, keyHeader: string): KeyPlace | undefined {
  const lower = name.toLowerCase();
  if (lower === 'authorization' && value === `Bearer ${mask}`)
    return { variable: 'AZUREML_SERVICE_KEY', what: 'the API key of the service', header: name, prefix: 'Bearer ', required: true };
  if (lower !== keyHeader || value !== mask) return undefined;
  return { variable: 'AZUREML_SUBSCRIPTION_KEY', what: 'the subscription key of the gateway', header: name, prefix: '', required: true };
}
