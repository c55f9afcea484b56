// What is told when Azure Resource Manager says no: one plain sentence for each cause, with what to do. Pure.

import * as l10n from '@vscode/l10n';
import { formatDuration } from '../base/format';
import { isLoopback } from '../base/loopback';
import { failureParts } from '../http/failureParts';
import type { ArmReason } from '../model/armReason';
import type { ErrorParts } from '../model/errors';
import type { NetworkFailure } from '../model/wire';
import type { ArmFault } from './armFault';

/** What a call was about. */
export interface ArmSubject {
  /** The resource, short and readable, such as `contoso/apis/weather`. */
  readonly name: string;
  readonly kind: 'read' | 'write' | 'ask';
  /** Host of the endpoint. */
  readonly host: string;
}

/** How an answer that says yes can be of no use. */
export type StrangeAnswer = 'notJson' | 'noList' | 'samePage' | 'badLink' | 'badState' | 'endless' | 'notThere' | 'redirect';

/** The parts of the error for a refusal, without the other side's words. */
export function partsOf(reason: ArmReason, status: number, fault: ArmFault, subject: ArmSubject): ErrorParts {
  const { name, host } = subject;
  switch (reason) {
    case 'signIn':
      return {
        sentence: l10n.t('The sign-in is not accepted by {0}.', host),
        advice: l10n.t('It may have run out, or belong to another directory. Sign in again.'),
        actions: ['signIn', 'showLog'],
      };
    case 'forbidden':
      return forbiddenParts(fault, subject);
    case 'notRegistered':
      return {
        sentence: l10n.t('API Management is not registered in this Azure subscription.'),
        advice: l10n.t('Registering it takes a minute and costs nothing; it needs the role Contributor on the subscription.'),
        actions: ['registerProvider', 'openPortal'],
      };
    case 'notFound':
      return {
        sentence: l10n.t('{0} is not there.', name),
        advice: l10n.t('It may have been deleted or renamed. Refresh, then try again.'),
        actions: ['retry', 'openPortal'],
      };
    case 'changed':
      return {
        sentence: l10n.t('{0} was changed by somebody else since it was read.', name),
        advice: l10n.t('Nothing was overwritten. Read it again, compare, and decide.'),
        actions: ['retry'],
      };
    case 'busy':
      if (fault.code === 'ManagementApiRequestFailed') {
        return {
          sentence: l10n.t('The API Management instance cannot be reached from within Azure, so {0} was left as it is.', name),
          advice: l10n.t('It may be in the middle of an update, or its network may be closed. Try again later, or see the portal.'),
          actions: ['retry', 'openPortal'],
        };
      }
      return {
        sentence: l10n.t('The API Management instance is busy with another change, so {0} was left as it is.', name),
        advice: l10n.t('It was waited for. Try again in some minutes.'),
        actions: ['retry', 'openPortal'],
      };
    case 'activating':
      return {
        sentence: l10n.t('The API Management instance is still being activated.'),
        advice: l10n.t('This can take up to an hour for a new instance. Try again later.'),
        actions: ['retry', 'openPortal'],
      };
    case 'locked':
      return {
        sentence: l10n.t('A lock in Azure keeps {0} from being changed.', name),
        advice: l10n.t('Whoever manages the resource group can remove the lock.'),
        actions: ['openPortal'],
      };
    case 'throttled':
      return {
        sentence: l10n.t('Azure lets no more calls through for now.'),
        advice: l10n.t('Other programs may use up what this subscription is allowed. Try again in some minutes.'),
        actions: ['retry'],
      };
    case 'server':
      return {
        sentence: l10n.t('Azure had a fault of its own (HTTP {0}) with {1}.', String(status), name),
        advice: subject.kind === 'read' ? l10n.t('Try again. If it lasts, look at the state of Azure in the portal.') : unknownOutcome(),
        actions: ['retry', 'openPortal', 'showLog'],
      };
    case 'invalid':
      return invalidParts(fault, subject);
    case 'foreignHost':
    case 'network':
    case 'other':
      return otherParts(status, fault, subject);
    default:
      return reason satisfies never;
  }
}

