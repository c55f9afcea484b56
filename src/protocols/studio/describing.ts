// The bundle that asks services of this contract for their descriptions, reads these and writes requests from them.

import * as l10n from '@vscode/l10n';
import { Cancelled, type ErrorParts } from '../../model/errors';
import type { Service } from '../../model/service';
import type { Transport, WireAnswer } from '../../model/wire';
import { acceptEncoding } from '../../http/encodings';
import { answerText, bodyKind } from '../../http/answerText';
import { shownAnswer, shownFailure } from '../../http/shown';
import { redactor } from '../../redaction';
import { cutText } from '../../base/cutText';
import type { ServiceCall } from '../call';
import type { Credential } from '../../model/credential';
import type { DescribeOutcome } from '../description';
import { isGateway, swaggerUrl } from './endpointAddress';
import { readFault, type Fault } from './fault';

export { fromLastRequest } from './description/lastRequest';
export { writeRequest } from './description/newRequest';
export { readDescription } from './description/read';

/** A description is not larger, in bytes: a column takes some hundred, and all of it is held as a tree. */
const mostAnswerBytes = 4 * 1024 * 1024;

/** So much of a gateway's own words is shown, in UTF-16 units. */
const longestMessage = 300;

/**
 * Asks a service for its description. It answers without the service's key; one that does not is asked once more with it, as the key goes
 * to the service's own address only. A gateway's subscription key goes along always. Throws Cancelled when `signal` is raised, and what
 * the credential throws where a key is asked for.
 */
export async function fetchDescription(call: ServiceCall, transport: Transport, signal: AbortSignal): Promise<DescribeOutcome> {
  const { service } = call;
  const url = swaggerUrl(service.endpoint);
  if (url === undefined) {
    const sentence = l10n.t('"{0}" has an address of its own, so there is no place where it would describe itself.', service.name);
    return { kind: 'none', problem: { sentence } };
  }
  const found = await findCredential(call);
  const { credential } = found;
  const first = await ask({ url, call, credential, withKey: false }, transport, signal);
  const refused = 'answer' in first && isRefusal(first.answer);
  // Without the keys it cannot be told whose fault this is.
  if (refused && 'error' in found) throw found.error;
  const answered = refused && credential.kinds.includes('serviceKey')
    ? await ask({ url, call, credential, withKey: true }, transport, signal)
    : first;
  return 'answer' in answered ? readOutcome(service, answered.answer, credential) : answered;
}

/** The credential; without any key, and with what was thrown, where it cannot be had. Most services ask for none. Throws Cancelled. */
async function findCredential(call: ServiceCall): Promise<{ readonly credential: Credential; readonly error?: unknown }> {
  try {
    return { credential: await call.credential() };
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    return { credential: { audience: '', kinds: [], hidden: [], headers: () => [] }, error };
  }
}

/** True for an answer that is about keys. A gateway's 403 is about its quota or who may call, which another key does not change. */
function isRefusal(answer: WireAnswer): boolean {
  return answer.status === 401 || (answer.status === 403 && faultOf(answer).source !== 'gateway');
}

function faultOf(answer: WireAnswer): Fault {
  return readFault({ status: answer.status, headers: answer.headers, text: answerText(answer) }, 0);
}

/** One call. */
interface Question {
  readonly url: string;
  readonly call: ServiceCall;
  readonly credential: Credential;
  readonly withKey: boolean;
}

async function ask(
  { url, call: { service, timeoutMs }, credential, withKey }: Question,
  transport: Transport,
  signal: AbortSignal,
): Promise<{ readonly answer: WireAnswer } | DescribeOutcome> {
  const headers = [acceptEncoding, ...credential.headers(url, withKey ? undefined : ['subscriptionKey'])];
  const outcome = await transport.send({ method: 'GET', url, headers, timeoutMs, mostAnswerBytes }, signal);
  const guard = redactor([...credential.hidden]);
  if (outcome.ok) return { answer: shownAnswer(outcome.answer, guard).answer };
  const { failure } = outcome;
  if (failure.kind === 'cancelled') throw new Cancelled();
  const { sentence, detail } = shownFailure(failure, timeoutMs, guard);
  // What is advised there is about requests.
  const actions = failure.kind === 'tooLarge' ? [] : ['retry', 'openNetworkSettings'];
  const whole = l10n.t('The description of "{0}" could not be read. {1}', service.name, sentence);
  return { kind: 'failed', problem: { sentence: whole, detail, actions } };
}

