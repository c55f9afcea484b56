// An answer that says no -> how it is explained, and whether the product would try again by itself.

import manifest from '../../package.json';
import type { ServiceFault } from '../protocols/protocol';
import { protocolOf } from '../protocols/registry';
import { recordedAnswer, recordedService } from './recorded';
import type { Json } from './report';
import { scored } from './scored';

/** How patient a call is where nobody has set it otherwise. */
const settings = manifest.contributes.configuration.properties;
const policy = {
  maxRepeats: settings['azuremlWebServices.maxRetries'].default,
  maxWaitMs: settings['azuremlWebServices.longestWaitSeconds'].default * 1000,
};

/** How an answer to a request with this status of HTTP is explained; undefined where neither `status` nor the file tells one. */
export async function inspectError(bytes: Uint8Array, status: number | undefined): Promise<Json | undefined> {
  const { answer: found, told } = recordedAnswer(bytes, status ?? 0);
  if (status === undefined && !told) return undefined;
  const answer = status === undefined ? found : { ...found, status };
  const { problem } = await scored(answer);
  if (problem === undefined) return { error: `An answer with the status ${answer.status} is no error.` };
  const fault = await protocolOf(recordedService).readFault(answer, Date.now());
  return {
    sentence: problem.sentence,
    advice: problem.advice ?? null,
    detail: problem.detail ?? null,
    code: fault.code ?? null,
    detailCodes: fault.detailCodes,
    requestId: fault.requestId,
    repeat: repeats(fault),
  };
}

/**
 * False where there would be no other try. Else how many there would be if the answer stayed the same, and the wait before the first:
 * `afterMs` at least and `atMostMs` at most, as a part of it is chance.
 */
function repeats(fault: ServiceFault): Json {
  const waitMs = (before: number, chance: number) => fault.repeatAfterMs(before, policy, () => chance);
  const afterMs = waitMs(0, 0);
  if (afterMs === undefined) return false;
  let times = 1;
  while (waitMs(times, 0) !== undefined) times += 1;
  return { times, afterMs, atMostMs: waitMs(0, 1) ?? afterMs };
}
