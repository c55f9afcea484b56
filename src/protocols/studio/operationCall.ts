// One call of any operation, from its parts to the exchange: what came back is made safe to show, and read as far as it can be.

import * as l10n from '@vscode/l10n';
import { yieldToOthers } from '../../base/yieldToOthers';
import { acceptEncoding } from '../../http/encodings';
import { answerText, inUtf8 } from '../../http/answerText';
import { headerValue } from '../../http/headers';
import { shownAnswer, shownFailure, shownHeaders } from '../../http/shown';
import type { Credential } from '../../model/credential';
import { Cancelled } from '../../model/errors';
import type { Attempt, Exchange } from '../../model/exchange';
import type { Header, WireOutcome } from '../../model/wire';
import { cleanedInSlices, cleanedJsonInTurns, looksSecret, maskTokens, redactor, tokenCleaner, withoutSecretQuery } from '../../redaction';
import type { OperationCall } from '../operation';
import type { ScoreProgress, ScoreTools } from '../protocol';
import { explainFault } from './explain';
import { readFault } from './fault';
import { kept } from './reading';
import { repeatAfterMs } from './repeat';
import { readReply } from './reply';

/**
 * Makes the call. Faults of the other side and of the network come back inside the exchange. Throws Cancelled when `signal` is raised,
 * and WrongAudience.
 */
export async function callOperation(
  call: OperationCall, tools: ScoreTools, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void,
): Promise<Exchange> {
  const startedAt = tools.clock.now();
  const body = call.body === undefined ? undefined : Buffer.from(call.body, 'utf8');
  // What an earlier try has sent may come back in the answer to a later one.
  const query = withoutSecretQuery(call.url, call.subscriptionKeyQuery === undefined ? [] : [call.subscriptionKeyQuery]);
  const used = new Set([...call.headers.filter(isSecret).map(({ value }) => value), ...query.values]);
  const earlierAttempts: Attempt[] = [];
  const notes: string[] = [];
  const pause = (): Promise<void> => yieldToOthers(signal);
  for (let repeats = 0, resets = 0; ;) {
    onProgress({ kind: 'sending' });
    const credential = await call.credential();
    for (const secret of credential.hidden) used.add(secret);
    const guard = redactor([...used]);
    const { sent, durationMs, ...tried } = await tryOnce(call, body, credential, tools, signal);
    const settle = (parts: Pick<Exchange, 'tables'> & Partial<Exchange>): Exchange => ({
      service: call.service, source: call.source, method: call.method, url: guard.text(query.text),
      requestHeaders: shownHeaders(sent, tried.secretNames, guard), requestBody: guard.text(call.body ?? ''),
      requestBytes: body?.byteLength ?? 0, startedAt, durationMs, earlierAttempts, notes,
      subscriptionKeyHeader: call.subscriptionKeyHeader, ...parts,
    });
    if (!tried.outcome.ok) {
      const { failure } = tried.outcome;
      if (failure.kind === 'cancelled') throw new Cancelled();
      // A server may close a kept connection just as it is used again.
      const isHarmless = !call.changes || failure.unsent === true;
      if (failure.kind === 'reset' && isHarmless && resets++ === 0 && call.repeats.maxRepeats > 0) {
        earlierAttempts.push({ reason: l10n.t('connection cut'), waitMs: 0 });
        continue;
      }
      const requestBody = await withoutTokens(guard.text(call.body ?? ''), pause);
      return settle({ tables: [], requestBody, problem: shownFailure(failure, call.timeoutMs, guard) });
    }
    // Each look through megabytes takes some time: others have their turn in between.
    const { answer, echoed } = shownAnswer(tried.outcome.answer, guard);
    await pause();
    const cameBack = l10n.t('The answer held your key; it is masked here.');
    if (echoed && !notes.includes(cameBack)) notes.push(cameBack);
    const text = answerText(answer);
    if (answer.status >= 200 && answer.status < 300) {
      const reply = await readReply(text, { ...kept, pause });
      if (reply.kind === 'tables') return settle({ answer, tables: reply.tables, notes: [...notes, ...reply.notes] });
      // What is no prediction may hold signed addresses, as the status of a job does, and its request the key of an account.
      const [request, said] = [await withoutTokens(guard.text(call.body ?? ''), pause), await withoutTokens(text, pause)];
      const masked = said === text ? [] : [l10n.t('Keys and signed addresses in the answer are masked here.')];
      const shown = said === text ? answer : inUtf8(answer, said);
      return settle({ answer: shown, tables: [], requestBody: request, notes: [...notes, ...masked] });
    }
    const fault = readFault({ status: answer.status, headers: answer.headers, text }, tools.clock.now());
    // Whoever tries a call wants to see what limits it, and not to wait until it no longer does.
    const isTold = call.changes || fault.status === 429;
    const waitMs = isTold ? undefined : repeatAfterMs(fault, repeats, call.repeats, tools.random);
    if (waitMs === undefined) {
      const { kinds } = credential;
      return settle({
        answer, tables: [], requestBody: await withoutTokens(guard.text(call.body ?? ''), pause),
        problem: explainFault(fault, {
          serviceName: call.service.name, hasServiceKey: kinds.includes('serviceKey'),
          hasSubscriptionKey: kinds.includes('subscriptionKey'), subscriptionKeyHeader: call.subscriptionKeyHeader,
          location: headerValue(answer.headers, 'location'),
        }),
      });
    }
    repeats += 1;
    const isGateway = fault.source === 'gateway';
    const status = String(fault.status);
    earlierAttempts.push({ status: fault.status, reason: isGateway ? l10n.t('from the gateway') : l10n.t('from the service'), waitMs });
    const reason = isGateway ? l10n.t('The gateway answered {0}.', status) : l10n.t('The service answered {0}.', status);
    onProgress({ kind: 'waiting', reason, waitMs });
    await tools.clock.sleep(waitMs, signal);
  }
}

interface Tried {
  readonly sent: readonly Header[];
  /** In lower case. */
  readonly secretNames: readonly string[];
  readonly outcome: WireOutcome;
  readonly durationMs: number;
}

async function tryOnce(
  call: OperationCall, body: Uint8Array | undefined, credential: Credential, tools: ScoreTools, signal: AbortSignal,
): Promise<Tried> {
  const { method, url, timeoutMs } = call;
  const keys = credential.headers(url);
  // All but Host and Connection, which the transport adds for each connection: what is shown is what was sent.
  const sent: Header[] = [
    ...call.headers, ...(body === undefined ? [] : [{ name: 'Content-Length', value: String(body.byteLength) }]), acceptEncoding, ...keys,
  ];
  const from = performance.now();
  const outcome = await tools.transport.send({ method, url, headers: sent, ...(body === undefined ? {} : { body }), timeoutMs }, signal);
  const durationMs = performance.now() - from;
  const { host, pathname } = new URL(url);
  tools.log(`${method} ${host}${pathname} ${outcome.ok ? outcome.answer.status : outcome.failure.kind} ${Math.round(durationMs)} ms`);
  return { sent, secretNames: [...keys, ...call.headers.filter(isSecret)].map(({ name }) => name.toLowerCase()), outcome, durationMs };
}

/** JSON stays JSON. */
async function withoutTokens(text: string, pause: () => Promise<void>): Promise<string> {
  return (await cleanedJsonInTurns(text, tokenCleaner, pause)) ?? cleanedInSlices(text, maskTokens, pause);
}

/** True for a header that a person gave, and that is a secret by its name. */
function isSecret({ name, value }: Header): boolean {
  return value !== '' && looksSecret(name, value);
}