function unknownOutcome(): string {
  return l10n.t('It is not known whether the change was made. Refresh to see, then try again.');
}

function forbiddenParts({ code = '' }: ArmFault, { kind, name }: ArmSubject): ErrorParts {
  const advice = l10n.t('Ask whoever manages the instance for it, or sign in with another account. A new role counts after some minutes.');
  if (/Disabled|SubscriptionNotFound/.test(code)) {
    return {
      sentence: l10n.t('The Azure subscription of {0} is disabled or read-only.', name),
      advice: l10n.t('Its owner can turn it on again in the portal.'),
      actions: ['openPortal'],
    };
  }
  if (code === 'RequestDisallowedByPolicy') {
    return {
      sentence: l10n.t('A rule of your organisation (Azure Policy) does not allow this change to {0}.', name),
      advice: l10n.t('Ask whoever manages the subscription.'),
      actions: ['openPortal'],
    };
  }
  switch (kind) {
    case 'read':
      return {
        sentence: l10n.t('Your account may not read {0}: the role "Reader" is missing there.', name),
        advice, actions: ['signIn', 'openPortal'],
      };
    case 'write':
      return {
        sentence: l10n.t('Your account may not change {0}: the role "API Management Service Contributor" is missing there.', name),
        advice, actions: ['signIn', 'openPortal'],
      };
    case 'ask':
      return {
        sentence: l10n.t('Your account may not do this with {0}: the role "API Management Service Contributor" is missing there.', name),
        advice, actions: ['signIn', 'openPortal'],
      };
    default:
      return kind satisfies never;
  }
}

function invalidParts({ code = '' }: ArmFault, { kind, name }: ArmSubject): ErrorParts {
  if (code === 'ServiceAlreadyExistsInSoftDeletedState') {
    return {
      sentence: l10n.t('A deleted instance still holds this name.'),
      advice: l10n.t('Restore or purge it in the portal, or choose another name.'),
      actions: ['openPortal'],
    };
  }
  if (code === 'ActivationFailed') {
    return {
      sentence: l10n.t('Azure could not activate the API Management instance.'),
      advice: l10n.t('Look at it in the portal, and open a support request there.'),
      actions: ['openPortal', 'showLog'],
    };
  }
  return {
    sentence: kind === 'write'
      ? l10n.t('API Management refused the change to {0}.', name) : l10n.t('API Management refused the call about {0}.', name),
    advice: l10n.t('Its own words say what is wrong.'),
    actions: ['openPortal', 'showLog'],
  };
}

function otherParts(status: number, { code }: ArmFault, { kind, name }: ArmSubject): ErrorParts {
  // A code is a word; what is more stands with the other side's words.
  const said = code !== undefined && /^[\w.-]{1,80}$/.test(code) ? code : l10n.t('HTTP {0}', String(status));
  if (said !== code && status < 300) {
    return {
      sentence: l10n.t('The change to {0} failed.', name),
      advice: l10n.t('Look at it in the portal. The log has the calls.'),
      actions: ['retry', 'openPortal', 'showLog'],
    };
  }
  return {
    sentence: kind === 'write'
      ? l10n.t('The change to {0} failed ({1}).', name, said) : l10n.t('The call about {0} failed ({1}).', name, said),
    advice: l10n.t('Look at it in the portal. The log has the calls.'),
    actions: ['retry', 'openPortal', 'showLog'],
  };
}

/** The parts of the error for an address of another host. */
export function foreignParts(own: string, other: string): ErrorParts {
  return {
    sentence: l10n.t('{0} named an address at another host ({1}), to which the sign-in is not sent.', own, other),
    advice: l10n.t('Nothing was sent there. If you do not know that host, tell whoever runs your network.'),
    actions: ['showLog'],
  };
}

