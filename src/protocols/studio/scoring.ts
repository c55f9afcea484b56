// One RRS call from request to exchange: headers, tries, the gateway's other form, and what came back made safe to show.

import { Cancelled, InvalidBody, type ErrorParts } from '../../model/errors';
import type { Attempt, Exchange } from '../../model/exchange';
import type { Service } from '../../model/service';
import { yieldToOthers } from '../../base/yieldToOthers';
import type { Header, WireAnswer } from '../../model/wire';
import { answerText } from '../../http/answerText';
import { scoreUrl } from './endpointAddress';
import { explainFault, explainReply } from './explain';
import { readFault, type Fault } from './fault';
import { headerValue } from '../../http/headers';
import { redactor } from '../../redaction';
import { repeatAfterMs } from './repeat';
import { readReply, type Reply } from './reply';
import { formIn, toTableForm, type RequestForm } from './request';
import type { Credential } from '../../model/credential';
import type { ScoreCall, ScoreProgress, ScoreTools } from '../protocol';
import { kept } from './reading';
import { acceptEncoding } from '../../http/encodings';
import { shownAnswer, shownFailure, shownHeaders } from '../../http/shown';

// Answers that were kept are read by what reads them while they come: one bundle holds both.
export { readServiceFault, readTables } from './reading';

/** The outside that scoring needs, and what is learned of gateways. */
export interface ScoringTools extends ScoreTools {
  /**
   * Addresses of services whose gateway does not take row objects, as far as calls have shown it; kept by the caller as long as it likes.
   */
  readonly tableOnly: Set<string>;
}

const notTurned =
  'The gateway may not take row objects, and these cannot be sent as ColumnNames and Values: the request is nested too deeply, or its ' +
  'rows have too little in common.';

const keyCameBack = 'The answer held your key; it is masked here.';

/**
 * Scores a request. Faults of the service and of the network come back inside the exchange; throws Cancelled when `signal` is raised
 * (the socket is then closed and a late answer dropped), and InvalidBody when nothing can be sent because the request cannot be turned
 * into the one form that the gateway is known to take.
 */
export async function score(
  call: ScoreCall,
  tools: ScoringTools,
  signal: AbortSignal,
  onProgress: (progress: ScoreProgress) => void,
): Promise<Exchange> {
  const startedAt = tools.clock.now();
  // What an earlier try has sent may come back in the answer to a later one.
  const used = new Set<string>();
  const earlierAttempts: Attempt[] = [];
  const notes: string[] = [];
  const given = formIn(call.request);
  let form: RequestForm = given;
  let text = call.request.json;
  let body = Buffer.from(text, 'utf8');
  const { address } = call.service;
  const takeTableForm = (): void => {
    text = toTableForm(call.request.json);
    body = Buffer.from(text, 'utf8');
    form = 'table';
    notes.push('The gateway did not take row objects, so the same rows were sent as ColumnNames and Values.');
  };
  if (form === 'rows' && tools.tableOnly.has(address)) takeTableForm();
  for (let repeats = 0, resets = 0; ;) {
    onProgress({ kind: 'sending' });
    const url = scoreUrl(call.service.endpoint, form);
    const credential = await call.credential();
    for (const secret of credential.hidden) used.add(secret);
    const guard = redactor([...used]);
    const tried = await tryOnce(url, body, { service: call.service, timeoutMs: call.timeoutMs, credential }, tools, signal);
    const settle = (parts: Pick<Exchange, 'tables'> & Partial<Exchange>): Exchange => ({
      service: { name: call.service.name, address },
      source: call.source,
      method: 'POST',
      url: guard.text(url),
      requestHeaders: shownHeaders(tried.headers, tried.secretNames, guard),
      requestBody: guard.text(text),
      requestBytes: body.byteLength,
      startedAt,
      durationMs: tried.durationMs,
      earlierAttempts,
      notes,
      ...parts,
    });
    if (!tried.outcome.ok) {
      const { failure } = tried.outcome;
      if (failure.kind === 'cancelled') throw new Cancelled();
      // A server may close a kept connection just as it is used again; scoring changes nothing, so one more try does no harm.
      if (failure.kind === 'reset' && resets++ === 0 && call.repeats.maxRepeats > 0) {
        earlierAttempts.push({ reason: 'connection cut', waitMs: 0 });
        continue;
      }
      return settle({ tables: [], problem: shownFailure(failure, call.timeoutMs, guard) });
    }
    // Each look through megabytes takes some time: others have their turn in between.
    const pause = (): Promise<void> => yieldToOthers(signal);
    const { answer, echoed } = shownAnswer(tried.outcome.answer, guard);
    await pause();
    if (echoed && !notes.includes(keyCameBack)) notes.push(keyCameBack);
    const answered = answerText(answer);
    if (answer.status >= 200 && answer.status < 300) {
      const reply = await readReply(answered, { ...kept, pause });
      await pause();
      const problem = explainReply(reply, answer, answered);
      if (problem) return settle({ answer, tables: [], problem });
      if (form !== given) tools.tableOnly.add(address);
      return settle({ answer, tables: reply.kind === 'tables' ? reply.tables : [], notes: [...notes, ...replyNotes(reply)] });
    }
    const fault = readFault({ status: answer.status, headers: answer.headers, text: answered }, tools.clock.now());
    const noOperation = fault.status === 404 && fault.source === 'gateway';
    // Whatever it once took, it does not now: the next call finds out anew.
    if (noOperation) tools.tableOnly.delete(address);
    const problem = explain(fault, answer, call.service, credential);
    // A gateway may know the operation only without "format"; the same rows fit the other form. Where both go to one address, it is not the
    // form.
    if (noOperation && form === 'rows' && scoreUrl(call.service.endpoint, 'table') !== url) {
      try {
        takeTableForm();
      } catch (error) {
        if (!(error instanceof InvalidBody)) throw error;
        return settle({ answer, tables: [], problem, notes: [...notes, notTurned] });
      }
      earlierAttempts.push({ status: 404, reason: 'for row objects', waitMs: 0 });
      continue;
    }
    const waitMs = repeatAfterMs(fault, repeats, call.repeats, tools.random);
    if (waitMs === undefined) return settle({ answer, tables: [], problem });
    repeats += 1;
    const { who, code } = repeatReason(fault);
    earlierAttempts.push({ status: fault.status, reason: `${code === undefined ? '' : `${code} `}from the ${who}`, waitMs });
    onProgress({ kind: 'waiting', reason: `The ${who} answered ${fault.status}${code === undefined ? '' : ` (${code})`}.`, waitMs });
    await tools.clock.sleep(waitMs, signal);
  }
}

