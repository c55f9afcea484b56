// A fault, or an answer that holds no prediction -> one sentence that a data scientist understands, the other side's own words, what to do
// next and a button.

import { formatCount } from '../../base/format';
import type { ErrorParts } from '../../model/errors';
import type { WireAnswer } from '../../model/wire';
import { bodyKind } from '../../http/answerText';
import { cutText } from '../../base/cutText';
import { pageTitle, type Fault } from './fault';
import { breaksOff, type Reply } from './reply';
import { formatWait } from '../../base/format';
import { classMessages, detailMessages, type FaultMessages } from './faultMessages';

/** What an explanation may lean on besides the fault itself. */
export interface FaultContext {
  readonly serviceName: string;
  readonly hasServiceKey: boolean;
  readonly hasSubscriptionKey: boolean;
  readonly subscriptionKeyHeader: string;
  /** Where a redirect points to, when the answer is one. */
  readonly location: string | undefined;
}

/** Explains an error answer. Never throws; an answer that fits nothing known is told by its status. */
export function explainFault(fault: Fault, context: FaultContext): ErrorParts {
  const words = pickMessages(fault, context);
  return {
    sentence: words.sentence,
    detail: ownText(fault),
    advice:
      [
        words.advice,
        fault.html ? 'The answer is an HTML page, so it did not come from the service itself.' : undefined,
        waitAdvice(fault, words),
      ]
        .filter((part) => part !== undefined)
        .join(' ') || undefined,
    actions: words.actions ?? [],
  };
}

