// A trace in words.

import * as l10n from '@vscode/l10n';
import { formatCount, formatFineDuration } from '../../../base/format';
import type { ShownSection, ShownStep, ShownTrace } from '../../tryIt';
import { traceSections, type Trace, type TracedHeader, type TraceFact, type TraceSection, type TraceStep } from './traceModel';

/** Which call a trace is of. */
export interface TracedCall {
  readonly method: string;
  /** What the operation is called. */
  readonly operation: string;
  readonly status: number | undefined;
}

/** A trace as it is shown. `unread` is how many secrets are not known or too short, so that more was hidden. */
export function shownTrace(trace: Trace, call: TracedCall, unread: number): ShownTrace {
  const { steps, totalMs, left } = trace;
  const sections = traceSections.flatMap((section): readonly ShownSection[] => {
    const own = steps.filter((step) => step.section === section);
    if (own.length === 0) return [];
    const tookMs = own.reduce((sum, step) => sum + (step.tookMs ?? 0), 0);
    const took = formatFineDuration(tookMs);
    return [{ section, title: sectionTitle(section), took, steps: own.map((step) => shownStep(step, totalMs)) }];
  });
  return { title: titleOf(call, totalMs), sections, notes: [...leftNote(left), ...unreadNote(unread)] };
}

function titleOf({ method, operation, status }: TracedCall, totalMs: number | undefined): string {
  const took = totalMs === undefined ? '' : formatFineDuration(totalMs);
  const answered = status === undefined ? '' : String(status);
  return [`${method} ${operation}`, answered, took].filter((part) => part !== '').join(', ');
}

function leftNote(left: number): readonly string[] {
  if (left === 0) return [];
  return [left === 1 ? l10n.t('One more step is not shown.') : l10n.t('{0} more steps are not shown.', formatCount(left))];
}

function unreadNote(unread: number): readonly string[] {
  if (unread === 0) return [];
  return [
    l10n.t('Some policies or secret named values could not be read, or are too short to be found.'),
    l10n.t('So only names, times, methods, statuses and sentences of the gateway itself are shown.'),
  ];
}

function sectionTitle(section: TraceSection): string {
  switch (section) {
    case 'inbound':
      return l10n.t('Inbound');
    case 'backend':
      return l10n.t('Backend');
    case 'outbound':
      return l10n.t('Outbound');
    case 'on-error':
      return l10n.t('On Error');
    default:
      return section satisfies never;
  }
}

function shownStep({ source, atMs, tookMs, messages, facts, rest }: TraceStep, totalMs: number | undefined): ShownStep {
  const changed = facts.map(factText);
  const said = messages.length > 0 || changed.length > 0 ? messages : [l10n.t('Shown as it came.')];
  return {
    source: source === '' ? l10n.t('(no name)') : source,
    took: tookMs === undefined ? '' : formatFineDuration(tookMs),
    at: atMs === undefined ? '' : l10n.t('After {0}', formatFineDuration(atMs)),
    share: tookMs === undefined || totalMs === undefined || totalMs === 0 ? 0 : Math.min(1, tookMs / totalMs),
    said, changed, headers: facts.flatMap(headersOf),
    ...(rest === undefined ? {} : { rest }),
  };
}

function headersOf(fact: TraceFact): ShownStep['headers'] {
  if (fact.kind !== 'request' && fact.kind !== 'response') return [];
  return fact.headers.map(({ name, value }) => ({ name, value: value ?? '' }));
}

function factText(fact: TraceFact): string {
  switch (fact.kind) {
    case 'headerSet':
      return headerText(fact.header);
    case 'headerRemoved':
      return l10n.t('Header {0} removed', fact.header.name);
    case 'request':
      return requestText(fact.method, fact.url);
    case 'response':
      return responseText(fact.status, fact.reason);
    case 'backend':
      return fact.before === undefined
        ? l10n.t('Backend: {0}', fact.after)
        : l10n.t('Backend: {0}, was {1}', fact.after, fact.before);
    case 'url':
      return fact.before === undefined
        ? l10n.t('Path and query: {0}', fact.after)
        : l10n.t('Path and query: {0}, was {1}', fact.after, fact.before);
    case 'variable':
      return l10n.t('Variable {0} = {1}', fact.name, fact.value);
    case 'expression':
      return l10n.t('{0} gave {1}', fact.text, fact.value);
    default:
      return fact satisfies never;
  }
}

function headerText({ name, value = '' }: TracedHeader): string {
  return value === '' ? l10n.t('Header {0} set to nothing', name) : l10n.t('Header {0}: {1}', name, value);
}

function requestText(method: string | undefined, url: string | undefined): string {
  if (method === undefined) return url === undefined ? l10n.t('A request') : l10n.t('Path and query: {0}', url);
  return url === undefined ? method : `${method} ${url}`;
}

function responseText(status: number | undefined, reason = ''): string {
  if (status === undefined) return l10n.t('An answer');
  return reason === '' ? l10n.t('Status {0}', String(status)) : l10n.t('Status {0} {1}', String(status), reason);
}
