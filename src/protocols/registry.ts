// The protocols that this extension speaks, and which of them a service speaks.

import * as l10n from '@vscode/l10n';
import type { Credential } from '../model/credential';
import { InvalidBody, InvalidInput } from '../model/errors';
import type { Exchange } from '../model/exchange';
import type { Secrets, Service } from '../model/service';
import type { Batch, JobBody } from './batch';
import { firstThatReads, kindToAny, speakingTo, type Protocols } from './choice';
import { keyCredential } from './credential';
import type { ServiceDescription } from './description';
import type { OperationCall } from './operation';
import type { Protocol, ScoreProgress, ScoreRequest, ScoreTools, ServiceFacts, TextKind } from './protocol';
import type { PublishedService } from './published';
import { studio } from './studio/studio';

/** All protocols. The first of `others` that recognises an address speaks to it; the last one speaks to what is left. */
const protocols: Protocols = { others: [], last: studio };

/** The protocol of a service, told by its address alone: asked for each line of the tree and each call. */
export function protocolOf({ address }: Pick<Service, 'address'>): Protocol {
  return speakingTo(address, protocols);
}

/** What is known of a service without asking it. */
export function factsOf(service: Service): ServiceFacts {
  return protocolOf(service).facts(service);
}

/** The credential of a service, made of its keys for its own address. */
export function credentialOf(service: Service, secrets: Secrets): Credential {
  return keyCredential(factsOf(service).base, service.subscriptionKeyHeader, secrets);
}

/**
 * Calls any operation of an API, which is read as its address tells. Rejects with InvalidInput for a kind that cannot be called so, and as
 * the protocol does.
 */
export async function callOperation(
  call: OperationCall, tools: ScoreTools, signal: AbortSignal, onProgress: (progress: ScoreProgress) => void,
): Promise<Exchange> {
  const made = protocolOf(call.service).call?.(call, tools, signal, onProgress);
  if (made !== undefined) return made;
  const sentence = l10n.t('Single operations of "{0}" cannot be called: services of its kind have none.', call.service.name);
  throw new InvalidInput({ sentence });
}

/** The operations on batch jobs of a service. Throws InvalidInput for one of a kind that has none. */
export function batchOf(service: Pick<Service, 'name' | 'address'>): Batch {
  const { batch } = protocolOf(service);
  if (batch === undefined) throw new InvalidInput({ sentence: `"${service.name}" has no batch jobs: services of its kind have none.` });
  return batch;
}

/** What an API gateway has to know of a service. Rejects with InvalidInput for one that none can be told of. */
export async function publishedAs(service: Service, description: ServiceDescription | undefined): Promise<PublishedService> {
  const published = await protocolOf(service).publishedAs?.(service, description);
  if (published === undefined) {
    const sentence = l10n.t('No API can be defined for "{0}": services of its kind cannot be published yet.', service.name);
    throw new InvalidInput({ sentence });
  }
  return published;
}

/** False for a service that starts a job as soon as it is submitted. */
export function startsLater(service: Pick<Service, 'address'>): boolean {
  return protocolOf(service).batch?.start !== undefined;
}

/** What a JSON text can be sent as to any service, by its shape; `whole` is false for the beginning of a longer one. */
export function textKind(text: string, whole: boolean): TextKind {
  return kindToAny(protocols, text, whole);
}

/** Reads a request for a service, or, where it is not known yet, for any that takes it. Throws InvalidBody. */
export function readRequest(text: string, service?: Pick<Service, 'address'>): ScoreRequest {
  return readBy(service, (protocol) => protocol.readRequest(text));
}

/**
 * Reads the body of a batch job in the same way. `now` is milliseconds since 1970. Throws InvalidBody, and InvalidInput for a service that
 * has no jobs.
 */
export function readJobBody(text: string, now: number, service: Pick<Service, 'name' | 'address'> | undefined): JobBody {
  if (service !== undefined) batchOf(service);
  return readBy(service, ({ batch }) => {
    if (batch?.readBody !== undefined) return batch.readBody(text, now);
    const notJson = { sentence: 'Jobs of this kind of service are not submitted as JSON.', advice: 'Run a batch job with a file instead.' };
    throw new InvalidBody(notJson, { offset: 0, length: 0 });
  });
}

/** What the service's protocol makes of a text, or, where the service is not known, the first that can. */
function readBy<T>(service: Pick<Service, 'address'> | undefined, read: (protocol: Protocol) => T): T {
  return service === undefined ? firstThatReads(protocols, read) : read(protocolOf(service));
}
