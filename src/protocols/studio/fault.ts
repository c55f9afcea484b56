// An answer that says no -> what it says, whichever of the contract's shapes it has (section 4.1, and 1.4 for gateways).

import type { Header } from '../../model/wire';
import { cutText } from '../../base/cutText';
import { headerValue } from '../../http/headers';
import { filledText, isArray, isObject, member, memberAnyCase, tryParse } from '../../base/shape';

/** One cause under an error; the vendor says to look here rather than at the class. */
export interface FaultDetail {
  readonly code: string | undefined;
  readonly target: string | undefined;
  readonly message: string | undefined;
}

/** An error answer, read. `source` tells who spoke: the service, a gateway in front of it, or something unknown in between. */
export interface Fault {
  readonly status: number;
  readonly source: 'service' | 'gateway' | 'unknown';
  /** The class, such as `BadArgument`; undefined when none came. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly details: readonly FaultDetail[];
  /** The service's own id of this request, for those who run it. */
  readonly requestId: string | undefined;
  /** How long the other side asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** True when the body is a page and not data. */
  readonly html: boolean;
}

/** What of an answer is needed to read a fault. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly text: string;
}

/**
 * Reads an error answer; never throws. `now` is milliseconds since 1970, for waits that are given as a date by one who does not tell the
 * time.
 */
export function readFault(answer: FaultAnswer, now: number): Fault {
  const body = tryParse(answer.text);
  const words = readMessages(body, 0) ?? textMessages(answer.text);
  return {
    status: answer.status,
    ...words,
    requestId: answer.headers.find(({ name }) => /request-?id/i.test(name))?.value,
    retryAfterMs: readRetryAfter(headerValue(answer.headers, 'retry-after'), theirNow(answer, now)) ?? readWaitWords(words.message),
    html: /^\s*(<!doctype html|<html)/i.test(answer.text) || /text\/html/i.test(headerValue(answer.headers, 'content-type') ?? ''),
  };
}

/** The title of a page, or undefined. */
export function pageTitle(text: string): string | undefined {
  return filledText(/<title[^<>]{0,200}>([^<]{1,200})<\/title>/i.exec(text)?.[1]?.trim());
}

type ServiceMessages = Pick<Fault, 'source' | 'code' | 'message' | 'details'>;

/** An error document as text inside `message` occurs; deeper than this nobody has sent one. */
const deepestNesting = 3;

function readMessages(body: unknown, depth: number): ServiceMessages | undefined {
  const error = memberAnyCase(body, 'error');
  if (isObject(error)) {
    const message = filledText(memberAnyCase(error, 'message'));
    const inner = message && depth < deepestNesting ? readMessages(tryParse(message), depth + 1) : undefined;
    if (inner) return inner;
    const details = memberAnyCase(error, 'details');
    return {
      source: 'service',
      code: codeText(memberAnyCase(error, 'code')),
      message,
      details: isArray(details) ? details.map(readDetail) : [],
    };
  }
  const message = filledText(member(body, 'message'));
  if (typeof member(body, 'statusCode') === 'number') return { source: 'gateway', code: undefined, message, details: [] };
  // Other JSON with a message: whoever it is, its words are worth more than none.
  const code = codeText(member(body, 'errorCode')) ?? codeText(member(body, 'code'));
  const other = message ?? filledText(error) ?? filledText(member(body, 'detail')) ?? filledText(body);
  return code === undefined && other === undefined ? undefined : { source: 'unknown', code, message: other, details: [] };
}

function readDetail(detail: unknown): FaultDetail {
  return {
    code: codeText(memberAnyCase(detail, 'code')),
    target: shortText(memberAnyCase(detail, 'target')),
    message: filledText(memberAnyCase(detail, 'message')) ?? filledText(detail),
  };
}

function codeText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : shortText(value);
}

/** Codes and targets stand in sentences; what is longer than this, in UTF-16 units, is cut. */
const longestCode = 300;

function shortText(value: unknown): string | undefined {
  const text = filledText(value);
  return text === undefined ? undefined : cutText(text, longestCode);
}

/** Longest plain-text answer that is taken for a message; a longer one is left to the body. */
const longestPlainMessage = 500;

function textMessages(text: string): ServiceMessages {
  const plain = text.trim();
  const title = pageTitle(text);
  // The text form "Code: words, Error code: X, Http status code: 400": the class stands at its end.
  const code = /Error code: (\w+)/.exec(plain)?.[1];
  const message = title ?? (plain.startsWith('<') || plain === '' || plain.length > longestPlainMessage ? undefined : plain);
  return { source: code === undefined ? 'unknown' : 'service', code, message, details: [] };
}

/** The time by the clock of whoever answered: this computer's may be wrong by hours. */
function theirNow({ headers }: FaultAnswer, now: number): number {
  return readDate(headerValue(headers, 'date')?.trim() ?? '') ?? now;
}

function readRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  const date = readDate(text);
  return date === undefined ? undefined : Math.max(0, date - now);
}

/** A date as HTTP writes it, in milliseconds since 1970. */
function readDate(text: string): number | undefined {
  if (!httpDates.some((form) => form.test(text))) return undefined;
  // The oldest form names no zone: it is of Greenwich like the others, and Date would take the computer's own.
  const date = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : date;
}

/** The three forms of a date in HTTP. Date.parse takes much more for a date, such as "soon 5". */
const httpDates = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/** The wait in API Management's own sentences: "Try again in 60 seconds", "replenished in 5.03:23:11" (days.hours:minutes:seconds). */
function readWaitWords(message: string | undefined): number | undefined {
  if (message === undefined) return undefined;
  const seconds = /try again in (\d+) seconds?/i.exec(message);
  if (seconds) return Number(seconds[1]) * 1000;
  const span = /replenished in (?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})/i.exec(message);
  if (!span) return undefined;
  const [, days, hours, minutes, rest] = span;
  return (((Number(days ?? 0) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(rest)) * 1000;
}