/** What is wrong with the body of an answer that says yes, or undefined. `text` is the body as text, `reply` what was read of it. */
export function explainReply(reply: Reply, answer: WireAnswer, text: string): ErrorParts | undefined {
  if (reply.kind !== 'notJson') return undefined;
  const start = text.slice(0, 1000).trimStart();
  if (start.startsWith('<') && bodyKind(answer, start) === 'html') {
    return {
      sentence: 'The answer is a web page, not a prediction.',
      detail: pageTitle(text),
      advice:
        'It may be a sign-in page, or come from a gateway or proxy on the way. Check the address of the service, and whether this ' +
        'network asks you to sign in.',
      actions: ['changeService', 'retry'],
    };
  }
  if (!/^[[{]/.test(start) || !breaksOff(text, reply.offset)) return undefined;
  return {
    sentence: `The answer breaks off: its JSON ends in the middle, at character ${formatCount(text.length)}.`,
    advice:
      'The service, or a gateway or proxy on the way, may have cut it. Send it again; if it happens each time, send fewer rows at once.',
    actions: ['retry'],
  };
}

function pickMessages(fault: Fault, context: FaultContext): FaultMessages {
  if (fault.source === 'gateway') return gatewayMessages(fault, context);
  // Some detail codes occur under two classes, so the pair is looked up before the class.
  for (const detail of fault.details) {
    const words =
      detail.code === undefined
        ? undefined
        : (detailMessages.get(`${fault.code ?? ''}/${detail.code}`) ?? detailMessages.get(`*/${detail.code}`));
    if (words) return fill(words, context, detail.target);
  }
  if (fault.status === 401) return keyMessages(context);
  const words = fault.code === undefined ? undefined : classMessages.get(fault.code);
  return words ? fill(words, context, undefined) : statusMessages(fault, context);
}

function fill(words: FaultMessages, context: FaultContext, target: string | undefined): FaultMessages {
  if (words.key) return keyMessages(context);
  const at = target === undefined ? '' : ` (at "${target}")`;
  const parts: Readonly<Record<string, string>> = { '{service}': `"${context.serviceName}"`, '{at}': at };
  // In one go, so that nothing that a name holds is read as a part or a pattern.
  return { ...words, sentence: words.sentence.replace(/\{service\}|\{at\}/g, (part) => parts[part] ?? part) };
}

function keyMessages(context: FaultContext): FaultMessages {
  return context.hasServiceKey
    ? {
        sentence: `"${context.serviceName}" does not accept the API key.`,
        advice:
          "Copy the key from the service's page again; a key belongs to one endpoint of one service. Just after publishing it can take " +
          'some seconds until a key works.',
        actions: ['setServiceKey', 'retry'],
      }
    : {
        sentence: `"${context.serviceName}" asks for an API key, and none is set.`,
        advice: 'Set the API key of this service, then send again.',
        actions: ['setServiceKey', 'retry'],
      };
}

function gatewayMessages(fault: Fault, context: FaultContext): FaultMessages {
  const message = fault.message ?? '';
  switch (fault.status) {
    case 401:
      if (/subscription key/i.test(message) || message.trim() === '') {
        return context.hasSubscriptionKey && !/missing/i.test(message)
          ? {
              sentence: 'The gateway does not accept the subscription key.',
              advice: 'Use a key of an active subscription to a product that holds this API.',
              actions: ['setSubscriptionKey', 'retry'],
            }
          : {
              sentence: 'The gateway asks for a subscription key.',
              advice: context.hasSubscriptionKey
                ? `The key was sent in the header "${context.subscriptionKeyHeader}"; this gateway may read it from another one.`
                : "Set the subscription key; the service's own API key is another secret.",
              actions: ['setSubscriptionKey', 'retry'],
            };
      }
      return {
        sentence: 'The gateway refused the call.',
        advice: 'It may ask for another kind of sign-in than a key. Its own words are below.',
        actions: ['setSubscriptionKey', 'setServiceKey'],
      };
    case 403:
      if (/quota/i.test(message))
        return { sentence: 'The call quota of your subscription at the gateway is used up.', advice: 'This is not about permissions.' };
      return {
        sentence: 'The gateway does not allow this call.',
        advice: 'The subscription may not cover this API, or the gateway limits who may call.',
        actions: ['setSubscriptionKey'],
      };
    case 404:
      return {
        sentence: 'The gateway has no operation at this address.',
        advice: "Compare the address with the gateway's page: the API's suffix, and the ids of workspace and service.",
        actions: ['retry'],
      };
    case 429:
      return { sentence: 'Too many calls in a short time: the gateway limits the rate.', actions: ['retry'] };
    default:
      return fault.status >= 500
        ? { sentence: `The gateway could not get an answer from the service (${fault.status}).`, actions: ['retry'] }
        : { sentence: `The gateway refused the call (${fault.status}).`, actions: ['retry'] };
  }
}

function statusMessages(fault: Fault, context: FaultContext): FaultMessages {
  const name = `"${context.serviceName}"`;
  const { status } = fault;
  if (status >= 300 && status < 400) {
    const where = context.location === undefined ? '' : ` to ${context.location}`;
    return {
      sentence: `The address answers with a redirect${where}.`,
      advice:
        'It was not followed, so that your key does not go to another place. If the new place is right, add the service with that address.',
    };
  }
  if (status === 403)
    return {
      sentence: `The call to ${name} is forbidden.`,
      advice: 'Something in front of the service (a firewall, a gateway, a company proxy) may have answered.',
      actions: ['setServiceKey', 'retry'],
    };
  if (status === 404)
    return {
      sentence: `Nothing answers at the address of ${name}.`,
      advice: 'Check the address: host, ids of workspace and service. A service that was deleted answers like this too.',
      actions: ['retry'],
    };
  if (status === 405)
    return {
      sentence: `The address of ${name} does not take requests of this kind.`,
      advice: 'The address seems to be that of another thing, such as a help page.',
    };
  if (status === 408)
    return { sentence: `${name} took too long to answer.`, advice: 'Send fewer rows, or run a batch job.', actions: ['retry'] };
  if (status === 413)
    return { sentence: `The request is too large for ${name}.`, advice: 'Send fewer rows at a time, or run a batch job.' };
  if (status === 429) return { sentence: `Too many calls to ${name} in a short time.`, actions: ['retry'] };
  if (status === 502) return { sentence: `Something in front of ${name} could not get an answer from it (502).`, actions: ['retry'] };
  if (status === 504) return { sentence: `Something in front of ${name} got no answer from it in time (504).`, actions: ['retry'] };
  if (status === 503) return { sentence: `${name} is busy or not there at the moment.`, actions: ['retry'] };
  if (status >= 500)
    return {
      sentence: `${name} failed while it worked on the request (${status}).`,
      advice: `If it fails each time, tell those who run the service${fault.requestId === undefined ? '' : ' the request id below'}.`,
      actions: ['retry', 'showAnswer'],
    };
  return { sentence: `${name} refused the request (${status}).`, actions: ['showAnswer'] };
}

/** What is shown of the other side's own words, in UTF-16 units, and of its details. */
const longestWords = 16 * 1024;
const mostDetails = 100;
const wordsCut = 'The text is cut here: the body of the answer holds all of it.';

/** The other side's own code and words, in one text; a detail's words count more than the class's. */
function ownText(fault: Fault): string | undefined {
  const lines = fault.details
    .slice(0, mostDetails)
    .map((detail) =>
      [detail.code, detail.target === undefined ? undefined : `at ${detail.target}`, detail.message]
        .filter((part) => part !== undefined)
        .join(': '),
    );
  const head = [fault.code, fault.message].filter((part) => part !== undefined).join(': ');
  const id = fault.requestId === undefined ? undefined : `Request id: ${fault.requestId}`;
  const words = [head, ...lines].filter((line) => line !== '').join('\n');
  const left = fault.details.length > mostDetails && words.length <= longestWords ? wordsCut : undefined;
  return [cutText(words, longestWords, wordsCut), left, id].filter((line) => line !== undefined && line !== '').join('\n') || undefined;
}

function waitAdvice(fault: Fault, words: FaultMessages): string | undefined {
  if (fault.retryAfterMs === undefined) return words.advice === undefined ? usualWait(fault.status) : undefined;
  return fault.retryAfterMs === 0 ? 'You can try again now.' : `Try again in ${formatWait(fault.retryAfterMs)}.`;
}

/** What helps against most answers of these kinds, where neither the answer nor its words tell more. */
function usualWait(status: number): string | undefined {
  if (status === 429) return 'Try again in a minute, and send fewer requests at once.';
  if (status < 500) return undefined;
  return (
    `Try again in a few seconds${status === 503 ? ', and send fewer requests at once' : ''}. If it does not help, ask those who run ` +
    'the service.'
  );
}
