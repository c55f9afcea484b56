// Takes out of an exchange what must not reach the disk: keys, access tokens, connection strings, wherever they stand.

import type { ErrorParts } from '../../model/errors';
import type { Exchange } from '../../model/exchange';
import type { Header, WireAnswer } from '../../model/wire';
import { answerTextInTurns, inUtf8 } from '../../http/answerText';
import {
  cleanedInSlices,
  cleanedJsonInTurns,
  type Cleaner,
  looksSecret,
  mask,
  maskedHeader,
  maskTokens,
  maskWords,
  redactor,
  tokenCleaner,
  withoutSecretQuery,
  withoutSecretParametersInTurns,
} from '../../redaction';

/** True when something in a text was masked: it is no longer what was sent. */
export function isMasked(text: string): boolean {
  return text.includes(mask);
}

/** The exchange with nothing secret in it; `secrets` are the service's keys. `pause` is awaited between slices of what is large. */
export async function safeExchange(
  exchange: Exchange,
  secrets: readonly (string | undefined)[],
  pause: () => Promise<void>,
): Promise<Exchange> {
  const request = await withoutSecretParametersInTurns(exchange.requestBody, pause);
  const guard = redactor([...secrets, ...request.values]);
  const clean = (text: string): string => maskTokens(guard.text(text));
  const header = ({ name, value }: Header): Header => ({ name: clean(name), value: safeValue(name, clean(value)) });
  const both: Cleaner = {
    suspects: (written, at) => guard.cleaner.suspects(written, at) || tokenCleaner.suspects(written, at),
    clean: (value, kind, name) => tokenCleaner.clean(guard.cleaner.clean(value, kind, name), kind, name),
  };
  // JSON stays JSON, so that what is kept can be opened as tables and sent again.
  const cleanLong = async (text: string): Promise<string> =>
    (await cleanedJsonInTurns(text, both, pause)) ?? cleanedInSlices(text, clean, pause);
  const requestBody = await cleanLong(request.text);
  // A service may send the parameters back as it got them.
  const cleanAnswer = async (text: string): Promise<string> => cleanLong((await withoutSecretParametersInTurns(text, pause)).text);
  const answer =
    exchange.answer &&
    (await safeAnswer(
      { ...exchange.answer, statusText: clean(exchange.answer.statusText), headers: exchange.answer.headers.map(header) },
      cleanAnswer,
      pause,
    ));
  return {
    service: { name: clean(exchange.service.name), address: clean(exchange.service.address) },
    source: clean(exchange.source),
    method: exchange.method,
    url: clean(withoutSecretQuery(exchange.url).text),
    requestHeaders: exchange.requestHeaders.map(header),
    requestBody,
    requestBytes: exchange.requestBytes,
    startedAt: exchange.startedAt,
    durationMs: exchange.durationMs,
    earlierAttempts: exchange.earlierAttempts.map((each) => ({ ...each, reason: clean(each.reason) })),
    ...(answer ? { answer } : {}),
    tables: exchange.tables.map(({ name, ...rest }) => ({ name: clean(name), ...rest })),
    ...(exchange.problem ? { problem: safeProblem(exchange.problem, (text) => maskWords(guard.text(text))) } : {}),
    ...(exchange.own ? { own: true } : {}),
    ...(exchange.subscriptionKeyHeader === undefined ? {} : { subscriptionKeyHeader: clean(exchange.subscriptionKeyHeader) }),
    notes: exchange.notes.map(clean),
  };
}

/** A header by whose name its value is a secret, or a session. */
function safeValue(name: string, value: string): string {
  return value !== '' && !isMasked(value) && (looksSecret(name, '') || /cookie/i.test(name)) ? maskedHeader(value) : value;
}

/** The answer with its body cleaned; its bytes stay the very same where nothing is in them. */
async function safeAnswer(
  answer: WireAnswer,
  cleanText: (text: string) => Promise<string>,
  pause: () => Promise<void>,
): Promise<WireAnswer> {
  const text = await answerTextInTurns(answer, pause);
  const safe = await cleanText(text);
  return safe === text ? answer : inUtf8(answer, safe);
}

function safeProblem(problem: ErrorParts, clean: (text: string) => string): ErrorParts {
  const { sentence, detail, advice, actions } = problem;
  return {
    sentence: clean(sentence),
    ...(detail === undefined ? {} : { detail: clean(detail) }),
    ...(advice === undefined ? {} : { advice: clean(advice) }),
    ...(actions ? { actions } : {}),
  };
}
