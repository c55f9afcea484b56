// A call as policies find it at its beginning.

import { filledText } from '../../../base/shape';
import { sameName } from './address';
import { HeaderList } from './headerList';
import type { CallTrace } from './callTrace';
import type { Caller } from './keys';
import type { Limits } from './limits';
import type { MatchedOperation } from './match';
import type { PolicyCall } from './policyCall';

/** What a call is made of. `status` tells what was sent, once it was. */
export interface CallParts {
  readonly operation: MatchedOperation;
  readonly caller: Caller;
  readonly limits: Limits;
  readonly headers: HeaderList;
  readonly method: string;
  readonly ip: string;
  readonly requestId: string;
  readonly named: (text: string) => string;
  readonly status: () => number | undefined;
  readonly trace: CallTrace | undefined;
}

/** Begins a call: nothing was changed yet, and the backend is the API's own. */
export function newCall(parts: CallParts): PolicyCall {
  const { operation: matched, caller, limits, headers, method, ip, requestId, named, status, trace } = parts;
  const { api, operation, parameters, templateArguments, query } = matched;
  const { subscription, product } = caller;
  const shown = (value: unknown): string => filledText(value) ?? '';
  const owner = shown(subscription?.resource.properties.ownerId);
  const origin = headers.get('origin');
  const sent = new HeaderList();
  for (const [name, values] of headers) sent.change(name, 'append', values);
  for (const name of ['host', 'expect']) sent.delete(name);
  const call: PolicyCall = {
    api, operation, method, origin, parameters, templateArguments, limits, named,
    ...(subscription ? { subscription } : {}),
    ...(trace ? { trace } : {}),
    headers: sent,
    context: {
      subscriptionId: subscription?.id,
      subscriptionName: subscription && shown(subscription.resource.properties.displayName),
      productId: product?.id,
      productName: product && shown(product.resource.properties.displayName),
      userId: owner === '' ? undefined : owner.slice(owner.lastIndexOf('/') + 1),
      apiId: api.id,
      apiName: shown(api.resource.properties.displayName),
      apiPath: shown(api.resource.properties.path),
      operationId: operation.id,
      operationName: shown(operation.resource.properties.displayName),
      ip, method, requestId,
      get status() {
        return status() ?? call.answer?.status;
      },
      header: (name) => call.headers.get(name),
      answerHeader: (name) => call.answer?.headers.get(name),
      parameter: (name) => parameters.get(name),
      argument: (name) => call.query.find((argument) => sameName(argument.name, name))?.value,
    },
    backend: shown(api.resource.properties.serviceUrl),
    path: matched.rest,
    query: [...query],
    answer: undefined,
    extra: new HeaderList(),
    passedOver: new Set(),
    afterwards: [],
    counted: new Map(),
    corsDone: false,
  };
  return call;
}