function readOutcome(service: Service, answer: WireAnswer, { kinds }: Credential): DescribeOutcome {
  const text = answerText(answer);
  const { host } = new URL(service.address);
  if (answer.status >= 200 && answer.status < 300) {
    if (/^\uFEFF?\s{0,1000}\{/.test(text)) return { kind: 'described', json: text };
    return { kind: 'failed', problem: { sentence: otherThing(service, host, bodyKind(answer, text.slice(0, 1000))), actions: ['retry'] } };
  }
  const fault = faultOf(answer);
  if (answer.status === 404 || answer.status === 405) {
    return {
      kind: 'none',
      problem: {
        sentence: fault.source === 'gateway' || isGateway(service.endpoint)
          ? l10n.t('The gateway at {0} does not pass on the description of "{1}" ({2}).', host, service.name, answer.status)
          : l10n.t('There is no description of "{0}" at {1} ({2}).', service.name, host, answer.status),
      },
    };
  }
  if (answer.status === 403 && fault.source === 'gateway')
    return { kind: 'failed', problem: { ...gatewayRefusal(service, host, fault), actions: ['retry'] } };
  if (answer.status === 401 || answer.status === 403)
    return { kind: 'failed', problem: refusal(service, answer.status, { host, fromGateway: fault.source === 'gateway', kinds }) };
  const sentence = l10n.t('{0} answers {1} when it is asked for the description of "{2}".', host, answer.status, service.name);
  return { kind: 'failed', problem: { sentence, actions: ['retry'] } };
}

function gatewayRefusal({ name }: Service, host: string, { message = '' }: Fault): ErrorParts {
  const sentence = /quota/i.test(message)
    ? l10n.t('The call quota at the gateway {0} is used up, so the description of "{1}" was not read (403).', host, name)
    : l10n.t('The gateway at {0} does not allow the call for the description of "{1}" (403).', host, name);
  return { sentence, ...(message === '' ? {} : { advice: cutText(message, longestMessage) }) };
}

function refusal(
  { name, endpoint }: Service,
  status: number,
  { host, fromGateway, kinds }: { readonly host: string; readonly fromGateway: boolean; readonly kinds: Credential['kinds'] },
): ErrorParts {
  const ofGateway = fromGateway || (isGateway(endpoint) && !kinds.includes('subscriptionKey'));
  const wanted = ofGateway ? 'subscriptionKey' : 'serviceKey';
  const actions = ofGateway ? ['setSubscriptionKey', 'retry'] : ['setServiceKey', 'retry'];
  if (kinds.includes(wanted)) {
    return {
      sentence: wanted === 'serviceKey'
        ? l10n.t('{0} asks for a key for the description of "{1}", and does not accept its API key ({2}).', host, name, status)
        : l10n.t('{0} asks for a key for the description of "{1}", and does not accept its subscription key ({2}).', host, name, status),
      actions,
    };
  }
  return {
    sentence: wanted === 'serviceKey'
      ? l10n.t('{0} asks for an API key for the description of "{1}", and none is set ({2}).', host, name, status)
      : l10n.t('{0} asks for a subscription key for the description of "{1}", and none is set ({2}).', host, name, status),
    actions,
  };
}

function otherThing({ name }: Service, host: string, kind: string): string {
  switch (kind) {
    case 'html':
      return l10n.t('{0} answers with a web page in the place of the description of "{1}".', host, name);
    case 'empty':
      return l10n.t('{0} answers with nothing in the place of the description of "{1}".', host, name);
    default:
      return l10n.t('{0} answers with something that is no JSON object in the place of the description of "{1}".', host, name);
  }
}
