// A call while policies work on it: what they read, what they change, and what is to be done when it is over.

import type { QueryArgument } from './address';
import { evaluate, isExpression, NotUnderstood, textValue, type ExpressionContext } from './expressions';
import type { CallTrace } from './callTrace';
import type { HeaderList } from './headerList';
import type { Limits } from './limits';
import type { Named } from './match';
import type { PolicyElement } from './policyText';
import type { Parameters } from './template';

/** The answer of the backend, or what stands for it, before it is sent. */
export interface PendingAnswer {
  status: number;
  reason: string | undefined;
  readonly headers: HeaderList;
}

/** How a call ended, for counters that depend on it. */
export interface Ended {
  readonly status: number;
  /** Of both bodies. */
  readonly bytes: number;
}

/** A call. What is not readonly is changed by policies. */
export interface PolicyCall {
  readonly api: Named;
  readonly operation: Named;
  readonly subscription?: Named;
  readonly method: string;
  readonly origin: string | undefined;
  readonly parameters: Parameters;
  readonly templateArguments: readonly string[];
  readonly context: ExpressionContext;
  readonly limits: Limits;
  /** Where the caller has asked for one. */
  readonly trace?: CallTrace;
  /** Undoes `{{name}}`. */
  readonly named: (text: string) => string;
  readonly headers: HeaderList;
  /** Address of the backend, with or without a path. */
  backend: string;
  /** Behind the backend's address. */
  path: string;
  query: QueryArgument[];
  /** Absent until there is one. */
  answer: PendingAnswer | undefined;
  /** Set on whatever answer is given. */
  readonly extra: HeaderList;
  /** Names of what was not carried out, in the order in which it was met. */
  readonly passedOver: Set<string>;
  readonly afterwards: ((ended: Ended) => void)[];
  /** Counters that this call has been counted by, and how much: it counts once, however many policies name the counter. */
  readonly counted: Map<string, number>;
  corsDone: boolean;
}

/** An attribute with named values and expressions undone; undefined where there is none. Throws NotUnderstood. */
export function attribute(element: PolicyElement, name: string, call: PolicyCall): string | undefined {
  const text = element.attributes.get(name);
  return text === undefined ? undefined : textValue(call.named(text), call.context);
}

/** An attribute that is a whole number. Throws NotUnderstood for another text, undefined where there is none. */
export function numberAttribute(element: PolicyElement, name: string, call: PolicyCall): number | undefined {
  const text = attribute(element, name, call)?.trim();
  if (text === undefined) return undefined;
  if (!/^\d{1,12}$/.test(text)) throw new NotUnderstood();
  return Number(text);
}

/** An attribute that is true or false, `otherwise` where there is none. Throws NotUnderstood. */
export function flagAttribute(element: PolicyElement, name: string, call: PolicyCall, otherwise: boolean): boolean {
  const text = attribute(element, name, call)?.trim().toLowerCase();
  if (text === undefined || text === '') return otherwise;
  if (text !== 'true' && text !== 'false') throw new NotUnderstood();
  return text === 'true';
}

/** What a condition gives, which is asked at the end of the call. Throws NotUnderstood. */
export function condition(text: string, context: ExpressionContext): boolean {
  if (!isExpression(text)) return text.trim().toLowerCase() === 'true';
  const value = evaluate(text, context);
  if (typeof value !== 'boolean') throw new NotUnderstood();
  return value;
}
