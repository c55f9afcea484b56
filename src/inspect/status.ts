// The body of an answer with a job's status -> what the product makes of it.

import type { JobResult } from '../model/job';
import { resultUrl } from '../storage/blobAddress';
import { batchOf, credentialOf } from '../protocols/registry';
import { answering, recordedAnswer, recordedService } from './recorded';
import type { Json } from './report';

/** What following a job makes of an answer; a status that the contract does not know is printed as it came. */
export async function inspectStatus(bytes: Uint8Array): Promise<Json> {
  const { answer } = recordedAnswer(bytes, 200);
  const call = { service: recordedService, credential: () => Promise.resolve(credentialOf(recordedService, {})), timeoutMs: 0 };
  const tools = { transport: answering(answer), now: Date.now, log: () => undefined };
  const outcome = await batchOf(recordedService).status(call, 'job', tools, new AbortController().signal);
  if (outcome.kind !== 'status') {
    const { sentence, advice, detail } = outcome.problem;
    return { error: sentence, advice, detail };
  }
  const { status, text, details, results } = outcome.reading;
  return { status: status ?? text, results: results.map((result) => ({ name: result.name, address: addressOf(result) })), details };
}

/** Where a result is, without what follows a question mark: that may give access. */
function addressOf({ base, location }: JobResult): string {
  const place = { name: '', base: withoutQuery(base), location: withoutQuery(location), sas: '' };
  return resultUrl(place) ?? `${place.base}${place.location}`;
}

function withoutQuery(text: string): string {
  return text.split('?', 1)[0] ?? '';
}
