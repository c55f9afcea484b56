// What the managed gateway of an instance is asked for through ARM: a token for traces, and the trace of a call.

import { filledText, isArray, member, type JsonObject } from '../../base/shape';
import type { ArmReply, Instance } from './armCall';
import { ArmProblem, invalid, notFound } from './armProblem';
import { withoutRevision } from './gateway/match';
import { longestTraceMs, type Traces } from './gateway/traces';

/** Answers `POST /gateways/managed/listDebugCredentials` and `…/listTrace`. Throws ArmProblem. */
export function answerGateway(instance: Instance, method: string, segments: readonly string[], body: JsonObject | undefined): ArmReply {
  const [, gateway = '', action = ''] = segments;
  const { traces } = instance;
  if (gateway.toLowerCase() !== 'managed' || segments.length !== 3 || !traces) throw notFound('Gateway');
  if (method !== 'POST') throw new ArmProblem(405, 'MethodNotAllowed', `The method ${method} is not for an action.`, { shape: 'arm' });
  switch (action.toLowerCase()) {
    case 'listdebugcredentials':
      return { status: 200, body: { token: credentials(instance, traces, body) } };
    case 'listtrace':
      return { status: 200, body: traceOf(instance, traces, body) };
    default:
      throw new ArmProblem(404, 'ResourceNotFound', `The sample has no action '${action.slice(0, 100)}' of gateways.`);
  }
}

function credentials({ id, store }: Instance, traces: Traces, body: JsonObject | undefined): string {
  const purposes = member(body, 'purposes');
  if (!isArray(purposes) || purposes.length === 0 || purposes.some((each) => each !== 'tracing'))
    throw invalid(['purposes', "'purposes' must be [\"tracing\"]."]);
  const ms = durationMs(member(body, 'credentialsExpireAfter'));
  if (ms === undefined || ms <= 0 || ms > longestTraceMs)
    throw invalid(['credentialsExpireAfter', "'credentialsExpireAfter' must be an ISO 8601 duration of at most PT1H."]);
  const given = filledText(member(body, 'apiId')) ?? '';
  const before = `${id}/apis/`;
  const name = given.toLowerCase().startsWith(before.toLowerCase()) ? given.slice(before.length) : '';
  if (name === '' || name.includes('/')) throw invalid(['apiId', "'apiId' must be the full resource id of an API of this instance."]);
  if (!store.get(`/apis/${withoutRevision(name)}`)) throw notFound('Api');
  return traces.issue(withoutRevision(name), ms);
}

function traceOf({ id }: Instance, traces: Traces, body: JsonObject | undefined): object {
  const traceId = filledText(member(body, 'traceId'));
  if (traceId === undefined) throw invalid(['traceId', "'traceId' must be the id that an answer told as Apim-Trace-Id."]);
  const traceEntries = traces.find(traceId);
  if (!traceEntries) throw notFound('Trace');
  return { serviceName: id.slice(id.lastIndexOf('/') + 1), traceId, traceEntries };
}

/** An hour where nothing is said; undefined for what is no duration of hours, minutes and seconds. */
function durationMs(value: unknown): number | undefined {
  if (value === undefined || value === null) return longestTraceMs;
  const form = /^PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?$/;
  const [whole, hours = '0', minutes = '0', seconds = '0'] = form.exec(String(value)) ?? [];
  return whole === undefined ? undefined : (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}
