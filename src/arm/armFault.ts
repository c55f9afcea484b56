// Reads what Azure Resource Manager says when it says no: its errors come in many shapes, and from proxies as pages.

import { beginningOfText } from '../base/cutText';
import { filledText, isArray, isObject, member, memberAnyCase, tryParse } from '../base/shape';
import type { ArmReason } from '../model/armReason';

/** One of several things that are wrong. */
export interface ArmFaultDetail {
  readonly code?: string;
  /** The member, the element of a policy, or prose. */
  readonly target?: string;
  readonly message?: string;
}

/** What the other side said, in its own words. */
export interface ArmFault extends ArmFaultDetail {
  readonly details: readonly ArmFaultDetail[];
}

/** Errors stand as JSON in the text of others so many times over. */
const deepest = 4;
/** So many details are read. */
const mostDetails = 20;
/** So much is read of one text, in UTF-16 units: more than a named value has, which must be whole to be found and hidden. */
const longest = { code: 100, message: 10_000 };

/** What a body says of the fault; nothing where it is empty, a page, or says nothing. Never throws. */
export function readFault(text: string): ArmFault {
  const trimmed = beginningOfText(text, 1_000_000).replace(/^\uFEFF/, '').trim();
  if (trimmed === '' || trimmed.startsWith('<')) return { details: [] };
  const value = tryParse(trimmed);
  if (isObject(value)) return faultIn(value, 0);
  const words = isArray(value) ? undefined : filledText(typeof value === 'string' ? value : value === undefined ? trimmed : undefined);
  return words === undefined ? { details: [] } : { message: beginningOfText(words, longest.message), details: [] };
}

function faultIn(value: unknown, depth: number): ArmFault {
  const error = memberAnyCase(value, 'error');
  const own = isObject(error) ? error : value;
  const code = textOf(memberAnyCase(own, 'code'), longest.code) ?? textOf(error, longest.code);
  const said = memberAnyCase(own, 'message') ?? memberAnyCase(own, 'error_description');
  const message = textOf(isObject(said) ? memberAnyCase(said, 'value') : said, longest.message);
  const target = textOf(memberAnyCase(own, 'target'), longest.code);
  const inner = depth < deepest && message?.trimStart().startsWith('{') ? tryParse(textOfWhole(said)) : undefined;
  const deeper = isObject(inner) ? faultIn(inner, depth + 1) : undefined;
  const details = [...(deeper?.details ?? []), ...detailsOf(own, depth)].slice(0, mostDetails);
  const named = {
    ...pick('code', deeper?.code ?? code), ...pick('target', deeper?.target ?? target), ...pick('message', deeper?.message ?? message),
  };
  return { ...named, details: details.filter((detail) => detail.message !== named.message) };
}

function detailsOf(error: unknown, depth: number): ArmFaultDetail[] {
  if (depth >= deepest) return [];
  const listed = memberAnyCase(error, 'details');
  const inner = memberAnyCase(error, 'innerError');
  const all = [...(isArray(listed) ? listed.slice(0, mostDetails) : isObject(listed) ? [listed] : []), ...(isObject(inner) ? [inner] : [])];
  return all.flatMap((each) => {
    if (!isObject(each)) return [];
    const { details, ...named } = faultIn(each, depth + 1);
    return Object.keys(named).length === 0 ? details : [named, ...details];
  });
}

function textOfWhole(said: unknown): string {
  const whole = isObject(said) ? memberAnyCase(said, 'value') : said;
  return typeof whole === 'string' ? whole : '';
}

function textOf(value: unknown, most: number): string | undefined {
  const text = filledText(value);
  return text === undefined ? undefined : beginningOfText(text.trim(), most);
}

function pick<Name extends string>(name: Name, value: string | undefined): { readonly [Key in Name]?: string } {
  const named: { [Key in Name]?: string } = {};
  if (value !== undefined) named[name] = value;
  return named;
}

/** What kind of no it is. */
export function reasonOf(status: number, fault: ArmFault): ArmReason {
  const { code = '', message = '' } = fault;
  switch (code) {
    case 'ScopeLocked':
      return 'locked';
    case 'MissingSubscriptionRegistration':
    case 'SubscriptionNotRegistered':
      return 'notRegistered';
    case 'PessimisticConcurrencyConflict':
    case 'ManagementApiRequestFailed':
      return 'busy';
    case 'PreconditionFailed':
      return 'changed';
    default:
  }
  if (status === 412) return 'changed';
  if (status === 429) return 'throttled';
  if (status === 401) return 'signIn';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  if ((status === 400 || status === 409) && /\bis activating\b/i.test(message)) return 'activating';
  if (status === 409 && /\b(?:in progress|transitioning)\b/i.test(message)) return 'busy';
  if (status >= 500 || status === 408) return 'server';
  return status === 400 || status === 409 || status === 422 ? 'invalid' : 'other';
}

/** The state of a resource that is being made or changed, such as `InProgress`; undefined where the body tells none. */
export function provisioningStateOf(body: unknown): string | undefined {
  return filledText(member(member(body, 'properties'), 'provisioningState')) ?? filledText(member(body, 'provisioningState'));
}
