// Asks whether a service can be reached, without scoring anything and without the service's own key.

import { Cancelled } from '../../model/errors';
import type { HealthState } from '../../model/health';
import type { Transport } from '../../model/wire';
import { isGateway, swaggerUrl } from './endpointAddress';
import { readFault } from './fault';
import { answerText } from '../../http/answerText';
import type { ServiceCall } from '../call';
import { failureParts } from '../../http/failureParts';

/** So much is taken of a description or of a host's front page, in bytes. */
const mostAnswerBytes = 16 * 1024 * 1024;

/**
 * Reads the service's description; behind a gateway, which has no such operation and may count calls, and for an address that shows nothing
 * of the contract, asks the host for anything at all. A subscription key goes along with the first only. Throws Cancelled when `signal` is
 * raised.
 */
export async function checkService(
  { service, credential, timeoutMs }: ServiceCall,
  transport: Transport,
  signal: AbortSignal,
): Promise<HealthState> {
  const gateway = isGateway(service.endpoint);
  const described = gateway ? undefined : swaggerUrl(service.endpoint);
  const url = described ?? `${service.endpoint.origin}/`;
  const headers = described === undefined ? [] : (await credential()).headers(url, ['subscriptionKey']);
  const outcome = await transport.send({ method: 'GET', url, headers, timeoutMs, mostAnswerBytes }, signal);
  if (!outcome.ok) {
    if (outcome.failure.kind === 'cancelled') throw new Cancelled();
    return { kind: 'unreachable', text: failureParts(outcome.failure, timeoutMs).sentence };
  }
  const { answer } = outcome;
  const { host } = new URL(url);
  if (described === undefined)
    return {
      kind: 'answering',
      text:
        `${gateway ? 'The gateway at ' : ''}${host} can be reached. Whether the service ${gateway ? 'behind it' : 'itself'} answers ` +
        'shows when a request is sent.',
    };
  if (answer.status >= 200 && answer.status < 300) return { kind: 'answering', text: `${host} answers and knows the service.` };
  const fault = readFault({ status: answer.status, headers: answer.headers, text: answerText(answer) }, 0);
  // A gateway seldom has an operation for the description, so its 404 tells only that it is there.
  if (fault.source === 'gateway' && answer.status === 401)
    return { kind: 'refusing', secret: 'subscriptionKey', text: `The gateway at ${host} asks for a valid subscription key.` };
  if (fault.source !== 'gateway' && answer.status === 404)
    return { kind: 'failing', text: `${host} answers, but knows no service at this address.` };
  if (answer.status >= 500)
    return { kind: 'failing', text: `${host} answers with ${answer.status}: the service is not available at the moment.` };
  return { kind: 'answering', text: `${host} can be reached (it answered ${answer.status}).` };
}