/** The parts of the error for an answer that says yes and is of no use. */
export function strangeParts(kind: StrangeAnswer, { name, host }: ArmSubject): ErrorParts {
  const advice = l10n.t('A proxy or a sign-in page of the network may have answered in its place. Try again; the log has the calls.');
  switch (kind) {
    case 'notJson':
      return { sentence: l10n.t('The answer of {0} about {1} is no JSON.', host, name), advice, actions: ['retry', 'showLog'] };
    case 'noList':
      return { sentence: l10n.t('The answer of {0} about {1} holds no list.', host, name), advice, actions: ['retry', 'showLog'] };
    case 'redirect':
      return { sentence: l10n.t('{0} sent the call about {1} to another address.', host, name), advice, actions: ['retry', 'showLog'] };
    case 'samePage':
      return {
        sentence: l10n.t('The list of {0} does not end: its pages name one that was read already as the next, or hold nothing.', name),
        advice: l10n.t('Try again later. The log has the calls.'), actions: ['retry', 'showLog'],
      };
    case 'badLink':
      return {
        sentence: l10n.t('{0} named an address for {1} that cannot be used.', host, name),
        advice: l10n.t('Try again later. The log has the calls.'), actions: ['retry', 'showLog'],
      };
    case 'badState':
      return {
        sentence: l10n.t('What was noted of an operation of API Management cannot be read.'),
        advice: l10n.t('Refresh to see what has become of it.'), actions: ['openPortal', 'showLog'],
      };
    case 'endless':
      return {
        sentence: l10n.t('The change to {0} has not ended for a long time.', name),
        advice: l10n.t('It may still end by itself. Look at it in the portal.'), actions: ['openPortal', 'showLog'],
      };
    case 'notThere':
      return {
        sentence: l10n.t('API Management lost track of the change to {0}, which is not there.', name),
        advice: l10n.t('Refresh to see what has become of it, then try again.'), actions: ['retry', 'openPortal'],
      };
    default:
      return kind satisfies never;
  }
}

/** The parts of the error where no answer came. `timeoutMs` is the limit that the call had, in milliseconds. */
export function networkParts(failure: NetworkFailure, timeoutMs: number, { kind: asked }: ArmSubject): ErrorParts {
  const parts = failureParts(failure, timeoutMs);
  const { kind, host } = failure;
  const actions = (parts.actions ?? []).filter((action) => action !== 'changeService' && action !== 'setServiceKey');
  const netAdvice = l10n.t('Check that the network is up. A company network may need its VPN or a proxy ("http.proxy").');
  const again = asked === 'read' || failure.unsent === true
    ? l10n.t('Try again. If it happens each time, ask whether a firewall or proxy on the way ends such calls.')
    : unknownOutcome();
  const told = (sentence: string, advice: string): ErrorParts => ({ sentence, detail: parts.detail, advice, actions });
  switch (kind) {
    case 'dns':
      return told(l10n.t('The host {0} could not be found.', host), netAdvice);
    case 'refused':
      return isLoopback(host.replace(/:\d+$/, ''))
        ? {
            sentence: l10n.t('Sample API Management ({0}) is not running.', host), detail: parts.detail,
            advice: l10n.t('It runs with the sample service: start that again.'),
            actions: ['startSample', ...actions],
          }
        : told(l10n.t('{0} refused the connection.', host), netAdvice);
    case 'unreachable':
      return told(l10n.t('There is no way from this computer to {0}.', host), netAdvice);
    case 'reset':
      return told(l10n.t('The connection to {0} was closed before the answer was complete.', host), again);
    case 'timeout':
      return told(l10n.t('No complete answer came from {0} within {1}.', host, formatDuration(timeoutMs)), again);
    case 'tooLarge':
      return told(l10n.t('The answer of {0} is too large.', host), asked === 'read' ? l10n.t('The log has the call.') : unknownOutcome());
    case 'protocol':
    case 'other':
    case 'cancelled':
      return told(l10n.t('The call to {0} failed.', host), again);
    case 'tls':
    case 'proxy':
      // Their many causes are told once for all calls.
      return { ...parts, actions };
    default:
      return kind satisfies never;
  }
}
