// The cors policy: answers browsers that ask beforehand, and tells them of each answer what a page may see.

import type { HeaderList } from './headerList';
import type { Step } from './policies';
import { attribute, flagAttribute, type PolicyCall } from './policyCall';
import { elementsOf, textOf, type PolicyElement } from './policyText';
import type { OwnAnswer } from './refusal';
import { NotUnderstood, textValue } from './expressions';

/** What a browser asks before it sends. */
export interface Preflight {
  readonly origin: string;
  readonly method: string;
  readonly headers: readonly string[];
}

const nothing: OwnAnswer = { status: 200, headers: [], body: '' };

/** What a request asks beforehand; undefined where it is another. */
export function readPreflight(method: string, headers: HeaderList): Preflight | undefined {
  const origin = headers.get('origin');
  const asked = headers.get('access-control-request-method');
  if (method !== 'OPTIONS' || origin === undefined || asked === undefined) return undefined;
  const names = (headers.get('access-control-request-headers') ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
  return { origin, method: asked, headers: names };
}

/** For a call with an origin: adds the headers, or ends the call, as for an origin that is not allowed. The first cors counts. */
export function cors({ element }: Step, call: PolicyCall): OwnAnswer | undefined {
  if (call.origin === undefined || call.corsDone) return undefined;
  const allowed = allowedOrigin(element, call.origin, call);
  if (allowed === undefined) {
    const ends = flagAttribute(element, 'terminate-unmatched-request', call, true) && ['GET', 'HEAD'].includes(call.method);
    if (ends) call.corsDone = true;
    return ends ? nothing : undefined;
  }
  call.corsDone = true;
  for (const [name, value] of originHeaders(element, allowed, call)) call.extra.set(name, value);
  const exposed = listOf(element, 'expose-headers', 'header', call);
  if (exposed.length > 0) call.extra.set('Access-Control-Expose-Headers', exposed.join(', '));
  return undefined;
}

/** Answers a browser's question by the first of these policies that allows it; without headers where none does. */
export function answerPreflight(policies: readonly Step[], asked: Preflight, call: PolicyCall): OwnAnswer {
  for (const { element } of policies) {
    try {
      const allowed = allowedOrigin(element, asked.origin, call);
      if (allowed !== undefined) return allows(element, asked, call) ? allowedAnswer(element, asked, allowed, call) : nothing;
      if (flagAttribute(element, 'terminate-unmatched-request', call, true)) break;
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      call.passedOver.add(element.name);
    }
  }
  return nothing;
}

function allowedAnswer(element: PolicyElement, { method, headers }: Preflight, allowed: string, call: PolicyCall): OwnAnswer {
  const [methods] = elementsOf(element, 'allowed-methods');
  const age = methods ? attribute(methods, 'preflight-result-max-age', call) : undefined;
  return {
    ...nothing,
    headers: [
      ...originHeaders(element, allowed, call),
      ['Access-Control-Allow-Methods', method],
      ...(headers.length > 0 ? [['Access-Control-Allow-Headers', headers.join(', ')] as const] : []),
      ...(age === undefined ? [] : [['Access-Control-Max-Age', age] as const]),
    ],
  };
}

function originHeaders(element: PolicyElement, allowed: string, call: PolicyCall): (readonly [string, string])[] {
  const credentials = flagAttribute(element, 'allow-credentials', call, false);
  return [
    ['Access-Control-Allow-Origin', allowed],
    ...(allowed === '*' ? [] : [['Vary', 'Origin'] as const]),
    ...(credentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
  ];
}

/** What the header is to say, undefined where the origin is not allowed. */
function allowedOrigin(element: PolicyElement, origin: string, call: PolicyCall): string | undefined {
  const origins = listOf(element, 'allowed-origins', 'origin', call);
  // A browser takes no `*` for a call with credentials.
  if (origins.includes('*')) return flagAttribute(element, 'allow-credentials', call, false) ? origin : '*';
  const own = originOf(origin);
  return own !== undefined && origins.some((each) => originOf(each) === own) ? origin : undefined;
}

function allows(element: PolicyElement, { method, headers }: Preflight, call: PolicyCall): boolean {
  const usual = elementsOf(element, 'allowed-methods').length === 0;
  const methods = usual ? ['GET', 'POST'] : listOf(element, 'allowed-methods', 'method', call);
  const names = listOf(element, 'allowed-headers', 'header', call).map((name) => name.toLowerCase());
  const methodAllowed = methods.some((each) => each === '*' || each.toUpperCase() === method.toUpperCase());
  return methodAllowed && (names.includes('*') || headers.every((name) => names.includes(name.toLowerCase())));
}

function listOf(element: PolicyElement, list: string, item: string, call: PolicyCall): string[] {
  const items = elementsOf(element, list).flatMap((each) => elementsOf(each, item));
  return items.map((each) => textValue(call.named(textOf(each)).trim(), call.context).trim());
}

function originOf(text: string): string | undefined {
  try {
    const { origin } = new URL(text);
    return origin === 'null' ? undefined : origin;
  } catch {
    return undefined;
  }
}
