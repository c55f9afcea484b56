// A recorded answer to a request -> the exchange that the answer panel would show.

import { randomBytes } from 'node:crypto';
import { systemClock } from '../model/clock';
import type { Exchange } from '../model/exchange';
import type { WireAnswer } from '../model/wire';
import { credentialOf, protocolOf } from '../protocols/registry';
import { answering, recordedService } from './recorded';

/** Nobody's keys: an answer that says no is explained as one to a call with both. Being random, they have no word of an answer in them. */
const secrets = { serviceKey: randomBytes(32).toString('hex'), subscriptionKey: randomBytes(32).toString('hex') };

/** What sending a request comes to that is answered like this. */
export async function scored(answer: WireAnswer): Promise<Exchange> {
  const call = {
    service: recordedService, request: { form: 'table', json: '{"Inputs":{}}' }, source: 'request.json',
    credential: () => Promise.resolve(credentialOf(recordedService, secrets)), timeoutMs: 0, repeats: { maxRepeats: 0, maxWaitMs: 0 },
  } as const;
  const tools = { transport: answering(answer), clock: systemClock, random: Math.random };
  return protocolOf(recordedService).score(call, { ...tools, log: () => undefined }, new AbortController().signal, () => undefined);
}
