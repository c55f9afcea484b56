// A text that somebody pastes to add a service -> what is found in it, without the keys themselves.

import type { Endpoint } from '../model/service';
import { endpointAddress, serviceId, workspaceId } from '../protocol/endpoint';
import { readPaste } from '../protocol/paste';
import { redactor } from '../protocol/redact';
import { pastedText } from './pastedText';
import type { Json } from './report';

/** A key of which so many characters are printed at its end is long enough not to be guessed from them. */
const shownTail = 4;
const longEnough = 16;

/** What Add Service finds in a text. */
export function inspectPaste(bytes: Uint8Array): Json {
  const paste = readPaste(pastedText(bytes));
  const guard = redactor([paste.serviceKey, paste.subscriptionKey]);
  const safe = (text: string): string => guard.text(text);
  return {
    services: paste.endpoint === undefined ? [] : [service(paste.endpoint, safe)],
    keys: [...key('service', paste.serviceKey), ...key('subscription', paste.subscriptionKey)],
    notes: [...paste.problems, ...paste.notes].map(safe),
  };
}

function service(endpoint: Endpoint, safe: (text: string) => string): Json {
  return {
    address: safe(endpointAddress(endpoint)),
    workspace: safe(workspaceId(endpoint)),
    service: safe(serviceId(endpoint)),
    kind: endpoint.form,
  };
}

function key(kind: 'service' | 'subscription', value: string | undefined): Json[] {
  if (value === undefined) return [];
  return [{ kind, name: null, length: value.length, tail: value.length < longEnough ? '' : value.slice(-shownTail) }];
}