/** A call with the credential of one try. */
type Keyed = Pick<ScoreCall, 'service' | 'timeoutMs'> & { readonly credential: Credential };

async function tryOnce(url: string, body: Uint8Array, call: Keyed, tools: ScoringTools, signal: AbortSignal) {
  // All but Host and Connection, which the transport adds for each connection: what is shown is what was sent.
  const headers: Header[] = [
    { name: 'Content-Type', value: 'application/json; charset=utf-8' },
    { name: 'Content-Length', value: String(body.byteLength) },
    acceptEncoding,
  ];
  const keys = call.credential.headers(url);
  headers.push(...keys);
  const from = performance.now();
  const outcome = await tools.transport.send({ method: 'POST', url, headers, body, timeoutMs: call.timeoutMs }, signal);
  const durationMs = performance.now() - from;
  const { host, pathname } = new URL(url);
  tools.log(`POST ${host}${pathname} ${outcome.ok ? outcome.answer.status : outcome.failure.kind} ${Math.round(durationMs)} ms`);
  return { headers, secretNames: keys.map(({ name }) => name.toLowerCase()), outcome, durationMs };
}

function replyNotes(reply: Reply): readonly string[] {
  switch (reply.kind) {
    case 'tables':
      return reply.notes;
    case 'otherJson':
      return ['The answer is JSON of another shape than an RRS result; it is shown as it came.'];
    case 'notJson':
      return ['The answer is not JSON; it is shown as it came.'];
    default:
      return reply satisfies never;
  }
}

function explain(fault: Fault, answer: WireAnswer, service: Service, { kinds }: Credential): ErrorParts {
  return explainFault(fault, {
    serviceName: service.name,
    hasServiceKey: kinds.includes('serviceKey'),
    hasSubscriptionKey: kinds.includes('subscriptionKey'),
    subscriptionKeyHeader: service.subscriptionKeyHeader,
    location: headerValue(answer.headers, 'location'),
  });
}

/** Who answered and with which code, as far as it is known. */
function repeatReason(fault: Fault): { readonly who: string; readonly code: string | undefined } {
  return {
    who: fault.source === 'gateway' ? 'gateway' : 'service',
    code: fault.details.find((detail) => detail.code !== undefined)?.code ?? fault.code,
  };
}
