// What is at hand of a service: the last request that was sent to it, and what came back.

import { answerText } from '../../http/answerText';
import type { Runs } from '../scoring';
import type { LastExchange } from '../../protocols/code';

/** The last exchange of this window with a service, or else what the history has of it. Secrets are masked in both. */
export async function lastExchange(
  runs: Pick<Runs, 'entries'>,
  lastRequest: (address: string) => Promise<string | undefined>,
  address: string,
): Promise<LastExchange> {
  const exchanges = runs.entries.flatMap(({ item, state }) =>
    item.service.address === address && state.kind === 'answered' && !state.letGo ? [state.exchange] : [],
  );
  const last = exchanges.findLast(({ answer }) => answer !== undefined && answer.status >= 200 && answer.status < 300);
  if (!last?.answer) return { request: await lastRequest(address) };
  const { headers, body } = last.answer;
  // What is looked at is a sample, and a large answer takes its time to be read.
  const answer = answerText({ headers, body: body.subarray(0, longestAnswer) });
  return { request: last.requestBody, answer, ...(body.byteLength > longestAnswer ? { answerGoesOn: true } : {}) };
}

/** In bytes. */
const longestAnswer = 200_000;
