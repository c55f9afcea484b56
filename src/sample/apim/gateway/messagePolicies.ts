// Policies that change the message: headers, query, address, status, or a whole answer of their own.

import { fillIn } from './template';
import { leavesItsPlace, printable, queryArgument, readQuery, sameName, splitQuery } from './address';
import { isExpression, NotUnderstood, textValue } from './expressions';
import { existsAction, HeaderList, isHeaderName } from './headerList';
import type { Step } from './policies';
import { attribute, flagAttribute, numberAttribute, type PolicyCall } from './policyCall';
import { elementsOf, textOf, type PolicyElement } from './policyText';
import { Refusal, type OwnAnswer } from './refusal';

/** Changes a header of `headers`. Those that say where a message ends are not for policies. */
export function setHeader(element: PolicyElement, headers: HeaderList, call: PolicyCall): void {
  const name = attribute(element, 'name', call)?.trim();
  if (name === undefined || !isHeaderName(name)) throw new NotUnderstood();
  const values = valuesOf(element, call);
  const action = existsAction(attribute(element, 'exists-action', call));
  headers.change(name, action, action === 'delete' ? [] : values);
}

/** Changes an argument of the query that goes to the backend. */
export function setQueryParameter({ element }: Step, call: PolicyCall): void {
  const name = attribute(element, 'name', call)?.trim();
  if (name === undefined || name === '') throw new NotUnderstood();
  const added = valuesOf(element, call).map((value) => queryArgument(name, value));
  const others = call.query.filter((argument) => !sameName(argument.name, name));
  const isThere = others.length < call.query.length;
  const action = existsAction(attribute(element, 'exists-action', call));
  switch (action) {
    case 'skip':
      if (!isThere) call.query.push(...added);
      return;
    case 'append':
      call.query.push(...added);
      return;
    case 'delete':
      call.query = others;
      return;
    case 'override':
      call.query = [...others, ...added];
      return;
    default:
      return action satisfies never;
  }
}

/** Another path, with the parameters of the operation's template put in. Throws a 400 where these lead out of it. */
export function rewriteUri({ element }: Step, call: PolicyCall): void {
  const template = attribute(element, 'template', call)?.trim();
  if (template === undefined) throw new NotUnderstood();
  const [path, query] = splitQuery(template);
  const filled = printable(fillIn(path, call.parameters).text);
  if (leavesItsPlace(filled)) throw new Refusal(400, 'Bad Request');
  const own = readQuery(printable(fillIn(query, call.parameters).text));
  const matched = [...call.templateArguments, ...own.map(({ name }) => name)];
  const copies = flagAttribute(element, 'copy-unmatched-params', call, true);
  const copied = copies ? call.query.filter(({ name }) => !matched.some((each) => sameName(each, name))) : [];
  call.path = filled.startsWith('/') ? filled : `/${filled}`;
  call.query = [...own, ...copied];
}

/** Another backend, by its address; one that is known to API Management by an id is passed over. */
export function setBackendService({ element }: Step, call: PolicyCall): void {
  const address = attribute(element, 'base-url', call)?.trim();
  if (address === undefined || address === '') throw new NotUnderstood();
  call.backend = address;
}

/** Another status for the answer. */
export function setStatus({ element }: Step, call: PolicyCall): void {
  const { code, reason } = readStatus(element, call);
  if (!call.answer) throw new NotUnderstood();
  call.answer.status = code;
  call.answer.reason = reason;
}

/** An answer instead of the backend's. What of it is not understood is left out, and named. */
export function returnResponse({ element }: Step, call: PolicyCall): OwnAnswer {
  let status: Status = { code: 200, reason: undefined };
  let body = '';
  const headers = new HeaderList();
  for (const child of elementsOf(element)) {
    try {
      if (child.name === 'set-status') status = readStatus(child, call);
      else if (child.name === 'set-header') setHeader(child, headers, call);
      else if (child.name === 'set-body') body = bodyOf(child, call);
      else throw new NotUnderstood();
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      call.passedOver.add(child.name);
    }
  }
  return { status: status.code, ...(status.reason === undefined ? {} : { reason: status.reason }), headers: headers.flat(), body };
}

interface Status {
  readonly code: number;
  readonly reason: string | undefined;
}

function readStatus(element: PolicyElement, call: PolicyCall): Status {
  const code = numberAttribute(element, 'code', call);
  if (code === undefined || code < 200 || code > 599) throw new NotUnderstood();
  return { code, reason: attribute(element, 'reason', call) };
}

function bodyOf(element: PolicyElement, call: PolicyCall): string {
  if (element.attributes.has('template')) throw new NotUnderstood();
  const text = call.named(textOf(element));
  return isExpression(text) ? textValue(text, call.context) : text;
}

function valuesOf(element: PolicyElement, call: PolicyCall): string[] {
  return elementsOf(element, 'value').map((value) => textValue(call.named(textOf(value)).trim(), call.context));
}
